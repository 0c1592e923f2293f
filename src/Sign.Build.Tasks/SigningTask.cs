using Microsoft.Build.Framework;
using Sign.Build.Core;
using Sign.Build.Core.Chains;
using Sign.Build.Core.Configuration;
using Sign.Build.Core.Development;
using Sign.Build.Core.Sessions;

namespace Sign.Build.Tasks;

/// <summary>
/// What all tasks of Sign.Build share: the settings of the project, the one bridge from MSBuild's synchronous
/// <see cref="Execute"/> to asynchronous code, cancellation, and errors as coded diagnostics.
/// </summary>
public abstract class SigningTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The properties of the project: identity is the property's name, metadata <c>Value</c> its value.</summary>
    [Required]
    public ITaskItem[] Settings { get; set; } = [];

    /// <summary>Absolute folder of the project; relative paths in settings start here.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary><c>SignBuildAdditionalCertificate</c> items.</summary>
    public ITaskItem[] AdditionalCertificates { get; set; } = [];

    /// <summary><c>SignBuildTrustedRoot</c> items.</summary>
    public ITaskItem[] TrustedRoots { get; set; } = [];

    /// <summary><c>SignBuildOwner</c> items with metadata <c>Certificates</c>.</summary>
    public ITaskItem[] Owners { get; set; } = [];

    /// <summary><c>SignBuildTrustedAuthor</c> items with metadata <c>Certificates</c>, <c>AllowUntrustedRoot</c>.</summary>
    public ITaskItem[] TrustedAuthors { get; set; } = [];

    /// <summary><c>SignBuildTrustedRepository</c> items with metadata <c>ServiceIndexUrl</c>, <c>Certificates</c>, <c>Owners</c>, <c>AllowUntrustedRoot</c>.</summary>
    public ITaskItem[] TrustedRepositories { get; set; } = [];

    /// <summary>Stops the task. May be called from any thread, also before <see cref="Execute"/>.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>Runs the task; every problem that a user can mend is logged with its code.</summary>
    /// <returns>False when an error was logged, or the build was cancelled.</returns>
    public sealed override bool Execute()
    {
        var scope = SharedScope();
        var log = new TaskLog(Log);
        using var attachment = scope.Log.Attach(log);

        try
        {
            Wait(ExecuteAsync(scope, log, _cancellation.Token));
        }
        catch (SignBuildException e)
        {
            foreach (var cause in e.Causes)
            {
                log.Report(cause);
            }
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            log.Important("Signing was cancelled.");
            return false;
        }

        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Translates parameters to a call of the domain.</summary>
    private protected abstract Task ExecuteAsync(BuildScope scope, ISignBuildLog log, CancellationToken cancellationToken);

    /// <summary>The project's settings.</summary>
    /// <exception cref="SignBuildException">SGN1002, SGN1004.</exception>
    private protected SignBuildSettings ReadSettings()
    {
        var values = Settings.ToDictionary(item => item.ItemSpec, item => item.GetMetadata("Value"), StringComparer.OrdinalIgnoreCase);
        var items = new SettingItems(
            [.. AdditionalCertificates.Select(item => item.ItemSpec)],
            [.. TrustedRoots.Select(item => item.ItemSpec)],
            [.. Owners.Select(item => new PackageOwner(item.ItemSpec, List(item, "Certificates")))])
        {
            TrustedSigners = [.. TrustedAuthors.Select(item => ToSigner(item, null)), .. TrustedRepositories.Select(item => ToSigner(item, item.GetMetadata("ServiceIndexUrl")))],
        };
        return SettingsReader.Read(values, items, ProjectDirectory);
    }

    /// <summary><c>SignBuildRejectedPackages</c> alone, for where another setting is wrong.</summary>
    private protected RejectedPackageBehavior ReadRejectedPackages() =>
        Settings.Any(item => item.ItemSpec == "SignBuildRejectedPackages"
            && item.GetMetadata("Value").Equals(nameof(RejectedPackageBehavior.Keep), StringComparison.OrdinalIgnoreCase))
            ? RejectedPackageBehavior.Keep
            : RejectedPackageBehavior.Quarantine;

    private protected SigningSession OpenSession(BuildScope scope) => new(ReadSettings(), scope, Host());

    // In a build the running program is MSBuild itself, in the folder of the SDK with its trust bundles.
    private protected static SessionHost Host() => new(AppContext.BaseDirectory, DevelopmentAuthority.DefaultDirectory, TimeProvider.System);

    private static TrustedSignerItem ToSigner(ITaskItem item, string? serviceIndex) => new(
        item.ItemSpec,
        List(item, "Certificates"),
        serviceIndex,
        List(item, "Owners"),
        item.GetMetadata("AllowUntrustedRoot"));

    private static string[] List(ITaskItem item, string metadata) =>
        item.GetMetadata(metadata).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // The node may build other projects while this one waits for keys, timestamps and disks. Giving it up and getting it back
    // takes longer than many a task, so only a task that really waits does so.
    private void Wait(Task work)
    {
        if (!work.IsCompleted)
        {
            BuildEngine3.Yield();
            try
            {
                work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            }
            finally
            {
                BuildEngine3.Reacquire();
            }
        }

        work.GetAwaiter().GetResult();
    }

    private BuildScope SharedScope()
    {
        var key = (typeof(BuildScope), "Sign.Build");
        if (BuildEngine4.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is BuildScope scope)
        {
            return scope;
        }

        PlatformStore.BeginLoading();
        scope = new BuildScope();
        BuildEngine4.RegisterTaskObject(key, scope, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);

        // Of two tasks that come here at once, only one registers its own; both must use that one.
        return BuildEngine4.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) as BuildScope ?? scope;
    }
}
