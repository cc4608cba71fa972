"""A policy file changes the house rules, and a mistake in it says what is allowed."""

import pytest

from ombud.errors import PolicyError
from ombud.policy import Action, Decision, Finding, configure
from ombud.rules import house_rules

RULES = house_rules()


def setting(written: str) -> dict[str, object]:
    """Return the canonical form of the shouting rule under a policy file."""
    canonical = configure(RULES, written).canonical()["shouting"]
    assert isinstance(canonical, dict)
    return canonical


def test_what_weighs_most_is_the_strictest_and_then_the_surest() -> None:
    """The action comes before the certainty; of nothing found there is none."""
    sure = Finding("", 0.99, action=Action.HOLD)
    strict, stricter = (Finding("", certainty, action=Action.DELETE) for certainty in (0.7, 0.8))

    for findings, strictest in (((), None), ((sure, strict, stricter), stricter), ((sure,), sure)):
        decision = Decision(Action.DELETE, findings, (), {}, "p", "m")
        assert decision.strictest == strictest


def test_an_empty_file_is_the_house_policy() -> None:
    """Nothing set, nothing changed."""
    assert configure(RULES, "").canonical() == configure(RULES).canonical()


def test_mode_thresholds_options_and_clause_can_be_set() -> None:
    """Everything about a rule that a newsroom may decide is in the file."""
    written = (
        "[rules.shouting]\nmode = 'trial'\nhold = 0.7\ndelete = 'never'\n"
        "max_share = 1\nmin_letters = 30\ntitle = 'Softly'\nclause = 'Please.'"
    )

    found = setting(written)

    assert (found["mode"], found["hold"], found["delete"]) == ("trial", 0.7, None)
    assert found["clause"] == "Softly\n\nPlease."
    options = found["options"]
    assert isinstance(options, dict)
    assert (options["max_share"], options["min_letters"]) == (1.0, 30)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[rules.shoutin]\nmode = 'off'", "no rule named 'shoutin'; there are: .*shouting"),
        ("[rules.shouting]\nmod = 'off'", "no setting named 'mod'; there are: .*mode"),
        ("[rules.shouting]\nmode = 'of'", "'of'; it can be live, trial, off"),
        ("[rules.shouting]\nhold = 2", "2; it can be a number above 0 and up to 1"),
        ("[rules.shouting]\nhold = true", "True; it can be a number"),
        ("[rules.shouting]\nhold = 0.8\ndelete = 0.5", "below 'hold'"),
        ("[rules.shouting]\nmin_letters = 'many'", "must be a whole number, not 'many'"),
        ("[rules.shouting]\nmax_share = nan", "must be a number from 0 to"),
        ("[rules.shouting]\nmin_letters = -5", "must be a number from 0 to"),
        ("[rules.shouting]\nmax_share = 'all'", "must be a number, not 'all'"),
        ("[rules.shouting]\nclause = ''", "must be a text that is not empty"),
        ("[rules.links]\nallowed = 'paper.example'", "must be a list of texts"),
        ("[rules]\nshouting = 1", "a table for each rule"),
        ("name = 3", "must be a text"),
        ("rulez = 1", "no entry named 'rulez'; there are: name, rules"),
        ("[rules.shouting", "no valid TOML"),
    ],
)
def test_mistakes_say_what_was_given_and_what_is_allowed(written: str, said: str) -> None:
    """A typing error in a policy file never passes in silence."""
    with pytest.raises(PolicyError, match=said):
        configure(RULES, written)


def test_the_version_changes_with_what_bears_on_decisions_only() -> None:
    """The name of the policy does not change its version; thresholds and signals do."""
    house = configure(RULES)

    assert configure(RULES, "name = 'Gazette'").version("s@1") == house.version("s@1")
    assert house.version("s@2") != house.version("s@1")
    assert configure(RULES, "[rules.shouting]\nhold = 0.6").version() != house.version()
