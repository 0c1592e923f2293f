using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// A PFX with every certificate inside, or a PEM or DER certificate with its key in the same file or in
/// <c>SignBuildCertificateKeyPath</c>. The content decides which, not the extension.
/// </summary>
public sealed class FileIdentitySource : ISigningIdentitySource
{
    private const string PathSetting = "SignBuildCertificatePath";
    private const string KeyPathSetting = "SignBuildCertificateKeyPath";

    private readonly CertificateSettings _settings;
    private readonly string _path;

    /// <summary>Takes path, key path and the password's place from <paramref name="settings"/>.</summary>
    public FileIdentitySource(CertificateSettings settings)
    {
        _settings = settings;
        _path = settings.Path ?? throw new ArgumentException("The settings name no file.", nameof(settings));
    }

    /// <inheritdoc/>
    public string Description => $"file '{_path}'";

    /// <inheritdoc/>
    public Task<SigningIdentity> AcquireAsync(CancellationToken cancellationToken) =>
        Task.Run(Acquire, cancellationToken).WaitAsync(cancellationToken);

    private SigningIdentity Acquire()
    {
        var content = BoundedFile.Read(_path, PathSetting);
        var text = CertificateEncodings.ToUtf8(content);
        try
        {
            return CertificateEncodings.Detect(text) switch
            {
                CertificateEncoding.Pfx => ReadPfx(content),
                CertificateEncoding.Pem or CertificateEncoding.Certificate or CertificateEncoding.Pkcs7 => ReadWithKey(text),
                CertificateEncoding.Key => throw Unreadable($"Set {PathSetting} to the certificate and {KeyPathSetting} to the key: '{_path}' is a private key."),
                CertificateEncoding.Base64 => throw Unreadable($"Decode the file, or give its content in a variable that SignBuildCertificateVariable names: '{_path}' is base64 text."),
                CertificateEncoding.Empty => throw Unreadable($"Export the certificate again: '{_path}' is empty."),
                _ => throw Unreadable($"Set {PathSetting} to a PFX or PEM file: '{_path}' ({content.Length} bytes) is neither."),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
            CryptographicOperations.ZeroMemory(text);
        }
    }

    private SigningIdentity ReadPfx(byte[] content) => _settings.KeyPath is null
        ? PfxReader.Read(content, Description, _settings)
        : throw new SignBuildException(Diagnostics.InvalidValue(
            KeyPathSetting, _settings.KeyPath, $"nothing (-p:{KeyPathSetting}=), because '{_path}' is a PFX, which has its key inside"));

    private SigningIdentity ReadWithKey(byte[] content)
    {
        var certificates = CertificateFiles.Parse(content, _path);
        SigningIdentity? identity = null;
        try
        {
            identity = _settings.KeyPath is null
                ? PemReader.Read(certificates, Description, content, _path, _settings)
                : ReadWithKeyFile(certificates, _settings.KeyPath);
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

    private SigningIdentity ReadWithKeyFile(IReadOnlyList<X509Certificate2> certificates, string keyPath)
    {
        var content = BoundedFile.Read(keyPath, KeyPathSetting);
        var text = CertificateEncodings.ToUtf8(content);
        try
        {
            return CertificateEncodings.Detect(text) == CertificateEncoding.Pem
                ? PemReader.Read(certificates, Description, text, keyPath, _settings)
                : throw new SignBuildException(Diagnostics.CertificateUnreadable(
                    $"file '{keyPath}'", $"Set {KeyPathSetting} to a key in PEM (-----BEGIN PRIVATE KEY-----): '{keyPath}' is none."));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
            CryptographicOperations.ZeroMemory(text);
        }
    }

    private SignBuildException Unreadable(string fix) => new(Diagnostics.CertificateUnreadable(Description, fix));

    private static void Dispose(IReadOnlyList<X509Certificate2> certificates)
    {
        foreach (var certificate in certificates)
        {
            certificate.Dispose();
        }
    }
}
