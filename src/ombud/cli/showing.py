"""What the demo says on the terminal: where it is, who may sign in, and how far it has got."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from ombud.cli.screen import console
from ombud.demo import Demo, invented

_TERMINATED = 143


class Showing:
    """One showing of the demo on a terminal."""

    def __init__(self) -> None:
        """Prepare a progress bar that appears once there is something to tell."""
        self.demo = Demo(progress=self._played)
        self._console = console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
        )
        self._task = self._bar.add_task("The newsroom goes through its last two days", total=None)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was."""
        self._bar.stop()

    def opened(self, url: str) -> None:
        """Say where everything is."""
        content = invented()
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        for name, place in (
            ("The articles, with their comments", "/"),
            ("The moderators' desk", "/desk"),
            ("The policy", "/policy"),
            ("Try a comment", "/try"),
        ):
            table.add_row(name, f"{url}{place}")
        self._console.print("An invented newsroom is open.\n")
        self._console.print(table)
        self._console.print(f"\nSign in at the desk; the password is {content.password}\n")
        names = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        for member, words in content.staff.values():
            names.add_row(member.name, member.role, words)
        self._console.print(names)
        self._console.print("\nCtrl+C closes it; nothing is kept.\n")
        self._bar.start()

    def _played(self, done: int, of: int) -> None:
        """Say how far it has got."""
        self._bar.update(self._task, completed=done, total=of)
        if done == of:
            self._bar.stop()
            self._console.print("From now on comments arrive every few seconds.")


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """End as after Ctrl+C when the process is told to terminate, so that everything is cleared."""
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Unwind everything."""
    sys.exit(_TERMINATED)
