using System.Text.RegularExpressions;
using Sign.Build.Core.Configuration;

namespace Sign.Build.Core.Tests.Documentation;

/// <summary>The README's table of properties says what build/Sign.Build.targets and the code say.</summary>
[TestClass]
public sealed partial class PropertyReferenceTests
{
    // Read by the targets only in order to refuse them.
    private static readonly string[] Refused = ["SignBuildCertificatePassword", "SignBuildPkcs11Pin", "SignBuildAzureClientSecret"];

    private static readonly string Targets = Repository.Read("build/Sign.Build.targets");

    private static readonly Dictionary<string, (string Default, string Values)> Table = Row().Matches(Readme.Section("Properties"))
        .ToDictionary(row => row.Groups["name"].Value, row => (row.Groups["default"].Value.Replace("<br>", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Trim(), row.Groups["values"].Value));

    [TestMethod]
    public void Properties_OfTheTable_AreThoseThatTheTargetsRead()
    {
        var read = PropertyUse().Matches(Targets).Select(match => match.Groups["name"].Value).Distinct().Except(Refused);

        Assert.AreEqual(Lines(read), Lines(Table.Keys));
    }

    [TestMethod]
    public void Settings_OfTheTargets_HaveTheValueOfTheirProperty()
    {
        foreach (Match setting in Setting().Matches(Targets))
        {
            Assert.AreEqual($"$({setting.Groups["name"].Value})", setting.Groups["value"].Value);
        }
    }

    [TestMethod]
    public void Settings_OfTheTargets_AreThoseThatTheCodeReads()
    {
        var reader = File.ReadAllText(Path.Combine(Repository.Root, "src/Sign.Build.Core/Configuration/SettingsReader.cs"));
        var read = QuotedName().Matches(reader).Select(match => match.Groups["name"].Value).Distinct().Except(["SignBuildTrustedRepository"]);

        Assert.AreEqual(Lines(read), Lines(Setting().Matches(Targets).Select(match => match.Groups["name"].Value)));
    }

    [TestMethod]
    public void Defaults_OfTheTable_AreThoseOfTheCode()
    {
        var settings = SettingsReader.Read(new Dictionary<string, string>(), SettingItems.None, Repository.Root);
        var expected = new Dictionary<string, string>
        {
            ["SignBuildMode"] = settings.Mode.ToString(),
            ["SignBuildCertificatePasswordVariable"] = settings.Certificate.PasswordVariable,
            ["SignBuildCertificateStoreName"] = settings.Certificate.StoreName,
            ["SignBuildCertificateStoreLocation"] = settings.Certificate.StoreLocation.ToString(),
            ["SignBuildAzureCredential"] = settings.Certificate.AzureCredential.ToString(),
            ["SignBuildPkcs11PinVariable"] = settings.Certificate.Pkcs11PinVariable,
            ["SignBuildTimestampUrl"] = string.Join(';', settings.Timestamp.Authorities.Select(url => url.OriginalString)),
            ["SignBuildTimestampTimeout"] = $"{settings.Timestamp.Timeout.TotalSeconds}",
            ["SignBuildTimestampDeadline"] = $"{settings.Timestamp.Deadline.TotalSeconds}",
            ["SignBuildTimestampHashAlgorithm"] = settings.Timestamp.HashAlgorithm.Name!,
            ["SignBuildHashAlgorithm"] = settings.HashAlgorithm.Name!,
            ["SignBuildExistingSignature"] = settings.ExistingSignature.ToString(),
            ["SignBuildPolicy"] = settings.Policy.Policy.ToString(),

            // The machine's NUGET_CERT_REVOCATION_MODE may make it another one here.
            ["SignBuildRevocationMode"] = default(RevocationMode).ToString(),
            ["SignBuildCertificateExpiryWarningDays"] = $"{settings.Policy.ExpiryWarningDays}",
            ["SignBuildRejectedPackages"] = settings.RejectedPackages.ToString(),
            ["SignBuildSymbolPackages"] = settings.SymbolPackages ? "true" : "false",
            ["SignBuildPreflight"] = settings.Preflight ? "true" : "false",
            ["SignBuildVerify"] = settings.Verify ? "true" : "false",
            ["SignBuildMaxParallelism"] = $"{settings.MaxParallelism}",
        };
        foreach (Match own in TargetsDefault().Matches(Targets))
        {
            expected[own.Groups["name"].Value] = own.Groups["default"].Value;
        }

        Assert.AreEqual(
            Lines(expected.Select(entry => $"{entry.Key}: {entry.Value}")),
            Lines(Table.Where(entry => entry.Value.Default.Length > 0).Select(entry => $"{entry.Key}: {entry.Value.Default}")));
    }

    [TestMethod]
    [DataRow("SignBuildMode", typeof(SigningMode))]
    [DataRow("SignBuildAzureCredential", typeof(AzureCredentialKind))]
    [DataRow("SignBuildExistingSignature", typeof(ExistingSignatureBehavior))]
    [DataRow("SignBuildPolicy", typeof(PolicyName))]
    [DataRow("SignBuildRevocationMode", typeof(RevocationMode))]
    [DataRow("SignBuildRejectedPackages", typeof(RejectedPackageBehavior))]
    [DataRow("SignBuildCertificateStoreLocation", typeof(System.Security.Cryptography.X509Certificates.StoreLocation))]
    public void Values_OfAnEnumeration_AreAllInItsRow(string property, Type type)
    {
        foreach (var name in Enum.GetNames(type))
        {
            Assert.Contains($"`{name}`", Table[property].Values);
        }
    }

    private static string Lines(IEnumerable<string> names) => string.Join('\n', names.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| `(?<name>SignBuild\w+)` \|(?<default>[^|]*)\| (?<values>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\$\((?<name>SignBuild\w+)\)")]
    private static partial Regex PropertyUse();

    [GeneratedRegex("<_SignBuildSetting Include=\"(?<name>[^\"]+)\" Value=\"(?<value>[^\"]+)\" />")]
    private static partial Regex Setting();

    [GeneratedRegex("(?<!cref=)\"(?<name>SignBuild\\w+)\"")]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"<(?<name>SignBuild\w+) Condition=""'\$\(\k<name>\)' == ''"">(?<default>[^<]+)</")]
    private static partial Regex TargetsDefault();
}
