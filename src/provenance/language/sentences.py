"""Where sentences of news prose begin: over spaCy tokens, without a parser.

A sentence ends at the end of a line, and after a full stop, question or exclamation mark (closing quotation marks and
brackets included) where what follows can begin one. spaCy keeps *U.S.*, *Gen.* and decimals as one token;
`abbreviations.toml` has more abbreviations, and the words that begin a sentence even after one.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from spacy.tokens import Doc, Token

from provenance.lexicon import read

_END = {".", "..", "!", "?", "…", "...", "?!", "!?", "!!", "??", "...."}
_CLOSING = {"”", "’", '"', "'", "''", ")", "]", "»"}
_OPENING = {"“", "‘", '"', "'", "''", "``", "(", "[", "«", "—", "–", "-", "•", "*", "…", "..."}
_CELLS = {"|"}


def set_sentence_starts(doc: Doc) -> None:
    """Sets `is_sent_start` on every token."""
    values = np.full(len(doc), -1, dtype="int64")
    values[[i for i in _starts(doc) if i < len(doc)]] = 1
    # token by token would take ten times as long
    doc.from_array(["SENT_START"], values.astype("uint64").reshape(-1, 1))  # type: ignore[arg-type]


def sentence_spans(doc: Doc) -> list[tuple[int, int]]:
    """The sentences as `(start, end)` code points: white space, list marks and cell borders left out, none empty."""
    spans = []
    for sentence in doc.sents:
        tokens = list(sentence)
        while tokens and (tokens[0].is_space or tokens[0].text in _CELLS or _is_list_mark(tokens)):
            tokens.pop(0)
        while tokens and (tokens[-1].is_space or tokens[-1].text in _CELLS):
            tokens.pop()
        if any(c.isalnum() for token in tokens for c in token.text):  # not a rule of dashes
            spans.append((tokens[0].idx, tokens[-1].idx + len(tokens[-1])))
    return spans


def _starts(doc: Doc) -> set[int]:
    starts = {0}
    i, n = 0, len(doc)
    while i < n:
        token = doc[i]
        if "\n" in token.text or token.text in _CELLS:
            starts.add(i + 1)
            if token.text in _CELLS:
                starts.add(i)
        elif (token.text in _END and not _abbreviates(token)) or _ends_itself(token):
            j = i + 1
            while j < n and (_goes_on(doc[j]) or _closes(doc[j])):
                j += 1
            if j < n and not (doc[j].is_space and "\n" in doc[j].text) and _may_begin(doc, i, j):
                starts.add(j)
            i = j
            continue
        i += 1
    return starts


def _abbreviates(token: Token) -> bool:
    """Whether a full stop belongs to the word before it: *Cmdr. Example*, *No. 2*."""
    if token.text != "." or token.i == 0 or token.nbor(-1).whitespace_ or not token.whitespace_:
        return False
    word = token.nbor(-1).text
    return word in _words("never_last") or (word in _words("before_numbers") and _next(token)[:1].isdigit())


def _goes_on(token: Token) -> bool:
    """Whether a mark after an end mark still belongs to it: *?!*, *. . .*, but not *He left. …and came back*."""
    return token.text in _END and not (token.nbor(-1).whitespace_ and not token.whitespace_)


def _closes(token: Token) -> bool:
    """Whether a mark closes what stands before it: one that could open as well does where no space separates them."""
    return token.text in _CLOSING and (token.text in "”»" or not token.nbor(-1).whitespace_)


def _may_begin(doc: Doc, end: int, following: int) -> bool:
    """Whether a sentence can begin at `following`, after the end mark at `end`."""
    if not doc[following - 1].whitespace_ and doc[following].text not in _OPENING:
        return False
    i = following
    while i < len(doc) and (doc[i].text in _OPENING or doc[i].text == " "):
        i += 1
    if i >= len(doc):
        return False
    first = doc[i].text[:1]
    if not (first.isupper() or first.isdigit() or first in "$€£#@"):
        return False
    if following - end > 1 and doc[end].text in ("?", "!") and i == following:  # “Really?” Smith asked.
        return not _attributes(doc, i)
    return True


def _attributes(doc: Doc, start: int) -> bool:
    return any(t.lower_ in _words("said") for t in doc[start + 1 : start + 5])


def _ends_itself(token: Token) -> bool:
    """*U.S.* and *Inc.* can end a sentence, *Gen.* cannot: only where a word follows that often begins one."""
    if len(token) < 2 or not token.text.endswith(".") or not token.text[0].isalpha():
        return False
    return token.text[:-1] not in _words("never_last") and _next(token) in _words("openers")


def _next(token: Token) -> str:
    """The next word, after quotation marks and the like; empty at the end."""
    following = (t.text for t in token.doc[token.i + 1 : token.i + 4] if t.text not in _OPENING)
    return next(following, "")


def _is_list_mark(tokens: list[Token]) -> bool:
    return tokens[0].text in ("-", "•", "*", "–") and len(tokens) > 1 and bool(tokens[0].whitespace_)


@cache
def _words(group: str) -> frozenset[str]:
    """The words of a group of `abbreviations.toml`."""
    return frozenset(next(g["words"] for g in read("abbreviations")["group"] if g["name"] == group))
