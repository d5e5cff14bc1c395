"""What an editor asks of a source that is not named: how many, who, how they know, and why they are not named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.lexicon import read
from provenance.sources import Book, Entry
from provenance.story import Story


@dataclass(frozen=True)
class Details:
    """`description`: 0 bare, 1 a position, 2 how they know. `reason`: the article's words, None where it gives none."""

    count: str
    position: str | None
    basis: str | None
    description: int
    reason: str | None
    boilerplate: bool


_BASIS = re.compile(
    r"\b(?:familiar with|with (?:direct |first-hand )?knowledge of|briefed on|close to|involved in|present at|privy to|"
    r"who (?:was|were|had|has|have) (?:in|at|seen|attended|heard|been|worked|knowledge|direct|read|reviewed)\b|"
    r"who (?:saw|attended|heard|read|reviewed|knows|took part)|inside)\b[^,.;]*",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:(?:an?|one|two|three|four|five|several|some|multiple|the|unnamed|anonymous)\s+)*(?:source|person|people|insider|man|woman|official)s?$",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:because|since|citing|for fear of|fearing|out of fear|"
    r"to (?:discuss|speak|describe|talk|avoid|protect|preserve))\b[^.;”]*",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(r"\bnot (?:been )?authori[sz]ed to\b[^.,;”]*", re.IGNORECASE)
_ANONYMITY = re.compile(
    r"\b(?:anonymity|not to be (?:named|identified)|to be (?:named|identified)|not authori[sz]ed to|withh(?:e|o)ld)\b",
    re.IGNORECASE,
)


def details(story: Story, book: Book, entry: Entry) -> Details:
    """Of one anonymous entry, from its words and from the sentences in which it speaks."""
    statements = [s for s in story.statements if entry in book.of.get(s.id, [])]
    mentions = [story.words(s.mention) for s in statements if s.mention] or [entry.name]
    around = [_sentence(story, s.sentence) for s in statements]
    basis = next((m.group().strip() for text in mentions if (m := _BASIS.search(text))), None)
    position = None if _BARE.match(entry.name) else _position(entry.name)
    reason, boilerplate = _why(around)
    return Details(count(mentions[0]), position, basis, 2 if basis else 1 if position else 0, reason, boilerplate)


def count(mention: str) -> str:
    """one, several or unknown: from the numeral or article, else from the noun's number."""
    numbers = read("numbers")
    first = mention.split()[0].lower() if mention.split() else ""
    if first in numbers["one"]:
        return "one"
    if first in numbers["several"] or re.match(r"\d", first):
        return "several"
    noun = re.search(r"\b(sources|officials|people|aides|advis[eo]rs|insiders|diplomats|allies|\w{4,}s)\b", mention)
    if noun:
        return "several"
    return "one" if re.search(r"\b(?:source|official|person|aide|man|woman)\b", mention) else "unknown"


def _position(name: str) -> str | None:
    core = re.split(r",| who | with | familiar | close | briefed ", name)[0]
    words = [w for w in core.split() if w.lower() not in {"unnamed", "anonymous", "unidentified", "source", "sources"}]
    numbers = read("numbers")
    words = [w for w in words if w.lower() not in {*numbers["one"], *numbers["several"], "some", "the"}]
    return core if words else None


def _why(sentences: list[str]) -> tuple[str | None, bool]:
    for text in sentences:
        told = _ANONYMITY.search(text)
        if not told:
            continue
        why = _WHY.search(text, max(0, told.start() - 60))
        boilerplate = _BOILERPLATE.search(text)
        if why and not _BOILERPLATE.search(why.group()):
            return why.group().strip(), False
        if boilerplate:
            return boilerplate.group().strip(), True
    return None, False


def _sentence(story: Story, number: int) -> str:
    start, end = story.sentences[number]
    return story.text[start:end]
