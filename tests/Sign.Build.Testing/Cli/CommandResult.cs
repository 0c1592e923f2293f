namespace Sign.Build.Testing.Cli;

/// <summary>What a process did.</summary>
/// <param name="Command">The command line, for messages.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output and standard error, line by line as it came.</param>
public sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>The result itself where the exit code is 0; else fails with the whole output.</summary>
    public CommandResult EnsureSuccess() => ExitCode == 0 ? this : throw new InvalidOperationException(ToString());

    public override string ToString() => $"{Command}{Environment.NewLine}exit code {ExitCode}{Environment.NewLine}{Output}";
}
