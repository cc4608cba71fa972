"""
The encoder: a small transformer that reads what the cheap models are not sure of.

One network (MiniLM-L6, 8-bit weights, ONNX Runtime) with a head for each clause that needs reading,
one for incoherence, and one that reads a comment together with the article it stands under.
Each text is read by itself, so that a score does not depend on what else is in a batch.
Trained by `training/encoder.py`; measured by `benchmarks/quality.py`.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from ombud.errors import SignalError
from ombud.weights import FOLDER, load, read, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding

    Floats = NDArray[np.float64]

CLAUSES: Final = (
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
)
"""What a comment is read for: the probability that it breaks the clause."""
TOXICITY: Final = (
    "TOXICITY",
    "SEVERE_TOXICITY",
    "IDENTITY_ATTACK",
    "INSULT",
    "PROFANITY",
    "OBSCENE",
    "THREAT",
)
"""What raters would call a comment: the share of them."""
DISCUSSION: Final = ("ATTACK_ON_AUTHOR", "ATTACK_ON_COMMENTER", "INFLAMMATORY", "UNSUBSTANTIAL")
"""What a comment is to the discussion, as one careful reader would say."""
MARKED: Final = "MARKED"
"""Asked of each piece of a text: whether most raters marked it as what makes the text toxic."""
HEADS: Final = (*CLAUSES, "INCOHERENT", "OFF_TOPIC", *TOXICITY, MARKED, *DISCUSSION)
_WINDOW: Final = 94
"""Word pieces that are read at once, without the two marks around them."""
_LETTER: Final = 254
"""The same where what is said may take many sentences."""
_OVERLAP: Final = 16
_MOST_WINDOWS: Final = 64
"""Windows read of one comment: all of 20 KB of English; of more, as many spread over all of it."""
_UNDER: Final = 40
"""Word pieces of a comment that are read with an article: what it speaks of shows early."""
_GIST: Final = 48
"""Word pieces of an article that are read with a comment."""
_LONGEST_PIECE: Final = 16
"""Characters that a word piece stands for at most, or nearly."""
_SYMBOLS: Final = ("So", "Sk")
_FLAG_LETTER: Final = "regional indicator symbol letter "
_REMEMBERED: Final = 2048
"""Texts whose reading is remembered."""
_ARTICLES: Final = 256
"""Articles whose word pieces are remembered."""
_NO_FURTHER: Final = onnxruntime.RunOptions()
_NO_FURTHER.only_execute_path_to_fetches = True


class _Reading(NamedTuple):
    """
    The probabilities of all heads, and what each piece of the text adds to each of them.

    early: (windows, HEADS) margins after the first layers.
    """

    probabilities: Floats
    early: Floats
    places: NDArray[np.int32]
    shares: NDArray[np.float16]


class Encoder:
    """The network and its heads; read-only, and may be shared by threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights; raises SignalError if they are not what the card says."""
        try:
            self._first = session(read("encoder", "encoder_first.onnx", folder))
            self._rest = session(read("encoder", "encoder_rest.onnx", folder))
            self._tokenizer = Tokenizer.from_str(read("encoder", "encoder.json", folder).decode())
        except (RuntimeError, ValueError) as error:
            message = f"the weights of the encoder cannot be used: {error}"
            raise SignalError(message) from error
        self._harmless = load("encoder", "encoder_harmless.npz", folder)["margins"]
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.version = version("encoder", folder)
        self._known = lru_cache(_REMEMBERED)(self._read)
        self._gists = lru_cache(_ARTICLES)(self._gist)

    def read(self, texts: Sequence[str]) -> Floats:
        """
        Return (texts, HEADS) probabilities; of long texts the highest of all their windows.

        What was read lately is remembered: several signals ask for the same text, and floods repeat
        one.
        """
        found = [self._known(text).probabilities for text in texts]
        return np.array(found).reshape(len(texts), len(HEADS))

    def read_under(self, text: str, gist: str, enough: float = -np.inf) -> float:
        """
        Return the log-odds that a comment does not belong under an article.

        gist: what is read of the article, of which the first pieces count.
        Below `enough` after the first layers, no more layers are read.
        """
        cut = self._tokenizer.encode(spelled(text[: _UNDER * _LONGEST_PIECE])).ids
        pair = [*cut[:-1][: _UNDER + 1], *self._gists(gist)]
        early, states, _ = self._begin(pair)
        place = HEADS.index("OFF_TOPIC")
        if early[0, place] < enough:
            return float(early[0, place])
        return float(self._rest.run(None, {"states": states})[0][0, place])

    def cut(self, text: str) -> list[list[int]]:
        """Return the numbers of the word pieces of each long window of a text, with its marks."""
        return [ids for ids, _ in _windows(self._tokenizer.encode(spelled(text)), _LETTER)]

    def words(self, ids: Sequence[int]) -> Floats:
        """Return (1, pieces, width) states of word pieces that have not seen each other yet."""
        given = {"ids": np.array([ids], dtype=np.int64)}
        return np.asarray(self._first.run(["pieces"], given, _NO_FURTHER)[0])

    def meaning(self, text: str) -> Floats:
        """Return (width,) what a text begins with means, as a vector of length 1."""
        begin, _ = _windows(self._tokenizer.encode(spelled(text[: _WINDOW * _LONGEST_PIECE])))[0]
        mean = self._begin(begin)[1][0].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))

    def _gist(self, gist: str) -> list[int]:
        """Return the word pieces of an article between the marks that part it from a comment."""
        _, *inner, mark = self._tokenizer.encode(spelled(gist)).ids
        return [mark, *inner[:_GIST], mark]

    def shares(self, text: str, head: str) -> list[tuple[int, int, float]]:
        """
        Return begin, end and share of the word pieces of a text in the log-odds of a head.

        The log-odds of a window are the mean of the shares of its pieces, so the mean over a
        sentence says how it would be judged in the light of the whole.
        """
        reading = self._known(text)
        column = reading.shares[:, HEADS.index(head)].tolist()
        places = reading.places.tolist()
        return [(begin, end, share) for (begin, end), share in zip(places, column, strict=True)]

    def early(self, text: str) -> Floats:
        """Return (windows, HEADS) margins of a text after the first layers."""
        return self._known(text).early

    def early_and_late(self, text: str) -> tuple[Floats, Floats]:
        """Return (HEADS,) margins of the first window after the first layers and after all."""
        early, states, _ = self._begin(_windows(self._tokenizer.encode(spelled(text)))[0][0])
        return early[0], self._rest.run(None, {"states": states})[0][0]

    def _read(self, text: str) -> _Reading:
        """Read one text, window by window."""
        shown, origins = spelled_with_places(text)
        places: list[tuple[int, int]] = []
        early, margins, shares = [], [], []
        for ids, offsets in _windows(self._tokenizer.encode(shown)):
            seen, states, carried = self._begin(ids)
            early.append(seen[0])
            if (seen[0] >= self._harmless).any():
                seen, carried = self._rest.run(None, {"states": states})
            margins.append(seen[0])
            # The marks around a window stand for no characters.
            shares.append(carried[0, 1:-1].astype(np.float16))
            places += [(origins[begin], origins[end - 1] + 1) for begin, end in offsets]
        return _Reading(
            _probabilities(np.max(margins, axis=0)),
            np.array(early),
            np.array(places, dtype=np.int32).reshape(-1, 2),
            np.concatenate(shares),
        )

    def _begin(self, ids: Sequence[int]) -> tuple[Floats, Floats, Floats]:
        """Return (1, HEADS) margins, states and shares of the pieces, after the first layers."""
        wanted = ["margins", "states", "shares"]
        found = self._first.run(wanted, {"ids": np.array([ids], dtype=np.int64)})
        return found[0], found[1], found[2]


def session(content: bytes) -> onnxruntime.InferenceSession:
    """Open a graph for one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The graphs are written as they are to run; what the optimiser joins further is slower here.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(content, options, ["CPUExecutionProvider"])


def _probabilities(margins: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-margins.astype(np.float64))))


def spelled(text: str) -> str:
    """
    Return the text as the encoder can take it.

    Emoji are spelled out in words, of which the encoder knows many; lone surrogates become question
    marks.
    """
    if text.isascii():
        return text
    return "".join(map(_spelled, text)).encode("utf-8", "replace").decode()


def _spelled(char: str) -> str:
    """Return the name of a pictograph between spaces, and any other character as it is."""
    if char.isascii() or unicodedata.category(char) not in _SYMBOLS:
        return char
    return f" {unicodedata.name(char, '').lower().removeprefix(_FLAG_LETTER)} "


def spelled_with_places(text: str) -> tuple[str, list[int]]:
    """Return the text spelled out, and for each of its characters the place it comes from."""
    if text.isascii():
        return text, list(range(len(text)))
    pieces = [spelled(char) for char in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]


def _windows(cut: Encoding, width: int = _WINDOW) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """
    Cut a text into overlapping windows of word pieces, with the marks of the encoder around each.

    Returns the numbers of the pieces and the characters that each stands for, without the marks.
    """
    first, *inner, last = cut.ids
    places = cut.offsets[1:-1]
    if len(inner) <= width:
        return [(cut.ids, places)]
    step = width - _OVERLAP
    begins = [*range(0, len(inner) - width, step), len(inner) - width]
    if len(begins) > _MOST_WINDOWS:
        chosen = np.linspace(0, len(begins) - 1, _MOST_WINDOWS).round().astype(int)
        begins = [begins[place] for place in chosen]
    return [
        ([first, *inner[begin : begin + width], last], places[begin : begin + width])
        for begin in begins
    ]


@cache
def shared(folder: Path = FOLDER) -> Encoder:
    """Return one encoder for all signals that use it."""
    return Encoder(folder)
