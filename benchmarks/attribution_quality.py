"""
How well attributions are found, on PolNeAR's development part (Newell, Margolin and Ruths 2018).

    python -m benchmarks.attribution_quality ../shared/data/attributions/polnear_dev.parquet

A sentence carries an attribution if a range of one overlaps it: source, cue or content.
Overlap of ranges is counted in words: precision is the share of the words in the ranges found that
stand in ranges marked, recall the share of those marked that were found, F1 their harmonic mean.
Where several annotators marked an article, each counts on his own.
A range touched counts each range whole: found if one marked overlaps it, and the other way round.

Of the 200 quotations in attribution/speakers.tsv, read by one person, those are counted of which
the speaker shown is as it was when read, and the source begins where it did and has it whole.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow.parquet as pq

from ombud.stories.attributing import attribute
from ombud.stories.document import Attribution, Document
from ombud.text import Span, sentences, words

JUDGED = Path(__file__).with_name("attribution") / "speakers.tsv"
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


def touching(spans: Iterable[Span], others: Sequence[Span]) -> int:
    """Return how many ranges overlap one of the others."""
    return sum(
        any(span.begin < other.end and other.begin < span.end for other in others) for span in spans
    )


def judged(texts: Mapping[str, str]) -> str:
    """Return how many of the speakers read by hand are shown, and how many of them are right."""
    shown: Counter[str] = Counter()
    known: dict[str, list[tuple[str, str]]] = {}
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            article, *place, verdict = line.split("\t")
            known.setdefault(article, []).append((" ".join(place), verdict))
    for article, rows in known.items():
        found = [one for one in attribute(document(texts[article])) if one.source]
        shown.update(
            verdict for place, verdict in rows if any(_as_read(one, place) for one in found)
        )
    return f"speakers        {shown['right']} right of {shown.total()} shown as they were read"


def _as_read(found: Attribution, place: str) -> bool:
    """Whether a source and its speaker are those of a row: begin and end of one, and the other."""
    begin, end, speaker = place.split(" ")
    shown = f"{found.speaker.begin}-{found.speaker.end}" if found.speaker else "-"
    source = found.source or Span(0, 0)
    return source.begin == int(begin) and source.end >= int(end) and shown == speaker


def f1(counts: Counter[str]) -> str:
    """Return precision, recall and F1 of what was counted."""
    precision = counts["both"] / max(1, counts["found"])
    recall = counts["again"] / max(1, counts["marked"])
    value = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {value:.3f}"


def measured(row: Mapping[str, Any], counts: Mapping[str, Counter[str]]) -> float:
    """Count what is found in one article, and return the seconds that finding took."""
    text = row["text"]
    article = document(text)
    begun = perf_counter()
    attributions = attribute(article)
    taken = perf_counter() - begun
    found, gold = ours(attributions), marked(row["attributions"])
    units: dict[str, tuple[Sequence[Span], Iterable[Span], Iterable[Span]]] = {
        **{role: (words(text), found[role], gold[role]) for role in ROLES},
        "sentence": (article.sentences, chain(*found.values()), chain(*gold.values())),
    }
    for name, (parts, mine, theirs) in units.items():
        a, b = touched(mine, parts, len(text)), touched(theirs, parts, len(text))
        both = len(a & b)
        counts[name].update(found=len(a), marked=len(b), both=both, again=both)
    for role in ROLES:
        mine, theirs = found[role], gold[role]
        both, again = touching(mine, theirs), touching(theirs, mine)
        counts[f"{role} touched"].update(
            found=len(mine), marked=len(theirs), both=both, again=again
        )
    return taken


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    rows = pq.read_table(parser.parse_args().file).to_pylist()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seconds = [measured(row, counts) for row in rows]
    for name, counted in counts.items():
        print(f"{name:15} {f1(counted)}")
    texts = {row["article_id"]: row["text"] for row in rows}
    print(judged(texts))
    print(f"{1000 * sum(seconds) / len(rows):.1f} ms an article, {1000 * max(seconds):.1f} at most")


if __name__ == "__main__":
    main()
