"""A language model that words claims: what is kept of it, what is thrown away, and how it fails."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from answering import Say, answer, answering
from piers import BAY, COAST, GULL, piers
from typer.testing import CliRunner

from ombud.cli import app
from ombud.errors import FetchError, InvalidInputError, SettingsError
from ombud.proposing.asking import LanguageModel
from ombud.proposing.keeping import kept
from ombud.proposing.tasks import notice, proposed
from ombud.settings import load
from ombud.stories.dossiers import dossier
from ombud.stories.schema import as_json
from ombud.stories.showing import as_page, as_text

SCHEMA = Path(__file__).parent.parent / "docs" / "dossier.schema.json"
SENTENCES = {
    "s1": "Pier 4 will close on March 9 because engineers found cracks, Ida Norr said.",
    "s2": "Two officials told Bay Wire that pier 4 will close on March 16.",
}
GOOD = answer("Pier 4 is to close.", ("s1", "Pier 4 will close"), ("s2", "pier 4 will close"))
MARK = "worded by a language model, not checked by an editor"


def first_words(opinion: str = "same") -> Say:
    """Return a model that quotes the first words of the first sentence it gets."""

    def say(question: dict[str, object]) -> str:
        messages = question["messages"]
        assert isinstance(messages, list)
        sentences = json.loads(messages[1]["content"])["sentences"]
        name = next(iter(sentences))
        return answer("The pier closes.", (name, sentences[name][:12]), opinion=opinion)

    return say


def test_what_it_words_is_shown_with_its_mark_and_changes_nothing_else() -> None:
    """A wording and an opinion stand beside the claim; relations and evidence stay as they were."""
    made = dossier(piers())
    with answering(say=first_words("different")) as stub:
        worded, notes = proposed(made, LanguageModel(stub.url, "parrot"))
    assert notes == ()
    claim = worded.claims[0]
    assert [one.pair for one in claim.proposals] == [None, (0, 1), (0, 2), (1, 2)]
    assert replace(claim, proposals=()) == made.claims[0]
    assert MARK in "\n".join(as_text(worded))
    assert "not checked by an editor, finds that Gull Post and Bay Wire say different things" in (
        as_page(worded)
    )
    assert MARK not in as_page(made)


def test_what_it_words_fits_the_schema_and_quotes_slices() -> None:
    """Every quotation in the JSON is a slice of the article it names."""
    with answering(say=first_words()) as stub:
        worded, _ = proposed(dossier(piers()), LanguageModel(stub.url, "parrot"))
    told = json.loads(json.dumps(as_json(worded)))
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    texts = {document.id: document.text for document in worded.documents}
    found = [one for claim in told["claims"] for one in claim["proposals"]]
    assert found
    for one in found:
        assert one["checked_by_editor"] is False
        for quoted in one["quotations"]:
            assert quoted["text"] == texts[quoted["article"]][quoted["begin"] : quoted["end"]]


def test_the_key_and_the_sentences_go_to_the_address_that_is_set() -> None:
    """The protocol is OpenAI's: a path under the address, a bearer key, a system message first."""
    with answering(say=lambda _: GOOD) as stub:
        LanguageModel(stub.url, "parrot", "a secret").ask("Word it.", {"sentences": SENTENCES})
    assert (stub.paths, stub.keys) == (["/v1/chat/completions"], ["Bearer a secret"])
    assert stub.asked[0]["model"] == "parrot"
    assert [one["role"] for one in stub.asked[0]["messages"]] == ["system", "user"]


def test_a_good_answer_is_kept_with_its_ranges() -> None:
    """Quotations are ranges of the sentences they name, also where words stand around the JSON."""
    one = kept(f"Here it is:\n```json\n{GOOD}\n```", SENTENCES)
    assert one.text == "Pier 4 is to close."
    assert [span.quote(SENTENCES[name]) for name, span in one.quotations] == [
        "Pier 4 will close",
        "pier 4 will close",
    ]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("I cannot help with that.", "no JSON"),
        ("{broken", "no JSON"),
        ("[" * 100_000, "no JSON"),
        (answer(""), "words nothing"),
        (answer(7, ("s1", "Pier 4")), "words nothing"),
        (answer("The pier closes."), "no quotations"),
        (answer("Closes.", ("s1", "Pier 4 will never close")), "does not stand"),
        (answer("Closes.", ("s1", "pier 4 will close on March 16")), "does not stand"),
        (answer("Closes.", ("s9", "Pier 4")), "was not given"),
        (answer("It is “a death trap”.", ("s1", "Pier 4 will close")), "no sentence it names"),
        (answer('It "will fall.', ("s1", "Pier 4 will close")), "no sentence it names"),
        (answer("It closes on March 11.", ("s1", "Pier 4 will close")), "a number"),
        (answer("It closes, Ann Lee said.", ("s1", "Pier 4 will close")), "a name"),
        (answer("See https://gull.example", ("s1", "Pier 4 will close")), "an address"),
        (answer("Long. " * 200, ("s1", "Pier 4 will close")), "longer than"),
    ],
)
def test_what_may_not_be_shown_is_thrown_away(said: str, why: str) -> None:
    """One invented quotation, number or address spoils the whole answer."""
    with pytest.raises(InvalidInputError, match=why):
        kept(said, SENTENCES)


def test_an_opinion_has_to_be_one_of_those_asked_for() -> None:
    """A model cannot make up a relation."""
    said = answer("They agree.", ("s1", "Pier 4 will close"), opinion="proven")
    with pytest.raises(InvalidInputError, match="none of same, different"):
        kept(said, SENTENCES, ("same", "different"))


def test_an_invented_quotation_is_counted_and_not_shown() -> None:
    """People are told how much was thrown away, and why."""
    with answering(say=lambda _: answer("It is “doomed”.", ("s1", "will be doomed"))) as stub:
        worded, notes = proposed(dossier(piers()), LanguageModel(stub.url, "parrot"))
    assert all(claim.proposals == () for claim in worded.claims)
    assert "thrown away: it quotes what does not stand" in notes[0]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"status": 500}, "answered 500"),
        ({"status": 401, "raw": b"no"}, "answered 401"),
        ({"status": 307, "elsewhere": "http://127.0.0.1:9/"}, "answered 307"),
        ({"raw": b'{"choices": [{"mess'}, "OpenAI's protocol"),
        ({"raw": b'{"choices": []}'}, "OpenAI's protocol"),
        ({"raw": b'{"choices": [{"message": {"content": null}}]}'}, "without a text"),
        ({"raw": b" " * (1 << 20)}, "more than 256 KB"),
        ({"silent": True}, "did not answer within 0.3 s"),
        ({"drips": True}, "did not answer within 0.3 s"),
    ],
)
def test_a_model_that_fails_is_asked_no_more(how: dict[str, object], said: str) -> None:
    """Errors, silence, drips and floods end in one note, and the dossier is what it was."""
    made = dossier(piers())
    with answering(**how) as stub:
        worded, notes = proposed(made, LanguageModel(stub.url, "parrot", within=0.3))
    assert worded == made
    assert len(stub.asked) == 1
    assert said in notes[0]


def test_a_model_that_is_not_there_is_told_of() -> None:
    """Nobody at the address is an error that repeats no key."""
    with answering() as stub:
        url = stub.url
    with pytest.raises(FetchError, match="cannot be reached") as caught:
        LanguageModel(url, "parrot", "a secret").ask("Word it.", {})
    assert "a secret" not in str(caught.value)


def test_a_draft_of_a_notice_obeys_the_same_rules() -> None:
    """A notice is a draft with quotations that stand in the sentences, or nothing."""
    draft = answer("We said pier 4 closes on March 9.", ("s1", "on March 9"))
    with answering(say=lambda _: draft) as stub:
        one = notice(LanguageModel(stub.url, "parrot"), "It is the 16th.", SENTENCES)
        given = json.loads(stub.asked[0]["messages"][1]["content"])
    assert one.text == "We said pier 4 closes on March 9."
    assert given == {"assertion": "It is the 16th.", "sentences": SENTENCES}


@pytest.fixture(name="files")
def _files(tmp_path: Path) -> list[str]:
    """Return the names of the three articles as files."""
    for name, text in (("gull", GULL), ("bay", BAY), ("coast", COAST)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [str(tmp_path / f"{name}.txt") for name in ("gull", "bay", "coast")]


def test_the_command_asks_only_when_told_to(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that is set is not asked without the option, and the option needs one that is set."""
    without = CliRunner().invoke(app, ["story", *files, "--language-model"])
    assert (without.exit_code, "language_model_url" in without.stderr) == (2, True)
    with answering(say=first_words()) as stub:
        monkeypatch.setenv("OMBUD_LANGUAGE_MODEL_URL", stub.url)
        monkeypatch.setenv("OMBUD_LANGUAGE_MODEL", "parrot")
        plain = CliRunner().invoke(app, ["story", *files])
        assert stub.asked == []
        worded = CliRunner().invoke(app, ["story", *files, "--language-model"])
    assert MARK not in plain.stdout
    assert MARK in worded.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"language_model_url": "gull.example/v1", "language_model": "p"}, "an address such as"),
        ({"language_model_url": "http://127.0.0.1:9/v1"}, "the name of the model"),
        (
            {
                "language_model_url": "http://gull.example/v1",
                "language_model": "p",
                "language_model_key": "hush",
            },
            "an address with https",
        ),
    ],
)
def test_a_model_is_set_by_address_and_name_and_its_key_is_kept(
    given: dict[str, str], said: str
) -> None:
    """No address, no name, and a key that others could read are refused, and the key not shown."""
    with pytest.raises(SettingsError, match=said) as caught:
        load(None, {}, **given)
    assert "hush" not in str(caught.value)
