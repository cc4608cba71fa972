"""
What the encoder learns from: texts, what is known of each of its heads, and how much each counts.

Written lines, real comments read by the policy, real comments judged by raters, made-up nonsense,
and comments under their own and under other articles.
A head that nothing is known of stays out of the loss.
"""

from __future__ import annotations

import json
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from ombud.encoder import CLAUSES, DISCUSSION, TOXICITY, spelled, spelled_with_places
from ombud.subjects import subject
from ombud.text import fold
from ombud.vectors import shared
from training import comments
from training.lines import HEAD_OF, WRITTEN, digest, known_of, licensed, named, read, stems
from training.nonsense import Nonsense

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_KEPT_BACK: Final = 20
_LONGEST: Final = 380
"""Characters of a text that are read in training."""
_UNDER: Final = 200
"""Characters of a comment that are read with an article, as long as what is read at the desk."""
_SHARES: Final = {
    "jigsaw_wikipedia": 1.0,
    "edos": 0.7,
    "hatemoji_build": 0.7,
    "davidson_tweets": 0.15,
    "spans": 0.4,
    "identities": 0.5,
}
"""How much a judged comment counts, by source; 0.7 where not named."""
_MARKS: Final = 1.0
"""How much the marks of one comment count, whatever its length."""
_ORDINARY: Final = 1.5
"""How much an ordinary line counts: a newspaper sees many more of them than breaches."""
_KEPT: Final = {"jigsaw_wikipedia": 3, "davidson_tweets": 6, "edos": 3, "spans": 4}
"""Of the benign texts of a source, or of all of Davidson's, one in so many is used."""


class Example(NamedTuple):
    """A text or a comment with its article, the probabilities of the heads known, and a weight."""

    text: str | tuple[str, str]
    known: dict[str, float]
    weight: float
    marked: NDArray[np.bool_] | None = None
    """Whether most raters marked each character as what makes the text toxic; None: not asked."""


def clause_examples(data: Path) -> list[Example]:
    """Return everything that says something of the clauses."""
    return [*own_examples(data), *further_examples(data)]


def own_examples(data: Path) -> list[Example]:
    """Return what was written for the clauses and for the topic, and what was read for them."""
    return [*_written(), *_pairs(), *_read(data)]


def further_examples(data: Path) -> list[Example]:
    """Return what else says something of the clauses."""
    return [
        *_inside(),
        *_nonsense(),
        *_discussed(data),
        *_civic(data),
        *marked_examples(data),
    ]


def marked_examples(data: Path, *, kept: bool = False) -> Iterator[Example]:
    """Yield real comments whose raters marked what is toxic in them, or those `kept` back."""
    table = pd.read_parquet(data / "spans_train.parquet")
    table = table[~table.licence.str.contains("development only")]
    for text, consensus in zip(table.text, table.consensus, strict=True):
        folded = fold(text)
        if kept_back(folded.text) != kept:
            continue
        marks = np.zeros(len(text) + 1, dtype=bool)
        for span in consensus:
            marks[span["begin"] : span["end"]] = True
        shown, places = spelled_with_places(folded.text)
        marked = marks[folded.begins][places] if places else marks[:0]
        yield Example(shown[:_LONGEST], {}, _MARKS, marked[:_LONGEST])


def toxicity_examples(data: Path) -> Iterator[Example]:
    """Yield the comments that people judged, and benign texts made of them."""
    judged = comments.examples(data)
    for text, labels, source in zip(judged.texts, judged.labels, judged.sources, strict=True):
        if source in ("written", "civic"):
            continue  # the written lines and the civic comments are examples of clauses as well
        known = {
            head: float(label)
            for head, label in zip(map(str.upper, comments.HEADS), labels, strict=True)
            if not np.isnan(label)
        }
        benign = max(known.values()) == 0
        if kept_back(text):
            continue
        if source in comments.WEAK_ZEROS:
            known = {head: label for head, label in known.items() if label > 0 or not benign}
        share = _KEPT.get(source, 1)
        rare = share == 1 or not (benign or source == "davidson_tweets")
        if known and (rare or digest(text) % share == 0):
            yield Example(_shown(text), known, _SHARES.get(source, 0.7))


def kept_back(text: str) -> bool:
    """Whether a judged text is kept out of the training of the encoder, to calibrate it on."""
    return digest(text) % _KEPT_BACK == 0


def read_comments(data: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield what was read of each comment that was read by the policy, and its folded text."""
    texts = dict(licensed(data)[["id", "text"]].itertuples(index=False))
    for line in read("read"):
        yield line, fold(texts[line["id"]]).text


def _shown(text: str) -> str:
    """Return a folded text as the encoder reads it."""
    return spelled(text)[:_LONGEST]


def _written() -> Iterator[Example]:
    """Yield the written lines; what a line says about another clause may be unknown."""
    for stem in stems():
        for line in read(stem):
            known = known_of(stem, line)
            if known:
                weight = _ORDINARY if stem == "ordinary" else 1.0
                yield Example(_shown(fold(line["text"]).text), known, weight)


def _inside() -> Iterator[Example]:
    """Yield some written lines between benign ones, as part of a longer comment."""
    benign = [_shown(fold(line["text"]).text) for line in read("ordinary")]
    random = np.random.default_rng(1)
    for text, known, *_ in list(_written()):
        if random.random() < 0.12:  # noqa: PLR2004
            before, after = random.choice(benign, 2)
            pieces = [before, str(text), after][int(random.integers(2)) :]
            yield Example(" ".join(pieces), known, 0.7)


def _nonsense() -> Iterator[Example]:
    """Yield made-up nonsense."""
    source = [fold(line["text"]).text for line in read("ordinary")]
    for text in islice(Nonsense(source, Random(2)), 1200):
        yield Example(_shown(fold(text).text), {"INCOHERENT": 1.0}, 0.7)


def _read(data: Path) -> Iterator[Example]:
    """Yield real news comments that were read by the policy: sure breaches, doubts, none."""
    for line, text in read_comments(data):
        known = dict.fromkeys((*CLAUSES, "INCOHERENT"), 0.0)
        for clauses, label in ((line["maybe"], 0.5), (line["sure"], 1.0)):
            known |= {head: label for head in (HEAD_OF.get(c) for c in clauses) if head}
        yield Example(_shown(text), known | {"TOXICITY": line["toxic"]}, 1.5)


def _discussed(data: Path) -> Iterator[Example]:
    """Yield comments of which one reader said what they are to the discussion."""
    texts = dict(licensed(data)[["id", "text"]].itertuples(index=False))
    civic = pd.read_parquet(data / "civic_train.parquet")
    texts |= dict(civic[["id", "text"]].itertuples(index=False))
    texts |= {named(line["text"]): line["text"] for stem in stems() for line in read(stem)}
    for line in read("discussion"):
        known = {head: float(line[head]) for head in DISCUSSION}
        yield Example(_shown(fold(texts[line["id"]]).text), known, 1.5)


def _civic(data: Path) -> Iterator[Example]:
    """Yield citizens' comments: civil, with opinions, on matters that divide."""
    benign = dict.fromkeys((*CLAUSES, "INCOHERENT", *TOXICITY), 0.0)
    for text in pd.read_parquet(data / "civic_train.parquet").text:
        yield Example(_shown(fold(text).text), benign, 0.7)


def _pairs() -> Iterator[Example]:
    """Yield comments with an article: their own, and another about something else."""
    path = WRITTEN / "topics.jsonl"
    topics = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    random = np.random.default_rng(3)
    vectors = shared()
    for number, topic in enumerate(topics):
        shown = spelled(subject(vectors, topic["article"]["title"], topic["article"]["text"]).gist)
        for label, texts in ((0.0, topic["on"]), (1.0, topic["off"])):
            for text in texts:
                yield Example((_shown(fold(text).text)[:_UNDER], shown), {"OFF_TOPIC": label}, 2.0)
        for other in random.choice(len(topics), 3, replace=False):
            if other != number:
                wandering = [text for text in topics[other]["on"] if len(text.split()) > 9]  # noqa: PLR2004
                for text in random.choice(wandering, min(2, len(wandering)), replace=False):
                    yield Example(
                        (_shown(fold(text).text)[:_UNDER], shown), {"OFF_TOPIC": 1.0}, 1.0
                    )
