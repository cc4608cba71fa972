"""A comment is read with what its article says of the same matter."""

import json
import shutil
from pathlib import Path

import numpy as np

from ombud import Case, weights
from ombud.disputes import MODEL, shared, spoken_of
from ombud.newsroom import Article
from ombud.signals.intent import Intent

ARTICLE = Article(
    "Swing bridge to close",
    "The swing bridge at Millbrook will close from 3 May. It was built in 1931 by Ada Stone."
    " A ferry is to carry people on foot. Traders fear for the summer.",
)


def test_a_comment_is_read_with_the_sentences_that_it_speaks_of() -> None:
    """The headline and at most two sentences of the article, in its order."""
    assert spoken_of("Ada Stone built it in 1913!", ARTICLE) == (
        "Swing bridge to close It was built in 1931 by Ada Stone."
    )
    assert spoken_of("Nothing of it", ARTICLE).startswith("Swing bridge to close")


def test_the_article_changes_how_a_comment_is_read() -> None:
    """The same words are read otherwise under another article."""
    case = Case("It was built in 1913, not in 1931.")
    other = Article("Choir sings in the hall", "The choir sang for two hours on Sunday.")

    assert shared().comment(case, ARTICLE) > 0.5
    assert shared().comment(case, ARTICLE) != shared().comment(case, other)


def test_only_what_may_be_a_correction_is_read_again() -> None:
    """Without an article there is no score; without a chance it is nothing."""
    intent = Intent()
    column = intent.attributes.index("DISPUTE")
    cases = [
        Case("It was built in 1913, not in 1931."),
        Case("We should all take the ferry in summer.", article=ARTICLE),
        Case("It was built in 1913, not in 1931.", article=ARTICLE),
        Case("?!", article=ARTICLE),
    ]

    scores = intent.score(cases)[:, column]

    assert np.isnan(scores[[0, 3]]).all()
    assert scores[1] == 0
    assert scores[2] > 0.5


def test_a_version_from_before_scores_as_it_did(tmp_path: Path) -> None:
    """Weights that know no disputes still load, under the version that they had."""
    folder = tmp_path / "before"
    shutil.copytree(weights.FOLDER, folder)
    card = json.loads((folder / weights.CARD).read_text())
    del card[MODEL]
    (folder / weights.CARD).write_text(json.dumps(card))

    before = Intent(folder)

    assert before.version == weights.version("encoder")
    assert np.isnan(before.score([Case("It was 1913.", article=ARTICLE)])[0, -1])
