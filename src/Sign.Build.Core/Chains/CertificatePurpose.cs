namespace Sign.Build.Core.Chains;

/// <summary>What a certificate is used for; each has trust anchors and an extended key usage of its own.</summary>
public enum CertificatePurpose
{
    /// <summary>Signs packages: id-kp-codeSigning.</summary>
    CodeSigning,

    /// <summary>Signs timestamps: id-kp-timeStamping.</summary>
    Timestamping,
}
