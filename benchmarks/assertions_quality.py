"""
How often the sentence that a report speaks of stands among the first three.

    python -m benchmarks.assertions_quality ../shared/data

assertions/asserted.jsonl holds what invented readers assert about real articles: each with the
sentences, by their offsets, that it speaks of, any of which is right.
The articles are whole ones of PolNeAR's development part, and of AllSides' development part the
snippets of one event put together, which say the same again and again; neither is repeated here.
The half "held" was written with the other, and nothing was changed by what it showed.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ombud.assertions.evidence import evidence
from ombud.newsroom import Article

ASSERTED = Path(__file__).with_name("assertions") / "asserted.jsonl"
FIRST = 3


def articles(data: Path) -> dict[str, Article]:
    """Return the articles, whole ones and events, by their ids."""
    found: dict[str, list[str]] = {}
    for row in pq.read_table(data / "stories_dev.parquet").to_pylist():
        found.setdefault(row["event_id"], []).append(row["text"])
    for row in pq.read_table(data / "attributions" / "polnear_dev.parquet").to_pylist():
        found.setdefault(row["article_id"], [row["text"]])
    return {name: Article(text="\n".join(texts)) for name, texts in found.items()}


def place(one: dict[str, Any], article: Article) -> int | None:
    """Return at which place, from 1, a right sentence stands; None if it is not among the first."""
    right = {tuple(span) for span in one["sentences"]}
    for number, shown in enumerate(evidence(one["assertion"], article, FIRST), 1):
        if (shown.begin, shown.end) in right:
            return number
    return None


def main() -> None:
    """Print the share of assertions whose sentence is first, and among the first three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with stories_dev and attributions")
    parser.add_argument("--missed", action="store_true", help="show what is missed in development")
    given = parser.parse_args()
    known = articles(given.data)
    asserted = [json.loads(line) for line in ASSERTED.read_text(encoding="utf-8").splitlines()]
    places: dict[tuple[str, str], Counter[int | None]] = {}
    for one in asserted:
        found = place(one, known[one["article"]])
        places.setdefault((one["half"], one["data"]), Counter())[found] += 1
        if found is None and given.missed and one["half"] == "development":
            print(f"missed: {one['article']}: {one['assertion']}")
    for half in ("development", "held"):
        counted = {data: count for (of, data), count in places.items() if of == half}
        for data, count in [*counted.items(), ("all", sum(counted.values(), Counter()))]:
            total = sum(count.values())
            among = total - count[None]
            print(
                f"{half:12} {data:8} {total:3} assertions:"
                f" first {count[1] / total:.2f}, among the first {FIRST} {among / total:.2f}"
            )


if __name__ == "__main__":
    main()
