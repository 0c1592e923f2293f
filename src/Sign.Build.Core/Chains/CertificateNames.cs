using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sign.Build.Core.Chains;

/// <summary>
/// Names of certificates. Issuer and subject are matched by their raw DER, as the standard wants issuers to copy it, and
/// only where nothing matches by their text: some authorities encode one name in two string types.
/// </summary>
internal static class CertificateNames
{
    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The subject of a DER certificate, without the cost of an <see cref="X509Certificate2"/>.</summary>
    /// <exception cref="AsnContentException">Not a certificate.</exception>
    public static ReadOnlyMemory<byte> ReadSubject(ReadOnlyMemory<byte> certificate)
    {
        var toBeSigned = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (toBeSigned.PeekTag().HasSameClassAndValue(VersionTag))
        {
            toBeSigned.ReadEncodedValue();
        }

        toBeSigned.ReadEncodedValue(); // serialNumber
        toBeSigned.ReadEncodedValue(); // signature
        toBeSigned.ReadEncodedValue(); // issuer
        toBeSigned.ReadEncodedValue(); // validity
        return toBeSigned.ReadEncodedValue();
    }

    /// <summary>Whether the certificate names itself as its issuer.</summary>
    public static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>Those whose subject is <paramref name="name"/>.</summary>
    /// <param name="candidates">Where to search.</param>
    /// <param name="name">The subject, DER.</param>
    /// <param name="subject">The subject of a candidate, DER.</param>
    /// <param name="exact">Whether equal text is not enough. It is dear to compare, so one who searches hundreds asks for it last.</param>
    public static List<T> Find<T>(IEnumerable<T> candidates, ReadOnlyMemory<byte> name, Func<T, ReadOnlyMemory<byte>> subject, bool exact = false)
    {
        var found = candidates.Where(candidate => subject(candidate).Span.SequenceEqual(name.Span)).ToList();
        if (found.Count == 0 && !exact && CanonicalForm(name) is { } canonical)
        {
            found.AddRange(candidates.Where(candidate => CanonicalForm(subject(candidate)) == canonical));
        }

        return found;
    }

    /// <summary>The same text for names that differ only in string types, case and white space; null where it cannot be read.</summary>
    internal static string? CanonicalForm(ReadOnlyMemory<byte> name)
    {
        var form = new StringBuilder();
        try
        {
            var relativeNames = new AsnReader(name, AsnEncodingRules.DER).ReadSequence();
            while (relativeNames.HasData)
            {
                var attributes = relativeNames.ReadSetOf(skipSortOrderValidation: true);
                while (attributes.HasData)
                {
                    var attribute = attributes.ReadSequence();
                    form.Append(attribute.ReadObjectIdentifier()).Append('=').Append(ReadValue(attribute)).Append('\0');
                }

                form.Append('\0');
            }
        }
        catch (AsnContentException)
        {
            return null;
        }

        return form.ToString();
    }

    private static string ReadValue(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        if (tag.TagClass != TagClass.Universal || (UniversalTagNumber)tag.TagValue
            is not (UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String or UniversalTagNumber.BMPString))
        {
            return Convert.ToHexString(attribute.ReadEncodedValue().Span);
        }

        var words = attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words).ToUpperInvariant();
    }
}
