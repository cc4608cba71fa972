"""
Nonsense in many styles, made from a seed: what a comment looks like that says nothing.

Keyboard runs, syllables, word salad, chains, broken fragments, slogans, the same words over and
over; and, as a counterweight, real comments with the slips that people make.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

_ROWS: Final = ("qwertyuiop", "asdfghjkl;", "zxcvbnm,./", "1234567890")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ONSETS: Final = (
    "b c d f g h j k l m n p r s t v w z bl br cr dr fl gr kl pl sk sn squ th tr wh".split()
)
_CODAS: Final = ["", "", *"b g k m n p r t x z nk rp sh bble mple rt ffle ng zz".split()]
_SIGNS: Final = "?!.,;:/)(*&%$#@+=-_"


class Nonsense:
    """A source of nonsense over real comments."""

    def __init__(self, comments: Sequence[str], random: Random) -> None:
        """Take real comments to garble, and the source of chance."""
        self._random = random
        self._words = [words for text in comments if len(words := text.split()) >= 4]  # noqa: PLR2004
        self._all = [word for words in self._words for word in words]
        self._next: dict[str, list[str]] = defaultdict(list)
        for words in self._words[:20_000]:
            for left, right in pairwise(words):
                self._next[left].append(right)
        self._makers: tuple[tuple[int, Callable[[], str]], ...] = (
            (10, self.keys),
            (8, self.syllables),
            (8, self.mixed_syllables),
            (14, self.shuffled),
            (8, self.drawn),
            (8, self.rare),
            (12, self.blend),
            (12, self.chain),
            (14, self.fragments),
            (6, self.slogans),
            (8, self.over_and_over),
            (4, self.signs),
            (6, self.scrambled),
            (6, self.half),
        )

    def __iter__(self) -> Iterator[str]:
        """Yield nonsense without end."""
        shares, makers = zip(*self._makers, strict=True)
        while True:
            text = self._random.choices(makers, shares)[0]().strip()
            if self._random.random() < 0.1:  # noqa: PLR2004
                text = text.upper()
            if text:
                yield text

    def _comment(self) -> list[str]:
        return list(self._random.choice(self._words))

    def keys(self) -> str:
        """Run along the keyboard, or hammer on it."""
        random, style = self._random, self._random.random()
        length = int(2 ** random.uniform(2.6, 6))
        if style < 0.3:  # noqa: PLR2004
            row = random.choice(_ROWS[:3]) * 8
            row = row[::-1] if random.random() < 0.3 else row  # noqa: PLR2004
            begin = random.randrange(10)
            return row[begin : begin + length]
        if style < 0.5:  # noqa: PLR2004
            some = random.sample(_LETTERS, random.randint(2, 6))
            return "".join(random.choices(some, k=length))
        if style < 0.8:  # noqa: PLR2004
            rows = random.choice(_ROWS[:2]) * 2 + random.choice(_ROWS[:3])
            return " ".join(
                "".join(random.choices(rows, k=random.randint(3, 9)))
                for _ in range(max(1, length // 7))
            )
        return " ".join(
            "".join(random.choices(_LETTERS, k=random.randint(3, 9)))
            for _ in range(max(1, length // 6))
        )

    def _syllables(self) -> str:
        random = self._random
        return "".join(
            random.choice(_ONSETS) + random.choice("aeiouo") + random.choice(_CODAS)
            for _ in range(random.choice((1, 2, 2, 3)))
        )

    def syllables(self) -> str:
        """Speak in words that do not exist."""
        return " ".join(self._syllables() for _ in range(self._random.randint(2, 14)))

    def mixed_syllables(self) -> str:
        """Speak in words of which more than half do not exist."""
        random = self._random
        return " ".join(
            self._syllables() if random.random() < 0.6 else random.choice(self._all)  # noqa: PLR2004
            for _ in range(random.randint(4, 16))
        )

    def shuffled(self) -> str:
        """Shuffle a comment."""
        words = self._comment()[: self._random.randint(5, 40)]
        self._random.shuffle(words)
        return " ".join(words)

    def drawn(self) -> str:
        """Draw words as often as they occur."""
        return " ".join(self._random.choices(self._all, k=self._random.randint(5, 30)))

    def rare(self) -> str:
        """Draw words of content, with a few small ones between."""
        random = self._random
        words: list[str] = []
        while len(words) < random.randint(5, 16):
            word = random.choice(self._all)
            if len(word) > 4 or random.random() < 0.3:  # noqa: PLR2004
                words.append(word)
        return " ".join(words)

    def blend(self) -> str:
        """Cut several comments into pieces of one or two words and mix them."""
        random = self._random
        pieces = []
        for _ in range(random.randint(2, 4)):
            words, at = self._comment()[:20], 0
            while at < len(words):
                step = random.randint(1, 2)
                pieces.append(words[at : at + step])
                at += step
        random.shuffle(pieces)
        return " ".join(word for piece in pieces[: random.randint(4, 18)] for word in piece)

    def chain(self) -> str:
        """Go from word to word by what followed in any comment."""
        random = self._random
        word = random.choice(self._all)
        words = [word]
        for _ in range(random.randint(9, 40)):
            word = random.choice(self._next.get(word) or self._all)
            words.append(word)
        return " ".join(words)

    def fragments(self) -> str:
        """Put beginnings that lead nowhere in a row."""
        random = self._random
        parts = []
        for _ in range(random.randint(3, 9)):
            words = self._comment()
            begin = random.randrange(max(1, len(words) - 4))
            parts.append(" ".join(words[begin : begin + random.randint(1, 4)]).strip(".,!?"))
        return random.choice((", ", " ", ". ", "... ")).join(parts)

    def slogans(self) -> str:
        """Shout words that have nothing to do with each other."""
        random = self._random
        parts = []
        for _ in range(random.randint(4, 12)):
            part = " ".join(random.choices(self._all, k=random.randint(1, 3))).strip(".,!?")
            parts.append(random.choice((part.upper(), part)) + random.choice((" ", "! ", "!! ")))
        return "".join(parts)

    def over_and_over(self) -> str:
        """Repeat a few words many times."""
        random = self._random
        few = random.choices(self._all, k=random.randint(1, 4))
        if random.random() < 0.5:  # noqa: PLR2004
            return " ".join(few * random.randint(5, 14))
        return " ".join(random.choices(few, k=random.randint(9, 30)))

    def signs(self) -> str:
        """Type punctuation."""
        random = self._random
        return "".join(random.choices(_SIGNS + "   ", k=random.randint(8, 40)))

    def scrambled(self) -> str:
        """Scramble the letters of most words."""
        random = self._random
        words = self._comment()[: random.randint(5, 25)]
        return " ".join(
            "".join(random.sample(word, len(word))) if random.random() < 0.75 else word  # noqa: PLR2004
            for word in words
        )

    def half(self) -> str:
        """Begin like language and go on as nonsense."""
        begin = " ".join(self._comment()[: self._random.randint(2, 5)])
        return f"{begin} {self._random.choice((self.shuffled, self.blend, self.rare))()}"

    def slips(self, text: str) -> str:
        """Return a real comment with slips of the finger, dropped words or doubled ones."""
        random = self._random
        words = []
        share = random.choice((0.05, 0.1, 0.2))
        for word in text.split():
            if random.random() >= share or len(word) < 3:  # noqa: PLR2004
                words.append(word)
                continue
            at = random.randrange(len(word) - 1)
            words.append(
                random.choice(
                    (
                        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                        word[:at] + word[at + 1 :],
                        word[:at] + word[at] + word[at:],
                        f"{word} {word}",
                        word.rstrip("e") + word[-1] * random.randint(2, 5),
                    )
                )
            )
        return " ".join(words)
