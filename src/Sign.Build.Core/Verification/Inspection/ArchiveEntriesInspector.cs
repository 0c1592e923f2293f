using System.Buffers.Binary;
using System.Text;
using Sign.Build.Core.Archives;

namespace Sign.Build.Core.Verification;

/// <summary>Reads names and times of all entries from the central directory.</summary>
internal static class ArchiveEntriesInspector
{
    private const int TimeField = 12;
    private const int DateField = 14;

    // A name can have 64 KiB, and only those that somebody could want are kept for comparison.
    private const int LongestComparedName = 1024;

    public static ArchiveEntries Inspect(PackageArchive archive)
    {
        using var window = new FileWindow(archive.File, archive.Length);
        var names = new HashSet<string>(archive.Layout.Entries.Length, StringComparer.OrdinalIgnoreCase);
        var entries = new ArchiveEntries();
        foreach (var entry in archive.Layout.Entries.OrderBy(entry => entry.DirectoryOffset))
        {
            var bytes = window.Show(entry.DirectoryOffset, entry.DirectoryLength, archive.Layout.End.Offset - entry.DirectoryOffset);
            var name = Encoding.UTF8.GetString(new DirectoryHeader(bytes).Name);
            if (ReadTime(bytes) is { } time && (entries.Latest is not { } latest || time > latest.Time))
            {
                entries = entries with { Latest = (name, time) };
            }

            if (entries.NameWithEmptyFolder is null && name.Contains(@"\\", StringComparison.Ordinal))
            {
                entries = entries with { NameWithEmptyFolder = name };
            }

            if (entries.DuplicateName is null && name.Length <= LongestComparedName && !names.Add(Normalize(name)))
            {
                entries = entries with { DuplicateName = name };
            }
        }

        return entries;
    }

    private static string Normalize(string name)
    {
        var normalized = name.Replace('\\', '/');
        while (normalized.Contains("//", StringComparison.Ordinal))
        {
            normalized = normalized.Replace("//", "/", StringComparison.Ordinal);
        }

        return normalized;
    }

    private static DateTimeOffset? ReadTime(ReadOnlySpan<byte> header)
    {
        var time = BinaryPrimitives.ReadUInt16LittleEndian(header[TimeField..]);
        var date = BinaryPrimitives.ReadUInt16LittleEndian(header[DateField..]);
        var (year, month, day) = (1980 + (date >> 9), (date >> 5) & 0xF, date & 0x1F);
        var (hour, minute, second) = (time >> 11, (time >> 5) & 0x3F, (time & 0x1F) * 2);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero)
            : null;
    }
}
