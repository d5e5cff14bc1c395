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
    host = _host(name)
    return table.get(name.strip()) or table.get(bare) or table.get(host) or table.get(host.partition(".")[2])


def is_agency(name: str) -> bool:
    return name in {entry[0] for entry in read("outlets")["agencies"]}


def find(text: str) -> list[tuple[int, int, str]]:
    """Outlets named in a text: `(start, end, canonical name)`, in order; a longer name wins over one within it.

    A paper that is not on the list is known by its shape, *the Sampleton Gazette*: its name is the one in the text.
    """
    found = [(m.start(), m.end(), _names()[m.group()]) for m in _pattern().finditer(text)]
    taken = [(start, end) for start, end, _ in found]
    for m in _local().finditer(text):
        if all(m.end() <= start or end <= m.start() for start, end in taken):
            found.append((m.start(1), m.end(1), m.group(1)))
    return sorted(found)


@cache
def _names() -> dict[str, str]:
    lists = read("outlets")
    entries = [*lists["agencies"], *lists["outlets"]]
    return {form: entry[0] for entry in entries for alias in entry for form in (alias, alias.replace("'", "’"))}


@cache
def _pattern() -> re.Pattern[str]:
    """Every name and alias, but for hosts and for those that are everyday words."""
    ambiguous = set(read("outlets")["ambiguous"])
    names = [name for name in _names() if not re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", name) and name not in ambiguous]
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?![\w-])")


@cache
def _local() -> re.Pattern[str]:
    """One to three names of a place and a word by which papers and stations call themselves."""
    endings = "|".join(map(re.escape, sorted(read("outlets")["endings"], key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:[Tt]he )?((?!The )(?:[A-Z][a-z]+\.? ){{1,3}}(?:{endings}))(?![\w’'-])")


def _host(address: str) -> str:
    if "." not in address or " " in address:
        return ""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:  # a page can state anything as its address
        return ""
    return re.sub(r"^(?:www|m|amp|edition|mobile)\.", "", host or "")
