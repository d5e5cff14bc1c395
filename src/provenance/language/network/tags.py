"""From a score for outside, begins and inside at each token to spans: the best sequence that can be (Viterbi)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from provenance.language.network.mentions import Span

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

OUTSIDE, BEGINS, INSIDE = range(3)
FORBIDDEN = np.float32(-1e4)


def best_tags(scores: Floats, lengths: list[int], step: Floats, start: Floats) -> Ints:
    """The most likely tags of each window for each role, with inside never after outside.

    scores: (windows, tokens, roles, 3), padded to the longest; lengths: tokens of each window; step: (roles, 3, 3),
    from one tag to the next; start: (roles, 3). Gives (roles, all tokens), the windows one after the other.
    """
    step = step.copy()
    step[:, OUTSIDE, INSIDE] = FORBIDDEN
    count, longest, roles, _ = scores.shape
    best = scores[:, 0] + start
    back = np.zeros((longest, count, roles, 3), np.int64)
    reached = np.zeros((longest, count, roles, 3), np.float32)
    reached[0] = best
    for t in range(1, longest):
        paths = best[..., None] + step
        back[t] = paths.argmax(2)
        best = paths.max(2) + scores[:, t]
        reached[t] = best
    last = np.array(lengths) - 1
    tags = np.zeros((longest, count, roles), np.int64)
    here = np.zeros((count, roles), np.int64)
    rows, columns = np.arange(count)[:, None], np.arange(roles)[None, :]
    for t in range(longest - 1, -1, -1):
        if t + 1 < longest:
            here = back[t + 1][rows, columns, here]
        here = np.where((last == t)[:, None], reached[t].argmax(-1), here)
        tags[t] = here
    joined: Ints = np.concatenate([tags[:n, i] for i, n in enumerate(lengths)]).T
    return joined


def spans(tags: Ints) -> list[Span]:
    """Token ranges of one role's tags; a span may go on from one window into the next."""
    found: list[Span] = []
    begin = -1
    for i, tag in enumerate([*tags.tolist(), OUTSIDE]):
        if begin >= 0 and tag != INSIDE:
            found.append((begin, i))
            begin = -1
        if begin < 0 and tag != OUTSIDE:  # inside after outside, where a window starts, begins too
            begin = i
    return found
