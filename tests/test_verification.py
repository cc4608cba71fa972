"""What a sentence says of checking, each class apart, and who checked."""

import pytest

from ombud.stories.document import Document, Verification
from ombud.stories.verifying import verify
from ombud.text import Span


def verification(text: str) -> Verification | None:
    """Return what one sentence says."""
    whole = Span(0, len(text))
    return verify(Document("1", "Gull Post", text, whole, (whole,))).get(0)


def status(text: str) -> str | None:
    """Return how checking ended in one sentence."""
    one = verification(text)
    return one.status if one else None


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("confirmed", "The port confirmed that pier 4 will close."),
        ("confirmed", "Pier 4 will close, the mayor's office confirmed on Monday."),
        ("confirmed", "The mayor is confirming that pier 4 will close."),
        ("confirmed", "The first case was confirmed by the clinic."),
        ("confirmed", "“We can confirm that the pier will close,” the port said."),
        ("could_not_verify", "The Gull Post could not independently verify the letter."),
        ("could_not_verify", "The letter could not immediately be confirmed."),
        ("could_not_verify", "The plans have not been confirmed yet."),
        ("could_not_verify", "An unconfirmed report spoke of two ships."),
        ("could_not_verify", "The Gull Post has not been able to verify the claims."),
        ("could_not_verify", "The Bay Wire has not verified the footage."),
        ("neither_confirmed_nor_denied", "Norr wouldn't confirm or deny whether she would run."),
        ("neither_confirmed_nor_denied", "The mayor neither confirmed nor denied the plan."),
        ("neither_confirmed_nor_denied", "The port refused to confirm or deny the report."),
        ("neither_confirmed_nor_denied", "Norr did not confirm the plan, nor did she deny it."),
        ("neither_confirmed_nor_denied", "While not confirming nor denying it, Norr smiled."),
        ("declined_to_comment", "The mayor declined to comment on the letter."),
        ("declined_to_comment", "A spokeswoman would not say whether the pier will close."),
        ("declined_to_comment", "The port had no comment."),
        ("declined_to_comment", "The port said it does not comment on open inquiries."),
        ("denied", "The port called the report false."),
        ("denied", "Norr said the allegations were entirely baseless."),
        ("denied", "The mayor denied any wrongdoing."),
        ("denied", "The port has denied that the pier will close."),
        ("denied", "She took the money, a charge the mayor denies."),
        ("denied", "Norr rejected the accusations."),
        ("first_reported", "The letter was first reported by the Bay Wire."),
        ("first_reported", "The Bay Wire was first to report the plan."),
        ("first_reported", "The Bay Wire, which first reported the plan, has a copy."),
    ],
)
def test_each_class_is_told_by_its_wording(wanted: str, text: str) -> None:
    """The wordings of the vocabulary end in their class."""
    assert wanted == status(text)


@pytest.mark.parametrize(
    "text",
    [
        "The port has not confirmed the plan.",
        "The mayor did not deny the report.",
        "The senate confirmed the judge.",
        "The nominee was confirmed by the Senate, 52 to 48.",
        "If confirmed, she will run the port.",
        "The town has 40 confirmed cases.",
        "The court denied the motion.",
        "The town denied him the right to fish.",
        "The port did not respond to a request for comment.",
        "The first reported case was in May.",
        "It is unclear whether the port can verify the invoices.",
        "The bank verifies each customer's name.",
        "The mayor called the closing sad.",
        "The illness was first reported in Norrby in May.",
        "His comments came after the debate.",
    ],
)
def test_what_only_sounds_like_it_says_nothing(text: str) -> None:
    """Negations, appointments, requests and silence are none of the classes."""
    assert status(text) is None


@pytest.mark.parametrize(
    ("text", "verifier"),
    [
        ("The letter could not be independently verified by The Gull Post.", "The Gull Post"),
        ("Two sources confirmed the letter to The Associated Press.", "The Associated Press"),
        ("The port is declining to confirm or deny the report.", "The port"),
        ("While not confirming the plan nor denying it, officials said it was old.", "officials"),
        ("The Bay Wire, which first reported the plan, has a copy.", "The Bay Wire"),
        ("The letter could not be confirmed.", None),
    ],
)
def test_the_verifier_is_whoever_the_sentence_names(text: str, verifier: str | None) -> None:
    """An outlet that was told, the one after "by" or the subject checked; else nobody is named."""
    one = verification(text)

    assert one is not None
    assert verifier == (one.verifier.quote(text) if one.verifier else None)


def test_the_cue_is_an_exact_slice_wherever_the_sentence_stands() -> None:
    """Offsets count from the beginning of the document."""
    text = "Ein Fährschiff — ﬁve words. The port “declined to comment” on “it”."
    begin = text.index("The port")
    spans = (Span(0, begin - 1), Span(begin, len(text)))

    said = verify(Document("1", "Gull Post", text, Span(0, len(text)), spans))

    assert {at: one.cue.quote(text) for at, one in said.items()} == {1: "declined to comment"}
