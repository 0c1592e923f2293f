namespace Sign.Build.Testing.Cli;

/// <summary>OpenSSL's command line: an opinion on signatures and timestamps that shares no code with the product.</summary>
public static class OpenSsl
{
    /// <summary>Whether this machine has it. Tests that need it are inconclusive elsewhere.</summary>
    public static bool IsAvailable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "openssl.exe" : "openssl")));

    /// <summary>Runs <c>openssl</c>, for example <c>ts -verify …</c>.</summary>
    public static Task<CommandResult> RunAsync(string workingDirectory, CancellationToken cancellationToken, params string[] arguments) =>
        Command.RunAsync("openssl", arguments, workingDirectory, new Dictionary<string, string?>(), cancellationToken);
}
