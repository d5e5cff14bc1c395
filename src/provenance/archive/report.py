"""The report of a corpus: one HTML page with charts, and a CSV file for each of its tables."""

from __future__ import annotations

import csv
from html import escape
from pathlib import Path

from provenance.archive.figures import Share, count, tables

MOST = 25  # bars in a chart; the CSV has all
TITLES = {
    "marks": "Articles with a mark",
    "outlets-anonymous-source": "Anonymous sources, by outlet",
    "outlets-unverified-claim": "Unverified claims, by outlet",
    "months-anonymous-source": "Anonymous sources, by month",
    "months-unverified-claim": "Unverified claims, by month",
    "kinds": "Kinds of sources",
    "kinds-articles": "Articles by the kinds of their sources",
    "reasons": "Reasons for the marks",
    "cited": "Most cited outlets",
    "anonymity": "Reasons given for anonymity",
    "rejects": "Records that are not in these figures",
}
CSS = """:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--bar:#2a5d9f;--span:#b04a00;--soft:#595959}
@media(prefers-color-scheme:dark){:root{--ink:#eee;--paper:#161616;--bar:#7fb0ea;--span:#ffb070;--soft:#bbb}}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:var(--ink);
background:var(--paper)}
svg{max-width:100%;height:auto}text{font:13px system-ui,sans-serif;fill:var(--ink)}.bar{fill:var(--bar)}
.span{stroke:var(--span);stroke-width:2}.axis{stroke:var(--soft)}.note,small{color:var(--soft)}.soft{fill:var(--soft)}"""


class Empty(ValueError):
    """A corpus without a single article."""


def write(folder: Path, out: Path) -> None:
    """Writes `report.html` and the CSV tables into `out`. Raises `Empty`."""
    found = count(folder)
    if not found.articles:
        raise Empty(f"{folder} holds no article yet")
    out.mkdir(parents=True, exist_ok=True)
    charts = []
    for name, (what, shares) in tables(found).items():
        _csv(out / f"{name}.csv", shares)
        if shares:
            charts.append(_section(name, what, shares))
    head = (
        f"{found.articles:,} articles of {len(found.outlets):,} outlets, {found.sentences:,} sentences, "
        f"{sum(found.kinds.values()):,} sources."
    )
    (out / "report.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sourcing in this corpus</title>'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>{CSS}</style></head><body>"
        f"<h1>Sourcing in this corpus</h1><p>{head}</p><p class=note>Bars are shares, lines their 95 % intervals "
        "(Wilson), taking articles as independent. Marks are found by a program that errs: figures of two outlets "
        "compare better than either alone. Unverified means: not verified in the article.</p>"
        f"{''.join(charts)}</body></html>",
        "utf-8",
    )


def _csv(path: Path, shares: list[Share]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "count", "of", "share", "low", "high"])
        for share in shares:
            low, high = share.interval
            writer.writerow(
                [_cell(share.name), share.hits, share.total, f"{share.value:.6f}", f"{low:.6f}", f"{high:.6f}"]
            )


def _cell(text: str) -> str:
    """A name from a page never becomes a formula in somebody's spreadsheet."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _section(name: str, what: str, shares: list[Share]) -> str:
    shown = shares[-MOST:] if name.startswith("months") else shares[:MOST]
    rest = (
        f" The {'last' if name.startswith('months') else 'first'} {MOST} of {len(shares)}."
        if len(shares) > MOST
        else ""
    )
    note = f"<p><small>Share: {escape(what)}.{rest} All in {name}.csv.</small></p>"
    return f"<section><h2>{TITLES[name]}</h2>{note}{_bars(TITLES[name], shown)}</section>"


def _bars(title: str, shares: list[Share]) -> str:
    """Horizontal bars from 0 to the highest upper bound, each with its interval and its count."""
    row, left, wide = 24, 230, 420
    most = max(0.01, *(s.interval[1] for s in shares))
    parts = []
    for n, share in enumerate(shares):
        low, high = (left + wide * bound / most for bound in share.interval)
        y = n * row + 4
        name = share.name if len(share.name) <= 32 else share.name[:31] + "…"
        bounds = "–".join(f"{100 * bound:.1f}" for bound in share.interval)
        count = f"{100 * share.value:.1f} % ({share.hits:,} of {share.total:,}; {bounds})"
        parts.append(
            f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{escape(name)}'
            f"<title>{escape(share.name)}</title></text>"
            f'<rect class="bar" x="{left}" y="{y}" width="{wide * share.value / most:.1f}" height="16"/>'
            f'<line class="span" x1="{low:.1f}" x2="{high:.1f}" y1="{y + 8}" y2="{y + 8}"/>'
            f'<text class="soft" x="{left + wide + 10}" y="{y + 13}">{count}</text>'
        )
    height = len(shares) * row + 8
    return (
        f'<svg role="img" viewBox="0 0 {left + wide + 270} {height}"><title>{escape(title)}</title>'
        f'<line class="axis" x1="{left}" x2="{left}" y1="0" y2="{height}"/>{"".join(parts)}</svg>'
    )
