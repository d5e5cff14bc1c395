"""Through whose hands a statement came: the ways from its origin to the page's publisher.

A way is a list of relays, nearest to the origin first; an empty way is a statement that the publisher heard itself.
Ways side by side (*told Kyiv Post and Interfax*) are several lists, relays in a row one longer list.
"""

from __future__ import annotations

import re

from provenance import kinds, outlets
from provenance.lexicon import words
from provenance.names import without_article
from provenance.sources import Book, Entry
from provenance.story import Range, Statement, Story

Way = tuple[str, ...]
Ways = tuple[Way, ...]
_DIRECT: Ways = ((),)
_LEANS = 5  # sentences that a story goes on leaning on the outlet that it last named
_RELAYS = ("media", "social-media")


def ways(story: Story, book: Book) -> dict[str, Ways]:
    """For each statement id the ways by which it came, as ids of entries."""
    return _Chains(story, book).run()


class _Chains:
    def __init__(self, story: Story, book: Book) -> None:
        self.story, self.book = story, book
        self.found: dict[str, Ways] = {}
        self.of_entry: dict[str, Ways] = {}  # how a withheld source first reached us: it goes on reaching us so
        self.relay: tuple[int, Entry] | None = None  # the outlet that the story last leant on, and in which sentence

    def run(self) -> dict[str, Ways]:
        for statement in self.story.statements:
            sources = self.book.of.get(statement.id, [])
            kind = sources[0].kind if sources else None
            found = self._told(statement) or self._cited(statement) or self._nested(statement)
            if found is None and kind in ("anonymous", "document", "vague"):
                found = self.of_entry.get(sources[0].id)
            if found is None and kind == "anonymous":
                found = self._borrowed(statement)
            self.found[statement.id] = found or _DIRECT
            self._remember_relay(statement, sources)
            for source in sources:
                self.of_entry.setdefault(source.id, self.found[statement.id])
        return self.found

    def _remember_relay(self, statement: Statement, sources: list[Entry]) -> None:
        relay = next((e for e in sources if e.kind == "media" and not self._is_publisher(e.name)), None)
        way = next((w for w in self.found[statement.id] if w), None)
        if relay is None and way is not None:
            relay = next(e for e in self.book.entries if e.id == way[0])
        if relay is not None:
            self.relay = (statement.sentence, relay)

    def _borrowed(self, statement: Statement) -> Ways | None:
        """An unnamed source in a story that leans on another outlet came to us through that outlet."""
        if self.relay is None or statement.sentence - self.relay[0] > _LEANS:
            return None
        return ((self.relay[1].id,),)

    def _told(self, statement: Statement) -> Ways | None:
        """`told Kyiv Post and Interfax-Ukraine that …`: outlets that are told stand side by side."""
        if not statement.cue or not self._has_cue(statement, "tell"):
            return None
        sources = self.book.of.get(statement.id, [])
        if sources and sources[0].kind == "person":  # an interview is the place where a person spoke, no relay
            return None
        end = statement.cue[-1][1]
        following = [r[0] for r in (*statement.content, *statement.mention) if r[0] >= end]
        told = (end, min([*following, self.story.sentences[statement.sentence][1]]))
        relays = [self._relay(name) for name in self._outlets_in(told)]
        return tuple((relay.id,) for relay in relays) or None

    def _cited(self, statement: Statement) -> Ways | None:
        """`The channel cited an anonymous source who said …`: who cites passes on."""
        if not statement.mention:
            return None
        start, _ = self.story.sentences[statement.sentence]
        before = self.story.text[start : statement.mention[0][0]]
        match = re.search(r"(?:^|[\s,])(\S.*?),? (?:cited|cites|citing|quoted|quoting|cited by)\s*$", before, re.DOTALL)
        if not match:
            return None
        relay = self._relay_in(match.group(1), start)
        return ((relay.id,),) if relay else None

    def _nested(self, statement: Statement) -> Ways | None:
        """`…, a source said, Reuters reported`: the statement stands inside what somebody else passes on."""
        for other in self.story.statements:
            if other is statement or other.sentence != statement.sentence or not other.mention:
                continue
            relay = next((e for e in self.book.of.get(other.id, []) if e.kind in _RELAYS), None)
            inside = any(s <= statement.start < e for s, e in other.content)
            if (
                relay
                and inside
                and not self._is_publisher(relay.name)
                and relay not in self.book.of.get(statement.id, [])
            ):
                return ((relay.id,),)
        return None

    def _outlets_in(self, told: Range) -> list[str]:
        text = self.story.text[told[0] : told[1]]
        known = [name for _, _, name in outlets.find(text)]
        if not known:
            known = [
                part.strip()
                for part in re.split(r",| and ", text)
                if re.fullmatch(r"(?:the )?(?:[A-Z][\w.&-]*[ -]?){1,4}", part.strip()) and _looks_like_outlet(part)
            ]
        else:
            extra = [
                p.strip() for p in re.split(r",| and ", text) if re.fullmatch(r"(?:[A-Z][\w.-]*[ -]?){1,4}", p.strip())
            ]
            known += [p for p in extra if not any(p in name or name in p for name in known)]
        return [name for name in known if not self._is_publisher(name)]

    def _relay_in(self, words_: str, offset: int) -> Entry | None:
        """The last source already met whose name stands in these words, else an outlet that they name."""
        for entry in reversed(self.book.entries):
            if (
                entry.kind in (*_RELAYS, "person")
                and _mentions(words_, entry.name)
                and not self._is_publisher(entry.name)
            ):
                return entry
        found = [name for _, _, name in outlets.find(words_) if not self._is_publisher(name)]
        if found:
            return self._relay(found[-1])
        kind = kinds.kind_of(words_)
        passes_on = kind in (*_RELAYS, "person", "organisation") and len(words_.split()) <= 8
        return self.book.entry(without_article(words_), kind) if passes_on else None

    def _relay(self, name: str) -> Entry:
        return self.book.entry(outlets.canonical(name) or name, "media")

    def _has_cue(self, statement: Statement, group: str) -> bool:
        spoken = self.story.words(statement.cue).lower().split()
        return any(word in words("cues", group) for word in spoken)

    def _is_publisher(self, name: str) -> bool:
        return is_publisher(name, self.story.publisher)


def is_publisher(name: str, publisher: str | None) -> bool:
    """Whether an outlet's name is the page's own publisher (`The Post` on a Washington Post page included)."""
    if not publisher:
        return False
    ours = _folded(outlets.canonical(publisher) or publisher)
    theirs = _folded(outlets.canonical(name) or name)
    return ours == theirs or (len(theirs) > 2 and ours.endswith(" " + theirs))


def _folded(name: str) -> str:
    return re.sub(r"^the ", "", re.sub(r"[^\w ]", "", name.lower()).strip())


def _mentions(text: str, name: str) -> bool:
    """Whether a text has a name, or the capitalised end of it (`Kremlin Snuffbox` of a longer description)."""
    if name.lower() in text.lower():
        return True
    tail = re.search(r"((?:[A-Z][\w'’.-]*\s?){2,})$", name)
    return bool(tail and tail.group(1).strip().lower() in text.lower())


def _looks_like_outlet(name: str) -> bool:
    return bool(re.search(r"\b(?:Post|Times|News|Herald|Tribune|Journal|Gazette|TV|Radio|Daily|Press|Agency)\b", name))
