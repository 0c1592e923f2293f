namespace Sign.Build.Core.Verification.Rules;

/// <summary>
/// One rule: says what is wrong with its subject, and nothing about anything else. Holds no state;
/// what it needs beside the subject is in the context.
/// </summary>
/// <typeparam name="TSubject">What is judged: the package, one signer, one timestamp, one certificate in its use.</typeparam>
internal interface IVerificationRule<in TSubject>
{
    IEnumerable<Diagnostic> Check(TSubject subject, RuleContext context);
}
