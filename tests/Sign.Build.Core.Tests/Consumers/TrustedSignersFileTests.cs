using System.Text;
using System.Xml;
using Sign.Build.Core.Consumers;
using Sign.Build.Core.Verification;
using Sign.Build.Testing;

namespace Sign.Build.Core.Tests.Consumers;

[TestClass]
public sealed class TrustedSignersFileTests
{
    private static readonly string Lower = string.Concat(Enumerable.Repeat("ab", 32));
    private static readonly string Upper = string.Concat(Enumerable.Repeat("AB", 32));
    private static readonly TrustedSigner Author = new("Contoso", [Lower], null, [], AllowUntrustedRoot: true);
    private static readonly TrustedSigner Feed = new("feed", [Lower], new Uri("https://feed.example/v3/index.json"), ["alice", "bob"], AllowUntrustedRoot: false);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Merge_WhenThereIsNoFile_WritesOneWithUpperCaseFingerprints()
    {
        Assert.AreEqual($"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <config>
                <add key="signatureValidationMode" value="require" />
              </config>
              <trustedSigners>
                <author name="Contoso">
                  <certificate fingerprint="{Upper}" hashAlgorithm="SHA256" allowUntrustedRoot="true" />
                </author>
                <repository name="feed" serviceIndex="https://feed.example/v3/index.json">
                  <certificate fingerprint="{Upper}" hashAlgorithm="SHA256" allowUntrustedRoot="false" />
                  <owners>alice;bob</owners>
                </repository>
              </trustedSigners>
            </configuration>

            """.ReplaceLineEndings("\n"), TrustedSignersFile.Merge(null, [Author, Feed]));
    }

    [TestMethod]
    [DataRow("\n", "    ")]
    [DataRow("\r\n", "\t")]
    public void Merge_WhenThereIsAFile_AddsToItAndKeepsEverythingElse(string newLine, string indent)
    {
        string Text(string config, string signers) => $"""
            <?xml version="1.0" encoding="utf-8"?>
            <!-- Ours. -->
            <configuration>
            >{config}
            ><packageSources>
            >><clear />
            >><!-- The build server's. -->
            >><add key="feed" value="https://feed.example/v3/index.json" />
            ></packageSources>
            ><trustedSigners>
            >><author name="Fabrikam">
            >>><certificate fingerprint="00" hashAlgorithm="SHA256" allowUntrustedRoot="false" />
            >></author>{signers}
            ></trustedSigners>
            </configuration>

            """.Replace("\n>", "\n" + indent, StringComparison.Ordinal).Replace(indent + ">", indent + indent, StringComparison.Ordinal)
                .Replace(indent + ">", indent + indent, StringComparison.Ordinal).ReplaceLineEndings(newLine);

        var merged = TrustedSignersFile.Merge(
            Text("""
                <config>
                >><add key="SignatureValidationMode" value="accept" />
                >><add key="globalPackagesFolder" value="packages" />
                ></config>
                """, ""),
            [Author]);

        Assert.AreEqual(
            Text("""
                <config>
                >><add key="SignatureValidationMode" value="require" />
                >><add key="globalPackagesFolder" value="packages" />
                ></config>
                """, $"""

                >><author name="Contoso">
                >>><certificate fingerprint="{Upper}" hashAlgorithm="SHA256" allowUntrustedRoot="true" />
                >></author>
                """),
            merged);
    }

    [TestMethod]
    public void Merge_WhenASignerOfThatNameIsThere_ReplacesItAndLeavesTheOtherKind()
    {
        var first = TrustedSignersFile.Merge(null, [Feed with { Name = "CONTOSO" }, Author with { Fingerprints = [new string('1', 64), new string('2', 64)] }]);

        var second = TrustedSignersFile.Merge(first, [Author]);

        Assert.AreEqual(TrustedSignersFile.Merge(null, [Feed with { Name = "CONTOSO" }, Author]), second);
    }

    [TestMethod]
    public void Merge_WhenEverythingIsThere_ChangesNothing()
    {
        var first = TrustedSignersFile.Merge("<configuration />", [Author, Feed]);

        Assert.AreEqual(first, TrustedSignersFile.Merge(first, [Author, Feed]));
    }

    [TestMethod]
    public void Merge_WhenANameHasMarkup_WritesItAsText()
    {
        var merged = TrustedSignersFile.Merge(null, [Author with { Name = "A & \"B\" <c>" }]);

        Assert.Contains("""name="A &amp; &quot;B&quot; &lt;c&gt;">""", merged);
    }

    [TestMethod]
    [DataRow("<!DOCTYPE configuration [ <!ENTITY a 'b'> ]><configuration>&a;</configuration>", DisplayName = "DTD")]
    [DataRow("<packages />", DisplayName = "another root")]
    [DataRow("<configuration>", DisplayName = "not closed")]
    [DataRow("", DisplayName = "empty")]
    public async Task WriteAsync_WhenTheFileIsNoConfig_RefusesAndLeavesIt(string text)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["nuget.config"], text, TestContext.CancellationToken);

        var failure = await Assert.ThrowsExactlyAsync<SignBuildException>(() => TrustedSignersFile.WriteAsync(directory["nuget.config"], [Author], TestContext.CancellationToken));

        Assert.AreEqual(("SGN1002", typeof(XmlException)), (failure.Diagnostic.Code, failure.InnerException!.GetType()));
        Assert.AreEqual(text, await File.ReadAllTextAsync(directory["nuget.config"], TestContext.CancellationToken));
        Assert.HasCount(1, Directory.GetFiles(directory.Path));
    }

    [TestMethod]
    public async Task WriteAsync_WhenTheFileIsInUtf16_LeavesOneThatXmlReads()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["nuget.config"], """<?xml version="1.0" encoding="utf-16"?><configuration />""", Encoding.Unicode, TestContext.CancellationToken);

        await TrustedSignersFile.WriteAsync(directory["nuget.config"], [Author], TestContext.CancellationToken);

        var document = new XmlDocument { XmlResolver = null };
        document.Load(directory["nuget.config"]);
        Assert.AreEqual("Contoso", document.SelectSingleNode("/configuration/trustedSigners/author/@name")?.Value);
    }

    [TestMethod]
    public async Task WriteAsync_WhenTheFolderIsMissing_MakesIt()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "a", "b", "nuget.config");

        await TrustedSignersFile.WriteAsync(path, [Feed], TestContext.CancellationToken);

        Assert.AreEqual(TrustedSignersFile.Merge(null, [Feed]), await File.ReadAllTextAsync(path, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task WriteAsync_WhenAFolderHasThatName_NamesIt()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory["nuget.config"]);

        var failure = await Assert.ThrowsExactlyAsync<SignBuildException>(() => TrustedSignersFile.WriteAsync(directory["nuget.config"], [Feed], TestContext.CancellationToken));

        Assert.AreEqual(("SGN3005", directory["nuget.config"]), (failure.Diagnostic.Code, failure.Diagnostic.File));
    }
}
