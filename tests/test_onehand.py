"""What speaks for one hand: bursts, places, accounts, newcomers and spelling, each in words."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ombud.moderation.onehand import reasons
from ombud.store.onehand import Copy

ARTICLE = "The Millbrook line\nThe council closes the Millbrook line in spring."
TEXT = "Save the Millbrook line now, write to your councillor before Friday."


@pytest.fixture
def found(at: datetime) -> list[Copy]:
    """Return ten copies of ten readers who have nothing in common, hours apart."""
    return [
        Copy(
            comment=number,
            article=number,
            text=TEXT,
            reader=number,
            at=at - timedelta(hours=7 * number),
            joined_at=at - timedelta(days=30 * number),
            account=True,
            address=f"address {number}",
            block=f"block {number}",
        )
        for number in range(1, 11)
    ]


def why(found: list[Copy]) -> dict[str, str]:
    """Return the reasons by their kinds."""
    return {reason.kind: reason.why for reason in reasons(found, [ARTICLE])}


def test_readers_with_nothing_in_common_are_not_one_hand(found: list[Copy]) -> None:
    """The same text alone, with the names of its article, is no reason."""
    assert why(found) == {}


def test_a_burst_is_told_with_its_time(found: list[Copy], at: datetime) -> None:
    """Many within some minutes are a reason; that says how many of how many."""
    close = [replace(one, at=at + timedelta(seconds=20 * n)) for n, one in enumerate(found[:7])]

    assert why([*close, *found[7:]]) == {"burst": "7 of the latest 10 came within 2 minutes."}


@pytest.mark.parametrize(
    ("same", "kind", "said"),
    [
        ({"address": "a", "block": "b"}, "address", "from one address, under 6 names."),
        ({"block": "b"}, "block", "from one block of addresses, under 6 names."),
    ],
)
def test_one_place_under_several_names_is_told(
    found: list[Copy], same: dict[str, str], kind: str, said: str
) -> None:
    """The same address, or else the same block of addresses, is a reason."""
    near = [replace(one, **same) for one in found[:6]]  # type: ignore[arg-type]

    assert why([*near, *found[6:]]) == {kind: f"6 of the latest 10 came {said}"}


def test_one_reader_at_one_place_is_no_disguise(found: list[Copy]) -> None:
    """Whoever writes under one name always comes from there."""
    assert why([replace(one, reader=1, address="a", block="b") for one in found]) == {}


def test_traces_that_are_gone_say_nothing(found: list[Copy]) -> None:
    """Where no trace is left there is no place."""
    assert why([replace(one, address=None, block=None) for one in found]) == {}


def test_accounts_of_the_same_hour_are_told(found: list[Copy], at: datetime) -> None:
    """Accounts that were made together are a reason, with the hour."""
    joined = at - timedelta(days=3)
    made = [replace(one, joined_at=joined + timedelta(minutes=n)) for n, one in enumerate(found)]

    assert why([*made[:8], *found[8:]]) == {
        "accounts": "8 of their 10 accounts were made within one hour, from 25 November, 09:30 UTC"
        " on."
    }


def test_readers_who_never_wrote_before_are_told(found: list[Copy]) -> None:
    """Guests who joined with this very comment are a reason."""
    new = [replace(one, account=False, joined_at=one.at) for one in found[:9]]

    assert why([*new, *found[9:]]) == {
        "newcomers": "9 of 10 readers had never written here before."
    }


def test_what_hardly_anybody_spells_so_is_told(found: list[Copy]) -> None:
    """Misspelled words that copies share are a reason, and names of the article are not."""
    odd = "Save the Millbrook line now, write to your counncillor befor Friday"
    spelled = [replace(one, text=f"{odd} {'!' * n}") for n, one in enumerate(found)]

    [(kind, said)] = why(spelled).items()
    assert kind == "spelling"
    assert said.startswith("All of the latest 10 spell alike")
    assert "“counncillor”" in said
    assert "millbrook" not in said.casefold()


def test_two_are_too_few_to_tell(found: list[Copy], at: datetime) -> None:
    """Of two comments nothing is said."""
    assert why([replace(one, at=at) for one in found[:2]]) == {}
