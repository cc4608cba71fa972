"""The engine takes the strictest action, in any order, and holds what could not be checked."""

import dataclasses
from collections.abc import Iterator, Sequence
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import ombud
from ombud.case import Case
from ombud.engine import Engine
from ombud.errors import PolicyError
from ombud.policy import Action, Finding, Policy, Rule
from ombud.text import Span


class Length:
    """A signal that scores how long a text is."""

    name = "length"
    version = "1"
    attributes = ("LONG", "UNKNOWN")
    priors = MappingProxyType({"LONG": 0.2})

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Return the length in hundreds, and nothing for the second attribute."""
        return np.array([[min(1.0, len(case.text) / 100), np.nan] for case in cases])

    def locate(self, case: Case, attribute: str) -> Sequence[Span]:
        """Return the first character."""
        assert attribute == "LONG"
        return [Span(0, 1)] if case.text else []


class Broken(Length):
    """A signal whose model crashes."""

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Crash, with the comment in the message as real errors have it."""
        message = f"no such file, while reading {cases[0].text}"
        raise OSError(message)


def rule(name: str, certainty: float, **changes: object) -> Rule:
    """Return a rule that always finds the first character."""

    def detect(case: Case) -> Iterator[Finding]:
        yield Finding(f"{name} says so", certainty, Span(0, min(1, len(case.text))))

    made = Rule(detect, (), (), hold=0.5, delete=0.9, id=name, title=name)
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def crash(case: Case) -> Iterator[Finding]:
    """Crash as a rule with a mistake does."""
    yield Finding("before the crash", 0.99)
    raise ZeroDivisionError(case.text)


def engine(*rules: Rule, signals: Sequence[Length] = ()) -> Engine:
    """Return an engine with these rules."""
    return Engine(Policy(rules), signals)


def test_a_score_has_the_prior_that_its_signal_states() -> None:
    """Where no signal states one, half of all comments are taken to be such."""
    judging = engine(signals=[Length()])

    assert [judging.prior(name) for name in ("LONG", "UNKNOWN", "NOBODYS")] == [0.2, 0.5, 0.5]


@given(st.permutations([0.2, 0.6, 0.95]))
def test_the_strictest_action_wins_in_any_order(certainties: list[float]) -> None:
    """The order of rules changes nothing."""
    decision = engine(*(rule(str(c), c) for c in certainties)).judge("x")

    assert decision.action is Action.DELETE
    assert {finding.rule for finding in decision.findings} == {"0.6", "0.95"}


@pytest.mark.parametrize(
    ("certainty", "action"),
    [(0.49, Action.APPROVE), (0.5, Action.HOLD), (0.89, Action.HOLD), (0.9, Action.DELETE)],
)
def test_thresholds_are_met_from_their_value_on(certainty: float, action: Action) -> None:
    """A certainty equal to a threshold meets it."""
    assert engine(rule("one", certainty)).judge("x").action is action


def test_a_rule_that_crashes_holds_the_comment() -> None:
    """Nothing is published because a check failed, and the reason is said."""
    decision = engine(rule("crash", 1, detect=crash)).judge("private words")

    assert decision.action is Action.HOLD
    assert "could not be checked" in decision.findings[0].why
    assert "private words" not in decision.findings[0].why


def test_a_signal_that_crashes_holds_the_comment(capsys: pytest.CaptureFixture[str]) -> None:
    """The rules that asked for it say so; neither why nor the log holds the text."""
    needy = rule("needy", 0.1, signals=("length",))
    decision = engine(needy, rule("other", 0.1), signals=[Broken()]).judge("private words")

    assert decision.action is Action.HOLD
    assert [finding.rule for finding in decision.findings] == ["needy"]
    assert "OSError" in decision.findings[0].why
    assert "private words" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("certainty", [0, -1, 1.5, float("nan")])
def test_an_impossible_finding_holds_the_comment(certainty: float) -> None:
    """A certainty outside (0, 1] is a mistake of the rule, not an approval."""
    assert engine(rule("wrong", certainty)).judge("x").action is Action.HOLD


def test_a_span_outside_the_text_holds_the_comment() -> None:
    """A range that is not in the text is a mistake of the rule."""

    def detect(case: Case) -> Iterator[Finding]:
        yield Finding("past the end", 0.6, Span(0, len(case.text) + 1))

    decision = engine(rule("wrong", 1, detect=detect)).judge("x")

    assert "could not be checked" in decision.findings[0].why


def test_a_rule_on_trial_finds_and_does_nothing() -> None:
    """Findings of a trial are recorded apart."""
    decision = engine(rule("new", 0.95, mode="trial")).judge("x")

    assert decision.action is Action.APPROVE
    assert decision.findings == ()
    assert [finding.rule for finding in decision.trials] == ["new"]


def test_a_rule_that_is_off_is_not_run() -> None:
    """Neither it nor its signal is asked."""
    off = rule("off", 0.95, mode="off", signals=("length",))

    assert engine(off, signals=[Broken()]).judge("x").action is Action.APPROVE


def test_a_rule_that_asks_for_an_unknown_signal_is_refused() -> None:
    """The error names the signals there are."""
    with pytest.raises(PolicyError, match="'weather'; there are: length"):
        engine(rule("odd", 1, signals=("weather",)), signals=[Length()])


def test_scores_that_cannot_be_judged_are_absent() -> None:
    """Not a number means unknown, not zero."""
    decision = engine(rule("long", 0.1, signals=("length",)), signals=[Length()]).judge("x" * 50)

    assert dict(decision.scores) == {"LONG": 0.5}


def test_no_cases_make_no_decisions() -> None:
    """An empty batch is fine."""
    assert engine().judge_all([]) == []


ODD = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=200),
    st.lists(
        st.sampled_from(
            [
                "http://",
                "a.b ",
                "f*k",
                "@#$%",
                "\u202e",
                "\0",
                "😀",
                "\u0301" * 50,
                "A" * 30,
                "1 2 3 ",
                "I'm ",
                "Mayor Quill ",
                "07911 ",
                "dot com ",
                "\ud800",
                "<b>",
                "שלום ",
                "!",
                "\n",
            ]
        ),
        max_size=30,
    ).map("".join),
)


@settings(max_examples=150, deadline=None)
@given(ODD, ODD, ODD)
def test_judging_never_raises_and_quotes_exactly(text: str, title: str, name: str) -> None:
    """Whatever a reader writes is judged by the whole policy, and no check fails on it."""
    article = ombud.Article(title, f"{title}\n{text}", name)
    case = Case(text, author=ombud.Reader(name), article=article, parent=title, readers=(name,))
    decision = HOUSE.judge(case)

    for finding in decision.findings:
        assert finding.span is not None
        assert 0 <= finding.span.begin <= finding.span.end <= len(text)
        assert "could not be checked" not in finding.why


HOUSE = ombud.house_policy()


@settings(max_examples=30, deadline=None)
@given(st.lists(ODD, min_size=2, max_size=8))
def test_a_batch_judges_as_each_one_alone(texts: list[str]) -> None:
    """What stands beside a comment in a batch does not change its decision or its scores."""
    together = HOUSE.judge_all([Case(text) for text in texts])

    assert together == [HOUSE.judge(text) for text in texts]
