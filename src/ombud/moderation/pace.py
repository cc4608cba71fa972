"""How fast one reader, and one block of addresses, may write: all replicas count together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from ombud.errors import BusyError
from ombud.newsroom import Account, Trace
from ombud.store import rates

_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """Comments that are taken of one reader in an hour, and of one block in a minute."""

    reader_per_hour: int = 120
    block_per_minute: int = 300


def keep_pace(
    tx: Connection, pace: Pace, account: Account | None, trace: Trace | None, at: datetime
) -> None:
    """Raise BusyError, with when to try again, if a reader or a block has written too much."""
    if account:
        before = rates.before_of_reader(tx, account.id, pace.reader_per_hour)
        if before and before + _HOUR > at:
            message = f"you have sent {pace.reader_per_hour} comments in an hour; please pause"
            raise BusyError(message, seconds=_seconds(before + _HOUR - at))
    if trace:
        before = rates.before_of_block(tx, trace.block, pace.block_per_minute)
        if before and before + _MINUTE > at:
            message = "very many comments come from where you are; please try again in a minute"
            raise BusyError(message, seconds=_seconds(before + _MINUTE - at))


def _seconds(left: timedelta) -> int:
    """Return whole seconds, at least one."""
    return int(left.total_seconds()) + 1
