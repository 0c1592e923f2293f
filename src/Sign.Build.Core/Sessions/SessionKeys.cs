using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Sessions;

/// <summary>Settings as dictionary keys: records print their values, but only the type name of a list.</summary>
internal static class SessionKeys
{
    public static string Of(CertificateSettings settings) =>
        (settings with { AdditionalCertificatePaths = [] }).ToString() + Join(settings.AdditionalCertificatePaths);

    public static string Of(TimestampSettings settings) => $"{settings.Timeout} {settings.Deadline} {settings.HashAlgorithm.Name}" + Join(settings.Authorities);

    /// <summary>What decides about chains and about the judgement of a timestamp.</summary>
    public static string OfTrust(PolicySettings settings) => $"{settings.Policy} {settings.RevocationMode}" + Join(settings.TrustedRootPaths);

    /// <summary>All rules: what decides about a package.</summary>
    public static string OfPolicy(PolicySettings settings) =>
        OfTrust(settings) + $"{settings.RequiredSigner} {settings.ExpiryWarningDays}" + Join(settings.Owners.Select(owner => owner.Name + Join(owner.Certificates)));

    private static string Join<T>(IEnumerable<T> values) => "\n" + string.Join('\n', values);
}
