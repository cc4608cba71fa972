"""`ombud export`, `backup`, `erase` and `retain`: what is kept, and what no more."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ombud import settings
from ombud.cli.opening import BY, DataOption, database, must_exist, now
from ombud.cli.screen import bar, say
from ombud.errors import InvalidInputError, NotFoundError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ombud.store import Store

YesOption = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]

_DIGITS = 18
"""Digits of the largest number that every database keeps."""


def export(
    data: DataOption = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="ID", help="What belongs to one outlet only.")
    ] = None,
    reader: Annotated[
        str | None,
        typer.Option(
            metavar="ID or ADDRESS",
            help="What is kept of one reader only, as for a request: by number, or by e-mail"
            " address of whoever wrote to the desk.",
        ),
    ] = None,
    verify: Annotated[  # noqa: FBT002  # an option, not a position
        bool,
        typer.Option(
            "--verify",
            help="Write nothing; check the log and what it is about, and end with 1 if broken.",
        ),
    ] = False,
) -> None:
    """
    Write everything that is kept as JSON Lines, one object a line with its "kind".

    Passwords, keys and secrets are no part of it.
    """
    if (outlet is not None) + (reader is not None) + verify > 1:
        message = "'--outlet', '--reader' and '--verify' are three different things; give one"
        raise InvalidInputError(message)
    with database(data) as store:
        if verify:
            _verify(store)
        else:
            _export(store, outlet, _reader_of(reader))


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; must not be there.")],
    data: DataOption = None,
) -> None:
    """Copy the database of a running Ombud to a file, as it is at one moment."""
    from ombud.store import backup as copying

    with database(data) as store:
        size = copying.copy(store, file)
    say(f"{file} holds {size:,} bytes; with another name it can be opened as it is")


def erase(
    reason: Annotated[
        str,
        typer.Option(help="Why; it is kept in the log, so it must name nobody."),
    ],
    reader: Annotated[
        str | None,
        typer.Option(
            metavar="ID or ADDRESS",
            help="A reader with all that they wrote; by e-mail address what came from there, as"
            " `ombud mail erase` does.",
        ),
    ] = None,
    comment: Annotated[int | None, typer.Option(metavar="ID", help="One comment.")] = None,
    report: Annotated[
        int | None,
        typer.Option(metavar="ID", help="A report of an error, with the letters about it."),
    ] = None,
    data: DataOption = None,
    yes: YesOption = False,  # noqa: FBT002  # an option, not a position
) -> None:
    """
    Remove what a reader wrote, for good; that there was something, and the log, stay.

    Copies made before, and what other readers quoted, are not reached.
    """
    from ombud.store import erasure

    if sum(one is not None for one in (reader, comment, report)) != 1:
        message = "give one of '--reader ID', '--comment ID' and '--report ID'"
        raise InvalidInputError(message)
    if not reason.strip():
        message = "'--reason' is empty; it must say why, such as 'the reader asked for it'"
        raise InvalidInputError(message)
    whose = _reader_of(reader)
    what = f"comment {comment}" if report is None else f"report {report}"
    if whose is not None:
        what = f"reader {whose} and all they wrote"
    with database(data) as store:
        if not yes:
            typer.confirm(f"Erase {what} for good?", abort=True, err=True)
        with store.writing() as tx:
            if comment is not None:
                erasure.comment(tx, comment, reason, BY, now())
                said = f"comment {comment} is erased"
            elif report is not None:
                erasure.report(tx, report, reason, BY, now())
                said = f"report {report} is erased"
            elif isinstance(whose, str):
                gone = erasure.address(tx, whose, reason, BY, now())
                said = f"mails erased: {gone.mails}, reports: {gone.reports}{_more(tx, whose)}"
            else:
                number = erasure.reader(tx, whose or 0, reason, BY, now())
                said = f"reader {whose} is erased, with {_counted(number, 'comment')}"
        store.scrub()
    say(said)


def retain(
    older_than: Annotated[
        int | None,
        typer.Option(metavar="DAYS", min=1, help="How long things are kept. [keep_days]"),
    ] = None,
    deleted_texts: Annotated[  # noqa: FBT002  # an option, not a position
        bool,
        typer.Option("--deleted-texts", help="Also erase comments deleted before then."),
    ] = False,
    data: DataOption = None,
) -> None:
    """
    Forget what nothing needs any more; meant to be run once a day.

    The keys of requests, ended sign-ins, and the e-mail addresses of guests who wrote nothing
    since; mails that belong to no report are kept for `mail_keep_days`, and for `follow_keep_days`
    what other outlets said, where no open report and nothing published rests on it.
    """
    from ombud.store import retention

    chosen, at = settings.load(data=data), now()
    days = older_than or chosen.keep_days
    bounds = retention.Bounds.of(chosen, at, days)
    with database(data) as store:
        with store.writing() as tx:
            forgotten = retention.forget(tx, bounds, at, BY, texts=deleted_texts)
        store.scrub()
    counts = [f"{number} {name.replace('_', ' ')}" for name, number in asdict(forgotten).items()]
    say(f"forgotten of what is older than {days} days: {', '.join(counts)}")


def _export(store: "Store", outlet: str | None, reader: int | str | None) -> None:
    """Write what is asked for to standard output."""
    from ombud.store import exporting
    from ombud.store.exporting import Scope

    address = reader if isinstance(reader, str) else None
    scope = Scope(outlet, None if isinstance(reader, str) else reader, address)
    with store.reading() as tx:
        if outlet is not None:
            must_exist(tx, outlet)
        if scope.reader is not None:
            _must_be_there(tx, scope.reader)
        number = exporting.count(tx, scope)
        if address is not None:
            if number == 0:
                message = f"nothing from or to '{address}' is kept{_more(tx, address)}"
                raise NotFoundError(message)
            say(f"{_counted(number, 'row')} of '{address}'{_more(tx, address)}")
        with bar("exporting", number) as done:
            for row in exporting.rows(tx, scope):
                sys.stdout.write(f"{json.dumps(row, ensure_ascii=False)}\n")
                done(1)


def _reader_of(written: str | None) -> int | str | None:
    """Return the number or the e-mail address of a reader; raises InvalidInputError for others."""
    if written is None or "@" in written.strip("@"):
        return written and written.strip()
    if written.isascii() and written.isdigit() and len(written) <= _DIGITS:
        return int(written)
    message = f"'--reader' is '{written}'; it must be a number or an e-mail address"
    raise InvalidInputError(message)


def _more(tx: "Connection", address: str) -> str:
    """Return which readers gave an address with their comments; nobody has checked it is theirs."""
    from ombud.store import exporting

    ids = ", ".join(str(one) for one in exporting.accounts(tx, address))
    return f"; readers who gave this address with comments: {ids}" if ids else ""


def _verify(store: "Store") -> None:
    """Say whether everything is as it was entered; the first fault is named."""
    from ombud.store import verification

    with store.reading() as tx:
        entries = verification.count(tx)
        with bar("verifying", entries) as done:
            faults = list(verification.faults(tx, done))
        older = verification.unchecked(tx)
    if faults:
        first = faults[0]
        where = "beyond the end" if first.seq is None else f"at entry {first.seq}"
        more = f" ({_counted(len(faults) - 1, 'more fault')})" if len(faults) > 1 else ""
        say(f"ombud: the log is broken {where}: {first.what}{more}")
        raise typer.Exit(1)
    typer.echo(f"the log is whole: {_counted(entries, 'entry', 'entries')}")
    if older.names or older.notes:
        say(
            "not checked, as the entries are of a version that kept no digest of them: the names of"
            f" {_counted(older.names, 'comment')}, the notes of {_counted(older.notes, 'ruling')}"
        )


def _must_be_there(tx: "Connection", reader: int) -> None:
    """Raise NotFoundError for a reader who is not there."""
    from ombud.store import readers

    if readers.one(tx, reader) is None:
        message = f"there is no reader {reader}, or they were erased"
        raise NotFoundError(message)


def _counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
