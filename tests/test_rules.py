"""Every rule catches its own examples, and its other examples pass the whole policy."""

import pytest

import ombud
from ombud.case import Case
from ombud.policy import Action, Rule
from ombud.rules import house_rules

POLICY = ombud.house_policy()
RULES = house_rules()
CATCHES = [(rule, example) for rule in RULES for example in rule.catches]
PASSES = [(rule, example) for rule in RULES for example in rule.lets_pass]


def named(value: object) -> str:
    """Return a name for a test case."""
    if isinstance(value, Rule):
        return value.id
    return (value.text if isinstance(value, Case) else str(value))[:40]


@pytest.mark.parametrize(("rule", "example"), CATCHES, ids=named)
def test_a_rule_catches_its_examples(rule: Rule, example: str | Case) -> None:
    """The breach is found by the rule that shows it, and leads to an action."""
    assert rule.id in {finding.rule for finding in POLICY.judge(example).findings}


@pytest.mark.parametrize(("rule", "example"), PASSES, ids=named)
def test_examples_that_pass_pass_the_whole_policy(rule: Rule, example: str | Case) -> None:
    """What one rule lets pass no other rule stops."""
    decision = POLICY.judge(example)

    assert decision.action is Action.APPROVE, (rule.id, decision.findings)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_every_rule_is_complete(rule: Rule) -> None:
    """A rule has a title, a clause in prose, eight examples a side and explained options."""
    assert rule.title.endswith(".")
    assert len(rule.clause) > 40
    assert len(set(rule.catches)) >= 8
    assert len(set(rule.lets_pass)) >= 8
    for option in rule.defaults:
        assert f"`{option}`" in (rule.detect.__doc__ or ""), option


def test_there_is_a_rule_for_every_clause() -> None:
    """The house policy has its eighteen clauses."""
    assert {rule.id for rule in RULES} >= set(
        "off_topic personal_attack threat hate obscenity vulgarity profanity promotion"
        " impersonation incoherence proselytizing shouting links repetition policy_talk"
        " correction_request personal_data length".split()
    )
