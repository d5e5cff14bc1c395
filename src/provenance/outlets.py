"""News outlets by name, alias and host: one name for each, and where a text names one."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from provenance.lexicon import read


def canonical(name: str) -> str | None:
    """The one name of an outlet that is known by this name, alias or host; None for one that is not known."""
    table = _names()
    bare = re.sub(r"^(?:the|The) ", "", name.strip())
    return table.get(name.strip()) or table.get(bare) or table.get(_host(name))


def is_agency(name: str) -> bool:
    return name in {entry[0] for entry in read("outlets")["agencies"]}


def find(text: str) -> list[tuple[int, int, str]]:
    """Outlets named in a text: `(start, end, canonical name)`, in order; a longer name wins over one within it."""
    return [(m.start(), m.end(), _names()[m.group()]) for m in _pattern().finditer(text)]


@cache
def _names() -> dict[str, str]:
    lists = read("outlets")
    return {alias: entry[0] for entry in [*lists["agencies"], *lists["outlets"]] for alias in entry}


@cache
def _pattern() -> re.Pattern[str]:
    names = [name for name in _names() if not re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", name) and name not in _AMBIGUOUS]
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?![\w-])")


# Words of everyday language, or of other names: an outlet only where nothing but the name stands there.
_AMBIGUOUS = frozenset(
    {
        "Time",
        "TIME",
        "People",
        "Fortune",
        "Nature",
        "Insider",
        "Independent",
        "Observer",
        "The Observer",
        "The Sun",
        "Metro",
        "Punch",
        "Dawn",
        "Stuff",
        "Variety",
        "Deadline",
        "Slate",
        "Salon",
        "STAT",
        "Guardian",
        "Telegraph",
        "The Age",
        "AP",
        "PA",
        "RT",
        "DW",
        "FT",
        "ANI",
        "PTI",
        "AAP",
        "RIA",
        "Yahoo",
        "Fars",
        "Folha",
        "The Nation",
        "Economist",
        "Daily News",
        "Billboard",
        "Interfax",
    }
) - {"AP", "Interfax"}


def _host(address: str) -> str:
    host = (
        urlsplit(address if "//" in address else f"//{address}").hostname
        if "." in address and " " not in address
        else None
    )
    return re.sub(r"^(?:www|m|amp|edition|mobile)\.", "", host or "")
