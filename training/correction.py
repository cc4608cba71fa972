"""
Fit how surely a comment asserts an error; prints the numbers of `ombud/assertions/weighing.py`.

Prints beside them what each bound takes of comments and of letters that the layers have not seen.

    python -m training.correction

Comments under articles, about a third of which assert an error, stand in `written/apart`.
None of them was shown to the encoder, whose score would otherwise be too good; what is made of them
with their articles comes from `dispute.npz`, where `training.dispute` has kept what layers say that
have not seen them.
Both kinds weigh the same, but one that is taken wrongly counts one and a half that are missed:
most comments assert nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

import ombud
from ombud.assertions.weighing import WEIGHTS, evidence
from ombud.disputes import COMMENT, LETTER, shared
from ombud.lexicon import phrases
from training.dispute import KEPT, comments, lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD = "CORRECTION_REQUEST"
FOLDS = 8
WRONG = 1.5
"""What a comment that is taken wrongly counts, against one that is missed."""


def main() -> None:
    """Fit and print."""
    written = comments()
    label = np.array([one.asserts for one in written])
    kept = np.load(KEPT)
    chances = 1 / (1 + np.exp(-kept["margins"]))
    read = chances[kept["heads"] == COMMENT]
    cues = phrases("correction_request_phrases")
    scores = ombud.house_policy().score([one.case for one in written], ["intent"])
    alone = np.array([score.get(HEAD, 0.0) for score in scores])
    phrases_found = [bool(cues.search(one.case.folded)) for one in written]
    asked = np.array([shared().worth_reading(one.case) for one in written]) | phrases_found
    pieces = [
        evidence(one.case, one.about, float(score), float(chance), phrase=phrase).pieces
        for one, score, chance, phrase in zip(written, alone, read, phrases_found, strict=True)
    ]
    found = np.array([[one[name] for name in WEIGHTS] for one in pieces])
    titles = [one.about.title for one in written]
    groups = np.unique(titles, return_inverse=True)[1]
    weights = {True: 0.5 / label.mean(), False: WRONG * 0.5 / (~label).mean()}
    model = LogisticRegression(class_weight=weights, max_iter=1000)
    guessed = cross_val_predict(
        model, found, label, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    for name, scored in (("the model", alone), ("it with the article", read), ("all", guessed)):
        print(f"AUC of {name}: {roc_auc_score(label, scored):.3f}")
    for least in (0.3, 0.4, 0.5, 0.6):
        _tell("comments", least, (guessed >= least) & asked, label)
    letters = np.array([line["asserts"] for line in lines("letters")])
    for least in (0.1, 0.2, 0.3, 0.4, 0.5):
        _tell("letters", least, chances[kept["heads"] == LETTER] >= least, letters)
    model.fit(found, label)
    for name, value in zip((*WEIGHTS, "SHIFT"), (*model.coef_[0], *model.intercept_), strict=True):
        print(f"{name}: {value:.2f}")


def _tell(name: str, least: float, taken: NDArray[np.bool_], label: NDArray[np.bool_]) -> None:
    """Print how many of those that assert an error are taken from a score on, and of others."""
    recall, false = taken[label].mean(), taken[~label].mean()
    print(f"{name} from {least}: recall {recall:.3f}, of others {false:.3f}")


if __name__ == "__main__":
    main()
