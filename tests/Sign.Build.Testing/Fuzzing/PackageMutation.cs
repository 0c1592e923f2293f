namespace Sign.Build.Testing;

/// <summary>A changed package.</summary>
/// <param name="Description">What was changed, with positions: enough to understand a failure.</param>
/// <param name="Bytes">The changed package.</param>
public sealed record PackageMutation(string Description, byte[] Bytes);
