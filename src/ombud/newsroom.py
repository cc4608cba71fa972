"""What a newsroom works with: articles, readers and what they wrote.  Frozen, without I/O."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Mode = Literal["premoderate", "automatic", "closed"]
State = Literal["held", "approved", "deleted"]
Role = Literal["moderator", "editor", "admin"]


@dataclass(frozen=True, slots=True)
class Article:
    """One text that an outlet published; paragraphs are lines."""

    title: str = ""
    text: str = ""
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """
    Somebody who writes comments, by the name that others see.

    `verified`: signed in with an account that the outlet vouches for, so the name is theirs.
    `staff`: signed in with an account that the outlet says is of its staff.
    """

    name: str
    verified: bool = False
    staff: bool = False

    @property
    def proven(self) -> str:
        """The name if it is known to be their own, otherwise nothing."""
        return self.name if self.verified or self.staff else ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """
    An earlier comment that is nearly the same.

    `likeness` is the share of text the two have in common, from 0 to 1.
    `same_reader` is None where it is not known who wrote one of them.
    `comment` is its number where it is kept.
    `age` is how long before it was written, where that is known.
    `elsewhere`: under another outlet, of which the readers and moderators of this one are not told.
    """

    text: str
    likeness: float
    same_reader: bool | None = None
    where: str = ""
    comment: int | None = None
    age: timedelta | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """
    Where a comment came from: keyed hashes of an address, and of the block that it lies in.

    They are forgotten at `expires_at`.
    """

    address: str
    block: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a campaign of comments nearly the same has spread by now, and since when."""

    comments: int
    readers: int
    articles: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Outlet:
    """
    A publisher, and how its comments are moderated.

    `origins`: where its pages are, which may ask from a browser.
    `trust_after`: approved comments after which a reader is no longer new.
    `acknowledge_days`, `answer_days`: in which a report of an error is taken up and answered.
    `two_editors`: whether it takes two of the staff to close an assertion and to publish about it.
    `webhook_url`: where the paper's own system is told what is published; nowhere without one.
    """

    id: str
    name: str
    mode: Mode
    origins: tuple[str, ...]
    trust_after: int
    terms_version: str
    terms_url: str
    acknowledge_days: int = 7
    answer_days: int = 21
    two_editors: bool = False
    webhook_url: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """An article as it stands, with its place; `mode` is None where the outlet's holds."""

    id: int
    outlet: str
    url: str
    mode: Mode | None
    edition: int
    article: Article
    published_at: datetime | None
    approved: int


@dataclass(frozen=True, slots=True)
class Account:
    """A reader as the newsroom knows them; `name` is None once they were erased."""

    id: int
    outlet: str
    name: str | None
    email: str | None
    sso_id: str | None
    staff: bool
    terms_version: str | None
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """How a reader's comments fared: of all, and of the latest ones how many were deleted."""

    approved: int = 0
    held: int = 0
    deleted: int = 0
    lately: int = 0
    lately_deleted: int = 0


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote, where, and what became of it; erased ones have no text and no name."""

    id: int
    outlet: str
    article: int
    edition: int
    reader: int
    name: str | None
    staff: bool
    parent: int | None
    root: int
    depth: int
    text: str | None
    created_at: datetime
    state: State
    state_at: datetime
    held_because: str
    certainty: float
    disagreement: float
    answers: int
    flags: int
    picked: bool
    escalated: bool
    claimed_by: str | None
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """
    What a moderator concluded about a comment.

    `kind` is "ruling", "blind" (a second opinion that changes nothing) or "outside".
    `undoes` is the ruling that this one takes back.
    """

    id: int
    comment: int
    kind: str
    action: str
    clause: str | None
    note: str | None
    by: str
    undoes: int | None
    state_before: State
    state_after: State
    at: datetime


@dataclass(frozen=True, slots=True)
class Ban:
    """A time in which a reader may not write; for good without `until`."""

    id: int
    reader: int
    reason: str
    by: str
    at: datetime
    until: datetime | None
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Flag:
    """A reader's word that a comment breaks the policy."""

    comment: int
    reader: int
    clause: str | None
    note: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody, or a program with a key, who may do what a role allows; in all outlets if None."""

    name: str
    role: Role
    outlets: tuple[str, ...] | None = None
    program: bool = False

    def may(self, role: Role) -> bool:
        """Whether this is at least the role."""
        order = ("moderator", "editor", "admin")
        return order.index(self.role) >= order.index(role)

    def sees(self, outlet: str) -> bool:
        """Whether what belongs to an outlet is theirs to see."""
        return self.outlets is None or outlet in self.outlets

    @property
    def by(self) -> str:
        """The name in the log."""
        return f"key:{self.name}" if self.program else f"staff:{self.name}"
