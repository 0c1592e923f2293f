namespace Sign.Build.Core.Certificates.Pkcs11;

/// <summary>An entry of OpenSSL's error queue.</summary>
/// <param name="Library">Who reports it: <c>PKCS#11 module</c> is the token's driver.</param>
/// <param name="Number">The number of the reason; for the token's driver the CKR_ value.</param>
/// <param name="Reason">The reason in words.</param>
internal sealed record OpenSslError(string Library, uint Number, string Reason)
{
    private const uint ReasonMask = 0x7FFFFF;

    /// <summary>Takes <c>error:410000A0:PKCS#11 module::PIN incorrect</c> apart.</summary>
    public static OpenSslError Parse(nuint error, string text)
    {
        var parts = text.Split(':', 5);
        return parts.Length == 5
            ? new OpenSslError(parts[2], (uint)error & ReasonMask, parts[4])
            : new OpenSslError("", (uint)error & ReasonMask, text);
    }

    /// <summary>Whether the token's driver gave this CKR_ value.</summary>
    public bool IsTokenError(uint number) => Library == "PKCS#11 module" && Number == number;
}
