"""
Fit which comments are worth reading beside their article; run after `training.dispute`.

    python -m training.gate

What the first layers of the encoder make of a comment is there for every comment: a few weights of
these margins leave out most of real ones, and few of those that assert an error.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ombud import encoder, weights
from ombud.disputes import FILES, GATE, MODEL
from ombud.lexicon import phrases
from training.card import record, save
from training.dispute import comments

_FOLDS: Final = 5
_PENALTY: Final = 0.1
_MISSED: Final = 0.04
"""Share of those that assert an error without a turn of phrase which are not read."""


def main() -> None:
    """Fit, print and enter on the card."""
    cues, reading = phrases("correction_request_phrases"), encoder.shared()
    written = [one for one in comments() if not cues.search(one.case.folded)]
    early = np.array([reading.early(one.case.meant.text)[0] for one in written])
    label = np.array([one.asserts for one in written])
    groups = np.unique([one.about.title for one in written], return_inverse=True)[1]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_PENALTY, max_iter=1000))
    apart = cross_val_predict(
        model, early, label, groups=groups, cv=GroupKFold(_FOLDS), method="decision_function"
    )
    least = np.quantile(apart[label], _MISSED)
    read, others = (apart[label] >= least).mean(), (apart[~label] >= least).mean()
    print(f"read are {read:.3f} of those that assert, {others:.3f} of others")
    scaler, line = model.fit(early, label)
    scaled = line.coef_[0] / scaler.scale_
    bound = least - line.intercept_[0] + scaler.mean_ @ scaled
    save(GATE, {"weights": scaled.astype(np.float32), "least": np.float32(bound)})
    facts = weights.card(MODEL)["facts"]
    print(record(MODEL, (*FILES, GATE), facts))


if __name__ == "__main__":
    main()
