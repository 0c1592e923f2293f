namespace Sign.Build.Core;

/// <summary>
/// The one exception for everything that a user can cause or mend. It carries what the user is told; every other
/// exception that leaves the domain is a bug and stays visible as one.
/// </summary>
public sealed class SignBuildException : Exception
{
    /// <summary>Makes the exception for one diagnostic.</summary>
    /// <param name="diagnostic">What the user is told.</param>
    /// <param name="innerException">The technical cause, for a debugger; it is never printed.</param>
    public SignBuildException(Diagnostic diagnostic, Exception? innerException = null)
        : base(diagnostic.Message, innerException)
    {
        Causes = [diagnostic];
    }

    /// <summary>Makes the exception for several independent causes.</summary>
    /// <param name="causes">At least one.</param>
    public SignBuildException(IReadOnlyList<Diagnostic> causes)
        : base(causes[0].Message)
    {
        Causes = causes;
    }

    /// <summary>Everything that is wrong, at least one diagnostic.</summary>
    public IReadOnlyList<Diagnostic> Causes { get; }

    /// <summary>The first cause.</summary>
    public Diagnostic Diagnostic => Causes[0];
}
