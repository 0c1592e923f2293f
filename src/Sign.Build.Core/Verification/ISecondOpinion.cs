namespace Sign.Build.Core.Verification;

/// <summary>Judges a package on its own, without Sign.Build's rules.</summary>
public interface ISecondOpinion
{
    /// <summary>Judges the file. May run beside the rules.</summary>
    /// <returns>SGN5090 where the package is rejected, or null.</returns>
    Task<Diagnostic?> JudgeAsync(string path, CancellationToken cancellationToken);
}
