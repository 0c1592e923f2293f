using Sign.Build.Core.Development;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Development;

/// <summary>One set of certificates for the tests that are not about making them: three RSA keys take a second.</summary>
internal static class SharedDevelopmentAuthority
{
    public static readonly DateTimeOffset Created = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<DevelopmentCertificates> Certificates = new(() => DevelopmentCertificates.Create(Created));

    /// <summary>Puts the authority where LoadOrCreateAsync finds it, and gives the directory's path.</summary>
    public static async Task<string> WriteAsync(TemporaryDirectory directory, CancellationToken cancellationToken)
    {
        var path = directory["authority", "authority.pem"];
        DevelopmentFile.PrepareDirectory(directory["authority"], path);
        await DevelopmentFile.WriteAsync(path, Certificates.Value, cancellationToken);
        return directory["authority"];
    }

    /// <summary>The authority, loaded from a file, on the day that it was made.</summary>
    public static async Task<DevelopmentAuthority> LoadAsync(TemporaryDirectory directory, CancellationToken cancellationToken) =>
        await DevelopmentAuthority.LoadOrCreateAsync(await WriteAsync(directory, cancellationToken), new FixedClock(Created), cancellationToken);
}
