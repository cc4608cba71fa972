"""
Fit an encoder with heads to texts of which each says something to some heads.

Texts of about equal length are read together, some of them misspelt, with word pieces left out.
Everything is drawn from fixed seeds: the same examples give the same weights on one machine, also
if the fit is stopped and goes on later.
A stage prints how long it takes.
"""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from ombud.encoder import HEADS, MARKED, TOXICITY
from training.noise import disguised, misspelt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding

    from training.examples import Example
    from training.transformer import Transformer

_HEAD_RATE: Final = 2e-3
_WARM_UP: Final = 0.06
_DROPPED: Final = 0.06
_MISSPELT: Final = 0.25
"""Share of the texts that get misspelt words; of toxic ones those that tell."""
_RUDE: Final = (*TOXICITY, "PERSONAL_ATTACK", "THREATENING", "HATEFUL")
_BAD: Final = 0.5
_EARLY: Final = 0.3
"""How much the loss after an earlier layer counts."""
_MARKED: Final = HEADS.index(MARKED)
_PIECES: Final = 3.0
"""How much all pieces of a text count, beside one label of the text."""
_SAID: Final = 100
"""Steps between two lines about the progress."""


def fitted(
    model: Transformer,
    epochs: Sequence[Sequence[Example]],
    *,
    rate: float,
    at_once: int = 48,
    kept: Path | None = None,
) -> Transformer:
    """
    Fine-tune the model on what each epoch shows it; a label may be a probability.

    rate: of the uppermost layer, lower ones learn slower; at_once: texts in a step.
    kept: file in which the progress is kept; a fit that was stopped goes on from there.
    """
    model.train()
    optimiser = torch.optim.AdamW(_groups(model, rate), weight_decay=0.01, fused=True)
    total = sum(-(-len(known) // at_once) for known in epochs)
    warm = _WARM_UP * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )
    progress = {"model": model, "optimiser": optimiser, "schedule": schedule}
    done = _restored(progress, total, kept)
    begun, running = time.time(), 0.0
    for step, batch, random in islice(_steps(model, epochs, at_once), done, None):
        lost, last = _lost(model, batch, random)
        optimiser.zero_grad()
        (lost / at_once).backward()
        torch.nn.utils.clip_grad_norm_(
            [value for value in model.parameters() if value.requires_grad], 5.0
        )
        optimiser.step()
        schedule.step()
        running += last / at_once
        if step % _SAID == 0:
            spent = time.time() - begun
            print(f"{step}/{total} {running / _SAID:.3f} {spent:.0f} s", flush=True)
            running = 0.0
            _keep({"step": step, "steps": total}, progress, kept)
    return model


def _steps(
    model: Transformer, epochs: Sequence[Sequence[Example]], at_once: int
) -> Iterator[tuple[int, list[Example], np.random.Generator]]:
    """
    Yield the number of each step from 1, what it shows, and where its chance comes from.

    No step depends on the chance of another, so that one that is not done changes none.
    """
    step = 0
    for epoch, known in enumerate(epochs):
        lengths = model.lengths([row.text for row in known])
        for batch in _batches(lengths, np.random.default_rng((0, epoch)), at_once):
            step += 1
            torch.manual_seed(step)
            yield step, [known[place] for place in batch], np.random.default_rng((1, step))


def _keep(place: dict[str, int], progress: dict[str, Any], kept: Path | None) -> None:
    """Write how far a fit has come, all of it or nothing; `place`: the step, and of how many."""
    if kept:
        beside = kept.with_suffix(".new")
        states = {name: one.state_dict() for name, one in progress.items()}
        torch.save({**place, **states}, beside)
        beside.replace(kept)


def _restored(progress: dict[str, Any], total: int, kept: Path | None) -> int:
    """Go on from what was kept of a stage of so many steps; return those that are done."""
    if kept is None or not kept.exists():
        return 0
    stored = torch.load(kept)
    if stored["steps"] != total:
        message = f"{kept} is of a stage of {stored['steps']} steps; this one has {total}"
        raise SystemExit(message)
    for name, one in progress.items():
        one.load_state_dict(stored[name])
    return int(stored["step"])


def _lost(
    model: Transformer, batch: Sequence[Example], random: np.random.Generator
) -> tuple[torch.Tensor, float]:
    """Return the loss of one batch, and what of it is the heads' after the last layer."""
    labels, weights = _targets(batch)
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


def _batches(lengths: list[int], random: np.random.Generator, at_once: int) -> Iterator[list[int]]:
    """Cut all texts into batches of about equal length, in a random order."""
    order = np.argsort(np.array(lengths) * random.uniform(0.8, 1.25, len(lengths)))
    batches = [order[begin : begin + at_once].tolist() for begin in range(0, len(order), at_once)]
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
