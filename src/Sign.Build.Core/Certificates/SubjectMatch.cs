using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Certificates;

/// <summary>A subject as a user writes it: simple name or whole distinguished name. Exact; a part of a name matches nothing.</summary>
internal sealed class SubjectMatch
{
    private readonly string _text;
    private readonly string? _distinguishedName;

    private SubjectMatch(string text, string? distinguishedName)
    {
        _text = text;
        _distinguishedName = distinguishedName;
    }

    /// <summary>Reads what the user wrote.</summary>
    public static SubjectMatch Of(string text) => new(text, Normalize(text));

    /// <summary>Whether <paramref name="certificate"/> is issued to this subject.</summary>
    public bool IsOf(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == _text
        || certificate.Subject == _text
        || (_distinguishedName is not null && certificate.SubjectName.Name == _distinguishedName);

    // Spaces after commas, quotes and the case of CN= are matters of writing.
    private static string? Normalize(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            // Name gives back the text that it was made of; the encoded name gives one form.
            return new X500DistinguishedName(new X500DistinguishedName(text).RawData).Name;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
