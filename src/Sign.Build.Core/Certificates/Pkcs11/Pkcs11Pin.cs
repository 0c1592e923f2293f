using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sign.Build.Core.Certificates.Pkcs11;

/// <summary>
/// A PIN, and OpenSSL's way to ask for one: without an answer here it would ask on the terminal and wait for ever.
/// Smart cards ask again for each signature (CKA_ALWAYS_AUTHENTICATE), so it lives as long as the key.
/// </summary>
internal sealed class Pkcs11Pin : IDisposable
{
    private readonly Lock _lock = new();
    private byte[] _value;

    private Pkcs11Pin(byte[] value, string variable)
    {
        _value = value;
        Variable = variable;
    }

    /// <summary>OpenSSL's <c>pem_password_cb</c>: writes the secret to the buffer and gives its length, or -1.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int Callback(nint buffer, int size, int purpose, nint userData);

    /// <summary>The environment variable that it is from.</summary>
    public string Variable { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _value.Length == 0;

    /// <summary>Whether it was asked for when there was none.</summary>
    public bool WasMissed { get; private set; }

    /// <summary>Reads the variable.</summary>
    /// <exception cref="SignBuildException">SGN1002: a value that no PIN has and that would only use up an attempt.</exception>
    public static Pkcs11Pin Read(string variable)
    {
        var text = Environment.GetEnvironmentVariable(variable) ?? "";
        return text.AsSpan().ContainsAnyInRange('\0', '\u001f')
            ? throw new SignBuildException(Diagnostics.InvalidValue(
                "SignBuildPkcs11PinVariable", variable, "the name of a variable that holds the PIN alone: its value contains a line break or another control character"))
            : new Pkcs11Pin(Encoding.UTF8.GetBytes(text), variable);
    }

    /// <summary>Runs <paramref name="use"/> with the PIN as a C string, which is overwritten afterwards.</summary>
    public T Use<T>(Func<byte[], T> use)
    {
        lock (_lock)
        {
            var terminated = new byte[_value.Length + 1];
            _value.CopyTo(terminated, 0);
            try
            {
                return use(terminated);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(terminated);
            }
        }
    }

    /// <summary>Answers OpenSSL. Never throws: its caller is native code.</summary>
    public int Answer(nint buffer, int size, int purpose, nint userData)
    {
        lock (_lock)
        {
            if (_value.Length == 0 || _value.Length > size)
            {
                WasMissed |= _value.Length == 0;
                return -1;
            }

            Marshal.Copy(_value, 0, buffer, _value.Length);
            return _value.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            CryptographicOperations.ZeroMemory(_value);
            _value = [];
        }
    }
}
