using System.Diagnostics;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.Pkcs11;

/// <summary>What the process that used the token said. Nothing of it may hold the PIN.</summary>
internal sealed record TokenHostResult(int ExitCode, IReadOnlyList<string> Lines, string Errors)
{
    public string Everything => string.Join('\n', Lines) + Errors;
}

/// <summary>Runs Sign.Build.TokenHost.</summary>
internal static class TokenHost
{
    private const string PinVariable = "SIGNBUILD_TEST_PIN";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Makes a token, or ends the test where there is no SoftHSM or no engine.</summary>
    public static async Task<TestToken> CreateTokenAsync()
    {
        if (TestToken.Module is null || !TestToken.HasEngine)
        {
            Assert.Inconclusive("SoftHSM (softhsm2) or OpenSSL's PKCS#11 engine (libengine-pkcs11-openssl) is not installed.");
        }

        return await TestToken.CreateAsync(TestPki.Shared.CodeSigning);
    }

    /// <summary>Signs <paramref name="count"/> times with a key of <paramref name="token"/>.</summary>
    public static Task<TokenHostResult> RunAsync(
        TestToken token, string? pin = TestToken.Pin, string? uri = null, string? certificatePath = null, int count = 1, IReadOnlyDictionary<string, string>? environment = null) =>
        RunAsync(uri ?? TestToken.Uri, certificatePath ?? token.CertificatePath, count.ToString(), pin, environment ?? token.Environment);

    /// <summary>Makes a CMS message with a countersignature, both with the key of <paramref name="token"/>.</summary>
    public static Task<TokenHostResult> SignCmsAsync(TestToken token) =>
        RunAsync(TestToken.Uri, token.CertificatePath, "cms", TestToken.Pin, token.Environment);

    private static async Task<TokenHostResult> RunAsync(
        string uri, string certificatePath, string work, string? pin, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Sign.Build.TokenHost.dll"), uri, certificatePath, PinVariable, work })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[PinVariable] = pin;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            // Standard input stays open: whoever asks for a PIN there waits until the limit.
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new TokenHostResult(process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The token host did not end within {Limit.TotalSeconds} s.");
        }
    }
}
