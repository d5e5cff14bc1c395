"""One self-contained page: the article with its highlights and their reasons, the sources, a picture of their chain.

Nothing in it loads or runs anything: a content security policy allows its own style and no more.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files

from provenance.analysis import Analysis, Highlight, Source
from provenance.formats.chart import chain_svg
from provenance.formats.safe import link, plain

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write(analysis: Analysis) -> str:
    """The report as one HTML document."""
    title = analysis.article.title or "Article"
    style = (files(__package__) / "report.css").read_text("utf-8")
    counts = analysis.summary()
    lead = (
        f"{counts['sentences']} sentences: {counts['anonymous-source']} rest on anonymous sources, "
        f"{counts['unverified-claim']} carry claims that were not verified here."
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width">
<title>{_e(title)} – sources</title>
<style>{style}</style>
</head>
<body>
<header><h1>{_e(title)}</h1><p>{_origin(analysis)}</p><p>{_e(lead)}</p></header>
<main>
<article>{_article(analysis)}</article>
<section aria-labelledby="chain"><h2 id="chain">Where it comes from</h2>{chain_svg(analysis)}</section>
<section aria-labelledby="sources"><h2 id="sources">Sources</h2><ul>{_sources(analysis)}</ul></section>
</main>
<footer>Provenance {_e(analysis.engine.version)}, {_e(analysis.engine.model)}, {_e(analysis.engine.lexicon)}. \
A mark says that somebody is not named, or that something was not checked here, not that it is untrue.</footer>
</body>
</html>
"""


def _e(text: str) -> str:
    return escape(plain(text))


def _origin(analysis: Analysis) -> str:
    parts = [_e(part) for part in (analysis.article.publisher, analysis.article.byline, analysis.article.date) if part]
    url = link(analysis.url)
    if url:
        parts.append(f'<a href="{escape(url)}" rel="noreferrer noopener">{escape(url)}</a>')
    return " · ".join(parts)


def _article(analysis: Analysis) -> str:
    marked = {h.sentence: h for h in analysis.highlights}
    out: list[str] = ["<p>"]
    notes: list[str] = []
    end = 0
    for number, sentence in enumerate(analysis.sentences):
        if "\n" in analysis.article.text[end : sentence.start] and number:
            out.append(f"</p>{_notes(notes)}<p>")
            notes = []
        words = _e(analysis.article.text[sentence.start : sentence.end])
        highlight = marked.get(number)
        if highlight:
            notes.append(_note(highlight))
            words = f'<mark class="{" ".join(highlight.marks)}" aria-describedby="{highlight.id}">{words}</mark>'
        out.append(words + " ")
        end = sentence.end
    out.append(f"</p>{_notes(notes)}")
    return "".join(out)


def _note(highlight: Highlight) -> str:
    reasons = "".join(
        f'<li class="{r.mark}"><b>{_e(r.mark.replace("-", " "))}</b> · {_e(r.code)}: {_e(r.text)}</li>'
        for r in highlight.reasons
    )
    return f'<ul class="why" id="{highlight.id}">{reasons}</ul>'


def _notes(notes: list[str]) -> str:
    return "".join(notes)


def _sources(analysis: Analysis) -> str:
    return "".join(f"<li>{_source(source)}</li>" for source in analysis.sources)


def _source(source: Source) -> str:
    said = [f"{len(source.mentions)} statement{'s' if len(source.mentions) != 1 else ''}"] if source.mentions else []
    if source.kind == "anonymous":
        said.append(f"not named; {source.anonymity_reason or 'no reason given'}")
    return f"<b>{_e(source.name)}</b> <span>{_e(source.kind)}</span> {_e('; '.join(said))}"
