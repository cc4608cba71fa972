"""The courtesies of a letter: what a sentence begins with before it says something."""

from typing import Final

import re2

_WORK: Final = (
    r"article|story|piece|work|job|photos?|pictures?|paper|read|reporting|site|report|coverage"
    r"|writing|interview|column|stuff|video|map|list"
)
_PRAISE: Final = r"great|nice|lovely|good|excellent|wonderful|beautiful|interesting|fine|fantastic"
_GREETS: Final = (
    r"dear|to (?:the editors?|whom)|hello|hi|hey|greetings|good (?:morning|day|evening|afternoon)"
)
_THANKS: Final = r"thanks?|thx|(?:we )?thank you|(?:many|with) thanks|cheers|well done|congrat\w*"
_LIKES: Final = (
    r"(?:(?:my \pL+ and )?(?:i|we)(?:['’]ve| have)? (?:(?:always|really|just|often|all|been) )*)?"
    r"(?:(?:love|like|enjoy)(?:e?d|ing)? (?:your|the|this|it)"
    r"|(?:read|follow)(?:ed|ing)? (?:your|this|it)"
    rf"|(?:read|saw|seen|follow(?:ed|ing)?) (?:your|the|this) (?:\pL+ )?(?:{_WORK}))"
)
FAREWELLS: Final = (
    r"(?:with )?(?:my |our )?(?:best|kind(?:est)?|warm(?:est)?) (?:regards|wishes)\b"
    r"|(?:regards|yours)\b|(?:sincerely(?: yours)?|all the best|best)(?:\W*$|[,.!]| (?:from|to)\b)"
    r"|sent from my \pL+"
)
"""An expression for what stands above a signature."""
_COURTESY: Final = re2.compile(
    rf"(?i)^\W*(?:(?:https?://\S+|{_GREETS}|{_THANKS}|{_LIKES}|have an? (?:{_PRAISE})"
    rf"|(?:{_PRAISE})(?: \pL+)? (?:{_WORK}))(?:\b|$)|{FAREWELLS})"
)
_CLAUSE: Final = re2.compile(
    r"(?i)[,:](?:\s|$)|[;!–—]|\s-+\s|\s(?:but|however|although|though|except)\s"
    r"|\sand (?:he|she|it|they|there|that|this)\s"
)
_TRAILS: Final = re2.compile(
    r"(?i)^\W*(?:which|who|whom|whose|as|especially|particularly|for|from|with|to|or"
    r"|and (?:for|to|the|all|your))\b"
)


def after_courtesy(words: str) -> list[str] | None:
    """
    Return what follows the courtesy that a sentence begins with, clause by clause.

    The first is what belongs to the courtesy itself, and may be empty; what only trails behind
    another clause is left out.
    None: it begins with no greeting, thanks, praise of the paper or farewell.
    """
    courtesy = _COURTESY.search(words)
    if courtesy is None:
        return None
    first, *others = _CLAUSE.split(words[courtesy.end() :])
    return [first, *(one for one in others if not _TRAILS.search(one))]
