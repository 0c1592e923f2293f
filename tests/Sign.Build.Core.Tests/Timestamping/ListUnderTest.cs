using System.Security.Cryptography;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Timestamping;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Timestamping;

/// <summary>A list of authorities on a clock that does not make anybody wait; its bounds pass only when a test says so.</summary>
internal sealed class ListUnderTest : IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Deadline = new RetryPolicy(Timeout).Deadline;

    public static readonly TimeSpan BuildDeadline = new TimestampSettings().Deadline;

    private readonly ChainBuilder _chains;

    public ListUnderTest(params Uri[] authorities)
        : this(CreateClock(), authorities)
    {
    }

    public ListUnderTest(TestClock clock, params Uri[] authorities)
        : this(clock, Timeout, authorities)
    {
        Clock = clock;
    }

    private ListUnderTest(TimeProvider clock, TimeSpan timeout, Uri[] authorities)
    {
        _chains = new ChainBuilder(TrustAnchors.Only(TestPki.Shared.Roots), RevocationMode.Online, clock);
        var judge = new TimestampJudge(_chains, clock, VerificationPolicy.NuGetOrg);
        List = new TimestampAuthorityList(
            new TimestampSettings { Authorities = authorities, Timeout = timeout },
            (timestamp, signatureValue) => judge.Judge(timestamp, signatureValue, "the author signature"),
            _chains,
            Log,
            clock);
    }

    public TestClock Clock { get; } = null!;

    public RecordingLog Log { get; } = new();

    public TimestampAuthorityList List { get; }

    /// <summary>A clock whose bounds can be made to pass from the start of a server on.</summary>
    public static TestClock CreateClock() => new(Timeout, Deadline, BuildDeadline);

    /// <summary>A list on another clock, on which no request is too long.</summary>
    public static ListUnderTest WithPatience(TimeProvider clock, params Uri[] authorities) => new(clock, TimeSpan.FromDays(1), authorities);

    public static byte[] CreateSignatureValue() => RandomNumberGenerator.GetBytes(256);

    public async Task<Diagnostic> FailAsync(CancellationToken cancellationToken)
    {
        var exception = await Assert.ThrowsExactlyAsync<SignBuildException>(() => List.TimestampAsync(CreateSignatureValue(), cancellationToken));
        return exception.Diagnostic;
    }

    public void Dispose()
    {
        List.Dispose();
        _chains.Dispose();
    }
}
