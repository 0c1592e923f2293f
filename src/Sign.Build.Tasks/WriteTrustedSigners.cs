using Microsoft.Build.Framework;
using Sign.Build.Core;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Consumers;
using Sign.Build.Core.Sessions;
using Sign.Build.Core.Verification;

namespace Sign.Build.Tasks;

/// <summary>Writes a nuget.config by which consumers accept only packages of trusted signers; target <c>SignBuildWriteTrustedSigners</c>.</summary>
public sealed class WriteTrustedSigners : SigningTask
{
    /// <summary>Path of the nuget.config; made, or merged into.</summary>
    [Required]
    public string NuGetConfigPath { get; set; } = "";

    private protected override async Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken)
    {
        var session = OpenSession(scope);
        IReadOnlyList<TrustedSigner> signers = [.. session.Settings.Policy.TrustedSigners.Select(TrustedSigner.Read)];
        var isConfiguredAuthor = signers.Count == 0;
        if (isConfiguredAuthor)
        {
            signers = [await ConfiguredAuthorAsync(session, cancellationToken).ConfigureAwait(false)];
        }

        var path = Path.GetFullPath(NuGetConfigPath, ProjectDirectory);
        await TrustedSignersFile.WriteAsync(path, signers, cancellationToken).ConfigureAwait(false);
        log.Important($"{path}: require signatures by {string.Join(", ", signers.Select(signer => signer.Name))}.");
        if (isConfiguredAuthor && session.Settings.Mode == SigningMode.Development)
        {
            log.Report(Diagnostics.DevelopmentCertificateTrusted(path, signers[0].Name));
        }
    }

    // Without any item: whoever signs here.
    private static async Task<TrustedSigner> ConfiguredAuthorAsync(SigningSession session, CancellationToken cancellationToken)
    {
        var identity = await session.GetIdentityAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new SignBuildException(Diagnostics.NoTrustedSigner());
        return new TrustedSigner(
            SafeText.DisplayName(identity.Certificate),
            [Fingerprint.Sha256(identity.Certificate)],
            null,
            [],
            AllowUntrustedRoot: session.HasPrivateTrust);
    }
}
