"""What a reader tells of nobody else: what they are, how they feel, where to reach them."""

from typing import Final

import re2

_PAPER: Final = (
    r"(?:all )?(?:this|it|(?:your|this|the|today['’]s|yesterday['’]s) (?:\pL+ )?"
    r"(?:article|story|piece|report|coverage|paper|newspaper|column))"
)
_FEELING: Final = (
    r"(?:shocked|sad|saddened|angry|furious|upset|appalled|disappointed|surprised|delighted|pleased"
    r"|happy|glad|dismayed|disgusted|amazed|astonished|annoyed|tired|worried|concerned|outraged"
    r"|horrified|puzzled|confused|grateful|impressed|thrilled|curious)"
)
_HOW: Final = (
    r"(?: (?:very|so|quite|deeply|really|rather|extremely|truly|just|also|a little|most))*"
)
_AT: Final = rf"(?: (?:to (?:read|see|find|hear|learn)|by|about|of|at|with|in))+ {_PAPER}"
_FEELS: Final = re2.compile(
    rf"(?i)^\W*(?:i|we)(?:(?:['’]m|['’]re| am| are| feel){_HOW} {_FEELING}(?:{_AT})?"
    rf"|(?: was| were| felt|['’]ve been| have been){_HOW} {_FEELING}{_AT}"
    r"| (?:can['’]t|cannot|could(?: not|n['’]t)) believe (?:this|it|my eyes)"
    r"| (?:expect|expected) (?:better|more)(?: (?:of|from) (?:you|your paper))?"
    r"| (?:hate|am sorry) to (?:complain|nitpick)"
    r"| (?:would like|wish|want|prefer) to (?:remain|stay) anonymous)\W*$"
)
"""How it felt to read the paper; how somebody felt in the past may be what it wrote about."""
_REACHED: Final = re2.compile(
    r"(?i)^\W*(?:you (?:can|may)|please|feel free to) (?:reach|contact|call|ring|phone|e-?mail)"
    r" (?:me|us)(?: (?:at|on|under|by|via|if|any)\b[^!?]*)?\W*$"
)
_IS: Final = re2.compile(
    r"(?i)^\W*i(?:(?:['’]m|['’]ve been| am| have been)(?: also)? an?\b"
    r"|(?: have|['’]ve)? (?:run|own|keep|work(?:ed)? (?:as|in)) an? "
    r"|(?: have|['’]ve)? (?:live|lived|worked) (?:here|nearby|abroad)\b)"
)
_NAMES: Final = re2.compile(
    r"(?i:\b(?:the|this|that|those|these|there|who|whom|which|it|its|he|she|they|him|her|his|them"
    r"|their|you|your|because|when|while|but|not|never|no|cannot)\b|n['’]t\b)|\d|[“”\"«»:;]"
    r"|[\pL\pN,] \p{Lu}[\pL.]"
)
"""Something that an article could speak of too; "we" may be a body of which it does."""
_PAPERS_OWN: Final = re2.compile(rf"(?i)\bof {_PAPER}")
_AND: Final = re2.compile(r"(?i),? and (?:i|we)\b")
_FIRST_PERSON: Final = re2.compile(r"(?i)\b(?:i|me|my|mine|myself|we|us|our|ours|ourselves)\b")


def without_telling(words: list[str]) -> list[bool]:
    """
    Return which of the sentences that may assert something say something of others.

    The others say only how it felt to read the paper and where the reader is reached; or what the
    reader is, and no sentence besides speaks of the reader, whom the article may be about.
    Where nothing else is said, all are kept.
    """
    light = [all(_feels(one) for one in _clauses(said)) for said in words]
    told = [all(_feels(one) or _is(one) for one in _clauses(said)) for said in words]
    if any(_FIRST_PERSON.search(said) for said, only in zip(words, told, strict=True) if not only):
        told = light
    return [not only for only in told] if not all(told) else [True] * len(words)


def _clauses(words: str) -> list[str]:
    """Return the clauses of a sentence in which a reader goes on to speak of themselves."""
    first, *others = _AND.split(words)
    return [first, *(f"I{one}" for one in others)]


def _feels(words: str) -> bool:
    """Whether a clause says only how a reader feels, or is reached."""
    return bool(_FEELS.search(words) or _REACHED.search(words))


def _is(words: str) -> bool:
    """Whether a clause says only what a reader is, and names nothing that others know."""
    return bool(_IS.search(words)) and not _NAMES.search(_PAPERS_OWN.sub("", words))
