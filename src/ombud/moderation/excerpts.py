"""
Excerpts: a comment quoted in an article, of which spelling and punctuation may be mended.

Nothing else may change: no word added, left out or put for another, no order, no number, no name.
What is cut is marked with an ellipsis, and a cut may not turn the sense of a sentence that stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ombud.errors import InvalidInputError
from ombud.moderation import spelling
from ombud.moderation.punctuation import remarked
from ombud.moderation.wording import CUT, Step, Worded, asking, clauses, starts, steps, worded
from ombud.text import Span

Kind = Literal["same", "spelling", "punctuation", "capital", "cut", "refused"]
_LONGEST: Final = 40_000
_NOT: Final = frozenset(
    "not no never nor neither none nobody nothing nowhere hardly barely scarcely without cannot"
    " unless".split()
)


@dataclass(frozen=True, slots=True)
class Change:
    """
    What became of some words, or of the marks between two; `why` says it in plain words.

    The spans are those in the original and in the excerpt.
    """

    kind: Kind
    before: str
    after: str
    original: Span
    excerpt: Span
    why: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An excerpt beside its original, word by word."""

    original: str
    excerpt: str
    changes: tuple[Change, ...]

    @property
    def refused(self) -> tuple[Change, ...]:
        """What may not be."""
        return tuple(change for change in self.changes if change.kind == "refused")

    @property
    def allowed(self) -> bool:
        """Whether nothing but spelling and punctuation was mended, and every cut is marked."""
        return not self.refused


def compared(original: str, excerpt: str) -> Comparison:
    """
    Return what an excerpt changes, word by word.

    Raises InvalidInputError if one of the two is longer than any comment can be, or has no words.
    """
    for name, text in (("original", original), ("excerpt", excerpt)):
        if len(text) > _LONGEST:
            message = f"the {name} has {len(text)} characters; it must have at most {_LONGEST}"
            raise InvalidInputError(message)
    first, mended = worded(original), worded(excerpt)
    both = _Both(original, excerpt, first, mended, clauses(first), asking(mended))
    if not both.mended.words:
        message = "the excerpt has no words; it must quote some of the original"
        raise InvalidInputError(message)
    return Comparison(original, excerpt, tuple(both.changes()))


@dataclass(frozen=True, slots=True)
class _Both:
    """
    The original and the excerpt with their words.

    `clauses`: which one each word of the original stands in; `asking`: whether the sentence of each
    word of the excerpt begins as a question does.
    """

    original: str
    excerpt: str
    first: Worded
    mended: Worded
    clauses: list[int]
    asking: list[bool]

    def changes(self) -> Iterator[Change]:
        """Yield what became of each word and of the marks before it, in order."""
        runs = list(_runs(self._steps()))
        kept = {
            place
            for run in runs
            if run.excerpt.begin < run.excerpt.end
            for place in range(*run.original)
        }
        before: Step | None = None
        for run in runs:
            if run.excerpt.begin < run.excerpt.end and run.original.begin < run.original.end:
                yield from self._between(before, run)
            yield self._words(run, kept)
            before = run
        yield from self._ending(before)

    def _steps(self) -> list[Step]:
        return steps(self.first.words, self.mended.words, self.mended.after)

    def _words(self, run: Step, kept: set[int]) -> Change:
        """Return what became of some words."""
        before = " ".join(word.text for word in self.first.words[slice(*run.original)])
        after = " ".join(word.text for word in self.mended.words[slice(*run.excerpt)])
        if not after:
            return self._left_out(run, before, kept)
        if not before:
            return self._change("refused", run, f"'{after}' was added")
        kind, why = self._mended(run, before, after)
        return self._change(kind, run, why)

    def _mended(self, run: Step, before: str, after: str) -> tuple[Kind, str]:
        """Say what became of words that others stand for."""
        if before == after:
            return "same", ""
        became = f"'{before}' became '{after}'"
        old, new = self.first.words[run.original.begin], self.mended.words[run.excerpt.begin]
        if " " in before + after:
            keys = (self._keys(self.first, run.original), self._keys(self.mended, run.excerpt))
            why = spelling.parted(*keys)
            return ("refused", f"{became}: {why}") if why else ("spelling", became)
        began, begins = (
            starts(self.first, run.original),
            starts(self.mended, run.excerpt),
        )
        why = ""
        kind: Kind = "same"
        if old.key != new.key:
            kind = "spelling"
            previous = self.first.words[run.original.begin - 1].key if run.original.begin else ""
            named = old.text[:1].isupper() and not old.text.isupper()
            why = spelling.respelled(old.key, new.key, previous)
            if not why and named and not spelling.ordinary(old.key):
                why = "it may be a name"
        elif old.text.casefold() == new.text.casefold():
            kind = "capital"
        cased = _cased(old.text, new.text)
        if not why and cased and (kind == "capital" or cased[0][:1] != cased[1][:1]):
            why = spelling.recased(*cased, began=began, begins=begins)
        return ("refused", f"{became}: {why}") if why else (kind, became if kind != "same" else "")

    def _left_out(self, run: Step, before: str, kept: set[int]) -> Change:
        """Return a cut that is marked, or what was left out without a mark."""
        if not self._cut_at(run.excerpt.begin):
            why = f"'{before}' was left out; a cut is marked with an ellipsis"
            return self._change("refused", run, why)
        stay = {self.clauses[place] for place in kept}
        for place in range(*run.original):
            word = self.first.words[place]
            if _denies(word.key) and self.clauses[place] in stay:
                why = f"'{word.text}' was left out of a sentence that stays: that turns its sense"
                return self._change("refused", run, why)
        return self._change("cut", run, f"'{before}' was cut, and that is marked")

    def _between(self, before: Step | None, run: Step) -> Iterator[Change]:
        """Yield what became of the marks before some words."""
        old, new = self.first.words[run.original.begin], self.mended.words[run.excerpt.begin]
        cut = before is not None and before.excerpt.begin == before.excerpt.end
        spans = (self._gap(self.first, run.original), self._gap(self.mended, run.excerpt))
        if cut:
            yield from _marks(("", new.before.replace(CUT, "")), spans, cut=True)
            return
        if before is None and self._cut_at(0) and CUT not in old.before:
            yield Change("refused", "", CUT, *spans, "nothing was left out at this ellipsis")
            return
        asks = run.excerpt.begin > 0 and self.asking[run.excerpt.begin - 1]
        yield from _marks((old.before, new.before), spans, asks=asks)
        if before is not None and old.before == new.before and (not old.blank) != (not new.blank):
            yield Change("punctuation", old.blank, new.blank, *spans, "a blank was put right")

    def _ending(self, last: Step | None) -> Iterator[Change]:
        """Yield what became of the marks at the end."""
        spans = (
            Span(self.first.words[-1].span.end if self.first.words else 0, len(self.original)),
            Span(self.mended.words[-1].span.end, len(self.excerpt)),
        )
        cut = last is not None and last.excerpt.begin == last.excerpt.end
        if cut:
            yield from _marks(("", self.mended.after.replace(CUT, "")), spans, cut=True)
            return
        yield from _marks((self.first.after, self.mended.after), spans, asks=self.asking[-1])

    def _change(self, kind: Kind, run: Step, why: str) -> Change:
        """Return a change of some words, with how both are written."""
        spans = (self._span(self.first, run.original), self._span(self.mended, run.excerpt))
        return Change(
            kind, spans[0].quote(self.original), spans[1].quote(self.excerpt), *spans, why
        )

    def _cut_at(self, place: int) -> bool:
        """Whether an ellipsis stands before a word of the excerpt, or after its last."""
        words = self.mended.words
        return CUT in (words[place].before if place < len(words) else self.mended.after)

    @staticmethod
    def _keys(of: Worded, span: Span) -> str:
        return " ".join(word.key for word in of.words[slice(*span)])

    @staticmethod
    def _span(of: Worded, span: Span) -> Span:
        """Return the characters of some words."""
        words = of.words
        if span.begin < span.end:
            return Span(words[span.begin].span.begin, words[span.end - 1].span.end)
        place = words[span.begin - 1].span.end if span.begin else 0
        return Span(place, place)

    @staticmethod
    def _gap(of: Worded, span: Span) -> Span:
        """Return the characters before a word."""
        begin = of.words[span.begin - 1].span.end if span.begin else 0
        return Span(begin, of.words[span.begin].span.begin)


def _runs(found: Sequence[Step]) -> Iterator[Step]:
    """Join words next to one another that were left out, or that were added."""
    run: Step | None = None
    for step in found:
        lone = step.original.begin == step.original.end or step.excerpt.begin == step.excerpt.end
        if run and lone and _alike(run, step):
            run = Step(
                Span(run.original.begin, step.original.end),
                Span(run.excerpt.begin, step.excerpt.end),
            )
            continue
        if run:
            yield run
        run = step
    if run:
        yield run


def _denies(word: str) -> bool:
    """Whether a word turns the sense of its clause, also without its apostrophe."""
    return word in _NOT or spelling.listed(word).endswith("n't")


def _alike(run: Step, step: Step) -> bool:
    """Whether two runs are both left out, or both added, at one place."""
    out = (run.excerpt.begin == run.excerpt.end, step.excerpt.begin == step.excerpt.end)
    added = (run.original.begin == run.original.end, step.original.begin == step.original.end)
    return all(out) or all(added)


def _marks(
    marks: tuple[str, str], spans: tuple[Span, Span], *, asks: bool = False, cut: bool = False
) -> Iterator[Change]:
    """Yield what became of the marks at one place, if anything did."""
    before, after = marks
    if CUT in after and CUT not in before:
        yield Change("refused", before, after, *spans, "nothing was left out at this ellipsis")
    elif before != after:
        why = remarked(before, after, asks=asks, cut=cut)
        mended = f"{_shown(before)} became {_shown(after)}"
        if why or not cut:
            yield Change("refused" if why else "punctuation", before, after, *spans, why or mended)


def _shown(marks: str) -> str:
    """Return marks as they are told."""
    return f"'{marks}'" if marks else "no mark"


def _cased(before: str, after: str) -> tuple[str, str] | None:
    """Return two words as far as their capitals can be told from one another, if they differ."""
    if before.casefold() == after.casefold():
        return (before, after) if before != after else None
    if before[:1].casefold() == after[:1].casefold() and before[:1] != after[:1]:
        return before[:1] + after[1:], after
    return None
