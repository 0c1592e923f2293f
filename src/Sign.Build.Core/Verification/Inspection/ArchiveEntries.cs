namespace Sign.Build.Core.Verification;

/// <summary>What nuget.org's gallery looks at in the names and times of a package's entries. Names are strangers' text.</summary>
public sealed record ArchiveEntries
{
    /// <summary>Name and time of the entry with the latest time, or null where no entry has a valid one. Zip knows no time zones; nuget.org takes it as UTC.</summary>
    public (string Name, DateTimeOffset Time)? Latest { get; init; }

    /// <summary>A name with two backslashes in a row, or null.</summary>
    public string? NameWithEmptyFolder { get; init; }

    /// <summary>A name that occurs more than once when case and repeated or other slashes do not count, or null.</summary>
    public string? DuplicateName { get; init; }
}
