"""anonymous: the sentence passes on information from people whom the article does not name."""

from collections.abc import Iterator

from provenance.reasons import Case, Found, reason, signalled, where_named


@reason("anonymous")
def anonymous(case: Case) -> Iterator[Found]:
    for statement in case.story.statements:
        withheld = [entry for entry in case.speakers(statement) if entry.kind == "anonymous"]
        evidence = where_named(case, statement)
        if not withheld or evidence is None:
            continue
        values = {"source": case.story.words([evidence]), "name": withheld[0].name}
        message = "" if evidence in statement.mention else "goes-on"
        for sentence in sorted({statement.sentence, *statement.sentences}):
            yield Found(sentence, evidence, statement.confidence, message, values, (statement.id,))
    for found in signalled(case, "anonymous"):  # “spoke on condition of anonymity”, also in a sentence of its own
        yield Found(found.sentence, found.evidence, found.confidence, "granted", found.values)
