"""One judged comment, as a person reads it."""

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ombud import Action, Decision, Finding
from ombud.cli.screen import marked, visible
from ombud.records import Record

_STYLES = {
    Action.APPROVE: "bold green",
    Action.HOLD: "bold yellow",
    Action.DELETE: "bold red",
}
_LONGEST = 2000


def show(console: Console, record: Record, decision: Decision) -> None:
    """Print the action, the comment with the marked characters, and each finding below it."""
    console.print(_heading(record, decision.action))
    console.print(Padding(_comment(record.case.text, decision), (0, 0, 0, 2)))
    for finding in decision.findings:
        console.print(Padding(_finding(finding), (0, 0, 0, 2)))
    for finding in decision.trials:
        console.print(Padding(_finding(finding, " (on trial)"), (0, 0, 0, 2)))
    console.print()


def styled(action: Action) -> Text:
    """Return the word for an action in its colour."""
    return Text(str(action), style=_STYLES[action])


def _heading(record: Record, action: Action) -> Text:
    """Return the first line: action, id, author and article."""
    case = record.case
    parts = [f"#{record.id}"]
    if case.author:
        parts.append(f"by {case.author.name}")
    if case.article and case.article.title:
        parts.append(f"on \u201c{case.article.title}\u201d")
    heading = styled(action)
    heading.append("  " + visible(" ".join(parts)).replace("\n", " "), style="dim")
    return heading


def _comment(text: str, decision: Decision) -> Text:
    """Return the comment; findings about the whole of it mark nothing."""
    shown = marked(text[:_LONGEST], _marks(text, decision))
    if len(text) > _LONGEST:
        shown.append(f" \u2026 ({len(text) - _LONGEST:,} more characters)", style="dim")
    return shown


def _marks(text: str, decision: Decision) -> Iterator[tuple[int, int]]:
    """Yield the ranges to mark, as far as they are shown."""
    shown = min(len(text), _LONGEST)
    for finding in (*decision.findings, *decision.trials):
        span = finding.span
        if span and span != (0, len(text)) and span.begin < shown:
            yield span.begin, min(span.end, shown)


def _finding(finding: Finding, note: str = "") -> Table:
    """Return the clause, what it leads to and how certain it is, and under it why."""
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    clause = Text(visible(f"{finding.clause} ({finding.rule}){note}"), style="bold")
    verdict = styled(finding.action)
    verdict.append(f" {finding.certainty:4.0%}")
    grid.add_row("\u2022", clause, verdict)
    grid.add_row("", Text(visible(finding.why)), "")
    return grid
