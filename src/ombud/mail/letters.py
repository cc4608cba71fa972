"""The words of the letters that readers get; plain text, plain English."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import fill
from typing import Final, Literal

_WIDTH: Final = 72
_QUOTE_MOST: Final = 300
"""Letters of an assertion that are quoted."""
_SHOWN_MOST: Final = 20
"""Assertions that an acknowledgement quotes."""

Outcome = Literal["corrected", "clarified", "no error", "not ours", "withdrawn"]
_OUTCOMES: Final[dict[Outcome, str]] = {
    "corrected": "You were right, and we have corrected it.",
    "clarified": "We have made it clearer.",
    "no error": "We have looked into it and found no error.",
    "not ours": "This is not about something that we published.",
    "withdrawn": "You have withdrawn this.",
}


@dataclass(frozen=True, slots=True)
class Answered:
    """One assertion of a reader, what was found about it, and why."""

    quote: str
    outcome: Outcome
    reason: str


def acknowledgement(
    outlet: str, report: int, quotes: Sequence[str], due: datetime, *, comment: bool = False
) -> str:
    """
    Return the letter that says that a report has arrived; `quotes` are its assertions.

    `comment`: the reader wrote no report, but a comment that was taken as one.
    """
    parts = [
        f"Thank you for writing to {outlet}.",
        f"We have your report. It has the number {report}, and an editor will look into it.",
    ]
    if comment:
        first = f"Thank you for your comment at {outlet}. It seems to say that something in the"
        first += " article is wrong, so we have passed it to our corrections desk."
        parts = [first, f"It is report {report}, and an editor will look into it."]
    if quotes:
        parts.append("This is what we take from it:")
        parts += [_quoted(quote) for quote in quotes[:_SHOWN_MOST]]
    if len(quotes) > _SHOWN_MOST:
        parts.append(f"and {len(quotes) - _SHOWN_MOST} more.")
    parts += [
        f"You will hear from us by {_day(due)}.",
        "If we have misread you, or if you want to add something, simply answer this mail.",
    ]
    return _letter(outlet, parts)


def answer(outlet: str, report: int, answered: Sequence[Answered], published: str = "") -> str:
    """Return the letter that says what was found; `published` is where the correction stands."""
    parts = [
        f"You wrote to {outlet} about something that we published (report {report}). Thank you.",
        "We have looked into everything that you pointed out:"
        if len(answered) > 1
        else "We have looked into what you pointed out:",
    ]
    for one in answered:
        parts += [_quoted(one.quote), " ".join(f"{_OUTCOMES[one.outcome]} {one.reason}".split())]
    if published:
        parts.append(f"The correction stands here:\n{published}")
    parts.append("If you think that we are wrong, simply answer this mail.")
    return _letter(outlet, parts)


def reply_subject(subject: str) -> str:
    """Return the subject of an answer to a mail."""
    words = " ".join(subject.split())
    if not words:
        return "Your report"
    return words if words.lower().startswith("re:") else f"Re: {words}"


def _letter(outlet: str, parts: Sequence[str]) -> str:
    """Return paragraphs as a letter with its end."""
    lines = [part if part.startswith(">") or "\n" in part else fill(part, _WIDTH) for part in parts]
    return "\n\n".join([*lines, f"The corrections desk of {outlet}"]) + "\n"


def _quoted(text: str) -> str:
    """Return a text as a quotation, shortened where it is long."""
    words = " ".join(text.split())
    if len(words) > _QUOTE_MOST:
        words = words[:_QUOTE_MOST].rpartition(" ")[0] + " …"
    return fill(words, _WIDTH, initial_indent="> ", subsequent_indent="> ")


def _day(at: datetime) -> str:
    """Return a day in words."""
    return f"{at.day} {at:%B %Y}"
