"""social-media: the claim comes from a channel, post, video or account online."""

from collections.abc import Iterator
from dataclasses import replace

from provenance.reasons import Case, Found, reason, signalled


@reason("social-media")
def social_media(case: Case) -> Iterator[Found]:
    for statement in case.informing():
        speakers = [e for e in case.speakers(statement) if e.kind == "social-media"]
        if speakers and statement.mention:
            values = {"source": case.story.words(statement.mention)}
            sure, certain = case.sure(statement, speakers[0]), case.certain(statement, "social-media")
            found = Found(statement.sentence, statement.mention[0], sure, "", values, (statement.id,), certain=certain)
            yield found
            continue
        relays = [case.entry(way[0]) for way in case.ways.get(statement.id, ()) if way]
        relay = next((r for r in relays if r.kind == "social-media"), None)
        start, end = case.story.sentences[statement.sentence]
        at = _find_end(case.story.text, relay.name, start, end) if relay else None
        if relay and at:
            yield Found(
                statement.sentence, at, case.sure(statement, relay), "", {"source": relay.name}, (statement.id,)
            )
    for signal in signalled(case, "social-media"):
        yield replace(signal, values={"source": signal.values.get("words", "")})


def _find_end(text: str, name: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a sentence has a name, or the last words of it, shortest two."""
    words = name.split()
    for cut in range(len(words)):
        part = " ".join(words[cut:])
        at = text.find(part, start, end)
        if at >= 0 and (len(words) - cut > 1 or cut == 0):
            return at, at + len(part)
    return None
