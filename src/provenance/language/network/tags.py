"""From a score for outside, begins and inside at each token to spans: the best sequence that can be (Viterbi 1967)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from provenance.language.network.mentions import Span

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

OUTSIDE, BEGINS, INSIDE = range(3)
FORBIDDEN = np.float32(-1e4)


def best_tags(scores: Floats, lengths: list[int], step: Floats, start: Floats) -> Ints:
    """The most likely tags of each window: inside never after outside, and no token in two roles.

    scores: (windows, tokens, roles, 3), padded to the longest; lengths: tokens of each window; step: (roles, 3, 3),
    from one tag to the next; start: (roles, 3). Gives (roles, all tokens), the windows one after the other.
    """
    step = step.copy()
    step[:, OUTSIDE, INSIDE] = FORBIDDEN
    roles = range(scores.shape[2])
    states = states_of(len(roles))
    said = np.sum([scores[:, :, r, states[:, r]] for r in roles], 0)  # (windows, tokens, states)
    moves = np.sum([step[r][np.ix_(states[:, r], states[:, r])] for r in roles], 0)
    best = said[:, 0] + np.sum([start[r, states[:, r]] for r in roles], 0)
    count, longest = said.shape[:2]
    back = np.zeros((longest, count, len(states)), np.int64)
    reached = np.zeros((longest, count, len(states)), np.float32)
    reached[0] = best
    for t in range(1, longest):
        paths = best[:, :, None] + moves
        back[t] = paths.argmax(1)
        reached[t] = best = paths.max(1) + said[:, t]
    found = []
    for window, length in enumerate(lengths):
        here = int(reached[length - 1, window].argmax())
        path = [here]
        for t in range(length - 1, 0, -1):
            path.append(here := int(back[t, window, here]))
        found.append(states[path[::-1]])
    joined: Ints = np.concatenate(found).T
    return joined


def states_of(roles: int) -> Ints:
    """What a token can be, one row each, as the tag of each role: in none, or begins or inside in one."""
    rows = [[OUTSIDE] * roles]
    for role in range(roles):
        for tag in (BEGINS, INSIDE):
            rows.append([tag if r == role else OUTSIDE for r in range(roles)])
    return np.array(rows, np.int64)


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
