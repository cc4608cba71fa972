"""
Whether what the queue calls "people would judge this differently" is where raters did.

    python -m benchmarks.disagreement_quality --data ../shared/data

For comments with the shares of several raters: the rank correlation of the chance that two raters
differ, 2 s (1 - s), with what the desk orders by, from the decision on the whole policy, and with
the same made of the toxicity score alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

import ombud
from ombud.case import Case
from ombud.moderation.standing import disagreement

_SOURCES: Final = ("davidson_tweets", "convabuse", "conversationai_raters", "civil_comments")
_RATED: Final = ("toxicity", "insult", "obscene", "identity_attack", "threat")
_DRAWS: Final = 500


def main() -> None:
    """Print a row for each source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    table = pd.read_parquet(parser.parse_args().data / "toxicity_dev.parquet")
    engine = ombud.house_policy()
    print(f"{'source':<26}{'comments':>9}{'by policy':>11}{'95 %':>16}{'by toxicity':>13}")
    for source in _SOURCES:
        rows = table[table.source.str.contains(source) & (table.n_raters > 1)]
        shares = rows[list(_RATED)].to_numpy(dtype=float)
        known = ~np.isnan(shares).all(1)
        rows, shares = rows[known], shares[known]
        differed = np.nanmax(2 * shares * (1 - shares), axis=1)
        decisions = engine.judge_all([Case(text) for text in rows.text])
        policy = np.array([disagreement(one, engine.policy) for one in decisions])
        score = np.array([one.scores["TOXICITY"] for one in decisions])
        found = _correlation(policy, differed)
        random = np.random.default_rng(0)
        draws = (random.integers(len(rows), size=len(rows)) for _ in range(_DRAWS))
        low, high = np.nanpercentile(
            [_correlation(policy[d], differed[d]) for d in draws], (2.5, 97.5)
        )
        alone = _correlation(2 * score * (1 - score), differed)
        print(f"{source:<26}{len(rows):>9}{found:>11.3f}{low:>8.3f} {high:>7.3f}{alone:>13.3f}")


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Return Spearman's rank correlation."""
    return float(pd.Series(one).corr(pd.Series(other), method="spearman"))


if __name__ == "__main__":
    main()
