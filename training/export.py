"""
Store the reader for ONNX Runtime, with 8-bit weights.

    python -m training.export --encoder FOLDER --weights reader.pt

Seven of the eight bits are used, so that processors without VNNI add up the same numbers.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Final

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from benchmarks.reader_quality import figures
from ombud.reader import Reader
from ombud.weights import FOLDER
from training.card import record
from training.lines import CREDIT
from training.reader import HEADS
from training.reader import Reader as Trained

_EXAMPLE: Final = 12


class Plain(nn.Module):
    """
    The reader for one text without padding: (1, tokens) ids to (1, heads) margins.

    The margins are means over the tokens, so each token has a share in them: (tokens, heads).
    """

    def __init__(self, reader: Trained) -> None:
        """Take the trained reader."""
        super().__init__()
        self.encoder = reader.encoder
        self.head = reader.head

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return (1, heads) margins, and the share of each token."""
        encoder = self.encoder
        states = encoder.norm(encoder.words(ids) + encoder.places[: ids.shape[1]])
        for layer in encoder.layers:
            states = layer(states, None, 0.0)
        return self.head(states.mean(1)), self.head(states)[0]


def main() -> None:
    """Export, quantise and enter on the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=Path("reader.pt"))
    given = parser.parse_args()
    stored = torch.load(given.weights)
    depth = 1 + max(int(name.split(".")[2]) for name in stored if ".layers." in name)
    reader = Trained(given.encoder)
    reader.encoder.layers = reader.encoder.layers[:depth]
    reader.load_state_dict(stored)
    reader.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Plain(reader),
            (torch.randint(999, 9999, (1, _EXAMPLE)),),
            str(whole),
            input_names=["ids"],
            output_names=["margins", "shares"],
            dynamic_axes={"ids": {1: "tokens"}, "shares": {0: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            FOLDER / "reader.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
    shutil.copyfile(given.encoder / "tokenizer.json", FOLDER / "reader.json")
    facts = {
        "attributes": HEADS,
        "kind": f"MiniLM encoder, {depth} layers of 384, fine-tuned; 8-bit weights, ONNX",
        "credit": CREDIT,
        "limits": "windows of 94 word pieces; veiled threats and innuendo are often missed",
    }
    files = ["reader.onnx", "reader.json"]
    record("reader", files, facts)
    quality = {"quality": figures(Reader()), "measured": "benchmarks/reader_quality.py"}
    record("reader", files, facts | quality)


if __name__ == "__main__":
    main()
