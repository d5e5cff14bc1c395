"""The result of an analysis: plain frozen data, and its wire form.

`Analysis.to_dict()` is the answer of `POST /v1/analyze`, field for field. All offsets count Unicode code points.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

MARKS = ("anonymous-source", "unverified-claim")
KINDS = ("person", "organisation", "document", "media", "social-media", "anonymous", "vague")


@dataclass(frozen=True, slots=True)
class Place:
    """A range of code points, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where words stand in the page text: a W3C Web Annotation target without its source."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "selector": [
                {"type": "TextPositionSelector", "start": self.start, "end": self.end},
                {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix},
            ]
        }


def _target(target: Target | None) -> dict[str, Any] | None:
    return target.to_dict() if target else None


@dataclass(frozen=True, slots=True)
class Part:
    """One run of words of an attribution, inside one sentence."""

    text: str
    target: Target | None

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "target": _target(self.target)}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one role of an attribution: one or more runs, joined by “ … ” when read as one text."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return " … ".join(part.text for part in self.parts)

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "parts": [part.to_dict() for part in self.parts]}


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    title: str | None
    byline: str | None
    publisher: str | None
    date: str | None  # ISO 8601, to the day
    language: str | None  # ISO 639-1
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """start, end in the article's text; `at` in the page text, None where the sentence could not be placed."""

    start: int
    end: int
    at: Place | None


@dataclass(frozen=True, slots=True)
class Source:
    """One distinct source, or relay, of the article. `via`: the ways its statements came, nearest to it first."""

    id: str
    name: str
    kind: str
    mentions: tuple[str, ...]
    via: tuple[tuple[str, ...], ...]
    count: str | None = None
    position: str | None = None
    basis: str | None = None
    description: int | None = None
    anonymity_reason: str | None = None
    reason_boilerplate: bool | None = None
    corroborated_by: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    id: str
    sentence: int
    sentences: tuple[int, ...]
    source: str | None
    sources: tuple[str, ...]
    via: tuple[tuple[str, ...], ...]
    cue: Words | None
    mention: Words | None
    content: Words
    quote: str  # direct | indirect | mixed
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "sentence": self.sentence,
            "sentences": list(self.sentences),
            "source": self.source,
            "sources": list(self.sources),
            "via": [list(way) for way in self.via],
            "cue": self.cue and self.cue.to_dict(),
            "mention": self.mention and self.mention.to_dict(),
            "content": self.content.to_dict(),
            "quote": self.quote,
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that show a reason, and the sentence that they stand in."""

    text: str
    sentence: int
    target: Target | None

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "sentence": self.sentence, "target": _target(self.target)}


@dataclass(frozen=True, slots=True)
class Reason:
    mark: str
    code: str
    text: str
    confidence: float
    evidence: Evidence

    def to_dict(self) -> dict[str, Any]:
        return {
            "mark": self.mark,
            "code": self.code,
            "text": self.text,
            "confidence": self.confidence,
            "evidence": self.evidence.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Highlight:
    """One marked sentence. Its confidence is that of its least certain mark (a mark: its surest reason)."""

    id: str
    sentence: int
    marks: tuple[str, ...]
    reasons: tuple[Reason, ...]
    attributions: tuple[str, ...]
    confidence: float
    text: str
    target: Target | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "sentence": self.sentence,
            "marks": list(self.marks),
            "reasons": [reason.to_dict() for reason in self.reasons],
            "attributions": list(self.attributions),
            "confidence": self.confidence,
            "text": self.text,
            "target": _target(self.target),
        }


@dataclass(frozen=True, slots=True)
class Remark:
    """Comment sought, or a denial: `who` are names, `of` the sentence with the claim that is denied."""

    kind: str
    sentence: int
    who: tuple[str, ...]
    of: int | None
    target: Target | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "who": list(self.who),
            "of": self.of,
            "target": _target(self.target),
        }


@dataclass(frozen=True, slots=True)
class Warning:
    code: str
    detail: str
    sentence: int | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "sentence": self.sentence, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Engine:
    """What a researcher cites, and a cache is keyed by."""

    version: str
    model: str
    lexicon: str


@dataclass(frozen=True, slots=True)
class Analysis:
    engine: Engine
    url: str | None
    article: ArticleInfo
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    attributions: tuple[Attribution, ...]
    highlights: tuple[Highlight, ...]
    remarks: tuple[Remark, ...]
    timing_ms: dict[str, float] = field(default_factory=dict)
    warnings: tuple[Warning, ...] = ()

    def summary(self) -> dict[str, Any]:
        """Counts of sentences by mark, and of sources by kind."""
        marked = {mark: sum(mark in h.marks for h in self.highlights) for mark in MARKS}
        kinds = {kind: sum(source.kind == kind for source in self.sources) for kind in KINDS}
        attributed = {a.sentence for a in self.attributions} | {n for a in self.attributions for n in a.sentences}
        return {"sentences": len(self.sentences), "attributed": len(attributed), **marked, "sources": kinds}

    def to_dict(self) -> dict[str, Any]:
        """The answer as the contract has it, JSON-ready."""
        return {
            "version": "1",
            "engine": asdict(self.engine),
            "url": self.url,
            "article": asdict(self.article),
            "sentences": [asdict(sentence) for sentence in self.sentences],
            "sources": [_source(source) for source in self.sources],
            "attributions": [attribution.to_dict() for attribution in self.attributions],
            "highlights": [highlight.to_dict() for highlight in self.highlights],
            "remarks": [remark.to_dict() for remark in self.remarks],
            "summary": self.summary(),
            "timing_ms": self.timing_ms,
            "warnings": [warning.to_dict() for warning in self.warnings],
        }


def _source(source: Source) -> dict[str, Any]:
    return {
        **asdict(source),
        "mentions": list(source.mentions),
        "via": [list(way) for way in source.via],
        "corroborated_by": None if source.corroborated_by is None else list(source.corroborated_by),
    }
