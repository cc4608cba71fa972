"""
Whether a toxic comment is still found when its worst words are disguised.

    python -m benchmarks.evasion_quality --data ../shared/data

Takes comments that most raters called toxic and that the signal finds, disguises the words that it
marks in each (or the longest word where it marks none), and prints how many are still found.
The disguises are those of `reference/field-notes.md`, each made by a rule, with a fixed seed.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ombud.case import Case
from ombud.signals.toxicity import Toxicity
from ombud.text import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ombud.text import Span

_COMMENTS: Final = 400
_LIKELY: Final = 0.5
_LOOK_ALIKE: Final = str.maketrans(
    "aceiopsxy", "\u0430\u0441\u0435\u0456\u043e\u0440\u0455\u0445\u0443"
)
_LEET: Final = str.maketrans("aeiost", "43105+")


def _inside(word: str, random: Random) -> int:
    return random.randrange(1, max(2, len(word) - 1))


def _swapped(word: str, random: Random) -> str:
    place = _inside(word, random)
    return word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]


def _shortened(word: str, random: Random) -> str:
    place = _inside(word, random)
    return word[:place] + word[place + 1 :]


def _elongated(word: str, random: Random) -> str:
    place = _inside(word, random)
    return word[:place] + word[place] * 4 + word[place + 1 :]


DISGUISES: Final[dict[str, Callable[[str, Random], str]]] = {
    "clean": lambda word, _: word,
    "look-alike letters": lambda word, _: word.translate(_LOOK_ALIKE),
    "leet": lambda word, _: word.translate(_LEET),
    "spaced": lambda word, _: " ".join(word),
    "dotted": lambda word, _: ".".join(word),
    "zero width": lambda word, _: "\u200b".join(word),
    "elongation": _elongated,
    "swap": _swapped,
    "deletion": _shortened,
}


def disguised(text: str, spans: Sequence[Span], name: str, random: Random) -> str:
    """Disguise each word of three letters or more within some places of a text, or the longest."""
    places = spans or [max(words(text), key=lambda span: span.end - span.begin)]
    for begin, end in sorted(places, reverse=True):
        shown = [
            DISGUISES[name](word, random) if len(word) > 2 and word.isalpha() else word  # noqa: PLR2004
            for word in text[begin:end].split(" ")
        ]
        text = text[:begin] + " ".join(shown) + text[end:]
    return text


def figures(data: Path, signal: Toxicity) -> dict[str, Any]:
    """Return how many comments there are, how many are found, and what share of those in guise."""
    table = pd.read_parquet(data / "toxicity_dev.parquet")
    table = table[(table.toxicity > _LIKELY) & (table.text.str.len() < 300)]  # noqa: PLR2004
    table = table[table.source.str.contains("jigsaw|civil")]
    cases = [Case(text) for text in table.text.sample(_COMMENTS, random_state=0)]
    column = signal.attributes.index("TOXICITY")
    found = [
        (case, signal.locate(case, "TOXICITY"))
        for case, score in zip(cases, signal.score(cases)[:, column], strict=True)
        if score >= _LIKELY
    ]
    shares = {}
    for name in DISGUISES:
        random = Random(0)  # noqa: S311 - the same disguises each time
        texts = [disguised(case.text, spans, name, random) for case, spans in found]
        scores = signal.score([Case(text) for text in texts])[:, column]
        shares[name] = float((scores >= _LIKELY).mean())
    return {"comments": len(cases), "found": len(found), "shares": shares}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    seen = figures(parser.parse_args().data, Toxicity())
    print(f"{seen['found']} of {seen['comments']} comments that most raters called toxic are found")
    for name, share in seen["shares"].items():
        print(f"{name:20} {share:6.1%} still found")


if __name__ == "__main__":
    main()
