"""The dossier: who reports a claim, who said so, who checked, and how the reports relate."""

import json
from pathlib import Path

import jsonschema
import pytest
from piers import BAY, COAST, GULL, piers

from ombud.errors import InvalidInputError
from ombud.stories.agencies import outlet_names
from ombud.stories.aligning import Place, Sentences, evidence
from ombud.stories.document import Document
from ombud.stories.dossier import Claim, Dossier
from ombud.stories.dossiers import dossier
from ombud.stories.grouping import group
from ombud.stories.reading import read
from ombud.stories.schema import as_json
from ombud.stories.showing import as_page, as_text

SCHEMA = Path(__file__).parent.parent / "docs" / "dossier.schema.json"


@pytest.fixture(scope="module", name="closing")
def _closing() -> tuple[Dossier, Claim]:
    """Return the dossier of the three articles, and its first claim: that the pier closes."""
    made = dossier(piers())
    return made, made.claims[0]


def story(**texts: str) -> list[Document]:
    """Return texts as documents."""
    return [read(name, text.encode()).document for name, text in texts.items()]


def test_each_outlet_has_its_stance_its_source_and_who_checked(
    closing: tuple[Dossier, Claim],
) -> None:
    """On record, confirmed by own sources, and not verified: three accounts of one claim."""
    gull, bay, coast = closing[1].accounts
    assert (gull.stance, gull.response, gull.strongest) == (
        "attributed",
        "stated_on_record",
        "named_on_record",
    )
    assert (bay.stance, bay.response, bay.strongest) == (
        "confirmed_by_own_sources",
        "declined_to_comment",
        "unnamed_officials",
    )
    assert (coast.stance, coast.response, coast.strongest) == (
        "could_not_verify",
        "none_reported",
        "other_outlet",
    )
    assert bay.checked is not None
    assert (bay.checked.verifier, bay.checked.verifier_is_publisher) == ("Bay Wire", True)
    assert coast.checked is not None
    assert (coast.checked.status, coast.checked.verifier) == ("could_not_verify", None)


def test_a_report_of_a_report_is_no_second_origin(closing: tuple[Dossier, Claim]) -> None:
    """Who cites another outlet agrees from the same origin, and differs in verification."""
    relations = {pair.articles: pair.relations for pair in closing[1].pairs}
    assert relations[1, 2][:2] == ("agree_same_origin", "differ_in_verification")
    assert relations[0, 2][0] == "agree_different_sources"
    assert closing[1].origins == 2


def test_dates_that_differ_stand_side_by_side(closing: tuple[Dossier, Claim]) -> None:
    """The slices that differ are those of the two articles."""
    dossier_, claim = closing
    pair = next(pair for pair in claim.pairs if pair.articles == (0, 1))
    assert pair.relations[0] == "differ_in_detail"
    slices = [
        span.quote(dossier_.documents[number].text)
        for number, span in zip(pair.articles, pair.details[0].spans, strict=True)
        if span
    ]
    assert slices == ["March 9", "March 16"]


def test_a_claim_in_one_title_only_differs_in_emphasis(closing: tuple[Dossier, Claim]) -> None:
    """An outlet whose title speaks of something else gives a claim another weight."""
    relations = {pair.articles: pair.relations for pair in closing[1].pairs}
    assert "differ_in_emphasis" in relations[0, 2]
    assert "differ_in_emphasis" not in relations[0, 1]


def test_a_report_with_more_in_it_is_more_specific() -> None:
    """Where the origin is unknown, one that says all of the other and more adds detail."""
    short = "Ferries stop\n\nThe ferries to Sandholm will stop for the summer from next June on.\n"
    long = (
        "Islanders stay home\n\nFrom next June, ferries that go to Sandholm stop for a summer,"
        " as the engines of the old ship Marianne need costly repairs at a yard in Gdansk.\n"
    )
    made = dossier(story(short=short, long=long))
    assert made.claims[0].pairs[0].relations[0] == "agree_more_specific"


def test_silence_is_shown_as_silence(closing: tuple[Dossier, Claim]) -> None:
    """What one outlet reports alone is no disagreement of the others."""
    ferry = next(
        claim
        for claim in closing[0].claims
        if "300,000" in claim.span.quote(closing[0].documents[claim.article].text)
    )
    assert (ferry.relation, ferry.first.basis) == ("only_one_outlet", "only_outlet_in_this_story")
    assert [account.stance for account in ferry.accounts[1:]] == ["not_mentioned"] * 2


def test_a_wire_that_confirmed_is_the_verifier_and_not_the_paper_that_prints_it() -> None:
    """Two papers with one agency's copy have one origin, and the agency as the verifier."""
    wire = (
        "Pier 4 to close\n\nThe Associated Press\n\nNORRVIK — Pier 4 will close in March because"
        " engineers found cracks in it, according to port officials.\nPort officials separately"
        " confirmed the closing of pier 4 to The Associated Press.\n"
    )
    made = dossier(
        story(
            a=f"{wire}\nHill Echo commenting policy\n", b=f"{wire}\nDale Star commenting policy\n"
        )
    )
    claim = made.claims[0]
    assert [account.stance for account in claim.accounts] == ["confirmed_by_own_sources"] * 2
    assert claim.accounts[0].checked is not None
    assert claim.accounts[0].checked.verifier == "The Associated Press"
    assert not claim.accounts[0].checked.verifier_is_publisher
    assert claim.pairs[0].relations[0] == "agree_same_origin"
    assert claim.origins == 1
    assert "Hill Echo prints it as confirmed by The Associated Press" in "\n".join(as_text(made))


def test_the_first_reporter_is_who_an_article_says_it_is() -> None:
    """A stated first report names its outlet; times and their absence name nobody."""
    echo = (
        "Cracks close pier 4\n\nPier 4 will close in March because engineers found cracks.\n"
        "The Gull Post, which first reported that pier 4 will close, spoke of cracks in it.\n"
    )
    made = dossier(story(bay=BAY, echo=echo))
    assert (made.claims[0].first.outlet, made.claims[0].first.basis) == ("The Gull Post", "stated")
    other = dossier(story(gull=GULL, coast=COAST))
    assert other.claims[0].first.basis == "not_determinable"


def test_a_story_of_one_outlet_has_claims_and_no_relations() -> None:
    """One article alone is shown, and nobody is said to be first."""
    made = dossier(story(gull=GULL))
    assert {claim.relation for claim in made.claims} == {"only_one_outlet"}
    assert {claim.first.basis for claim in made.claims} == {"not_determinable"}


def test_more_sentences_than_can_be_compared_are_refused() -> None:
    """A story of whole books is an error before anything is compared."""
    line = "The port of Norrvik will close pier 4 in March because of its cracks. "
    long = [read(str(n), f"Title {n}\n\n{line * 1900}".encode()).document for n in range(4)]
    with pytest.raises(InvalidInputError, match="7600 sentences"):
        dossier(long)


def test_evidence_for_a_claim_comes_from_other_outlets_closest_first() -> None:
    """The sentences of the others that say the same stand first."""
    documents = piers()
    found = evidence(Sentences(documents, [[], [], []]), Place(0, 0))
    assert set(found[:2]) == {Place(1, 0), Place(2, 1)}


def test_the_json_fits_the_published_schema_and_every_text_is_its_slice(
    closing: tuple[Dossier, Claim],
) -> None:
    """What is shown can be found in the articles, character by character."""
    made = closing[0]
    answer = json.loads(json.dumps(as_json(made)))
    jsonschema.validate(answer, json.loads(SCHEMA.read_text(encoding="utf-8")))
    texts = {document.id: document.text for document in made.documents}
    for article in answer["articles"]:
        text = texts[article["id"]]
        for sentence in article["sentences"]:
            assert sentence["text"] == text[sentence["begin"] : sentence["end"]]
            for one in sentence["attributions"]:
                for part in (one["source"], one["cue"], one["content"]):
                    assert part is None or part["text"] == text[part["begin"] : part["end"]]
    for claim in answer["claims"]:
        assert claim["text"] == texts[claim["article"]][claim["begin"] : claim["end"]]


def test_the_page_loads_nothing_and_shows_a_text_as_a_text() -> None:
    """A dossier's page has no script and no address, and markup in an article stays words."""
    made = dossier(story(gull=GULL.replace("cracks", "<script>alert(1)</script> cracks"), bay=BAY))
    shown = as_page(made, ("a note",))
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "http" not in shown
    assert 'lang="en"' in shown


def test_the_text_says_in_words_what_each_outlet_has(closing: tuple[Dossier, Claim]) -> None:
    """The lines for a terminal can be read aloud."""
    shown = "\n".join(as_text(closing[0]))
    assert "Coast Daily could not verify it" in shown
    assert "agree, from the same origin: this is no corroboration" in shown
    assert "could_not" not in shown


def test_articles_of_two_events_are_two_stories_and_days_part_them() -> None:
    """Likeness groups articles, and a window of days keeps anniversaries apart."""
    harvest = (
        "Harvest of apples breaks records\n\nPublished: 2 March 2026\n\nThe farmers of the valley"
        " picked more apples than ever this autumn, the growers' union announced.\n"
    )
    later = GULL.replace("2 March 2026", "2 March 2025")
    documents = story(gull=GULL, harvest=harvest, bay=BAY, later=later)
    assert group(documents) == [[0, 2], [1], [3]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Wall Street Journal, which first reported it", ["The Wall Street Journal"]),
        ("a report in the Bay Wire published on Monday", ["the Bay Wire"]),
        ("White House Press Secretary Ann Lee said", []),
        ("Reuters and AFP said", ["Reuters", "AFP"]),
        ("the Bay Wire host Ida Norr", []),
        ("But Coast Daily could not", ["Coast Daily"]),
        ("He read the News and the Post", []),
    ],
)
def test_names_of_outlets_are_told_by_their_form(text: str, names: list[str]) -> None:
    """Papers and agencies are found, offices and common words are not."""
    assert [span.quote(text) for span in outlet_names(text)] == names
