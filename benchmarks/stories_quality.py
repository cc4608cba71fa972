"""
How well articles are put into stories, and evidence for a claim is found in other outlets.

    python -m benchmarks.stories_quality ../shared/data ../shared/seeds

Grouping: all articles of AllSides' development part together, the threshold chosen on parts of the
training part of the same size; B-cubed (Bagga and Baldwin 1998).
The articles are snippets without dates, so that the window of days cannot help, and several of
their stories are one event under two headings or one theme without an event.

Tried once on three samples of the training part, each with the threshold best for it (B-cubed F1);
only what is shipped can be run again:

    average linkage, rarity of words in full         .919
    single; complete linkage                         .893; .911
    titles once; three times                         .916; .916
    pairs of words of names; of all words            .910; .901
    a bonus for those nearest to each other          .923
    stories that have grown join less readily        .925, against stories of many outlets
    those alone join the nearest story, at .8        .923
    rarity of words by its root                      .924
    both of these                                    .928

And once on seven parts, which are all of it:

    both of these                                    .930
    a fifth for meaning, by the shipped encoder's
    first layers, which is what is shipped           .935

A published encoder of sentences that is not shipped (all-MiniLM-L6-v2, a quarter of its weight
squared) gave .937 on the three samples, where what is shipped gives .929.

Evidence: stories/evidence.jsonl names claims and the sentences of other outlets that speak of them,
by article and offsets, as read by one person; two articles of whole length and 20 stories of
snippets, of which two have none.  Recall at 5: the share of these among the first five.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, TypedDict

import numpy as np
import pyarrow.parquet as pq

from ombud.stories.aligning import Place, Sentences, evidence
from ombud.stories.attributing import attribute
from ombud.stories.document import Document
from ombud.stories.grouping import ALIKE, group
from ombud.stories.passages import joined
from ombud.stories.reading import read
from ombud.text import Span, sentences

JUDGED = Path(__file__).with_name("stories") / "evidence.jsonl"
THRESHOLDS = (1.0, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4)
FIRST = 5


class Judged(TypedDict):
    """A claim and its evidence, each as the number of an article with begin and end."""

    story: str
    claim: list[int]
    evidence: list[list[int]]


def snippet(row: dict[str, Any]) -> Document:
    """Return a snippet as a document that is all body."""
    text = row["text"] or ""
    spans = tuple(joined(text, sentences(text)))
    return Document("", row["outlet"] or "", text, Span(0, len(text)), spans, row["title"] or "")


def b_cubed(truth: Sequence[str], groups: Sequence[Sequence[int]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of groups against the stories they come from."""
    sizes = Counter(truth)
    precision = recall = 0.0
    for members in groups:
        for story, count in Counter(truth[number] for number in members).items():
            precision += count * count / len(members)
            recall += count * count / sizes[story]
    precision, recall = precision / len(truth), recall / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def parted(rows: list[dict[str, Any]], stories: int) -> Iterator[list[dict[str, Any]]]:
    """Yield parts of so many stories, as many as there are."""
    names = sorted({row["event_id"] for row in rows})
    np.random.default_rng(7).shuffle(names)
    for begin in range(0, len(names) - stories + 1, stories):
        chosen = set(names[begin : begin + stories])
        yield [row for row in rows if row["event_id"] in chosen]


def grouping(train: list[dict[str, Any]], dev: list[dict[str, Any]]) -> None:
    """Print how well the stories of the development part are found."""
    stories = len({row["event_id"] for row in dev})
    parts = [
        ([snippet(row) for row in rows], [row["event_id"] for row in rows])
        for rows in parted(train, stories)
    ]
    means = {
        alike: sum(b_cubed(truth, group(texts, alike))[2] for texts, truth in parts) / len(parts)
        for alike in THRESHOLDS
    }
    best = max(means, key=lambda alike: means[alike])
    print(f"threshold best on train {best} (F1 {means[best]:.3f}), shipped {ALIKE}")
    found = b_cubed([row["event_id"] for row in dev], group([snippet(row) for row in dev]))
    print("B-cubed on dev: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(*found))
    thousand = [snippet(row) for row in train[:1000]]
    for how in ("never read before", "read before"):
        began = perf_counter()
        group(thousand)
        print(f"1,000 articles {how}, grouped in {perf_counter() - began:.1f} s")


def recalled(documents: Sequence[Document], judged: Judged) -> float:
    """Return the share of the evidence for a claim that is among the first found."""
    compared = Sentences(documents, [attribute(document) for document in documents])
    found = evidence(compared, _place(documents, judged["claim"]), FIRST)
    wanted = {_place(documents, one) for one in judged["evidence"]}
    return len(wanted & set(found)) / len(wanted)


def _place(documents: Sequence[Document], judged: Sequence[int]) -> Place:
    """Return the sentence that holds offsets that were written down; fails if there is none."""
    number, *place = judged
    spans = documents[number].sentences
    return Place(number, next(at for at, span in enumerate(spans) if span.covers(Span(*place))))


def finding(dev: list[dict[str, Any]], seeds: Path) -> None:
    """Print how much of the evidence judged by hand is among the first five."""
    stories: dict[str, list[Document]] = {}
    for row in dev:
        stories.setdefault(row["event_id"], []).append(snippet(row))
    stories["seeds"] = [
        read(path.stem, path.read_bytes()).document for path in sorted(seeds.glob("*.txt"))
    ]
    shares: dict[bool, list[float]] = {True: [], False: []}
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        judged: Judged = json.loads(line)
        shares[judged["story"] == "seeds"].append(recalled(stories[judged["story"]], judged))
    for whole, name in ((True, "whole articles"), (False, "snippets")):
        mean = sum(shares[whole]) / len(shares[whole])
        print(f"recall at {FIRST}, {name}: {mean:.3f} over {len(shares[whole])} claims")
    everything = shares[True] + shares[False]
    print(f"recall at {FIRST}, all: {sum(everything) / len(everything):.3f}")


def cold(seeds: Path, articles: int = 20) -> None:
    """Print how long a dossier of so many articles takes, with the start of the program."""
    paths = sorted(seeds.glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number in range(articles):
            text = paths[number % len(paths)].read_text(encoding="utf-8")
            path = Path(folder) / f"{number}.txt"
            # Another word each time, or they would be one article given again.
            path.write_text(text.replace("letter", f"letter{number}"), encoding="utf-8")
            names.append(str(path))
        began, before = perf_counter(), children_times()
        command = [sys.executable, "-m", "ombud", "story", *names, "--format", "json"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        took, worked = perf_counter() - began, children_times() - before
        print(f"{articles} articles, cold: {took:.2f} s, of which the processor {worked:.2f} s")


def children_times() -> float:
    """Return the seconds that ended programs of ours kept the processor busy."""
    times = os.times()
    return times.children_user + times.children_system


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with stories_train and stories_dev")
    parser.add_argument("seeds", type=Path, help="the folder with two articles of one story")
    given = parser.parse_args()
    train, dev = (
        pq.read_table(given.data / f"stories_{part}.parquet").to_pylist()
        for part in ("train", "dev")
    )
    grouping(train, dev)
    finding(dev, given.seeds)
    cold(given.seeds)


if __name__ == "__main__":
    main()
