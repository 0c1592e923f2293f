using System.Buffers.Binary;
using NuGet.Packaging.Signing;
using HashAlgorithmName = NuGet.Common.HashAlgorithmName;

namespace Sign.Build.Core.Tests.Archives;

/// <summary>The same operations by NuGet.Packaging, which is the judge.</summary>
internal static class NuGetArchive
{
    public static async Task<byte[]> SignAsync(byte[] package, byte[] signature, CancellationToken cancellationToken)
    {
        using var input = new MemoryStream(package);
        using var output = new MemoryStream();
        using var archive = new SignedPackageArchive(input, output);
        using var signatureStream = new MemoryStream(signature);
        await archive.AddSignatureAsync(signatureStream, cancellationToken);
        return output.ToArray();
    }

    public static async Task<byte[]> UnsignAsync(byte[] package, CancellationToken cancellationToken)
    {
        using var input = new MemoryStream(package);
        using var output = new MemoryStream();
        using var archive = new SignedPackageArchive(input, output);
        await archive.RemoveSignatureAsync(cancellationToken);
        return output.ToArray();
    }

    /// <summary>The SHA-512 of the content that NuGet finds in a signed package.</summary>
    public static byte[] ContentHash(byte[] package, CancellationToken cancellationToken)
    {
        using var input = new MemoryStream(package);
        using var archive = new SignedPackageArchive(input, Stream.Null);
        return Convert.FromBase64String(archive.GetContentHash(cancellationToken));
    }

    /// <summary>Throws unless NuGet finds that the content of a signed package has this SHA-256.</summary>
    public static async Task ValidateAsync(byte[] package, ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken)
    {
        using var input = new MemoryStream(package);
        using var archive = new SignedPackageArchive(input, Stream.Null);
        var content = new SignatureContent(SigningSpecifications.V1, HashAlgorithmName.SHA256, Convert.ToBase64String(sha256.Span));
        await archive.ValidateIntegrityAsync(content, cancellationToken);
    }

    public static async Task<bool> IsZip64Async(byte[] package, CancellationToken cancellationToken)
    {
        using var input = new MemoryStream(package);
        using var archive = new SignedPackageArchive(input, Stream.Null);
        return await archive.IsZip64Async(cancellationToken);
    }

    /// <summary>The time that NuGet has given to the signature entry, so that the same can be asked of us.</summary>
    public static DateTimeOffset SignatureTime(byte[] signedPackage)
    {
        var header = signedPackage.AsSpan(signedPackage.AsSpan().LastIndexOf("PK\x01\x02"u8));
        var time = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        return new DateTimeOffset(
            (int)(time >> 25) + 1980,
            (int)(time >> 21) & 15,
            (int)(time >> 16) & 31,
            (int)(time >> 11) & 31,
            (int)(time >> 5) & 63,
            (int)(time & 31) * 2,
            TimeSpan.Zero);
    }
}
