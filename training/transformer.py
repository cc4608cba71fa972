"""
A published sentence encoder with heads, in torch: MiniLM-L6 (shipped) or mpnet-base (its teacher).

all-MiniLM-L6-v2 and all-mpnet-base-v2 (both Apache-2.0; Wang et al. 2020, Song et al. 2020, Reimers
and Gurevych 2019), through the library that publishes them.
Needed for training only; nothing that is shipped imports torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_LONGEST = 112
"""Word pieces that are read of a text in training, if nothing else is said."""


class _Dropout(nn.Module):
    """Dropout from random bytes: on a CPU five times as fast as drawing a number for each value."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._bound = round(share * 256)

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return states
        words = torch.randint(-(2**62), 2**62, (-(-states.numel() // 8),))
        kept = words.view(torch.uint8)[: states.numel()].view(states.shape) >= self._bound
        return states * kept * (256 / (256 - self._bound))


class Transformer(nn.Module):
    """An encoder with a linear head over the mean of the tokens, after each of some layers."""

    def __init__(
        self,
        folder: Path,
        heads: int,
        exits: Sequence[int],
        *,
        longest: int = _LONGEST,
        dropout: float = 0.1,
    ) -> None:
        """
        Read weights and tokenizer from the folder of the package.

        exits: numbers of the layers after which the heads are read, the last one last.
        longest: word pieces that are read of a text.
        """
        super().__init__()
        # The fused attention of torch takes half of a training step on a CPU, in its backward pass.
        self.body = AutoModel.from_pretrained(
            folder, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        for module in list(self.body.modules()):
            for name, child in list(module.named_children()):
                if isinstance(child, nn.Dropout) and child.p > 0:
                    setattr(module, name, _Dropout(dropout))
        self.exits = tuple(exits)
        width = self.body.config.hidden_size
        self.heads = nn.ModuleList(nn.Linear(width, heads) for _ in exits)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(longest)
        self.tokenizer.no_padding()

    def lengths(self, texts: Sequence[str | tuple[str, str]]) -> list[int]:
        """Return how many word pieces each text has."""
        return [len(found.ids) for found in self.tokenizer.encode_batch(list(texts))]

    def _states(self, batch: Sequence[Sequence[int]]) -> tuple[list[torch.Tensor], torch.Tensor]:
        """Return (texts, tokens, width) states after each exit, and (texts, tokens, 1) shares."""
        # Few different shapes: the fast kernels are made anew for each.
        longest = -(-max(map(len, batch)) // 8) * 8
        ids = torch.zeros((len(batch), longest), dtype=torch.long)
        known = torch.zeros((len(batch), longest), dtype=torch.long)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            known[row, : len(tokens)] = 1
        if self.body.config.model_type == "mpnet":
            ids = torch.where(known == 1, ids, self.body.config.pad_token_id)
        layers = self.body(ids, attention_mask=known, output_hidden_states=True).hidden_states
        mean = known[:, :, None] / known[:, :, None].sum(1, keepdim=True)
        return [layers[place] for place in self.exits], mean

    def forward(self, batch: Sequence[Sequence[int]]) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Return (texts, heads) margins of each exit, and (texts, tokens, heads) of the tokens."""
        states, mean = self._states(batch)
        shares = [head(state) for head, state in zip(self.heads, states, strict=True)]
        return [((share * mean).sum(1), share) for share in shares]

    @torch.no_grad()
    def margins(self, texts: Sequence[str | tuple[str, str]], at_once: int = 64) -> torch.Tensor:
        """Return (texts, heads) margins of the last exit."""
        self.eval()
        tokens = [found.ids for found in self.tokenizer.encode_batch(list(texts))]
        order = np.argsort([len(ids) for ids in tokens], kind="stable")
        found = torch.zeros((len(tokens), self.heads[-1].out_features))
        for begin in range(0, len(order), at_once):
            rows = order[begin : begin + at_once].tolist()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found[rows] = self([tokens[row] for row in rows])[-1][0].float()
        return found

    @torch.no_grad()
    def vectors(self, texts: Sequence[str], at_once: int = 128) -> NDArray[np.float32]:
        """Return (texts, width) vectors of length 1, of the last exit."""
        self.eval()
        tokens = [found.ids for found in self.tokenizer.encode_batch(list(texts))]
        order = np.argsort([len(ids) for ids in tokens], kind="stable")
        vectors = np.zeros((len(tokens), self.body.config.hidden_size), dtype=np.float32)
        for begin in range(0, len(order), at_once):
            rows = order[begin : begin + at_once]
            states, mean = self._states([tokens[row] for row in rows])
            vectors[rows] = functional.normalize((states[-1] * mean).sum(1), dim=1).numpy()
        return vectors
