"""
Whether a text disputes what was published.

A letter to the newsroom is read by itself; a comment beside the headline and the sentences of its
article that it speaks of, and beside the comment that it answers.
Six layers of their own stand on the words of the encoder.
The lower three read each of these texts alone, so that those of an article are read once; the upper
three read them all together (late interaction, as in PreTTR: MacAvaney et al. 2020).
Trained by `training/dispute.py`; measured by `benchmarks/mail_quality.py`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ombud import encoder
from ombud.assertions.evidence import evidence
from ombud.newsroom import Article
from ombud.text import readable
from ombud.weights import FOLDER, load, read, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ombud.case import Case
    from ombud.encoder import Encoder, Floats

MODEL: Final = "dispute"
FILES: Final = ("dispute_lower.onnx", "dispute_upper.onnx")
GATE: Final = "dispute_gate.npz"
LETTER, COMMENT = 0, 1
"""The heads."""
ITSELF, PUBLISHED, ANSWERED = 0, 1, 2
"""What kind of text a part is: the one in question, one of the article, the comment it answers."""
KINDS: Final = 3
_BESIDE: Final = 50
"""Word pieces that are read of a text beside a comment, with the mark before them."""
_BESIDE_LETTERS: Final = 16 * _BESIDE
"""Characters that they stand for at most, or nearly."""
_NEAREST: Final = 2
"""Sentences of an article that a comment is read beside."""
_REMEMBERED: Final = 256
"""Texts beside comments whose states are remembered."""


class Beside(NamedTuple):
    """A text that a comment is read beside, and its kind."""

    kind: int
    text: str


class Disputes:
    """What reads texts for disputes; read-only, and may be shared by threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights; raises SignalError if they are not what the card says."""
        self._encoder = encoder.shared(folder)
        self._lower, self._upper = (encoder.session(read(MODEL, file, folder)) for file in FILES)
        self._gate = load(MODEL, GATE, folder)
        self.version = version(MODEL, folder)
        self._known = lru_cache(_REMEMBERED)(self._beside)

    def letter(self, text: str) -> float:
        """Return from 0 to 1 how surely a folded letter says that what was published is wrong."""
        return self._read(text, (), LETTER)

    def worth_reading(self, case: Case) -> bool:
        """
        Whether a comment may dispute what its article says, by what its words alone show.

        Weights of the encoder's early margins, which every comment has: most go no further.
        """
        early = self._encoder.early(case.meant.text)
        return bool((early @ self._gate["weights"]).max() >= self._gate["least"])

    def comment(self, case: Case, about: Article) -> float:
        """Return from 0 to 1 how surely a comment disputes what its article says."""
        return self._read(case.meant.text, beside(case, about), COMMENT)

    def _read(self, text: str, others: Sequence[Beside], head: int) -> float:
        """Return the highest score of all windows of a text."""
        further = [self._known(other.text) for other in others]
        kinds = [
            np.full(part.shape[1], other.kind) for part, other in zip(further, others, strict=True)
        ]
        margins = []
        for ids in self._encoder.cut(text):
            given = {
                "states": np.concatenate([self._alone(ids), *further], axis=1),
                "kinds": np.concatenate([np.full(len(ids), ITSELF), *kinds])[None, :],
            }
            margins.append(self._upper.run(["margins"], given)[0][0, head])
        return float(1 / (1 + np.exp(-np.float64(max(margins)))))

    def _beside(self, text: str) -> Floats:
        """Return (1, pieces, width) states of what is read of a text beside a comment."""
        return self._alone(beginning(self._encoder, text))

    def _alone(self, ids: Sequence[int]) -> Floats:
        """Return (1, pieces, width) states of word pieces that have seen each other alone."""
        return np.asarray(self._lower.run(None, {"states": self._encoder.words(ids)})[0])


def beginning(reading: Encoder, text: str) -> list[int]:
    """Return the word pieces that are read of a text beside a comment."""
    return reading.cut(text[:_BESIDE_LETTERS])[0][:_BESIDE]


def beside(case: Case, about: Article) -> list[Beside]:
    """Return what a comment is read beside: headline and sentences in order, what it answers."""
    read = Article(readable(about.title), readable(about.text), readable(about.byline))
    nearest = evidence(readable(case.text), read, _NEAREST)
    in_order = sorted(nearest, key=lambda one: (one.part, one.begin))
    spoken_of = [read.title, *(one.text for one in in_order if one.part != "title")]
    answered = [Beside(ANSWERED, readable(case.parent))] if case.parent else []
    return [*(Beside(PUBLISHED, text) for text in spoken_of if text), *answered]


@cache
def shared(folder: Path = FOLDER) -> Disputes:
    """Return one reader for all that use it."""
    return Disputes(folder)
