using Sign.Build.Core.Configuration;
using Sign.Build.Core.Reporting;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Tests.Reporting;

/// <summary>A report does not claim what nobody looked at.</summary>
[TestClass]
public sealed class RuleVerdictsTests
{
    [TestMethod]
    public void Of_WhenNothingIsKnownAboutOwnersAndSigners_SkipsTheirRules()
    {
        Assert.AreEqual("SGN5015 SGN5016 SGN5017 SGN5030 SGN5031 SGN5032", Skipped(new PolicySettings()));
    }

    [TestMethod]
    public void Of_WhenOwnersAreListed_HasTheirVerdict()
    {
        Assert.AreEqual("SGN5016 SGN5030 SGN5031 SGN5032", Skipped(new PolicySettings { Owners = [new PackageOwner("contoso", [])] }));
    }

    [TestMethod]
    [DataRow(RevocationMode.Offline, "SGN5012 SGN5015 SGN5016 SGN5017 SGN5030 SGN5031 SGN5032")]
    [DataRow(RevocationMode.NoCheck, "SGN5011 SGN5012 SGN5015 SGN5016 SGN5017 SGN5030 SGN5031 SGN5032")]
    public void Of_WhenRevocationIsNotAsked_SkipsIt(RevocationMode mode, string expected)
    {
        Assert.AreEqual(expected, Skipped(new PolicySettings { RevocationMode = mode }));
    }

    [TestMethod]
    public void Of_WhenTheFeedIsPrivate_SkipsWhatOnlyNuGetOrgDemands()
    {
        Assert.AreEqual(
            "SGN5002 SGN5015 SGN5016 SGN5017 SGN5019 SGN5020 SGN5021 SGN5030 SGN5031 SGN5032 SGN5090",
            Skipped(new PolicySettings { Policy = PolicyName.Private }));
    }

    [TestMethod]
    public void Of_WhenThereIsAFinding_SaysItWhateverWasAsked()
    {
        var verdicts = RuleVerdicts.Of(
            new PackageVerification("lib.nupkg", null, [Diagnostics.RevocationUnknown("x", "silence"), Diagnostics.AuthorCountersignature()]),
            new PolicySettings { Policy = PolicyName.Private, RevocationMode = RevocationMode.NoCheck });

        Assert.AreEqual("SGN5012 warning, SGN5019 failed", string.Join(", ", verdicts.Where(rule => rule.Message is not null).Select(rule => $"{rule.Code} {rule.Verdict}")));
    }

    [TestMethod]
    public void Of_WhenComparedWithTheDiagnostics_HasEveryRuleOfTheVerification()
    {
        // SGN5099 is no rule about a package: it says that another target changed one.
        var expected = Documentation.RaisedDiagnostics.Codes.Where(code => code.StartsWith("SGN5", StringComparison.Ordinal) && code != "SGN5099");

        var rules = RuleVerdicts.Of(new PackageVerification("lib.nupkg", null, []), new PolicySettings());

        Assert.AreEqual(string.Join(' ', expected), string.Join(' ', rules.Select(rule => rule.Code)));
    }

    private static string Skipped(PolicySettings policy) => string.Join(' ', RuleVerdicts.Of(new PackageVerification("lib.nupkg", null, []), policy)
        .Where(rule => rule.Verdict == "skipped").Select(rule => rule.Code));
}
