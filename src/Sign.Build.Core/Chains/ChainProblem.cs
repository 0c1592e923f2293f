using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Chains;

/// <summary>What can be wrong with a certificate in a chain.</summary>
public enum ChainProblemKind
{
    /// <summary>The chain is complete, and its root is no trust anchor.</summary>
    UntrustedRoot,

    /// <summary>The issuer of <see cref="ChainProblem.Certificate"/> was not found.</summary>
    PartialChain,

    /// <summary>Expired, or not valid yet.</summary>
    NotTimeValid,

    /// <summary>The extended key usage does not allow the purpose.</summary>
    NotValidForUsage,

    /// <summary>Revoked by its issuer.</summary>
    Revoked,

    /// <summary>Nobody could say whether it is revoked.</summary>
    RevocationUnknown,

    /// <summary>The issuer's signature over the certificate does not verify.</summary>
    InvalidSignature,

    /// <summary>An issuer that may not issue, or a path that is too long.</summary>
    InvalidBasicConstraints,

    /// <summary>Anything else that the platform reports; see <see cref="ChainProblem.Detail"/>.</summary>
    Other,
}

/// <summary>One thing that is wrong with one certificate of a chain.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Certificate">The certificate that it is about.</param>
/// <param name="Detail">The actual values or the platform's words; one line, a part of a sentence.</param>
public sealed record ChainProblem(ChainProblemKind Kind, X509Certificate2 Certificate, string Detail);
