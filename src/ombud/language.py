"""Which language a text is written in, for any text that a reader can send."""

import pycld2

UNDETERMINED = "und"

# The detector refuses what is not valid for interchange: controls, surrogates, non-characters.
_UNFIT = dict.fromkeys(
    (
        *(place for place in range(0xA0) if place < ord(" ") or place > ord("~")),
        *range(0xD800, 0xE000),
        *range(0xFDD0, 0xFDF0),
        *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
    ),
    " ",
)
# "xx" is a script without a language, "zz" a joke (Pig Latin, Bork) that the detector also knows.
_NO_LANGUAGE = ("un", "xx", "zz")
_MODERN = {"iw": "he", "jw": "jv"}
_ENOUGH = 4_000
"""Characters that settle the question; more of a long text would only cost time."""


def detect(text: str) -> str:
    """Return the language as an ISO 639 code, or "und" where it cannot be told."""
    try:
        _, _, guesses = pycld2.detect(text[:_ENOUGH].translate(_UNFIT), bestEffort=True)
    except pycld2.error:
        return UNDETERMINED
    code: str = guesses[0][1]
    return UNDETERMINED if code.startswith(_NO_LANGUAGE) else _MODERN.get(code, code)
