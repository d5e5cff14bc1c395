"""One statement of one article: what is claimed, who is given as its source, and by which ways it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

RELAYS = ("media", "social-media", "document")


class BadStatement(ValueError):
    """A row that cannot be read as a statement; the message says which field is to blame."""


@dataclass(frozen=True, slots=True)
class Named:
    """A source or a relay: the article's words for it, and its kind (see `provenance.analysis.KINDS`)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as one article passes it on.

    `sources`: who said it (none: the publisher in its own voice). `via`: the ways it came, each a list of those who
    passed it on, nearest to the origin first, the publisher left out; an empty way: straight from the source.
    `outlet` is who carries the article, `publisher` who wrote it: they differ where an agency's story is reprinted.
    """

    id: str
    claim: str
    publisher: str
    outlet: str
    article: str
    sources: tuple[Named, ...] = ()
    via: tuple[tuple[Named, ...], ...] = ()
    url: str | None = None
    date: date | None = None
    cue: str | None = None


def read_statement(row: Mapping[str, Any], number: int) -> Statement:
    """A statement from a JSON object or a table's row.

    Needed: `claim` and `publisher` (or `url`). `sources`: names, or objects with `name` and `kind`. `via`: a list of
    ways, each a list of the same; one flat list is read as a single way. Raises `BadStatement`.
    """
    claim = row.get("claim") or row.get("text")
    if not isinstance(claim, str) or not claim.strip():
        raise BadStatement(f"statement {number}: “claim” is missing or empty")
    url = row.get("url") or None
    publisher = row.get("publisher") or (host(url) if url else None)
    if not publisher:
        raise BadStatement(f"statement {number}: it has neither “publisher” nor “url”")
    identity = str(row.get("id") or number)
    sources = row.get("sources") or ([row["source"]] if row.get("source") else [])
    return Statement(
        id=identity,
        claim=claim.strip(),
        publisher=str(publisher),
        outlet=str(row.get("outlet") or publisher),
        article=str(row.get("article") or url or identity),
        sources=tuple(_named(source, "person", number) for source in sources),
        via=_ways(row.get("via") or [], number),
        url=url,
        date=_day(row.get("date")),
        cue=row.get("cue") or None,
    )


def host(url: str) -> str:
    """The host of an address, without `www.`."""
    rest = url.split("//", 1)[-1]
    return rest.split("/", 1)[0].split("@")[-1].split(":")[0].lower().removeprefix("www.")


def _ways(via: Iterable[Any], number: int) -> tuple[tuple[Named, ...], ...]:
    ways = list(via)
    if ways and not any(isinstance(way, (list, tuple)) for way in ways):
        ways = [ways]
    return tuple(tuple(_named(relay, "media", number) for relay in way) for way in ways)


def _named(value: Any, kind: str, number: int) -> Named:
    if isinstance(value, str) and value.strip():
        return Named(value.strip(), kind)
    if isinstance(value, Mapping) and isinstance(value.get("name"), str) and value["name"].strip():
        return Named(value["name"].strip(), str(value.get("kind") or kind))
    raise BadStatement(f"statement {number}: a source or relay has no “name”")


def _day(value: Any) -> date | None:
    """The day of an ISO date; None where there is none or it cannot be read."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
