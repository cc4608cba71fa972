"""
Static word vectors: what a word means, without its neighbours, and how common it is.

Each word's vector is what the sentence encoder all-MiniLM-L6-v2 makes of the word alone, less the
directions that all words share (all-but-the-top: Mu and Viswanath 2018), cut to fewer dimensions
by principal components and rounded to eight bits.
A text is the mean of its words, rare ones weighing more (SIF: Arora et al. 2017).
Made by `training/vectors.py`.

    vectors = shared()
    words = vectors.words(["the cat sat"])
    vectors.means(words)            # (texts, width)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ombud.features import word_spans
from ombud.weights import FOLDER, load, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Hashes = NDArray[np.uint64]
    Singles = NDArray[np.float32]

UNKNOWN: Final = -1
NUMBER: Final = "0"
"""Stands for every word that begins with a digit."""
_BASE: Final = 0x9E3779B97F4A7C15
_INVERSE: Final = pow(_BASE, -1, 1 << 64)
_LENGTH: Final = np.uint64(0xA0761D6478BD642F)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_CHUNK: Final = 1 << 16
_RARE: Final = 1e-3
"""The `a` of SIF: a word of this share of all words weighs a half."""


@dataclass(frozen=True, slots=True)
class Words:
    """
    The words of a batch.

    ids: (words,) number of each in the vocabulary, `UNKNOWN` if it is not there.
    rows: (texts + 1,) text t owns ids[rows[t]:rows[t + 1]].
    begins, ends: (words,) places in the text itself, in code points.
    """

    ids: Ints
    rows: Ints
    begins: Ints
    ends: Ints

    def __len__(self) -> int:
        """Count the texts."""
        return len(self.rows) - 1

    @property
    def owners(self) -> Ints:
        """Return (words,) the text of each word."""
        return np.repeat(np.arange(len(self)), np.diff(self.rows))


def hashed_words(texts: Sequence[str]) -> tuple[Hashes, Words]:
    """Return (words,) a hash of each word, and the words with no ids yet."""
    hashes, begins, ends, counts = [], [], [], []
    for chunk in _chunks(texts):
        joined = "\n".join(chunk) + "\n"
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        begin, end = word_spans(joined)
        hashes.append(_hash(codes, begin, end))
        lengths = np.fromiter((len(text) + 1 for text in chunk), np.int64, len(chunk))
        starts = np.concatenate([[0], np.cumsum(lengths)])
        owner = np.searchsorted(starts, begin, side="right") - 1
        begins.append(begin - starts[owner])
        ends.append(end - starts[owner])
        counts.append(np.bincount(owner, minlength=len(chunk)))
    empty = np.zeros(0, dtype=np.int64)
    rows = np.concatenate([[0], np.cumsum(np.concatenate([empty, *counts]))]).astype(np.int64)
    found = np.concatenate([empty.astype(np.uint64), *hashes])
    places = (np.concatenate([empty, *part]) for part in (begins, ends))
    return found, Words(np.full(len(found), UNKNOWN), rows, *places)


def _chunks(texts: Sequence[str]) -> list[Sequence[str]]:
    """Cut a batch into runs of about `_CHUNK` characters, which stay in the processor's cache."""
    chunks, begin, size = [], 0, 0
    for end, text in enumerate(texts):
        if size + len(text) > _CHUNK and end > begin:
            chunks.append(texts[begin:end])
            begin, size = end, 0
        size += len(text) + 1
    if begin < len(texts):
        chunks.append(texts[begin:])
    return chunks


def _hash(codes: NDArray[np.uint32], begin: Ints, end: Ints) -> Hashes:
    """Hash the words of one chunk from a running polynomial sum, modulo 2 to the 64th."""
    steps = np.full((2, len(codes)), _BASE, dtype=np.uint64)
    steps[1] = _INVERSE
    steps[:, 0] = 1
    up, down = np.cumprod(steps, axis=1, dtype=np.uint64)
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum((codes + np.uint64(1)) * up, out=sums[1:])
    value: Hashes = (sums[end] - sums[begin]) * down[begin]
    value += (end - begin).astype(np.uint64) * _LENGTH
    digit = (codes[begin] >= ord("0")) & (codes[begin] <= ord("9"))
    value[digit] = np.uint64(ord(NUMBER) + 1) + _LENGTH
    value ^= value >> np.uint64(31)
    value *= _MIX
    return value ^ (value >> np.uint64(29))


class WordVectors:
    """
    The vocabulary with a vector and a frequency for each word; read-only, shared by threads.

    table: (vocabulary, width) int8, each row scaled so that its largest entry is 127.
    norms: (vocabulary,) float32, the length of each row.
    share: (vocabulary,) float64, the share of the word among all words of the texts counted.
    weight: (vocabulary,) float32, the SIF weight, above 0 and below 1.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights."""
        arrays: dict[str, NDArray[Any]] = load("vectors", "vectors.npz", folder)
        self.version = version("vectors", folder)
        self._keys: Hashes = arrays["keys"]
        self.table: NDArray[np.int8] = arrays["table"]
        counts = arrays["counts"].astype(np.float64)
        self.share = counts / counts.sum()
        self.weight = (_RARE / (_RARE + self.share)).astype(np.float32)
        squares = np.square(self.table, dtype=np.int32).sum(axis=1)
        self.norms = np.sqrt(np.maximum(squares, 1)).astype(np.float32)

    def __len__(self) -> int:
        """Count the words of the vocabulary."""
        return len(self._keys)

    def words(self, texts: Sequence[str]) -> Words:
        """Find the words of folded texts in the vocabulary."""
        hashes, words = hashed_words(texts)
        return Words(self.look_up(hashes), words.rows, words.begins, words.ends)

    def look_up(self, hashes: Hashes) -> Ints:
        """Return the number of each hashed word in the vocabulary, or `UNKNOWN`."""
        place = np.minimum(np.searchsorted(self._keys, hashes), len(self._keys) - 1)
        return np.where(self._keys[place] == hashes, place, UNKNOWN)

    def unit(self, ids: Ints) -> Singles:
        """Return (ids, width) vectors of length 1; zeros for `UNKNOWN`."""
        found: Singles = self.table[ids].astype(np.float32) / self.norms[ids, None]
        found[ids == UNKNOWN] = 0
        return found

    def means(self, words: Words) -> Singles:
        """Return (texts, width): SIF-weighted means of unit vectors, of length 1 or 0."""
        known = words.ids != UNKNOWN
        weighted = self.unit(words.ids) * np.where(known, self.weight[words.ids], 0)[:, None]
        return units(sums(weighted, words.rows))


def sums(values: Singles, rows: Ints) -> Singles:
    """Return (texts, width): the sum of each text's rows, whatever texts stand beside it."""
    total = np.zeros((len(rows) - 1, values.shape[1]), dtype=np.float32)
    filled = np.flatnonzero(np.diff(rows))
    if len(filled):
        total[filled] = np.add.reduceat(values, rows[filled], axis=0)
    return total


def units(vectors: Singles) -> Singles:
    """Scale rows to length 1; rows of zeros stay."""
    length = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
    scaled: Singles = vectors / np.maximum(length, np.float32(1e-6))
    return scaled


@cache
def shared(folder: Path = FOLDER) -> WordVectors:
    """Load the word vectors once for all signals."""
    return WordVectors(folder)
