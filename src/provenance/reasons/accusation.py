"""accusation: the sentence passes on an accusation of an act that is not proven (*accused X of*, *charged with*)."""

from collections.abc import Iterator

from provenance.reasons import Case, Found, reason, signalled


@reason("accusation")
def accusation(case: Case) -> Iterator[Found]:
    yield from signalled(case, "accusation")
