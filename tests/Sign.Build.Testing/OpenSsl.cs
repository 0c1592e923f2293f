using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Testing;

/// <summary>What a program said and how it ended.</summary>
public sealed record ProgramResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>The openssl program, as a judge that shares no code with .NET's CMS.</summary>
public static class OpenSsl
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly Lazy<bool> Available = new(() =>
    {
        try
        {
            return RunAsync("version").GetAwaiter().GetResult().Output.StartsWith("OpenSSL 3", StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    /// <summary>Whether OpenSSL 3 can be run.</summary>
    public static bool IsAvailable => Available.Value;

    /// <summary>Ends a test as inconclusive where OpenSSL 3 cannot be run.</summary>
    public static void RequireOrInconclusive()
    {
        if (!IsAvailable)
        {
            Assert.Inconclusive("OpenSSL 3 is not installed.");
        }
    }

    /// <summary>Runs <c>openssl</c>; output and errors are one text.</summary>
    public static async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ProgramResult(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"openssl {string.Join(' ', arguments)} did not end within {Limit.TotalSeconds} s.");
        }
    }

    /// <summary>Verifies a CMS signature and its chain for any purpose; the content must be inside.</summary>
    public static async Task<ProgramResult> VerifyCmsAsync(byte[] signedCms, IReadOnlyList<X509Certificate2> roots)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory["signature.p7s"], signedCms);
        await File.WriteAllTextAsync(directory["roots.pem"], Pem(roots));
        return await RunAsync("cms", "-verify", "-inform", "DER", "-in", directory["signature.p7s"],
            "-CAfile", directory["roots.pem"], "-no-CApath", "-no-CAstore", "-purpose", "any", "-binary", "-out", directory["content"]);
    }

    /// <summary>Verifies a timestamp token over data.</summary>
    public static async Task<ProgramResult> VerifyTimestampAsync(byte[] token, byte[] data, IReadOnlyList<X509Certificate2> roots)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory["token"], token);
        await File.WriteAllBytesAsync(directory["data"], data);
        await File.WriteAllTextAsync(directory["roots.pem"], Pem(roots));
        return await RunAsync("ts", "-verify", "-in", directory["token"], "-token_in", "-data", directory["data"], "-CAfile", directory["roots.pem"]);
    }

    private static string Pem(IReadOnlyList<X509Certificate2> certificates) =>
        string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n"));
}
