namespace Sign.Build.Testing;

/// <summary>A folder of one test's own that goes away with it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory()
    {
        Path = Directory.CreateTempSubdirectory("sign-build-test-").FullName;
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Absolute path of something in the folder.</summary>
    public string this[params ReadOnlySpan<string> names] => System.IO.Path.Combine([Path, .. names]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file that is still open on Windows must not hide the result of the test; the system clears its temporary folder.
        }
    }
}
