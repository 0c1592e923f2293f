using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// Writes the signing certificate in the one form that nuget.org registers: DER, extension <c>.cer</c>, at most 10,000 bytes.
/// Source: NuGetGallery, CertificateValidator.
/// </summary>
public static class CertificateExport
{
    /// <summary>Writes the public certificate; an identical file stays untouched.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="destination">Absolute path of the file.</param>
    /// <param name="isThrowAway">Whether it is of the development authority, and nobody should register it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What to tell the user: where it is, its fingerprints, and the next step.</returns>
    /// <exception cref="SignBuildException">SGN3005: the file cannot be written.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(X509Certificate2 certificate, string destination, bool isThrowAway, CancellationToken cancellationToken)
    {
        var der = certificate.Export(X509ContentType.Cert);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            var present = File.Exists(destination) ? await File.ReadAllBytesAsync(destination, cancellationToken).ConfigureAwait(false) : [];
            if (!present.AsSpan().SequenceEqual(der))
            {
                await File.WriteAllBytesAsync(destination, der, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignBuildException(Diagnostics.FileAccess(destination, e.Message), e);
        }

        return
        [
            $"Certificate: {destination}",
            $"  SHA-256: {Fingerprint.Sha256(certificate)}",
            $"  SHA-1:   {Fingerprint.Compute(certificate, HashAlgorithmName.SHA1)}",
            isThrowAway
                ? "  A throw-away certificate of this machine: there is nothing to register. Set SignBuildMode to Required with the real certificate."
                : "  To register it: nuget.org, account settings, Certificates, Register new. From then on every new package of that account must be signed with a registered certificate.",
        ];
    }
}
