namespace Sign.Build.Core.Reporting;

/// <summary>A file that only one writer has open, also among the projects and nodes of a build.</summary>
internal static class ExclusiveFile
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Opens the file for writing; waits for whoever has it open.</summary>
    /// <param name="path">Absolute path in a folder that exists.</param>
    /// <param name="mode">How it is opened.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="clock">Measures that.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">It cannot be opened, or is still in use.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static async Task<FileStream> OpenAsync(string path, FileMode mode, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, mode, FileAccess.Write, FileShare.None);
            }
            catch (IOException e) when (e is not DirectoryNotFoundException && clock.GetElapsedTime(started) < patience)
            {
                await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
