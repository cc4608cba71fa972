"""To which claim a sentence about checking belongs, and whose answer it gives."""

import pytest

from ombud.stories.dossier import Account, Dossier
from ombud.stories.dossiers import dossier
from ombud.stories.reading import read
from ombud.stories.showing import as_text

CLOSING = "Pier 4 of Norrvik will close in March because engineers found cracks in its piles"
TITLE = "Norrvik Herald\n\n"
BETWEEN = "Ferries that go to Sandholm will use the western quay until June."


def compared(text: str, other: str = f"{CLOSING}.") -> Dossier:
    """Return the dossier of an article of the Norrvik Herald and of one beside it."""
    texts = {
        "herald": f"Cracks\n\n{TITLE}{text}\n",
        "beside": f"The pier\n\nDale Post\n\n{other}\n",
    }
    return dossier([read(name, one.encode()).document for name, one in texts.items()])


def first(text: str, other: str = f"{CLOSING}.") -> Account:
    """Return what the Norrvik Herald reports of the first claim of two articles."""
    claim = compared(text, other).claims[0]
    assert claim.pairs
    return claim.accounts[0]


@pytest.mark.parametrize(
    "said",
    [
        "The Norrvik Herald could not verify that.",
        "The Herald was unable to confirm it.",
        "The Herald could not immediately verify the report.",
        "This newspaper could not verify the claim.",
        "The Herald could not independently confirm the shutdown.",
        "The Herald has not been able to confirm the e-mails on which its report was based.",
    ],
)
def test_what_could_not_be_verified_is_what_was_said_last(said: str) -> None:
    """A sentence that says only that it was not verified means the one before it."""
    report = f"{CLOSING}, the Bay Wire reported."
    assert first(f"{report} {said}").stance == "could_not_verify"


def test_the_report_is_where_a_report_was_spoken_of_last() -> None:
    """Something else may stand between a report and the word that it was not verified."""
    text = f"{CLOSING}, the Bay Wire reported. {BETWEEN} The Herald could not verify the report."
    assert first(text).stance == "could_not_verify"


@pytest.mark.parametrize(
    ("said", "response"),
    [
        ("The Harbour Board would neither confirm nor deny it.", "neither_confirmed_nor_denied"),
        ("The Harbour Board declined to comment.", "declined_to_comment"),
        ("The police, who closed a street, declined to comment.", "none_reported"),
    ],
)
def test_who_declines_to_comment_has_to_be_spoken_of(said: str, response: str) -> None:
    """No comment of somebody whom the claim does not name is no answer to it."""
    assert first(f"{CLOSING}, says a paper of the Harbour Board. {said}").response == response


def test_a_denial_belongs_to_the_claim_that_its_sentence_denies() -> None:
    """Who denies a claim in the sentence that reports it is no source of it."""
    text = (
        "Mayor Ida Norr on Monday denied a claim by a radio station that pier 4 will close because"
        " of cracks in its piles."
    )
    account = first(text)
    assert (account.stance, account.response) == ("attributed", "denied")
    claim = compared(text).claims[0]
    assert claim.pairs[0].relations[0] != "agree_different_sources"
    assert "the subject denies it (Mayor Ida Norr)" in "\n".join(as_text(compared(text)))


def test_who_reports_only_an_answer_implies_the_claim() -> None:
    """No comment on a claim is no report of it in the outlet's own voice."""
    text = (
        "Mayor Ida Norr of Norrvik declined to comment on the closing of pier 4 in March and on"
        " the cracks in its piles that engineers of the harbour found last autumn."
    )
    assert first(text).stance == "implied"


def test_a_first_report_belongs_to_what_was_reported() -> None:
    """A sentence that says only who was first makes no claim of its own."""
    other = f"{CLOSING}. The closing was first reported by the Bay Wire."
    made = compared(f"{CLOSING}. The Bay Wire reported on Monday that ferries stop.", other)
    assert made.claims[0].first.outlet == "Bay Wire"
    assert all(
        "first reported" not in one.span.quote(made.documents[one.article].text)
        for one in made.claims
    )


@pytest.mark.parametrize(
    "said",
    [
        "“It closes because of cracks in its piles,” said its managing director, Ida Norr.",
        "“The quay has cracks,” said Ida Norr, who has built piers and bridges for half her life.",
    ],
)
def test_a_quotation_is_never_the_outlets_own_voice(said: str) -> None:
    """Somebody said it, also where it is unclear who, or told at length."""
    other = (
        "The quay has cracks and closes because of cracks in its piles, and the winter was long."
    )
    made = compared(f"{CLOSING} {BETWEEN} {said}", f"{BETWEEN} {other}")
    stances = {
        claim.accounts[0].stance
        for claim in made.claims
        for number in claim.accounts[0].sentences
        if made.documents[0].sentences[number].quote(made.documents[0].text) == said
    }
    assert stances == {"attributed"}
