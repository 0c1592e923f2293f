using System.Globalization;
using Microsoft.Build.Utilities;
using Sign.Build.Core;
using Sign.Build.Core.Signing;

namespace Sign.Build.Tasks;

/// <summary>A signed package as a <c>SignBuildSignedPackage</c> item.</summary>
internal static class SignedPackageItem
{
    public static TaskItem Of(SignedPackage package)
    {
        var item = new TaskItem(MSBuildText.Escape(package.Path));
        item.SetMetadata("PackageId", MSBuildText.Escape(package.Identity.Id));
        item.SetMetadata("PackageVersion", MSBuildText.Escape(package.Identity.Version));
        item.SetMetadata("Outcome", package.Outcome.ToString());
        item.SetMetadata("Fingerprint", package.Fingerprint);
        item.SetMetadata("Subject", MSBuildText.Escape(SafeText.WithoutCommands(package.Subject)));
        item.SetMetadata("TimestampUtc", package.Timestamp.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        item.SetMetadata("TimestampAuthority", MSBuildText.Escape(SafeText.WithoutCommands(package.TimestampAuthority)));
        item.SetMetadata("ContentHash", package.ContentHash);
        item.SetMetadata("_Length", package.Stamp.Length.ToString(CultureInfo.InvariantCulture));
        item.SetMetadata("_LastWriteTicks", package.Stamp.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture));
        return item;
    }
}
