"""Who is cited: *The Gazette, citing two officials, reported that …*, *Reuters quoted a nurse as saying …*.

A reader of attributions takes the outlet for the source and the people that it cites for what it says. But the claim is
theirs, and the outlet passes it on. So each *citing* whose object is somebody (or a document) gives an attribution of
its own: they are the source, and the content is what the outlet reports in that sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from provenance.kinds import head, is_crowd, kind_of
from provenance.language.nested import touches
from provenance.language.quotes import quotations
from provenance.language.reading import FoundAttribution, Ranges
from provenance.lexicon import phrases, words
from provenance.names import name_in

_AS_SAYING = re.compile(r"[^.;:“\"]{0,60}?,? ((?:as )?(?:saying|telling \w+)|who (?:said|says))\b(?: that\b)?")
_ENDS = re.compile(r"[,;:“\"()—–]| -|\s(?:that|which|who|whom|as|in (?:a|an|its|their|his|her|the))\s|$")
_FURTHER = re.compile(r"\s*,?\s*(?:that\b|(?=[“\"]))")
_MARKS = " ,;:—–\n"
_CONFIDENCE = 0.8
_PEOPLE = ("withheld", "anonymous", "officials", "crowd", "person")


def cited(doc: Doc, found: Sequence[FoundAttribution], language: str = "en") -> list[FoundAttribution]:
    """An attribution for each cited source in the Doc that none of `found` has, in the order of the text."""
    text, result = doc.text, []
    quoted = quotations(text)
    for sentence, cue in _cues(doc, language):
        if any(start <= cue[0] < end for start, end in quoted):
            continue
        new = _attribution(text, sentence, cue, found)
        if new and not any(touches(a.source, new.source) and a.content for a in found):
            result.append(new)
    return result


def _cues(doc: Doc, language: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Each word for citing, with the sentence that it stands in, as code points."""
    for span, entry in phrases("cues", language).find(doc):
        if entry.group in ("cite", "citing"):
            sentence: Span = span.sent
            yield (sentence.start_char, sentence.end_char), (span.start_char, span.end_char)


def _attribution(
    text: str, sentence: tuple[int, int], cue: tuple[int, int], found: Sequence[FoundAttribution]
) -> FoundAttribution | None:
    rest = text[cue[1] : sentence[1]]
    said = _AS_SAYING.match(rest)
    end = said.start(1) if said else _ENDS.search(rest, 1).start()  # type: ignore[union-attr]  # `$` always matches
    source = _trimmed(text, cue[1] + _talk(rest), cue[1] + end)
    if not is_somebody(text[slice(*source)]):
        return None
    cues: Ranges = [[*cue]]
    if said:
        cues.append([cue[1] + said.start(1), cue[1] + said.end(1)])
        content: Ranges = [[*_trimmed(text, cue[1] + said.end(), sentence[1])]]
    else:
        content = _reported(text, sentence, cue, source, found)
    if not content or content[0][1] - content[0][0] < 3:
        return None
    return FoundAttribution(source=[[*source]], cue=cues, content=content, confidence=_CONFIDENCE)


def _talk(rest: str) -> int:
    """How many characters `interviews with` takes: cited are those who were talked to."""
    first, with_, _ = rest.partition(" with ")
    return len(first + with_) if with_ and first.strip().lower() in words("sources", "talk") else 0


def is_somebody(phrase: str) -> bool:
    """Whether words can be what is cited: people, a body, a document; not a reason (*citing the cost*), nor anything
    else that can be counted (*citing an old theory*).
    """
    kind, noun = kind_of(phrase), head(phrase)
    if kind == "anonymous":
        return any(noun in words("sources", group) for group in _PEOPLE)
    if kind == "person":
        return " " in (name_in(phrase) or "") or noun in words("sources", "holder") | words("sources", "person")
    return kind != "vague" or is_crowd(phrase)


def _reported(
    text: str,
    sentence: tuple[int, int],
    cue: tuple[int, int],
    source: tuple[int, int],
    found: Sequence[FoundAttribution],
) -> Ranges:
    """What is reported on somebody's word: after *that*, else what another cue of the sentence has, else what stands
    before.
    """
    further = _FURTHER.match(text, source[1], sentence[1])
    if further:
        return [[*_trimmed(text, further.end(), sentence[1])]]
    for other in found:
        near = any(sentence[0] <= start < sentence[1] for start, _ in other.cue)
        own = _cut(_cut(other.content, sentence, keep=True), (cue[0], source[1]))
        if near and not touches(other.cue, [[*cue]]) and own and not touches(other.source, [[*source]]):
            return own
    return []


def _cut(ranges: Ranges, by: tuple[int, int], keep: bool = False) -> Ranges:
    """Ranges without (or, `keep`, only with) what lies in another range."""
    if keep:
        return [[max(s, by[0]), min(e, by[1])] for s, e in ranges if s < by[1] and by[0] < e]
    edges = [[(s, min(e, by[0])), (max(s, by[1]), e)] for s, e in ranges]
    return [[s, e] for pair in edges for s, e in pair if s < e]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS + ".":
        end -= 1
    return start, end
