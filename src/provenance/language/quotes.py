"""Which words of a text stand inside quotation marks.

A quotation runs from an opening mark to its closing one; it never crosses the end of a line (a paragraph), so one stray
mark spoils one paragraph and not the article. A paragraph that opens with a mark and never closes it is a quotation
to its end, as newspapers print speeches of several paragraphs.
"""

from __future__ import annotations

import re

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"'}
_MARK = re.compile(r"[“”„«»‘’\"]|(?<!\w)'|'(?!\w)")


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
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(line):
        mark, at = match.group(), match.start()
        if opened is None:
            if mark == "'":
                closing = "'"
            elif mark in _PAIRS and not (mark == "‘" and _is_apostrophe(line, at)):
                closing = _PAIRS[mark]
            else:
                continue
            opened = (at, closing)
        elif mark in opened[1] and not (mark in "’'" and _is_apostrophe(line, at)):
            found.append((opened[0], at + 1))
            opened = None
    if opened is not None and opened[1] in "”“”" and not line[: opened[0]].strip():
        found.append((opened[0], len(line)))
    # a single-quoted run of three words or less is a name or an irony, but still not the writer's voice
    return found


def _is_apostrophe(line: str, at: int) -> bool:
    """Whether the mark stands inside a word, or ends a plural possessive rather than a quotation."""
    before = line[at - 1] if at else " "
    after = line[at + 1] if at + 1 < len(line) else " "
    return before.isalnum() and after.isalnum()
