"""The spaCy component `provenance`: who says what in a text, as spans and as plain data.

nlp = spacy.blank("en")
nlp.add_pipe("provenance")
doc = nlp("The mayor said the bridge was safe.")
doc.spans["source"], doc.spans["cue"], doc.spans["content"]
doc._.attributions   # [{"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 34]], "kind": …, …}]
"""

# No postponed annotations here: the first releases of spaCy 3.8 cannot read those of a factory.
from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from provenance.language.joint import Joint
from provenance.language.network import load
from provenance.language.reading import Reader
from provenance.language.rules import Rules
from provenance.language.sentences import set_sentence_starts

ROLES = ("source", "cue", "content")

for _name in ("attributions", "signals", "nested"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=[])


class Provenance:
    """Reads a Doc with a `Reader` and leaves what it found on it. Sets sentence starts only where none are set."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        if not doc.has_annotation("SENT_START"):
            set_sentence_starts(doc)
        reading = self.reader.read(doc)
        for role in ROLES:
            ranges = sorted({(s, e) for a in reading.attributions for s, e in getattr(a, role)})
            spans = [doc.char_span(s, e, label=role, alignment_mode="expand") for s, e in ranges]
            doc.spans[role] = [span for span in spans if span is not None]
        doc._.attributions = [a.to_dict() for a in reading.attributions]
        doc._.nested = [a.to_dict() for a in reading.nested]
        doc._.signals = [s.to_dict() for s in reading.signals]
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        for doc in stream:
            yield self(doc)

    def to_bytes(self, **_: Any) -> bytes:
        return b""  # everything it knows ships with the package

    def from_bytes(self, _data: bytes, **_: Any) -> "Provenance":
        return self

    def to_disk(self, _path: Any, **_: Any) -> None: ...

    def from_disk(self, _path: Any, **_: Any) -> "Provenance":
        return self


@Language.factory("provenance", assigns=["doc._.attributions", "doc._.signals"])
def make_component(nlp: Language, name: str) -> Provenance:
    return Provenance(Joint(load(), Rules(nlp.lang or "en")))
