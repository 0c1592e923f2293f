using System.Text.Json;
using Sign.Build.Core.Certificates.KeyVault;

namespace Sign.Build.Core.Tests.Certificates.KeyVault;

[TestClass]
public sealed class JsonMembersTests
{
    [TestMethod]
    public void Text_WhenTheStringIsNoUnicode_IsAbsent()
    {
        using var document = JsonDocument.Parse("""{ "value": "\ud800" }""");

        Assert.IsNull(document.RootElement.Text("value"));
    }
}
