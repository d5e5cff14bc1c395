"""The chain of sources as a picture (SVG): this page on the left, whoever it heard from to the right of it."""

from __future__ import annotations

from html import escape

from provenance.analysis import Analysis
from provenance.explain import shortened
from provenance.formats.safe import plain

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y = 210, 34, 46, 12


def chain_svg(analysis: Analysis) -> str:
    """A drawing of every way in the article, readable with a screen reader: its title says each way in words."""
    names = {s.id: plain(s.name) for s in analysis.sources}
    kinds = {s.id: s.kind for s in analysis.sources}
    spoken = [s for s in analysis.sources if s.mentions]
    ways = [(*reversed(way), s.id) for s in spoken for way in s.via]
    if not ways:
        return "<p>The article attributes nothing.</p>"
    page = plain(analysis.article.publisher or "this page")
    rows = len(ways)
    depth = max(len(way) for way in ways)
    height = rows * (_HEIGHT + _GAP_Y) + _GAP_Y
    middle = height / 2
    parts = [_box(0, middle - _HEIGHT / 2, page, "page")]
    for row, way in enumerate(ways):
        y = _GAP_Y + row * (_HEIGHT + _GAP_Y)
        previous = (_WIDTH, middle)
        for column, identifier in enumerate(way, 1):
            x = column * (_WIDTH + _GAP_X)
            parts.append(_arrow(previous, (x, y + _HEIGHT / 2)))
            parts.append(_box(x, y, names[identifier], kinds[identifier]))
            previous = (x + _WIDTH, y + _HEIGHT / 2)
    said = "; ".join(f"{page} from {', who had it from '.join(names[i] for i in way)}" for way in ways)
    width = (depth + 1) * (_WIDTH + _GAP_X)
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{escape(said)}">'
        f"<title>{escape(said)}</title>{''.join(parts)}</svg>"
    )


def _box(x: float, y: float, name: str, kind: str) -> str:
    label = name if len(name) <= 29 else shortened(name)[:28].rstrip() + "…"
    return (
        f'<rect class="{escape(kind)}" x="{x + 1}" y="{y:.1f}" width="{_WIDTH - 2}" height="{_HEIGHT}" rx="6"/>'
        f'<text x="{x + 10}" y="{y + 22:.1f}">{escape(label)}</text>'
    )


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    x1, y1 = start
    x2, y2 = end
    bend = (x1 + x2) / 2
    return f'<path d="M{x1} {y1:.1f} C{bend} {y1:.1f} {bend} {y2:.1f} {x2} {y2:.1f}"/>'
