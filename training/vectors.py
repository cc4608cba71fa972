"""
Make the static word vectors.

    python -m training.vectors --data ../shared/data --encoder MODEL_FOLDER

Counts the words of all texts that may train shipped weights, and lets the sentence encoder
MiniLM-L6 read each frequent one alone.
Needs torch; takes about two minutes on two cores.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ombud.text import fold
from ombud.vectors import NUMBER, hashed_words
from training.card import record, save
from training.lines import CREDIT, WRITTEN, licensed, read
from training.transformer import Transformer

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE: Final = 48_000
WIDTH: Final = 96
_SHARED_DIRECTIONS: Final = 2
_LONGEST: Final = 24
_LARGEST: Final = 127
_WRITTEN_WORTH: Final = 3
"""Words of the lines written for this project get this much more weight in the choice."""


def texts(data: Path) -> tuple[list[str], list[str]]:
    """Return the folded texts of others, and those written for this project."""
    others = [*licensed(data).text, *pd.read_parquet(data / "civic_train.parquet").text]
    own: list[str] = []
    for path in sorted(WRITTEN.glob("*.jsonl")):
        for line in read(path.stem):
            article = line.get("article") or {}
            own += [line.get("text", ""), article.get("title", ""), article.get("text", "")]
            own += [*line.get("on", ()), *line.get("off", ())]
    return [fold(text).text for text in others], [fold(text).text for text in own if text]


def counted(texts: list[str]) -> Counter[str]:
    """Count the words of folded texts; every number counts as `NUMBER`."""
    counts: Counter[str] = Counter()
    _, words = hashed_words(texts)
    for row, text in enumerate(texts):
        for place in range(words.rows[row], words.rows[row + 1]):
            word = text[words.begins[place] : words.ends[place]]
            counts[NUMBER if word[0] in "0123456789" else word] += 1
    return counts


def principal(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Take away the mean and the shared directions, and keep the `WIDTH` widest of the rest."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, _SHARED_DIRECTIONS : _SHARED_DIRECTIONS + WIDTH]
    # The sign of an axis is arbitrary: let its largest entry be positive.
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(WIDTH)])
    return np.asarray(centred @ axes)


def main() -> None:
    """Count, encode, reduce and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of MiniLM-L6")
    given = parser.parse_args()

    others, own = texts(given.data)
    counts = counted(others)
    chosen = counts + Counter({w: n * _WRITTEN_WORTH for w, n in counted(own).items()})
    common = [word for word, _ in chosen.most_common() if len(word) <= _LONGEST][:SIZE]
    keys, _ = hashed_words(common)
    if len(keys) != len(common) or len(np.unique(keys)) != len(keys):
        message = "two words have one hash, or a word is no word"
        raise ValueError(message)
    order = np.argsort(keys)
    common, keys = [common[place] for place in order], keys[order]
    reduced = principal(Transformer(given.encoder, 1, [6]).vectors(common, at_once=512))
    table = np.rint(reduced / np.abs(reduced).max(axis=1, keepdims=True) * _LARGEST)
    counted_words = np.array([chosen[word] for word in common], dtype=np.int32)
    file = save(
        "vectors.npz", {"keys": keys, "table": table.astype(np.int8), "counts": counted_words}
    )
    facts = {
        "kind": f"{len(common)} word vectors of {WIDTH} dimensions, 8 bits each",
        "credit": CREDIT,
        "covered": round(counted_words.sum() / max(chosen.total(), 1), 4),
    }
    print(f"vectors {record('vectors', [file], facts)}: {facts}")


if __name__ == "__main__":
    main()
