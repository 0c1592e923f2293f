using System.Security.Cryptography;
using NuGet.Packaging;
using NuGet.Packaging.Signing;

namespace Sign.Build.Testing;

/// <summary>
/// What NuGet's own reader, and nothing of the product, says about a package. A value, to compare with the expected one.
/// </summary>
/// <param name="Package">Id and version: <c>Lib 1.2.3</c>.</param>
/// <param name="Type">Type of the primary signature, or <c>Unsigned</c>.</param>
/// <param name="Fingerprint">Lower-case SHA-256 of the signing certificate; empty when unsigned.</param>
/// <param name="Timestamps">Number of timestamps of the primary signature.</param>
/// <param name="IsIntact">Whether the content is what was signed.</param>
public sealed record SignedPackage(string Package, string Type, string Fingerprint, int Timestamps, bool IsIntact)
{
    /// <summary>A package as the product leaves it: an author's signature with one timestamp over its very content.</summary>
    public static SignedPackage ByAuthor(string package, string fingerprint) => new(package, nameof(SignatureType.Author), fingerprint, 1, true);

    /// <summary>A package that nobody signed.</summary>
    public static SignedPackage NotSigned(string package) => new(package, "Unsigned", "", 0, false);

    /// <summary>Reads the package.</summary>
    public static async Task<SignedPackage> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var reader = new PackageArchiveReader(path);
        var identity = reader.NuspecReader.GetIdentity();
        var package = identity.Id + " " + identity.Version.ToNormalizedString();
        var signature = await reader.GetPrimarySignatureAsync(cancellationToken);
        return signature is null
            ? NotSigned(package)
            : new SignedPackage(
                package,
                signature.Type.ToString(),
                signature.GetSigningCertificateFingerprint(NuGet.Common.HashAlgorithmName.SHA256).ToLowerInvariant(),
                signature.Timestamps.Count,
                await IsIntactAsync(reader, signature, cancellationToken));
    }

    /// <summary>The bytes of the signature file, DER.</summary>
    public static async Task<byte[]> ReadSignatureAsync(string path, CancellationToken cancellationToken)
    {
        using var reader = new PackageArchiveReader(path);
        var signature = await reader.GetPrimarySignatureAsync(cancellationToken);
        return signature?.GetBytes() ?? throw new InvalidDataException($"'{path}' is not signed.");
    }

    /// <summary>SHA-256 of the file that NuGet makes when it takes the signature away.</summary>
    public static async Task<string> HashWithoutSignatureAsync(string path, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(SHA256.HashData(await ReadUnsignedAsync(path, cancellationToken)));

    /// <summary>The file that NuGet makes when it takes the signature away.</summary>
    public static async Task<byte[]> ReadUnsignedAsync(string path, CancellationToken cancellationToken)
    {
        // NuGet's archive leaves both streams open.
        await using var signed = File.OpenRead(path);
        using var unsigned = new MemoryStream();
        using (var package = new SignedPackageArchive(signed, unsigned))
        {
            await package.RemoveSignatureAsync(cancellationToken);
        }

        return unsigned.ToArray();
    }

    private static async Task<bool> IsIntactAsync(PackageArchiveReader reader, PrimarySignature signature, CancellationToken cancellationToken)
    {
        try
        {
            await reader.ValidateIntegrityAsync(signature.SignatureContent, cancellationToken);
            return true;
        }
        catch (SignatureException)
        {
            return false;
        }
    }
}
