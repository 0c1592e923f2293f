namespace Sign.Build.Core.Verification.Rules;

/// <summary>SGN5005: the package without its signature is what was signed.</summary>
internal sealed class ContentRule : IVerificationRule<InspectedPackage>
{
    public IEnumerable<Diagnostic> Check(InspectedPackage subject, RuleContext context)
    {
        if (subject.Signature?.Content is { } content
            && subject.ContentHashes.Find(content.HashAlgorithm) is { } actual
            && !actual.AsSpan().SequenceEqual(content.Hash.Span))
        {
            yield return Diagnostics.ContentChanged(
                $"{content.HashAlgorithm.Name} {SafeText.Line(Convert.ToBase64String(content.Hash.Span), 100)}",
                Convert.ToBase64String(actual));
        }
    }
}
