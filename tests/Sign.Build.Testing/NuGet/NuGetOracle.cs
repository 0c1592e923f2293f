using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using NuGet.Common;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Packaging.Signing;
using RevocationMode = NuGet.Common.RevocationMode;

namespace Sign.Build.Testing;

/// <summary>
/// NuGet's own verifier with the settings of nuget.org for author signatures, and nuget.org's steps around it:
/// no Zip64, author signature, no author countersignature, both certificates valid now.
/// </summary>
public static class NuGetOracle
{
    private static readonly Lazy<bool> Trust = new(InitializeTrust);

    // https://github.com/NuGet/NuGetGallery, Validation.PackageSigning.ProcessSignature/SignatureFormatValidator.cs
    private static SignedPackageVerifierSettings Settings(RevocationMode revocation) => new(
        allowUnsigned: false,
        allowIllegal: false,
        allowUntrusted: false,
        allowIgnoreTimestamp: false,
        allowMultipleTimestamps: false,
        allowNoTimestamp: false,
        allowUnknownRevocation: true,
        reportUnknownRevocation: true,
        VerificationTarget.Author,
        SignaturePlacement.PrimarySignature,
        SignatureVerificationBehavior.Never,
        revocation);

    // What `dotnet nuget verify` looks at: any signature, and the repository's countersignature where there is one. It lets
    // signatures without a timestamp, or with several, pass with a warning; nobody should.
    private static SignedPackageVerifierSettings FeedSettings(RevocationMode revocation) => new(
        allowUnsigned: false,
        allowIllegal: false,
        allowUntrusted: false,
        allowIgnoreTimestamp: false,
        allowMultipleTimestamps: false,
        allowNoTimestamp: false,
        allowUnknownRevocation: true,
        reportUnknownRevocation: true,
        VerificationTarget.All,
        SignaturePlacement.Any,
        SignatureVerificationBehavior.IfExists,
        revocation);

    /// <summary>
    /// Whether NuGet trusts the roots of <see cref="TestPki.Shared"/> in this process. On Windows, and where the system has a bundle
    /// for code signing, NuGet looks only there, and a test cannot add to it.
    /// </summary>
    public static bool IsUsable => !OperatingSystem.IsWindows() && !File.Exists("/etc/pki/ca-trust/extracted/pem/objsign-ca-bundle.pem");

    /// <summary>
    /// Makes NuGet trust the SDK's roots and those of <see cref="TestPki.Shared"/>. NuGet keeps the first trust store that a process
    /// asks for, so this comes before anything else that verifies with NuGet.
    /// </summary>
    public static void EnsureTrust() => _ = Trust.Value;

    /// <summary>Asks NuGet about a package with nuget.org's settings.</summary>
    public static Task<NuGetVerdict> JudgeAsync(string path, RevocationMode revocation = RevocationMode.Online) => JudgeAsync(path, Settings(revocation));

    /// <summary>Asks NuGet about a package of any feed: repository signatures and countersignatures count.</summary>
    public static Task<NuGetVerdict> JudgeForFeedAsync(string path, RevocationMode revocation = RevocationMode.Online) => JudgeAsync(path, FeedSettings(revocation));

    private static async Task<NuGetVerdict> JudgeAsync(string path, SignedPackageVerifierSettings settings)
    {
        EnsureTrust();
        try
        {
            await using var stream = File.OpenRead(path);
            using var reader = new PackageArchiveReader(stream, leaveStreamOpen: true);
            var verifier = new PackageSignatureVerifier([new IntegrityVerificationProvider(), new SignatureTrustAndValidityVerificationProvider()]);
            var result = await verifier.VerifySignaturesAsync(reader, settings, CancellationToken.None);
            var issues = result.Results.SelectMany(provider => provider.Issues).ToList();
            var errors = Codes(issues, LogLevel.Error);
            if (!result.IsSigned)
            {
                errors.Add("Unsigned");
            }
            else if (!result.IsValid && errors.Count == 0)
            {
                errors.Add("Invalid");
            }

            return new NuGetVerdict(errors, Codes(issues, LogLevel.Warning), await ServerErrorsAsync(stream, reader), [.. issues.Select(issue => issue.Message)]);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or PackagingException or CryptographicException
            or OverflowException or ArgumentException or InvalidOperationException)
        {
            // NuGet lets corrupt archives out as whatever they cause.
            return new NuGetVerdict([exception.GetType().Name], [], [], [exception.Message]);
        }
    }

    private static List<string> Codes(IEnumerable<ILogMessage> issues, LogLevel level) =>
        [.. issues.Where(issue => issue.Level == level).Select(issue => issue.Code.ToString()).Distinct().Order(StringComparer.Ordinal)];

    private static async Task<List<string>> ServerErrorsAsync(Stream stream, PackageArchiveReader reader)
    {
        var errors = new List<string>();
        stream.Position = 0;
        using (var binary = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            if (SignedPackageArchiveUtility.IsZip64(binary))
            {
                errors.Add("PackageIsZip64");
                return errors;
            }
        }

        try
        {
            if (await reader.GetPrimarySignatureAsync(CancellationToken.None) is { } signature)
            {
                JudgeSignature(signature, errors);
            }
        }
        catch (Exception exception) when (exception is SignatureException or CryptographicException)
        {
            // The verifier has said so already.
        }

        return errors;
    }

    private static void JudgeSignature(PrimarySignature signature, List<string> errors)
    {
        if (signature.Type != SignatureType.Author)
        {
            errors.Add("OnlyAuthorSignaturesSupported");
        }

        foreach (SignerInfo countersignature in signature.SignerInfo.CounterSignerInfos)
        {
            if (AttributeUtility.GetSignatureType(countersignature.SignedAttributes) == SignatureType.Author)
            {
                errors.Add("AuthorCounterSignaturesNotSupported");
            }
        }

        var now = DateTime.Now;
        IEnumerable<X509Certificate2?> certificates = [signature.SignerInfo.Certificate, .. signature.Timestamps.Select(timestamp => timestamp.SignerInfo.Certificate)];
        if (certificates.Any(certificate => certificate is null || certificate.NotBefore > now || certificate.NotAfter < now))
        {
            errors.Add("CertificateNotValidNow");
        }
    }

    private static bool InitializeTrust()
    {
        var target = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "trustedroots")).FullName;
        var sdk = Path.Combine(TestSdk.Directory, "trustedroots");
        foreach (var name in (string[])["codesignctl.pem", "timestampctl.pem"])
        {
            var bundle = Path.Combine(sdk, name);
            var text = File.Exists(bundle) ? File.ReadAllText(bundle) + "\n" : "";
            File.WriteAllText(Path.Combine(target, name), text + string.Concat(TestPki.Shared.Roots.Select(root => root.ExportCertificatePem() + "\n")));
        }

        X509TrustStore.InitializeForDotNetSdk(NullLogger.Instance);
        return true;
    }
}
