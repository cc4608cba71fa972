"""Which mails assert an error, and which article they speak of."""

import pytest

from ombud import Engine, house_policy
from ombud.mail.asserting import Asserting
from ombud.mail.finding import named, spellings
from ombud.mail.intake import LEAST

TITLES = [
    (1, "https://paper.example/news/old-mill-burns-down-again", "Fire at the river"),
    (2, "https://paper.example/2", "Council closes bridge for two winters"),
    (3, "https://paper.example/3", "Sport"),
]


@pytest.fixture(scope="module")
def asserting() -> Asserting:
    """Return what scores mails with the models of the house policy."""
    return Asserting(house_policy())


def test_who_says_that_something_printed_is_wrong_is_heard(asserting: Asserting) -> None:
    """With and without a word for it; a subject must do where there is no more."""
    assert asserting.asserts_error("Bridge", "The bridge opened in 1931, not in 1913.") > LEAST
    assert asserting.asserts_error("", "Please correct the name in the caption.") > LEAST
    assert asserting.asserts_error("It was 2014 and not 2015", "") > LEAST


@pytest.mark.parametrize("asked", ["Please correct the date.", "You have misspelled my name."])
def test_who_asks_for_it_in_so_many_words_is_heard(asserting: Asserting, asked: str) -> None:
    """However little else there is to read."""
    assert asserting.asserts_error("", asked) >= 0.5


def test_other_matters_are_no_reports(asserting: Asserting) -> None:
    """Neither deliveries nor invoices nor questions nor nothing at all."""
    invoice = "Please find attached our invoice for the advertisement, due on 3 May 2026."
    assert asserting.asserts_error("Invoice 2291", invoice) < LEAST
    assert (
        asserting.asserts_error("Delivery", "Again no paper on Saturday, please send it.") < LEAST
    )
    assert asserting.asserts_error("", "When does the bridge open?") < LEAST
    assert asserting.asserts_error("", "") == 0


def test_an_assertion_is_not_drowned_by_other_matters(asserting: Asserting) -> None:
    """Of a mail that is longer than what is read at once, the last part counts as the first."""
    other = "We walked by the river with the dog and looked at the boats. " * 60
    error = "Your article says that the bridge opened in 1913. It opened in 1931."

    assert asserting.asserts_error("", other) < LEAST
    assert asserting.asserts_error("", f"{other}{error}") > LEAST


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
