"""What counts as a claim, as one origin and as a source, where it is easy to say too much."""

from dataclasses import replace

import pytest

from ombud.stories.agencies import outlet_names
from ombud.stories.attributing import attribute
from ombud.stories.document import Document
from ombud.stories.dossier import Dossier
from ombud.stories.dossiers import dossier
from ombud.stories.reading import read
from ombud.stories.showing import as_text

GULL = "Pier 4 closes\n\nPier 4 of Norrvik will close in March because engineers found cracks."


def compared(*texts: str) -> Dossier:
    """Return the dossier of texts; each is published by the outlet of its number."""
    return dossier([read(f"paper{n}", text.encode()).document for n, text in enumerate(texts)])


def shown(*texts: str) -> str:
    """Return the lines of a dossier."""
    return "\n".join(as_text(compared(*texts)))


def sentences(text: str) -> list[str]:
    """Return the sentences of an article with these lines."""
    document = read("paper", f"Pier 4 closes\n\n{text}".encode()).document
    return [span.quote(document.text) for span in document.sentences]


def strength(text: str) -> str:
    """Return the strength of the first source of a text."""
    document = read("paper", f"Pier 4 closes\n\n{text}".encode()).document
    return attribute(document)[0].strength


@pytest.mark.parametrize(
    "text",
    [
        "The plan of Sen. Ida Norr (D-Norr.) and Sens. Jon Berg and Ann Lee is to close pier 4.",
        "The court that decided Norr v. Berg in the spring of last year has closed pier 4.",
        "The works at NORRVIK, Colo. (AP) — the town that owns pier 4 — will begin in March.",
        "The mayor spoke in Norrvik, Fla. — the town by the sea that owns pier 4 and its cranes.",
    ],
)
def test_an_abbreviation_or_a_dash_ends_no_sentence(text: str) -> None:
    """What goes on is one sentence, so that no half of it becomes a claim."""
    assert sentences(text) == [text]


def test_a_new_line_begins_a_new_sentence() -> None:
    """A line that begins with a small letter is not joined with the one before it."""
    first = "Pier 4 of Norrvik will close in March because engineers found cracks"
    assert (
        sentences(f"{first}.\nengineers will come back in April to look again.")[0] == f"{first}."
    )


def test_questions_and_sentences_without_content_are_no_claims() -> None:
    """What asks or says nothing of its own is not listed as something reported."""
    lines = shown(f"{GULL} Where is all this going? It is about that.\n")
    assert "cracks" in lines
    assert "Where is" not in lines
    assert "about that" not in lines


def test_two_articles_of_one_outlet_are_no_corroboration() -> None:
    """An outlet does not corroborate itself."""
    text = "{}\n\nPier 4 will close because engineers found cracks, {} said.\n\nGull Post policy\n"
    documents = [
        read(str(n), text.format(title, who).encode()).document
        for n, (title, who) in enumerate((("Pier 4", "Ida Norr"), ("The pier", "Jon Berg")))
    ]
    same = [
        Document(one.id, "Gull Post", one.text, one.body, one.sentences, one.title)
        for one in documents
    ]
    assert dossier(same).claims[0].pairs[0].relations[0] == "agree_same_origin"


def test_two_descriptions_of_a_body_may_be_one_source() -> None:
    """A body that is not called by its name cannot be told from another."""
    one = "Pier 4 will close in March because of cracks, the Harbour Safety Office said."
    other = "Pier 4 will close in March because of cracks, the harbour's watchdog said."
    claim = compared(f"Pier 4\n\n{one}\n", f"The pier\n\n{other}\n").claims[0]
    assert "agree_different_sources" not in claim.pairs[0].relations


def test_some_of_a_body_are_that_body() -> None:
    """Two outlets that name one body's members have one source."""
    one = "Pier 4 will close in March because of cracks, Harbour Board Members said."
    other = "Pier 4 will close in March because of cracks, some Harbour Board Members said."
    claim = compared(f"Pier 4\n\n{one}\n", f"The pier\n\n{other}\n").claims[0]
    assert claim.pairs[0].relations[0] == "agree_same_origin"


def test_officials_who_tell_the_outlet_are_its_own_sources() -> None:
    """In the present tense too, what officials tell an outlet is confirmed by its sources."""
    text = "Pier 4 of Norrvik will close in March because of cracks, port officials tell Bay Wire."
    ours = replace(read("0", f"Cracks\n\n{text}\n".encode()).document, outlet="Bay Wire")
    made = dossier([ours, read("1", GULL.encode()).document])
    assert made.claims[0].accounts[0].stance == "confirmed_by_own_sources"


def test_what_is_half_alike_is_corroborated_by_nobody() -> None:
    """Two people who speak of one thing do not thereby say the same."""
    one = "The closing of pier 4 is about safety and nothing else, Ida Norr said."
    other = (
        "Jon Berg said that fishermen of the town, who sell herring at the market hall, hope that"
        " the closing of pier 4 brings safety to the children who swim there in summer."
    )
    claims = compared(f"Pier\n\n{one}\n", f"Herring\n\n{other}\n").claims
    relations = {
        relation for claim in claims for pair in claim.pairs for relation in pair.relations
    }
    assert "agree_different_sources" not in relations


def test_who_denies_something_else_in_passing_does_not_deny_the_claim() -> None:
    """A denial belongs to what is denied, not to all that its sentence reports."""
    one = "Mayor Ida Norr spoke to Jon Berg about the closing of pier 4 and sent him to the town."
    other = (
        "Mayor Ida Norr says she spoke about the closing of pier 4 to Jon Berg, who denies any"
        " knowledge of a missing crane."
    )
    made = compared(f"Pier\n\n{one}\n", f"Talks\n\n{other}\n")
    claim = next(claim for claim in made.claims if claim.pairs)
    assert {account.response for account in claim.accounts} <= {"none_reported", "stated_on_record"}


def test_reportedly_means_the_report_that_is_named_after_it() -> None:
    """Two outlets that lead with "reportedly" and then name one report have one origin."""
    text = "{}\n\nPier 4 of Norrvik will reportedly close in March.\n{} the Bay Wire reported.\n"
    claim = compared(
        text.format("Pier 4", "Cracks were found in its piles,"),
        text.format("The pier", "A new one will be built of oak,"),
    ).claims[0]
    assert claim.pairs[0].relations[0] == "agree_same_origin"


def test_the_outlet_with_a_claim_in_its_title_is_named() -> None:
    """A reader is told whose emphasis it is."""
    other = (
        "Buses in summer\n\nPier 4 of Norrvik will close in March because engineers found cracks."
    )
    assert "only paper0 has it in its title" in shown(GULL, other)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("More than 400 U.S. sailors said that the pier will close.", "unspecified"),
        ("The U.S. government said that the pier will close.", "governments"),
        ("Kamala Harris said that the pier of the town will close.", "named_on_record"),
    ],
)
def test_a_country_in_a_name_makes_no_government(text: str, wanted: str) -> None:
    """Who comes from a country does not speak for it, and a person is no organisation."""
    assert strength(text) == wanted


def test_a_journalist_of_an_outlet_is_not_its_report() -> None:
    """The name of a paper before one of its people names no report."""
    assert outlet_names("the missing Gull Post journalist Jon Berg") == []


def test_what_a_report_alleges_is_kept_within_an_answer_to_it() -> None:
    """An outlet cited in what somebody declines to confirm is a source of its own."""
    text = (
        "The mayor is declining to confirm or deny a report in the Bay Wire alleging that pier 4"
        " will close."
    )
    document = read("paper", f"Pier 4 closes\n\n{text}".encode()).document
    sources = [one.source and one.source.quote(document.text) for one in attribute(document)]
    assert sources == ["The mayor", "a report in the Bay Wire"]


def test_who_writes_a_letter_says_nothing_yet() -> None:
    """To write a letter is no attribution of it."""
    document = read("paper", b"Pier 4 closes\n\nThe mayor has written a letter about the pier.")
    assert attribute(document.document) == []
