using System.Security.Cryptography;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Certificates;

/// <summary>A base64 PFX in an environment variable, as CI systems hand out secrets. Its password is found as that of a file.</summary>
public sealed class EnvironmentIdentitySource : ISigningIdentitySource
{
    private const int MaximumLength = 1024 * 1024;

    private readonly CertificateSettings _settings;
    private readonly string _variable;

    /// <summary>Takes the variable's name and the password's place from <paramref name="settings"/>.</summary>
    public EnvironmentIdentitySource(CertificateSettings settings)
    {
        _settings = settings;
        _variable = settings.Variable ?? throw new ArgumentException("The settings name no variable.", nameof(settings));
    }

    /// <inheritdoc/>
    public string Description => $"environment variable '{_variable}'";

    /// <summary>Whether the variable holds anything; where not, nothing is configured.</summary>
    public static bool IsSet(string variable) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));

    /// <inheritdoc/>
    public Task<SigningIdentity> AcquireAsync(CancellationToken cancellationToken) =>
        Task.Run(Acquire, cancellationToken).WaitAsync(cancellationToken);

    private SigningIdentity Acquire()
    {
        var text = Environment.GetEnvironmentVariable(_variable);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new SignBuildException(Diagnostics.CertificateVariableEmpty(_variable));
        }

        if (text.Length > MaximumLength)
        {
            throw Unreadable($"Set '{_variable}' to a base64 PFX: it has {text.Length} characters, and at most {MaximumLength} are read.");
        }

        // What Azure Pipelines leaves in the environment where a variable is not defined, as in a fork's pull request.
        if (text.StartsWith("$(", StringComparison.Ordinal) && text.EndsWith(')'))
        {
            throw Unreadable($"Define the pipeline variable that is mapped to '{_variable}', or do not map it in this pipeline: it holds the name of a variable in $(), which the pipeline did not replace.");
        }

        var content = new byte[text.Length / 4 * 3 + 3];
        try
        {
            if (!Convert.TryFromBase64String(text, content, out var length))
            {
                throw Unreadable($"Set '{_variable}' to a PFX in base64 ('base64 -w0 file.pfx'): its {text.Length} characters are not valid base64.");
            }

            return CertificateEncodings.Detect(content.AsSpan(0, length)) == CertificateEncoding.Pfx
                ? PfxReader.Read(content.AsSpan(0, length), Description, _settings)
                : throw Unreadable($"Set '{_variable}' to a PFX in base64 ('base64 -w0 file.pfx'): it holds {length} bytes that are no PFX.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private SignBuildException Unreadable(string fix) => new(Diagnostics.CertificateUnreadable(Description, fix));
}
