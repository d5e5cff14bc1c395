"""What goes to a worker and what comes back: plain data, the same on both sides of the pipe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Job:
    """One page or text to analyse.

    `data` is a str, or for HTML whose charset the request did not say, bytes. `warnings` are added to the answer's.
    """

    kind: Literal["html", "text"]
    data: str | bytes
    url: str | None = None
    publisher: str | None = None
    warnings: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome of a job.

    `kind`: `answer` (then `body` is the analysis as JSON), or why there is none: `no-article`,
    `unsupported-language`, `unreadable`, `too-deep`, `memory` or `failed`. `facts`: counts, times and details, none of
    them words of the page.
    """

    kind: str
    body: bytes = b""
    facts: dict[str, Any] = field(default_factory=dict)
