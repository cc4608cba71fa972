"""Which mails assert an error, and which article they speak of."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from ombud import Case, Engine
from ombud.case import NO_PRIORS
from ombud.mail.asserting import Asserting
from ombud.mail.finding import named, spellings
from ombud.policy import configure

TITLES = [
    (1, "https://paper.example/news/old-mill-burns-down-again", "Fire at the river"),
    (2, "https://paper.example/2", "Council closes bridge for two winters"),
    (3, "https://paper.example/3", "Sport"),
]


class Years:
    """A model that takes a text for a report by the share of its words that are years."""

    name = "intent"
    version = "1"
    attributes = ("CORRECTION_REQUEST",)
    priors = NO_PRIORS

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Return the shares."""
        words = [case.text.split() for case in cases]
        return np.array([[sum("20" in word for word in one) / len(one)] for one in words])

    def locate(self, case: Case, attribute: str) -> Sequence[object]:
        """Return nothing."""
        del case, attribute
        return ()


@pytest.fixture
def asserting() -> Asserting:
    """Return what scores by the years in a text."""
    return Asserting(Engine(configure([]), [Years()]))  # type: ignore[list-item]  # it has no spans


def test_what_only_asks_does_not_count(asserting: Asserting) -> None:
    """A question with a year is none; one that contradicts is."""
    assert asserting.asserts_error("", "When was 2014?") == 0
    assert asserting.asserts_error("", "Wasn't it 2014?") > 0
    assert asserting.asserts_error("", "Could it be that 2015 is wrong?") > 0


def test_an_assertion_is_not_drowned_by_other_matters(asserting: Asserting) -> None:
    """Of a long mail each part is read by itself, wherever the assertion stands."""
    other = "We walked by the river. " * 30
    short = asserting.asserts_error("", f"{'We walked by the river. ' * 7}It was 2014.")

    assert asserting.asserts_error("", f"{other}It was 2014.") >= short
    assert asserting.asserts_error("", f"It was 2014. {other}") >= short


def test_business_makes_it_less_sure_unless_a_phrase_speaks(asserting: Asserting) -> None:
    """Invoices have dates too; who reports a mistake may mention a subscription."""
    assert asserting.asserts_error("Invoice 2291", "Due in 2026.") < 0.2
    assert asserting.asserts_error("", "As a subscriber: please correct the article. 2014.") > 0.5


def test_a_subject_must_do_where_there_is_no_more(asserting: Asserting) -> None:
    """A mail with nothing but a picture says it there; an empty one says nothing."""
    assert asserting.asserts_error("It was 2014", "") > 0
    assert asserting.asserts_error("", "") == 0


def test_turns_of_phrase_are_enough_without_a_model(plain: Engine) -> None:
    """A newsroom that runs no model still finds those who say it plainly."""
    asserting = Asserting(plain)

    assert asserting.asserts_error("", "There is a typo in the headline.") == 0.5
    assert asserting.asserts_error("", "It was a nice day.") == 0


def test_an_address_is_looked_for_in_its_spellings() -> None:
    """Without what follows `?` and `#`, with and without www, slash and scheme."""
    found = spellings("See <http://www.paper.example/news/mill/?utm_source=x#top>, please.")

    assert "https://paper.example/news/mill" in found
    assert "http://www.paper.example/news/mill/" in found
    assert spellings("Nothing here: mailto:a@b.example and paper.example") == []
    assert spellings("http://[broken and https://paper.example/a.")[-8:] != []


@pytest.mark.parametrize(
    ("subject", "text", "article"),
    [
        ("Council Closes Bridge for Two Winters", "The year is wrong.", 2),
        ("", "In “Council closes bridge for two winters” the year is wrong.", 2),
        ("", "Your piece old mill burns down again", 1),
        ("", "Old mill burns down again; council closes bridge for two winters", None),
        ("Sport", "The council closes a bridge", None),
        ("", "", None),
    ],
)
def test_a_title_names_an_article_where_it_is_whole_and_alone(
    subject: str, text: str, article: int | None
) -> None:
    """In the subject or the text, of the title or the address; a short title names nothing."""
    assert named(subject, text, TITLES) == article
