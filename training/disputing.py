"""The layers that read texts for disputes, in torch, and how they are taught."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from ombud.disputes import KINDS
from ombud.encoder import HEADS
from training.export import FIRST
from training.graph import whole_words
from training.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.transformer import Transformer

_EPOCHS: Final = 4
_AT_ONCE: Final = 32
_TOGETHER: Final = 48
"""Parts that the lower layers read at once, of like length."""
_RATE: Final = 7e-5
_NEW_RATE: Final = 5e-4
_WARM: Final = 0.1
_SMOOTH: Final = 0.06
_DROPPED: Final = 0.06
"""Word pieces that are left out of a text in training."""
_STEP: Final = 8
"""Lengths are multiples of it: the fast kernels are made anew for each shape."""


@dataclass(frozen=True, slots=True)
class Example:
    """The kind and the word pieces of each part of a text; its head, its label, its fold."""

    parts: list[tuple[int, list[int]]]
    head: int
    asserts: bool
    part: int

    @property
    def size(self) -> int:
        """Return how many word pieces there are."""
        return sum(len(ids) for _, ids in self.parts)


class Disputing(nn.Module):
    """Lower layers that read each part alone, upper ones that read all, and the heads."""

    def __init__(self, net: Transformer) -> None:
        """Begin as the encoder does for corrections."""
        super().__init__()
        words = net.body.embeddings.requires_grad_(requires_grad=False)
        table = words.word_embeddings.weight
        table[:] = torch.from_numpy(np.multiply(*whole_words(table.numpy())))
        self._words = [words]  # in a list: they stay as they are, and are not stored
        self.layer = net.body.encoder.layer
        rounded(self.layer)
        width = net.body.config.hidden_size
        self.kinds = nn.Embedding(KINDS, width)
        self.heads = nn.ModuleList([nn.Linear(width, 2)])
        place = HEADS.index("CORRECTION_REQUEST")
        with torch.no_grad():
            self.kinds.weight.zero_()
            self.heads[0].weight[:] = net.heads[-1].weight[place]
            self.heads[0].bias[:] = net.heads[-1].bias[place]

    def forward(self, some: Sequence[Example], *, dropped: float = 0.0) -> torch.Tensor:
        """Return (texts, 2) margins; some word pieces are left out."""
        parts = [ids for one in some for _, ids in one.parts]
        alone = self._alone(parts, dropped)
        kinds = [
            torch.full((len(ids),), kind, dtype=torch.long)
            for one in some
            for kind, ids in one.parts
        ]
        whole, at = [], 0
        for one in some:
            end = at + len(one.parts)
            states = torch.cat([states for states, _ in alone[at:end]])
            known = torch.cat([known for _, known in alone[at:end]])
            whole.append((states + self.kinds(torch.cat(kinds[at:end])), known))
            at = end
        longest = _rounded(max(len(known) for _, known in whole))
        states = torch.stack([_padded(states, longest) for states, _ in whole])
        known = torch.stack([_padded(known, longest) for _, known in whole])
        read = _read(self.layer[FIRST:], states, known)
        mean = known[:, :, None] / known.sum(1)[:, None, None]
        return self.heads[0]((read.float() * mean).sum(1))

    def _alone(
        self, parts: Sequence[list[int]], dropped: float
    ) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Return (pieces, width) states of each part, and which of its pieces are known."""
        found: list[tuple[torch.Tensor, torch.Tensor]] = [(torch.empty(0),) * 2] * len(parts)
        order = sorted(range(len(parts)), key=lambda place: len(parts[place]))
        for begin in range(0, len(order), _TOGETHER):
            places = order[begin : begin + _TOGETHER]
            longest = _rounded(max(len(parts[place]) for place in places))
            ids = torch.stack([_padded(torch.tensor(parts[place]), longest) for place in places])
            known = ids != 0
            known[:, 1:] &= torch.rand(ids.shape)[:, 1:] >= dropped
            with torch.no_grad():
                words = self._words[0].eval()(ids)
            read = _read(self.layer[:FIRST], words, known)
            for row, place in enumerate(places):
                count = len(parts[place])
                found[place] = (read[row, :count], known[row, :count])
        return found


def _rounded(length: int) -> int:
    """Return the next length of which there are few."""
    return -(-length // _STEP) * _STEP


def _padded(values: torch.Tensor, length: int) -> torch.Tensor:
    """Return values with nothing after them, up to a length."""
    missing = length - len(values)
    return functional.pad(values, (0,) * (2 * values.dim() - 1) + (missing,))


def _read(layers: nn.ModuleList, states: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    """Return states after some layers, of which known ones alone are seen."""
    mask = torch.where(known, 0.0, -1e9)[:, None, None, :]
    for layer in layers:
        found = layer(states, attention_mask=mask)
        states = found[0] if isinstance(found, tuple) else found
    return states


def taught(net: Disputing, some: Sequence[Example], seed: int) -> None:
    """Teach layers with examples."""
    random = Random(seed)
    torch.manual_seed(seed)
    new = [*net.kinds.parameters(), *net.heads.parameters()]
    groups = [
        {"params": list(net.layer.parameters()), "most": _RATE},
        {"params": new, "most": _NEW_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, lr=_RATE, weight_decay=0.01)
    steps, step = _EPOCHS * math.ceil(len(some) / _AT_ONCE), 0
    net.train()
    for _ in range(_EPOCHS):
        order = sorted(some, key=lambda one: one.size + 20 * random.random())
        batches = [order[at : at + _AT_ONCE] for at in range(0, len(order), _AT_ONCE)]
        random.shuffle(batches)
        for batch in batches:
            share = min(1.0, step / (_WARM * steps)) * max(0.02, 1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = group["most"] * share
            heads = torch.tensor([one.head for one in batch])
            wanted = torch.tensor([one.asserts for one in batch]) * (1 - _SMOOTH) + _SMOOTH / 2
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = net(batch, dropped=_DROPPED)
            chosen = found.float()[torch.arange(len(batch)), heads]
            loss = functional.binary_cross_entropy_with_logits(chosen, wanted)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
            if step % 50 == 0:
                print(f"seed {seed}: step {step} of {steps}, loss {loss.item():.3f}", flush=True)


@torch.no_grad()
def margins(net: Disputing, some: Sequence[Example]) -> list[float]:
    """Return the margin of the head of each."""
    net.eval()
    found = [0.0] * len(some)
    order = sorted(range(len(some)), key=lambda row: some[row].size)
    for at in range(0, len(order), _AT_ONCE):
        rows = order[at : at + _AT_ONCE]
        for row, read in zip(rows, net([some[row] for row in rows]).float(), strict=True):
            found[row] = float(read[some[row].head])
    return found
