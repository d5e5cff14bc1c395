"""What can go wrong with a page, each with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence


class Error(Exception):
    """Base of every error that the engine raises on purpose."""


class NoArticle(Error):
    """The page holds no article: a front page, a login wall, an empty document."""


class UnreadableInput(Error):
    """The input cannot be read as text: an unknown charset, or no text at all."""


class UnsupportedLanguage(Error):
    """The article is in a language that the engine does not read.

    `found` is its ISO 639-1 code, `supported` the codes that the engine reads.
    """

    def __init__(self, found: str, supported: Sequence[str]) -> None:
        self.found = found
        self.supported = tuple(supported)
        super().__init__(f"The article seems to be in “{found}”. Supported: {', '.join(self.supported)}.")
