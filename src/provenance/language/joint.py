"""The reader that ships: the trained network, and the rules where they know more.

The network says who says what, of what kind the source is, whom a pronoun stands for, and what a sentence signals.
The rules add what it misses and they are sure of: *according to* in plain sight, the source of a cue that the network
left without one, statements inside statements, and signals in so many words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc

from provenance.kinds import certain_kind
from provenance.language.cited import cited
from provenance.language.nested import is_from_outlet, is_sure, nested, touches
from provenance.language.network import Network
from provenance.language.reading import FoundAttribution, Reading
from provenance.language.rules import Rules

_FRAMES = ("according to", "per")


class Joint:
    """A `Reader` of two: `name` is the network's, which is what a researcher cites."""

    def __init__(self, network: Network, rules: Rules) -> None:
        self._network, self._rules = network, rules
        self.name = network.name
        self._hollow = rules.hollow

    def read(self, doc: Doc) -> Reading:
        text = doc.text  # joined anew by spaCy at every call
        by_network, by_rules = self._network.read(doc), self._rules.read(doc)
        sentence_at = partial(bisect_right, [sentence.start_char for sentence in doc.sents])
        found = [self._without_hollow_source(text, a) for a in by_network.attributions]
        attributions = [_with_source(a, by_rules.attributions, sentence_at) for a in found]
        attributions += _missed(text, attributions, by_rules.attributions, sentence_at)
        by_others = cited(doc, attributions)
        cues = [cue for attribution in by_others for cue in attribution.cue]
        printed = [part for a in attributions if is_from_outlet(text, a) for part in a.content]
        inner = nested(text, attributions, [*by_rules.attributions, *self._rules.read_quoted(doc, printed)])
        return Reading(
            attributions=attributions,
            signals=[*by_network.signals, *by_rules.signals],
            nested=[*by_others, *(a for a in inner if not touches(a.cue, cues))],
        )

    def _without_hollow_source(self, text: str, found: FoundAttribution) -> FoundAttribution:
        """*the* alleged driver: words that can name nobody are no source; of *there have been reports*, the reports."""
        words = " ".join(text[start:end] for start, end in found.source).lower().split()
        if not words or not self._hollow.issuperset(words):
            return found
        noun = re.search(r"\w+$", text[slice(*found.cue[-1])]) if found.cue else None
        if noun and certain_kind(noun.group()) == "media":
            return replace(found, source=[[found.cue[-1][0] + noun.start(), found.cue[-1][1]]])
        return replace(found, source=[], kind=None, kind_scores={}, refers_to=None)


def _with_source(
    found: FoundAttribution, by_rules: list[FoundAttribution], sentence_at: Callable[[int], int]
) -> FoundAttribution:
    """A cue whose source the network left out, or looked for in another sentence, takes the rules' source of that cue;
    the kind that was said of nobody, or of somebody else, goes.
    """
    if not found.cue:
        return found
    sentence = sentence_at(found.cue[0][0])
    if any(sentence_at(start) == sentence for start, _ in found.source):
        return found
    same = next((r for r in by_rules if r.source and touches(r.cue, found.cue)), None)
    if same is None:
        return found
    content = same.content if found.source else found.content
    return replace(found, source=same.source, content=content, kind=None, kind_scores={}, refers_to=None)


def _missed(
    text: str,
    found: list[FoundAttribution],
    by_rules: list[FoundAttribution],
    sentence_at: Callable[[int], int],
) -> list[FoundAttribution]:
    """*according to* in plain sight, and unnamed sources and full names beside a cue in a sentence in which the
    network saw no cue, or only that of a frame: *…, Ada Example said, according to the Gazette*.
    """
    cues = [cue for attribution in found for cue in attribution.cue]
    seen = {sentence_at(start) for start, end in cues if text[start:end].lower() not in _FRAMES}
    return [
        rule
        for rule in by_rules
        if rule.cue
        and rule.source
        and not touches(rule.cue, cues)
        and (
            text[slice(*rule.cue[0])].lower() == "according to"
            or (sentence_at(rule.cue[0][0]) not in seen and is_sure(" ".join(text[a:b] for a, b in rule.source)))
        )
    ]
