"""
How well attributions are found, on PolNeAR's development part (Newell, Margolin and Ruths 2018).

    python -m benchmarks.attribution_quality ../shared/data/attributions/polnear_dev.parquet

A sentence carries an attribution if a range of one overlaps it: source, cue or content.
Overlap of ranges is counted in words: precision is the share of the words in the ranges found that
stand in ranges marked, recall the share of those marked that were found, F1 their harmonic mean.
Where several annotators marked an article, each counts on his own.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from time import perf_counter

import pyarrow.parquet as pq

from ombud.stories.attributing import attribute
from ombud.stories.document import Attribution, Document
from ombud.text import Span, sentences, words

ROLES = ("source", "cue", "content")
Ranges = dict[str, list[Span]]


def document(text: str) -> Document:
    """Return a text as a document that is all body."""
    return Document("", "", text, Span(0, len(text)), tuple(sentences(text)))


def marked(attributions: Iterable[Mapping[str, Sequence[Mapping[str, int]]]]) -> Ranges:
    """Return the ranges that an annotator marked, by their role."""
    rows = list(attributions)
    return {
        role: [Span(part["begin"], part["end"]) for row in rows for part in row[role]]
        for role in ROLES
    }


def ours(attributions: Sequence[Attribution]) -> Ranges:
    """Return the ranges found, by their role."""
    return {
        "source": [one.source for one in attributions if one.source],
        "cue": [one.cue for one in attributions if one.cue],
        "content": [part for one in attributions for part in one.content],
    }


def touched(spans: Iterable[Span], units: Sequence[Span], length: int) -> set[int]:
    """Return the numbers of the sentences or words that a range overlaps."""
    covered = bytearray(length)
    for begin, end in spans:
        covered[begin:end] = b"\1" * (end - begin)
    return {number for number, unit in enumerate(units) if any(covered[unit.begin : unit.end])}


def f1(counts: Counter[str]) -> str:
    """Return precision, recall and F1 of what was counted."""
    precision = counts["both"] / max(1, counts["found"])
    recall = counts["both"] / max(1, counts["marked"])
    value = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {value:.3f}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    counts: dict[str, Counter[str]] = {
        role: Counter() for role in (*ROLES, "sentence", "sentence (cue)")
    }
    slowest = total = 0.0
    rows = pq.read_table(parser.parse_args().file).to_pylist()
    for row in rows:
        text = row["text"]
        article = document(text)
        begun = perf_counter()
        found = ours(attribute(article))
        taken = perf_counter() - begun
        slowest, total = max(slowest, taken), total + taken
        gold = marked(row["attributions"])
        units = {
            **{role: (words(text), found[role], gold[role]) for role in ROLES},
            "sentence": (article.sentences, [*chain(*found.values())], [*chain(*gold.values())]),
            "sentence (cue)": (article.sentences, found["cue"], gold["cue"]),
        }
        for name, (parts, mine, theirs) in units.items():
            a, b = touched(mine, parts, len(text)), touched(theirs, parts, len(text))
            counts[name].update({"found": len(a), "marked": len(b), "both": len(a & b)})
    for name, counted in counts.items():
        print(f"{name:15} {f1(counted)}")
    print(f"{1000 * total / len(rows):.1f} ms an article, the slowest {1000 * slowest:.1f} ms")


if __name__ == "__main__":
    main()
