"""Whose an article is, and whom its reports rest on: what is one origin, and what is unknown."""

import pytest

from ombud.stories.agencies import own_mentions
from ombud.stories.dossier import Claim
from ombud.stories.dossiers import dossier
from ombud.stories.reading import read

CLOSING = "Pier 4 of Norrvik will close in March because engineers found cracks"
LATER = "Ferries will use the western quay until the works have ended in the spring."


def claim(**texts: str) -> Claim:
    """Return the first claim of articles; each text is the body under a title."""
    documents = [
        read(name, f"{name} writes\n\n{text}\n".encode()).document for name, text in texts.items()
    ]
    return dossier(documents).claims[0]


def relation(one: str, other: str) -> str:
    """Return how two articles of outlets that are not known relate on their first claim."""
    return claim(first=one, second=other).pairs[0].relations[0]


@pytest.mark.parametrize(
    ("line", "body", "outlet"),
    [
        ("Norrvik Herald", LATER, "Norrvik Herald"),
        ("Norrvik Herald | March 2, 2026", LATER, "Norrvik Herald"),
        ("The Norrvik Patriot", f"Ida Norr told the Patriot that {LATER}", "The Norrvik Patriot"),
        ("The Norrvik Patriot", LATER, "paper"),
        ("Local News", LATER, "paper"),
        ("Reuters", LATER, "paper"),
    ],
)
def test_an_outlet_is_named_by_a_line_of_its_own(line: str, body: str, outlet: str) -> None:
    """The name above an article is its outlet's; a section or an agency is none."""
    text = f"Pier 4 to close\n\n{line}\n\n{CLOSING}.\n{body}\n"
    assert read("paper", text.encode()).document.outlet == outlet


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("two people told the Herald", ["the Herald"]),
        ("according to documents seen by this newspaper", ["this newspaper"]),
        ("The Norrvik Herald could not verify it", ["The Norrvik Herald"]),
        ("officials told PA that it closes", ["PA"]),
        ("officials told the Dale Herald that the Post was wrong", []),
    ],
)
def test_an_outlet_speaks_of_itself_by_the_end_of_its_name(said: str, found: list[str]) -> None:
    """A paper and its agency are known by their short names, and another paper is not."""
    text = f"Pier 4\n\nNorrvik Herald\n\nPA Media\n\n{CLOSING}.\n"
    document = read("a", text.encode()).document
    assert [span.quote(said) for span in own_mentions(document, said)] == found


def test_what_sources_tell_an_outlet_by_its_short_name_is_its_own() -> None:
    """Sources that told "the Herald" are those of the Norrvik Herald."""
    made = claim(
        a=f"Norrvik Herald\n\n{CLOSING}, two people briefed on the plan told the Herald.",
        b=f"Dale Post\n\n{CLOSING}, the Norrvik Herald reported on Monday.",
    )
    assert made.accounts[0].stance == "confirmed_by_own_sources"
    assert made.pairs[0].relations[0] == "agree_same_origin"


def test_an_outlets_own_document_is_no_report_of_another() -> None:
    """What an outlet has obtained itself is not another outlet's."""
    made = claim(
        a=f"Norrvik Herald\n\n{CLOSING}, according to a report obtained by the Norrvik Herald.",
        b=f"Dale Post\n\n{CLOSING}.",
    )
    assert made.accounts[0].strongest != "other_outlet"


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        # A person is one person, whatever is said of who they are.
        ("said Ida Norr, a spokeswoman for the port", "Ida Norr said", "agree_same_origin"),
        ("said Ida Norr, mayor of Hill Fork", "said Ida Norr", "agree_same_origin"),
        ("said Ida Norr", "said Jon Berg", "agree_different_sources"),
        # One who speaks for a body may be all that the body said.
        ("said Ida Norr, a spokeswoman", "the Harbour Board said", "agree"),
        ("said Ida Norr of the Harbour Board", "the Harbour Board said", "agree"),
        ("said Ida Norr, a fisherman", "the Harbour Board said", "agree_different_sources"),
        (
            "said Ida Norr of the county's Harbour Board",
            "a member of the Harbour Board said",
            "agree",
        ),
        # Two names of bodies that share what tells a body from others may be one's.
        ("the Bureau of Herring Statistics said", "the Herring Ministry said", "agree"),
        ("the Herring Ministry said", "the Salmon Ministry said", "agree_different_sources"),
        # Somebody unnamed may be the one whom the other names.
        ("an official said", "said Ida Norr", "agree"),
        # A body is one body, whole or by its initials.
        ("the United Nations said", "the U.N. said", "agree_same_origin"),
        ("the Norrvik Harbour Board said", "the Harbour Board said", "agree_same_origin"),
    ],
)
def test_who_may_be_one_source_is_no_corroboration(one: str, other: str, wanted: str) -> None:
    """Two sources corroborate only where they are surely two."""
    assert relation(f"{CLOSING}, {one}.", f"{CLOSING.replace('will', 'is to')}, {other}.") == wanted


def test_a_report_may_be_that_of_an_article_whose_outlet_is_unknown() -> None:
    """Where nobody knows whose an article is, who cites a report may cite it."""
    own = f"{CLOSING}, said Ida Norr."
    cited = f"{CLOSING.replace('will', 'is to')}, the Norrvik Herald reported."
    assert claim(first=own, second=cited).pairs[0].relations[0] == "agree"
    assert claim(herald=own, second=cited).pairs[0].relations[0] == "agree_same_origin"


def test_who_has_sources_of_its_own_does_not_rest_on_the_report_it_cites() -> None:
    """An agency that had it confirmed is a second origin, though it says who was first."""
    made = claim(
        herald=f"Norrvik Herald\n\n{CLOSING}, Ida Norr told the Herald.",
        wire=(
            "Reuters\n\nThe Norrvik Herald first reported that pier 4 will close. Two officials"
            f" told Reuters that pier 4 will close in March because engineers found cracks. {LATER}"
        ),
    )
    assert made.pairs[0].relations[0] == "agree_different_sources"


def test_an_outlet_that_speaks_of_itself_cites_nobody() -> None:
    """What an outlet "can reveal" is its own voice, and who cites it has it from there."""
    made = claim(
        herald=f"Norrvik Herald\n\n{CLOSING}, the Norrvik Herald can reveal.",
        post=f"Dale Post\n\n{CLOSING}, the Norrvik Herald reported on Monday.",
    )
    assert (made.accounts[0].stance, made.accounts[0].strongest) == ("asserted", "own_voice")
    assert made.pairs[0].relations[0] == "agree_same_origin"
