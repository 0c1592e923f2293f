using System.Formats.Asn1;
using System.Security.Cryptography;
using NuGet.Common;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Packaging.Signing;

namespace Sign.Build.Core.Verification;

/// <summary>
/// NuGet's own verifier with the settings that nuget.org verifies author signatures with. It trusts what the SDK trusts and
/// cannot be told to trust more, so it is asked under policy NuGetOrg only. One instance per build; may be used by several threads at once.
/// </summary>
public sealed class SecondOpinion : ISecondOpinion
{
    // Validation.PackageSigning.ProcessSignature/SignatureFormatValidator.cs of NuGetGallery, but for the last value. Revocation has been
    // asked about by the rules, once per build and bounded in time; NuGet would wait for a silent server in every package, 15 seconds
    // each. Offline it uses the answers that the platform remembers from there.
    private static readonly SignedPackageVerifierSettings Settings = new(
        allowUnsigned: false,
        allowIllegal: false,
        allowUntrusted: false,
        allowIgnoreTimestamp: false,
        allowMultipleTimestamps: false,
        allowNoTimestamp: false,
        allowUnknownRevocation: true,
        reportUnknownRevocation: true,
        VerificationTarget.Author,
        SignaturePlacement.PrimarySignature,
        SignatureVerificationBehavior.Never,
        RevocationMode.Offline);

    private const int BufferSize = 128 * 1024;
    private const int MessageLength = 400;

    private readonly PackageSignatureVerifier _verifier = new(
    [
        new IntegrityVerificationProvider(),
        new SignatureTrustAndValidityVerificationProvider(),
        new AllowListVerificationProvider(allowList: null),
    ]);

    private readonly Lazy<Task<string>> _trust = new(() => OwnThread.RunAsync(() => Task.FromResult(LoadTrust())));

    /// <summary>
    /// Loads the roots that NuGet trusts, all of them: 130 ms, which somebody who knows early that an opinion will be wanted can spend beside other work.
    /// </summary>
    public Task PrepareAsync() => _trust.Value;

    /// <inheritdoc/>
    public async Task<Diagnostic?> JudgeAsync(string path, CancellationToken cancellationToken)
    {
        var trustProblem = await _trust.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize);
            await using (stream.ConfigureAwait(false))
            {
                using var reader = new PackageArchiveReader(stream, leaveStreamOpen: true);
                var result = await _verifier.VerifySignaturesAsync(reader, Settings, cancellationToken).ConfigureAwait(false);
                return Read(result, trustProblem);
            }
        }
        catch (Exception exception) when (exception is PackagingException or InvalidDataException or EndOfStreamException or CryptographicException
            or AsnContentException or ArgumentException or InvalidOperationException or OverflowException or FormatException)
        {
            // NuGet lets archives and signatures that it cannot read out as whatever they cause.
            return Diagnostics.RejectedByNuGet(SafeText.Line(exception.Message, MessageLength));
        }
    }

    private static Diagnostic? Read(VerifySignaturesResult result, string trustProblem)
    {
        var errors = result.Results.SelectMany(opinion => opinion.GetErrorIssues())
            .Select(issue => SafeText.Line($"{issue.Code}: {issue.Message.Trim()}", MessageLength)).Distinct().ToList();
        if (result.IsSigned && result.IsValid && errors.Count == 0)
        {
            return null;
        }

        // "Not valid" without an issue is what NuGet says about a signature that is not an author's.
        var issues = errors.Count > 0 ? string.Join("; ", errors) : result.IsSigned ? "no valid author signature" : "not signed";
        return Diagnostics.RejectedByNuGet(issues + trustProblem);
    }

    // NuGet keeps the first trust store that anybody in the process asks for, and takes the operating system's where nobody said otherwise.
    private static string LoadTrust()
    {
        var log = new ProblemLog();
        X509TrustStore.InitializeForDotNetSdk(log);
        return log.Text;
    }

    private sealed class ProblemLog : LoggerBase
    {
        private readonly List<string> _problems = [];

        public string Text => _problems.Count == 0 ? "" : $" ({SafeText.Line(string.Join("; ", _problems), MessageLength)})";

        public override void Log(ILogMessage message)
        {
            if (message.Level >= LogLevel.Warning)
            {
                _problems.Add($"{message.Code}: {message.Message}");
            }
        }

        public override Task LogAsync(ILogMessage message)
        {
            Log(message);
            return Task.CompletedTask;
        }
    }
}
