"""One plain sentence for each reason, made from the article's own words.

The sentences are templates in `messages.toml`, by language, so that they can be translated; none says that a claim is
false: they say who is not named here, and what was not checked here.
"""

from __future__ import annotations

from collections.abc import Mapping

from provenance.lexicon import read

_LONGEST = 90  # characters of the article's words that a message repeats


def message(code: str, variant: str, values: Mapping[str, str], language: str = "en") -> str:
    """The text of a reason. `variant` is one of the code's messages, or "" for the plain one."""
    template: str = read("messages", language)[code][variant or "plain"]
    return template.format_map({key: shortened(value) for key, value in values.items()})


def shortened(words: str) -> str:
    """At most 90 characters, cut between words."""
    folded = " ".join(words.split())
    if len(folded) <= _LONGEST:
        return folded
    return folded[:_LONGEST].rsplit(" ", 1)[0] + "…"
