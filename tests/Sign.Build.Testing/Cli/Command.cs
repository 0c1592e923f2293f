using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sign.Build.Testing.Cli;

/// <summary>Runs a process to its end, in bounded time, without a shell.</summary>
public static class Command
{
    private static readonly TimeSpan MaximumTime = TimeSpan.FromMinutes(5);

    /// <summary>Runs the process and gives what it wrote. Kills it, with its children, when it takes too long or the token is cancelled.</summary>
    /// <param name="program">Program on the PATH, or its absolute path.</param>
    /// <param name="arguments">Arguments, unquoted.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="environment">Changes to the environment of this process; null removes a variable.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    /// <param name="interrupt">When this ends, the process gets what Ctrl+C sends; only on Unix.</param>
    public static async Task<CommandResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string workingDirectory,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellationToken,
        Task? interrupt = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(MaximumTime);
        var command = Path.GetFileName(program) + " " + string.Join(' ', arguments);
        try
        {
            if (interrupt is not null && await Task.WhenAny(interrupt, process.WaitForExitAsync(timeout.Token)) == interrupt)
            {
                using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            }

            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not end within {MaximumTime.TotalSeconds} s. It wrote:{Environment.NewLine}{Written()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandResult(command, process.ExitCode, Written());

        void Append(string? line)
        {
            if (line is not null)
            {
                lock (output)
                {
                    output.AppendLine(line);
                }
            }
        }

        string Written()
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }
}
