"""Through whose hands a statement came: the ways from its origin to the page's publisher.

A way is a list of relays, nearest to the origin first; an empty way is a statement that the publisher heard itself.
Ways side by side (*told Kyiv Post and Interfax*) are several lists, relays in a row one longer list.
"""

from __future__ import annotations

import re

from provenance import kinds, outlets, passing
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
        self.papers: dict[str, Ways] = {}  # reporters who were introduced with their paper: their words come through it
        self.relay: tuple[int, Entry] | None = None  # the outlet that the story last leant on, and in which sentence

    def run(self) -> dict[str, Ways]:
        for statement in self.story.statements:
            sources = self.book.of.get(statement.id, [])
            kind = sources[0].kind if sources else None
            if statement.continues:
                continue
            found = (
                self._told(statement)
                or self._cited(statement)
                or self._nested(statement)
                or self._seen_by(statement)
                or self._heard_in(statement)
                or self._works_for(statement)
                or self._wrote_for(statement)
                or self._framed(statement)
            )
            if found is None and kind in ("anonymous", "document", "vague"):
                found = self.of_entry.get(sources[0].id)
            if found is None and kind == "person":
                found = self.papers.get(sources[0].id)
            if found is None and kind == "anonymous":
                found = self._borrowed(statement)
            self.found[statement.id] = found or _DIRECT
            self._remember_relay(statement, sources)
            for source in sources:
                if all(self.book.known(relay).kind != "person" for way in self.found[statement.id] for relay in way):
                    self.of_entry.setdefault(source.id, self.found[statement.id])
        return {s.id: self.found[s.continues or s.id] for s in self.story.statements}

    def _remember_relay(self, statement: Statement, sources: list[Entry]) -> None:
        relay = next((e for e in sources if e.kind == "media" and not self._is_publisher(e.name)), None)
        way = next((w for w in self.found[statement.id] if w), None)
        if relay is None and way is not None:
            relay = self.book.known(way[0])
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
        told = (end, self._end_of_addressee(statement, end))
        relays = [self._relay(name) for name in self._outlets_in(told)]
        return tuple((relay.id,) for relay in relays) or None

    def _end_of_addressee(self, statement: Statement, start: int) -> int:
        """Where the words for who was told end: at *that*, a quotation or a colon, else where the content begins."""
        end = self.story.sentences[statement.sentence][1]
        clause = re.search(r"\s(?:that|how|why)\s|[“\":]", self.story.text[start:end])
        following = [r[0] for r in (*statement.content, *statement.mention) if r[0] > start + 1]
        return min([*following, end, *([start + clause.start()] if clause else [])])

    def _cited(self, statement: Statement) -> Ways | None:
        """`The channel cited an anonymous source who said …`: who cites passes on."""
        if not statement.mention:
            return None
        start, end = self.story.sentences[statement.sentence]
        first, last = statement.mention[0][0], statement.mention[-1][1]
        said = passing.who_cites(self.story.text[start:first], self.story.text[last:end])
        if said is None:
            return None
        relay = self._reporting(statement) or (self._relay_in(said, start) if said else None)
        return ((relay.id,),) if relay else None

    def _reporting(self, statement: Statement) -> Entry | None:
        """The outlet that speaks in the same sentence: `according to the report, which cited …`."""
        own = self.book.of.get(statement.id, [])
        others = [s for s in self.story.statements if s.sentence == statement.sentence and s.mention]
        entries = [e for s in others for e in self.book.of.get(s.id, []) if e not in own and e.kind in _RELAYS]
        return next((e for e in entries if not self._is_publisher(e.name)), None)

    def _nested(self, statement: Statement) -> Ways | None:
        """`…, a source said, Reuters reported`: the statement stands inside what somebody else passes on."""
        for other in self.story.statements:
            if other is statement or other.sentence != statement.sentence or not other.mention:
                continue
            held = any(s <= statement.start < e for s, e in other.content)
            passes_on = (*_RELAYS, "person") if held and self._is_withheld(statement) else _RELAYS
            relay = next((e for e in self.book.of.get(other.id, []) if e.kind in passes_on), None)
            inside = held or self._frames(other, statement)
            if (
                relay
                and inside
                and not self._is_publisher(relay.name)
                and relay not in self.book.of.get(statement.id, [])
            ):
                return ((relay.id,),)
        return None

    def _is_withheld(self, statement: Statement) -> bool:
        return any(e.kind == "anonymous" for e in self.book.of.get(statement.id, []))

    def _frames(self, other: Statement, statement: Statement) -> bool:
        """Whether another statement stands around a whole one as `As X reported, …` or `…, according to X` do."""
        if not other.cue or not statement.cue:
            return False
        start, _ = self.story.sentences[other.sentence]
        words = [*other.cue, *other.mention]
        first, last = min(s for s, _ in words), max(e for _, e in words)
        before = self.story.text[start:first].strip(' “"').lower()
        between = self.story.text[last : statement.start].lower()
        turns = any(word in between for word in (" but ", " while ", " although ", ";"))
        leads = last <= statement.start and before in ("", "as", "per") and not turns
        own = [*statement.cue, *statement.mention, *statement.content]
        follows = first >= max(e for s, e in own if self.story.sentence_at(s) == statement.sentence)
        return leads or (follows and self.story.text[:first].rstrip()[-1:] in (",", "”", '"', "’"))

    def _seen_by(self, statement: Statement) -> Ways | None:
        """`emails obtained by the Daily Example`: who got hold of them passes them on."""
        match = kinds.OBTAINED.search(self.story.words(statement.mention))
        names = [name for _, _, name in outlets.find(match.group(1))] if match else []
        if match and not names and without_article(match.group(1))[:1].isupper():
            names = [without_article(match.group(1).split(",")[0])]
        return tuple((self._relay(name).id,) for name in names if not self._is_publisher(name)) or None

    def _heard_in(self, statement: Statement) -> Ways | None:
        """`In a recording obtained by the Daily Example, the mayor says …`: the recording, then who got hold of it."""
        found = passing.heard_in(self._sentence(statement))
        if found is None or self._stands_in(statement, found[:2]):
            return None
        *_, record, names = found
        way = (self.book.entry(record, "document").id,)
        return tuple((*way, self._relay(name).id) for name in names if not self._is_publisher(name)) or (way,)

    def _wrote_for(self, statement: Statement) -> Ways | None:
        """`Ada Example wrote in the Daily Example that …`."""
        if not statement.cue or not statement.mention:
            return None
        name = passing.wrote_for(self.story.text[statement.cue[0][0] : self.story.sentences[statement.sentence][1]])
        return self._through(statement, name) if name else None

    def _framed(self, statement: Statement) -> Ways | None:
        """`As first reported by the Daily Example, …`, around the whole of a sentence."""
        for start, end, name in passing.frames(self._sentence(statement)):
            if not self._stands_in(statement, (start, end)):
                return self._through(statement, name)
        return None

    def _through(self, statement: Statement, name: str) -> Ways | None:
        """The way through an outlet, unless it is the page's own or the one that speaks."""
        if self._is_publisher(name):
            return None
        relay = self._relay(name)
        return None if relay in self.book.of.get(statement.id, []) else ((relay.id,),)

    def _sentence(self, statement: Statement) -> str:
        return self.story.text[slice(*self.story.sentences[statement.sentence])]

    def _stands_in(self, statement: Statement, part: tuple[int, int]) -> bool:
        """Whether a statement begins within a part of its sentence."""
        at = statement.start - self.story.sentences[statement.sentence][0]
        return part[0] <= at < part[1]

    def _works_for(self, statement: Statement) -> Ways | None:
        """`the Daily Example's Ada Example reported`: a reporter's words come through her paper."""
        sources = self.book.of.get(statement.id, [])
        if not sources or sources[0].kind != "person":
            return None
        found = [name for _, _, name in outlets.find(_before_name(self.story.words(statement.mention)))]
        own = [name for name in found if not self._is_publisher(name)]
        if not own:
            return None
        self.papers[sources[0].id] = ((self._relay(own[0]).id,),)
        return self.papers[sources[0].id]

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


def _before_name(mention: str) -> str:
    """The outlet's possessive before a person's name, or the phrase that says whom a reporter writes for."""
    possessive = re.match(r"(?:[Tt]he )?([A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*)['’]s? (?=[A-Z])", mention)
    jobs = "|".join(sorted(words("sources", "reporter")))
    reporter = re.search(rf"\b(?:{jobs})\b(?: \w+)? (?:for|at|in|of|with) (.+)", mention)
    return possessive.group(1) if possessive else reporter.group(1) if reporter else ""


def _looks_like_outlet(name: str) -> bool:
    return not words("sources", "masthead").isdisjoint(re.findall(r"\w+", name.lower()))
