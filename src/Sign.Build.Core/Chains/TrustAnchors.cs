using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Chains;

/// <summary>
/// The roots that end a chain. They are looked up by subject, so that a chain costs the one root that it needs.
/// Immutable and safe to share between threads and builders.
/// </summary>
public sealed class TrustAnchors
{
    /// <summary>Where Fedora and its relatives keep the roots that may sign code. NuGet prefers it to the SDK's own.</summary>
    private const string SystemCodeSigningBundle = "/etc/pki/ca-trust/extracted/pem/objsign-ca-bundle.pem";

    private readonly PemBundle? _codeSigning;
    private readonly PemBundle? _timestamping;
    private readonly IReadOnlyList<Root> _roots;

    private TrustAnchors(PemBundle? codeSigning, PemBundle? timestamping, bool usesSystemTrust, IReadOnlyList<Root> roots)
    {
        _codeSigning = codeSigning;
        _timestamping = timestamping;
        UsesSystemTrust = usesSystemTrust;
        _roots = roots;
    }

    /// <summary>Whether the operating system decides about trust (Windows), beside any root that was added.</summary>
    public bool UsesSystemTrust { get; }

    /// <summary>Whether there are anchors other than the platform's.</summary>
    internal bool HasAdditionalRoots => _roots.Count > 0;

    /// <summary>
    /// What NuGet trusts on this platform: the SDK's bundles on Linux and macOS, the system's roots on Windows.
    /// </summary>
    /// <param name="sdkDirectory">The folder of the .NET SDK that runs the build; it holds <c>trustedroots</c>.</param>
    public static TrustAnchors Platform(string sdkDirectory)
    {
        if (OperatingSystem.IsWindows())
        {
            return new TrustAnchors(null, null, usesSystemTrust: true, []);
        }

        var codeSigning = OperatingSystem.IsLinux() && File.Exists(SystemCodeSigningBundle)
            ? SystemCodeSigningBundle
            : Path.Combine(sdkDirectory, "trustedroots", "codesignctl.pem");
        var timestamping = Path.Combine(sdkDirectory, "trustedroots", "timestampctl.pem");
        return new TrustAnchors(new PemBundle(codeSigning), new PemBundle(timestamping), usesSystemTrust: false, []);
    }

    /// <summary>These roots for both purposes, and no other.</summary>
    public static TrustAnchors Only(IReadOnlyList<X509Certificate2> roots) =>
        new(null, null, usesSystemTrust: false, [.. roots.Select(Root.From)]);

    /// <summary>These anchors, and further roots for both purposes. A certificate that is not self-issued gives no trust.</summary>
    public TrustAnchors With(IReadOnlyList<X509Certificate2> additionalRoots) =>
        new(_codeSigning, _timestamping, UsesSystemTrust, [.. _roots, .. additionalRoots.Select(Root.From)]);

    /// <summary>Which anchors these are, for messages; with the reason where a bundle could not be read.</summary>
    public string Describe(CertificatePurpose purpose)
    {
        var parts = new List<string>();
        if (UsesSystemTrust)
        {
            parts.Add("the roots that Windows trusts");
        }

        if (Bundle(purpose) is { } bundle)
        {
            parts.Add(bundle.Failure is { } failure ? $"none from {bundle.Path} ({failure})" : bundle.Path);
        }

        if (_roots.Count > 0)
        {
            parts.Add(_roots.Count == 1 ? $"'{_roots[0].Name}'" : $"{_roots.Count} configured roots");
        }

        return parts.Count == 0 ? "no trust anchors" : string.Join(" and ", parts);
    }

    /// <summary>The anchors with this subject, DER.</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> Find(ReadOnlyMemory<byte> subject, CertificatePurpose purpose, bool exact = true) =>
        CertificateNames.Find(_roots, subject, root => root.Subject, exact).Select(root => root.Certificate)
            .Concat(Bundle(purpose)?.Find(subject, exact) ?? []);

    private PemBundle? Bundle(CertificatePurpose purpose) =>
        purpose == CertificatePurpose.Timestamping ? _timestamping : _codeSigning;

    // DER rather than X509Certificate2: whoever gave the certificate may dispose it.
    private sealed record Root(ReadOnlyMemory<byte> Subject, ReadOnlyMemory<byte> Certificate, string Name)
    {
        public static Root From(X509Certificate2 certificate) =>
            new(certificate.SubjectName.RawData, certificate.RawData, certificate.Subject);
    }
}
