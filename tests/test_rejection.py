"""LIKELY_TO_REJECT is the policy's own decision as a probability, and never contradicts it."""

from collections.abc import Sequence
from typing import Any

import pytest
from starlette.testclient import TestClient

from ombud import Case, Engine, house_policy
from ombud.case import NO_PRIORS
from ombud.policy import Action, Decision, configure
from ombud.rejection import likely_to_reject
from ombud.rules import house_rules
from ombud.settings import Settings
from ombud.text import Span
from ombud.web import create_app

ANALYZE = "/v1alpha1/comments:analyze"
INSULT = "You are a complete idiot and everybody here knows it."


class Broken:
    """A signal whose model crashes."""

    version = "0"
    priors = NO_PRIORS

    def __init__(self, name: str, attributes: tuple[str, ...]) -> None:
        """Take the place of a signal."""
        self.name, self.attributes = name, attributes

    def score(self, cases: Sequence[Case]) -> Any:  # noqa: ANN401
        """Crash."""
        message = f"no weights for {len(cases)}"
        raise RuntimeError(message)

    def locate(self, *_: object) -> Sequence[Span]:
        """Find nothing."""
        return ()


@pytest.fixture(scope="module")
def house() -> Engine:
    """Return the house policy."""
    return house_policy()


@pytest.mark.parametrize(
    "text",
    [INSULT, "WHY DOES NOBODY EVER ASK ABOUT THE MONEY THAT WAS SPENT", "\u200b", "asdf qwer zxcv"],
)
def test_what_is_held_is_likelier_rejected_than_not(house: Engine, text: str) -> None:
    """Whichever clause is broken, and whether a model or a pattern found it."""
    assert likely_to_reject(house.judge(text), house.policy) > 0.5


def test_a_failed_check_does_not_speak_for_the_comment(house: Engine) -> None:
    """Where the models crash, the comment is held, and as likely to be rejected as any."""
    broken = [Broken(signal.name, signal.attributes) for signal in house.signals.values()]
    engine = Engine(house.policy, broken)

    assert likely_to_reject(engine.judge("See you on Sunday."), engine.policy) > 0.9


def test_a_rule_that_is_off_does_not_count() -> None:
    """What the models see of a clause that nobody wants kept is no reason to reject."""
    policy = configure(house_rules(), '[rules.personal_attack]\nmode = "off"')
    decision = Decision(
        action=Action.APPROVE,
        findings=(),
        trials=(),
        scores={"PERSONAL_ATTACK": 0.99, "TOXICITY": 0.99},
        policy="",
        model="",
    )

    assert likely_to_reject(decision, policy) < 0.1
    assert likely_to_reject(decision, configure(house_rules())) > 0.9


def test_rejection_follows_the_policy(house: Engine, settings: Settings) -> None:
    """What the policy holds is likelier to be rejected than what it approves, with its evidence."""
    request = {"requestedAttributes": {"LIKELY_TO_REJECT": {}}, "spanAnnotations": True}
    with TestClient(create_app(house, settings)) as client:
        bad, good = (
            client.post(ANALYZE, json={"comment": {"text": text}, **request}).json()
            for text in (f"The bridge is open. {INSULT}", "The council meets again today.")
        )

    [whole, evidence] = bad["attributeScores"]["LIKELY_TO_REJECT"]["spanScores"]
    [fine] = good["attributeScores"]["LIKELY_TO_REJECT"]["spanScores"]
    assert whole["score"]["value"] > 0.8
    assert fine["score"]["value"] < 0.4
    assert evidence["begin"] >= 20
    assert list(bad) == ["attributeScores", "languages", "detectedLanguages"]


def test_rejection_needs_the_models_it_rests_on(client: TestClient) -> None:
    """Without the models that read for the clauses it is refused as unknown, not guessed."""
    answer = client.post(
        ANALYZE, json={"comment": {"text": INSULT}, "requestedAttributes": {"LIKELY_TO_REJECT": {}}}
    )

    assert answer.json()["error"]["message"] == "Unknown requested attribute: LIKELY_TO_REJECT"
