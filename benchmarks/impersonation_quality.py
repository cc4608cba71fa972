"""
Which look-alike names are held, and which innocent ones.

    python -m benchmarks.impersonation_quality [--list]

Two lists of 200 look-alike and 200 innocent names each, with different protected names: `dev`,
which was looked at while the comparison was written, and `held`, which was not.
A third of the names were written by hand; the look-alikes are made from the protected names by
mutations that share no code with the comparison, the innocent ones by mixing names.
Prints the share of look-alikes found, the share of innocent names held, and how long the rule takes
for a comment with 500 readers whose names are protected, in milliseconds of processor time.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from ombud.case import Case
from ombud.lexicon import words
from ombud.newsroom import Article, Reader
from ombud.rules import house_rules

LISTS = Path(__file__).parent / "names"
TEXT = "I think that this was a fair decision, as everybody said at the time."
_READERS = 500


def case(names: dict[str, Any], signed: str, readers: tuple[str, ...] = ()) -> Case:
    """Return a comment that is signed so, where all the names of a list are protected."""
    story = [
        f"Earlier in the week, {name} said that the bridge was old." for name in names["story"]
    ]
    byline = "By " + " and ".join(names["byline"])
    return Case(
        TEXT,
        author=Reader(signed),
        article=Article("The swing bridge", "\n".join(story), byline),
        staff=tuple(names["staff"]),
        readers=(*names["readers"], *readers),
        outlet="The Harbour Post",
    )


def figures(name: str, *, told: bool) -> tuple[float, float, float]:
    """Return the shares of look-alike and of innocent names held, and milliseconds a comment."""
    names = json.loads((LISTS / f"{name}.json").read_text(encoding="utf-8"))
    (rule,) = [rule for rule in house_rules() if rule.id == "impersonation"]
    shares = []
    for kind in ("alike", "innocent"):
        held = {signed: list(rule.find(case(names, signed))) for signed in names[kind]}
        shares.append(sum(map(bool, held.values())) / len(held))
        wrong = [one for one, found in held.items() if bool(found) != (kind == "alike")]
        for one in wrong if told else ():
            print(f"  {kind}: {one!r} {held[one]}")
    every = [*names["innocent"], *names["alike"]]
    given, last = (sorted(words(kind)) for kind in ("given_names", "surnames"))
    readers = [f"{a} {b}".title() for a, b in zip(given[::7], last[::7], strict=False)][:_READERS]
    # Each reader's own name is left out, so hardly two lists are the same.
    cases = [case(names, one, (*readers[:n], *readers[n + 1 :])) for n, one in enumerate(every)]
    _ = [one.folded for one in cases]  # Every rule needs it.
    begun = time.process_time()
    for one in cases:
        list(rule.find(one))
    return shares[0], shares[1], (time.process_time() - begun) / len(cases) * 1000


def main() -> None:
    """Judge both lists and print."""
    print(f"{'list':6} {'look-alikes held':>17} {'innocent held':>14} {'ms a comment':>13}")
    for name in ("dev", "held"):
        found, wrong, took = figures(name, told="--list" in sys.argv and name == "dev")
        print(f"{name:6} {found:17.3f} {wrong:14.3f} {took:13.2f}")


if __name__ == "__main__":
    main()
