"""From what the language stage found to statements: ids, sentences, and whether the words are quoted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from provenance.language.quotes import quotations
from provenance.story import Range, Signal, Statement, Story


def statements(story: Story, found: Sequence[dict[str, Any]]) -> list[Statement]:
    """`doc._.attributions` in reading order, each with an id; one without words is left out."""
    quoted = quotations(story.text)
    result: list[Statement] = []
    for attribution in sorted(found, key=_first):
        mention, cue, content = (_ranges(attribution[role]) for role in ("source", "cue", "content"))
        if not (mention or cue or content):
            continue
        anchor = (cue or mention or content)[0][0]
        result.append(
            Statement(
                id=f"a{len(result) + 1}",
                mention=mention,
                cue=cue,
                content=content,
                sentence=story.sentence_at(anchor),
                sentences=tuple(sorted({number for number, _ in story.within_sentences(content)})),
                quote=_quote(content, quoted),
                confidence=attribution["confidence"],
                kind=attribution["kind"],
                refers_to=attribution["refers_to"],
            )
        )
    return result


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


def _first(attribution: dict[str, Any]) -> int:
    return min((r[0] for role in ("source", "cue", "content") for r in attribution[role]), default=0)


def _quote(content: Sequence[Range], quoted: Sequence[Range]) -> str:
    """direct: all of the content's letters are inside quotation marks; indirect: none; else mixed."""
    inside = total = 0
    for start, end in content:
        total += end - start
        inside += sum(max(0, min(end, e) - max(start, s)) for s, e in quoted)
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.95 * total else "mixed"
