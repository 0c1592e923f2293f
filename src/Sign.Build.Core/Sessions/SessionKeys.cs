using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Sessions;

/// <summary>Settings as dictionary keys: records print their values, but only the type name of a list.</summary>
internal static class SessionKeys
{
    public static string Of(CertificateSettings settings) =>
        (settings with { AdditionalCertificatePaths = [] }).ToString() + Join(settings.AdditionalCertificatePaths);

    public static string Of(TimestampSettings settings) => $"{settings.Timeout} {settings.HashAlgorithm.Name}" + Join(settings.Authorities);

    /// <summary>What decides about chains and about the judgement of a timestamp.</summary>
    public static string OfTrust(PolicySettings settings) => $"{settings.Policy} {settings.RevocationMode}" + Join(settings.TrustedRootPaths);

    private static string Join<T>(IEnumerable<T> values) => "\n" + string.Join('\n', values);
}
