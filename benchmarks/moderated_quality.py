"""
How often a careful moderator would decide otherwise on real news comments.

    python -m benchmarks.moderated_quality --data ../shared/data

400 comments, half from Civil Comments (picked for being toxic) and half from Fox News (as they
came), each read by one reader by the house policy, without its decision and without the article;
`benchmarks/moderated.jsonl` holds their ids and the clauses broken, surely or maybe.
The topic cannot be judged without the article: what is held for it alone is counted apart.
Also prints how well LIKELY_TO_REJECT tells what the reader rejects.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from sklearn.metrics import roc_auc_score

import ombud
from benchmarks.quality import news_case
from ombud.rejection import likely_to_reject

LABELS = Path(__file__).with_name("moderated.jsonl")


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print what is decided otherwise")
    given = parser.parse_args()
    rows = {
        str(row["id"]): row
        for row in pq.read_table(given.data / "news_comments_dev.parquet").to_pylist()
    }
    lines = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    cases = [news_case(rows[line["id"]]) for line in lines]
    engine = ombud.house_policy()
    decisions = engine.judge_all(cases)
    seen: Counter[tuple[str, str]] = Counter()
    for line, case, decision in zip(lines, cases, decisions, strict=True):
        rules = {finding.rule for finding in decision.findings}
        held = "approved" if not rules else "topic alone" if rules == {"off_topic"} else "held"
        read = "breach" if line["sure"] else "maybe" if line["maybe"] else "none"
        seen[held, read] += 1
        wrong = (held, read) in (("held", "none"), ("approved", "breach"))
        if given.show and wrong:
            print(held, sorted(rules) or line["sure"], case.text[:200].replace("\n", " "))
    for held, wrong in (("held", "none"), ("approved", "breach"), ("topic alone", "")):
        total = sum(count for (first, _), count in seen.items() if first == held)
        parts = ", ".join(f"{read} {seen[held, read]}" for read in ("breach", "maybe", "none"))
        share = f"; otherwise {seen[held, wrong] / max(1, total):.0%}" if wrong else ""
        print(f"{held:12}{total:5}: the reader saw {parts}{share}")
    label = np.array([1.0 if line["sure"] else 0.5 if line["maybe"] else 0.0 for line in lines])
    score = np.tile([likely_to_reject(decision, engine.policy) for decision in decisions], 2)
    weights = np.concatenate([1 - label, label])
    auc = roc_auc_score(np.repeat([0, 1], len(lines)), score, sample_weight=weights)
    print(f"LIKELY_TO_REJECT: AUC {auc:.3f}, doubtful comments count half on both sides")


if __name__ == "__main__":
    main()
