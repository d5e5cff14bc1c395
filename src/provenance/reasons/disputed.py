"""disputed: the sentence says that a party denies or contradicts the claim, or is that denial."""

from collections.abc import Iterator

from provenance.reasons import Case, Found, reason, signalled


@reason("disputed")
def disputed(case: Case) -> Iterator[Found]:
    yield from signalled(case, "disputed")
