"""A published text as the story tools read it.  Offsets are code points of `text`."""

from dataclasses import dataclass
from typing import Literal

from ombud.text import Span

Mode = Literal["direct", "direct_continued", "mixed", "indirect", "headline", "narration"]
Strength = Literal[
    "named_on_record",
    "organisation_on_record",
    "governments",
    "unnamed_officials",
    "anonymous",
    "other_outlet",
    "unspecified",
    "own_voice",
]
Status = Literal[
    "confirmed",
    "could_not_verify",
    "neither_confirmed_nor_denied",
    "declined_to_comment",
    "denied",
    "first_reported",
]


@dataclass(frozen=True, slots=True)
class Document:
    """
    One article of one outlet.

    `text`: all that was read, of which `body` is the article; title, byline, captions, policies and
    what else stood on the page lie outside the body.
    `origin`: whose copy it is, such as a wire agency, where that is not the outlet itself.
    `sentences`: those of the body, in order.
    `future_date`: the date that it gives, where that lies in the future; then `published_at` is
    None, and nothing rests on it.
    """

    id: str
    outlet: str
    text: str
    body: Span
    sentences: tuple[Span, ...]
    title: str = ""
    byline: str = ""
    published_at: str | None = None
    origin: str | None = None
    future_date: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """
    Who said what, as it stands in a document.

    `source`: the words that name who said it; None where it is unclear, which is never guessed.
    `speaker`: who that is elsewhere in the document, where a pronoun or a last name stands here.
    `cue`: the words that say that somebody said it, such as a verb or "according to".
    `content`: what was said, in one piece or more.
    """

    source: Span | None
    speaker: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    mode: Mode
    strength: Strength


@dataclass(frozen=True, slots=True)
class Verification:
    """
    What a sentence says of checking: how it ended, and who checked.

    `cue`: the words that say so; `verifier`: those that name who did, None for the outlet itself.
    """

    status: Status
    cue: Span
    verifier: Span | None
