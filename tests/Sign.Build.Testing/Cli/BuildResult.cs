using System.IO.Compression;
using Microsoft.Build.Logging.StructuredLogger;
using LoggedBuild = Microsoft.Build.Logging.StructuredLogger.Build;

namespace Sign.Build.Testing.Cli;

/// <summary>How a build ended. What it reported is read from its binary log, not from the text on the console.</summary>
public sealed class BuildResult
{
    private readonly CommandResult _command;
    private readonly Lazy<LoggedBuild> _log;

    internal BuildResult(CommandResult command, string binaryLog)
    {
        _command = command;
        BinaryLog = binaryLog;
        _log = new Lazy<LoggedBuild>(() => Microsoft.Build.Logging.StructuredLogger.BinaryLog.ReadBuild(binaryLog));
    }

    /// <summary>Exit code of the process.</summary>
    public int ExitCode => _command.ExitCode;

    /// <summary>What the user saw.</summary>
    public string Output => _command.Output;

    /// <summary>Absolute path of the binary log.</summary>
    public string BinaryLog { get; }

    /// <summary>Errors and warnings in the order in which they came; each once, though MSBuild repeats some.</summary>
    public IReadOnlyList<BuildDiagnostic> Diagnostics
    {
        get
        {
            var found = new List<BuildDiagnostic>();
            _log.Value.VisitAllChildren<AbstractDiagnostic>(node => found.Add(new BuildDiagnostic(
                node is Error ? "error" : "warning", node.Code ?? "", node.Text ?? "", node.File ?? "")));
            return [.. found.Distinct()];
        }
    }

    /// <summary>Codes of all errors, sorted, each as often as it was reported: <c>SGN2002</c>. Empty where there are none.</summary>
    public string Errors => Codes("error");

    /// <summary>Codes of all warnings.</summary>
    public string Warnings => Codes("warning");

    /// <summary>Messages of Sign.Build's tasks and targets, whatever their importance.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            var found = new List<string>();
            _log.Value.VisitAllChildren<Message>(node => found.Add(node.Text ?? ""));
            return found;
        }
    }

    /// <summary>Names of the targets that ran, in the order in which they started.</summary>
    public IReadOnlyList<string> Targets
    {
        get
        {
            var found = new List<Target>();
            _log.Value.VisitAllChildren<Target>(found.Add);
            return [.. found.OrderBy(target => target.StartTime).Select(target => target.Name)];
        }
    }

    /// <summary>The result itself where the build was a success without warnings; else fails with the whole output.</summary>
    public BuildResult EnsureClean()
    {
        _command.EnsureSuccess();
        return Diagnostics.Count == 0 ? this : throw new InvalidOperationException(_command.ToString());
    }

    /// <summary>The bytes of the binary log's records.</summary>
    public byte[] ReadUncompressedLog()
    {
        using var content = new MemoryStream();
        using var stream = new GZipStream(File.OpenRead(BinaryLog), CompressionMode.Decompress);
        stream.CopyTo(content);
        return content.ToArray();
    }

    public override string ToString() => _command.ToString();

    private string Codes(string level) => string.Join(' ',
        Diagnostics.Where(diagnostic => diagnostic.Level == level).Select(diagnostic => diagnostic.Code).Order(StringComparer.Ordinal));
}

/// <summary>An error or a warning of a build.</summary>
public sealed record BuildDiagnostic(string Level, string Code, string Text, string File);
