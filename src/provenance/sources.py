"""Who speaks: one entry for each distinct source of an article, and which statements it makes.

Pronouns, short names, roles and quotations that go on are led back to the source that they stand for. The order of
tries: words the language stage is sure of, the same name, the same short name, the same role, the nearest that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance import kinds, outlets
from provenance.names import People, name_in, without_article
from provenance.story import Statement, Story

_PLURAL_PRONOUNS = {"they", "their", "them"}
_THINGS = {"it", "its", "which"}
_RELATIVE = re.compile(r",? (?:who|whom|whose|which|that)\b.*| (?:speaking|citing)\b.*", re.DOTALL)
_NEAR = 4  # sentences: a quotation that goes on, or a pronoun, is not led further back than this


@dataclass(eq=False)
class Entry:
    """A source or a relay, while the article is read. `statements`: ids of the attributions that name it."""

    id: str
    name: str
    kind: str
    statements: list[str] = field(default_factory=list)
    last_sentence: int = 0

    @property
    def head(self) -> str:
        return kinds.head(self.name)


class Book:
    """The sources of one article, in order of first mention."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.people = People(story.text)
        self.entries: list[Entry] = []
        self.of: dict[str, list[Entry]] = {}  # statement id: its sources
        self._by_key: dict[str, Entry] = {}

    def entry(self, name: str, kind: str) -> Entry:
        """The entry of a name, made where there is none yet."""
        key = _key(name, kind)
        entry = self._by_key.get(key)
        if entry is None:
            entry = Entry(f"s{len(self.entries) + 1}", name, kind)
            self._by_key[key] = entry
            self.entries.append(entry)
        elif len(name) > len(entry.name) and entry.kind != "person":
            entry.name = name
        return entry

    def assign(self, statement: Statement, entries: Iterable[Entry]) -> None:
        self.of[statement.id] = list(entries)
        for entry in self.of[statement.id]:
            if statement.mention:
                entry.statements.append(statement.id)
            entry.last_sentence = statement.sentence


def resolve(story: Story) -> Book:
    """Reads the statements in order and gives each its sources; one without a speaker gets none."""
    book = Book(story)
    previous: Statement | None = None
    for statement in story.statements:
        mention = story.words(statement.mention)
        if mention:
            book.assign(statement, _speakers(book, statement, mention))
        elif not statement.cue and previous is not None:
            near = statement.sentence - previous.sentence <= _NEAR
            book.assign(statement, book.of.get(previous.id, []) if near else [])
        else:
            book.assign(statement, [])
        if book.of[statement.id]:
            previous = statement
    return book


def _speakers(book: Book, statement: Statement, mention: str) -> list[Entry]:
    core = _RELATIVE.sub("", mention).strip(" ,") or mention
    if kinds.is_pronoun(core):
        entry = _stands_for(book, statement, core.lower())
        return [entry] if entry else []
    together = _named_together(core)
    if together:
        return [_named(book, statement, part) for part in together]
    return [_named(book, statement, core)]


def _named_together(core: str) -> list[str]:
    """`Ada Example and Ben Sample` → both; a phrase with one noun in common stays whole."""
    parts = re.split(r" and ", core)
    if len(parts) == 2 and all(name_in(p) and p[:1].isupper() for p in parts):
        return parts
    return []


def _named(book: Book, statement: Statement, core: str) -> Entry:
    """The entry of a mention that has a noun or a name."""
    kind = statement.kind or kinds.kind_of(core)
    name = without_article(core.split(" (")[0]).strip(" ,")
    if kind == "person":
        full = book.people.full(core)
        if full:
            return book.entry(full, kind)
    if kind == "media":
        name = outlets.canonical(name) or name
    if kind in ("anonymous", "media", "person", "organisation", "document", "social-media") and _is_definite(core):
        earlier = _same_role(book, core)
        if earlier:
            return earlier
    return book.entry(_short(name), kind)


def _short(name: str) -> str:
    """A name without its apposition: what stands before the first comma, if that says who it is."""
    before = name.split(",")[0].strip()
    return before if before else name


def _is_definite(core: str) -> bool:
    return core.lower().startswith(("the ", "that ", "this ", "these ", "those "))


def _same_role(book: Book, core: str) -> Entry | None:
    """`the official` → the last entry that is an official; `the paper` → the last outlet."""
    noun = kinds.head(core)
    singular = noun.rstrip("s")
    for entry in sorted(book.entries, key=lambda e: -e.last_sentence):
        if entry.head.rstrip("s") == singular and len(core.split()) <= 3:
            return entry
        if entry.kind == "media" and noun in ("paper", "newspaper", "outlet", "magazine", "network", "broadcaster"):
            return entry
    match = re.search(rf"\b{re.escape(singular)} ((?:[A-Z][\w.'’-]+ ?){{1,3}})", book.story.text, re.IGNORECASE)
    full = book.people.full(match.group(1)) if match and match.group(1)[0].isupper() else None
    return book.entry(full, "person") if full else None


def _stands_for(book: Book, statement: Statement, pronoun: str) -> Entry | None:
    """The nearest earlier source that a pronoun can stand for; else the nearest person named before it."""
    if pronoun in _PLURAL_PRONOUNS:
        wanted = {"organisation", "anonymous", "vague", "media"}
    elif pronoun in _THINGS:
        wanted = {"organisation", "document", "media", "social-media"}
    else:
        wanted = {"person", "anonymous"}
    for entry in sorted(book.entries, key=lambda e: -e.last_sentence):
        if entry.kind in wanted and statement.sentence - entry.last_sentence <= _NEAR and entry.statements:
            return entry
    if "person" in wanted:
        return _last_person(book, statement)
    return None


def _last_person(book: Book, statement: Statement) -> Entry | None:
    first = max(0, statement.sentence - 2)
    before = book.story.text[book.story.sentences[first][0] : statement.start]
    names = [full for m in re.finditer(r"[A-ZÀ-Þ][\w'’-]+", before) if (full := book.people.full(m.group()))]
    return book.entry(names[-1], "person") if names else None


def _key(name: str, kind: str) -> str:
    folded = re.sub(r"[^\w ]", "", without_article(name).lower())
    return folded if kind != "anonymous" else f"anonymous {folded}"
