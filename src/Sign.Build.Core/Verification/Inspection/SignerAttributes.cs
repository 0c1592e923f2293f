using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Sign.Build.Core.Verification;

/// <summary>The signed attributes in which a package signature says whose it is. Collects what is malformed.</summary>
internal sealed class SignerAttributes
{
    private readonly CryptographicAttributeObjectCollection _attributes;
    private readonly List<SignatureDefect> _defects;

    /// <param name="signer">The signer whose attributes are read.</param>
    /// <param name="defects">Where defects are added.</param>
    /// <param name="invalidCode">NuGet's code for an invalid signature of this kind: NU3011 or, for a countersignature, NU3031.</param>
    public SignerAttributes(SignerInfo signer, List<SignatureDefect> defects, string invalidCode)
    {
        _attributes = signer.SignedAttributes;
        _defects = defects;
        Type = ReadType();
        SigningTime = ReadSigningTime(invalidCode);
        if (Type == PackageSignatureType.Repository)
        {
            ServiceIndexUrl = ReadServiceIndexUrl();
            Owners = ReadOwners();
        }
    }

    public PackageSignatureType Type { get; }

    public bool HasConflictingTypes { get; private set; }

    public DateTimeOffset? SigningTime { get; }

    public Uri? ServiceIndexUrl { get; }

    public IReadOnlyList<string> Owners { get; } = [];

    // CommitmentTypeIndication ::= SEQUENCE { commitmentTypeId OBJECT IDENTIFIER, qualifiers SEQUENCE OF ... OPTIONAL }, RFC 5126 section 5.11.1
    private PackageSignatureType ReadType()
    {
        var (isAuthor, isRepository) = (false, false);
        foreach (var value in _attributes.Values(Oids.CommitmentTypeIndication))
        {
            var type = Read(value, reader => reader.ReadSequence().ReadObjectIdentifier(), "commitment-type-indication");
            isAuthor |= type == Oids.ProofOfOrigin;
            isRepository |= type == Oids.ProofOfReceipt;
        }

        HasConflictingTypes = isAuthor && isRepository;
        if (HasConflictingTypes)
        {
            _defects.Add(new SignatureDefect("NU3000", "it claims to be both an author's and a repository's signature"));
        }

        return (isAuthor, isRepository) switch
        {
            (true, false) => PackageSignatureType.Author,
            (false, true) => PackageSignatureType.Repository,
            _ => PackageSignatureType.Unknown,
        };
    }

    private DateTimeOffset? ReadSigningTime(string invalidCode)
    {
        if (_attributes.Values(Oids.SigningTime) is not [var value, ..])
        {
            if (Type != PackageSignatureType.Unknown)
            {
                _defects.Add(new SignatureDefect(invalidCode, "it has no signing-time attribute"));
            }

            return null;
        }

        try
        {
            // Nothing depends on the value: only a timestamp proves a time.
            return new DateTimeOffset(new Pkcs9SigningTime(value).SigningTime.ToUniversalTime(), TimeSpan.Zero);
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            return null;
        }
    }

    private Uri? ReadServiceIndexUrl()
    {
        if (_attributes.Values(Oids.ServiceIndexUrl) is not [var value])
        {
            _defects.Add(new SignatureDefect("NU3000", "it is a repository's signature and does not name exactly one service index"));
            return null;
        }

        var text = Read(value, reader => reader.ReadCharacterString(UniversalTagNumber.IA5String), "nuget-v3-service-index-url");
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps)
        {
            return url;
        }

        if (text is not null)
        {
            _defects.Add(new SignatureDefect("NU3000", $"its service index '{SafeText.Line(text)}' is no absolute https URL"));
        }

        return null;
    }

    private List<string> ReadOwners()
    {
        switch (_attributes.Values(Oids.PackageOwners))
        {
            case []:
                return [];
            case [var value]:
                var owners = Read(value, ReadNames, "nuget-package-owners");
                if (owners is not null && (owners.Count == 0 || owners.Exists(string.IsNullOrWhiteSpace)))
                {
                    _defects.Add(new SignatureDefect("NU3000", "its list of package owners is empty or has an empty name"));
                }

                return owners ?? [];
            default:
                _defects.Add(new SignatureDefect("NU3000", "it has more than one list of package owners"));
                return [];
        }
    }

    private static List<string> ReadNames(AsnReader reader)
    {
        var names = new List<string>();
        var sequence = reader.ReadSequence();
        while (sequence.HasData)
        {
            names.Add(sequence.ReadCharacterString(UniversalTagNumber.UTF8String));
        }

        return names;
    }

    private T? Read<T>(byte[] value, Func<AsnReader, T> read, string attributeName)
        where T : class
    {
        try
        {
            var reader = new AsnReader(value, AsnEncodingRules.BER);
            var result = read(reader);
            reader.ThrowIfNotEmpty();
            return result;
        }
        catch (Exception exception) when (MalformedInput.Explains(exception))
        {
            _defects.Add(new SignatureDefect("NU3000", $"its {attributeName} attribute is malformed"));
            return null;
        }
    }
}
