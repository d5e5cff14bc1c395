"""From what the language stage found to statements: ids, sentences, and whether the words are quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from provenance.language.quotes import quotations
from provenance.story import Range, Signal, Statement, Story

_MOST_OF = 0.8  # of a sentence: so much of it must be a statement's words for the statement to go on in it


def statements(story: Story, found: Sequence[dict[str, Any]]) -> list[Statement]:
    """`doc._.attributions` in reading order, each with an id; one without words is left out.

    A quotation of several sentences is a statement in each of them, as readers and editors count: those after (or
    before) the one with the cue have neither cue nor mention and name the one that they continue.
    """
    quoted = quotations(story.text)
    result: list[Statement] = []
    for attribution in found:
        mention, cue, content = (_ranges(attribution[role]) for role in ("source", "cue", "content"))
        if mention or cue or content:
            anchor = (cue or mention or content)[0][0]
            scores: dict[str, float] = attribution["kind_scores"]
            kind = attribution["kind"] or max(scores, key=lambda k: scores[k], default=None)
            statement = Statement(
                id=f"{len(result)}",
                mention=mention,
                cue=cue,
                content=content,
                sentence=story.sentence_at(anchor),
                sentences=tuple(sorted({number for number, _ in story.within_sentences(content)})),
                quote=_quote(content, quoted),
                confidence=attribution["confidence"],
                kind=kind,
                refers_to=attribution["refers_to"],
                informs=attribution["kind"] is not None or not scores,
                sure=scores.get(kind, attribution["confidence"]) if kind else attribution["confidence"],
            )
            result += [statement, *_continued(story, statement)]
    return _numbered(result)


def _continued(story: Story, statement: Statement) -> Iterator[Statement]:
    for number, part in story.within_sentences(statement.content):
        start, end = story.sentences[number]
        if number != statement.sentence and part[1] - part[0] >= _MOST_OF * (end - start):
            yield replace(
                statement,
                id=f"{statement.id}.{number}",
                mention=(),
                cue=(),
                content=(part,),
                sentence=number,
                sentences=(number,),
                continues=statement.id,
            )


def _numbered(found: list[Statement]) -> list[Statement]:
    """In reading order, as a1, a2, …"""
    ordered = sorted(found, key=lambda s: (s.start, s.continues is not None))
    names = {statement.id: f"a{i}" for i, statement in enumerate(ordered, 1)}
    return [replace(s, id=names[s.id], continues=names[s.continues] if s.continues else None) for s in ordered]


def signals(story: Story, found: Sequence[dict[str, Any]]) -> list[Signal]:
    """`doc._.signals` with the story's own numbers of sentences: it has none that hold only white space or marks."""
    begins = [sentence.start_char for sentence in story.doc.sents] if found else []
    result = []
    for signal in found:
        evidence = _ranges(signal["evidence"])
        at = evidence[0][0] if evidence else begins[signal["sentence"]]
        result.append(Signal(story.sentence_at(at), signal["code"], evidence, signal["confidence"], signal["origin"]))
    return result


def _ranges(pairs: Sequence[Sequence[int]]) -> tuple[Range, ...]:
    return tuple((start, end) for start, end in pairs)


def _quote(content: Sequence[Range], quoted: Sequence[Range]) -> str:
    """direct: all of the content's letters are inside quotation marks; indirect: none; else mixed."""
    inside = total = 0
    for start, end in content:
        total += end - start
        inside += sum(max(0, min(end, e) - max(start, s)) for s, e in quoted)
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.95 * total else "mixed"
