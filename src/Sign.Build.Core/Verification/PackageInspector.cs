using System.Security.Cryptography;
using Sign.Build.Core.Archives;
using Sign.Build.Core.Chains;

namespace Sign.Build.Core.Verification;

/// <summary>Reads a package for the rules: directory and signature, then the content once for all hashes.</summary>
public static class PackageInspector
{
    /// <summary>Reads an open package.</summary>
    /// <param name="archive">The package.</param>
    /// <param name="contentHashes">Hashes of the content that are wanted beside the one that the signature names.</param>
    /// <param name="decoder">Decodes the certificates.</param>
    /// <param name="cancellationToken">Stops at the next block.</param>
    /// <exception cref="ArchiveFormatException">The file is damaged where opening it did not look.</exception>
    public static async Task<InspectedPackage> InspectAsync(PackageArchive archive, IReadOnlyList<HashAlgorithmName> contentHashes, CertificateDecoder decoder, CancellationToken cancellationToken)
    {
        var package = new InspectedPackage
        {
            Path = archive.Path,
            Length = archive.Length,
            EntryCount = archive.EntryCount,
            IsZip64 = archive.IsZip64,
            IsSigned = !archive.IsZip64 && (archive.SignatureEntry is not null || archive.SignatureEntryDefects.Count > 0),
        };
        if (package.IsZip64)
        {
            return package;
        }

        package = package with { Entries = ArchiveEntriesInspector.Inspect(archive) };

        // With a bad entry it is not even certain which bytes are the signature and which are content.
        if (archive.SignatureEntryDefects.Count > 0)
        {
            return package with { Defects = [new SignatureDefect("NU3005", string.Join("; ", archive.SignatureEntryDefects.Select(SafeText.Clause)))] };
        }

        if (package.IsSigned)
        {
            var bytes = await archive.ReadSignatureAsync(cancellationToken).ConfigureAwait(false);
            var (signature, defect) = SignatureInspector.Inspect(bytes, decoder);
            package = package with { Signature = signature, Defects = defect is null ? [] : [defect] };
        }

        HashAlgorithmName[] algorithms = package.Signature?.Content is { } content ? [content.HashAlgorithm, .. contentHashes] : [.. contentHashes];
        if (algorithms.Length == 0)
        {
            return package;
        }

        return package with { ContentHashes = await archive.HashContentAsync(algorithms, cancellationToken).ConfigureAwait(false) };
    }
}
