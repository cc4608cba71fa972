"""
Teach six layers of their own to tell what disputes something published.

    python -m training.dispute --folder FOLDER --weights shipped.pt

`shipped.pt` is what `training.restore` wrote: the layers begin as those of the encoder.
Letters, and comments under articles, are of several hands, in `written/apart`; no other model is
taught with them.
Each of two parts is first read by layers that have not seen it: those scores are kept in
`dispute.npz` for `training.correction`, and say how well new texts are told.
Two trainings run side by side, a core each: threads that wait for each other cost more than they
give.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from onnx import TensorProto
from sklearn.metrics import roc_auc_score

from ombud import encoder
from ombud.case import Case
from ombud.disputes import COMMENT, FILES, ITSELF, LETTER, MODEL, beginning, beside
from ombud.newsroom import Article
from ombud.weights import FOLDER
from training.card import record
from training.disputing import Disputing, Example, margins, taught
from training.encoder import EXITS
from training.export import FIRST
from training.graph import Graph
from training.transformer import Transformer

APART: Final = Path(__file__).parent / "written" / "apart"
KEPT: Final = Path("dispute.npz")
_PARTS: Final = 2
_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, the article that it stands under, and whether it asserts an error there."""

    case: Case
    about: Article
    asserts: bool


def lines(name: str) -> list[dict[str, Any]]:
    """Return one file of lines."""
    text = (APART / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def comments() -> list[Comment]:
    """Return all comments, in the order of the file."""
    return [
        Comment(
            Case(one["text"], parent=one.get("parent")), Article(**line["article"]), one["asserts"]
        )
        for line in lines("comments")
        for one in line["comments"]
    ]


def examples() -> list[Example]:
    """Return all that is written, each text by its first window; comments first."""
    reading = encoder.shared()
    found = []
    for one in comments():
        others = [
            (other.kind, beginning(reading, other.text)) for other in beside(one.case, one.about)
        ]
        itself = (ITSELF, reading.cut(one.case.meant.text)[0])
        found.append(Example([itself, *others], COMMENT, one.asserts, _part(one.about.title)))
    for line in lines("letters"):
        whole = f"{line['subject']}. {line['text']}"
        itself = (ITSELF, reading.cut(Case(whole).meant.text)[0])
        found.append(Example([itself], LETTER, line["asserts"], _part(whole)))
    return found


def _part(key: str) -> int:
    """Return the part that a letter, or the comments under an article, belong to."""
    return int(sha256(key.encode()).hexdigest(), 16) % _PARTS


def _begun(folder: Path, weights: Path) -> Disputing:
    """Return the layers as they are shipped."""
    net = Transformer(folder, len(encoder.HEADS), EXITS)
    net.load_state_dict(torch.load(weights), strict=False)
    return Disputing(net)


def _without(part: int, folder: Path, weights: Path) -> tuple[dict[str, Any], list[float]]:
    """Return layers that have not seen a part, by their names, and the margins of that part."""
    torch.set_num_threads(1)
    every = examples()
    net = _begun(folder, weights)
    taught(net, [one for one in every if one.part != part], seed=part)
    asked = margins(net, [one for one in every if one.part == part])
    return {name: value.float().numpy() for name, value in net.state_dict().items()}, asked


def main() -> None:
    """Teach the layers of all and those without each part, and export the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    given = parser.parse_args()
    # What has seen every part is without one that does not exist.
    teaching = partial(_without, folder=given.folder, weights=given.weights)
    with ProcessPoolExecutor(_AT_ONCE, get_context("spawn")) as pool:
        (weights, _), *others = pool.map(teaching, (_PARTS, *range(_PARTS)))
    export(weights)
    every = examples()
    apart = np.zeros(len(every))
    for part, (_, asked) in enumerate(others):
        apart[[row for row, one in enumerate(every) if one.part == part]] = asked
    label = np.array([one.asserts for one in every])
    heads = np.array([one.head for one in every])
    np.savez(KEPT, margins=apart, heads=heads)
    facts = {
        "attributes": ["DISPUTE"],
        "kind": "six layers on the words of the encoder; 8-bit weights, ONNX",
        "credit": ["letters and comments written for this project (Apache-2.0)"],
        "quality": {
            name: round(float(roc_auc_score(label[heads == head], apart[heads == head])), 4)
            for name, head in (("auc_of_letters", LETTER), ("auc_of_comments", COMMENT))
        },
        "measured": f"{_PARTS}-fold cross-validation, whole articles held out",
    }
    print(facts["quality"], record(MODEL, FILES, facts))


def export(weights: dict[str, Any]) -> None:
    """Store the layers for ONNX Runtime."""
    named = {
        f"body.encoder.{name}" if name.startswith("layer") else name: value
        for name, value in weights.items()
    }
    lower, states = Graph(named), "states"
    for number in range(FIRST):
        states = lower.layer(states, number)
    lower.rename(states, "lower")
    onnx.save(lower.model({"states": TensorProto.FLOAT}, "lower"), FOLDER / FILES[0])
    upper = Graph(named)
    states = upper.kinds("states")
    for number in range(FIRST, EXITS[-1]):
        states = upper.layer(states, number)
    upper.heads(states, 0)
    given = {"states": TensorProto.FLOAT, "kinds": TensorProto.INT64}
    onnx.save(upper.model(given, "margins"), FOLDER / FILES[1])


if __name__ == "__main__":
    main()
