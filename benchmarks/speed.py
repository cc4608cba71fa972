"""
How fast `ombud check` judges a file, and how fast a transformer would only score it.

    python -m benchmarks.speed --data ../shared/data

The peer is the architecture of BERT-base with random weights, in ONNX Runtime on the processor with
two threads: what a comment costs does not depend on what the weights have learned.
It needs `onnx`, `onnxruntime` and `psutil`.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import psutil
import pyarrow.parquet as pq
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

FILES = ("news_comments_dev", "toxicity_dev", "toxicity_train")
LAYERS, WIDTH, INNER, HEADS, VOCABULARY, LONGEST = 12, 768, 3072, 12, 30_522, 512
TOKENS_A_WORD = 1.3
BATCH = 16
SEED = 1


def comments(data: Path, number: int) -> list[str]:
    """Return so many different real comments."""
    found: dict[str, None] = {}
    for name in FILES:
        for batch in pq.ParquetFile(data / f"{name}.parquet").iter_batches(columns=["text"]):
            found.update(dict.fromkeys(batch.column(0).to_pylist()))
            if len(found) >= number:
                return list(found)[:number]
    return list(found)


def check(texts: list[str], jobs: int | None) -> tuple[float, float, float]:
    """
    Run `ombud check` on a file of these texts, the start of the program included.

    Returns the seconds, and the most megabytes that all its processes held: pages that they share
    counted for each of them, and counted once.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "comments.jsonl"
        file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
        command = [sys.executable, "-m", "ombud", "check", str(file)]
        command += ["--output", str(Path(folder) / "judged.jsonl")]
        command += ["--jobs", str(jobs)] if jobs else []
        begin = time.perf_counter()
        process = psutil.Popen(command)
        resident = shared_once = 0.0
        while process.poll() is None:
            now = memory(process)
            resident, shared_once = max(resident, now[0]), max(shared_once, now[1])
            time.sleep(0.2)
        seconds = time.perf_counter() - begin
        if process.returncode:
            sys.exit(f"ombud check ended with {process.returncode}")
        return seconds, resident / 1e6, shared_once / 1e6


def memory(process: psutil.Process) -> tuple[int, int]:
    """Return the resident bytes of a process and its children, and with shared pages divided."""
    resident = shared_once = 0
    try:
        for member in [process, *process.children(recursive=True)]:
            full = member.memory_full_info()
            resident += full.rss
            shared_once += getattr(full, "pss", full.rss)
    except psutil.Error:
        pass  # it has just ended
    return resident, shared_once


class Bert:
    """The graph of BERT-base with random weights."""

    def __init__(self) -> None:
        """Build the graph."""
        self._random = np.random.default_rng(SEED)
        self._nodes: list[NodeProto] = []
        self._weights: list[TensorProto] = []
        self.model = self._model()

    def _weight(self, *shape: int) -> str:
        """Add a random weight."""
        values = self._random.normal(0, 0.02, shape).astype(np.float32)
        return self._constant(values)

    def _constant(self, values: np.ndarray) -> str:
        """Add a constant."""
        name = f"w{len(self._weights)}"
        self._weights.append(numpy_helper.from_array(values, name))
        return name

    def _node(self, kind: str, *inputs: str, **attributes: Any) -> str:  # noqa: ANN401
        """Add a node."""
        name = f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def _linear(self, given: str, width: int, to: int) -> str:
        """Add a dense layer."""
        product = self._node("MatMul", given, self._weight(width, to))
        return self._node("Add", product, self._weight(to))

    def _norm(self, given: str) -> str:
        """Add a layer normalization."""
        weights = (self._weight(WIDTH), self._weight(WIDTH))
        return self._node("LayerNormalization", given, *weights, axis=-1)

    def _heads(self, given: str, order: list[int]) -> str:
        """Add a dense layer whose output is cut into heads."""
        shape = self._constant(np.array([0, 0, HEADS, WIDTH // HEADS], dtype=np.int64))
        cut = self._node("Reshape", self._linear(given, WIDTH, WIDTH), shape)
        return self._node("Transpose", cut, perm=order)

    def _layer(self, given: str, mask: str, scale: str, whole: str) -> str:
        """Add one layer: attention and two dense layers."""
        query = self._heads(given, [0, 2, 1, 3])
        key = self._heads(given, [0, 2, 3, 1])
        value = self._heads(given, [0, 2, 1, 3])
        fits = self._node("Mul", self._node("MatMul", query, key), scale)
        weights = self._node("Softmax", self._node("Add", fits, mask), axis=-1)
        mixed = self._node("Transpose", self._node("MatMul", weights, value), perm=[0, 2, 1, 3])
        mixed = self._linear(self._node("Reshape", mixed, whole), WIDTH, WIDTH)
        given = self._norm(self._node("Add", given, mixed))
        inner = self._node("Gelu", self._linear(given, WIDTH, INNER))
        return self._norm(self._node("Add", given, self._linear(inner, INNER, WIDTH)))

    def _model(self) -> ModelProto:
        """Return embeddings, layers and one number a text."""
        words = self._node("Gather", self._weight(VOCABULARY, WIDTH), "ids")
        places = self._node("Gather", self._weight(LONGEST, WIDTH), "places")
        state = self._norm(self._node("Add", words, places))
        scale = self._constant(np.array((WIDTH // HEADS) ** -0.5, dtype=np.float32))
        whole = self._constant(np.array([0, 0, WIDTH], dtype=np.int64))
        for _ in range(LAYERS):
            state = self._layer(state, "mask", scale, whole)
        first = self._constant(np.array(0, dtype=np.int64))
        self._linear(self._node("Gather", state, first, axis=1), WIDTH, 1)
        inputs = [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"]),
            helper.make_tensor_value_info("places", TensorProto.INT64, ["length"]),
            helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["batch", 1, 1, "length"]),
        ]
        last = self._nodes[-1].output[0]
        outputs = [helper.make_tensor_value_info(last, TensorProto.FLOAT, ["batch", 1])]
        graph = helper.make_graph(self._nodes, "bert", inputs, outputs, self._weights)
        opset = helper.make_opsetid("", 20)
        return helper.make_model(graph, opset_imports=[opset], ir_version=9)


def batches(texts: list[str]) -> Iterator[dict[str, np.ndarray]]:
    """Yield what the peer gets: texts of like length together, padded to the longest of them."""
    random = np.random.default_rng(SEED)
    lengths = sorted(min(LONGEST, round(TOKENS_A_WORD * len(t.split())) + 2) for t in texts)
    for begin in range(0, len(lengths), BATCH):
        part = lengths[begin : begin + BATCH]
        mask = np.full((len(part), 1, 1, max(part)), -1e4, dtype=np.float32)
        for row, length in enumerate(part):
            mask[row, :, :, :length] = 0
        ids = random.integers(0, VOCABULARY, (len(part), max(part)), dtype=np.int64)
        yield {"ids": ids, "places": np.arange(max(part), dtype=np.int64), "mask": mask}


def peer(texts: list[str]) -> float:
    """Return the seconds that the peer takes, loading left out."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(
        Bert().model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    given = list(batches(texts))
    session.run(None, given[0])
    begin = time.perf_counter()
    for batch in given:
        session.run(None, batch)
    return time.perf_counter() - begin


def main() -> None:
    """Print both speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--comments", type=int, default=20_000)
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--jobs", type=int)
    chosen = parser.parse_args()
    texts = comments(chosen.data, chosen.comments)
    seconds, resident, shared_once = check(texts, chosen.jobs)
    ours = len(texts) / seconds
    sample = texts[:: max(1, len(texts) // chosen.sample)][: chosen.sample]
    theirs = len(sample) / peer(sample)
    print(f"ombud check, whole policy: {len(texts):,} comments, {ours:,.0f} a second")
    print(
        f"  most memory: {resident:,.0f} MB resident, {shared_once:,.0f} MB with shared pages once"
    )
    print(f"BERT-base, random weights: {len(sample):,} comments, {theirs:,.1f} a second")
    print(f"ratio: {ours / theirs:,.0f}")


if __name__ == "__main__":
    main()
