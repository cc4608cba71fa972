"""
What somebody wrote in a mail, without what they quote, their signature and the small print.

Every line is looked at once by RE2, so that no mail can hang the desk; of the packages for this the
ones that we found go by patterns with backtracking.
Where nothing would be left, or where all that was written is a word above a forwarded mail,
everything stays: who forwards a reader's mail means what the reader says.
"""

from typing import Final

import re2

_WROTE: Final = re2.compile(
    r"(?i)^(?:on|am|le|el|il|op|den|em)\b.{0,200}?(?:\d{1,2}[:.h]\d{2}|<\S+@\S+>|\S+@\S+).{0,120}?"
    r"(?:wrote|schrieb.{0,60}|a écrit|escribió|ha scritto|schreef.{0,60}|skrev.{0,60}|escreveu)"
    r"\s?:$"
)
_DIVIDER: Final = re2.compile(
    r"(?i)^[-_\s]*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original"
    r"|oorspronkelijk bericht|messaggio originale|original appointment)[-_\s]*$"
)
_FORWARDED: Final = re2.compile(
    r"(?i)^(?:[->\s]*(?:forwarded (?:message|by)|weitergeleitete nachricht|message transféré)\b.*"
    r"|begin forwarded message:)"
)
_FIELD: Final = re2.compile(
    r"(?i)^\*?(?:from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|de|envoyé|à"
    r"|objet|para|enviado|asunto)\*?\s?:\*?\s"
)
_FROM: Final = re2.compile(r"(?i)^\*?(?:from|von|de)\*?\s?:")
_DEVICE: Final = re2.compile(
    r"(?i)^(?:sent (?:from|via|using|with) (?:my |the |yahoo|outlook|mail|samsung|proton|aol)"
    r"|get outlook for |von meinem .{2,40} gesendet|envoyé de mon )"
)
_FAREWELL: Final = re2.compile(
    r"(?i)^(?:(?:with )?(?:my |our )?(?:best|kind|kindest|warm|warmest)?\s?(?:regards|wishes)"
    r"|best|yours?(?: (?:sincerely|faithfully|truly|etc))?|sincerely|respectfully|cheers"
    r"|(?:many |with )?thanks(?: (?:again|in advance|and .{3,20}))?|thank you(?: .{2,20})?"
    r"|all the best|mit freundlichen grüßen|cordialement|saludos)[\s,.!]*$"
)
_SMALL_PRINT: Final = re2.compile(
    r"(?i)^[*\s]*(?:(?:this|the (?:information|contents?) (?:in|of) this) (?:e-?mail|message"
    r"|communication)\b.*(?:confidential|intended|privileged|recipient)|confidentiality notice"
    r"|disclaimer\s?:|please consider the environment|this e-?mail (?:has been|was) (?:scanned"
    r"|checked))"
)
_AFTERTHOUGHT: Final = re2.compile(r"^(?:P\.?\s?P?\.?S\b|p\.s\b|ps[:.]\s)")
_BESIDE: Final = 120
"""Letters that may stand above a forwarded mail without being the matter itself."""
_SIGNATURE_MOST: Final = 12
"""Lines that a signature has at most."""
_FIELDS_LEAST: Final = 2
_RULE: Final = re2.compile(r"^[-_=*]{3,}$")


def newly_written(text: str) -> str:
    """Return what somebody wrote themselves, all of it where that would be nothing."""
    lines = [line.strip() for line in text.split("\n")]
    for place, line in enumerate(lines):
        if _FORWARDED.search(line):
            above = _written(lines[:place])
            return text.strip() if len(above) <= _BESIDE else above
    return _written(lines) or text.strip()


def _written(lines: list[str]) -> str:
    """Return the lines without quotations and without what follows the last of them."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if length := _attribution(lines, place):
            place += length
            if not _quoted_next(lines, place):
                break  # all that follows is an earlier mail
            continue
        if _DIVIDER.search(line) or _fields(lines, place):
            kept = [line for line in kept if not _RULE.search(line)]
            break
        if not line.startswith(">"):
            kept.append(line)
        place += 1
    return _joined(_unsigned(kept))


def _attribution(lines: list[str], place: int) -> int:
    """Return how many lines say who wrote what is quoted below, 0 where none does."""
    if not lines[place] or lines[place].startswith(">"):
        return 0
    for length in (1, 2, 3):
        if _WROTE.search(" ".join(lines[place : place + length])):
            return length
    return 0


def _quoted_next(lines: list[str], place: int) -> bool:
    """Whether the next line that is not empty is a quotation."""
    return next((line for line in lines[place : place + 4] if line), "").startswith(">")


def _fields(lines: list[str], place: int) -> bool:
    """Whether the head of an earlier mail begins here: From and at least two more."""
    if not _FROM.search(lines[place]):
        return False
    after = [line for line in lines[place + 1 : place + 8] if line][:4]
    return sum(bool(_FIELD.search(line)) for line in after) >= _FIELDS_LEAST


def _unsigned(lines: list[str]) -> list[str]:
    """Return the lines without a signature and small print; an afterthought below them stays."""
    end = next((place for place, line in enumerate(lines) if _SMALL_PRINT.search(line)), len(lines))
    filled = [place for place, line in enumerate(lines[:end]) if line][-_SIGNATURE_MOST:]
    for place in filled:
        if lines[place] == "--" or _FAREWELL.search(lines[place]):
            end = place
            break
    after = lines[end:]
    begin = next((place for place, line in enumerate(after) if _AFTERTHOUGHT.search(line)), None)
    kept = [*lines[:end], *([] if begin is None else after[begin:])]
    return [line for line in kept if not _DEVICE.search(line)]


def _joined(lines: list[str]) -> str:
    """Return the lines as a text, with at most one empty line between two."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()
