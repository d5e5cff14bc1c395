"""hearsay: the claim comes from another outlet than this page's publisher, or from unnamed reports."""

import re
from collections.abc import Iterator
from dataclasses import replace

from provenance import outlets, passing
from provenance.chain import is_publisher
from provenance.lexicon import read
from provenance.reasons import Case, Found, reason, signalled
from provenance.story import Range, Statement

_BETWEEN = re.compile(r"\s(?:(?:for|in|on|to)\s)?(?:the\s)?")  # a cue and the outlet: *wrote for the …*
_NAMED = 0.9  # how sure it is that an outlet named as a relay is one


@reason("hearsay")
def hearsay(case: Case) -> Iterator[Found]:
    for statement in case.informing():
        speaker = next((e for e in case.speakers(statement) if e.kind == "media"), None)
        if speaker and statement.mention and not is_publisher(speaker.name, case.story.publisher):
            values = {"outlet": case.story.words(statement.mention)}
            evidence = _with_cue(case, statement)
            sure = case.sure(statement, speaker)
            certain = case.certain(statement, "media") and _passes_on(case.story.words(statement.cue))
            yield Found(statement.sentence, evidence, sure, "", values, (statement.id,), certain=certain)
            continue
        for way in case.ways.get(statement.id, ()):
            relay = next((e for e in map(case.entry, way) if e.kind == "media"), None)
            evidence_ = relay and _named(case, statement, relay.name)
            if relay and evidence_:
                values = {"outlet": relay.name}
                sure = _is_said_so(case, statement, evidence_, relay.name)
                yield Found(
                    statement.sentence, evidence_, _NAMED, values=values, attributions=(statement.id,), certain=sure
                )
                break
    for signal in signalled(case, "hearsay"):
        yield replace(signal, message="reports")


def _passes_on(cue: str) -> bool:
    """Whether an outlet by this cue passes news on: *reported*, *according to*, and not *endorsed*, *is seen as*."""
    return not set(read("outlets")["reporting"]).isdisjoint(cue.lower().split())


def _with_cue(case: Case, statement: Statement) -> Range:
    """`according to Kyiv Post`, `Kyiv Post reported`: the mention with its cue, where they stand side by side."""
    mention, cue = statement.mention[0], statement.cue[0] if statement.cue else statement.mention[0]
    start, end = min(mention[0], cue[0]), max(mention[1], cue[1])
    return (start, end) if len(case.story.text[start:end].split()) <= 10 else mention


def _named(case: Case, statement: Statement, name: str) -> Range | None:
    """Where the statement's sentence names the relay, with the words for a source that name it: *a filing obtained by
    the Daily Example*, or the cue before it: *told the Daily Example*; None where it only inherits the way.
    """
    start, end = case.story.sentences[statement.sentence]
    at = case.story.text.find(name, start, end)
    if at < 0:
        return None
    if any(s <= at < e for s, e in statement.mention):
        return _with_cue(case, statement)
    for first, last, _ in passing.frames(case.story.text[start:end]):
        if start + first <= at < start + last:
            return start + first, at + len(name)
    if statement.cue and _BETWEEN.fullmatch(case.story.text, statement.cue[-1][1], max(at, statement.cue[-1][1])):
        return statement.cue[0][0], at + len(name)
    return at, at + len(name)


def _is_said_so(case: Case, statement: Statement, evidence: Range, name: str) -> bool:
    """Whether the words leave no doubt that an outlet passes the claim on: `wrote in the Daily Example`, `per …`."""
    words = case.story.text[slice(*evidence)]
    if words == name or not outlets.canonical(name):
        return False
    apart = not statement.cue or evidence[1] <= statement.cue[0][0] or statement.cue[-1][1] <= evidence[0]
    return apart or _passes_on(words) or _is_withheld(case, statement)


def _is_withheld(case: Case, statement: Statement) -> bool:
    """Whether nobody answers for what an outlet was told: a named person's interview is no hearsay."""
    return {entry.kind for entry in case.speakers(statement)} in ({"anonymous"}, {"vague"})
