"""The highlights as a W3C AnnotationPage (JSON-LD): https://www.w3.org/TR/annotation-model/."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from provenance.analysis import Analysis, Highlight, Reason
from provenance.formats.safe import link


def write(analysis: Analysis) -> str:
    """One annotation for each highlight; its bodies are the reasons, in words and as tags."""
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": _urn(analysis, "page"),
        "type": "AnnotationPage",
        "partOf": {
            "id": _urn(analysis, "collection"),
            "type": "AnnotationCollection",
            "label": f"Sources of “{analysis.article.title or 'an article'}”",
            "total": len(analysis.highlights),
        },
        "startIndex": 0,
        "items": [_annotation(analysis, highlight) for highlight in analysis.highlights],
    }
    return json.dumps(page, ensure_ascii=False, indent=1)


def _annotation(analysis: Analysis, highlight: Highlight) -> dict[str, Any]:
    return {
        "id": _urn(analysis, highlight.id),
        "type": "Annotation",
        "motivation": "assessing",
        "generator": {"type": "Software", "name": f"Provenance {analysis.engine.version}"},
        "body": [body for reason in highlight.reasons for body in _bodies(reason)],
        "target": {"source": link(analysis.url) or _urn(analysis, "text"), "selector": _selectors(highlight)},
    }


def _bodies(reason: Reason) -> list[dict[str, str]]:
    return [
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "language": "en",
            "value": reason.text,
        },
        {"type": "TextualBody", "purpose": "tagging", "value": f"{reason.mark}/{reason.code}"},
    ]


def _selectors(highlight: Highlight) -> list[dict[str, Any]]:
    if highlight.target:
        selectors: list[dict[str, Any]] = highlight.target.to_dict()["selector"]
        return selectors
    return [{"type": "TextQuoteSelector", "exact": highlight.text}]


def _urn(analysis: Analysis, part: str) -> str:
    """The same article, engine and part give the same identifier."""
    engine = analysis.engine
    name = "\n".join([analysis.url or analysis.article.text, engine.version, engine.model, engine.lexicon, part])
    return uuid5(NAMESPACE_URL, name).urn
