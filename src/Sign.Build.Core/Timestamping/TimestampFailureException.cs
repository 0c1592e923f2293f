namespace Sign.Build.Core.Timestamping;

/// <summary>One request to one authority gave nothing. Stays inside this folder: whether it matters is known only when the whole list was asked.</summary>
/// <param name="reason">One line without a full stop, for the user. Never a secret.</param>
/// <param name="kind">Whether asking again may help.</param>
/// <param name="innerException">The technical cause, for a debugger.</param>
internal sealed class TimestampFailureException(string reason, TimestampFailureKind kind, Exception? innerException = null) : Exception(reason, innerException)
{
    public TimestampFailureKind Kind => kind;

    /// <summary>How long the authority wants to be left alone (Retry-After), or null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What a server or the platform said, as part of a reason.</summary>
    public static string Clause(string text) => SafeText.Line(text.Trim()).TrimEnd('.');
}

/// <summary>Whether asking the same authority again may help.</summary>
internal enum TimestampFailureKind
{
    /// <summary>The next answer would be the same.</summary>
    Permanent,

    /// <summary>The next answer may be a good one.</summary>
    Transient,

    /// <summary>It may answer when it is asked less often.</summary>
    Throttled,
}
