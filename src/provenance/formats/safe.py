"""Text of a page made fit for other places: a terminal, a report."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Control characters (C0, C1) could drive a terminal; bidi controls could show other words than are there.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without control and bidi characters; line ends and tabs stay."""
    return _UNSAFE.sub("", text)


def link(url: str | None) -> str | None:
    """An http(s) address, or None: no other scheme may become a link."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return plain(url) if parts.scheme in ("http", "https") and parts.netloc else None
