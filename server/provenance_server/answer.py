"""The answer of `POST /v1/analyze`, as a schema: what the OpenAPI document shows, and what tests hold answers against.

The engine makes the answer; nothing here is run for a request. Offsets count Unicode code points, ends excluded.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

Mark = Literal["anonymous-source", "unverified-claim"]
Code = Literal["anonymous", "hedged", "hearsay", "social-media", "vague", "disclaimed", "disputed", "accusation"]
Kind = Literal["person", "organisation", "document", "media", "social-media", "anonymous", "vague"]
Confidence = Field(ge=0, le=1, description="Calibrated: of reasons at 0.9, nine in ten are right.")


class Range(BaseModel):
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class TextPositionSelector(Range):
    """Offsets in the page text."""

    type: Literal["TextPositionSelector"]


class TextQuoteSelector(BaseModel):
    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: str
    suffix: str


class Target(BaseModel):
    """Where words stand in the page text: a W3C Web Annotation target without its source."""

    selector: list[TextPositionSelector | TextQuoteSelector] = Field(min_length=2, max_length=2)


class Part(BaseModel):
    text: str
    target: Target | None


class Words(BaseModel):
    """Runs of words, joined by “ … ” in `text`."""

    text: str
    parts: list[Part]


class Engine(BaseModel):
    """What a researcher cites."""

    version: str
    model: str
    lexicon: str


class Article(BaseModel):
    title: str | None
    byline: str | None
    publisher: str | None
    date: str | None
    language: str | None
    text: str
    words: int


class Sentence(Range):
    """A range of `article.text`; `at` is its range of the page text, null where it could not be placed."""

    at: Range | None


class Source(BaseModel):
    """A distinct source of the article, or one that passed a statement on."""

    id: str
    name: str
    kind: Kind
    mentions: list[str] = Field(description="Ids of the attributions that name it.")
    via: list[list[str]] = Field(description="The ways of its statements, nearest to it first.")
    count: Literal["one", "several", "unknown"] | None
    position: str | None
    basis: str | None
    description: int | None = Field(ge=0, le=2, description="0 bare, 1 position, 2 how they know.")
    anonymity_reason: str | None
    reason_boilerplate: bool | None
    corroborated_by: list[str] | None


class Attribution(BaseModel):
    """Who says what, by which words."""

    id: str
    sentence: int
    sentences: list[int]
    source: str | None
    sources: list[str]
    via: list[list[str]]
    cue: Words | None
    mention: Words | None
    content: Words
    quote: Literal["direct", "indirect", "mixed"]
    confidence: float = Confidence


class Evidence(BaseModel):
    text: str
    sentence: int
    target: Target | None


class Reason(BaseModel):
    mark: Mark
    code: Code
    text: str
    confidence: float = Confidence
    evidence: Evidence


class Highlight(BaseModel):
    """A marked sentence."""

    id: str
    sentence: int
    marks: list[Mark] = Field(min_length=1)
    reasons: list[Reason] = Field(min_length=1)
    attributions: list[str]
    confidence: float = Confidence
    text: str
    target: Target | None


class Remark(BaseModel):
    kind: Literal["comment-sought", "denial"]
    sentence: int
    who: list[str]
    of: int | None = Field(description="The sentence with the claim that is denied.")
    target: Target | None


class Summary(BaseModel):
    sentences: int
    attributed: int
    anonymous_source: int = Field(alias="anonymous-source")
    unverified_claim: int = Field(alias="unverified-claim")
    sources: dict[Kind, int]


class Warning(BaseModel):
    code: str = Field(description="`unplaced`, `replaced-bytes`, …")
    sentence: int | None
    detail: str


class Analysis(BaseModel):
    """The analysis of one page."""

    version: Literal["1"]
    engine: Engine
    url: str | None
    article: Article
    sentences: list[Sentence]
    sources: list[Source]
    attributions: list[Attribution]
    highlights: list[Highlight]
    remarks: list[Remark]
    summary: Summary
    timing_ms: dict[str, float]
    warnings: list[Warning]


class ProblemDetails(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    pointer: str | None = Field(None, description="JSON Pointer (RFC 6901) to the field to blame.")


class Outcome(BaseModel):
    """One line of a batch's answer: either `analysis` or `problem`."""

    line: int = Field(ge=1, description="The number of the line in the request.")
    status: int
    analysis: Analysis | None = None
    problem: ProblemDetails | None = None


class Health(BaseModel):
    service: Literal["provenance"]
    version: str


class Readiness(BaseModel):
    ready: Literal[True]
