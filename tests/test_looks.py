"""Names among very many: who signs with another's is found however many readers there are."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import update
from writing import URL, Desk

from ombud.lexicon.looks import look, looks_near
from ombud.moderation import submission
from ombud.moderation.known import NAMES, Known
from ombud.moderation.sent import Guest, Sent
from ombud.newsroom import Account
from ombud.rules import house_rules
from ombud.store import Store, erasure, readers, rebuilding, schema

NAME = "Marta Lindqvist"


@pytest.mark.parametrize(
    "signed",
    [
        NAME,
        "LINDQVIST, Marta",
        "marta.lindqvist",
        "MartaLindqvist",
        "Mаrta Lindqvіst",
        "Marta L1ndqvist 7",
        "Marta Lindqvist (official)",
        "The Real Marta Lindqvist",
        "Matra Lindqvist",
        "Marta Lindqvis",
        "Marta Lindqviist",
        "Marta Lindqwist",
    ],
)
def test_a_signature_finds_the_name_that_it_is_taken_for(signed: str) -> None:
    """Disguise, order, decoration and one slip of the pen do not hide it."""
    assert look(NAME) in looks_near(signed)


@pytest.mark.parametrize(
    "signed", ["Marta", "Dana Quill", "M. L.", "Lindqvist Park", "", "\u0301\u0302", "💥"]
)
def test_another_name_finds_nothing_of_it(signed: str) -> None:
    """Not even where it shares a word, or is only marks."""
    assert look(NAME) not in looks_near(signed)


@pytest.mark.parametrize("signed", ["", "\u0301\u0302\u0303", "1234", "\u202e\u202c", "😀" * 50])
def test_a_name_without_letters_looks_like_nothing(signed: str) -> None:
    """Whatever it is made of instead."""
    assert look(signed) == ""


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom with a reader whom it vouches for, and very many who came after."""
    desk = Desk(store, at)
    accounts = [account(at, NAME, 0)]
    accounts += [account(at, f"Reader Number{chr(97 + n % 26)}{n}", n + 1) for n in range(NAMES)]
    with store.writing() as tx:
        readers.join(tx, accounts)
    return desk


def account(at: datetime, name: str, number: int) -> Account:
    """Return a reader whom the outlet vouches for."""
    return Account(
        0, "harbour", name, None, f"sso-{number}", staff=False, terms_version="1", joined_at=at
    )


def found(desk: Desk, signed: str, author: Account | None = None) -> list[str]:
    """Return what is found of a comment signed so."""
    given = Sent(URL, "The ferry was late.", author or Guest(signed), None, accept_terms=True)
    with desk.store.reading() as tx:
        prepared = submission.prepare(tx, given, Known(), desk.at)
    assert isinstance(prepared, submission.Prepared)
    [rule] = [rule for rule in house_rules() if rule.id == "impersonation"]
    return [finding.why for finding in rule.find(prepared.case)]


def test_the_name_of_a_reader_stays_theirs_however_many_come_after(desk: Desk) -> None:
    """Others who sign with it are told from them, and they themselves and strangers are not."""
    with desk.store.reading() as tx:
        own = readers.by_sso(tx, "harbour", "sso-0")

    assert found(desk, "Martа Lindqvist") == [
        f'Signed "Martа Lindqvist", which looks like {NAME}, another reader.'
    ]
    assert found(desk, "Joon Park") == []
    assert found(desk, NAME, own) == []


def test_a_name_that_is_given_up_or_erased_is_free(desk: Desk) -> None:
    """It is looked for under the name that there is now."""
    with desk.store.writing() as tx:
        own = readers.by_sso(tx, "harbour", "sso-0")
        assert own is not None
        readers.renewed(tx, own, name="Marta Sommarlund", email=None, staff=False)
    assert found(desk, NAME) == []
    assert len(found(desk, "Marta Somnarlund")) == 1
    with desk.store.writing() as tx:
        erasure.reader(tx, own.id, "asked for", "ombud", desk.later(seconds=1))
    assert found(desk, "Marta Somnarlund") == []


def test_names_from_before_are_entered_by_a_rebuild(desk: Desk) -> None:
    """In steps; those of guests are nobody's."""
    with desk.store.writing() as tx:
        tx.execute(update(schema.readers).values(looks=None))
        readers.join(tx, [replace(account(desk.at, "Guest", 0), sso_id=None)])
        assert rebuilding.unlooked(tx) == NAMES + 1
        assert [rebuilding.look_at(tx, 400) for _ in range(3)] == [400, NAMES - 399, 0]
        assert rebuilding.unlooked(tx) == 0
    assert len(found(desk, NAME)) == 1
