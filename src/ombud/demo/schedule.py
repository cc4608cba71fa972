"""When everything happened before the newsroom opens: comments, and what was done about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, get_args

from ombud.demo.content import Content, Line, Story

Verb = Literal["approves", "deletes", "undoes", "escalates", "picks", "bans", "flags", "closes"]
_VERBS: Final = frozenset(get_args(Verb))
_HURRY: Final = 1.4
"""How much denser comments come the later it is; 1 would be evenly."""
_FRESH: Final = timedelta(minutes=40)
"""Nobody has looked yet at what is newer, unless it says so."""
_ON_DUTY: Final = {"harbour-post": ("joon", "mira"), "tramline": ("tariq", "mira")}
_SHIFT: Final = 5
"""Comments after which the other moderator takes over."""


@dataclass(frozen=True, slots=True)
class Deed:
    """
    What somebody does about a comment; `what` is a clause, or the days of a ban.

    Nobody approves what is approved already.
    """

    who: str
    verb: Verb
    what: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened so long before the opening: a comment, or a deed about it."""

    before: timedelta
    line: Line
    deed: Deed | None = None


def schedule(content: Content) -> list[Event]:
    """Return all events, the first one first."""
    events: list[Event] = []
    for story in content.stories.values():
        lines = [line for line in content.lines if line.on == story.id]
        times = {line.id: time for line, time in zip(lines, _times(story, lines), strict=True)}
        answered: dict[str, timedelta] = {}
        for line in lines:
            if line.to:
                answered.setdefault(line.to, times[line.id])
        for number, line in enumerate(lines):
            events.append(Event(times[line.id], line))
            deeds = _deeds(story, line, number, times[line.id], answered)
            events.extend(_timed(line, deeds, times[line.id], answered.get(line.id)))
    return sorted(events, key=lambda event: -event.before)


def deed(written: str) -> Deed:
    """Return what a line of the file says, such as "joon deletes links: a note"."""
    said, _, note = written.partition(": ")
    words = said.split()
    place = next(number for number, word in enumerate(words) if word in _VERBS)
    verb: Verb = words[place]  # type: ignore[assignment]  # it is one of them
    what = " ".join(words[place + 1 :])
    return Deed(" ".join(words[:place]), verb, what or None, note or None)


def _times(story: Story, lines: Sequence[Line]) -> Iterator[timedelta]:
    """Yield how long before the opening each comment was written, denser towards the end."""
    begin, end = timedelta(hours=story.hours), timedelta(hours=story.closed)
    for number in range(len(lines)):
        share = (len(lines) - number - 0.4) / len(lines)
        yield end + (begin - end) * share**_HURRY


def _deeds(
    story: Story,
    line: Line,
    number: int,
    before: timedelta,
    answered: Mapping[str, timedelta],
) -> list[Deed]:
    """Return what is done about a comment."""
    if line.then is not None:
        return [deed(written) for written in line.then]
    if before < _FRESH and line.id not in answered:
        return []
    on_duty = _ON_DUTY[story.outlet][number // _SHIFT % 2]
    return [Deed(on_duty, "approves")]


def _timed(
    line: Line, deeds: Sequence[Deed], before: timedelta, answered: timedelta | None
) -> Iterator[Event]:
    """Yield deeds some minutes after their comment, before anybody answers it and the opening."""
    latest = before - (answered or timedelta())
    for number, one in enumerate(deeds):
        pause = timedelta(minutes=3 + len(line.text) % 11 + 4 * number)
        if one.verb != "flags":
            pause = min(pause, latest * (number + 1) / (len(deeds) + 1))
        yield Event(before - pause, line, one)
