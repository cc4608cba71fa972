"""
The demo: an invented newsroom at work, for a visitor who has a minute.

`content` reads what was invented, `schedule` says when everything happens, `play` lets it happen
by the real ways in; `trial` is the page where a comment can be tried.
Nothing here is HTTP, and nothing of it is in a newsroom that `ombud serve` opens.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from ombud.demo.content import Content, invented
from ombud.demo.play import Play
from ombud.demo.trial import TRIAL, Trial

__all__ = ["TRIAL", "Content", "Demo", "Play", "Trial", "invented", "pause"]

_LIVELY: Final = 36
"""Comments that come quickly, while a visitor looks round; the others take their time."""


def pause(number: int) -> float:
    """Return the seconds before a comment arrives, the first one being number 0."""
    lively = 4 + 3 * number % 5
    return lively if number < _LIVELY else 15 + lively


def _untold(_done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Demo:
    """
    What is shown, and how.

    `progress` is told how much of all that happened before the opening was played.
    `pause` returns the seconds before each comment that arrives later.
    """

    content: Content = field(default_factory=invented)
    trial: Trial = TRIAL
    progress: Callable[[int, int], object] = _untold
    pause: Callable[[int], float] = pause
