"""
How strong an attribution is: how much of it a reader can check.

The order is that of the field notes, after the handbooks of news agencies: a name weighs more than
an office, an office more than an unnamed official, and that more than somebody anonymous.
"""

from typing import Final

from ombud import lexicon
from ombud.lexicon.names import GIVEN, SURNAMES
from ombud.stories.document import Document, Strength
from ombud.stories.names import full_name
from ombud.stories.wording import PRONOUNS, Token, tokens
from ombud.text import Span

_HIDING: Final = (
    "condition of anonymity", "anonymously", "asked not to be named", "declined to be named",
    "not authorized to", "familiar with", "briefed on", "with knowledge of", "close to the",
    "not to be identified", "direct knowledge",
)  # fmt: skip
_RELATIVES: Final = frozenset({"who", "which", "that"})
_NAME: Final = 2
_NOBODY: Final = PRONOUNS | _RELATIVES | frozenset("his her their our my its".split())
_LAST_NAMES: Final = SURNAMES.keys() | GIVEN.keys()


def strength(document: Document, source: Span | None, speaker: Span | None, near: Span) -> Strength:
    """
    Return the strength of a source, as it stands and as it is known elsewhere in the document.

    `near`: the sentence of the attribution, which may say that the source would not be named.
    """
    if source is None:
        return "unspecified"
    text = document.text
    if speaker is not None and source.quote(text).lower() not in _RELATIVES:
        return "named_on_record"
    known = speaker or source
    words = [word for word in tokens(text, known) if word.word]
    if not words or (len(words) == 1 and words[0].low in _NOBODY):
        return "unspecified"
    alone = len(words) == 1 and words[0].capital and words[0].low in _LAST_NAMES
    if alone or full_name(text, known) is not None:
        return "named_on_record"
    if _outlet(words):
        return "own_voice" if _same(document.outlet, known.quote(text)) else "other_outlet"
    unnamed = _unnamed(words, known.quote(text).lower(), near.quote(text).lower())
    return "named_on_record" if _person(words) else unnamed


def _unnamed(words: list[Token], said: str, sentence: str) -> Strength:
    """Return the strength of a source that is no person with a name."""
    lows = [word.low for word in words]
    roles = {lexicon.words("source_roles").get(low) for low in lows}
    found: tuple[tuple[bool, Strength], ...] = (
        ("hidden" in roles or _hides(said), "anonymous"),
        ("official" in roles, "unnamed_officials"),
        (_hides(sentence), "anonymous"),
        (_government(lows), "governments"),
        ("body" in roles or _titled(words), "organisation_on_record"),
        (_alone(words), "organisation_on_record"),
    )
    return next((strong for holds, strong in found if holds), "unspecified")


def _hides(said: str) -> bool:
    """Whether it is said that a source would not be named."""
    return any(phrase in said for phrase in _HIDING)


def _person(words: list[Token]) -> bool:
    """Whether it is a name of two words whose first is no known given name: "Kamala Harris"."""
    if len(words) != _NAME or not all(word.capital for word in words):
        return False
    first, last = (word.low for word in words)
    kinds = lexicon.words("source_roles"), lexicon.words("everyday"), lexicon.words("governments")
    return last in SURNAMES and not any(low in kind for kind in kinds for low in (first, last))


def _titled(words: list[Token]) -> bool:
    """Whether it has a name, and is not some people of one: "two Norrvik fishermen and sailors"."""
    people = words[-1].low.endswith("s") and not words[-1].capital
    return not people and any(word.capital for word in words[1:])


def _alone(words: list[Token]) -> bool:
    """Whether it is a single capitalised word that is no everyday one."""
    low = words[0].low
    known = low in lexicon.words("everyday") or low.removesuffix("s") in lexicon.words("everyday")
    return len(words) == 1 and words[0].capital and not known


def _outlet(words: list[Token]) -> bool:
    """Whether it names a news outlet."""
    known = lexicon.words("outlets")
    lows = [word.low for word in words]
    if "reports" in lows[-1:] or lows[-2:] == ["news", "reports"]:
        return True
    for size in range(1, 4):
        for begin in range(len(lows) - size + 1):
            kind = known.get(" ".join(lows[begin : begin + size]))
            if kind == "name" and words[begin + size - 1].capital:
                return True
            if kind == "end" and (begin or lows[begin] == "media") and not _possessed(lows, begin):
                return words[begin].capital or lows[begin].startswith(
                    ("newspaper", "magazine", "media")
                )
    return False


def _possessed(lows: list[str], begin: int) -> bool:
    """Whether the word belongs to somebody: "his post", "Norr's mail"."""
    return lows[begin - 1] in {"his", "her", "their", "its"} or lows[begin - 1].endswith(
        ("'s", "’s")
    )


def _government(lows: list[str]) -> bool:
    """Whether it is a government, a country or a public body, and not who comes from one."""
    known = lexicon.words("governments")
    return any(
        " ".join(lows[begin : begin + size]) in known and not _members(lows[begin + size :])
        for size in range(1, 4)
        for begin in range(len(lows) - size + 1)
    )


def _members(rest: list[str]) -> bool:
    """Whether people follow the name of a country or a body: "U.S. millionaires"."""
    roles = lexicon.words("source_roles")
    return bool(rest) and rest[0].endswith("s") and rest[0] not in roles


def _same(outlet: str, name: str) -> bool:
    """Whether a name is that of the document's own outlet."""
    return bool(outlet) and outlet.lower().removeprefix("the ") in name.lower()
