"""The chain of sources as W3C PROV (PROV-JSON): https://www.w3.org/submissions/prov-json/.

The article is an entity of its publisher. Each way of each statement is a row of entities: the statement as its source
made it, then as each relay passed it on, each derived from the one before, the article from the last.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from provenance.analysis import Analysis, Attribution
from provenance.formats.safe import link

_NAMESPACE = "http://www.w3.org/ns/prov#"
_PREFIX = "urn:provenance:"


def write(analysis: Analysis) -> str:
    document = _Document()
    document.add("entity", "p:article", {"prov:label": analysis.article.title or "article", **_address(analysis)})
    document.add(
        "agent",
        "p:publisher",
        {"prov:label": analysis.article.publisher or "the publisher", "prov:type": "prov:Organization"},
    )
    document.relate("wasAttributedTo", {"prov:entity": "p:article", "prov:agent": "p:publisher"})
    for source in analysis.sources:
        document.add("agent", f"p:{source.id}", {"prov:label": source.name, "p:kind": source.kind})
    for attribution in analysis.attributions:
        for number, way in enumerate(attribution.via, 1):
            _add_way(document, attribution, number, way)
    return json.dumps(document.result(), ensure_ascii=False, indent=1)


def _address(analysis: Analysis) -> dict[str, str]:
    url = link(analysis.url)
    return {"p:url": url} if url else {}


def _add_way(document: _Document, attribution: Attribution, number: int, way: tuple[str, ...]) -> None:
    """One row of entities, from the source's own words to the article."""
    if not attribution.sources:
        return
    said = f"p:{attribution.id}.{number}"
    document.add("entity", said, {"prov:label": attribution.content.text, "p:quote": attribution.quote})
    for source in attribution.sources:
        document.relate("wasAttributedTo", {"prov:entity": said, "prov:agent": f"p:{source}"})
    for place, relay in enumerate(way, 1):
        passed_on = f"{said}.{place}"
        document.add("entity", passed_on, {"prov:label": attribution.content.text})
        document.relate("wasAttributedTo", {"prov:entity": passed_on, "prov:agent": f"p:{relay}"})
        document.derive(passed_on, said)
        said = passed_on
    document.derive("p:article", said)


class _Document:
    def __init__(self) -> None:
        self._records: dict[str, dict[str, Any]] = defaultdict(dict)

    def add(self, kind: str, identifier: str, attributes: dict[str, str]) -> None:
        self._records[kind][identifier] = attributes

    def relate(self, relation: str, ends: dict[str, str]) -> None:
        self._records[relation][f"_:{relation}{len(self._records[relation]) + 1}"] = ends

    def derive(self, made: str, used: str) -> None:
        self.relate("wasDerivedFrom", {"prov:generatedEntity": made, "prov:usedEntity": used})

    def result(self) -> dict[str, Any]:
        return {"prefix": {"p": _PREFIX, "prov": _NAMESPACE}, **self._records}
