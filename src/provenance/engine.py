"""The main job: a page in, an `Analysis` out. Reads like the way of the data in docs/architecture.md."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from importlib.metadata import version

from spacy.tokens import Doc

from provenance import analysis as out
from provenance import article as articles
from provenance import attribution, chain, lexicon, marks, remarks, sources
from provenance.anonymity import details
from provenance.corroboration import corroborators
from provenance.language import pipeline
from provenance.language.sentences import sentence_spans
from provenance.page import Page
from provenance.placing import Placement, place, place_text
from provenance.reasons import Case
from provenance.story import Range, Statement, Story


def analyze(html: str | bytes, *, url: str | None = None, publisher: str | None = None) -> out.Analysis:
    """Analyses a news page.

    `html` is the page as text, or as bytes (then the charset is the page's own `<meta>`, else UTF-8); `url` its
    address, `publisher` the outlet's name, both taken from the page where absent.
    Raises `NoArticle`, `UnsupportedLanguage` or `UnreadableInput`.
    """
    clock = _Clock()
    page = Page.parse(html)
    article = articles.extract(page, url=url, publisher=publisher)
    clock.lap("extract")
    return _analysis(article, page, clock)


def analyze_text(text: str, *, url: str | None = None, publisher: str | None = None) -> out.Analysis:
    """Analyses plain article text; offsets count in that text, and `article.text` is that text to the character."""
    clock = _Clock()
    article = articles.from_text(text, url=url, publisher=publisher)
    clock.lap("extract")
    return _analysis(article, None, clock)


def _analysis(article: articles.Article, page: Page | None, clock: _Clock) -> out.Analysis:
    doc = pipeline(article.language or "en")(article.text)
    clock.lap("language")
    spans = sentence_spans(doc)
    placement = place(article.text, spans, page) if page else place_text(article.text, spans)
    clock.lap("align")
    case = understand(doc, spans, article.publisher)
    highlights = marks.highlights(case, placement)
    found_remarks = remarks.Remarks(case.story, case.book).find()
    clock.lap("marks")
    return out.Analysis(
        engine=engine(),
        url=article.url,
        article=_info(article),
        sentences=tuple(out.Sentence(s, e, placement.at(i)) for i, (s, e) in enumerate(spans)),
        sources=_sources(case),
        attributions=tuple(_attribution(case, placement, s) for s in case.story.statements),
        highlights=highlights,
        remarks=tuple(out.Remark(r.kind, r.sentence, r.who, r.of, placement.target(*r.words)) for r in found_remarks),
        timing_ms=clock.times(),
        warnings=(*article.warnings, *placement.warnings),
    )


def understand(doc: Doc, sentences: list[Range], publisher: str | None) -> Case:
    """From what the language stage left on a Doc: who says what, who they are, and how it came to this page."""
    story = Story(doc, sentences, publisher)
    story.statements = attribution.statements(story, [*doc._.attributions, *doc._.nested])
    story.signals = attribution.signals(story, doc._.signals)
    book = sources.resolve(story)
    return Case(story, book, chain.ways(story, book))


@cache
def engine() -> out.Engine:
    """The engine's version, its reader's and its lexicon's: what a researcher cites and a cache is keyed by."""
    reader = pipeline("en").get_pipe("provenance").reader  # type: ignore[attr-defined]
    return out.Engine(version("provenance"), reader.name, lexicon.version())


def _info(article: articles.Article) -> out.ArticleInfo:
    return out.ArticleInfo(
        title=article.title,
        byline=article.byline,
        publisher=article.publisher,
        date=article.date,
        language=article.language,
        text=article.text,
        words=len(article.text.split()),
    )


def _sources(case: Case) -> tuple[out.Source, ...]:
    return tuple(_source(case, entry) for entry in case.book.entries)


def _source(case: Case, entry: sources.Entry) -> out.Source:
    spoken = [s.id for s in case.story.statements if entry in case.speakers(s)]
    ways = tuple(dict.fromkeys(way for identifier in spoken for way in case.ways[identifier]))
    source = out.Source(
        id=entry.id, name=entry.name, kind=entry.kind, mentions=tuple(entry.statements), via=ways or ((),)
    )
    if entry.kind not in ("anonymous", "vague"):
        return source
    known = details(case.story, case.book, entry)
    if entry.kind == "vague":
        return replace(source, count=known.count)
    return replace(
        source,
        count=known.count,
        position=known.position,
        basis=known.basis,
        description=known.description,
        anonymity_reason=known.reason,
        reason_boilerplate=known.boilerplate,
        corroborated_by=tuple(corroborators(case.story, case.book, entry)),
    )


def _attribution(case: Case, placement: Placement, statement: Statement) -> out.Attribution:
    speakers = [entry.id for entry in case.speakers(statement)]
    return out.Attribution(
        id=statement.id,
        sentence=statement.sentence,
        sentences=statement.sentences,
        source=speakers[0] if speakers else None,
        sources=tuple(speakers),
        via=case.ways[statement.id],
        cue=_words(case.story, placement, statement.cue),
        mention=_words(case.story, placement, statement.mention),
        content=_words(case.story, placement, statement.content) or out.Words(()),
        quote=statement.quote,
        confidence=round(statement.confidence, 3),
    )


def _words(story: Story, placement: Placement, ranges: tuple[Range, ...]) -> out.Words | None:
    cut = story.within_sentences(ranges)
    if not cut:
        return None
    return out.Words(tuple(out.Part(story.text[s:e], placement.target(s, e)) for _, (s, e) in cut))


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = round(1000 * (now - self._last), 1)
        self._last = now

    def times(self) -> dict[str, float]:
        return {**self._laps, "total": round(1000 * (time.perf_counter() - self._began), 1)}
