namespace Sign.Build.Testing;

/// <summary>How a package is changed.</summary>
public enum PackageMutationKind
{
    /// <summary>One bit.</summary>
    Bit,

    /// <summary>Cut off.</summary>
    Truncation,

    /// <summary>Bytes put in, nothing adapted to them.</summary>
    Insertion,

    /// <summary>Bytes taken out, nothing adapted.</summary>
    Removal,

    /// <summary>Several bytes replaced.</summary>
    Overwriting,

    /// <summary>A part written twice.</summary>
    Doubling,

    /// <summary>A field of a header.</summary>
    Field,

    /// <summary>The headers of the directory in another order.</summary>
    DirectoryOrder,

    /// <summary>A header of the directory taken out or written twice.</summary>
    DirectoryEntries,

    /// <summary>A comment at the end.</summary>
    Comment,

    /// <summary>Bytes before an entry, with all positions adapted.</summary>
    Gap,

    /// <summary>Bytes between the signature and the directory, with all positions adapted.</summary>
    GapAfterSignature,

    /// <summary>A name in other case, in both headers.</summary>
    Name,
}

/// <summary>A changed package.</summary>
/// <param name="Kind">How it is changed.</param>
/// <param name="Description">What was changed, with positions: enough to understand a failure.</param>
/// <param name="Bytes">The changed package.</param>
public sealed record PackageMutation(PackageMutationKind Kind, string Description, byte[] Bytes);
