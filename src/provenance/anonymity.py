"""What an editor asks of a source that is not named: how many, who, how they know, and why they are not named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.lexicon import phrases, read, words
from provenance.names import without_article
from provenance.sources import Book, Entry
from provenance.story import Story

_CLAUSE_END = re.compile(r"[,.;”\n]")
_REASON_END = re.compile(rf"[.;”\n]|,? (?:{'|'.join(sorted(words('cues', 'say') | words('cues', 'tell')))})\b")
_MODIFIER = re.compile(r",| (?:who|with|familiar|close|briefed|involved|inside)\b")


@dataclass(frozen=True)
class Details:
    """`description`: 0 bare, 1 a position, 2 how they know. `reason`: the article's words, None where it gives none."""

    count: str
    position: str | None
    basis: str | None
    description: int
    reason: str | None
    boilerplate: bool


def details(story: Story, book: Book, entry: Entry) -> Details:
    """Of one anonymous entry, from its words and from the sentences in which it speaks, and those right after."""
    statements = [s for s in story.statements if entry in book.of.get(s.id, [])]
    mentions = [story.words(s.mention) for s in statements if s.mention] or [entry.name]
    around = sorted({n for s in statements for n in (s.sentence, s.sentence + 1) if n < len(story.sentences)})
    basis = next((found for text in mentions if (found := _from_group(text, "basis", _CLAUSE_END))), None)
    position = _position(entry.name)
    reason, boilerplate = _why([story.text[slice(*story.sentences[number])] for number in around])
    return Details(count(mentions[0]), position, basis, 2 if basis else 1 if position else 0, reason, boilerplate)


def count(mention: str) -> str:
    """one, several or unknown: from the numeral or article, else from the noun's number."""
    numbers = read("numbers")
    first = mention.split()[0].lower() if mention.split() else ""
    if first in numbers["one"]:
        return "one"
    if first in numbers["several"] or first[:1].isdigit():
        return "several"
    core = _MODIFIER.split(mention)[0].lower().split()
    if core and (core[-1] == "people" or core[-1].endswith("s")):
        return "several"
    return "one" if core and core[-1] in words("sources", "anonymous") | {"official", "person"} else "unknown"


def _position(name: str) -> str | None:
    """The words that say what a source is, None where it is only *a source* or *two people*."""
    core = _MODIFIER.split(name)[0].strip()
    numbers = read("numbers")
    bare = {*numbers["bare"], *numbers["one"], *numbers["several"], "the"}
    said = [word for word in core.split() if word.lower().strip(",") not in bare]
    return without_article(core) if said else None


def _from_group(text: str, group: str, end: re.Pattern[str], start: int = 0) -> str | None:
    """The words from the first phrase of a group to the end of its clause."""
    for at, stop, entry in phrases("anonymity").find_in(text):
        if entry.group == group and at >= start:
            closing = end.search(text, stop)
            return text[at : closing.start() if closing else len(text)].strip()
    return None


def _why(sentences: list[str]) -> tuple[str | None, bool]:
    """The reason given for anonymity, and whether it only says that there is a rule."""
    for text in sentences:
        told = next((at for at, _, entry in phrases("anonymity").find_in(text) if entry.group == "told"), None)
        if told is None:
            continue
        rule = _from_group(text, "boilerplate", _CLAUSE_END)
        why = _from_group(text, "why", _REASON_END, max(0, told - 60))
        if why and not (rule and (rule in why or why in rule)):
            return why, False
        if rule:
            return rule, True
    return None, False
