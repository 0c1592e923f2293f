using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// What is the same for every source: the certificate must be readable and the expected one, and the certificates of
/// <c>SignBuildAdditionalCertificate</c> are added.
/// </summary>
internal sealed class ConfiguredIdentitySource(ISigningIdentitySource source, CertificateSettings settings) : ISigningIdentitySource, IDisposable
{
    private readonly ExpectedFingerprint? _expected = ExpectedFingerprint.Parse(ExpectedFingerprint.PinProperty, settings.ExpectedFingerprint);

    /// <inheritdoc/>
    public string Description => source.Description;

    /// <inheritdoc/>
    public async Task<SigningIdentity> AcquireAsync(CancellationToken cancellationToken)
    {
        var identity = await source.AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            RequireReadable([identity.Certificate, .. identity.AdditionalCertificates]);
            RequireExpected(identity.Certificate);
            return Complete(identity);
        }
        catch (SignBuildException)
        {
            identity.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => (source as IDisposable)?.Dispose();

    private void RequireReadable(IEnumerable<X509Certificate2> certificates)
    {
        if (certificates.FirstOrDefault(certificate => !CertificateContent.IsReadable(certificate) || !CertificateContent.HasReadableKey(certificate)) is { } bad)
        {
            throw new SignBuildException(Diagnostics.CertificateUnreadable(
                Description, $"Have the certificate with SHA-256 {Fingerprint.Sha256(bad)} issued again: its times, names or key are malformed."));
        }
    }

    private void RequireExpected(X509Certificate2 certificate)
    {
        if (_expected is null)
        {
            return;
        }

        if (_expected.IsSha1)
        {
            throw _expected.Sha1Refused([certificate], Description);
        }

        if (!_expected.IsOf(certificate))
        {
            throw new SignBuildException(Diagnostics.UnexpectedCertificate(
                Description, _expected.Digits, Fingerprint.Sha256(certificate), SigningKeys.SubjectOf(certificate)));
        }
    }

    private SigningIdentity Complete(SigningIdentity identity)
    {
        if (settings.AdditionalCertificatePaths.Count == 0)
        {
            return identity;
        }

        var known = identity.AdditionalCertificates.Select(Fingerprint.Sha256).Append(identity.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var all = identity.AdditionalCertificates.ToList();
        foreach (var certificate in settings.AdditionalCertificatePaths.SelectMany(path => CertificateFiles.Load(path, "the SignBuildAdditionalCertificate item")))
        {
            if (known.Add(Fingerprint.Sha256(certificate)))
            {
                all.Add(certificate);
            }
            else
            {
                certificate.Dispose();
            }
        }

        return new SigningIdentity(identity.Certificate, identity.PrivateKey, all);
    }
}
