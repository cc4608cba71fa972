"""
Fit how surely a comment asserts an error; prints the numbers of `ombud/assertions/weighing.py`.

    python -m training.correction

Comments under articles, about a third of which assert an error, stand in `written/apart`.
None was shown to the encoder, whose score would otherwise be too good; what is made of them with
their articles comes from `dispute.npz`, where `training.dispute` has kept what layers say that have
not seen them.
Both kinds weigh the same, but one that is taken wrongly counts twice one that is
missed: most comments assert nothing.
"""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

import ombud
from ombud.assertions.weighing import WEIGHTS, evidence
from ombud.lexicon import phrases
from ombud.newsroom import Article
from training.dispute import COMMENT, COMMENTS, KEPT, lines

HEAD = "CORRECTION_REQUEST"
FOLDS = 8
WRONG = 2.0
"""What a comment that is taken wrongly counts, against one that is missed."""


def main() -> None:
    """Fit and print."""
    written = [line for name in COMMENTS for line in lines(name)]
    articles = [Article(**line["article"]) for line in written]
    cases = [ombud.Case(line["text"], parent=line.get("parent")) for line in written]
    label = np.array([line["asserts"] for line in written])
    kept = np.load(KEPT)
    read = 1 / (1 + np.exp(-kept["margins"][kept["heads"] == COMMENT]))
    cues = phrases("correction_request_phrases")
    scores = ombud.house_policy().score(cases, ["intent"])
    pieces = [
        evidence(
            case, article, score.get(HEAD, 0.0), chance, phrase=bool(cues.search(case.folded))
        ).pieces
        for case, article, score, chance in zip(cases, articles, scores, read, strict=True)
    ]
    found = np.array([[one[name] for name in WEIGHTS] for one in pieces])
    titles = [article.title for article in articles]
    groups = np.unique(titles, return_inverse=True)[1]
    weights = {True: 0.5 / label.mean(), False: WRONG * 0.5 / (~label).mean()}
    model = LogisticRegression(class_weight=weights, max_iter=1000)
    guessed = cross_val_predict(
        model, found, label, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    alone = roc_auc_score(label, found[:, list(WEIGHTS).index("model")])
    with_article = roc_auc_score(label, read)
    every = roc_auc_score(label, guessed)
    print(f"AUC of the model {alone:.3f}, with the article {with_article:.3f}, of all {every:.3f}")
    for least in (0.4, 0.5, 0.6):
        taken = guessed >= least
        recall, false = taken[label].mean(), taken[~label].mean()
        print(f"from {least}: recall {recall:.3f}, of others {false:.3f}")
    model.fit(found, label)
    for name, value in zip((*WEIGHTS, "SHIFT"), (*model.coef_[0], *model.intercept_), strict=True):
        print(f"{name}: {value:.2f}")


if __name__ == "__main__":
    main()
