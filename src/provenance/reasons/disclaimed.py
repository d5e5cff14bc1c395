"""disclaimed: the article says that the claim was not checked (*could not be independently verified*)."""

from collections.abc import Iterator

from provenance.reasons import Case, Found, reason, signalled


@reason("disclaimed")
def disclaimed(case: Case) -> Iterator[Found]:
    yield from signalled(case, "disclaimed")
