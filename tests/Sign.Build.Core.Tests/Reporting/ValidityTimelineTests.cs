using System.Globalization;
using System.Xml.Linq;
using Sign.Build.Core.Reporting;

namespace Sign.Build.Core.Tests.Reporting;

[TestClass]
public sealed class ValidityTimelineTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [TestMethod]
    public void Draw_WhenSubjectsAreHostile_IsWellFormedAndHasOnlyItsOwnElements()
    {
        foreach (var text in HostileTexts.All)
        {
            var picture = Draw(Reports.Package("lib.nupkg", subject: text));

            Assert.AreEqual("line rect svg text title", string.Join(' ', picture.DescendantsAndSelf().Select(element => element.Name.LocalName).Distinct().Order(StringComparer.Ordinal)), text);
            Assert.IsFalse(picture.DescendantsAndSelf().Attributes().Any(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName == "href"), text);
        }
    }

    [TestMethod]
    public void Draw_WhenSubjectsAreHostile_GivesNoCommandToACiSystem()
    {
        foreach (var text in HostileTexts.All)
        {
            Commands.AssertNone(ValidityTimeline.Draw(Reports.Build(Reports.Package("lib.nupkg", subject: text)), Reports.Now));
        }
    }

    [TestMethod]
    public void Draw_WhenTheSubjectHasMarkup_ShowsIt()
    {
        var picture = Draw(Reports.Package("lib.nupkg", subject: "<b> & \"quoted\""));

        Assert.Contains("signer: <b> & \"quoted\"", string.Join('\n', picture.Elements(Svg + "text").Select(text => text.Value)));
    }

    [TestMethod]
    [DataRow(400, "#4ac26b")]
    [DataRow(89, "#eac54f")]
    [DataRow(-1, "#ff8182")]
    public void Draw_WhenTheCertificateEndsInDays_ShowsItByColor(int days, string expected)
    {
        var package = Reports.Package("lib.nupkg") with { Signer = [new CertificateReport("CN=x", "x", Reports.Now.AddYears(-1), Reports.Now.AddDays(days))] };

        Assert.AreEqual(expected, (string?)Draw(package).Elements(Svg + "rect").ElementAt(1).Attribute("fill"));
    }

    [TestMethod]
    public void Draw_WhenCertificatesLastForever_KeepsEveryBarInThePicture()
    {
        var package = Reports.Package("lib.nupkg") with { Signer = [new CertificateReport("CN=x", "x", DateTimeOffset.MinValue, DateTimeOffset.MaxValue)] };

        foreach (var bar in Draw(package).Elements(Svg + "rect").Skip(1))
        {
            var start = double.Parse((string)bar.Attribute("x")!, CultureInfo.InvariantCulture);
            var width = double.Parse((string)bar.Attribute("width")!, CultureInfo.InvariantCulture);
            Assert.IsTrue(start >= 330 && start + width <= 960, bar.ToString());
        }
    }

    [TestMethod]
    public void Draw_WhenPackagesShareACertificate_DrawsItOnce()
    {
        var picture = Draw(Reports.Package("a.nupkg"), Reports.Package("b.nupkg"));

        Assert.HasCount(3, picture.Elements(Svg + "rect").ToList());
    }

    [TestMethod]
    public void Draw_WhenNothingWasVerified_IsStillAPicture()
    {
        var package = Reports.Package("a.nupkg");

        Assert.AreEqual("svg", Draw(package with { Signer = [], Timestamp = package.Timestamp with { Chain = [] } }).Name.LocalName);
    }

    private static XElement Draw(params IReadOnlyList<PackageReport> packages)
    {
        using var content = new MemoryStream(ValidityTimeline.Draw(Reports.Build(packages), Reports.Now));
        return XDocument.Load(content).Root!;
    }
}
