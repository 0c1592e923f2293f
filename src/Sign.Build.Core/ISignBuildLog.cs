namespace Sign.Build.Core;

/// <summary>Where the domain says what it does. May be called from several threads at once.</summary>
public interface ISignBuildLog
{
    /// <summary>Shows a warning or an error.</summary>
    void Report(Diagnostic diagnostic);

    /// <summary>A line that everybody should see: one per package, and a summary.</summary>
    void Important(string message);

    /// <summary>A command to the CI system that reads the log. Never holds text of strangers.</summary>
    void Command(string command) => Important(command);

    /// <summary>A line for somebody who looks for a cause.</summary>
    void Detail(string message);
}
