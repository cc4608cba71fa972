"""
How well the house policy judges: by clause on dev lines, and on real comments.

    python -m benchmarks.quality [--lines FOLDER] [--data ../shared/data] [--misses RULE]

The dev lines in `benchmarks/lines` were written apart from the training lines and without sight of
them; patterns and thresholds were set with the dev lines in view.
The lines in `benchmarks/held` were written without sight of either, and are not for tuning.
A line that breaks a clause is found if that clause is among the findings that lead to an action.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import ombud
from ombud.policy import Action
from ombud.repeats import Repeats

LINES = Path(__file__).parent / "lines"
BATCH = 256


@dataclass
class Count:
    """Lines of one clause: right and wrong on both sides."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    passed: int = 0
    published: int = 0

    @property
    def recall(self) -> float:
        """The share of breaches that were found."""
        return self.found / max(1, self.found + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of findings that were breaches."""
        return self.found / max(1, self.found + len(self.false))


def case_of(line: dict[str, object]) -> ombud.Case:
    """Return the case that one dev line describes."""
    article, author = line.get("article"), line.get("author")
    case = ombud.Case(
        str(line["text"]),
        author=ombud.Reader(author["name"]) if isinstance(author, dict) else None,
        article=ombud.Article(**article) if isinstance(article, dict) else None,
        parent=str(line["parent"]) if line.get("parent") else None,
    )
    earlier = line.get("earlier")
    if not isinstance(earlier, list):
        return case
    repeats = Repeats()
    for text in earlier:
        repeats.seen(ombud.Case(text))
    return ombud.Case(case.text, case.author, case.article, case.parent, repeats.seen(case))


def judged(
    policy: ombud.Engine, cases: Iterable[ombud.Case]
) -> Iterator[tuple[ombud.Case, ombud.Decision]]:
    """Yield each case with its decision."""
    batch: list[ombud.Case] = []
    for case in cases:
        batch.append(case)
        if len(batch) == BATCH:
            yield from zip(batch, policy.judge_all(batch), strict=True)
            batch = []
    yield from zip(batch, policy.judge_all(batch), strict=True)


def by_clause(policy: ombud.Engine, folder: Path) -> dict[str, Count]:
    """Judge the dev lines of each clause."""
    counts = {}
    for path in sorted(folder.glob("*.jsonl")):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        count = counts[path.stem] = Count()
        for line, (_, decision) in zip(lines, judged(policy, map(case_of, lines)), strict=True):
            rules = {finding.rule for finding in decision.findings}
            _enter(count, path.stem, line, rules)
            if not line["breaks"] and decision.action is Action.APPROVE:
                count.published += 1
    return counts


def figures(policy: ombud.Engine, folder: Path) -> list[dict[str, Any]]:
    """Return what was found of each clause."""
    return [
        {
            "rule": rule,
            "breaches": count.found + len(count.missed),
            "found": count.found,
            "clean": count.passed + len(count.false),
            "false": len(count.false),
            "approved": count.published,
        }
        for rule, count in by_clause(policy, folder).items()
    ]


def show(counts: dict[str, Count], misses: str) -> None:
    """Print recall and precision of each clause on its dev lines."""
    print(
        f"{'clause':20} {'breaches':>8} {'found':>6} {'recall':>7} {'clean':>6} {'false':>6} "
        f"{'precision':>9} {'clean approved':>14}"
    )
    for rule, count in counts.items():
        clean = count.passed + len(count.false)
        print(
            f"{rule:20} {count.found + len(count.missed):8} {count.found:6} {count.recall:7.2f} "
            f"{clean:6} {len(count.false):6} {count.precision:9.2f} {count.published:14}"
        )
        if misses in (rule, "all"):
            print(*(f"    MISSED {text}" for text in count.missed), sep="\n")
            print(*(f"    FALSE  {text}" for text in count.false), sep="\n")


def _enter(count: Count, rule: str, line: dict[str, object], rules: set[str]) -> None:
    """Enter one line into the count of its clause; ordinary lines break none."""
    found = rule in rules or (rule == "ordinary" and bool(rules))
    text = f"{line['text']}"[:160] + (f"  {sorted(rules)}" if rules else "")
    if line["breaks"] and found:
        count.found += 1
    elif line["breaks"]:
        count.missed.append(text)
    elif found:
        count.false.append(text)
    else:
        count.passed += 1


def on_real(policy: ombud.Engine, name: str, cases: Iterable[ombud.Case]) -> None:
    """Print the shares approved, held and deleted, and the clauses."""
    actions: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for _, decision in judged(policy, cases):
        actions[str(decision.action)] += 1
        rules.update({finding.rule for finding in decision.findings})
    total = sum(actions.values())
    shares = ", ".join(f"{actions[str(action)] / total:.1%} {action}" for action in Action)
    print(f"\n{name}: {total} comments: {shares}")
    print("  " + ", ".join(f"{rule} {count / total:.1%}" for rule, count in rules.most_common()))


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path, default=LINES, help="the folder with the lines")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--misses", default="", help="a rule whose wrong lines are shown, or all")
    given = parser.parse_args()
    policy = ombud.house_policy()
    show(by_clause(policy, given.lines), given.misses)
    if not given.data.is_dir():
        print(f"\nno {given.data}: the figures on real comments are left out")
        return
    civic = pq.read_table(given.data / "civic_dev.parquet", columns=["text"]).to_pylist()
    on_real(policy, "civic_dev", (ombud.Case(row["text"]) for row in civic))
    news = pq.read_table(given.data / "news_comments_dev.parquet").to_pylist()
    for source in sorted({row["source"] for row in news}):
        on_real(policy, source, (news_case(row) for row in news if row["source"] == source))


def news_case(row: dict[str, str | None]) -> ombud.Case:
    """Return the case of one row of the news comments."""
    article = ombud.Article(row["title"] or "", row["lead"] or "") if row["title"] else None
    return ombud.Case(row["text"] or "", article=article, parent=row["parent"])


if __name__ == "__main__":
    main()
