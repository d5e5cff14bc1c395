"""Who speaks: one entry for each distinct source of an article, and which statements it makes.

Pronouns, short names, roles and quotations that go on are led back to the source that they stand for: to what the
language stage says (`refers_to`), else to a name, a role or a neighbour that fits (`references.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance import kinds, outlets, references
from provenance.lexicon import pronouns
from provenance.names import People, gender, last_name, name_in, without_article
from provenance.story import Statement, Story

_OF_A_PAPER = re.compile(r"(.+?)['’]s? ([A-ZÀ-Þ]\S+(?: [A-ZÀ-Þ]\S+)+)")
_COPY = re.compile(r"^(?:an? |the )?cop(?:y|ies) of ")
_AND_OTHERS = re.compile(r"(?<=[a-z]) and (?:others|colleagues)$")  # whoever is named speaks for them
CLAUSE = re.compile(r",? (?:who|whom|whose|which|that)\b.*|,? (?:speaking|citing)\b.*", re.DOTALL)


@dataclass(eq=False)
class Entry:
    """A source or a relay, while the article is read. `statements`: ids of the attributions that name it."""

    id: str
    name: str
    kind: str
    statements: list[str] = field(default_factory=list)
    last_sentence: int = -1

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
        entry = self._by_key.get(key) or (self._person_called(name) if kind == "person" else None)
        if entry is None:
            entry = Entry(f"s{len(self.entries) + 1}", name, kind)
            self._by_key[key] = entry
            self.entries.append(entry)
        elif kind == "person" and not self.people.is_known(entry.name) and len(name) > len(entry.name):
            entry.name = name
        return entry

    def known(self, identifier: str) -> Entry:
        """The entry of this id; raises StopIteration where there is none."""
        return next(entry for entry in self.entries if entry.id == identifier)

    def _person_called(self, name: str) -> Entry | None:
        """`Obama`, `Mr. Obama` and `President Obama` are one person where the article has no full name."""
        if self.people.is_known(name) or not name_in(name):
            return None
        last = last_name(name)
        alike = (e for e in self.entries if e.kind == "person" and not self.people.is_known(e.name))
        return next((e for e in alike if last_name(e.name) == last and gender(e.name) in (None, gender(name))), None)

    def assign(self, statement: Statement, entries: Iterable[Entry]) -> None:
        self.of[statement.id] = list(entries)
        for entry in self.of[statement.id]:
            if statement.mention:
                entry.statements.append(statement.id)
            entry.last_sentence = statement.sentence

    def recent(self) -> list[Entry]:
        """Entries that have spoken, the last one first."""
        return sorted((e for e in self.entries if e.last_sentence >= 0), key=lambda e: -e.last_sentence)


def resolve(story: Story) -> Book:
    """Reads the statements in order and gives each its sources; one without a speaker gets none."""
    book = Book(story)
    previous: Statement | None = None
    for statement in story.statements:
        if statement.continues:
            continue
        mention = story.words(statement.mention)
        if mention:
            book.assign(statement, _speakers(book, statement, mention))
        else:
            book.assign(statement, _unmentioned(book, statement, previous))
        if book.of[statement.id]:
            previous = statement
    for statement in story.statements:
        if statement.continues:
            book.assign(statement, book.of[statement.continues])
    return book


def _unmentioned(book: Book, statement: Statement, previous: Statement | None) -> list[Entry]:
    """A quotation that goes on, or a participle (*adding that*): whoever spoke right before; a passive has nobody."""
    if previous is None:
        return []
    distance = statement.sentence - previous.sentence
    cue = book.story.words(statement.cue)
    goes_on = distance <= references.NEAR if not cue else cue.endswith("ing") and distance == 0
    return book.of[previous.id] if goes_on else []


def _speakers(book: Book, statement: Statement, mention: str) -> list[Entry]:
    core = CLAUSE.sub("", mention).strip(" ,") or mention
    core = kinds.OBTAINED.sub("", core).strip(" ,") or core
    core = _AND_OTHERS.sub("", _COPY.sub("", _reporter(core)))
    if kinds.is_pronoun(core):
        return [entry for entry in [_pronoun(book, statement, core.lower())] if entry]
    parts = _named_together(core)
    return [_named(book, statement, part) for part in parts or [core]]


def _reporter(core: str) -> str:
    """`the Daily Example's Ada Example` → `Ada Example`: the paper is how her words came, not who speaks."""
    match = _OF_A_PAPER.fullmatch(core)
    return match.group(2) if match and outlets.canonical(without_article(match.group(1))) else core


def _named_together(core: str) -> list[str]:
    """`Ada Example and Ben Sample` → both; a phrase with one noun in common stays whole."""
    parts = core.split(" and ")
    return parts if len(parts) == 2 and all(name_in(p) and p[:1].isupper() for p in parts) else []


def _named(book: Book, statement: Statement, core: str) -> Entry:
    """The entry of a mention that has a noun or a name."""
    # What somebody got hold of is of another kind than who got hold of it, a reporter of another than her paper.
    mention = book.story.words(statement.mention)
    other = kinds.OBTAINED.search(mention) or _reporter(mention) != mention
    kind = kinds.certain_kind(core) or (None if other else statement.kind) or kinds.kind_of(core)
    earlier = _called_so(book, core)
    if earlier:
        return earlier
    if kind == "media":
        outlet = _outlet(book, core)
        if outlet:
            return book.entry(outlet, kind)
    if kind == "person":
        withheld = _same_head(book, core, ("anonymous",)) if _is_definite(core) else None
        return withheld or book.entry(_person(book, statement, core), kind)
    if _is_definite(core):
        earlier = _same_role(book, core, kind)
        if earlier:
            return earlier
    name = _short(without_article(core))
    return book.entry((_spelled_out(book, name) if kind in ("organisation", "media") else None) or name, kind)


def _spelled_out(book: Book, name: str) -> str | None:
    """`IMF` → `International Monetary Fund`, where the article writes it so, or an entry has these initials."""
    letters = name.replace(".", "")
    if not re.fullmatch(r"[A-Z]{2,6}", letters):
        return None
    between = r"\s(?:(?:of|the|for|and|to|on|in)\s)*"
    written = re.search(rf"\b{between.join(rf'{letter}[a-z’-]+' for letter in letters)}\b", book.story.text)
    if written and len(letters) > 2:
        return " ".join(written.group().split())
    initials = ((e.name, "".join(w[0] for w in e.name.split() if w[:1].isupper())) for e in book.entries)
    return next((full for full, own in initials if own == letters and len(full) > 8), None)


def _called_so(book: Book, core: str) -> Entry | None:
    """`Kremlin Snuffbox` → the entry `Russian Telegram channel Kremlin Snuffbox`: a name that ends with this one."""
    name = without_article(core)
    if not re.fullmatch(r"[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*)+", name):
        return None
    longer = (e for e in book.entries if e.kind not in ("person", "anonymous") and e.name.endswith(f" {name}"))
    return next(longer, None)


def _outlet(book: Book, core: str) -> str | None:
    """The outlet that a mention names: one already met whose name ends so (`The Times`), else one known by it."""
    short = without_article(core.split(",")[0].strip())
    met = (e.name for e in book.entries if e.kind == "media" and len(short) > 2)
    named = outlets.find(core)
    return (
        next((name for name in met if name.lower().endswith(f" {short.lower()}")), None)
        or outlets.canonical(short)
        or (named[-1][2] if named else None)
        or _owner_of_report(core)
    )


def _owner_of_report(core: str) -> str | None:
    """`The Wrap’s report today` → `Wrap`; `an October 2023 Sample report` stays as it is."""
    match = re.match(
        r"(?:[Tt]he )?([A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*)['’]s? (?:\w+ )?(?:report|story|article|post)\b", core
    )
    return match.group(1) if match else None


def _person(book: Book, statement: Statement, core: str) -> str:
    """The fullest name of a person whom a mention names, or describes by a role."""
    full = book.people.full(core) if kinds.head_is_capital(core) else None
    full = full or book.people.full(core.partition(",")[2])
    if full:
        return full
    apposed = references.named_before(book.story, statement)
    full = book.people.full(apposed) if apposed else None
    if full and book.people.is_known(full):
        return full
    meant = _meant(book, statement)
    if meant:
        return meant
    if name_in(core) is None or not core.split()[-1][:1].isupper():
        holder = references.role_holder(book.story, book.people, core)
        if holder:
            return holder
        if _is_definite(core):
            last = next((e.name for e in book.recent() if e.kind == "person"), None)
            near = references.person_for("", book.story, book.people, statement, last)
            if near:
                return near
    return _short(without_article(core))


def _meant(book: Book, statement: Statement, pronoun: str = "") -> str | None:
    """The person that the language stage says is meant, if the article has such a person and the pronoun fits."""
    full = book.people.full(statement.refers_to) if statement.refers_to else None
    if full is None or not book.people.is_known(full):
        return None
    wanted = references.gender_of(pronoun)
    return full if wanted is None or gender(full) in (None, wanted) else None


def _short(name: str) -> str:
    """A name without its apposition or clause: what stands before the first comma."""
    return re.split(r",| \(| --? |[—–]", kinds.OBTAINED.sub("", name))[0].strip() or name


def _is_definite(core: str) -> bool:
    return core.lower().startswith(("the ", "that ", "this ", "these ", "those "))


def _same_role(book: Book, core: str, kind: str) -> Entry | None:
    """`the official` → the last entry that is an official; `the paper` → the last outlet."""
    earlier = _same_head(book, core, None)
    if earlier and earlier.name.lower() != kinds.head(core):
        return earlier
    if references.is_outlet_word(kinds.head(core)) and not core[4:5].isupper():  # `the Daily Example newspaper` is one
        outlet = next((e for e in book.recent() if e.kind == "media"), None)
        if outlet:
            return outlet
    if earlier:
        return earlier
    same = next((e for e in book.recent() if e.kind == kind), None)
    near = same and len(core.split()) == 2 and kind in ("organisation", "document") and not core[4:5].isupper()
    return same if near else None


def _same_head(book: Book, core: str, of_kinds: tuple[str, ...] | None) -> Entry | None:
    """The last entry with the same noun: `an unnamed engineer … the engineer`."""
    noun = kinds.head(core)
    fitting = (e for e in book.recent() if of_kinds is None or e.kind in of_kinds)
    return next((e for e in fitting if e.head == noun), None) if len(core.split()) <= 3 else None


def _pronoun(book: Book, statement: Statement, pronoun: str) -> Entry | None:
    if pronoun in pronouns("relative"):
        phrase = references.antecedent(book.story, statement)
        return _named(book, statement, phrase) if phrase else None
    if statement.kind == "anonymous":  # the reader has seen that it is somebody withheld: no name can be meant
        withheld = next((e for e in book.recent() if e.kind == "anonymous"), None)
        if withheld and statement.sentence - withheld.last_sentence <= references.NEAR:
            return withheld
    he_or_she = references.gender_of(pronoun) is not None
    meant = _meant(book, statement, pronoun)
    if meant:
        return book.entry(meant, "person")
    if statement.refers_to and not he_or_she and not kinds.is_pronoun(statement.refers_to):
        return _named(book, statement, statement.refers_to)
    last = next(iter(book.recent()), None)
    kind = statement.kind or ("person" if he_or_she else None)
    if kind == "person" and pronoun not in pronouns("plural") | pronouns("speaker"):
        name = references.person_for(pronoun, book.story, book.people, statement, last.name if last else None)
        if name and not (last and last.kind == "anonymous" and last.last_sentence == statement.sentence):
            return book.entry(name, "person")
    for entry in book.recent():
        if statement.sentence - entry.last_sentence > references.NEAR:
            break
        if references.fits(pronoun, entry.kind) and (statement.kind in (None, entry.kind)):
            return entry
    return None


def _key(name: str, kind: str) -> str:
    folded = re.sub(r"[^\w ]", "", without_article(name).lower())
    if kind == "person" and name_in(name):
        return f"person {last_name(name)} {gender(name) or folded.split()[0]}" if " " in folded else f"person {folded}"
    return f"{kind} {folded}" if kind in ("anonymous", "person") else folded
