namespace SignedLib;

/// <summary>Something to put into a package.</summary>
public static class Greeting
{
    /// <summary>Greets by name.</summary>
    public static string For(string name) => $"Hello, {name}!";
}
