namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5014: the signature is RSA with PKCS #1 v1.5 padding over a SHA-2 digest. NuGet's verifier does not look at this.</summary>
internal sealed class SignatureAlgorithmRule : IVerificationRule<JudgedSigner>
{
    public IEnumerable<Diagnostic> Check(JudgedSigner subject, RuleContext context)
    {
        var signer = subject.Signer.SignerInfo;
        if (AcceptedAlgorithms.Hash(signer.DigestAlgorithm.Value) is null)
        {
            yield return Diagnostics.AlgorithmNotAccepted(
                $"{subject.Fix} with SHA-256, SHA-384 or SHA-512", subject.Name, $"uses the digest {AcceptedAlgorithms.Name(signer.DigestAlgorithm)}", nuGetCode: null);
        }

        // With another kind of key the algorithm follows from the key, and SGN5007 names that.
        if (!AcceptedAlgorithms.IsPackageSignature(signer.SignatureAlgorithm.Value) && subject.Signer.Certificate?.PublicKey.Oid.Value == Oids.Rsa)
        {
            yield return Diagnostics.AlgorithmNotAccepted(
                $"{subject.Fix} with RSA and PKCS #1 v1.5 padding", subject.Name, $"uses {AcceptedAlgorithms.Name(signer.SignatureAlgorithm)}", nuGetCode: null);
        }
    }
}
