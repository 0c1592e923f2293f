using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Sign.Build.Core.Certificates.Pkcs11;

/// <summary>Opens private keys through OpenSSL's engine <c>pkcs11</c> (libp11).</summary>
[UnsupportedOSPlatform("windows")]
internal static class Pkcs11Engine
{
    private const string EngineName = "pkcs11";
    private const int SetUserInterface = 4;
    private const ulong InitializeEngines = 0x600;
    private const ulong InitializeConfiguration = 0x40;

    // libp11 keeps PIN, driver and user interface in the engine, which there is once in a process.
    private static readonly Lock Gate = new();

    /// <summary>Opens the key. One call is at most one login.</summary>
    /// <returns>The key; or null and why not.</returns>
    public static SafeEvpPKeyHandle? Open(OpenSslLibrary openSsl, Pkcs11Uri uri, Pkcs11Pin pin, out Pkcs11Failure failure)
    {
        lock (Gate)
        {
            openSsl.TakeErrors();
            openSsl.InitializeCrypto(InitializeConfiguration | InitializeEngines, 0);
            var engine = openSsl.EngineById(CString(EngineName));
            if (engine == 0)
            {
                failure = new Pkcs11Failure(Pkcs11FailureKind.NoEngine, Reasons(openSsl.TakeErrors()));
                return null;
            }

            try
            {
                return Open(openSsl, engine, uri, pin, out failure);
            }
            finally
            {
                openSsl.EngineFree(engine);
                openSsl.TakeErrors();
            }
        }
    }

    private static SafeEvpPKeyHandle? Open(OpenSslLibrary openSsl, nint engine, Pkcs11Uri uri, Pkcs11Pin pin, out Pkcs11Failure failure)
    {
        Configure(openSsl, engine, uri, pin, out var userInterface);
        openSsl.TakeErrors();
        if (openSsl.EngineInit(engine) == 0)
        {
            failure = new Pkcs11Failure(Pkcs11FailureKind.NoModule, Reasons(openSsl.TakeErrors()));
            return null;
        }

        try
        {
            var key = openSsl.EngineLoadPrivateKey(engine, CString(uri.Key), userInterface, 0);
            if (key != 0)
            {
                failure = default;
                return new SafeEvpPKeyHandle(key, ownsHandle: true);
            }

            failure = Explain(openSsl.TakeErrors(), pin, () => HasAnyKey(openSsl, engine, uri, userInterface));
            return null;
        }
        finally
        {
            // The key holds a reference of its own.
            openSsl.EngineFinish(engine);
        }
    }

    private static void Configure(OpenSslLibrary openSsl, nint engine, Pkcs11Uri uri, Pkcs11Pin pin, out nint userInterface)
    {
        // Else libp11 writes the URI and its troubles to the build's standard error.
        openSsl.EngineCommand(engine, CString("QUIET"), null, 1);
        if (uri.ModulePath is { } module)
        {
            openSsl.EngineCommand(engine, CString("MODULE_PATH"), CString(module), 0);
        }

        if (!pin.IsEmpty)
        {
            pin.Use(value => openSsl.EngineCommand(engine, CString("PIN"), value, 0));
        }

        // The engine may call this as long as the process lives, so neither the delegate nor the few bytes of the
        // interface are ever freed; the PIN goes with the key.
        Pkcs11Pin.Callback answer = pin.Answer;
        GCHandle.Alloc(answer);
        userInterface = openSsl.WrapCallback(Marshal.GetFunctionPointerForDelegate(answer), 0);
        openSsl.EngineControl(engine, SetUserInterface, 0, userInterface, 0);
    }

    private static Pkcs11Failure Explain(IReadOnlyList<OpenSslError> errors, Pkcs11Pin pin, Func<bool> hasAnyKey)
    {
        if (pin.WasMissed)
        {
            return new Pkcs11Failure(Pkcs11FailureKind.NoPin, "the token asks for a PIN");
        }

        if (errors.FirstOrDefault(error => error.Library == "PKCS#11 module") is { } refusal)
        {
            var kind = refusal.IsTokenError(0xA4) ? Pkcs11FailureKind.PinLocked
                : refusal.Number is >= 0xA0 and <= 0xA3 ? Pkcs11FailureKind.WrongPin
                : Pkcs11FailureKind.TokenError;
            return new Pkcs11Failure(kind, refusal.Reason);
        }

        var reasons = Reasons(errors);
        if (errors.Any(error => error.Reason is "invalid id"))
        {
            return new Pkcs11Failure(Pkcs11FailureKind.UriNotUnderstood, reasons);
        }

        if (!errors.Any(error => error.Reason is "object not found"))
        {
            return new Pkcs11Failure(Pkcs11FailureKind.NoModule, reasons);
        }

        return new Pkcs11Failure(hasAnyKey() ? Pkcs11FailureKind.NoKey : Pkcs11FailureKind.NoToken, reasons);
    }

    // Tells a wrong name of the key from a wrong name of the token. The login has succeeded by then, so this costs no attempt.
    private static bool HasAnyKey(OpenSslLibrary openSsl, nint engine, Pkcs11Uri uri, nint userInterface)
    {
        var key = openSsl.EngineLoadPrivateKey(engine, CString(uri.Token), userInterface, 0);
        if (key == 0)
        {
            return false;
        }

        new SafeEvpPKeyHandle(key, ownsHandle: true).Dispose();
        return true;
    }

    private static string Reasons(IReadOnlyList<OpenSslError> errors) =>
        errors.Count == 0 ? "OpenSSL gives no reason" : string.Join("; ", errors.Select(error => error.Reason).Distinct());

    private static byte[] CString(string text) => Encoding.UTF8.GetBytes(text + "\0");
}
