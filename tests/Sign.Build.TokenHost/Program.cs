// Sign.Build.TokenHost <URI> <certificate file> <PIN variable> <number of signatures>
// Writes one signature of SHA-256("content") per line in base64, or one line "SGNnnnn message".
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Sign.Build.Core;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;

var settings = new CertificateSettings { Pkcs11Key = args[0], Path = args[1], Pkcs11PinVariable = args[2] };
try
{
    using var identity = await SigningIdentitySources.Select(settings, TimeProvider.System)!.AcquireAsync(CancellationToken.None);
    var signatures = new ConcurrentQueue<string>();
    Parallel.For(0, int.Parse(args[3]), new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => signatures.Enqueue(Convert.ToBase64String(
        identity.PrivateKey.SignHash(SHA256.HashData("content"u8), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))));
    foreach (var signature in signatures)
    {
        Console.WriteLine(signature);
    }

    return 0;
}
catch (SignBuildException exception)
{
    Console.WriteLine($"{exception.Diagnostic.Code} {exception.Diagnostic.Message}");
    return 1;
}
