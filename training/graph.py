"""
Write the encoder as an ONNX graph by hand, with 8-bit weights.

Converters emit forty small operations a layer, which on short texts cost as much as the products of
matrices; here a layer is ten.
Weights are rounded by column to seven of the eight bits, so that processors without VNNI add up the
same numbers; activations are rounded as they come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Weights = Mapping[str, NDArray[Any]]

_CONTRIB: Final = "com.microsoft"
LARGEST: Final = 63
_WORD_LARGEST: Final = 127
_EPSILON: Final = 1e-12
_HEADS: Final = 12


def whole_words(table: NDArray[Any]) -> tuple[NDArray[np.int8], NDArray[Any]]:
    """Return whole numbers for (words, width) vectors, and (words, 1) their units."""
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-9) / _WORD_LARGEST
    return np.round(table / scale).astype(np.int8), scale


class Graph:
    """A graph in the making: nodes and constants."""

    def __init__(self, weights: Weights) -> None:
        """Take the weights by the names that the training gave them."""
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def words(self) -> str:
        """Look up word pieces and places: ids (1, tokens) to states (1, tokens, width)."""
        table = self._weights["body.embeddings.word_embeddings.weight"]
        whole, scale = whole_words(table)
        places = (
            self._weights["body.embeddings.position_embeddings.weight"]
            + self._weights["body.embeddings.token_type_embeddings.weight"][0]
        )
        pieces = self._node("Gather", self._constant("words", whole), "ids")
        scales = self._node("Gather", self._constant("scales", scale.astype(np.float32)), "ids")
        states = self._node("Mul", self._node("Cast", pieces, to=TensorProto.FLOAT), scales)
        count = self._node("Shape", "ids", start=1, end=2)
        known = self._node(
            "Slice", self._constant("places", places), self._constant("zero", np.array([0])), count
        )
        return self._norm(self._node("Add", states, known), "body.embeddings.LayerNorm")

    def layer(self, states: str, number: int) -> str:
        """Add a layer of BERT: states (1, tokens, width) to the same."""
        name = f"body.encoder.layer.{number}"
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        mixed = self._split(self._product(states, *parts))
        attended = self._node("MultiHeadAttention", *mixed, domain=_CONTRIB, num_heads=_HEADS)
        out = self._product(attended, f"{name}.attention.output.dense")
        states = self._norm(self._node("Add", out, states), f"{name}.attention.output.LayerNorm")
        inner = self._product(states, f"{name}.intermediate.dense")
        inner = self._node("Gelu", inner, domain=_CONTRIB)
        out = self._product(inner, f"{name}.output.dense")
        return self._norm(self._node("Add", out, states), f"{name}.output.LayerNorm")

    def heads(self, states: str, number: int) -> None:
        """Add the heads: `shares` (1, tokens, heads), and their mean `margins` (1, heads)."""
        weight = self._constant("head", self._weights[f"heads.{number}.weight"].T)
        bias = self._constant("head_bias", self._weights[f"heads.{number}.bias"])
        self._node("Add", self._node("MatMul", states, weight), bias, out="shares")
        axes = self._constant("axes", np.array([1]))
        self._node("ReduceMean", "shares", axes, out="margins", keepdims=0)

    def kinds(self, states: str) -> str:
        """Add to each state what is learned of its kind: `kinds` (1, tokens) are their numbers."""
        table = self._constant("kinds_table", self._weights["kinds.weight"])
        return self._node("Add", states, self._node("Gather", table, "kinds"))

    def model(self, given: Mapping[str, int], *results: str) -> ModelProto:
        """Return the model with the inputs given, by name and type, and the results named."""
        shapes = {
            TensorProto.INT64: ["one", "tokens"],
            TensorProto.FLOAT: ["one", "tokens", "width"],
        }
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                helper.make_tensor_value_info(name, kind, shapes[kind])
                for name, kind in given.items()
            ],
            [helper.make_tensor_value_info(r, TensorProto.FLOAT, None) for r in results],
            list(self._constants.values()),
        )
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)

    def rename(self, states: str, name: str) -> None:
        """Give a result a name of its own."""
        self._node("Identity", states, out=name)

    def _node(self, kind: str, *given: str, out: str = "", domain: str = "", **facts: Any) -> str:  # noqa: ANN401
        out = out or f"{kind}{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, given, [out], domain=domain, **facts))
        return out

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        if value.dtype == np.float64:
            value = value.astype(np.float32)
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _split(self, states: str) -> list[str]:
        parts = [f"{states}_{part}" for part in "qkv"]
        node = helper.make_node("Split", [states], parts, axis=-1, num_outputs=len(parts))
        self._nodes.append(node)
        return parts

    def _norm(self, states: str, name: str) -> str:
        weight = self._constant(f"{name}.weight", self._weights[f"{name}.weight"])
        bias = self._constant(f"{name}.bias", self._weights[f"{name}.bias"])
        return self._node("LayerNormalization", states, weight, bias, axis=-1, epsilon=_EPSILON)

    def _product(self, states: str, *names: str) -> str:
        """Multiply with the matrices named, side by side, and add their biases."""
        matrix = np.concatenate([self._weights[f"{name}.weight"].T for name in names], axis=1)
        bias = np.concatenate([self._weights[f"{name}.bias"] for name in names])
        scale = np.abs(matrix).max(0) / LARGEST
        whole = np.round(matrix / scale).astype(np.int8)
        name = names[0]
        return self._node(
            "DynamicQuantizeMatMul",
            states,
            self._constant(f"{name}.whole", whole),
            self._constant(f"{name}.scale", scale.astype(np.float32)),
            self._constant(f"{name}.zero", np.zeros(len(scale), dtype=np.int8)),
            self._constant(f"{name}.bias", bias.astype(np.float32)),
            domain=_CONTRIB,
        )
