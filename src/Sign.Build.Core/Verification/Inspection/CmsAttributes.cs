using System.Security.Cryptography;

namespace Sign.Build.Core.Verification;

/// <summary>Finds attributes of a CMS signer.</summary>
internal static class CmsAttributes
{
    /// <summary>All values of all attributes of this kind: what is not allowed twice can be repeated in either way.</summary>
    public static List<byte[]> Values(this CryptographicAttributeObjectCollection attributes, string oid) =>
        [.. attributes.Cast<CryptographicAttributeObject>()
            .Where(attribute => attribute.Oid.Value == oid)
            .SelectMany(attribute => attribute.Values.Cast<AsnEncodedData>())
            .Select(value => value.RawData)];
}
