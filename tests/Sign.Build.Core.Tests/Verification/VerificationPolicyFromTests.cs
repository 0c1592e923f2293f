using Sign.Build.Core.Configuration;
using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Tests.Verification;

[TestClass]
public sealed class VerificationPolicyFromTests
{
    [TestMethod]
    public void From_WhenRequiredSignerIsNoOwner_SaysWhoTheOwnersAre()
    {
        var settings = new PolicySettings { RequiredSigner = "eve", Owners = [new("ann", []), new("ben", [])] };

        var exception = Assert.ThrowsExactly<SignBuildException>(() => VerificationPolicy.From(settings));

        Assert.AreEqual("SGN1002", exception.Diagnostic.Code);
        Assert.AreEqual("Set SignBuildRequiredSigner to one of the SignBuildOwner items: ann, ben. It is 'eve'.", exception.Diagnostic.Message);
    }

    [TestMethod]
    public void From_WhenRequiredSignerStandsAlone_AsksForOwners()
    {
        var exception = Assert.ThrowsExactly<SignBuildException>(() => VerificationPolicy.From(new PolicySettings { RequiredSigner = "eve" }));

        StringAssert.Contains(exception.Diagnostic.Message, "list that owner as a SignBuildOwner item");
    }

    [TestMethod]
    public void From_WhenRequiredSignerIsAnOwnerInOtherCase_TakesIt()
    {
        var policy = VerificationPolicy.From(new PolicySettings { RequiredSigner = "ANN", Owners = [new("ann", [])], Policy = PolicyName.Private, RevocationMode = RevocationMode.Offline });

        Assert.AreEqual("ANN", policy.RequiredSigner);
        Assert.AreEqual(PolicyName.Private, policy.Name);
        Assert.IsFalse(policy.ReportsUnknownRevocation);
    }
}
