"""Passwords are kept as hashes that tell nothing, and are checked in the same time for all."""

import pytest
from argon2 import PasswordHasher

from ombud.errors import InvalidInputError
from ombud.passwords import _NOBODY, fits, hashed, renewed


def test_a_password_fits_its_own_hash_only() -> None:
    """The right password fits, any other does not, and the hash does not hold it."""
    kept = hashed("correct horse battery")

    assert fits(kept, "correct horse battery")
    assert not fits(kept, "correct horse batterz")
    assert "horse" not in kept
    assert kept != hashed("correct horse battery")


@pytest.mark.parametrize("password", ["", "elevenchars", "x" * 201])
def test_length_is_limited(password: str) -> None:
    """Too short and too long passwords are refused with what is allowed; none is repeated."""
    with pytest.raises(InvalidInputError, match=f"has {len(password)} char.* 12 to 200"):
        hashed(password)


def test_keyboards_agree() -> None:
    """A letter typed as one character or as two is the same password."""
    assert fits(hashed("caf\u00e9 caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301 cafe\u0301")


@pytest.mark.parametrize("kept", [None, "", "nonsense", _NOBODY])
def test_nobody_has_a_password(kept: str | None) -> None:
    """Where there is no hash nothing fits, and finding out takes as long as for anybody."""
    assert not fits(kept, "correct horse battery")
    assert not fits(kept, "x" * 100_000)
    assert renewed(_NOBODY, "correct horse battery") is None


def test_weaker_hashes_are_renewed() -> None:
    """A hash of weaker parameters is made anew, also of a short password; one of today's is not."""
    for password in ("correct horse battery", "short"):
        kept = renewed(PasswordHasher(time_cost=1).hash(password), password)
        assert kept is not None
        assert fits(kept, password)
        assert renewed(kept, password) is None


def test_half_a_character_is_a_password_too() -> None:
    """Lone surrogates neither crash the hash nor the check."""
    kept = hashed("\ud800" * 12)

    assert fits(kept, "\ud800" * 12)
    assert not fits(kept, "\ud801" * 12)
