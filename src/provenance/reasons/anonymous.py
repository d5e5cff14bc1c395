"""anonymous: the sentence passes on information from people whom the article does not name."""

from collections.abc import Iterator
from dataclasses import replace

from provenance.reasons import Case, Found, reason, signalled, where_named
from provenance.story import Statement

_CITED = 0.9  # `citing two officials who asked not to be named`: as good as any phrase that says it


@reason("anonymous")
def anonymous(case: Case) -> Iterator[Found]:
    for statement in case.informing():
        withheld = next((entry for entry in case.speakers(statement) if entry.kind == "anonymous"), None)
        if withheld:
            for sentence in sorted({statement.sentence, *statement.sentences}):
                found = _named_where(case, statement, sentence)
                if found:
                    certain = case.certain(statement, "anonymous")
                    yield replace(found.sure(case.sure(statement, withheld)), certain=certain)
                    if certain and case.is_cited(statement):
                        yield replace(found.sure(_CITED), origin="phrase")
                    if statement.continues and statement.quote == "direct":
                        yield from _as_where_it_began(case, statement, found)
    for signal in signalled(case, "anonymous"):
        if signal.origin == "phrase":  # “spoke on condition of anonymity”, also in a sentence of its own
            yield replace(signal, message="granted")
        else:
            yield _whole(case, signal) if signal.evidence else signal


def _whole(case: Case, signal: Found) -> Found:
    """A signal with the whole of the words for the source, where they are known: the network may show a part."""
    assert signal.evidence is not None
    start, end = signal.evidence
    for statement in case.story.statements:
        if any(s <= start and end <= e for s, e in statement.mention):
            named = where_named(case, statement)
            if named and named[0] <= start and end <= named[1]:
                return replace(signal, evidence=named, values={"source": case.story.words([named])})
    return replace(signal, values={"source": signal.values["words"]})


def _as_where_it_began(case: Case, statement: Statement, found: Found) -> Iterator[Found]:
    """What the network says of the sentence with the cue holds of those in which its quotation goes on."""
    begin = next(s.sentence for s in case.story.statements if s.id == statement.continues)
    for signal in signalled(case, "anonymous"):
        if signal.sentence == begin and signal.origin == "network":
            yield replace(found.sure(signal.confidence), origin="network")


def _named_where(case: Case, statement: Statement, sentence: int) -> Found | None:
    """The statement as a reason in one of its sentences: its own words for the source, or where it was named."""
    evidence = where_named(case, statement)
    if evidence is None:
        return None
    goes_on = not statement.mention
    values = {"source": case.story.words([evidence])}
    return Found(sentence, evidence, 1.0, "goes-on" if goes_on else "", values, (statement.id,))
