"""Which words of a text stand inside quotation marks.

A quotation runs from an opening mark to its closing one; it never crosses the end of a line (a paragraph), so one stray
mark spoils one paragraph and not the article. A paragraph that opens with a mark and never closes it is a quotation
to its end, as newspapers print speeches of several paragraphs.
"""

from __future__ import annotations

import re

_CLOSING = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"', "'": "'"}
_SINGLE = "‘’'"
_MARK = re.compile("[“”„«»‘’\"']")


def quotations(text: str) -> list[tuple[int, int]]:
    """The quotations of a text as `(start, end)` code points, marks included, none inside another."""
    found: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        found += [(offset + start, offset + end) for start, end in _in_line(line)]
        offset += len(line) + 1
    return found


def _in_line(line: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _MARK.finditer(line):
        mark, at = match.group(), match.start()
        before, after = line[at - 1 : at] or " ", line[at + 1 : at + 2] or " "
        if opened is None:
            if mark in _CLOSING and (mark not in _SINGLE or (not before.isalnum() and not after.isspace())):
                opened = at
        elif mark in _CLOSING[line[opened]] and (mark not in _SINGLE or (not before.isspace() and not after.isalnum())):
            found.append((opened, at + 1))
            opened = None
    if opened is not None and line[opened] not in _SINGLE and not line[:opened].strip():
        found.append((opened, len(line)))
    return found
