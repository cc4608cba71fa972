"""
Hashed n-grams of a batch of texts, and linear models over them.

A text becomes a set of buckets: pieces of words, words and runs of words (Weinberger et al. 2009).
All n-grams of all texts come from one running polynomial sum: no Python runs per character.
Weights are small integers and are added as integers, so a score is the same to the last bit
whatever the batch it came in.

    features = hashed(["you are a fool"], spec=Spec())
    heads.margins(features)         # (texts, heads)
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Hashes: TypeAlias = NDArray[np.uint64]
    Floats: TypeAlias = NDArray[np.float64]
    Kinds: TypeAlias = NDArray[np.uint8]
    Run: TypeAlias = tuple[Hashes, Ints, Ints]

_BLOCK: Final = 1 << 15
"""Characters hashed at once: the working arrays of a block stay in the processor's cache."""

_TEXTS: Final = 1 << 9  # Texts whose weights are gathered at once.
_BASE: Final = 0x9E3779B97F4A7C15
_CODE: Final = np.uint64(0xD6E8FEB86659FD93)
_STARTS: Final = np.uint64(0xA0761D6478BD642F)
_ENDS: Final = np.uint64(0xE7037ED1A0B428DB)
_WORDS: Final = np.uint64(0x8EBC6AF09C88C6E3)
_NEXT: Final = np.uint64(0x589965CC75374CC3)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)

_SPACE, _WORD, _MARK = 0, 1, 2
_APOSTROPHES: Final = (0x27, 0x2019)
_LATIN: Final = 0x3000
_EMOJI: Final = 0x1F000


@dataclass(frozen=True, slots=True)
class Spec:
    """Which n-grams a model looks at, and into how many buckets they fall."""

    bits: int = 20
    shortest: int = 2
    longest: int = 5
    words: int = 2

    @property
    def buckets(self) -> int:
        """How many buckets there are."""
        return 1 << self.bits


@dataclass(frozen=True, slots=True)
class Features:
    """
    The n-grams of a batch.

    ids: (n,) bucket of each n-gram, each bucket once a text, in ascending order within a text.
    rows: (texts + 1,) text t owns ids[rows[t]:rows[t + 1]].
    """

    ids: Ints
    rows: Ints

    def __len__(self) -> int:
        """Count the texts."""
        return len(self.rows) - 1

    def part(self, texts: Ints) -> Features:
        """Return the features of the texts chosen, in that order."""
        pieces = [self.ids[self.rows[text] : self.rows[text + 1]] for text in texts]
        rows = np.cumsum([0, *map(len, pieces)], dtype=np.int64)
        return Features(np.concatenate([np.zeros(0, dtype=np.int64), *pieces]), rows)


@dataclass(frozen=True, slots=True)
class Located:
    """The n-grams of one text with their places: text[begins[k]:ends[k]] fell into ids[k]."""

    ids: Ints
    begins: Ints
    ends: Ints


def hashed(texts: Sequence[str], *, spec: Spec) -> Features:
    """Hash every text into its set of buckets."""
    ids: list[Ints] = []
    counts: list[Ints] = []
    for block in _blocks(texts):
        rows, found, _, _ = _ngrams(block, spec)
        keys = np.sort((rows.astype(np.uint64) << np.uint64(spec.bits)) | found)
        fresh = np.ones(len(keys), dtype=bool)
        fresh[1:] = keys[1:] != keys[:-1]
        keys = keys[fresh]
        owner = (keys >> np.uint64(spec.bits)).astype(np.int64)
        ids.append((keys & np.uint64(spec.buckets - 1)).astype(np.int64))
        counts.append(np.bincount(owner, minlength=len(block)))
    rows = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.concatenate([np.zeros(0, dtype=np.int64), *counts]), out=rows[1:])
    return Features(np.concatenate([np.zeros(0, dtype=np.int64), *ids]), rows)


def located(text: str, *, spec: Spec) -> Located:
    """Hash one text and keep where each n-gram stands."""
    _, ids, begins, ends = _ngrams([text], spec)
    return Located(ids.astype(np.int64), begins, ends)


def word_spans(text: str) -> tuple[Ints, Ints]:
    """Find where the words of a text begin and end, as `hashed` cuts them."""
    kinds = _kinds(_codes(text))
    first = np.flatnonzero(_edges(kinds))
    first = first[kinds[first] == _WORD]
    last = np.flatnonzero(_edges(kinds[::-1])[::-1])
    return first, last[kinds[last] == _WORD] + 1


def _blocks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut a batch into runs of texts of about `_BLOCK` characters."""
    begin = size = 0
    for end, text in enumerate(texts):
        if size + len(text) > _BLOCK and end > begin:
            yield texts[begin:end]
            begin, size = end, 0
        size += len(text) + 1
    if begin < len(texts):
        yield texts[begin:]


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _kind_table() -> NDArray[np.uint8]:
    """Tell space, word and mark apart, for all code points below `_LATIN`."""
    kinds = np.empty(_LATIN, dtype=np.uint8)
    for code in range(_LATIN):
        sign = chr(code)
        kinds[code] = _WORD if sign.isalnum() else _SPACE if sign.isspace() else _MARK
    return kinds


_KINDS: Final = _kind_table()


def _kinds(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Give every code point its kind; an apostrophe between letters belongs to the word."""
    kinds = _KINDS[np.minimum(codes, _LATIN - 1)]
    far = codes >= _LATIN
    if far.any():
        kinds[far] = np.where(codes[far] < _EMOJI, _WORD, _MARK)
    for sign in _APOSTROPHES:
        at = np.flatnonzero(codes[1:-1] == sign) + 1
        kinds[at[(kinds[at - 1] == _WORD) & (kinds[at + 1] == _WORD)]] = _WORD
    return kinds


def _edges(kinds: Kinds) -> NDArray[np.bool_]:
    """Mark the code points that open a run of one kind other than space."""
    opens: NDArray[np.bool_] = kinds != _SPACE
    opens[1:] &= kinds[1:] != kinds[:-1]
    return opens


@lru_cache(maxsize=4)
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """Return the powers of the base and of its inverse, modulo 2 to the 64th."""
    steps = np.full((2, size), _BASE, dtype=np.uint64)
    steps[1] = pow(_BASE, -1, 1 << 64)
    steps[:, 0] = 1
    up, down = np.cumprod(steps, axis=1, dtype=np.uint64)
    return up, down


def _ngrams(texts: Sequence[str], spec: Spec) -> tuple[Ints, Hashes, Ints, Ints]:
    """Hash all n-grams of a block: its row, bucket, begin and end for each, in no order."""
    # A line feed parts the texts: it is a space, so that no n-gram of characters crosses it.
    codes = _codes("\n".join(texts) + "\n")
    size = len(codes)
    # Long texts share few tables: sizes are rounded up to a power of two.
    up, down = _powers(max(_BLOCK, 1 << (size - 1).bit_length()))
    kinds = _kinds(codes)
    sums = np.zeros(size + 1, dtype=np.uint64)
    np.cumsum((codes + _CODE) * up[:size], out=sums[1:])
    owner = np.repeat(np.arange(len(texts)), np.fromiter((len(t) + 1 for t in texts), np.int64))
    runs = [*_characters(kinds, sums, down, spec), *_words(kinds, sums, down, owner, spec)]
    hashes, begins, ends = (np.concatenate(parts) for parts in zip(*runs, strict=True))
    return owner[begins], _buckets(hashes, spec), begins, ends


def _characters(kinds: Kinds, sums: Hashes, down: Hashes, spec: Spec) -> Iterator[Run]:
    """Yield hashes, begins and ends of the runs of characters of each length, inside words."""
    opens, closes = _edges(kinds), _edges(kinds[::-1])[::-1]
    first, last = np.flatnonzero(opens), np.flatnonzero(closes)
    left = np.zeros(len(kinds), dtype=np.int64)
    if len(first):
        inside = kinds != _SPACE
        left[inside] = np.repeat(last + 1, last - first + 1) - np.flatnonzero(inside)
    for length in range(spec.shortest, spec.longest + 1):
        at = np.flatnonzero(left >= length)
        value = (sums[at + length] - sums[at]) * down[at]
        value += opens[at] * _STARTS + closes[at + (length - 1)] * _ENDS
        yield value, at, at + length


def _words(kinds: Kinds, sums: Hashes, down: Hashes, owner: Ints, spec: Spec) -> Iterator[Run]:
    """Yield hashes, begins and ends of single words and of runs of words within one text."""
    first, last = np.flatnonzero(_edges(kinds)), np.flatnonzero(_edges(kinds[::-1])[::-1])
    value = (sums[last + 1] - sums[first]) * down[first] + _WORDS
    yield value, first, last + 1
    word = kinds[first] == _WORD
    first, last, value = first[word], last[word], value[word]
    several = value
    for length in range(2, spec.words + 1):
        span = length - 1
        several = several[:-1] * _NEXT + value[span:]
        same = owner[first[:-span]] == owner[first[span:]]
        yield several[same] + _CODE, first[:-span][same], last[span:][same] + 1


def _buckets(hashes: Hashes, spec: Spec) -> Hashes:
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    hashes *= _CODE
    return hashes >> np.uint64(64 - spec.bits)


@dataclass(frozen=True, slots=True)
class LinearHeads:
    """
    Linear models that share their features.

    weights: (buckets, heads) int8.
    mass: (buckets,) uint8, what a feature adds to the squared length of its text.
    scale, bias: (heads,) float64.
    damping: mass that every text has besides; it keeps a few words from saying too much.
    A margin is bias + scale * sum of weights / sqrt(sum of masses + damping): about the cosine of
    weights and text under inverse document frequencies (Salton and Buckley 1988).
    """

    spec: Spec
    weights: NDArray[np.int8]
    mass: NDArray[np.uint8]
    scale: Floats
    bias: Floats
    damping: int = 0

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Build from what `arrays` returned, for instance out of a file."""
        spec = Spec(*(int(number) for number in arrays["spec"]))
        damping = int(arrays.get("damping", np.array(0)))
        parts = arrays["weights"], arrays["mass"], arrays["scale"], arrays["bias"]
        return cls(spec, *parts, damping)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything as plain arrays, to be written to a file."""
        names = ("weights", "mass", "scale", "bias", "damping")
        arrays = {name: np.asarray(getattr(self, name)) for name in names}
        return {"spec": np.array(astuple(self.spec)), **arrays}

    def margins(self, features: Features) -> Floats:
        """Return (texts, heads) margins; a text without features gets the bias."""
        sums = np.zeros((len(features), len(self.bias)), dtype=np.int64)
        masses = np.zeros(len(features), dtype=np.int64)
        # Empty texts own no ids, so the filled ones' ids follow each other without a gap.
        filled = np.flatnonzero(np.diff(features.rows))
        for begin in range(0, len(filled), _TEXTS):
            part = filled[begin : begin + _TEXTS]
            first, end = features.rows[part[0]], features.rows[part[-1] + 1]
            ids, starts = features.ids[first:end], features.rows[part] - first
            sums[part] = np.add.reduceat(self.weights[ids], starts, axis=0, dtype=np.int32)
            masses[part] = np.add.reduceat(self.mass[ids], starts, dtype=np.int64)
        lengths = np.sqrt(np.maximum(masses + self.damping, 1))
        return self.bias + self.scale * (sums / lengths[:, None])

    def contributions(self, features: Located, head: int) -> Floats:
        """Return what each n-gram adds to the margin of one head, at every place it stands."""
        mass = int(self.mass[np.unique(features.ids)].sum(dtype=np.int64))
        share = float(self.scale[head]) / float(np.sqrt(max(mass + self.damping, 1)))
        added: Floats = self.weights[features.ids, head] * share
        return added
