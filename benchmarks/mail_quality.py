"""
Which mails and comments assert an error, and at what cost.

    python -m benchmarks.mail_quality [--missed] [--held]

Comments of the clause's own lines, which have no article; held are two sets of mails as a newsroom
gets them, and of comments under articles, half of which say that something published is wrong.
Those of each set were written by somebody who had seen neither rules nor other sets.
The figures of the first comments were in sight when the cost of a wrong finding was chosen
(`training/correction.py`); the second set was written to the same brief as what the layers learn
from.
How mails and comments of other hands are told, `training/dispute.py` says.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ombud import house_policy
from ombud.case import Case
from ombud.engine import Engine
from ombud.mail.asserting import Asserting
from ombud.mail.intake import LEAST
from ombud.newsroom import Article

HERE = Path(__file__).parent
RULE = "correction_request"


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", action="store_true", help="show what was wrong, of no held set")
    parser.add_argument("--held", action="store_true", help="also judge the sets kept apart")
    given = parser.parse_args()
    engine = house_policy()
    comments = _lines(f"lines/{RULE}")
    _tell("comments, lines", comments, _routed(engine, comments), missed=given.missed)
    if given.held:
        asserting = Asserting(engine)
        for held in ("fresh", "blind"):
            mails = _lines(f"mails/{held}")
            taken = [asserting.asserts_error(one["subject"], one["text"]) >= LEAST for one in mails]
            _tell(f"mails, {held}", mails, taken, missed=False)
            comments = _lines(f"mails/{held}_comments")
            _tell(f"comments, {held}", comments, _routed(engine, comments), missed=False)


def _lines(place: str) -> list[dict[str, Any]]:
    """Return a set."""
    lines = (HERE / f"{place}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _routed(engine: Engine, comments: Sequence[dict[str, Any]]) -> list[bool]:
    """Return for each comment whether the rule sends it to the corrections desk."""
    cases = []
    for one in comments:
        about = one.get("article") or {}
        known = Article(about.get("title", ""), about.get("text", ""), about.get("byline", ""))
        parent = {"parent": one["parent"]} if one.get("parent") else {}
        cases.append(Case(one["text"], article=known, **parent))
    return [
        any(finding.rule == RULE for finding in decision.findings)
        for start in range(0, len(cases), 64)
        for decision in engine.judge_all(cases[start : start + 64])
    ]


def _tell(
    name: str, every: Sequence[dict[str, Any]], taken: Sequence[bool], *, missed: bool
) -> None:
    """Print how many of those that assert an error were found, and how many found ones do."""
    asserts = [one.get("asserts", one.get("breaks")) for one in every]
    right = sum(found and so for found, so in zip(taken, asserts, strict=True))
    recall, precision = right / sum(asserts), right / max(1, sum(taken))
    print(f"{name}: {len(every)}, recall {recall:.3f}, precision {precision:.3f}")
    for one, found, so in zip(every, taken, asserts, strict=True):
        if missed and found != so:
            print(f"  {'missed' if so else 'taken '}  {' '.join(one['text'].split())[:150]}")


if __name__ == "__main__":
    main()
