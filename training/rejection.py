"""
Fit how likely a moderator is to reject a comment; prints the numbers of `ombud/rejection.py`.

    python -m training.rejection --data ../shared/data

`written/rejected.jsonl` holds what one reader said, by the house policy, of real comments kept
out of the last stages of the training: 1 breaks a clause beyond doubt, .5 may be decided either
way, 0 breaks none.
Nearly all of them are bad, as their source is, so ordinary lines kept back stand on the other side.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

import ombud
from ombud.rejection import evidence
from training.lines import licensed, read


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    texts = dict(licensed(parser.parse_args().data)[["id", "text"]].itertuples(index=False))
    lines = list(read("rejected"))
    cases = [ombud.Case(line.get("text") or texts[line["id"]]) for line in lines]
    engine = ombud.house_policy()
    margins = np.array([evidence(found, engine.policy) for found in engine.judge_all(cases)])
    # A comment that may be decided either way counts half on both sides.
    label = np.array([float(line["rejected"]) for line in lines])
    sides = np.repeat([0, 1], len(lines))
    weights = np.concatenate([(1 - label) / (1 - label).sum(), label / label.sum()]) * len(lines)
    twice = np.tile(margins, 2)[:, None]
    model = LogisticRegression(C=10.0)
    folds = np.tile(np.arange(len(lines)) % 5, 2)
    guessed = cross_val_predict(
        model,
        twice,
        sides,
        cv=[(np.flatnonzero(folds != k), np.flatnonzero(folds == k)) for k in range(5)],
        params={"sample_weight": weights},
        method="predict_proba",
    )[:, 1]
    print(f"AUC in five folds: {roc_auc_score(sides, guessed, sample_weight=weights):.3f}")
    model.fit(twice, sides, sample_weight=weights)
    for name, value in zip(("SHIFT", "SLOPE"), (*model.intercept_, *model.coef_[0]), strict=True):
        print(f"{name}: Final = {value:.3f}")


if __name__ == "__main__":
    main()
