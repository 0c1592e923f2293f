using Sign.Build.Core.Certificates;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>
/// SGN5030, SGN5031, SGN5032: where trusted signers are listed, one of the package's signatures is by one of them. As in NuGet's
/// trustedSigners, one match is enough: a listed author, or a listed repository (service index, certificate, and owners if any are named).
/// </summary>
internal sealed class TrustedSignerRule : IVerificationRule<InspectedPackage>
{
    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context)
    {
        var trusted = context.Policy.TrustedSigners;
        if (trusted.Count == 0 || subject.Signature is not { } primary)
        {
            return [];
        }

        var author = primary.Author;
        var repository = primary.Repository;
        return trusted.Any(signer => IsAuthor(signer, author) || IsRepository(signer, repository) && HasOwner(signer, repository))
            ? []
            : [Rejection(trusted, author, repository)];
    }

    /// <summary>The repository's countersignature for which alone a package is trusted, or null.</summary>
    public static InspectedCountersignature? TrustedFor(InspectedSignature primary, VerificationPolicy policy) =>
        primary.Repository is InspectedCountersignature repository
        && !policy.TrustedSigners.Any(signer => IsAuthor(signer, primary.Author))
        && policy.TrustedSigners.Any(signer => IsRepository(signer, repository) && HasOwner(signer, repository))
            ? repository
            : null;

    // The nearest miss is what the reader wants to know.
    private static Diagnostic Rejection(IReadOnlyList<TrustedSigner> trusted, InspectedSigner? author, InspectedSigner? repository)
    {
        if (repository is not null && trusted.FirstOrDefault(signer => IsRepository(signer, repository)) is { } byOthers)
        {
            return Diagnostics.OwnerNotTrusted(SafeText.Line(byOthers.Name), List(repository.Owners), List(byOthers.Owners));
        }

        if (repository is not null && trusted.FirstOrDefault(signer => signer.ServiceIndexUrl is not null && signer.ServiceIndexUrl == repository.ServiceIndexUrl) is { } otherCertificate)
        {
            return Diagnostics.RepositoryCertificateNotTrusted(SafeText.Line(otherCertificate.Name), Describe(repository), string.Join(", ", otherCertificate.Fingerprints));
        }

        var signatures = new[]
        {
            author is null ? null : $"author {Describe(author)}",
            repository is null ? null : $"repository {SafeText.Line(repository.ServiceIndexUrl?.ToString())} {Describe(repository)}",
        };
        return Diagnostics.SignerNotTrusted(
            string.Join(" and ", signatures.Where(signature => signature is not null)) is { Length: > 0 } found ? found : "a signature of unknown type",
            List(trusted.Select(signer => signer.Name)));
    }

    private static bool IsAuthor(TrustedSigner signer, InspectedSigner? author) =>
        signer.ServiceIndexUrl is null && Owns(signer, author);

    private static bool IsRepository(TrustedSigner signer, InspectedSigner? repository) =>
        signer.ServiceIndexUrl is not null && signer.ServiceIndexUrl == repository?.ServiceIndexUrl && Owns(signer, repository);

    // NuGet tells upper and lower case apart here.
    private static bool HasOwner(TrustedSigner signer, InspectedSigner? repository) =>
        signer.Owners.Count == 0 || (repository?.Owners.Any(owner => signer.Owners.Contains(owner, StringComparer.Ordinal)) ?? false);

    private static bool Owns(TrustedSigner signer, InspectedSigner? signature) =>
        signature?.Certificate is { } certificate && signer.Fingerprints.Contains(Fingerprint.Sha256(certificate), StringComparer.Ordinal);

    private static string Describe(InspectedSigner signer) =>
        signer.Certificate is { } certificate ? $"'{SafeText.DisplayName(certificate)}' (SHA-256 {Fingerprint.Sha256(certificate)})" : "without certificate";

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => SafeText.Line(name))) is { Length: > 0 } list ? list : "none";
}
