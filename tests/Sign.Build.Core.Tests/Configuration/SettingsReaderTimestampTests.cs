namespace Sign.Build.Core.Tests.Configuration;

[TestClass]
public sealed class SettingsReaderTimestampTests
{
    [TestMethod]
    [DataRow("", 300)]
    [DataRow("45", 45)]
    public void Read_WhenTimestampDeadlineIsGiven_TakesItAsSeconds(string value, int seconds)
    {
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), Read.With(("SignBuildTimestampDeadline", value)).Timestamp.Deadline);
    }
}
