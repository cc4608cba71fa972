"""The readers' policy is rendered from the rules, and says in plain words what happens."""

import pytest

from ombud import Article, Case, Engine, Reader, Repeat
from ombud.handbook import Example, markdown, outcome, policy_page
from ombud.policy import Policy, Rule

WAITS = "When we are at least 50 % sure, the comment waits for a moderator"


def rule(**fields: object) -> Rule:
    """Return a rule that finds nothing, with these fields."""
    given: dict[str, object] = {
        "detect": lambda case: (),  # noqa: ARG005
        "lets_pass": ("Fine by me.",),
        "catches": ("Not *fine*.",),
        "id": "sample",
        "title": "No samples.",
        "clause": "First line\nof a paragraph.\n\nA second one.",
    }
    return Rule(**{**given, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"hold": 0.5, "delete": 0.875}, f"{WAITS}; from 87.5 % on it is deleted."),
        ({"hold": 0.5, "delete": None}, f"{WAITS}. Only a moderator can delete it."),
        ({"hold": None, "delete": 0.9}, "When we are at least 90 % sure, the comment is deleted."),
        ({"hold": 0.9, "delete": 0.9}, "When we are at least 90 % sure, the comment is deleted."),
        ({"hold": None, "delete": None}, "We note such comments, and nothing happens to them."),
        (
            {"mode": "trial"},
            "This clause is on trial: we note what it would have done, and nothing happens.",
        ),
    ],
)
def test_thresholds_are_said_in_plain_words(fields: dict[str, object], words: str) -> None:
    """A reader learns what happens without knowing what a threshold is."""
    assert words == outcome(rule(**fields))


def test_a_clause_becomes_a_section() -> None:
    """Title, paragraphs and both kinds of examples come from the rule."""
    _, section, _ = policy_page(Policy((rule(),)))

    assert (section.id, section.title) == ("sample", "No samples")
    assert section.paragraphs == ("First line of a paragraph.", "A second one.")
    assert (Example("Fine by me."),) == section.passes
    assert (Example("Not *fine*."),) == section.breaks


def test_examples_say_what_has_to_be_known() -> None:
    """Where the name, the article, the parent or a repeat matters, the example says it."""
    case = Case(
        "It is me.",
        author=Reader("Marta L."),
        article=Article("Bridge closes", "Text"),
        parent="Who " * 40,
        repeats=(Repeat("It is me!", 0.9, same_reader=True),),
    )
    _, section, _ = policy_page(Policy((rule(catches=(case, Case("x", article=Article()))),)))

    first, second = section.breaks
    assert first.context.startswith("by “Marta L.”, in reply to “Who Who")
    assert first.context.endswith(
        "…”, under “Bridge closes”, after the same reader wrote “It is me!”"
    )
    assert second.context == ""


def test_examples_that_are_long_for_the_sake_of_it_are_cut() -> None:
    """Nobody reads a page of filler to learn that comments may be too long."""
    _, section, _ = policy_page(Policy((rule(catches=("word " * 500, "  ", "short")),)))

    long, short = section.breaks
    assert long.context == "2,499 characters in all"
    assert len(long.text) < 300
    assert Example("short") == short


def test_rules_that_are_off_are_not_on_the_page() -> None:
    """Readers see the clauses in force, between the welcome and the promises."""
    rules = (rule(id="on"), rule(id="off", mode="off"), rule(id="trial", mode="trial"))

    assert [section.id for section in policy_page(Policy(rules))] == [
        "welcome",
        "on",
        "trial",
        "promises",
    ]


def test_markdown_keeps_every_sign() -> None:
    """What a reader typed is shown as typed: stars and brackets mark nothing up."""
    written = markdown("House policy", policy_page(Policy((rule(),))))

    assert written.startswith("# House policy\n\n## How comments are moderated\n\n")
    assert "Does not pass:\n\n- “Not \\*fine\\*.”\n\n## What we promise" in written
    assert written.endswith("\n")


def test_the_house_policy_has_a_page(engine: Engine) -> None:
    """Every rule of the house gives a section with a clause, an outcome and both examples."""
    for section in policy_page(engine.policy)[1:-1]:
        assert section.title, section.id
        assert section.paragraphs, section.id
        assert section.outcome, section.id
        assert section.passes, section.id
        assert section.breaks, section.id
