"""`ombud check`: judge a text, a stream or files by the policy."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from ombud import Action, Case, Decision
from ombud.cli import inputs
from ombud.cli.answers import answer, written
from ombud.cli.judging import UnjudgedError, judge
from ombud.cli.policies import PolicyOption, policy_text
from ombud.cli.screen import console, say
from ombud.cli.table import show
from ombud.errors import InvalidInputError
from ombud.policy import configure
from ombud.records import Fault, Record, Source, article_from
from ombud.rules import house_rules

_MOST_JOBS = 4
_WORDS = {Action.APPROVE: "approved", Action.HOLD: "held", Action.DELETE: "deleted"}


class Format(StrEnum):
    """How decisions are written."""

    TABLE = "table"
    JSONL = "jsonl"


@dataclass
class _Tally:
    """What a run has come to so far."""

    read: int = 0
    faults: int = 0
    judged: int = 0
    unjudged: str = ""
    actions: Counter[Action] = field(default_factory=Counter)
    clauses: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, decision: Decision) -> None:
        """Count a decision, and each clause once a comment."""
        self.judged += 1
        self.actions[decision.action] += 1
        self.clauses.update({(finding.rule, finding.clause) for finding in decision.findings})


def cores() -> int:
    """Return how many processors this process may use, up to what one reader keeps busy."""
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return min(_MOST_JOBS, usable or 1)


def check(  # noqa: PLR0913, PLR0917  # one parameter an option
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT|-|FILE...",
            help="A comment in quotation marks, - for standard input, or files:"
            " .jsonl, .ndjson, .csv, .parquet. Standard input is JSON Lines if its first line"
            " looks like a JSON object, otherwise each line is a comment.",
        ),
    ],
    policy: PolicyOption = None,
    article: Annotated[
        Path | None,
        typer.Option(help="The article: .txt (title, 'By' line, text) or .json.", metavar="FILE"),
    ] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote the comment.")] = None,
    parent: Annotated[str | None, typer.Option(help="The comment that is replied to.")] = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format", help="Table for people, jsonl for programs; the default is what fits."
        ),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes for large files; default: the cores.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write here instead of standard output.", metavar="FILE")
    ] = None,
    encoding: Annotated[
        str, typer.Option(help="Encoding of CSV files; found out if not given.")
    ] = "",
    everything: Annotated[  # noqa: FBT002  # an option, not a position
        bool, typer.Option("--all", help="Show approved comments in the table as well.")
    ] = False,
) -> None:
    """
    Judge comments by the policy.

    A record is {"id", "text", "author": {"name"}, "article": {"title", "text", "byline"},
    "parent"}; only "text" must be there, other fields are kept.
    In CSV and Parquet files columns such as author_name, title, lead and byline count as well.

    Exit code 0: all comments were judged; 1: some could not be read or judged; 2: wrong use.
    """
    text = policy_text(policy)
    configure(house_rules(), text)  # a mistake in the policy is said before anything is read
    known = inputs.known(author, article_from(article) if article else None, parent)
    origins, single = inputs.sources(given, encoding)
    tally = _Tally()
    with ExitStack() as opened:
        out = opened.enter_context(_opened(output, given)) if output else sys.stdout
        terminal = out.isatty()
        chosen = form or (Format.TABLE if terminal else Format.JSONL)
        progress = None if single or terminal else opened.enter_context(_progress(len(origins)))
        records = _records(origins, known, tally, progress)
        begin = time.monotonic()
        decided = judge(records, text, jobs or cores())
        _write(decided, out, tally, chosen, show_all=everything or single)
        seconds = time.monotonic() - begin
    if not single:
        _summarize(tally, seconds)
    if tally.unjudged:
        say(f"ombud: {tally.unjudged}")
    if tally.faults or tally.unjudged:
        raise typer.Exit(1)


def _opened(output: Path, given: Sequence[str]) -> TextIO:
    """Open the file to write; raises InvalidInputError if that is impossible or reads it too."""
    try:
        if any(Path(name).exists() and output.exists() and output.samefile(name) for name in given):
            message = f"{output} is read already; write to another file"
            raise InvalidInputError(message)
        return output.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except (OSError, ValueError) as error:
        message = f"{output} cannot be written: {getattr(error, 'strerror', None) or error}"
        raise InvalidInputError(message) from error


def _progress(files: int) -> Progress:
    """Return a progress bar on standard error; nothing is shown if that is no terminal."""
    screen = console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]:,} comments"),
        TimeRemainingColumn(),
        console=screen,
        disable=not screen.is_terminal,
        redirect_stdout=False,  # standard output may be a pipe, and is not the bar's business
        redirect_stderr=False,
        transient=True,
    )
    bar.add_task("reading", total=files, count=0)
    return bar


def _records(
    origins: Sequence[Source], known: Case, tally: _Tally, progress: Progress | None
) -> Iterator[Record]:
    """Yield all records in order; what could not be read is said and counted."""
    for place, source in enumerate(origins):
        if source.note:
            say(f"{source.name}: {source.note}")
        for item in source.items():
            tally.read += item.count if isinstance(item, Fault) else 1
            if progress:
                share = source.share()
                progress.update(
                    TaskID(0),
                    completed=place + (share or 0),
                    total=None if share is None else len(origins),
                    count=tally.read,
                )
            if isinstance(item, Fault):
                tally.faults += item.count
                say(f"{item.where}: {item.message}")
            else:
                yield inputs.completed(item, known, tally.read)


def _write(
    decided: Iterator[tuple[Record, Decision]],
    out: TextIO,
    tally: _Tally,
    chosen: Format,
    *,
    show_all: bool,
) -> None:
    """Write every decision as it comes, and note it if they end too early."""
    screen = console(out)
    try:
        for record, decision in decided:
            tally.count(decision)
            if chosen is Format.JSONL:
                out.write(written(answer(record, decision)) + "\n")
            elif show_all or decision.action > Action.APPROVE:
                show(screen, record, decision)
    except UnjudgedError as error:
        tally.unjudged = str(error)


def _summarize(tally: _Tally, seconds: float) -> None:
    """Say on standard error how many comments met with what, and which clauses they broke."""
    actions = ", ".join(f"{tally.actions[action]:,} {_WORDS[action]}" for action in Action)
    speed = f"{tally.judged / seconds:,.0f} a second" if seconds > 0 else ""
    unread = f"; {tally.faults:,} could not be read" if tally.faults else ""
    comments = "comment" if tally.judged == 1 else "comments"
    say(f"{tally.judged:,} {comments} in {seconds:.1f} s, {speed}: {actions}{unread}")
    for (rule, clause), count in tally.clauses.most_common():
        say(f"{count:8,}  {clause} ({rule})")
