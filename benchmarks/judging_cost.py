"""
What judging a comment under its article costs: processor time by signal and by rule, one thread.

    python -m benchmarks.judging_cost [--data ../shared/data] [--comments 500] [--batch 1]

First the invented comments of the demonstration under their articles, then real ones under theirs.
Every comment is new, as it is to a server; what signals and rules share, such as undoing disguises,
is done first and counts as `text`.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

# Before NumPy is loaded: one thread is what is measured.
for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(library, "1")

import pyarrow.parquet as pq  # noqa: E402

from benchmarks.quality import news_case  # noqa: E402
from ombud import Case, Engine  # noqa: E402
from ombud.demo.content import invented  # noqa: E402
from ombud.policy import Policy, Rule, configure  # noqa: E402
from ombud.rules import house_rules  # noqa: E402
from ombud.signals import all_signals  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ombud.case import Signal

    Spent = Counter[str]

_WARM: Final = 20
"""Comments judged before the clock runs."""
_SHOWN: Final = 8
"""Parts that are printed, the dearest first."""


def timed(name: str, work: Callable[..., Any], spent: Spent) -> Callable[..., Any]:
    """Return the work, with its processor seconds entered under a name."""

    def measured(*given: Any) -> Any:  # noqa: ANN401
        begun = time.process_time()
        found = work(*given)
        spent[name] += time.process_time() - begun
        return found

    return measured


class TimedSignal:
    """A signal that is timed."""

    def __init__(self, signal: Signal, spent: Spent) -> None:
        """Take the place of a signal."""
        self.name, self.attributes = signal.name, signal.attributes
        self.version, self.priors = signal.version, signal.priors
        self.score = timed(signal.name, signal.score, spent)
        self.locate = timed(f"{signal.name}, where", signal.locate, spent)


def timed_engine(spent: Spent) -> Engine:
    """Return the house policy with all that it runs timed; a rule's time counts its locating."""

    def watched(rule: Rule) -> Rule:
        found = timed(f"rule {rule.id}", lambda case: list(rule.find(case)), spent)
        return replace(rule, detect=found)

    policy = configure(house_rules(), "")
    rules = tuple(watched(rule) for rule in policy.rules)
    return Engine(Policy(rules, policy.name), [TimedSignal(one, spent) for one in all_signals()])


def demonstrated() -> Iterator[Case]:
    """Yield the invented comments, each under its article."""
    known = invented()
    for line in (*known.lines, *known.live):
        yield Case(line.text, article=known.stories[line.on].article)


def real(data: Path) -> Iterator[Case]:
    """Yield real comments whose article is known."""
    rows = pq.read_table(data / "news_comments_dev.parquet").to_pylist()
    return (news_case(row) for row in rows if row["title"])


def measure(name: str, cases: list[Case], batch: int) -> None:
    """Print what a comment costs, and where it goes."""
    spent: Spent = Counter()
    engine = timed_engine(spent)
    prepare = timed("text", lambda part: [(case.meant, case.words) for case in part], spent)
    judge = timed("all", engine.judge_all, spent)
    engine.judge_all(cases[:_WARM])
    spent.clear()
    rest = cases[_WARM:]
    for begin in range(0, len(rest), batch):
        part = rest[begin : begin + batch]
        prepare(part)
        judge(part)
    total = spent.pop("all") + spent["text"]
    shares = ", ".join(f"{part} {1e3 * s / len(rest):.2f}" for part, s in spent.most_common(_SHOWN))
    print(f"{name}: {len(rest)} comments, {1e3 * total / len(rest):.2f} ms each\n  {shares}")


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--comments", type=int, default=500)
    parser.add_argument("--batch", type=int, default=1, help="comments judged at once")
    given = parser.parse_args()
    measure("demonstration", list(islice(demonstrated(), _WARM + given.comments)), given.batch)
    if given.data.is_dir():
        under = list(islice(real(given.data), _WARM + given.comments))
        measure("news comments under their articles", under, given.batch)


if __name__ == "__main__":
    main()
