using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sign.Build.Package.Tests;

/// <summary>The copy of the domain that is compiled for one platform is the same code as the portable one.</summary>
[TestClass]
public sealed class AheadOfTimeTests
{
    internal const string Runtime = "linux-x64";
    internal const string CorePath = "runtimes/linux-x64/lib/net10.0/Sign.Build.Core.dll";

    [TestMethod]
    public async Task Copy_WhenPacked_IsCompiledFromThePortableOne()
    {
        await using var archive = await ZipFile.OpenReadAsync(PackedSignBuild.From(GetType().Assembly).PackagePath);
        using var portable = await ReadAsync(archive, "Sign.Build.Core.dll");
        using var compiled = await ReadAsync(archive, CorePath);

        Assert.AreEqual(ModuleVersion(portable), ModuleVersion(compiled));
        Assert.AreEqual(0, portable.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        Assert.AreNotEqual(0, compiled.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }

    private static async Task<PEReader> ReadAsync(ZipArchive archive, string name)
    {
        var bytes = new MemoryStream();
        await using var entry = await archive.GetEntry("tasks/net10.0/" + name)!.OpenAsync();
        await entry.CopyToAsync(bytes);
        bytes.Position = 0;
        return new PEReader(bytes);
    }

    private static Guid ModuleVersion(PEReader assembly)
    {
        var metadata = assembly.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
