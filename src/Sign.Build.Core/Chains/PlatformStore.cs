using System.Security.Cryptography.X509Certificates;

namespace Sign.Build.Core.Chains;

/// <summary>The platform's own store of roots.</summary>
internal static class PlatformStore
{
    /// <summary>
    /// On Linux the first chain of a process reads the system's whole folder of roots, whatever it trusts. This does so beside
    /// other work; .NET keeps what it read. Where it fails, the first chain reads it again and says why.
    /// </summary>
    public static void BeginLoading()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = OwnThread.RunAsync(static () =>
            {
                using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
                foreach (var certificate in store.Certificates)
                {
                    certificate.Dispose();
                }

                return Task.CompletedTask;
            });
        }
    }
}
