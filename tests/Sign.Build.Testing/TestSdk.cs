using System.Reflection;

namespace Sign.Build.Testing;

/// <summary>The .NET SDK that built the tests.</summary>
public static class TestSdk
{
    /// <summary>Its folder: NuGet's assemblies and <c>trustedroots</c> are there.</summary>
    public static string Directory { get; } = typeof(TestSdk).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "SdkDirectory").Value!;
}
