"""
Teach three layers of their own to tell what disputes something published.

    python -m training.dispute --folder FOLDER --weights shipped.pt

`shipped.pt` is what `training.restore` wrote.
They stand on the first layers of the encoder as they are shipped and begin as its other three.
Letters and comments under articles are of several hands, in `written/apart`; no other model is
taught with them.
Each of three parts is first read by layers that have not seen it: those scores are kept in
`dispute.npz` for `training.correction`, and say how well new texts are told.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx
import torch
from onnx import TensorProto
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn import functional

from ombud import encoder
from ombud.case import Case
from ombud.disputes import COMMENT, LETTER, MODEL, spoken_of
from ombud.newsroom import Article
from ombud.weights import FOLDER
from training.card import record
from training.encoder import EXITS
from training.export import FIRST
from training.graph import Graph
from training.transformer import Transformer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

APART: Final = Path(__file__).parent / "written" / "apart"
COMMENTS: Final = ("against", "disputes")
LETTERS: Final = "letters"
KEPT: Final = Path("dispute.npz")
_FILE: Final = "dispute.onnx"
_PARTS: Final = 3
_EPOCHS: Final = 5
_AT_ONCE: Final = 32
_RATE: Final = 1e-4
_HEAD_RATE: Final = 5e-4
_WARM: Final = 0.1
_SMOOTH: Final = 0.06
_DROPPED: Final = 0.06
"""Word pieces that are left out of a text in training."""


@dataclass(frozen=True, slots=True)
class Example:
    """The states of one window of a text, its head, its label, and the part that it belongs to."""

    states: NDArray[np.float16]
    head: int
    label: float
    part: int


class Upper(nn.Module):
    """The layers after the first ones, with heads of their own."""

    def __init__(self, net: Transformer) -> None:
        """Begin as the encoder does for corrections."""
        super().__init__()
        self.layers = net.body.encoder.layer[FIRST:]
        place = encoder.HEADS.index("CORRECTION_REQUEST")
        self.head = nn.Linear(net.body.config.hidden_size, 2)
        with torch.no_grad():
            self.head.weight[:] = net.heads[-1].weight[place]
            self.head.bias[:] = net.heads[-1].bias[place]

    def forward(self, states: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
        """Return (texts, 2) margins of (texts, pieces, width) states, of which some are known."""
        mask = torch.where(known, 0.0, -1e9)[:, None, None, :]
        for layer in self.layers:
            found = layer(states, attention_mask=mask)
            states = found[0] if isinstance(found, tuple) else found
        mean = known[:, :, None] / known.sum(1)[:, None, None]
        return self.head((states.float() * mean).sum(1))


def lines(name: str) -> list[dict[str, Any]]:
    """Return one file of lines."""
    text = (APART / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def part_of(key: str) -> int:
    """Return the part that a letter, or the comments under an article, belong to."""
    return int(sha256(key.encode()).hexdigest(), 16) % _PARTS


def examples() -> list[Example]:
    """Return all that is written, each text by its first window; comments first."""
    reading = encoder.shared()
    found = []
    for line in (line for name in COMMENTS for line in lines(name)):
        about = Article(**line["article"])
        text = Case(line["text"]).meant.text
        states = reading.lower(text, spoken_of(line["text"], about))[0][0]
        part = part_of(about.title)
        found.append(Example(states.astype(np.float16), COMMENT, float(line["asserts"]), part))
    for line in lines(LETTERS):
        whole = f"{line['subject']}. {line['text']}"
        states = reading.lower(Case(whole).meant.text)[0][0]
        found.append(
            Example(states.astype(np.float16), LETTER, float(line["asserts"]), part_of(whole))
        )
    return found


def _batch(some: Sequence[Example], random: Random | None) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (texts, pieces, width) states, and which pieces are known."""
    longest = max(len(one.states) for one in some)
    states = torch.zeros((len(some), longest, some[0].states.shape[1]))
    known = torch.zeros((len(some), longest), dtype=torch.bool)
    for row, one in enumerate(some):
        states[row, : len(one.states)] = torch.from_numpy(one.states.astype(np.float32))
        known[row, : len(one.states)] = True
        for place in range(1, len(one.states) if random else 0):
            if random and random.random() < _DROPPED:
                known[row, place] = False
    return states, known


def taught(net: Upper, some: Sequence[Example], seed: int) -> None:
    """Teach layers with examples."""
    random = Random(seed)
    torch.manual_seed(seed)
    rates = {"layers": _RATE, "head": _HEAD_RATE}
    groups = [
        {"params": list(net.layers.parameters()), "name": "layers"},
        {"params": list(net.head.parameters()), "name": "head"},
    ]
    optimiser = torch.optim.AdamW(groups, lr=_RATE, weight_decay=0.01)
    steps, step = _EPOCHS * math.ceil(len(some) / _AT_ONCE), 0
    net.train()
    for _ in range(_EPOCHS):
        order = sorted(some, key=lambda one: len(one.states) + 20 * random.random())
        batches = [order[at : at + _AT_ONCE] for at in range(0, len(order), _AT_ONCE)]
        random.shuffle(batches)
        for batch in batches:
            share = min(1.0, step / (_WARM * steps)) * max(0.02, 1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = rates[group["name"]] * share
            heads = torch.tensor([one.head for one in batch])
            wanted = torch.tensor([one.label for one in batch]) * (1 - _SMOOTH) + _SMOOTH / 2
            with torch.autocast("cpu", dtype=torch.bfloat16):
                margins = net(*_batch(batch, random))
            chosen = margins.float()[torch.arange(len(batch)), heads]
            loss = functional.binary_cross_entropy_with_logits(chosen, wanted)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1


@torch.no_grad()
def margins(net: Upper, some: Sequence[Example]) -> NDArray[np.float64]:
    """Return (texts,) margins of the head of each."""
    net.eval()
    found = []
    for at in range(0, len(some), _AT_ONCE):
        batch = some[at : at + _AT_ONCE]
        rows = net(*_batch(batch, None)).float()
        found += [float(row[one.head]) for row, one in zip(rows, batch, strict=True)]
    return np.array(found)


def begun(folder: Path, weights: Path) -> Upper:
    """Return the layers as they are shipped."""
    net = Transformer(folder, len(encoder.HEADS), EXITS)
    net.load_state_dict(torch.load(weights), strict=False)
    return Upper(net)


def main() -> None:
    """Teach each part's layers and those of all, and export the last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    given = parser.parse_args()
    every = examples()
    apart = np.zeros(len(every))
    for part in range(_PARTS):
        net = begun(given.folder, given.weights)
        taught(net, [one for one in every if one.part != part], part)
        rows = [row for row, one in enumerate(every) if one.part == part]
        apart[rows] = margins(net, [every[row] for row in rows])
    label = np.array([one.label for one in every])
    heads = np.array([one.head for one in every])
    quality = {
        name: round(float(roc_auc_score(label[heads == head], apart[heads == head])), 4)
        for name, head in (("auc_of_letters", LETTER), ("auc_of_comments", COMMENT))
    }
    print(quality, flush=True)
    np.savez(KEPT, margins=apart, heads=heads)
    net = begun(given.folder, given.weights)
    taught(net, every, _PARTS)
    export(net)
    facts = {
        "attributes": ["DISPUTE"],
        "kind": "three layers on the first three of the encoder; 8-bit weights, ONNX",
        "credit": ["letters and comments written for this project (Apache-2.0)"],
        "quality": quality,
        "measured": f"{_PARTS}-fold cross-validation, whole articles held out",
    }
    print(record(MODEL, [_FILE], facts))


def export(net: Upper) -> None:
    """Store the layers for ONNX Runtime."""
    weights = {
        f"body.encoder.layer.{name}": value.float().numpy()
        for name, value in net.layers.state_dict().items()
    }
    weights |= {f"heads.0.{name}": value.numpy() for name, value in net.head.state_dict().items()}
    graph = Graph(weights)
    states = "states"
    for number in range(EXITS[-1] - FIRST):
        states = graph.layer(states, number)
    graph.heads(states, 0)
    onnx.save(graph.model(("states", TensorProto.FLOAT), "margins"), FOLDER / _FILE)


if __name__ == "__main__":
    main()
