"""The words of a sentence that say through whose hands a statement came: outlets named beside or around it."""

from __future__ import annotations

import re

from provenance import outlets
from provenance.kinds import GOT

_HEARD_IN = re.compile(
    rf"\b(?:[Ii]n|[Oo]n) (?:an?|the) ((?:[\w’'-]+ ){{1,7}}?)(?:{GOT})(?: and \w+)? (?:by|to) "
    r"([^,“\"]+?)(?= that\b|,|[“\":])"
)
_WROTE = r"(?:wr(?:ote|ites|iting)|report(?:ed|s|ing))"
_WROTE_FOR = re.compile(rf"{_WROTE}(?: \w+)? (?:for|in) (?:the )?(.{{0,40}})", re.DOTALL)
_BEFORE = re.compile(r"(?P<frame>(?:As|Per|According to)\b (?P<name>[^,“\"]{0,60})),")
_AFTER = re.compile(r",[”\"]? (?P<frame>(?:as (?:\w+ ){1,2}(?:by|in)|per|according to) (?P<name>[^,“\"]{0,40})\W*)$")
_CITING = re.compile(
    r"(?:^|[\s,])(\S.*?|),? ?\b(?:cited|cites|citing|quoted|quotes|quoting|cited by)\s+"
    r"(?:(?:an?|the) [^,.;“\"]{1,60},\s*)?$",  # an apposition before the name
    re.IGNORECASE | re.DOTALL,
)
_SPEAKER_AFTER = re.compile(r"[^,]*, ((?:[tT]he )?\S+(?: [A-Z]\S*)*)")


def heard_in(sentence: str) -> tuple[int, int, str, list[str]] | None:
    """`In a recording obtained by the Daily Example, …`: where these words stand, the record, who got hold of it."""
    match = _HEARD_IN.search(sentence)
    names = [name for _, _, name in outlets.find(match.group(2))] if match else []
    return (match.start(), match.end(), match.group(1).strip(" ,"), names) if match and names else None


def wrote_for(words: str) -> str | None:
    """`wrote in the Daily Example that …`, from the cue on: the outlet."""
    match = _WROTE_FOR.match(words)
    found = outlets.find(match.group(1)) if match else []
    return found[0][2] if found and found[0][0] == 0 else None


def frames(sentence: str) -> list[tuple[int, int, str]]:
    """`As first reported by the Daily Example, …` and `…, per the Daily Example`: where they stand, and the outlet."""
    result = []
    for match in (_BEFORE.match(sentence), _AFTER.search(sentence)):
        found = [name for _, _, name in outlets.find(match["name"])] if match else []
        by = match and re.search(r"\b(?:by|in) ([A-Z].*)$", match["name"])
        alone = by and outlets.canonical(by.group(1))  # also a name that is an everyday word elsewhere: `Deadline`
        if match and (alone or found):
            result.append((match.start("frame"), match.end("frame"), alone or found[0]))
    return result


def who_cites(before: str, after: str) -> str | None:
    """The words for who cites a source, from what stands before and after the source in its sentence; None where
    nobody does. `Citing two officials, Reuters reported …` names them after it.
    """
    match = _CITING.search(before)
    if match is None:
        return None
    speaker = _SPEAKER_AFTER.match(after)
    return match.group(1) or (speaker.group(1) if speaker else "")
