namespace Sign.Build.Testing;

/// <summary>Rearranges the ASN.1 of a signature: every result is well-formed, so that it gets further than a damaged one.</summary>
public sealed class SignatureMutator(byte[] signature, int seed)
{
    /// <summary>The change with that number: what it is, and the changed signature.</summary>
    public (string Description, byte[] Bytes) Create(int number)
    {
        var random = new Random(Mix(number));
        var tree = DerTree.Parse(signature);
        var changes = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Change(tree, random)).ToList();
        return (string.Join(", ", changes), tree.Encode());
    }

    private static string Change(DerTree tree, Random random)
    {
        var parents = tree.Parents().ToList();
        var index = random.Next(parents.Count);
        var children = parents[index].Children;
        if (children.Count == 0)
        {
            return $"nothing at {index}";
        }

        var child = random.Next(children.Count);
        switch (random.Next(4))
        {
            case 0:
                children.RemoveAt(child);
                return $"removed part {child} of {index}";
            case 1:
                children.Insert(random.Next(children.Count + 1), children[child]);
                return $"doubled part {child} of {index}";
            case 2:
                var other = random.Next(children.Count);
                (children[child], children[other]) = (children[other], children[child]);
                return $"swapped parts {child} and {other} of {index}";
            default:
                var from = random.Next(parents.Count);
                if (parents[from].Children.Count == 0 || parents[from].Parents().Contains(parents[index]))
                {
                    return $"nothing at {index}";
                }

                children[child] = parents[from].Children[random.Next(parents[from].Children.Count)];
                return $"replaced part {child} of {index} by one of {from}";
        }
    }

    // Random gives similar sequences for neighbouring seeds.
    private int Mix(int number) => unchecked((int)((((uint)seed * 0x9E3779B9u) ^ ((uint)number * 0x85EBCA6Bu)) * 0xC2B2AE35u >> 1));
}
