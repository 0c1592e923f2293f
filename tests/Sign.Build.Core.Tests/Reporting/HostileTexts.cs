namespace Sign.Build.Core.Tests.Reporting;

/// <summary>What a certificate's subject or a package's version can hold to become more than text.</summary>
internal static class HostileTexts
{
    public static readonly string[] All =
    [
        "a | b || c",
        "[click](https://evil.example)",
        "![pixel](https://evil.example/p.png)",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "`code` ``two`` ```",
        "line\n## heading\n| row |",
        "line\r\n::error::forged",
        "::set-output name=x::y",
        "##vso[task.setvariable variable=x]y",
        "###vso[task.setvariable variable=x]y",
        "##[error]forged",
        "###[command]####vso[task.complete]",
        "# heading",
        "- item",
        "1. item",
        "> quote",
        "***bold*** ~~gone~~ __under__",
        "\\| \\` &lt;b&gt; &#124;",
        "@octocat somebody@evil.example",
        "https://evil.example www.evil.example",
        "\"'><svg onload=alert(1)>",
        "]]> <!-- --> <![CDATA[",
        "\0\u0001\u0008\u001b[31m\u007f\u0085\ufffe\uffff",
        "\ud800 \udc00",
        "\u2066left\u2069 \u061cmark \ufeffbom \u00adsoft",
        "\u202egnp.exe \u200b\u2028\u2029",
        "$(Secret) %24(Secret) @(Item) %(Meta)",
    ];
}
