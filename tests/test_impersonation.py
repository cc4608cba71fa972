"""Whose name a signature looks like, and how sure that is."""

import pytest

from ombud.case import Case
from ombud.lexicon.names import likeness
from ombud.newsroom import Article, Reader
from ombud.policy import Action
from ombud.rules import house_rules

(RULE,) = [rule for rule in house_rules() if rule.id == "impersonation"]


def certainties(case: Case) -> list[float]:
    """Return how sure each finding of the rule is."""
    return [finding.certainty for finding in RULE.find(case)]


@pytest.mark.parametrize("signed", ["joon", "Joon", "JOON", "j00n", "Joon.", "jооn"])
def test_a_name_of_one_word_is_the_staffs(signed: str) -> None:
    """Whoever signs as a member of the staff does waits for a moderator, and is not deleted."""
    (certainty,) = certainties(Case("It is old.", author=Reader(signed), staff=("Joon",)))

    assert RULE.action(certainty) is Action.HOLD
    assert certainty < 0.8


@pytest.mark.parametrize("signed", ["Joona", "Joon Park", "Jo"])
def test_another_name_of_one_word_is_free(signed: str) -> None:
    """What only resembles one word is too common to protect."""
    assert certainties(Case("It is old.", author=Reader(signed), staff=("Joon",))) == []


def test_a_first_name_of_others_is_free() -> None:
    """Of readers and authors one word stays too common."""
    article = Article("The bridge", "", "By Joon")
    case = Case("It is old.", author=Reader("Joon"), article=article, readers=("Joon",))

    assert certainties(case) == []
    assert likeness("", "42", alone=True) == 0.0
