"""What is sent of a page: the contract's list, and positions that hold in the live page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
CAPTURE = "() => provenance.capture.capture().html"
# The page text of the live page and of what is sent, parsed by the same browser.
BOTH = """() => {
    const text = (root) => { const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); let all = "";
        while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(
            "script,style,noscript,template,iframe,noframes,noembed")) all += walker.currentNode.data;
        return all; };
    const sent = new DOMParser().parseFromString(provenance.capture.capture().html, "text/html");
    return [text(document.body), text(sent.body)];
}"""


@pytest.mark.parametrize(
    ("html", "secret"),
    [
        ("<input value=hunter2>", "hunter2"),
        ("<input type=checkbox checked>", "checked"),
        ("<input type=hidden name=session7 data-key=k9>", "session7"),
        ("<input type=hidden name=session7 data-key=k9>", "k9"),
        ("<textarea>a private draft</textarea>", "private draft"),
        ("<div contenteditable>a private letter</div>", "private letter"),
        ("<article><p role=textbox contenteditable>a comment</p></article>", "a comment"),
        ("<meta name=csrf-token content=abc123>", "abc123"),
        ("<iframe srcdoc='<p>inner</p>'></iframe>", "inner"),
        ("<p onclick='steal()'>x</p>", "steal"),
        ("<script nonce=n0nce>let secretWord</script>", "secretWord"),
        ("<p nonce=n0nce>x</p>", "n0nce"),
        ("<style>.hidden-rule {}</style>", "hidden-rule"),
        ("<noscript>plain words</noscript>", "plain words"),
        ("<template>molded words</template>", "molded words"),
    ],
)
def test_private_and_useless_things_stay_here(run: Run, html: str, secret: str) -> None:
    assert secret not in run(f"<body><p>News.</p>{html}", CAPTURE)


@pytest.mark.parametrize(
    "kept",
    [
        "<meta property=\"og:site_name\" content=\"The Ferry Post\">",
        "<link rel=\"canonical\" href=\"https://news.example/a\">",
        "<title>Bridge</title>",
        "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\"}</script>",
        "<article contenteditable=\"true\"><p>An editable article.</p></article>",
        "<time datetime=\"2024-10-05\" class=\"when\">5 October</time>",
    ],
)  # fmt: skip
def test_what_the_engine_reads_is_kept(run: Run, kept: str) -> None:
    assert kept in run(kept, CAPTURE)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Plain <b>and</b> bold.</p><!-- a comment --><p>More.",
        "<pre>\n\n  two line feeds</pre><p>After.",
        "<textarea>\n\none 😀 two</textarea><p>After.",
        "<noscript>no</noscript><p>a<noscript>b</noscript>c<p>d",
        "<div contenteditable>draft 😀</div><p>After.",
        "<table><tr><td>a<td>b</table><svg><style>x</style><text>label</text></svg><p>c",
        "<p>emoji 😀 and e\u0301 and \u00a0 space",
    ],
)
def test_positions_hold_in_the_live_page(run: Run, html: str) -> None:
    live, sent = run(f"<body>{html}", BOTH)
    assert len(sent) == len(live)
    assert "After" not in live or sent.index("After") == live.index("After")


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("https://news.example/a?id=7&utm_source=x&fbclid=y#part", "https://news.example/a?id=7"),
        ("https://user:word@news.example/a", "https://news.example/a"),
        ("file:///home/me/page.html", None),
        ("about:blank", None),
    ],
)
def test_addresses_lose_what_tells_of_the_reader(run: Run, address: str, sent: str | None) -> None:
    assert run("<p>x", "(address) => provenance.capture.cleanUrl(address)", address) == sent
