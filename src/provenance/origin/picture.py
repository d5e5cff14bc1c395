"""The ways of a claim as a picture: origins on the left, who passed it on to the right. One self-contained page."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import Any

import networkx as nx

WIDE, HIGH, GAP_X, GAP_Y = 190, 34, 70, 14
CSS = """body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;
color:#1a1a1a;background:#fff}
svg{max-width:100%;height:auto}rect{fill:#f4f4f2;stroke:#767676;rx:5px}text{font:13px system-ui,sans-serif;fill:#1a1a1a}
path{fill:none;stroke:#767676}.anonymous rect,.vague rect{fill:#fff3d6;stroke:#8a5a00;stroke-dasharray:4 3}
.social-media rect{fill:#e6f0fb;stroke:#2a5d9f}.origin rect{stroke-width:3px}.kind{font-size:10px;fill:#595959}
table{border-collapse:collapse}td,th{padding:.2rem .7rem;text-align:left;border-bottom:1px solid #ddd}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}text{fill:#eee}.kind{fill:#bbb}rect{fill:#262626}
.anonymous rect,.vague rect{fill:#3a2f14}.social-media rect{fill:#1b2b40}td,th{border-color:#444}}"""


def svg(group: dict[str, Any]) -> str:
    """The graph of one group of the answer."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(n["id"] for n in group["nodes"] if n["kind"] != "circle")
    graph.add_edges_from((e["from"], e["to"]) for e in group["edges"])
    columns = _columns(graph)
    place = {
        n: (c * (WIDE + GAP_X) + 6, r * (HIGH + GAP_Y) + 6)
        for c, column in enumerate(columns)
        for r, n in enumerate(column)
    }
    width = len(columns) * (WIDE + GAP_X) - GAP_X + 12
    height = max(map(len, columns), default=0) * (HIGH + GAP_Y) - GAP_Y + 12
    lines = "".join(_line(place[e["from"]], place[e["to"]]) for e in group["edges"] if e["from"] != e["to"])
    starts = {o["node"] for o in group["origins"]}
    boxes = "".join(_box(n, place[n["id"]], n["id"] in starts) for n in group["nodes"] if n["id"] in place)
    arrow = (
        '<marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8"/></marker>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="img">'
        f"<title>{escape(group['text'])}</title><defs>{arrow}</defs>{lines}{boxes}</svg>"
    )


def _columns(graph: nx.DiGraph[str]) -> list[list[str]]:
    """By the longest way from an origin; outlets that cite each other share a column."""
    whole = nx.condensation(graph)
    columns = [
        sorted(n for part in generation for n in whole.nodes[part]["members"])
        for generation in nx.topological_generations(whole)
    ]
    for _ in range(2):  # nodes beside those they come from: fewer lines cross
        for left, right in pairwise(columns):
            rank = {n: i for i, n in enumerate(left)}
            right.sort(
                key=lambda n: sum(found := [rank[p] for p in graph.predecessors(n) if p in rank] or [0]) / len(found)
            )
    return columns


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1, x2, y2 = start[0] + WIDE, start[1] + HIGH // 2, end[0], end[1] + HIGH // 2
    return f'<path d="M{x1} {y1}C{x1 + GAP_X // 2} {y1} {x2 - GAP_X // 2} {y2} {x2} {y2}" marker-end="url(#end)"/>'


def _box(node: dict[str, Any], at: tuple[int, int], origin: bool) -> str:
    name = node["name"] if len(node["name"]) <= 24 else node["name"][:23] + "…"
    return (
        f'<g class="{escape(node["kind"])}{" origin" if origin else ""}">'
        f"<title>{escape(node['name'])} ({escape(node['kind'])})</title>"
        f'<rect x="{at[0]}" y="{at[1]}" width="{WIDE}" height="{HIGH}"/>'
        f'<text x="{at[0] + 8}" y="{at[1] + 15}">{escape(name)}</text>'
        f'<text class="kind" x="{at[0] + 8}" y="{at[1] + 28}">{escape(node["kind"])}'
        f"{', an origin' if origin else ''}</text></g>"
    )


def page(answer: dict[str, Any], most: int = 50) -> str:
    """A page with the `most` widest claims, each with its sentence, its graph and its articles."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Where stories come from</title>'
        f"<style>{CSS}</style></head><body><h1>Where stories come from</h1><p>{answer['statements']} statements, "
        f"{len(answer['groups'])} claim(s) that more than one article passes on. "
        "Independence is counted by origin, not by outlet.</p>"
        f"{''.join(map(_section, answer['groups'][:most]))}</body></html>"
    )


def _section(group: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(s['publisher'])}</td><td>{escape(s['date'] or '')}</td><td>{escape(s['claim'])}</td></tr>"
        for s in group["statements"]
    )
    head = "<tr><th>Publisher<th>Date<th>Claim</tr>"
    table = f"<details><summary>What each says</summary><table>{head}{rows}</table></details>"
    return f"<section><h2>{escape(group['claim'])}</h2><p>{escape(group['text'])}</p>{svg(group)}{table}</section>"
