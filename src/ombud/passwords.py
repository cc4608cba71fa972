"""Passwords: kept as Argon2 hashes, so that nobody can read them, not even we."""

import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ombud.errors import InvalidInputError

SHORTEST: Final = 12
LONGEST: Final = 200
_HASHER: Final = PasswordHasher()
# Fits no password, and takes as long to find out as any other: nobody learns which names exist.
_NOBODY: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5bm9ib2R5bm9ibw$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


def hashed(password: str) -> str:
    """Return what is kept of a password; raises InvalidInputError if it is too short or long."""
    if not SHORTEST <= len(password) <= LONGEST:
        message = (
            f"the password has {len(password)} characters; it must have {SHORTEST} to {LONGEST}"
        )
        raise InvalidInputError(message)
    return _HASHER.hash(_typed(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that a hash was made of; for None it takes as long."""
    if len(password) > LONGEST:
        return False
    try:
        return _HASHER.verify(kept or _NOBODY, _typed(password))
    except (VerificationError, InvalidHashError):
        return False


def renewed(kept: str, password: str) -> str | None:
    """
    Return what is kept from now on of a password that fits, None where it is kept so already.

    A hash that was made with other parameters than are used now is made anew; the length is not
    looked at again, for whoever has the password is let in with it.
    """
    return _HASHER.hash(_typed(password)) if _HASHER.check_needs_rehash(kept) else None


def _typed(password: str) -> bytes:
    """Return the bytes of a password, the same from every keyboard."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
