"""hedged: the sentence holds the claim at arm's length (*allegedly*, *is believed to*)."""

from collections.abc import Iterator

from provenance.reasons import Case, Found, reason, signalled


@reason("hedged")
def hedged(case: Case) -> Iterator[Found]:
    yield from signalled(case, "hedged")
