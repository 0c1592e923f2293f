using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Chains;

/// <summary>The roots that a user trusts beside the platform's: <c>SignBuildTrustedRoot</c> items.</summary>
public static class TrustedRoots
{
    /// <summary>Reads the files.</summary>
    /// <param name="settings">Policy and paths.</param>
    /// <returns>The roots; the caller owns them.</returns>
    /// <exception cref="SignBuildException">
    /// SGN1004: the policy is nuget.org's, which has no such roots. SGN1002: a certificate is not a root. SGN2001, SGN2002: a file is missing or unreadable.
    /// </exception>
    public static IReadOnlyList<X509Certificate2> Load(PolicySettings settings)
    {
        if (settings.Policy == PolicyName.NuGetOrg && settings.TrustedRootPaths.Count > 0)
        {
            throw new SignBuildException(Diagnostics.TrustedRootWithNuGetOrg(settings.TrustedRootPaths[0]));
        }

        var roots = new List<X509Certificate2>();
        foreach (var path in settings.TrustedRootPaths)
        {
            roots.AddRange(CertificateFiles.Load(path, "SignBuildTrustedRoot"));

            // The platform takes trust only from a certificate that names no other issuer; anything else would silently change nothing.
            if (roots.Find(root => !CertificateNames.IsSelfIssued(root)) is { } issued)
            {
                var name = SafeText.DisplayName(issued);
                var issuer = SafeText.Line(issued.Issuer);
                CertificateCopies.DisposeAll(roots);
                throw new SignBuildException(Diagnostics.InvalidValue(
                    "SignBuildTrustedRoot", path, $"files that hold root certificates only, or use SignBuildAdditionalCertificate for it ('{name}' in this one is issued by '{issuer}')"));
            }
        }

        return roots;
    }
}
