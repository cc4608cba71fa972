"""What was invented: outlets, articles, staff, and what readers write."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ombud.newsroom import Article, Mode, Outlet, Staff

_FOLDER: Final = files("ombud.demo")
_LIVE: Final = "live"
_TERMS: Final = ("1", "/policy")


@dataclass(frozen=True, slots=True)
class House:
    """An outlet, what it says of itself, and who is known there."""

    outlet: Outlet
    motto: str
    words: str
    subscribers: tuple[str, ...]
    writers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An article, how many hours ago it appeared, and when its comments were closed, if they were.

    `id` is unique over both outlets.
    """

    id: str
    outlet: str
    kicker: str
    article: Article
    hours: float
    closed: float = 0.0
    mode: Mode | None = None

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/demo/{self.outlet}/{self.id}"


@dataclass(frozen=True, slots=True)
class Line:
    """
    A comment, and what happens to it.

    `to`: the comment that it answers.
    `like`: the comment that it repeats.
    `stranger`: whether somebody else signs with this name.
    `then`: what is done about it, such as "joon deletes links: note"; None means that it is
    a good comment, which whoever is on duty approves in time.
    """

    on: str
    by: str
    text: str
    id: str
    to: str | None = None
    like: str | None = None
    stranger: bool = False
    then: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A whole newsroom; `lines` were written before it opens, `live` are still to come."""

    password: str = field(repr=False)
    staff: Mapping[str, tuple[Staff, str]]
    houses: Mapping[str, House]
    stories: Mapping[str, Story]
    lines: Sequence[Line]
    live: Sequence[Line]


@cache
def invented() -> Content:
    """Return the invented newsroom."""
    written = tomllib.loads((_FOLDER / "newsroom.toml").read_text(encoding="utf-8"))
    stories = {story["id"]: _story(story) for story in written["articles"]}
    return Content(
        password=written["password"],
        staff={one["name"]: (_staff(one), one["words"]) for one in written["staff"]},
        houses={house["id"]: _house(house) for house in written["outlets"]},
        stories=stories,
        lines=[line for story in stories for line in _lines(story)],
        live=list(_lines(_LIVE)),
    )


def _staff(written: Mapping[str, Any]) -> Staff:
    """Return somebody on the staff."""
    outlets = written.get("outlets")
    return Staff(written["name"], written["role"], tuple(outlets) if outlets else None)


def _house(written: Mapping[str, Any]) -> House:
    """Return an outlet."""
    outlet = Outlet(
        written["id"], written["name"], written["mode"], (), written["trust_after"], *_TERMS
    )
    return House(
        outlet,
        written["motto"],
        written["words"],
        tuple(written["subscribers"]),
        tuple(written["writers"]),
    )


def _story(written: Mapping[str, Any]) -> Story:
    """Return an article."""
    article = Article(written["title"], written["text"].strip(), written["byline"])
    return Story(
        written["id"],
        written["outlet"],
        written["kicker"],
        article,
        written["hours"],
        written.get("closed", 0.0),
        written.get("mode"),
    )


def _lines(name: str) -> Iterator[Line]:
    """Yield the comments of one file, in order; those without an id are numbered."""
    text = (_FOLDER / "comments" / f"{name}.jsonl").read_text(encoding="utf-8")
    for number, row in enumerate(text.splitlines(), 1):
        given = json.loads(row)
        then = given.pop("then", None)
        yield Line(
            **{"on": name, "id": f"{name} {number}", **given},
            then=tuple(then) if then is not None else None,
        )
