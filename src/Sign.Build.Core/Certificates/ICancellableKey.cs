using System.Security.Cryptography;

namespace Sign.Build.Core.Certificates;

/// <summary>
/// A key whose operations take a while (a service on the network). <see cref="RSA"/> has no cancellation, so each use asks
/// for an instance that ends with its own build task.
/// </summary>
internal interface ICancellableKey
{
    /// <summary>The same key; what it does ends with <paramref name="cancellationToken"/>. Owns nothing, needs no disposal.</summary>
    RSA With(CancellationToken cancellationToken);
}
