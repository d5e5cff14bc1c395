"""The ways of one claim, joined over all articles that pass it on, and the origins where they begin.

A graph of who passed it on to whom. An outlet that one article cites and that has an article of its own in the group is
one node, so a way goes on where the cited article takes it up. An unnamed source is known only to those who spoke with
it: two unnamed sources of one outlet for one claim count as one, those of different outlets as different ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import networkx as nx

from provenance import outlets
from provenance.origin.statement import Named, Statement

UNNAMED = ("anonymous", "vague")
# Words around a name that are no part of it: “the Telegram channel Rybar”, “a post by Rybar on X”.
AROUND = frozenset(
    [
        "the", "a", "an", "of", "on", "by", "in", "to", "channel", "channels", "telegram", "account", "accounts",
        "post", "posts", "user", "x", "twitter", "facebook", "instagram", "tiktok", "youtube", "blog", "blogger",
        "page", "group", "agency", "newspaper", "newswire", "mr", "mrs", "ms", "dr", "president", "minister",
        "spokesman", "spokeswoman", "spokesperson", "general", "colonel", "senator", "its", "his", "her", "their",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody on the way. kind: one of `provenance.analysis.KINDS`, or `circle` (outlets that cite each other)."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where ways begin, and those that depend on it. `told`: who passed it on first, where the origin is unnamed."""

    node: Node
    told: Node | None
    articles: tuple[str, ...]
    outlets: tuple[str, ...]


@dataclass(slots=True)
class Web:
    """All of one claim. origins: the most used first. of: statement's id → ids of the nodes it goes back to."""

    statements: list[Statement]
    nodes: dict[str, Node]
    edges: dict[tuple[str, str], int]
    publishers: dict[str, str]  # statement id → node id
    origins: list[Origin] = field(default_factory=list)
    of: dict[str, list[str]] = field(default_factory=dict)

    def independent(self) -> list[str]:
        """Articles with an origin that no other outlet depends on."""
        alone = {article for o in self.origins if len(o.outlets) == 1 for article in o.articles}
        return sorted(alone)


def web(statements: Sequence[Statement]) -> Web:
    """Joins the ways of statements that pass on one claim."""
    names = _Names(statements)
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str], int] = {}
    publishers: dict[str, str] = {}
    for s in statements:
        publisher = names.outlet(s.publisher)
        publishers[s.id] = publisher.id
        nodes.setdefault(publisher.id, publisher)
        for way in _ways(s, names):
            for a, b in pairwise(way):
                edges[a.id, b.id] = edges.get((a.id, b.id), 0) + 1
            for node in way:
                nodes.setdefault(node.id, node)
    found = Web(list(statements), nodes, edges, publishers)
    _find_origins(found)
    return found


def _ways(s: Statement, names: _Names) -> Iterable[list[Node]]:
    """From origin to publisher, for each source and each way."""
    publisher = names.outlet(s.publisher)
    for way in s.via or ((),):
        relays = [names.node(relay, None) for relay in way]
        tail = [n for n, before in zip([*relays, publisher], [None, *relays], strict=True) if n != before]
        for source in s.sources or (None,):
            head = [names.node(source, tail[0])] if source else []
            yield [n for i, n in enumerate([*head, *tail]) if i == 0 or n != [*head, *tail][i - 1]]


def _find_origins(found: Web) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(found.nodes)
    graph.add_edges_from(found.edges)
    whole = nx.condensation(graph)
    part = whole.graph["mapping"]
    roots: dict[int, Node] = {}
    for number in whole:
        if whole.in_degree(number) == 0:
            inside = sorted(whole.nodes[number]["members"])
            if len(inside) == 1:
                roots[number] = found.nodes[inside[0]]
            else:
                name = " ⇄ ".join(found.nodes[i].name for i in inside)
                roots[number] = Node("circle:" + "|".join(inside), name, "circle")
                found.nodes[roots[number].id] = roots[number]
    articles: dict[int, dict[str, str]] = {}
    for s in found.statements:
        home = part[found.publishers[s.id]]
        starts = [n for n in sorted({home, *nx.ancestors(whole, home)}) if n in roots]
        found.of[s.id] = [roots[n].id for n in starts]
        for n in starts:
            articles.setdefault(n, {})[s.article] = s.outlet
    for n, used in articles.items():
        following = [found.nodes[b] for a, b in found.edges if a == roots[n].id]
        told = following[0] if roots[n].kind in UNNAMED and following else None
        found.origins.append(Origin(roots[n], told, tuple(sorted(used)), tuple(sorted(set(used.values())))))
    found.origins.sort(key=lambda o: (-len(o.articles), o.node.id))


class _Names:
    """Which words stand for the same node, within one claim."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._papers: dict[str, str] = {}
        for s in statements:
            self._papers.setdefault(_paper(s.publisher), s.publisher)
        people = [
            n for s in statements for n in (*s.sources, *(r for way in s.via for r in way)) if n.kind not in UNNAMED
        ]
        cores = sorted({_core(n.name) for n in people}, key=lambda c: (-len(c), sorted(c)))
        # The fullest name stands for the shorter ones, unless two fuller ones could be meant.
        self._full = {
            c: (above[0] if len(above := [f for f in cores if c < f and not any(f < g for g in cores)]) == 1 else c)
            for c in cores
        }
        self._shown: dict[frozenset[str], str] = {}
        for n in people:
            core = self._full[_core(n.name)]
            if len(n.name) > len(self._shown.get(core, "")) and _core(n.name) == core:
                self._shown[core] = n.name

    def outlet(self, name: str) -> Node:
        key = _paper(name)
        shown = outlets.canonical(name) or self._papers.get(key) or re.sub(r"^[Tt]he ", "", name)
        return Node(f"media:{key}", shown, "media")

    def node(self, named: Named, after: Node | None) -> Node:
        """The node of a source or a relay; `after`: who passed it on, by whom an unnamed source is told apart."""
        if named.kind in UNNAMED:
            return Node(f"{named.kind}:{after.id if after else named.name.lower()}", named.name, named.kind)
        if named.kind == "media" or _paper(named.name) in self._papers:
            return self.outlet(named.name)
        core = self._full[_core(named.name)]
        return Node("named:" + " ".join(sorted(core)), self._shown.get(core, named.name), named.kind)


def _paper(name: str) -> str:
    """One key for `Kyiv Post`, `the Kyiv Post`, `kyivpost.com`."""
    known = outlets.canonical(name)
    bare = re.sub(r"\.(?:com|org|net|co\.\w+|\w{2,4})$", "", (known or name).lower().removeprefix("www."))
    return re.sub(r"\W", "", re.sub(r"^the\s+", "", bare)) or name.lower()


def _core(name: str) -> frozenset[str]:
    words = re.findall(r"\w+", re.sub(r"['’]s\b", "", name.lower()))
    return frozenset(w for w in words if w not in AROUND) or frozenset(words) or frozenset([name])
