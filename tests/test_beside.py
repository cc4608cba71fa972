"""What other outlets report beside an assertion: exact slices, and nothing counted twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ombud.assertions.evidence import evidence, side
from ombud.corrections.beside import Comparison, Line
from ombud.errata import Gathered
from ombud.newsroom import Article

OURS = Article(
    "Council closes Harwick bridge for two winters",
    "The council of Harwick voted on Monday to close the swing bridge for two winters.\n"
    "Eight members voted for the closure of the bridge and seven against it.\n"
    "The repair costs 4.2 million euros, said Ana Peltonen, the chairwoman of the council.",
    "Marta Sand",
)
GULL = """Harwick bridge to close for one winter

By Jo Reed

The council of Harwick voted on Tuesday to close the swing bridge, the town clerk, Ida Norr, said.

Nine members voted for the closure of the bridge and six against it, according to the minutes.

The chairwoman, Ana Peltonen, did not respond to a request for comment by Thursday evening.
"""
COAST = """Harwick closes its bridge

By Marta Sand

The council of Harwick voted on Monday to close the swing bridge for two winters.

Eight members voted for the closure of the bridge and seven against it.

The Coast Daily could not independently verify what the repair of the bridge will cost.
"""


def gathered(number: int, content: str, outlet: str) -> Gathered:
    """Return a text that lies beside a report."""
    return Gathered(number, 1, f"{outlet}.txt", outlet, content, "staff:edith", datetime.now(UTC))


def lines(assertion: str, *texts: Gathered) -> list[Line]:
    """Return the lines beside an assertion."""
    found = Comparison(OURS, "Harbour Post", texts).lines(assertion, evidence(assertion, OURS))
    for line in found:
        content = next(one for one in texts if one.id == line.document).content
        assert line.text in content
    return found


def test_a_line_that_says_what_the_reader_says() -> None:
    """It stands with its outlet's source, for the report."""
    gull = gathered(1, GULL, "Gull Post")
    first = lines("The vote was on Tuesday, not on Monday.", gull)[0]
    assert first.text.startswith("The council of Harwick voted on Tuesday")
    assert (first.side, first.same_origin) == ("report", False)
    assert "Norr" in (first.source or "")
    votes = lines("It was nine votes to six, not eight to seven.", gull)[0]
    assert (votes.side, votes.text[:4]) == ("report", "Nine")


def test_a_copy_of_our_article_corroborates_nothing() -> None:
    """It is for the article, and marked as of the same origin."""
    first = lines(
        "The vote was on Tuesday, not on Monday.",
        gathered(1, GULL, "Gull Post"),
        gathered(2, COAST, "Coast Daily"),
    )
    of_coast = [line for line in first if line.document == 2]
    assert of_coast[0].side == "article"
    assert of_coast[0].same_origin


def test_copies_of_one_report_count_once() -> None:
    """The second says that it rests on what the first one rests on."""
    agency = GULL.replace("Jo Reed", "Reuters")
    texts = (gathered(1, agency, "Gull Post"), gathered(2, agency, "Coast Daily"))
    found = lines("The vote was on Tuesday, not on Monday.", *texts)
    assert {line.document: line.counted for line in found} == {1: (), 2: (1,)}
    assert not any(line.same_origin for line in found)


def test_what_could_not_be_verified_is_said() -> None:
    """With the line that says so."""
    found = lines("The repair of the bridge costs 2.4 million.", gathered(2, COAST, "Coast Daily"))
    assert any("could not independently verify" in line.text for line in found)


@pytest.mark.parametrize(
    ("assertion", "ours", "theirs", "expected"),
    [
        ("It was Tuesday, not Monday.", "They met on Monday.", "On Tuesday they met.", "report"),
        ("It was Tuesday, not Monday.", "They met on Monday.", "On Monday they met.", "article"),
        ("It was Tuesday.", "They met on Monday.", "They met in Harwick.", "open"),
        ("There are 12 of them.", "Ten came.", "Twelve came.", "report"),
        ("He never said it.", "He said it.", "He said it.", "open"),
    ],
)
def test_which_side_a_line_takes(assertion: str, ours: str, theirs: str, expected: str) -> None:
    """Only where numbers or names tell; otherwise it is open."""
    assert side(assertion, ours, theirs) == expected


def test_without_texts_there_is_nothing_beside() -> None:
    """And nothing breaks; neither does an article without words, or a text that is none."""
    assert lines("It was Tuesday.") == []
    empty = Comparison(Article(), "Harbour Post", [gathered(1, GULL, "Gull Post")])
    assert not empty.lines("It was Tuesday.", [])[0].same_origin
    assert empty.told([], []) == []
    assert Comparison(OURS, "Harbour Post", [gathered(1, " ", "x")]).readings == {}


def test_how_each_outlet_tells_it() -> None:
    """Ours first; who says otherwise does not agree, and who could not verify it says so."""
    said = "The vote was on Tuesday, not on Monday."
    compared = Comparison(OURS, "Harbour Post", [gathered(1, GULL, "Gull Post")])
    near = evidence(said, OURS)
    ours, gull = compared.told(near, compared.lines(said, near))
    assert (ours.document, ours.relations, gull.document) == (None, (), 1)
    assert gull.stance == "attributed"
    assert gull.relations == ("differ_in_detail",)
    said = "The repair of the bridge costs 2.4 million."
    coast = Comparison(OURS, "Harbour Post", [gathered(2, COAST, "Coast Daily")])
    found = coast.lines(said, evidence(said, OURS))
    assert "could_not_verify" in {line.status for line in found}


def test_a_date_that_was_in_the_future_when_the_text_came_stays_so() -> None:
    """Waiting makes no date right that was wrong when an editor laid the text there."""
    now = datetime.now(UTC)
    text = GULL.replace("By Jo Reed", f"By Jo Reed\n\nPublished: {now:%-d %B %Y}")
    come = replace(gathered(1, text, "Gull Post"), at=now - timedelta(days=30))
    reading = Comparison(OURS, "Harbour Post", [come]).readings[1]
    assert reading.document.future_date == str(now.date())
    assert "lies in the future" in reading.notes[0]
