"""
How well the wording of verification is told, on sentences of stories_train.parquet read by hand.

    python -m benchmarks.verification_quality ../shared/data/stories_train.parquet

The 300 sentences are known by their hashes only, since their texts belong to the publishers; they
were drawn for words such as "confirm", "deny" and "comment", so that what is none is hard.
"""

import argparse
import hashlib
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from ombud.stories.document import Document
from ombud.stories.verifying import verify
from ombud.text import Span, sentences

LABELS = Path(__file__).with_name("verification") / "labels.tsv"
NOTHING = "-"


def labels() -> dict[str, str]:
    """Return the label of each sentence by its hash."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def found(sentence: str) -> str:
    """Return what is said to be in a sentence."""
    whole = Span(0, len(sentence))
    said = verify(Document("", "", sentence, whole, (whole,)))
    return said[0].status if said else NOTHING


def main() -> None:
    """Print precision and recall of each class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print the sentences told wrong")
    wanted = parser.parse_args()
    known, counts = labels(), Counter[tuple[str, str]]()
    for row in pq.read_table(wanted.file, columns=["text"]).to_pylist():
        for span in sentences(row["text"]):
            sentence = span.quote(row["text"])
            label = known.pop(hashlib.sha256(sentence.encode()).hexdigest()[:16], None)
            if label is not None:
                said = found(sentence)
                counts[label, said] += 1
                if wanted.wrong and said != label:
                    print(f"{label} told as {said}: {sentence}")
    for name in sorted({label for label, _ in counts} - {NOTHING}):
        right = counts[name, name]
        told = sum(count for (_, said), count in counts.items() if said == name)
        there = sum(count for (label, _), count in counts.items() if label == name)
        print(f"{name:30} precision {right}/{told}  recall {right}/{there}")
    print(f"{sum(counts.values())} sentences; {len(known)} of the labels not in the file")


if __name__ == "__main__":
    main()
