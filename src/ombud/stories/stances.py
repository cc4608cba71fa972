"""What one outlet reports of a claim: its stance, what the subject answered, and who checked."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

import re2

from ombud.stories.agencies import agency, outlet_names, own, own_mentions, same_outlet
from ombud.stories.checking import only_answers
from ombud.stories.document import Attribution, Document, Strength, Verification
from ombud.stories.dossier import Account, Checked, Response, Stance
from ombud.stories.origins import REPORTEDLY, SPEAKS_FOR, UNNAMED, resting_on
from ombud.stories.wording import PRONOUNS
from ombud.text import Span

STRENGTHS: Final[tuple[Strength, ...]] = (
    "named_on_record",
    "organisation_on_record",
    "governments",
    "unnamed_officials",
    "anonymous",
    "other_outlet",
    "unspecified",
    "own_voice",
)
"""Strongest first; the second and the third are equals."""
_BODIES: Final = frozenset({"organisation_on_record", "governments"})
_TO_US: Final = re2.compile(
    r"(?i)(?:\btold|\btells?|\btelling|\bspeaking to|\bspoke to|\bspoke with|\bto|\binterview with"
    r"|\bby) (?:the )?$"
)
_RESPONSES: Final[dict[str, Response]] = {
    "denied": "denied",
    "neither_confirmed_nor_denied": "neither_confirmed_nor_denied",
    "declined_to_comment": "declined_to_comment",
}
_FIRST_PERSON: Final = re2.compile(r"(?i)\b(?:we|our|us|I|my)\b")
_ANSWERS: Final = re2.compile(
    r"(?i)\b(?:den(?:y|ies|ied|ying)|disput(?:es?|ed|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?"
    r"|declin(?:es?|ed|ing)|refus(?:es?|ed|ing))\b"
)
_MOST: Final = 0.5
"""Share of a sentence over which an attribution reaches that carries it."""
_NOTHING: Final = Account("not_mentioned", "none_reported", None)


def touched(
    document: Document, attributions: Sequence[Attribution]
) -> dict[int, dict[int, Attribution]]:
    """Return for each sentence the attributions that have a part in it, by their numbers."""
    found: dict[int, dict[int, Attribution]] = {}
    ends = [span.end for span in document.sentences]
    for at, one in enumerate(attributions):
        for part in (one.source, one.cue, *one.content):
            number = bisect_right(ends, part.begin) if part else len(ends)
            while number < len(ends) and part and document.sentences[number].begin < part.end:
                found.setdefault(number, {})[at] = one
                number += 1
    return found


def account(
    document: Document,
    numbers: Sequence[int],
    touching: Mapping[int, Mapping[int, Attribution]],
    checks: dict[int, Verification],
) -> Account:
    """
    Return what an article reports in the sentences of a claim; none means it is silent.

    touching: the attributions of each sentence, as `touched` has them.
    checks: what some of the sentences say of checking this claim.
    """
    if not numbers:
        return _NOTHING
    within: dict[int, Attribution] = {}
    for number in numbers:
        within |= touching.get(number, {})
    inside = [within[at] for at in sorted(within)]
    told = [
        document.sentences[number]
        for number in numbers
        if number not in checks or not only_answers(document, number, checks[number])
    ]
    carrying = [
        one
        for one in inside
        if _carries(document, one, told) and not (_answers(document, one) or _itself(document, one))
    ]
    origins = [one for one in carrying if not _nested(one, carrying)]
    confirmed = next((n for n in numbers if _confirmed_to_us(document, n, origins, checks)), None)
    stance = _stance(document, origins, checks, ours=confirmed is not None)
    strengths = [_strength(document, one) for one in origins]
    if not told:
        # Who is asked of a claim implies it; who denies it says that somebody made it.
        denied = any(check.status == "denied" for check in checks.values())
        stance = "attributed" if denied else "implied"
        who = (one for one in inside if one.source and not _itself(document, one))
        strengths = [_strength(document, one) for one in who] or ["unspecified"]
    keys = resting_on(document, numbers, origins, ours=confirmed is not None)
    if any(key.startswith("report ") for key in keys):
        strengths.append("other_outlet")
    response, answered_by = _response(document, inside, checks)
    return Account(
        stance=stance,
        response=response,
        answered_by=answered_by,
        checked=_checked(document, checks, ours=confirmed is not None),
        sentences=tuple(sorted(numbers)),
        attributions=tuple(inside),
        strongest=min(strengths, key=STRENGTHS.index) if strengths else "own_voice",
        origins=keys,
    )


def _strength(document: Document, attribution: Attribution) -> Strength:
    """Return the strength of an attribution; what another outlet reports is no more than that."""
    source = attribution.source
    said = source.quote(document.text) if source else ""
    names = [name.quote(said) for name in outlet_names(said)]
    if attribution.strength in _BODIES and any(not own(document, name) for name in names):
        return "other_outlet"
    if attribution.strength == "other_outlet" and own_mentions(document, said):
        return "unspecified"  # Such as "a report obtained by" the outlet itself.
    return attribution.strength


def _within(attribution: Attribution, span: Span) -> list[Span]:
    """Return the parts of an attribution that stand in a range; quotations run on beyond it."""
    parts = (attribution.source, attribution.cue, *attribution.content)
    return [
        Span(max(part.begin, span.begin), min(part.end, span.end))
        for part in parts
        if part and _meet(part, span)
    ]


def _carries(document: Document, attribution: Attribution, spans: Sequence[Span]) -> bool:
    """
    Whether somebody says one of the sentences, or most of it.

    "The parties hope to …" at the end of a sentence is not its source.
    """
    cue, quoted = attribution.cue, attribution.mode in ("direct", "direct_continued")
    unclear = attribution.source is None and not quoted
    if unclear and cue and not REPORTEDLY.search(cue.quote(document.text)):
        return False
    for span in spans:
        if parts := _within(attribution, span):
            begin = min(part.begin for part in parts)
            reach = max(part.end for part in parts) - begin
            # Who speaks may be told at length after a short quotation.
            if reach >= _MOST * (span.end - span.begin) or (quoted and begin <= span.begin + 1):
                return True
    return False


def _answers(document: Document, attribution: Attribution) -> bool:
    """Whether somebody denies what is said, or does not speak of it, and so is no source of it."""
    cue = attribution.cue
    return cue is not None and bool(_ANSWERS.search(cue.quote(document.text)))


def _itself(document: Document, attribution: Attribution) -> bool:
    """Whether the outlet speaks of itself: "the Gull Post can reveal"."""
    said = attribution.source.quote(document.text) if attribution.source else ""
    return any(name == Span(0, len(said)) for name in own_mentions(document, said))


def _nested(attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether somebody else says that somebody said it: the outer source is what it rests on."""
    source = attribution.source
    return source is not None and any(
        piece.covers(source) for one in others if one is not attribution for piece in one.content
    )


def _confirmed_to_us(
    document: Document,
    number: int,
    attributions: Sequence[Attribution],
    checks: dict[int, Verification],
) -> bool:
    """Whether a sentence says that sources told this outlet, or its agency, and not in public."""
    span = document.sentences[number]
    said = span.quote(document.text)
    to_us = any(_TO_US.search(said[: name.begin]) for name in own_mentions(document, said))
    check = checks.get(number)
    if check is not None:
        return to_us and check.status == "confirmed"
    here = [one for one in attributions if one.source and span.covers(one.source)]
    return to_us and any(one.strength in UNNAMED for one in here)


def _stance(
    document: Document,
    attributions: Sequence[Attribution],
    checks: dict[int, Verification],
    *,
    ours: bool,
) -> Stance:
    """Return the outlet's stance; what it says of its own checking comes first."""
    if ours:
        return "confirmed_by_own_sources"
    if any(
        check.status == "could_not_verify" and _ours(document, check) for check in checks.values()
    ):
        return "could_not_verify"
    return "attributed" if attributions else "asserted"


def _ours(document: Document, check: Verification) -> bool:
    """Whether it was the outlet, or its agency, that checked."""
    name = _verifier(document, check)
    return not name or own(document, name) or bool(own_mentions(document, name))


def _verifier(document: Document, check: Verification) -> str:
    """Return who checked, an outlet by its whole name; an empty text where none is named."""
    if check.verifier is None:
        return ""
    line = next(span for span in document.sentences if _meet(span, check.cue))
    said = line.quote(document.text)
    for name in outlet_names(said):
        if _meet(Span(line.begin + name.begin, line.begin + name.end), check.verifier):
            return name.quote(said)
    return check.verifier.quote(document.text)


def _checked(document: Document, checks: dict[int, Verification], *, ours: bool) -> Checked | None:
    """Return how checking ended; a confirmation by own sources before all else."""
    if ours:
        verifier = document.origin or document.outlet
        return Checked("confirmed", verifier, same_outlet(verifier, document.outlet))
    ended = [check for check in checks.values() if check.status != "first_reported"]
    ranked = sorted(ended, key=lambda check: _RANK.index(check.status))
    if not ranked:
        return None
    check = ranked[0]
    if check.status != "confirmed":
        return Checked(check.status, None, verifier_is_publisher=False)
    name = _verifier(document, check)
    verifier = agency(name) or name or document.outlet
    return Checked("confirmed", verifier, same_outlet(verifier, document.outlet))


_RANK: Final = (
    "could_not_verify",
    "confirmed",
    "denied",
    "neither_confirmed_nor_denied",
    "declined_to_comment",
    "first_reported",
)


def _response(
    document: Document, attributions: Sequence[Attribution], checks: dict[int, Verification]
) -> tuple[Response, Span | None]:
    """Return what the subject of a claim answered, and the words that name who did."""
    for check in sorted(checks.values(), key=lambda check: _RANK.index(check.status)):
        response = _RESPONSES.get(check.status)
        if response is not None:
            who = check.verifier
            pronoun = who is not None and who.quote(document.text).lower() in PRONOUNS
            return response, None if pronoun else who
    for one in attributions:
        source = one.source.quote(document.text) if one.source else ""
        speaker = one.speaker.quote(document.text) if one.speaker else ""
        if one.strength not in ("named_on_record", *_BODIES):
            continue
        content = " ".join(span.quote(document.text) for span in one.content)
        if SPEAKS_FOR.search(f"{source} {speaker}") or _FIRST_PERSON.search(content):
            return "stated_on_record", one.speaker or one.source
    return "none_reported", None


def _meet(one: Span, other: Span) -> bool:
    """Whether two ranges have a character in common."""
    return one.begin < other.end and other.begin < one.end
