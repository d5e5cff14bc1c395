"""vague: the sentence credits a crowd that nobody can ask (*experts say*, *it is widely thought*)."""

from collections.abc import Iterator

from provenance.kinds import is_crowd
from provenance.reasons import Case, Found, reason, signalled

_KNOWN = ("the ", "these ", "those ", "both ")  # the researchers of a study that is named: somebody one can ask


@reason("vague")
def vague(case: Case) -> Iterator[Found]:
    for statement in case.informing():
        crowd = [entry for entry in case.speakers(statement) if entry.kind == "vague" and is_crowd(entry.name)]
        mention = case.story.words(statement.mention)
        if crowd and mention and statement.quote == "indirect" and not mention.lower().startswith(_KNOWN):
            values = {"source": mention}
            yield Found(
                statement.sentence,
                statement.mention[0],
                case.sure(statement, crowd[0]),
                "crowd",
                values,
                (statement.id,),
            )
    yield from signalled(case, "vague")
