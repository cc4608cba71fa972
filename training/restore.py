"""
Read the encoder that is shipped back into the weights that training goes on from.

    python -m training.restore --folder FOLDER --out shipped.pt

The weights of its matrices were rounded to seven bits by column, which is close enough to begin a
further stage with; word pieces, which no stage changes, come from the published encoder.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from ombud.encoder import HEADS
from ombud.weights import FOLDER
from training.encoder import EXITS
from training.export import FIRST, GRAPHS
from training.transformer import Transformer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[np.float32]]

_ATTENDING: Final = "attention.self."
_PARTS: Final = ("query", "key", "value")


def constants(path: Path) -> Arrays:
    """Return what a graph holds, by name."""
    return {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}


def restored(held: Arrays, exit_: int) -> Arrays:
    """Return the weights of one graph by the names that training gives them."""
    found = {
        f"heads.{exit_}.weight": held["head"].T,
        f"heads.{exit_}.bias": held["head_bias"],
    }
    for name, value in held.items():
        if name.endswith(".whole"):
            product = name.removesuffix(".whole")
            matrix = value.astype(np.float32) * held[f"{product}.scale"]
            found |= _split(product, matrix, held[f"{product}.bias"])
        elif ".LayerNorm." in name or name.startswith("body.embeddings.LayerNorm"):
            found[name] = value
    return found


def _split(product: str, matrix: NDArray[np.float32], bias: NDArray[np.float32]) -> Arrays:
    """Return a product's matrices and biases; query, key and value stand side by side."""
    names = [product]
    if _ATTENDING in product:
        stem = product.partition(_ATTENDING)[0] + _ATTENDING
        names = [stem + part for part in _PARTS]
    columns = np.split(matrix, len(names), axis=1)
    biases = np.split(bias, len(names))
    found = {}
    for name, column, own in zip(names, columns, biases, strict=True):
        found[f"{name}.weight"] = column.T
        found[f"{name}.bias"] = own
    return found


def main() -> None:
    """Write the weights of all layers and heads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    model = Transformer(given.folder, len(HEADS), EXITS)
    weights = model.state_dict()
    held = [constants(FOLDER / name) for name in GRAPHS]
    found = restored(held[0], EXITS.index(FIRST)) | restored(held[1], len(EXITS) - 1)
    # The heads between are read in training only; they begin as those of the last layer.
    for place in range(len(EXITS)):
        for part in ("weight", "bias"):
            found.setdefault(f"heads.{place}.{part}", found[f"heads.{len(EXITS) - 1}.{part}"])
    # Places and kinds of pieces were added up, so the kinds are left at nothing.
    found["body.embeddings.position_embeddings.weight"] = held[0]["places"]
    kinds = "body.embeddings.token_type_embeddings.weight"
    found[kinds] = np.zeros(tuple(weights[kinds].shape), dtype=np.float32)
    for name, value in found.items():
        weights[name] = torch.tensor(value).reshape(weights[name].shape)
    model.load_state_dict(weights)
    torch.save(model.state_dict(), given.out)


if __name__ == "__main__":
    main()
