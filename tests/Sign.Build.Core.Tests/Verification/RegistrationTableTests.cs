using Sign.Build.Core.Verification;

namespace Sign.Build.Core.Tests.Verification;

/// <summary>Every cell of nuget.org's table (NuGetGallery, PackageRegistrationExtensions).</summary>
[TestClass]
public sealed class RegistrationTableTests
{
    // Owners with the certificates that they registered; "ann:a,b ben:" = ann has a and b, ben has none.
    [TestMethod]
    // Nobody has a certificate.
    [DataRow("ann:", null, null, "Accepted")]
    [DataRow("ann:", null, "a", "SigningNotAllowed")]
    [DataRow("ann: ben:", null, null, "Accepted")]
    [DataRow("ann: ben:", null, "a", "SigningNotAllowed")]
    // The only owner has certificates.
    [DataRow("ann:a", null, null, "MustBeSigned")]
    [DataRow("ann:a", null, "a", "Accepted")]
    [DataRow("ann:a,A2", null, "a2", "Accepted")]
    [DataRow("ann:a", null, "x", "NotRegistered")]
    // All owners have certificates.
    [DataRow("ann:a ben:b", null, null, "MustBeSigned")]
    [DataRow("ann:a ben:b", null, "a", "Accepted")]
    [DataRow("ann:a ben:b", null, "b", "Accepted")]
    [DataRow("ann:a ben:b", null, "x", "NotRegistered")]
    // Some owners have certificates.
    [DataRow("ann:a ben:", null, null, "Accepted")]
    [DataRow("ann:a ben:", null, "a", "Accepted")]
    [DataRow("ann:a ben:", null, "x", "NotRegistered")]
    // The required signer has certificates.
    [DataRow("ann:a ben:b", "ann", null, "MustBeSigned")]
    [DataRow("ann:a ben:", "ANN", null, "MustBeSigned")]
    [DataRow("ann:a ben:b", "ann", "a", "Accepted")]
    [DataRow("ann:a ben:b", "ann", "b", "NotRequiredSigner")]
    [DataRow("ann:a ben:b", "ann", "x", "NotRequiredSigner")]
    // The required signer has none.
    [DataRow("ann: ben:b", "ann", null, "Accepted")]
    [DataRow("ann: ben:b", "ann", "b", "SigningNotAllowed")]
    [DataRow("ann: ben:b", "ann", "x", "SigningNotAllowed")]
    public void Decide_WhenOwnersAre_Gives(string owners, string? requiredSigner, string? fingerprint, string expected)
    {
        RegisteredOwner[] registered = [.. owners.Split(' ').Select(owner => owner.Split(':')).Select(parts =>
            new RegisteredOwner(parts[0], parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries)))];

        var verdict = RegistrationTable.Decide(registered, requiredSigner, fingerprint);

        Assert.AreEqual(expected, verdict.ToString());
    }
}
