using System.Security.Cryptography;
using System.Text;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// The password of a certificate file, read at the moment of use. <c>SignBuildCertificatePasswordFile</c> is used where it is
/// set; otherwise the environment variable, whose name always has a value. Disposing overwrites it.
/// </summary>
internal sealed class CertificatePassword : IDisposable
{
    private const string FileSetting = "SignBuildCertificatePasswordFile";

    private readonly char[] _characters;

    private CertificatePassword(char[] characters, string origin, bool fromFile)
    {
        _characters = characters;
        Origin = origin;
        FromFile = fromFile;
    }

    /// <summary>Where it was looked for, for a message.</summary>
    public string Origin { get; }

    /// <summary>Whether there is none: nothing set, or an empty value.</summary>
    public bool IsEmpty => _characters.Length == 0;

    /// <summary>The password.</summary>
    public ReadOnlySpan<char> Characters => _characters;

    private bool FromFile { get; }

    /// <summary>Reads the password from where <paramref name="settings"/> say.</summary>
    /// <exception cref="SignBuildException">SGN2001, SGN2002: the password file cannot be read.</exception>
    public static CertificatePassword Read(CertificateSettings settings)
    {
        if (settings.PasswordFile is { } path)
        {
            return new CertificatePassword(FirstLine(path), $"the first line of '{path}'", fromFile: true);
        }

        var value = Environment.GetEnvironmentVariable(settings.PasswordVariable) ?? "";
        return new CertificatePassword(value.ToCharArray(), $"the environment variable '{settings.PasswordVariable}'", fromFile: false);
    }

    /// <summary>What to do where a password is needed and there is none.</summary>
    /// <param name="what">What is protected, as the beginning of a clause: <c>the file '/x/y.pfx' is</c>.</param>
    public string MissingAdvice(string what) => FromFile
        ? $"Write the password to {Origin} ({FileSetting}): {what} protected by a password, and that line is empty."
        : $"Set {Origin} to the password, or name a file in {FileSetting}: {what} protected by a password, and the variable is not set or empty.";

    /// <summary>What to do where the password is wrong.</summary>
    /// <param name="what">What it should open: <c>the file '/x/y.pfx'</c>.</param>
    public string WrongAdvice(string what) =>
        $"Correct the password in {Origin}: it does not open {what}."
        + (!IsEmpty && (char.IsWhiteSpace(_characters[0]) || char.IsWhiteSpace(_characters[^1]))
            ? " It begins or ends with white space, which counts." : "");

    /// <inheritdoc/>
    public void Dispose() => Array.Clear(_characters);

    private static char[] FirstLine(string path)
    {
        var content = BoundedFile.Read(path, FileSetting);
        var utf8 = CertificateEncodings.ToUtf8(content);
        try
        {
            var line = utf8.AsSpan();
            if (line.StartsWith(Encoding.UTF8.Preamble))
            {
                line = line[Encoding.UTF8.Preamble.Length..];
            }

            var end = line.IndexOfAny((byte)'\r', (byte)'\n');
            line = end < 0 ? line : line[..end];
            var characters = new char[Encoding.UTF8.GetCharCount(line)];
            Encoding.UTF8.GetChars(line, characters);
            return characters;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
            CryptographicOperations.ZeroMemory(utf8);
        }
    }
}
