"""
Find the words of a list, also where a reader has masked them.

Masks are signs in place of letters (`f***`, `sh-t`), letters left alone by spaces or dots, words
cut in two, and signs only (`@#$%!`).
What each mask stands for must be a word of the list: length, first letter and every visible letter
have to fit, so that names, codes, ratings and file patterns stay what they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import re2

from ombud.case import Case
from ombud.text import Chunk, Span

_STARS = frozenset("*#%~@$!")
_GRAWLIX = re2.compile(r"[@#$%&!*?^]{4,12}")
_BEFORE_ONE_LETTER = frozenset(
    "the what who why how where when holy oh no of you a for go to shut as and i is are was it's"
    " my your his her this that these those such pure total complete utter absolute full really so"
    " piece load pile bunch dumb stupid little fat old lying give don't every any same".split()
)
_AFTER_ONE_LETTER = frozenset(
    "you off this that the them him her it yeah me us all up your u ya these those my our".split()
)
_ONE_LETTER = {"f": "fuck", "s": "shit", "b": "bitch", "c": "cunt"}
_CUT_PARTS = frozenset(
    "uck ucks ucked ucker uckers ucking ck cks cking cker fuc shi tch tches unt unts cun nt shole"
    " sholes assh sshole motherf ullshit lshit".split()
)
_MIN_GRAWLIX_KINDS = 3
_WEAK = 2
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Swearing:
    """A listed word in a text: where, what it reads as, whether masked, and how sure."""

    span: Span
    reading: str
    masked: bool
    certainty: float


class WordList:
    """The forms of a list, ready to be looked for."""

    def __init__(self, forms: Mapping[str, str], *, guess: bool = True) -> None:
        """
        Take forms and their readings; forms that read as themselves may also be masked.

        Without `guess` a mask must have the length of the word and leave two thirds of it visible:
        "f***ing" is a swear word, and no cruder one that would fit as well.
        """
        self._forms = forms
        self._guess = guess
        self._by_first: dict[str, list[str]] = defaultdict(list)
        self._ending: dict[str, list[str]] = defaultdict(list)
        self._read_before: dict[tuple[str, bool], str] = {}
        for form, reading in forms.items():
            if form == reading and len(form) >= len("shit"):
                self._by_first[form[0]].append(form)
                for lead in (1, 2):
                    self._ending[form[lead:]].append(form)

    def find(self, case: Case) -> list[Swearing]:
        """Return what is in the text, from left to right, no place twice."""
        found = [*self._written_out(case), *self._cut_in_two(case), *self._masked(case)]
        found.sort(key=lambda swearing: (swearing.span.begin, -swearing.span.end))
        kept: list[Swearing] = []
        for swearing in found:
            if not kept or swearing.span.begin >= kept[-1].span.end:
                kept.append(swearing)
        return kept

    def _written_out(self, case: Case) -> Iterator[Swearing]:
        """Yield listed words of the folded text, where disguises are undone."""
        if not (self._forms.keys() & case.vocabulary or _spelled_out(case)):
            return
        for word, begin, end in case.words:
            span = case.folded.span(begin, end)
            spelled = span.end - span.begin >= 2 * (end - begin) - 1 > 1
            known = word
            if word not in self._forms and spelled and word[0] in "ai":
                known = word[1:]  # "a s h i t": the article was joined as well
                span = case.folded.span(begin + 1, end)
            if known in self._forms and not _is_code(case, span):
                masked = span.quote(case.text).lower() != self._forms[known]
                yield Swearing(span, self._forms[known], masked=masked, certainty=0.97)

    def _cut_in_two(self, case: Case) -> Iterator[Swearing]:
        """Yield listed words with one space in them, if one part is no word by itself."""
        if not _CUT_PARTS & case.vocabulary:
            return
        for (first, begin, middle), (second, start, end) in zip(
            case.words, case.words[1:], strict=False
        ):
            joined = first + second
            cut = first in _CUT_PARTS or second in _CUT_PARTS
            if cut and start == middle + 1 and joined in self._forms:
                span = case.folded.span(begin, end)
                yield Swearing(span, self._forms[joined], masked=True, certainty=0.95)

    def _masked(self, case: Case) -> Iterator[Swearing]:
        """Yield words of the unveiled text in which signs stand for letters."""
        for chunk in case.chunks:
            reading, certainty = self._read(chunk, chunk.span.quote(case.text))
            if reading:
                yield Swearing(chunk.span, reading, masked=True, certainty=certainty)

    def _read(self, chunk: Chunk, original: str) -> tuple[str, float]:
        """Return the listed word that a chunk stands for, and how surely."""
        if chunk.text in self._forms:
            return self._forms[chunk.text], 0.95
        letters = "".join(filter(str.isalpha, chunk.text))
        if letters in self._forms and len(letters) >= len("shit"):
            return self._forms[letters], 0.95
        if len(letters) == 1:
            return self._one_letter(chunk, original)
        fitting = self._fitting(chunk.text, original[-1:] in "–—")
        plain = len(fitting) == len(chunk.text) and 3 * len(letters) >= 2 * len(fitting)
        return (fitting, 0.95) if fitting and (self._guess or plain) else ("", 0.0)

    def _fitting(self, chunk: str, cut: bool) -> str:  # noqa: FBT001 - a key of the cache
        """Return the listed word that fits a masked chunk; remembered, for floods of one mask."""
        key = (chunk, cut)
        if key not in self._read_before:
            if len(self._read_before) > _REMEMBERED:
                self._read_before.clear()
            if chunk[0] in _STARS:
                # A mask at the start leaves too much open, unless the rest is long and exact.
                letters = chunk.lstrip("*#")
                exact = letters.isalpha() and len(letters) > _WEAK
                lead = len(chunk) - len(letters)
                known = [f for f in self._ending.get(letters, ()) if len(f) == len(letters) + lead]
                self._read_before[key] = known[0] if exact and known else ""
            else:
                self._read_before[key] = _closest(self._by_first[chunk[0]], chunk, cut=cut)
        return self._read_before[key]

    def _one_letter(self, chunk: Chunk, original: str) -> tuple[str, float]:
        """
        Read one letter and a run of signs, which only its neighbours can tell.

        "Mr S----" is a name, "f --" is music, a film gets "****"; "the f---" is none of these.
        """
        letter, mask = chunk.text[0], chunk.text[1:]
        reading = _ONE_LETTER.get(letter, "")
        if reading not in self._forms or len(mask) < _WEAK:
            return "", 0.0
        previous = chunk.before.split()[-1:] or [""]
        following = chunk.after.split()[:1] or [""]
        framed = previous[0].strip("'\",.!?") in _BEFORE_ONE_LETTER
        led = following[0].strip("'\",.!?") in _AFTER_ONE_LETTER
        starred = set(mask) <= _STARS and len(mask) > _WEAK
        lower = original[:1].islower()
        if (lower and (framed or led or starred)) or (led and starred):
            return reading, 0.8
        return "", 0.0


def _parts(chunk: str) -> list[str]:
    """Return the runs of letters and the runs of signs of a chunk."""
    return ["".join(run) for _, run in groupby(chunk, str.isalpha)]


def _closest(forms: Sequence[str], chunk: str, *, cut: bool) -> str:
    """
    Return the form whose letters stand where they do in the chunk, the nearest in length.

    `cut`: the chunk ends in a long dash, which may stand for the rest of the word.
    Empty where no form fits.
    """
    parts = _parts(chunk)
    visible = sum(len(part) for part in parts if part.isalpha())
    gaps = [
        _gap(part, visible, last=number == len(parts) - 1, cut=cut)
        for number, part in enumerate(parts)
        if not part.isalpha()
    ]
    if any(least > most for least, most in gaps):
        return ""
    head = parts[0] if parts[0].isalpha() else ""
    tail = parts[-1] if parts[-1].isalpha() else ""
    least = visible + sum(low for low, _ in gaps)
    most = visible + sum(high for _, high in gaps)
    fitting = [
        form
        for form in forms
        if least <= len(form) <= most
        and form.startswith(head)
        and form.endswith(tail)
        and _fits(form, parts, gaps)
    ]
    return min(fitting, key=lambda form: abs(len(form) - len(chunk)), default="")


def _fits(form: str, parts: Sequence[str], gaps: Sequence[tuple[int, int]]) -> bool:
    """Whether the letters stand where they do in the word, and the signs leave a fitting gap."""
    places = {0}
    following = iter(gaps)
    for part in parts:
        if part.isalpha():
            places = {p + len(part) for p in places if form.startswith(part, p)}
        else:
            least, most = next(following)
            places = {q for p in places for q in range(p + least, p + most + 1)}
    return len(form) in places


_IMPOSSIBLE = (1, 0)


def _gap(mask: str, visible: int, *, last: bool, cut: bool) -> tuple[int, int]:
    """Return how few and how many letters a run of signs may stand for."""
    if len(mask) == 1 and mask not in _STARS:
        if not last:
            return (1, 1) if visible > _WEAK else _IMPOSSIBLE
        return (1, 2) if cut else _IMPOSSIBLE
    if visible > _WEAK:
        return max(1, len(mask) - 2), len(mask) + 2
    return (len(mask) - 1, len(mask) + 1) if len(mask) > 1 else (1, 1)


def _spelled_out(case: Case) -> bool:
    """Whether the fold joined letters that stood alone."""
    return len(case.folded.text) < len(case.plain.text)


def _is_code(case: Case, span: Span) -> bool:
    """Whether the word is part of a code such as B1-TC4: digits next to capitals."""
    quote = span.quote(case.text)
    if not any(map(str.isdigit, quote)):
        return False
    around = case.text[max(0, span.begin - 1) : span.end + 1]
    return "-" in (around[:1], around[-1:]) or any(map(str.isupper, quote[1:]))


def grawlix(case: Case) -> Iterator[Span]:
    """Yield runs of signs that stand for a word: at least four, of at least three kinds."""
    text = case.plain.text
    if not any(sign in text for sign in "@#$%&"):
        return
    for match in _GRAWLIX.finditer(text):
        run = match.group()
        begin, end = match.span()
        alone = not text[begin - 1 : begin].isalnum() and not text[end : end + 1].isalnum()
        if alone and len(set(run) & set("@#$%&")) > 1 and len(set(run)) >= _MIN_GRAWLIX_KINDS:
            yield case.plain.span(begin, end)
