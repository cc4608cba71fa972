"""A comment is read with what its article says of the same matter."""

import json
import shutil
from pathlib import Path

import numpy as np

from ombud import Case, weights
from ombud.disputes import ANSWERED, MODEL, PUBLISHED, Beside, Disputes, beside, shared
from ombud.newsroom import Article
from ombud.signals.intent import Intent

ARTICLE = Article(
    "Swing bridge to close",
    "The swing bridge at Millbrook will close from 3 May. It was built in 1931 by Ada Stone."
    " A ferry is to carry people on foot. Traders fear for the summer.",
)


def test_a_comment_is_read_beside_the_sentences_that_it_speaks_of() -> None:
    """The headline and at most two sentences of the article, in its order."""
    title = Beside(PUBLISHED, "Swing bridge to close")
    built = Beside(PUBLISHED, "It was built in 1931 by Ada Stone.")

    assert beside(Case("Ada Stone built it in 1913!"), ARTICLE) == [title, built]
    assert beside(Case("Nothing of it"), ARTICLE)[0] == title


def test_a_comment_is_read_beside_the_one_that_it_answers() -> None:
    """What another reader wrote comes last, and is told from what was published."""
    case = Case("It was 1931.", parent="Built in 1913, I think")
    *published, answered = beside(case, ARTICLE)

    assert answered == Beside(ANSWERED, "Built in 1913, I think")
    assert {other.kind for other in published} == {PUBLISHED}
    assert shared().comment(case, ARTICLE) != shared().comment(Case(case.text), ARTICLE)


def test_the_article_changes_how_a_comment_is_read() -> None:
    """The same words are read otherwise under another article."""
    case = Case("It was built in 1913, not in 1931.")
    other = Article("Choir sings in the hall", "The choir sang for two hours on Sunday.")

    assert shared().comment(case, ARTICLE) > 0.5
    assert shared().comment(case, ARTICLE) != shared().comment(case, other)


def test_what_is_remembered_of_an_article_changes_no_score() -> None:
    """A comment scores the same whether its article was read for another one before or not."""
    case, before = Case("It was built in 1913."), Case("The ferry is for cars too.")
    reading = Disputes()
    reading.comment(before, ARTICLE)

    assert reading.comment(case, ARTICLE) == Disputes().comment(case, ARTICLE)


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
