"""One record of an archive, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """A page as it lies in an archive, or why there is none.

    `input` and `number` are its key: the input's name, and which record of it this is, from 0. `position` is where to
    read on from it (a byte offset, or an index). `html` is None for what is no page (skipped, or `problem` says why).
    """

    input: str
    number: int
    position: int
    html: bytes | str | None = None
    url: str | None = None
    publisher: str | None = None
    problem: tuple[str, str] | None = None  # (reason, detail)
    end: int = 0  # bytes or items of the input read so far, for the progress bar
