"""Copies that are judged at the same moment: each but the first is told of another, and held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from test_campaigns_together import together
from writing import POLICY, URL, Desk, decided, found

from ombud.moderation import keeping, submission
from ombud.moderation.keeping import Kept
from ombud.moderation.known import Known
from ombud.moderation.meanwhile import Judged
from ombud.moderation.sent import Guest, Sent
from ombud.moderation.submission import Prepared
from ombud.policy import Policy, configure
from ombud.rules import house_rules
from ombud.store import Store, campaigns, decisions, outlets, verification

SLOGAN = "Save the Millbrook line now, write to your councillor before Friday."
VARIANTS = (SLOGAN, f"Yes!! {SLOGAN}", SLOGAN.replace("Millbrook", "Milbrook"), f"{SLOGAN} 7788")
OTHER = "My neighbour's geese have more sense than the whole planning committee had."


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom that publishes at once what the policy approves."""
    desk = Desk(store, at, mode="automatic")
    with store.writing() as tx:
        outlet = outlets.one(tx, "harbour")
        assert outlet is not None
        outlets.changed(tx, replace(outlet, trust_after=0))
    return desk


def prepared(desk: Desk, texts: Sequence[str], name: str = "Reader") -> list[Prepared]:
    """Return comments by a reader each, all looked up before any is kept."""
    with desk.store.reading() as tx:
        known = Known()
        all_ = [
            submission.prepare(
                tx, Sent(URL, text, Guest(f"{name} {n}"), None, accept_terms=True), known, desk.at
            )
            for n, text in enumerate(texts)
        ]
    return [one for one in all_ if isinstance(one, Prepared)]


def kept(desk: Desk, ready: Sequence[Prepared], policy: Policy = POLICY) -> list[Kept]:
    """Keep comments of which the policy thinks well, all in one transaction."""
    judged = [Judged(one, decided(), policy) for one in ready]
    with desk.store.writing() as tx:
        return keeping.keep_all(tx, judged, desk.at)


def states(some: Sequence[Kept]) -> list[str]:
    """Return the states in which comments were kept."""
    return [one.comment.state for one in some]


def test_of_copies_kept_one_after_the_other_the_later_are_held(desk: Desk) -> None:
    """What was kept between the look-up and the keeping counts, and is what the finding says."""
    ready = prepared(desk, VARIANTS)
    results = [kept(desk, [one])[0] for one in ready]

    assert states(results) == ["approved", "held", "held", "held"]
    first = results[0].comment.id
    assert results[1].decision is not None
    [finding] = results[1].decision.findings
    assert finding.rule == "repetition"
    assert f"the closest is no. {first}" in finding.why
    with desk.store.reading() as tx:
        stored = decisions.of(tx, [results[1].comment.id])[results[1].comment.id]
        [campaign] = campaigns.page(tx, None, None, 10)[0]
        assert list(verification.faults(tx, lambda _: None)) == []
    assert [one.why for one in stored.findings] == [finding.why]
    assert (campaign.comments, campaign.held) == (4, 3)


def test_of_copies_kept_in_one_transaction_all_but_the_first_are_held(desk: Desk) -> None:
    """They know of the first one, answers keep their order, and the others go on as they were."""
    texts = [VARIANTS[0], OTHER, *VARIANTS[1:], "Well said!", "Well said!"]
    results = kept(desk, prepared(desk, texts))

    assert states(results) == ["approved", "approved", "held", "held", "held", *["approved"] * 2]
    assert [one.comment.text for one in results] == texts
    with desk.store.reading() as tx:
        [campaign] = campaigns.page(tx, None, None, 10)[0]
    assert (campaign.comments, campaign.held, campaign.readers) == (4, 3, 4)


def test_several_servers_publish_one_of_them(desk: Desk) -> None:
    """Whoever keeps at the same moment as others waits for its turn, and looks then."""
    ready = prepared(desk, [f"{SLOGAN} {'!' * n}" for n in range(8)])
    other = Store(desk.store.url)
    there = replace(desk, store=other)
    servers = (desk, there)
    works = [partial(kept, servers[n % 2], [one]) for n, one in enumerate(ready)]
    results = [one for [one] in together(works)]  # type: ignore[misc]
    other.close()

    assert sorted(states(results)) == ["approved", *["held"] * 7]


def test_a_rule_that_is_off_or_on_trial_holds_nothing(desk: Desk) -> None:
    """What is found on trial is written down; what is off is not looked for."""
    for mode, trials in (("off", 0), ("trial", 1)):
        policy = configure(house_rules(), f'[rules.repetition]\nmode = "{mode}"\n')
        results = kept(desk, prepared(desk, [f"{OTHER} {mode}"] * 2, mode), policy)
        assert states(results) == ["approved", "approved"]
        assert results[1].decision is not None
        assert len(results[1].decision.trials) == trials


def test_what_the_policy_found_besides_stays(desk: Desk) -> None:
    """Looking again changes what is said of repeats, and nothing else."""
    ready = prepared(desk, VARIANTS[:2])
    kept(desk, ready[:1])
    other = decided(found("threat"), found("repetition"))
    with desk.store.writing() as tx:
        [result] = keeping.keep_all(tx, [Judged(ready[1], other, POLICY)], desk.at)

    assert result.decision is not None
    assert [one.rule for one in result.decision.findings] == ["threat", "repetition"]
    assert result.decision.findings[1].why != "It says so."
