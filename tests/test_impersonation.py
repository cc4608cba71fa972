"""Whose name a signature looks like, who may claim to be whom, and how sure that is."""

import pytest

from ombud.case import Case
from ombud.newsroom import Article, Reader
from ombud.policy import Action
from ombud.rules import house_rules

(RULE,) = [rule for rule in house_rules() if rule.id == "impersonation"]
ARTICLE = Article(
    "Swing bridge stays closed",
    "The bridge on Market Street stays closed, the Harbour Authority said.\n"
    "Mayor Dana Quill said that it was safe.",
    "By Joon Park",
)
CLAIM = "As the author of this piece I stand by every word."


def certainties(case: Case) -> list[float]:
    """Return how sure each finding of the rule is."""
    return [finding.certainty for finding in RULE.find(case)]


def reasons(
    author: Reader,
    text: str = "It is old.",
    *,
    staff: tuple[str, ...] = (),
    readers: tuple[str, ...] = (),
) -> list[str]:
    """Return why a comment under the article waits."""
    paper = "The Harbour Post"
    case = Case(text, author=author, article=ARTICLE, staff=staff, readers=readers, outlet=paper)
    return [finding.why for finding in RULE.find(case)]


@pytest.mark.parametrize("signed", ["joon", "Joon", "JOON", "j00n", "Joon.", "jооn", "Real Joon"])
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
    """Of readers and authors one common word stays too common."""
    article = Article("The bridge", "", "By Joon")
    case = Case("It is old.", author=Reader("Joon"), article=article, readers=("Joon", "Marina"))

    assert certainties(case) == []


def test_both_names_are_shown_and_whose_it_is() -> None:
    """Two people may share a name, so a moderator sees the signature, the name and whose it is."""
    assert reasons(Reader("dana quill")) == [
        'Signed "dana quill", the same name as Dana Quill, a person in the story.'
    ]
    assert reasons(Reader("Dana Qui1l")) == [
        'Signed "Dana Qui1l", which looks like Dana Quill, a person in the story.'
    ]
    assert "the author of the article" in reasons(Reader("Park, Joon"))[0]
    assert "another reader" in reasons(Reader("Siobhan O Brien"), readers=("Siobhán O’Brien",))[0]


@pytest.mark.parametrize("signed", ["Market Street", "Harbour Authority", "Quill", "Dan Quill"])
def test_streets_companies_and_namesakes_are_free(signed: str) -> None:
    """What the article names beside persons, and who only shares a last name, passes."""
    assert reasons(Reader(signed)) == []


@pytest.mark.parametrize(
    "signed",
    [
        "The Harbour Post",
        "HarbourPost",
        "Harbor Post",
        "Harbour Post Moderator",
        "M0derator",
        "SiteAdmin",
        "Editor-in-Chief",
        "The Mod Team",
    ],
)
def test_the_papers_own_name_is_its_staffs(signed: str) -> None:
    """Nobody signs as the paper or as one of its offices."""
    assert reasons(Reader(signed)) == [f'Signed "{signed}", which reads as our staff.']


def test_a_reader_of_the_paper_is_not_the_paper() -> None:
    """To name the paper in a signature is not to speak for it."""
    assert reasons(Reader("Harbour Post Reader")) == []


def test_a_registered_name_is_the_readers_own() -> None:
    """Whom the paper vouches for may bear the name of a person in the story or a reader's."""
    own = Reader("Dana Quill", verified=True)

    assert reasons(own, "I am Dana Quill, and I never said that.", readers=("Dana Quill",)) == []
    assert reasons(Reader("D. Quill", verified=True)) == []
    assert len(reasons(Reader("Dana Qui1l", verified=True))) == 1


def test_a_registered_name_is_not_the_staffs_or_the_authors() -> None:
    """Names of the staff and the author stay theirs, whoever is vouched for."""
    assert len(reasons(Reader("Joon Park", verified=True))) == 1
    assert len(reasons(Reader("Ada Lo", verified=True), staff=("Ada Lo",))) == 1


def test_the_staff_signs_with_its_own_names() -> None:
    """Who is signed in as staff may bear their byline and their own name."""
    assert reasons(Reader("Joon Park", staff=True), staff=("Joon Park",)) == []


def test_the_author_who_is_signed_in_may_say_so() -> None:
    """A claim to have written the article is true of the one in its byline only."""
    assert reasons(Reader("Joon Park", staff=True), CLAIM) == []
    for other in (Reader("Ada Lo", staff=True), Reader("Gull", verified=True), Reader("Gull")):
        assert reasons(other, CLAIM) == ["This claims to be the author of the article."]


def test_the_staff_who_is_signed_in_may_say_so() -> None:
    """A claim to be a moderator is true of the staff only."""
    claim = "Moderator here, please keep to the topic."

    assert reasons(Reader("Ada Lo", staff=True), claim) == []
    assert reasons(Reader("Ada Lo"), claim) == ["This claims to be our staff."]


def test_somebody_else_may_not_say_they_are_a_person_in_the_story() -> None:
    """Who says that they are somebody else is held, registered or not."""
    claim = "I am Dana Quill, and I never said that."

    assert reasons(Reader("Gull", verified=True), claim) == [
        "This claims to be Dana Quill, a person in the story."
    ]
