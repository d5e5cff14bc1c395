"""What was found, in words and as JSON (docs/origin.md has the schema)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from provenance.origin.chains import UNNAMED, Origin, Web

VERSION = "1"
KINDS = {
    "anonymous": "an unnamed source", "vague": "a crowd nobody can ask", "social-media": "on social media",
    "circle": "they only cite each other",
}  # fmt: skip


def sentence(web: Web) -> str:
    """*23 articles of 14 outlets; 21 go back to a channel (on social media), which cites one unnamed source; …*"""
    articles = {s.article for s in web.statements}
    outlets = {s.outlet for s in web.statements}
    parts = [f"{_count(len(articles), 'article')} of {_count(len(outlets), 'outlet')}"]
    first, *others = web.origins
    if len(articles) == 1:
        return f"{parts[0]}, from {_named(first)}."
    verb = "goes" if len(first.articles) == 1 else "go"
    if len(web.origins) > 1 and len(first.outlets) == 1:
        parts.append(f"{len(web.origins)} origins, none shared by two outlets")
    else:
        everyone = "both" if len(articles) == 2 else "all"
        who = everyone if len(first.articles) == len(articles) else len(first.articles)
        parts.append(f"{who} {verb} back to {_named(first)}")
        for other in [o for o in others if len(o.outlets) > 1]:
            parts.append(f"{len(other.articles)} to {_named(other)}")
    alone = len(web.independent())
    if alone == 0:
        parts.append("none is independent" if len(web.origins) == 1 else "none stands alone")
    elif len(first.outlets) > 1:
        parts.append(f"{alone} {'has' if alone == 1 else 'have'} an origin of {'its' if alone == 1 else 'their'} own")
    return "; ".join(parts) + "."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _named(origin: Origin) -> str:
    if origin.told:
        teller = f"{origin.told.name} ({KINDS[origin.told.kind]})" if origin.told.kind in KINDS else origin.told.name
        return f"{teller}, which cites one unnamed source (“{origin.node.name}”)"
    kind = KINDS.get(origin.node.kind)
    return f"{origin.node.name} ({kind})" if kind else origin.node.name


def to_dict(webs: Sequence[Web], least: int = 2) -> dict[str, Any]:
    """The answer, JSON-ready: one object for each claim that at least `least` articles pass on."""
    groups = [
        _group(f"g{n}", web) for n, web in enumerate(webs, 1) if len({s.article for s in web.statements}) >= least
    ]
    return {"version": VERSION, "statements": sum(len(w.statements) for w in webs), "groups": groups}


def _group(identity: str, web: Web) -> dict[str, Any]:
    ids = {key: f"n{n}" for n, key in enumerate(web.nodes, 1)}
    independent = set(web.independent())
    return {
        "id": identity,
        "text": sentence(web),
        "claim": max((s.claim for s in web.statements), key=len),
        "articles": len({s.article for s in web.statements}),
        "outlets": len({s.outlet for s in web.statements}),
        "independent_origins": len(web.origins),
        "independent_articles": sorted(independent),
        "origins": [
            {
                "node": ids[o.node.id], "name": o.node.name, "kind": o.node.kind, "unnamed": o.node.kind in UNNAMED,
                "told": o.told and ids[o.told.id], "articles": len(o.articles), "outlets": len(o.outlets),
            }
            for o in web.origins
        ],
        "nodes": [{"id": ids[key], "name": n.name, "kind": n.kind} for key, n in web.nodes.items()],
        "edges": [{"from": ids[a], "to": ids[b], "statements": n} for (a, b), n in web.edges.items()],
        "statements": [
            {
                "id": s.id, "article": s.article, "publisher": s.publisher, "outlet": s.outlet, "url": s.url,
                "date": s.date and s.date.isoformat(), "claim": s.claim, "node": ids[web.publishers[s.id]],
                "origins": [ids[o] for o in web.of[s.id]], "independent": s.article in independent,
            }
            for s in web.statements
        ],
    }  # fmt: skip
