"""
Store the encoder for ONNX Runtime, with 8-bit weights.

    python -m training.export --data ../shared/data --folder FOLDER --weights A.pt B.pt

Of several trainings that follow one another the weights are averaged.
Two graphs: the first layers, after which many ordinary comments are told to be harmless, and the
rest.
What counts as harmless is measured on real comments and written lines: of those in which all
layers together see something, six in a thousand show it after the first with less probability.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import onnx
import torch
from onnx import TensorProto

from benchmarks.encoder_quality import figures
from ombud.encoder import CLAUSES, HEADS, TOXICITY, Encoder
from ombud.weights import FOLDER
from training.card import record, save
from training.encoder import EXITS
from training.examples import clause_examples, toxicity_examples
from training.graph import Graph
from training.lines import CREDIT, digest

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST: Final = 3
"""Layers that are read of every comment."""
GRAPHS: Final = ("encoder_first.onnx", "encoder_rest.onnx")
_FILES: Final = (
    *GRAPHS,
    "encoder.json",
    "encoder_harmless.npz",
)
_LIKELY: Final = 0.5
_MISSED: Final = 0.006
_TEXTS: Final = 2000


def harmless(data: Path) -> NDArray[np.float64]:
    """Return (HEADS,) margins after the first layers below which no more layers are read."""
    encoder = Encoder()
    # What is toxic shows early; what breaks another clause may not, so both are asked.
    sources = (toxicity_examples(data), clause_examples(data))
    texts = [
        text
        for source in sources
        for text in sorted({e.text for e in source if isinstance(e.text, str)}, key=digest)[:_TEXTS]
    ]
    pairs = np.array([encoder.early_and_late(text) for text in texts])
    asked = [HEADS.index(name) for name in (*CLAUSES, "INCOHERENT", *TOXICITY)]
    early, late = (1 / (1 + np.exp(-pairs[:, place][:, asked].max(1))) for place in range(2))
    bound = np.quantile(early[late >= _LIKELY], _MISSED)
    missed = (early[late >= _LIKELY] < bound).mean()
    print(
        f"below {bound:.3f} after {FIRST} layers: {(early < bound).mean():.1%}, {missed:.2%} lost"
    )
    bounds = np.full(len(HEADS), np.inf)
    bounds[asked] = np.log(bound / (1 - bound))
    return bounds


def main() -> None:
    """Export, quantise and enter on the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, nargs="+", default=[Path("encoder.pt")])
    given = parser.parse_args()
    stages = [torch.load(path) for path in given.weights]
    weights = {
        name: torch.stack([stage[name].float() for stage in stages]).mean(0).numpy()
        for name in stages[0]
    }

    first = Graph(weights)
    states = first.words()
    first.rename(states, "pieces")
    for number in range(FIRST):
        states = first.layer(states, number)
    first.heads(states, EXITS.index(FIRST))
    first.rename(states, "states")
    onnx.save(
        first.model({"ids": TensorProto.INT64}, "margins", "states", "shares", "pieces"),
        FOLDER / _FILES[0],
    )

    rest = Graph(weights)
    states = "states"
    for number in range(FIRST, EXITS[-1]):
        states = rest.layer(states, number)
    rest.heads(states, len(EXITS) - 1)
    onnx.save(rest.model({"states": TensorProto.FLOAT}, "margins", "shares"), FOLDER / _FILES[1])

    shutil.copyfile(given.folder / "tokenizer.json", FOLDER / _FILES[2])
    facts = {
        "attributes": HEADS,
        "kind": f"MiniLM encoder, {EXITS[-1]} layers of 384, fine-tuned; 8-bit weights, ONNX",
        "credit": CREDIT,
        "limits": "windows of 94 word pieces; veiled threats and innuendo are often missed",
    }
    save(_FILES[3], {"margins": np.full(len(HEADS), -np.inf)})
    record("encoder", _FILES, facts)
    save(_FILES[3], {"margins": harmless(given.data)})
    record("encoder", _FILES, facts)
    quality = {"quality": figures(Encoder()), "measured": "benchmarks/encoder_quality.py"}
    record("encoder", _FILES, facts | quality)


if __name__ == "__main__":
    main()
