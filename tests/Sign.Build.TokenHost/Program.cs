// Sign.Build.TokenHost <URI> <certificate file> <PIN variable> <number of signatures, or "cms">
// Writes one signature of SHA-256("content") per line in base64; or a countersigned CMS of "content"; or "SGNnnnn message".
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Sign.Build.Core;
using Sign.Build.Core.Certificates;
using Sign.Build.Core.Configuration;

var settings = new CertificateSettings { Pkcs11Key = args[0], Path = args[1], Pkcs11PinVariable = args[2] };
try
{
    using var identity = await SigningIdentitySources.Select(settings, TimeProvider.System)!.AcquireAsync(CancellationToken.None);
    foreach (var line in args[3] == "cms" ? [SignCms(identity)] : SignDigests(identity, int.Parse(args[3])))
    {
        Console.WriteLine(line);
    }

    return 0;
}
catch (SignBuildException exception)
{
    Console.WriteLine($"{exception.Diagnostic.Code} {exception.Diagnostic.Message}");
    return 1;
}

static IReadOnlyCollection<string> SignDigests(SigningIdentity identity, int count)
{
    var signatures = new ConcurrentQueue<string>();
    Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => signatures.Enqueue(Convert.ToBase64String(
        identity.PrivateKey.SignHash(SHA256.HashData("content"u8), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))));
    return signatures;
}

static string SignCms(SigningIdentity identity)
{
    var message = new SignedCms(new ContentInfo("content"u8.ToArray()));
    message.ComputeSignature(Signer(), silent: true);
    message.SignerInfos[0].ComputeCounterSignature(Signer());
    return Convert.ToBase64String(message.Encode());

    CmsSigner Signer()
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, identity.Certificate, identity.PrivateKey)
        {
            IncludeOption = System.Security.Cryptography.X509Certificates.X509IncludeOption.EndCertOnly,
        };
        signer.Certificates.AddRange(identity.AdditionalCertificates.ToArray());
        return signer;
    }
}
