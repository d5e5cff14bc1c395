"""The reader that ships: the trained network, and the rules where they know more.

The network says who says what, of what kind the source is, whom a pronoun stands for, and what a sentence signals.
The rules add what its training data has not: statements inside statements, and signals in so many words.
"""

from __future__ import annotations

from spacy.tokens import Doc

from provenance.language.nested import nested
from provenance.language.network import Network
from provenance.language.reading import Reading
from provenance.language.rules import Rules


class Joint:
    """A `Reader` of two: `name` is the network's, which is what a researcher cites."""

    def __init__(self, network: Network, rules: Rules) -> None:
        self._network, self._rules = network, rules
        self.name = network.name

    def read(self, doc: Doc) -> Reading:
        by_network, by_rules = self._network.read(doc), self._rules.read(doc)
        return Reading(
            attributions=by_network.attributions,
            signals=[*by_network.signals, *by_rules.signals],
            nested=nested(by_network.attributions, by_rules.attributions),
        )
