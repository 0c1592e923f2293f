using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;

namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5015, SGN5016, SGN5017: the certificate of the author signature is registered by an owner who may sign.</summary>
internal sealed class RegistrationRule : IVerificationRule<InspectedPackage>
{
    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context) =>
        subject.Signature is { Type: PackageSignatureType.Author, Certificate: { } certificate }
            ? CheckCertificate(certificate, context.Policy)
            : [];

    /// <summary>The rule for a certificate that has signed, or is going to.</summary>
    public static IEnumerable<Diagnostic> CheckCertificate(X509Certificate2 certificate, VerificationPolicy policy)
    {
        if (policy.Owners.Count == 0)
        {
            yield break;
        }

        var fingerprint = Fingerprint.Sha256(certificate);
        var name = $"'{SafeText.DisplayName(certificate)}'";
        switch (RegistrationTable.Decide(policy.Owners, policy.RequiredSigner, fingerprint))
        {
            case RegistrationVerdict.SigningNotAllowed:
                yield return Diagnostics.SigningNotAllowed(fingerprint, policy.RequiredSigner is { } required
                    ? $"the required signer '{SafeText.Line(required)}' has no certificate registered"
                    : $"none of the owners ({Names(policy)}) has a certificate registered");
                break;
            case RegistrationVerdict.NotRegistered:
                yield return Diagnostics.CertificateNotRegistered($"the certificate {name}", fingerprint, Registered(policy));
                break;
            case RegistrationVerdict.NotRequiredSigner:
                var owner = policy.Owners.FirstOrDefault(owner => owner.Owns(fingerprint));
                yield return Diagnostics.NotRequiredSigner(
                    SafeText.Line(policy.RequiredSigner),
                    $"the certificate {name}",
                    fingerprint,
                    owner is null ? "is registered by no owner" : $"is registered by '{SafeText.Line(owner.Name)}' and not by the required signer");
                break;
        }
    }

    private static string Names(VerificationPolicy policy) => string.Join(", ", policy.Owners.Select(owner => SafeText.Line(owner.Name)));

    private static string Registered(VerificationPolicy policy) => string.Join("; ", policy.Owners.Select(owner =>
        $"{SafeText.Line(owner.Name)}: {(owner.HasCertificates ? string.Join(", ", owner.Fingerprints) : "none")}"));
}
