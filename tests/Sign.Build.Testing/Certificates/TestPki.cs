using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;

namespace Sign.Build.Testing;

/// <summary>
/// Root, intermediate and code-signing certificate; another root and a timestamping certificate below it.
/// Making keys is slow, so tests that need nothing special take <see cref="Shared"/> and never dispose it.
/// </summary>
public sealed class TestPki
{
    private static readonly Lazy<TestPki> SharedPki = new(() => new TestPki());

    public TestPki()
    {
        Root = TestCertificateAuthority.CreateRoot("Test code signing root");
        Intermediate = Root.CreateIntermediate("Test code signing intermediate");
        CodeSigning = Intermediate.Issue(TestCertificateOptions.CodeSigning);
        TimestampRoot = TestCertificateAuthority.CreateRoot("Test timestamp root");
        Timestamping = TimestampRoot.Issue(TestCertificateOptions.Timestamping with { NotBefore = DateTimeOffset.UtcNow.AddYears(-5) });
    }

    /// <summary>One for the whole test run.</summary>
    public static TestPki Shared => SharedPki.Value;

    public TestCertificateAuthority Root { get; }

    public TestCertificateAuthority Intermediate { get; }

    /// <summary>Issued by <see cref="Intermediate"/>; valid from a day ago.</summary>
    public TestCertificate CodeSigning { get; }

    public TestCertificateAuthority TimestampRoot { get; }

    /// <summary>Issued by <see cref="TimestampRoot"/>; valid from five years ago.</summary>
    public TestCertificate Timestamping { get; }

    /// <summary>Both roots, without keys.</summary>
    public IReadOnlyList<X509Certificate2> Roots => [CodeSigning.Root, Timestamping.Root];

    /// <summary>Both roots as the only trust anchors.</summary>
    public TrustAnchors Anchors => TrustAnchors.Only(Roots);

    /// <summary>The certificates between leaf and root.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates => CodeSigning.Intermediates;
}
