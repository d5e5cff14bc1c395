"""Word pieces: what the encoder reads, how they lie under spaCy's tokens, and how an article is cut into windows."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

Ints = npt.NDArray[np.int64]

CLS, SEP = 101, 102  # of BERT's uncased English vocabulary
PLACES = 510  # word pieces that the encoder has places for
WINDOW = 254  # word pieces in a window at most, without [CLS] and [SEP]


def tokenizer(vocabulary: Path) -> Tokenizer:
    """BERT's uncased tokenizer over a vocabulary file, one piece a line. It never truncates."""
    words = {line: i for i, line in enumerate(vocabulary.read_text("utf-8").splitlines())}
    made = Tokenizer(WordPiece(words, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made


@dataclass(frozen=True)
class Pieces:
    """The word pieces of one text, and the tokens over them. Tokens of white space alone are left out."""

    ids: Ints  # of each piece
    starts: Ints  # code point where each token starts
    ends: Ints  # one past its last code point
    first: Ints  # first piece of each token, and at the end the number of pieces

    def window(self, begin: int, end: int) -> tuple[Ints, Ints]:
        """Ids for the encoder of tokens begin..end, and where in them each of these tokens has its first piece."""
        a, b = int(self.first[begin]), int(self.first[end])
        b = min(max(b, a + 1), a + PLACES)  # one token, such as a long line of dashes, may have more pieces than places
        ids = np.concatenate(([CLS], self.ids[a:b], [SEP]))
        return ids, np.minimum(self.first[begin:end] - a, b - a - 1) + 1

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The range of tokens that the code points start..end touch."""
        return int(np.searchsorted(self.ends, start, "right")), int(np.searchsorted(self.starts, end, "left"))


def pieces(made: Tokenizer, text: str, starts: Ints, ends: Ints) -> Pieces:
    """Word pieces of a text; starts, ends: the code points of its tokens, in order, none of white space alone."""
    encoding = made.encode(text, add_special_tokens=False)
    piece_starts = np.array([s for s, _ in encoding.offsets], np.int64)
    first = np.searchsorted(piece_starts, starts, "left")  # the first piece that begins in the token …
    inside = first < np.searchsorted(piece_starts, ends, "left")
    first = np.where(inside, first, np.maximum(first - 1, 0))  # … or, where none does, the piece around its start
    return Pieces(np.array(encoding.ids, np.int64), starts, ends, np.append(first, len(encoding.ids)))


def windows(sentence_ends: Sequence[int], first: Ints, limit: int = WINDOW) -> list[tuple[int, int]]:
    """Token ranges that cover an article: whole sentences, at most `limit` pieces each, of about equal length.

    sentence_ends: for each sentence, in order, one past its last token. A sentence longer than a window is cut.
    """
    cuts, start = [], 0
    for end in sentence_ends:  # where a window may end
        while first[end] - first[start] > limit:
            start = max(start + 1, bisect.bisect_right(first, first[start] + limit) - 1)
            cuts.append(start)
        cuts.append(start := end)
    if not cuts:
        return []
    total = int(first[cuts[-1]])
    target = total / max(1, -(-total // limit))
    found, begin, last = [], 0, 0
    for cut in cuts:
        if last > begin and (first[cut] - first[begin] > limit or first[last] - first[begin] >= target):
            found.append((begin, last))
            begin = last
        last = cut
    return [*found, (begin, last)] if last > begin else found
