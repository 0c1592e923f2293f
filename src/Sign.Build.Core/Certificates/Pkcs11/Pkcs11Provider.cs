using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Sign.Build.Core.Certificates.Pkcs11;

/// <summary>
/// Opens private keys through OpenSSL's provider <c>pkcs11</c>, which takes the place of the engine where distributions have
/// dropped it. It takes a PIN from a file alone; the file given here exists in memory only and has no name.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class Pkcs11Provider
{
    private const string ProviderName = "pkcs11";
    private const uint CloseOnExecute = 1;

    // ERR_R_DSO_LIB: the provider's library cannot be loaded.
    private const int NoProvider = 0x80025;
    private const int ReasonMask = 0x7FFFFF;

    /// <summary>Opens the key. One call is at most one login.</summary>
    /// <returns>The key; or null and why not.</returns>
    public static SafeEvpPKeyHandle? Open(Pkcs11Uri uri, Pkcs11Pin pin, out Pkcs11Failure failure)
    {
        if (uri.ModulePath is not null)
        {
            failure = new Pkcs11Failure(Pkcs11FailureKind.NoEngine, "module-path needs the engine; the provider's driver is set in openssl.cnf or PKCS11_PROVIDER_MODULE");
            return null;
        }

        if (pin.IsEmpty)
        {
            failure = new Pkcs11Failure(Pkcs11FailureKind.NoPin, "OpenSSL's provider would ask for a PIN on the terminal");
            return null;
        }

        using var pinFile = new SafeFileHandle(MemoryFile("pin\0"u8.ToArray(), CloseOnExecute), ownsHandle: true);
        if (pinFile.IsInvalid)
        {
            failure = new Pkcs11Failure(Pkcs11FailureKind.NoEngine, "this system has no files in memory (memfd), which the provider would need");
            return null;
        }

        try
        {
            pin.Use(value =>
            {
                RandomAccess.Write(pinFile, value.AsSpan(..^1), fileOffset: 0);
                return true;
            });
            failure = default;
            return SafeEvpPKeyHandle.OpenKeyFromProvider(ProviderName, $"{uri.PrivateKey}?pin-source=file:/proc/self/fd/{pinFile.DangerousGetHandle()}");
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException or IOException)
        {
            // The reasons of the provider do not come through .NET, which knows the last error alone.
            failure = exception is CryptographicException && (exception.HResult & ReasonMask) != NoProvider
                ? new Pkcs11Failure(Pkcs11FailureKind.Unknown, SafeText.Line(exception.Message))
                : new Pkcs11Failure(Pkcs11FailureKind.NoEngine, SafeText.Line(exception.Message));
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MemoryFile(byte[] name, uint flags);
}
