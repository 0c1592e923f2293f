using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Timestamping;

/// <summary>
/// The authorities of a build, asked in their order. Whatever is wrong with one, its token included, the next one is asked,
/// and the one that failed is left alone for the rest of the build. When none gives anything for as long as the deadline says,
/// the build stops asking. One instance serves the whole build.
/// </summary>
public sealed class TimestampAuthorityList : ITimestampAuthority, IDisposable
{
    // The nonce proves that the token was made now. A clock that is so wrong would put the signature outside its certificate's validity.
    private static readonly TimeSpan LargestClockDifference = TimeSpan.FromDays(1);

    private readonly TimestampTransport _transport;
    private readonly ListedAuthority[] _authorities;
    private readonly RetryPolicy _retry;
    private readonly BuildDeadline _deadline;
    private readonly Func<InspectedTimestamp, ReadOnlyMemory<byte>, IReadOnlyList<Diagnostic>> _judge;
    private readonly ChainBuilder _chains;
    private readonly ISignBuildLog _log;
    private readonly TimeProvider _clock;

    /// <summary>Makes the list. Nothing is asked yet.</summary>
    /// <param name="settings">The authorities, the bound of one request and that of the build.</param>
    /// <param name="judge">What the rules say about a timestamp over a signature value; an error makes the authority fail.</param>
    /// <param name="chains">Completes the chain of a token.</param>
    /// <param name="log">Gets SGN4002 once per authority that failed.</param>
    /// <param name="clock">Runs every wait and every bound.</param>
    /// <param name="handler">Sends the requests; null = the network. Is disposed with the list.</param>
    public TimestampAuthorityList(
        TimestampSettings settings,
        Func<InspectedTimestamp, ReadOnlyMemory<byte>, IReadOnlyList<Diagnostic>> judge,
        ChainBuilder chains,
        ISignBuildLog log,
        TimeProvider clock,
        HttpMessageHandler? handler = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(settings.Authorities.Count);
        var transport = new TimestampTransport(settings.Timeout, clock, handler);
        _transport = transport;
        _authorities = [.. settings.Authorities.Select(url => new ListedAuthority(new Rfc3161TimestampAuthority(url, settings.HashAlgorithm, transport), clock))];
        _retry = new RetryPolicy(settings.Timeout);
        _deadline = new BuildDeadline(settings.Deadline, clock);
        _judge = judge;
        _chains = chains;
        _log = log;
        _clock = clock;
    }

    /// <inheritdoc/>
    public string Name => string.Join(", ", _authorities.Select(authority => authority.Name));

    /// <inheritdoc/>
    public async Task<Timestamp> TimestampAsync(ReadOnlyMemory<byte> signatureValue, CancellationToken cancellationToken)
    {
        _deadline.Enter();
        try
        {
            return await AskAllAsync(signatureValue, cancellationToken).ConfigureAwait(false) ?? throw await FailAsync().ConfigureAwait(false);
        }
        finally
        {
            _deadline.Leave();
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _transport.Dispose();
        _deadline.Dispose();
        foreach (var authority in _authorities)
        {
            authority.Dispose();
        }
    }

    private async Task<Timestamp?> AskAllAsync(ReadOnlyMemory<byte> signatureValue, CancellationToken cancellationToken)
    {
        for (var index = 0; index < _authorities.Length && !_deadline.HasPassed; index++)
        {
            var authority = _authorities[index];
            var next = index + 1 < _authorities.Length ? _authorities[index + 1] : null;
            if (authority.Failure is null && await TryAuthorityAsync(authority, next, signatureValue, cancellationToken).ConfigureAwait(false) is { } timestamp)
            {
                authority.Succeeded();
                _deadline.Restart();
                return timestamp;
            }
        }

        return null;
    }

    private async Task<SignBuildException> FailAsync()
    {
        var isLate = _deadline.HasPassed;
        if (isLate)
        {
            // So that every package says the same, however many are still on their way here.
            foreach (var authority in _authorities)
            {
                await authority.GiveUpAsync(authority.News).ConfigureAwait(false);
            }
        }

        string[] failures = [.. _authorities.Select(authority => $"{authority.Name}: {authority.Failure}")];
        return new SignBuildException(isLate ? Diagnostics.NoTimestampInTime((int)_deadline.Length.TotalSeconds, failures) : Diagnostics.NoTimestamp(failures));
    }

    private async Task<Timestamp?> TryAuthorityAsync(ListedAuthority authority, ListedAuthority? next, ReadOnlyMemory<byte> signatureValue, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(_retry.Deadline, _clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token, authority.Failed, _deadline.Passed);
        string reason;
        try
        {
            var token = await RequestAsync(authority, isLast: next is null, signatureValue, any.Token).ConfigureAwait(false);
            return Accept(authority, token, signatureValue);
        }
        catch (TimestampFailureException failure)
        {
            reason = failure.Message;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_deadline.HasPassed)
            {
                return null;
            }

            reason = $"no token within {_retry.Deadline.TotalSeconds:0} s, retries and waiting included";
        }

        // Where somebody else has found out before, this changes and says nothing.
        if (await authority.GiveUpAsync(reason).ConfigureAwait(false) && next is not null && !_deadline.HasPassed)
        {
            _log.Report(Diagnostics.TimestampAuthorityFailed(authority.Name, reason, next.Name));
        }

        return null;
    }

    private async Task<Rfc3161TimestampToken> RequestAsync(ListedAuthority authority, bool isLast, ReadOnlyMemory<byte> signatureValue, CancellationToken cancellationToken)
    {
        long? started = null;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan delay;
            using (var place = await authority.Limiter.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                started ??= _clock.GetTimestamp();
                authority.Asked();
                try
                {
                    var token = await authority.Client.RequestAsync(signatureValue, cancellationToken).ConfigureAwait(false);
                    place.Succeeded();
                    return token;
                }
                catch (TimestampFailureException failure) when (failure.Kind != TimestampFailureKind.Permanent)
                {
                    authority.Failing(failure.Message);
                    delay = _retry.NextDelay(failure, attempt, _clock.GetElapsedTime(started.Value), isLast) ?? throw AfterRetries(failure, attempt);
                    _log.Detail($"Timestamp authority {authority.Name}: {failure.Message}. Asking again in {delay.TotalSeconds:0.0} s.");
                    if (failure.Kind == TimestampFailureKind.Throttled)
                    {
                        // Everybody waits, not only this caller.
                        place.Refused(delay);
                        continue;
                    }
                }
            }

            await Task.Delay(delay, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimestampFailureException AfterRetries(TimestampFailureException failure, int attempts)
    {
        var wish = failure.RetryAfter is { } wanted ? $", and wants to be left alone for {wanted.TotalSeconds:0} s" : "";
        var tries = attempts > 1 ? $" ({attempts} attempts)" : "";
        return new TimestampFailureException(failure.Message + wish + tries, TimestampFailureKind.Permanent, failure);
    }

    private Timestamp Accept(ListedAuthority authority, Rfc3161TimestampToken token, ReadOnlyMemory<byte> signatureValue)
    {
        var timestamp = TimestampInspector.Inspect(token.AsSignedCms().Encode(), _chains.Decoder);
        if (_judge(timestamp, signatureValue).FirstOrDefault(finding => finding.Level == DiagnosticLevel.Error) is { } finding)
        {
            throw new TimestampFailureException($"its token would be refused: {finding.Code}: {finding.Message.TrimEnd('.')}", TimestampFailureKind.Permanent);
        }

        var time = token.TokenInfo.Timestamp.ToUniversalTime();
        if ((time - _clock.GetUtcNow()).Duration() > LargestClockDifference)
        {
            throw new TimestampFailureException(
                $"the time of its token ({time:yyyy-MM-dd HH:mm:ss} UTC) is far from this machine's ({_clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC)", TimestampFailureKind.Permanent);
        }

        return timestamp is { Token: { } cms, Certificate: { } certificate }
            ? new Timestamp(Complete(cms, _chains.Build(certificate, timestamp.Certificates, CertificatePurpose.Timestamping), timestamp.Certificates), time, authority.Name)
            : throw new TimestampFailureException("its token does not hold the certificate of its signer", TimestampFailureKind.Permanent);
    }

    // As NuGet does: whoever verifies the package later then needs no network to build the chain. The signed bytes stay as they are.
    private static SignedCms Complete(SignedCms token, CertificateChain chain, IReadOnlyList<X509Certificate2> embedded)
    {
        foreach (var certificate in chain.Certificates)
        {
            if (!embedded.Any(present => present.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)))
            {
                token.AddCertificate(certificate);
            }
        }

        return token;
    }
}
