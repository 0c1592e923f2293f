using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Chains;

/// <summary>Where a certificate says that its revocation status can be asked for.</summary>
/// <param name="CrlUrls">Certificate revocation lists.</param>
/// <param name="OcspUrls">OCSP responders.</param>
internal sealed record RevocationServers(IReadOnlyList<string> CrlUrls, IReadOnlyList<string> OcspUrls)
{
    private const string CrlDistributionPointsOid = "2.5.29.31";
    private static readonly Asn1Tag DistributionPointTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag FullNameTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>Whether there is nobody to ask.</summary>
    public bool IsEmpty => CrlUrls.Count == 0 && OcspUrls.Count == 0;

    /// <summary>The servers, each once, in a fixed order: equal for two certificates that depend on the same ones.</summary>
    public string Key => string.Join(", ", CrlUrls.Concat(OcspUrls).Select(Authority).Distinct().Order(StringComparer.Ordinal));

    /// <summary>The servers, for messages.</summary>
    public string Names => SafeText.Line(Key);

    /// <summary>Reads both extensions. What cannot be read names no server.</summary>
    public static RevocationServers Of(X509Certificate2 certificate) => new(ReadCrlUrls(certificate), ReadOcspUrls(certificate));

    private static List<string> ReadCrlUrls(X509Certificate2 certificate)
    {
        var urls = new List<string>();
        if (certificate.Extensions[CrlDistributionPointsOid] is not { } extension)
        {
            return urls;
        }

        try
        {
            var points = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (points.HasData)
            {
                AddUrls(points.ReadSequence(), urls);
            }
        }
        catch (AsnContentException)
        {
            // What was read before the defect counts.
        }

        return urls;
    }

    private static void AddUrls(AsnReader point, List<string> urls)
    {
        if (!point.HasData || !point.PeekTag().HasSameClassAndValue(DistributionPointTag))
        {
            return;
        }

        var name = point.ReadSequence(DistributionPointTag);
        if (!name.PeekTag().HasSameClassAndValue(FullNameTag))
        {
            return;
        }

        var generalNames = name.ReadSequence(FullNameTag);
        while (generalNames.HasData)
        {
            if (generalNames.PeekTag().HasSameClassAndValue(UriTag))
            {
                urls.Add(generalNames.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
            }
            else
            {
                generalNames.ReadEncodedValue();
            }
        }
    }

    private static List<string> ReadOcspUrls(X509Certificate2 certificate)
    {
        try
        {
            return [.. certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>().SelectMany(extension => extension.EnumerateOcspUris())];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static string Authority(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority : url;
}
