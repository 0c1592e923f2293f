using Sign.Build.Core;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Sessions;

namespace Sign.Build.Tasks;

/// <summary>Writes the certificate that nuget.org wants for registration; target <c>SignBuildExportCertificate</c>.</summary>
public sealed class ExportCertificate : SigningTask
{
    private protected override async Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var session = OpenSession(scope);
        var directory = session.Settings.ReportDirectory ?? ProjectDirectory;
        var identity = await session.GetIdentityAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new SignBuildException(Diagnostics.NoCertificateSource());
        foreach (var line in await CertificateExport.WriteAsync(
            identity.Certificate, Path.Combine(directory, "certificate.cer"), session.Settings.Mode == SigningMode.Development, cancellationToken).ConfigureAwait(false))
        {
            log.Important(line);
        }
    }
}
