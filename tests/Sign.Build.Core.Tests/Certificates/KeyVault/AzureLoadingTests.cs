using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class AzureLoadingTests(TestContext context)
{
    [TestMethod]
    public async Task AcquireAsync_WhenSourceIsAFile_LoadsNoAssemblyOfAzure()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "certificate.pfx");
        await File.WriteAllBytesAsync(path, TestPki.Shared.CodeSigning.ExportPfx(), context.CancellationToken);
        var core = new RecordingContext();

        await core.AcquireAsync(new() { [nameof(CertificateSettings.Path)] = path }, context.CancellationToken);

        Assert.AreEqual("", string.Join(", ", core.AzureAssemblies));
    }

    [TestMethod]
    public async Task AcquireAsync_WhenSourceIsKeyVault_LoadsThem()
    {
        await using var vault = await TestKeyVault.StartAsync();
        var core = new RecordingContext();

        // The vault's root is not trusted here, so this ends before it signs in.
        await Assert.ThrowsAsync<Exception>(() => core.AcquireAsync(
            new() { [nameof(CertificateSettings.KeyVaultUrl)] = vault.Url, [nameof(CertificateSettings.KeyVaultCertificate)] = "codesign" }, context.CancellationToken));

        Assert.Contains("Azure.Core", core.AzureAssemblies);
    }

    /// <summary>A copy of the product of its own, which notes what it needs; the other tests have long loaded everything.</summary>
    private sealed class RecordingContext() : AssemblyLoadContext("recording", isCollectible: true)
    {
        private readonly ConcurrentQueue<string> _names = new();

        public IEnumerable<string> AzureAssemblies => _names.Where(name =>
            name.StartsWith("Azure", StringComparison.Ordinal) || name.StartsWith("Microsoft.Identity", StringComparison.Ordinal) || name is "System.ClientModel" or "System.Memory.Data");

        public async Task AcquireAsync(Dictionary<string, object> properties, CancellationToken cancellationToken)
        {
            var core = LoadFromAssemblyPath(typeof(SigningIdentitySources).Assembly.Location);
            var settingsType = core.GetType(typeof(CertificateSettings).FullName!, throwOnError: true)!;
            var settings = Activator.CreateInstance(settingsType)!;
            foreach (var (name, value) in properties)
            {
                settingsType.GetProperty(name)!.SetValue(settings, value);
            }

            var source = core.GetType(typeof(SigningIdentitySources).FullName!, throwOnError: true)!
                .GetMethod(nameof(SigningIdentitySources.Select), BindingFlags.Public | BindingFlags.Static)!
                .Invoke(null, [settings, new ImpatientClock(), 8])!;
            await (Task)core.GetType(typeof(ISigningIdentitySource).FullName!, throwOnError: true)!
                .GetMethod(nameof(ISigningIdentitySource.AcquireAsync))!.Invoke(source, [cancellationToken])!;
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            _names.Enqueue(assemblyName.Name!);
            return null;
        }
    }
}
