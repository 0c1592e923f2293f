using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>Reads a PFX with every certificate in it; the one with a private key signs, the others help to build its chain.</summary>
internal static class PfxReader
{
    // ERROR_INVALID_PASSWORD, on every platform.
    private const int InvalidPassword = unchecked((int)0x80070056);

    // The file is the user's own, but it is cheap to refuse one that was made to keep a build busy: no tool
    // makes keys with more than a few hundred thousand rounds.
    private static readonly Pkcs12LoaderLimits Limits = new()
    {
        MaxCertificates = 64,
        MaxKeys = 16,
        IndividualKdfIterationLimit = 2_000_000,
        MacIterationLimit = 2_000_000,
        TotalKdfIterationLimit = 8_000_000,
    };

    /// <summary>The identity in <paramref name="content"/>.</summary>
    /// <exception cref="SignBuildException">SGN2002, SGN2003, SGN2004, SGN5007.</exception>
    public static SigningIdentity Read(ReadOnlySpan<byte> content, string source, CertificateSettings settings)
    {
        using var password = CertificatePassword.Read(settings);
        var certificates = Load(content, password, source);
        SigningIdentity? identity = null;
        try
        {
            var signer = ChooseSigner(certificates, source, settings);
            var key = SigningKeys.Of(signer, source, "Export the certificate together with its private key.");
            identity = new SigningIdentity(signer, key, [.. certificates.Where(certificate => !ReferenceEquals(certificate, signer))]);
            return identity;
        }
        finally
        {
            if (identity is null)
            {
                Dispose(certificates);
            }
        }
    }

    private static X509Certificate2Collection Load(ReadOnlySpan<byte> content, CertificatePassword password, string source)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12Collection(content, password.Characters, StorageFlags(), Limits);
        }
        catch (Pkcs12LoadLimitExceededException exception)
        {
            throw Unreadable($"Export the certificate again: the PFX exceeds a limit: {SafeText.Line(exception.Message)}", exception);
        }
        catch (CryptographicException exception) when (exception.HResult == InvalidPassword)
        {
            throw Unreadable(
                password.IsEmpty ? password.MissingAdvice("the PFX is") : password.WrongAdvice("the PFX"), exception);
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            throw Unreadable(
                $"Export the certificate again, with AES-256 and SHA-256, and check that the file is complete: it is no PFX that this platform reads: {SafeText.Line(exception.Message)}",
                exception);
        }

        SignBuildException Unreadable(string fix, Exception cause) => new(Diagnostics.CertificateUnreadable(source, fix), cause);
    }

    private static X509Certificate2 ChooseSigner(X509Certificate2Collection certificates, string source, CertificateSettings settings)
    {
        var candidates = ExpectedFingerprint.Narrow(certificates.Where(certificate => certificate.HasPrivateKey), settings);
        return candidates switch
        {
            [var only] => only,
            [] when certificates is [var first, ..] => throw new SignBuildException(Diagnostics.NoPrivateKey(
                source, SigningKeys.SubjectOf(first), "Export the certificate together with its private key: the PFX holds certificates only.")),
            [] => throw new SignBuildException(Diagnostics.CertificateUnreadable(source, "Export the certificate again: the PFX holds no certificate.")),
            _ => throw new SignBuildException(Diagnostics.AmbiguousCertificate(source, [.. candidates.Select(SigningKeys.Describe)])),
        };
    }

    // A key must not be left in the user's key store. macOS has no ephemeral keys: there .NET uses a temporary keychain.
    private static X509KeyStorageFlags StorageFlags() =>
        OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    private static void Dispose(X509Certificate2Collection certificates)
    {
        foreach (var certificate in certificates)
        {
            certificate.Dispose();
        }
    }
}
