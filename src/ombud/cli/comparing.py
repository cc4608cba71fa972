"""`ombud model compare`: what another version of the models changes on a newsroom's comments."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

import numpy as np
from rich.table import Table
from rich.text import Text

from ombud import Case
from ombud.cli.screen import console, say
from ombud.comparison import QUANTILES, THRESHOLDS, Comparison, Flip, same_share
from ombud.policy import Action, Policy
from ombud.records import Fault, open_file

_WORDS = {Action.APPROVE: "approved", Action.HOLD: "held", Action.DELETE: "deleted"}


def cases(files: Sequence[Path], encoding: str, lost: list[str]) -> Iterator[Case]:
    """Yield the comments of files; what cannot be read is said and entered into `lost`."""
    for file in files:
        for item in open_file(file, encoding).items():
            if isinstance(item, Fault):
                say(f"{item.where}: {item.message}")
                lost.append(item.where)
            else:
                yield item.case


def write_flips(flips: Iterable[Flip], out: TextIO) -> None:
    """Write each comment that is decided differently as a JSON line."""
    for flip in flips:
        line = {
            "text": flip.case.text,
            "before": str(flip.before),
            "after": str(flip.after),
            "rules": flip.rules,
        }
        out.write(json.dumps(line) + "\n")


def show(found: Comparison, policy: Policy) -> None:
    """Print what flips, the thresholds that keep the former shares, and the scores' quantiles."""
    screen = console()
    screen.print(f"{found.moves.total():,} comments, {len(found.flips):,} decided differently")
    if not found.moves:
        return
    for (old, new), count in sorted(found.moves.items()):
        if old != new:
            screen.print(f"{count:8,}  {_WORDS[old]} before, {_WORDS[new]} now")
    screen.print(_rules(found, policy))
    screen.print(_scores(found))


def _rules(found: Comparison, policy: Policy) -> Table:
    """Return for each threshold how many reach it, and where the former share would be kept."""
    table = Table("rule", "action", title="Thresholds that keep the former share")
    for name in ("threshold", "reached before", "now", "to keep the share"):
        table.add_column(name, justify="right")
    for rule in policy.rules:
        pairs = found.certainties.get(rule.id, [])
        for action, threshold in (("hold", rule.hold), ("delete", rule.delete)):
            if threshold is None or not pairs:
                continue
            before, now = (int((side >= threshold).sum()) for side in np.array(pairs).T)
            if before or now:
                kept = same_share(pairs, threshold)
                table.add_row(rule.id, action, str(threshold), f"{before:,}", f"{now:,}", _or(kept))
    return table


def _scores(found: Comparison) -> Table:
    """Return the quantiles of each attribute in both versions, and carried-over thresholds."""
    table = Table(title="Scores: quantiles before and now, and where .5 .8 .9 go", padding=0)
    table.add_column("attribute", no_wrap=True)
    for quantile in QUANTILES:
        table.add_column(f"{quantile:.0%}", justify="right")
        table.add_column("now", justify="right")
    for threshold in THRESHOLDS:
        table.add_column(f"{threshold}", justify="right")
    for attribute, pairs in sorted(found.scores.items()):
        quantiles = np.quantile(np.array(pairs), QUANTILES, axis=0).ravel()
        carried = [_or(same_share(pairs, threshold)) for threshold in THRESHOLDS]
        table.add_row(Text(attribute), *(f"{value:.2f}" for value in quantiles), *carried)
    return table


def _or(threshold: float | None) -> str:
    return "-" if threshold is None else f"{threshold:.2f}"
