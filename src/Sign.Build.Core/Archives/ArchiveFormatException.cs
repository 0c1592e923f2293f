namespace Sign.Build.Core.Archives;

/// <summary>
/// A file is not a package archive that can be relied on: not a zip, cut off, or its parts contradict each other.
/// The message is one sentence that says what is wrong; it names no path.
/// </summary>
public sealed class ArchiveFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="reason">What is wrong, as one sentence without a path.</param>
    /// <param name="innerException">The technical cause.</param>
    public ArchiveFormatException(string reason, Exception? innerException = null)
        : base(reason, innerException)
    {
    }
}
