"""
Products of matrices that are rounded in training as the shipped ones are (Jacob et al. 2018).

Weights by column to seven bits, as `training/graph.py` stores them; what goes in to eight bits, by
the least and the largest number of each text, as ONNX Runtime does.
Gradients pass as if nothing had been rounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import torch
from torch import nn
from torch.nn import functional

from training.graph import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEPS: Final = 255
_LEAST: Final = 1e-9


class _Straight(torch.autograd.Function):
    """Round values to multiples of a scale, and let gradients through."""

    @staticmethod
    def forward(_: Any, values: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:  # noqa: ANN401
        return (values / scale).round_().mul_(scale)

    @staticmethod
    def backward(_: Any, gradient: torch.Tensor) -> tuple[torch.Tensor, None]:  # noqa: ANN401
        return gradient, None


class _Rounded(nn.Linear):
    """A product with rounded weights of (texts, pieces, width) states that are rounded too."""

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        scale = self.weight.detach().abs().amax(1, keepdim=True).clamp(min=_LEAST) / LARGEST
        weight = _Straight.apply(self.weight, scale)
        least, most = torch.aminmax(states.detach().flatten(1), dim=1)
        step = (most.clamp(min=0) - least.clamp(max=0)).clamp(min=_LEAST) / _STEPS
        return functional.linear(_Straight.apply(states, step[:, None, None]), weight, self.bias)


def _products(layers: nn.Module) -> Iterator[tuple[nn.Module, str, nn.Linear]]:
    """Yield each product with what holds it, and by which name."""
    for module in layers.modules():
        for name, child in module.named_children():
            if isinstance(child, nn.Linear):
                yield module, name, child


def rounded(layers: nn.Module) -> None:
    """Have layers round as the shipped ones do; their weights keep their names."""
    for module, name, product in list(_products(layers)):
        found = _Rounded(product.in_features, product.out_features)
        found.load_state_dict(product.state_dict())
        setattr(module, name, found)
