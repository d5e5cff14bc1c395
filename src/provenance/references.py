"""Whom a pronoun or a role stands for: *he*, *who*, *the officer*, *the paper*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance import kinds
from provenance.lexicon import pronouns, words
from provenance.names import People, gender
from provenance.story import Statement, Story

NEAR = 4  # sentences: a quotation that goes on, or a pronoun, is not led further back than this


def gender_of(pronoun: str) -> str | None:
    """`m` for *he*, `f` for *she*, None for a word that says neither."""
    return "m" if pronoun in pronouns("male") else "f" if pronoun in pronouns("female") else None


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a pronoun may stand for: a name, where it stands, and how well it fits (higher is better)."""

    name: str
    score: float


def person_for(
    pronoun: str, story: Story, people: People, statement: Statement, last_speaker: str | None
) -> str | None:
    """The full name of the person that *he*, *she* or *who* stands for, or None.

    The nearest sentence counts most; within one, who comes first (its subject, mostly); then who spoke last.
    """
    wanted = gender_of(pronoun)
    best: Candidate | None = None
    for candidate in _named_before(story, people, statement, last_speaker):
        known = gender(candidate.name)
        if wanted and known not in (wanted, None):
            continue
        score = candidate.score - (0.7 if wanted and known is None else 0.0)
        if best is None or score > best.score:
            best = Candidate(candidate.name, score)
    return best.name if best else None


def _named_before(story: Story, people: People, statement: Statement, last: str | None) -> Iterator[Candidate]:
    for number in range(max(0, statement.sentence - NEAR), statement.sentence + 1):
        start, end = story.sentences[number]
        distance = statement.sentence - number
        for place, (at, name) in enumerate(people.named_in(start, min(end, statement.start))):
            quoted = any(s.quote != "indirect" and any(a <= at < b for a, b in s.content) for s in story.statements)
            score = (
                -1.0 * distance
                + (0.6 if place == 0 else 0.0)
                - (0.9 if quoted else 0.0)
                + (0.8 if name == last else 0.0)
            )
            yield Candidate(name, score)


def antecedent(story: Story, statement: Statement) -> str | None:
    """The noun phrase right before *who*, *which* or *that*: `a nurse who said` → `a nurse`."""
    start, _ = story.sentences[statement.sentence]
    before = story.text[start : statement.start].rstrip(" ,—–(")
    match = re.search(
        r"((?:\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]wo|[Ss]ome|[Oo]ther|[Mm]any|[Tt]hose|[Hh]is|[Hh]er)\s)[^,.;:“”\n]{1,60})$",
        before,
    )
    name = re.search(r"((?:[A-ZÀ-Þ][\w.'’-]*\s?){1,5})$", before)
    for found in (name, match):
        if found and found.group(1).strip():
            phrase = re.split(
                r"\b(?:for|of|to|by|with|from|and|but)\s(?=(?:the|an?|one|two|other|those)\s)", found.group(1).strip()
            )[-1]
            return phrase.strip() or None
    last = before.split()[-2:]
    return " ".join(last) if last else None


def named_before(story: Story, statement: Statement) -> str | None:
    """The name that a mention is an apposition to: `Ada Example, | the former mayor`."""
    if not statement.mention:
        return None
    before = story.text[max(0, statement.mention[0][0] - 60) : statement.mention[0][0]]
    name = re.search(r"((?:[A-ZÀ-Þ][\w.'’-]*\s){0,3}[A-ZÀ-Þ][\w'’-]*),\s$", before)
    return name.group(1) if name else None


def role_holder(story: Story, people: People, phrase: str) -> str | None:
    """Whom the article names beside a role: `the officer` → `Officer Ada Example`; `Ada Example, an officer`."""
    noun = re.escape(kinds.head(phrase))
    before = re.search(rf"\b(?i:{noun})s? ((?:[A-ZÀ-Þ][\w.'’-]* ?){{1,3}})", story.text)
    if before:
        full = people.full(before.group(1))
        if full:
            return full
    after = re.search(
        rf"((?:[A-ZÀ-Þ][\w.'’-]* ){{1,3}}[A-ZÀ-Þ][\w'’-]*),? (?:who (?:is|was) )?(?:[^,.;\n]{{0,50}})\b{noun}\b",
        story.text,
    )
    return people.full(after.group(1)) if after else None


def fits(pronoun: str, kind: str) -> bool:
    """Whether a pronoun can stand for a source of a kind."""
    if gender_of(pronoun):
        return kind in ("person", "anonymous")
    if pronoun in pronouns("plural"):
        return kind in ("organisation", "vague", "media", "anonymous")
    if pronoun in pronouns("thing"):
        return kind in ("organisation", "document", "media", "social-media")
    return True


def is_outlet_word(noun: str) -> bool:
    return noun in words("sources", "outlet")
