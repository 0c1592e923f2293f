namespace Sign.Build.Core;

/// <summary>How much a <see cref="Diagnostic"/> matters to the build.</summary>
public enum DiagnosticLevel
{
    /// <summary>The build goes on.</summary>
    Warning,

    /// <summary>The build fails.</summary>
    Error,
}

/// <summary>
/// One thing that a user has to know: a stable code, a text that says what to do, and the file that it is about.
/// Made only by <see cref="Diagnostics"/>, so that code, level and text cannot drift apart.
/// </summary>
/// <param name="Code">Stable code, <c>SGNnnnn</c>.</param>
/// <param name="Level">Whether the build fails.</param>
/// <param name="Message">One line of text: the fix first, then the actual values. Never a secret.</param>
/// <param name="File">The package or setting that it is about, or null where the build as a whole is meant.</param>
public sealed record Diagnostic(string Code, DiagnosticLevel Level, string Message, string? File = null)
{
    private const string DocumentationRoot = "https://github.com/sign-build/sign-build/blob/main/docs/diagnostics/";

    /// <summary>Address of the page that explains the code: description, cause, fix.</summary>
    public string HelpLink => DocumentationRoot + Code + ".md";

    /// <summary>The same diagnostic about another file.</summary>
    public Diagnostic About(string file) => this with { File = file };

    /// <summary><c>error SGN1001: text</c>, with the file before it where there is one.</summary>
    public override string ToString() =>
        (File is null ? "" : File + ": ") + (Level == DiagnosticLevel.Error ? "error " : "warning ") + Code + ": " + Message;
}
