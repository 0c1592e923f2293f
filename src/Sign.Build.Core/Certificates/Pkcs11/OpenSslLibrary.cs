using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Sign.Build.Core.Certificates.Pkcs11;

/// <summary>
/// The engine functions of the OpenSSL library that .NET itself uses. <see cref="SafeEvpPKeyHandle.OpenPrivateKeyFromEngine"/>
/// is not enough: the PIN would have to be in the URI or in a file, a failure makes it load the key a second time
/// (a second wrong PIN), and its error does not tell a wrong PIN from a missing key.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class OpenSslLibrary
{
    private const uint Version3 = 0x30000000;

    private readonly nint _library;

    private OpenSslLibrary(nint library)
    {
        _library = library;
        EngineById = Function<EngineByIdFunction>("ENGINE_by_id");
        EngineInit = Function<EngineFunction>("ENGINE_init");
        EngineFinish = Function<EngineFunction>("ENGINE_finish");
        EngineFree = Function<EngineFunction>("ENGINE_free");
        EngineControl = Function<EngineControlFunction>("ENGINE_ctrl");
        EngineCommand = Function<EngineCommandFunction>("ENGINE_ctrl_cmd_string");
        EngineLoadPrivateKey = Function<EngineLoadKeyFunction>("ENGINE_load_private_key");
        WrapCallback = Function<WrapCallbackFunction>("UI_UTIL_wrap_read_pem_callback");
        GetError = Function<GetErrorFunction>("ERR_get_error");
        ErrorText = Function<ErrorTextFunction>("ERR_error_string_n");
        InitializeCrypto = Function<InitializeFunction>("OPENSSL_init_crypto");
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate nint EngineByIdFunction(byte[] id);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int EngineFunction(nint engine);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int EngineControlFunction(nint engine, int command, nint number, nint pointer, nint function);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int EngineCommandFunction(nint engine, byte[] name, byte[]? value, int optional);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate nint EngineLoadKeyFunction(nint engine, byte[] id, nint userInterface, nint userData);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate nint WrapCallbackFunction(nint callback, int purpose);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate nuint GetErrorFunction();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate void ErrorTextFunction(nuint error, byte[] buffer, nint length);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int InitializeFunction(ulong options, nint settings);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nuint VersionFunction();

    public EngineByIdFunction EngineById { get; }

    public EngineFunction EngineInit { get; }

    public EngineFunction EngineFinish { get; }

    public EngineFunction EngineFree { get; }

    public EngineControlFunction EngineControl { get; }

    public EngineCommandFunction EngineCommand { get; }

    public EngineLoadKeyFunction EngineLoadPrivateKey { get; }

    public WrapCallbackFunction WrapCallback { get; }

    public InitializeFunction InitializeCrypto { get; }

    private GetErrorFunction GetError { get; }

    private ErrorTextFunction ErrorText { get; }

    /// <summary>The library that .NET has loaded; null where it is of another version or has no engines (OpenSSL 4, some distributions).</summary>
    public static OpenSslLibrary? Find()
    {
        try
        {
            // Also makes .NET load and initialise its OpenSSL first.
            var version = SafeEvpPKeyHandle.OpenSslVersion;
            if (!NativeLibrary.TryLoad(FileName(version), out var library))
            {
                return null;
            }

            var found = (uint)Marshal.GetDelegateForFunctionPointer<VersionFunction>(NativeLibrary.GetExport(library, "OpenSSL_version_num"))();
            return found == (uint)version ? new OpenSslLibrary(library) : null;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException or TypeInitializationException
            or PlatformNotSupportedException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Takes the errors of this thread out of OpenSSL's queue, oldest first.</summary>
    public IReadOnlyList<OpenSslError> TakeErrors()
    {
        var errors = new List<OpenSslError>();
        var buffer = new byte[256];
        for (var error = GetError(); error != 0; error = GetError())
        {
            ErrorText(error, buffer, buffer.Length);
            var text = Encoding.UTF8.GetString(buffer, 0, Math.Max(0, Array.IndexOf(buffer, (byte)0)));
            errors.Add(OpenSslError.Parse(error, text));
        }

        return errors;
    }

    private static string FileName(long version)
    {
        var number = version >= Version3 ? (version >> 28).ToString() : "1.1";
        return OperatingSystem.IsMacOS() ? $"libcrypto.{number}.dylib" : $"libcrypto.so.{number}";
    }

    private T Function<T>(string name)
        where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));
}
