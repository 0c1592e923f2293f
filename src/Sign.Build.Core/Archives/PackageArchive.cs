using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Sign.Build.Core.Archives;

/// <summary>
/// A package file as signing and verification see it: a zip archive that may hold a signature entry. Opening reads the
/// directory and the headers only; hashing reads the content once, in large blocks; writing copies it once and makes a
/// new end. The file is never decompressed and never held in memory.
/// </summary>
/// <remarks>
/// <para>All methods may run at the same time on one instance. The fastest way to sign is to copy while hashing:</para>
/// <code>
/// var copy = archive.CopyContentAsync(destination, cancellationToken);
/// var hashes = await archive.HashContentAsync([algorithm], cancellationToken);
/// var signature = ...;               // sign and timestamp the hash
/// await copy;
/// await archive.AppendSignatureAsync(destination, signature, time, cancellationToken);
/// </code>
/// <para>
/// The destination is a new, empty file: open it with <see cref="FileMode.CreateNew"/>. A file that existed and was cut
/// to nothing is flushed to the disk when it is closed on some file systems, which takes longer than all the rest.
/// </para>
/// </remarks>
public sealed class PackageArchive : IDisposable
{
    /// <summary>The largest signature that is read or written; real ones have some 20 KiB.</summary>
    public const int LongestSignature = 4 * 1024 * 1024;

    /// <summary>Entries that a package may have before it is signed; 65535 would announce Zip64.</summary>
    public const int MostEntriesToSign = 65533;

    /// <summary>From this length on, starting another thread costs nothing beside hashing.</summary>
    private const long HashInParallel = 1024 * 1024;

    private readonly SafeFileHandle _file;
    private readonly ArchiveLayout _layout;
    private readonly UnsignedContent _content;

    private PackageArchive(string path, SafeFileHandle file, ArchiveLayout layout)
    {
        Path = path;
        _file = file;
        _layout = layout;
        _content = UnsignedContent.Of(layout);
    }

    /// <summary>The path it was opened with.</summary>
    public string Path { get; }

    /// <summary>Length of the file.</summary>
    public long Length => _layout.FileLength;

    /// <summary>Entries of the archive, a signature included.</summary>
    public int EntryCount => _layout.End.Entries;

    /// <summary>
    /// Whether the archive uses Zip64 anywhere, by NuGet's rule. NuGet can neither sign nor hash such a package, and this
    /// class says nothing further about it.
    /// </summary>
    public bool IsZip64 => _layout.IsZip64;

    /// <summary>The signature entry; null when the package is not signed. Not to be relied on for Zip64.</summary>
    public SignatureEntry? SignatureEntry => _layout.SignatureEntry;

    /// <summary>What makes NuGet refuse the signature entry with NU3005, one sentence each; empty when it is as it must be.</summary>
    public IReadOnlyList<string> SignatureEntryDefects => _layout.SignatureDefects;

    /// <summary>Whether a signature can be added, or the present one be replaced.</summary>
    public bool CanTakeSignature => SignatureObstacle is null;

    /// <summary>Why no signature can be added or replaced, as one sentence; null when it can.</summary>
    public string? SignatureObstacle =>
        IsZip64 ? "The package is a Zip64 archive."
        : _content.Entries > MostEntriesToSign ? $"The package has {_content.Entries} entries; with a signature it may have {MostEntriesToSign} at most."
        : Length > uint.MaxValue - LongestSignature - 1024 ? "The package is too large for a zip archive without Zip64."
        : _layout.HasMalformedExtraFields ? "An entry of the package has malformed extra fields, which NuGet cannot read."
        : HasLeadingData ? "The package has data before its first entry; NuGet would find it changed after signing."
        : SignatureEntryDefects.Count > 0 ? SignatureEntryDefects[0]
        : null;

    internal ArchiveLayout Layout => _layout;

    private bool HasLeadingData => _layout.Entries[0].HeaderOffset > 0;

    internal SafeFileHandle File => _file;

    /// <summary>Opens a package and reads its directory.</summary>
    /// <exception cref="ArchiveFormatException">The file is no zip archive, or an inconsistent one.</exception>
    public static PackageArchive Open(string path)
    {
        var file = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
        try
        {
            var archive = new PackageArchive(path, file, ArchiveLayout.Read(file, RandomAccess.GetLength(file)));
            file = null;
            return archive;
        }
        catch (NotSupportedException exception)
        {
            throw new ArchiveFormatException("It is not a regular file.", exception);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Reads the signature.</summary>
    /// <exception cref="InvalidOperationException">The package is not signed.</exception>
    /// <exception cref="ArchiveFormatException">The entry is larger than any signature, or than the space it has.</exception>
    public Task<byte[]> ReadSignatureAsync(CancellationToken cancellationToken)
    {
        var entry = SignatureEntry ?? throw new InvalidOperationException("The package is not signed.");
        if (entry.DataLength > LongestSignature)
        {
            throw new ArchiveFormatException($"The signature has {entry.DataLength} bytes; more than {LongestSignature} are not read.");
        }

        if (entry.DataOffset + entry.DataLength > entry.HeaderOffset + entry.TotalLength)
        {
            throw new ArchiveFormatException("The signature is longer than the space that its entry has.");
        }

        return Task.Run(
            () =>
            {
                var signature = new byte[entry.DataLength];
                FileBytes.ReadExactly(_file, signature, entry.DataOffset);
                return signature;
            },
            cancellationToken);
    }

    /// <summary>
    /// Hashes the package without its signature in one pass. For a signed package that is what its signature must state,
    /// for an unsigned one what a signature will state. Several algorithms work side by side on a large package; who needs
    /// one of them first asks for it alone, and for the other in a second call at the same time.
    /// </summary>
    /// <param name="algorithms">SHA-256, SHA-384, SHA-512, or several of them.</param>
    /// <param name="cancellationToken">Stops at the next block.</param>
    /// <exception cref="InvalidOperationException">Zip64.</exception>
    /// <exception cref="ArchiveFormatException">There is more than one signature entry, or the file became shorter.</exception>
    public Task<ContentHashes> HashContentAsync(IReadOnlyList<HashAlgorithmName> algorithms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(algorithms);
        EnsureContentIsDefined();
        string[] distinct = [.. algorithms.Select(static algorithm => algorithm.Name!).Distinct()];
        return distinct.Length > 1 && Length > HashInParallel
            ? HashInParallelAsync(distinct, cancellationToken)
            : Task.Run(() => new ContentHashes(HashContent(distinct, cancellationToken)), cancellationToken);
    }

    /// <summary>
    /// Writes the package with <paramref name="signature"/> in the layout that NuGet writes; a present signature is
    /// replaced. Same as <see cref="CopyContentAsync"/> and then <see cref="AppendSignatureAsync"/>.
    /// </summary>
    /// <param name="destination">A new, empty file.</param>
    /// <param name="signature">The signature, DER.</param>
    /// <param name="entryTime">Time of the entry; zip has no time zones and takes the clock time as it is given here.</param>
    /// <param name="cancellationToken">Stops at the next block.</param>
    /// <exception cref="InvalidOperationException">There is a <see cref="SignatureObstacle"/>.</exception>
    public async Task WriteSignedAsync(SafeFileHandle destination, ReadOnlyMemory<byte> signature, DateTimeOffset entryTime, CancellationToken cancellationToken)
    {
        await CopyContentAsync(destination, cancellationToken).ConfigureAwait(false);
        await AppendSignatureAsync(destination, signature, entryTime, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Copies the entries without signature to the start of <paramref name="destination"/>: nearly all of the file, and
    /// nothing that depends on the new signature. It can run while the content is hashed, signed and timestamped.
    /// </summary>
    /// <param name="destination">A new, empty file. It is not a package before <see cref="AppendSignatureAsync"/> is through.</param>
    /// <param name="cancellationToken">Stops at the next block.</param>
    /// <exception cref="InvalidOperationException">There is a <see cref="SignatureObstacle"/>.</exception>
    public Task CopyContentAsync(SafeFileHandle destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        EnsureCanTakeSignature();
        return Task.Run(() => new FileAppender(destination, 0).Append(_content, _file, _content.Body, cancellationToken), cancellationToken);
    }

    /// <summary>Writes signature, central directory and end record behind what <see cref="CopyContentAsync"/> has copied.</summary>
    /// <param name="destination">The file that <see cref="CopyContentAsync"/> has written, when it has finished.</param>
    /// <param name="signature">The signature, DER.</param>
    /// <param name="entryTime">Time of the entry; zip has no time zones and takes the clock time as it is given here.</param>
    /// <param name="cancellationToken">Stops at the next block.</param>
    /// <exception cref="InvalidOperationException">There is a <see cref="SignatureObstacle"/>.</exception>
    public Task AppendSignatureAsync(SafeFileHandle destination, ReadOnlyMemory<byte> signature, DateTimeOffset entryTime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfZero(signature.Length, nameof(signature));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signature.Length, LongestSignature, nameof(signature));
        EnsureCanTakeSignature();
        return Task.Run(() => AppendSignature(destination, signature.Span, entryTime, cancellationToken), cancellationToken);
    }

    /// <summary>Writes the package as it was before it was signed, byte for byte.</summary>
    /// <param name="destination">A new, empty file.</param>
    /// <param name="cancellationToken">Stops at the next block.</param>
    /// <exception cref="InvalidOperationException">Zip64, or the signature entry or what precedes it is not as NuGet writes it.</exception>
    public Task WriteUnsignedAsync(SafeFileHandle destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        EnsureContentIsDefined();
        if (SignatureEntry is not null && (SignatureEntryDefects.Count > 0 || HasLeadingData))
        {
            throw new InvalidOperationException("The package was not signed in a way that can be undone.");
        }

        return Task.Run(() => WriteUnsigned(destination, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // The slowest algorithm decides, instead of the sum of all; reading again what is in memory costs little beside either.
    private async Task<ContentHashes> HashInParallelAsync(string[] algorithms, CancellationToken cancellationToken)
    {
        var values = await Task.WhenAll(algorithms.Select(algorithm => Task.Run(() => HashContent([algorithm], cancellationToken), cancellationToken))).ConfigureAwait(false);
        return new ContentHashes(values.SelectMany(static value => value));
    }

    private Dictionary<string, byte[]> HashContent(string[] algorithms, CancellationToken cancellationToken)
    {
        var hashes = Array.ConvertAll(algorithms, static algorithm => IncrementalHash.CreateHash(new HashAlgorithmName(algorithm)));
        try
        {
            void Append(ReadOnlySpan<byte> block)
            {
                foreach (var hash in hashes)
                {
                    hash.AppendData(block);
                }
            }

            _content.Read(_file, [.. _content.Body, .. _content.Directory], Append, cancellationToken);
            Append(_content.EndRecordWith(0, 0));
            _content.Read(_file, [_content.Trailer], Append, cancellationToken);
            return hashes.ToDictionary(static hash => hash.AlgorithmName.Name!, static hash => hash.GetHashAndReset());
        }
        finally
        {
            Array.ForEach(hashes, static hash => hash.Dispose());
        }
    }

    private void WriteUnsigned(SafeFileHandle destination, CancellationToken cancellationToken)
    {
        var output = new FileAppender(destination, 0);
        output.Append(_content, _file, [.. _content.Body, .. _content.Directory], cancellationToken);
        output.Append(_content.EndRecordWith(0, 0));
        output.Append(_content, _file, [_content.Trailer], cancellationToken);
    }

    private void AppendSignature(SafeFileHandle destination, ReadOnlySpan<byte> signature, DateTimeOffset entryTime, CancellationToken cancellationToken)
    {
        var start = _content.BodyLength;
        var output = new FileAppender(destination, start);
        output.Append(SignatureEntryWriter.LocalHeaderOf(signature, entryTime));
        output.Append(signature);
        output.Append(_content, _file, _content.Directory, cancellationToken);
        output.Append(SignatureEntryWriter.DirectoryHeaderOf(signature, entryTime, start));
        output.Append(_content.EndRecordWith(SignatureEntryWriter.LocalHeaderLength + signature.Length, SignatureEntryWriter.DirectoryHeaderLength));
        output.Append(_content, _file, [_content.Trailer], cancellationToken);
    }

    private void EnsureCanTakeSignature()
    {
        if (SignatureObstacle is { } obstacle)
        {
            throw new InvalidOperationException(obstacle);
        }
    }

    private void EnsureContentIsDefined()
    {
        if (IsZip64)
        {
            throw new InvalidOperationException("The package is a Zip64 archive.");
        }

        if (_layout.SignatureCount > 1)
        {
            throw new ArchiveFormatException($"The package has more than one entry {SignatureEntry.Name}.");
        }
    }
}
