"""
The reader: a small transformer that reads what the cheap models are not sure of.

One encoder (MiniLM-L6, 8-bit weights, ONNX Runtime) with a head for each clause that needs reading,
one for incoherence, and one that reads a comment together with the article it stands under.
Each text is read by itself, so that a score does not depend on what else is in a batch.
Trained by `training/reader.py`; measured by `benchmarks/quality.py`.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from ombud.errors import SignalError
from ombud.weights import FOLDER, read, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HEADS: Final = (
    "PROSELYTIZING",
    "POLICY_TALK",
    "CORRECTION_REQUEST",
    "IMPERSONATION",
    "PROMOTION",
    "PERSONAL_ATTACK",
    "THREATENING",
    "HATEFUL",
    "OBSCENITY",
    "VULGARITY",
    "INCOHERENT",
    "OFF_TOPIC",
)
_WINDOW: Final = 94
"""Word pieces that are read at once, without the two marks around them."""
_OVERLAP: Final = 16
_MOST_WINDOWS: Final = 12
"""Windows read of a very long comment, spread over all of it."""
_ARTICLE: Final = 320
"""Characters of an article that are read with a comment."""
_PAIRED: Final = 120
_SYMBOLS: Final = ("So", "Sk")


class Reader:
    """The encoder and its heads; read-only, and may be shared by threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights; raises SignalError if they are not what the card says."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                read("reader", "reader.onnx", folder), options, ["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_str(read("reader", "reader.json", folder).decode())
        except (RuntimeError, ValueError) as error:
            message = f"the reader's weights cannot be used: {error}"
            raise SignalError(message) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.version = version("reader", folder)

    def read(self, texts: Sequence[str]) -> Floats:
        """Return (texts, HEADS) probabilities; of long texts the highest of all their windows."""
        found = np.zeros((len(texts), len(HEADS)))
        for row, cut in enumerate(self._tokenizer.encode_batch([*map(_valid, texts)])):
            found[row] = np.max([self._probabilities(ids) for ids in _windows(cut.ids)], axis=0)
        return found

    def read_under(self, text: str, title: str, article: str) -> float:
        """Return the probability that a comment does not belong under an article."""
        shown = _valid(f"{title}. {article}"[:_ARTICLE].lower())
        pair = self._tokenizer.encode(_valid(text), shown).ids[: 2 * _PAIRED]
        return float(self._probabilities(pair)[HEADS.index("OFF_TOPIC")])

    def shares(self, text: str, head: str) -> list[tuple[int, int, float]]:
        """
        Return begin, end and share of the word pieces of a text in the log-odds of a head.

        The log-odds are the mean of the shares of all pieces, so the mean over a sentence says how
        it would be judged in the light of the whole; of a long text its first window is looked at.
        """
        cut = self._tokenizer.encode(_valid(text))
        ids = _windows(cut.ids)[0]
        _, shares = self._session.run(None, {"ids": np.array([ids], dtype=np.int64)})
        column = shares[:, HEADS.index(head)].tolist()
        return [
            (begin, end, share)
            for (begin, end), share in zip(cut.offsets, column, strict=False)
            if end > begin
        ]

    def _probabilities(self, ids: Sequence[int]) -> Floats:
        """Return (HEADS,) probabilities for one run of word pieces."""
        margins, _ = self._session.run(None, {"ids": np.array([ids], dtype=np.int64)})
        return np.asarray(1 / (1 + np.exp(-margins[0].astype(np.float64))))


def _valid(text: str) -> str:
    """
    Return the text as the encoder can take it, of the same length.

    Lone surrogates become question marks.
    Emoji become spaces: the word pieces have none, and what they stand for was learned from hate
    with emoji alone.
    """
    if text.isascii():
        return text
    shown = "".join(" " if unicodedata.category(char) in _SYMBOLS else char for char in text)
    return shown.encode("utf-8", "replace").decode()


def _windows(ids: Sequence[int]) -> list[list[int]]:
    """Cut word pieces into overlapping windows with the marks of the encoder around each."""
    first, *inner, last = ids
    if len(inner) <= _WINDOW:
        return [list(ids)]
    step = _WINDOW - _OVERLAP
    begins = [*range(0, len(inner) - _WINDOW, step), len(inner) - _WINDOW]
    if len(begins) > _MOST_WINDOWS:
        chosen = np.linspace(0, len(begins) - 1, _MOST_WINDOWS).round().astype(int)
        begins = [begins[place] for place in chosen]
    return [[first, *inner[begin : begin + _WINDOW], last] for begin in begins]


@cache
def shared() -> Reader:
    """Return one reader for all signals that use it."""
    return Reader()
