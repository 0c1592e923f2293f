using Sign.Build.Core.Archives;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>
/// SGN5021: what the gallery refuses at the push because of the archive's entries (NuGetGallery, ZipArchiveHelpers.ValidateArchiveEntries
/// and PackageMetadataValidationService.CheckPackageEntryCountAsync).
/// </summary>
internal sealed class ArchiveEntriesRule : IVerificationRule<InspectedPackage>
{
    // nuget.org must be able to sign without Zip64; of a signed package it replaces the signature.
    private const int MostEntries = 65534;
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context)
    {
        if (context.Policy.Name != PolicyName.NuGetOrg)
        {
            yield break;
        }

        if (subject.EntryCount > MostEntries)
        {
            yield return Diagnostics.RefusedByGallery("Put fewer files into the package", $"with more than {MostEntries} entries; it has {subject.EntryCount}");
        }

        var entries = subject.Entries;
        if (entries.Latest is { } latest && latest.Time - context.Now > Tolerance)
        {
            yield return Diagnostics.RefusedByGallery(
                "Set the clock of the machine that packs",
                $"with entries from the future; '{SafeText.Line(latest.Name)}' has the time {TimeRange.Format(latest.Time)}, and now it is {TimeRange.Format(context.Now)}");
        }

        if (entries.NameWithEmptyFolder is { } invalid)
        {
            yield return Diagnostics.RefusedByGallery("Give the file another path in the package", $@"with '\\' in the name of an entry; '{SafeText.Line(invalid)}' has it");
        }

        // A second signature is SGN5006.
        if (entries.DuplicateName is { } duplicate && duplicate != SignatureEntry.Name)
        {
            yield return Diagnostics.RefusedByGallery("Put each file into the package once", $"with two entries of the same name; '{SafeText.Line(duplicate)}' is there more than once (upper and lower case count as the same, and so do \\ and /)");
        }
    }
}
