namespace Sign.Build.Core;

/// <summary>
/// The one exception for everything that a user can cause or mend. It carries the <see cref="Core.Diagnostic"/> to show;
/// every other exception that leaves the domain is a bug and stays visible as one.
/// </summary>
public sealed class SignBuildException : Exception
{
    /// <summary>Makes the exception for <paramref name="diagnostic"/>.</summary>
    /// <param name="diagnostic">What the user is told.</param>
    /// <param name="innerException">The technical cause, for a debugger; it is never printed.</param>
    public SignBuildException(Diagnostic diagnostic, Exception? innerException = null)
        : base(diagnostic.Message, innerException)
    {
        Diagnostic = diagnostic;
    }

    /// <summary>What the user is told.</summary>
    public Diagnostic Diagnostic { get; }
}
