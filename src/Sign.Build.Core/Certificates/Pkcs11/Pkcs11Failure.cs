namespace Sign.Build.Core.Certificates.Pkcs11;

/// <summary>Why a key could not be opened, as far as it can be told.</summary>
internal enum Pkcs11FailureKind
{
    /// <summary>OpenSSL has neither engine nor provider for PKCS#11.</summary>
    NoEngine,

    /// <summary>The token's driver cannot be loaded.</summary>
    NoModule,

    /// <summary>The URI has attributes that the engine does not know.</summary>
    UriNotUnderstood,

    /// <summary>No token, or several, match the URI.</summary>
    NoToken,

    /// <summary>The token has no such key.</summary>
    NoKey,

    /// <summary>The token wants a PIN, and there is none.</summary>
    NoPin,

    /// <summary>The PIN is wrong.</summary>
    WrongPin,

    /// <summary>Too many wrong PINs.</summary>
    PinLocked,

    /// <summary>The token's driver reports something else.</summary>
    TokenError,

    /// <summary>No driver, token or key, or a wrong PIN; it is not told which.</summary>
    Unknown,
}

/// <summary>Why a key could not be opened.</summary>
/// <param name="Kind">What is told apart.</param>
/// <param name="Reason">The libraries' words, one line.</param>
internal readonly record struct Pkcs11Failure(Pkcs11FailureKind Kind, string Reason);
