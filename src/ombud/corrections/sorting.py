"""What a report asserts, as editors see it: sorted by kind, split, merged, added to."""

from ombud.corrections.steps import CLOSED, Steps, reason_of
from ombud.errata import Assertion
from ombud.errors import ConflictError, InvalidInputError
from ombud.store import inquiries
from ombud.store.corrected import ASSERTED
from ombud.store.reports import Asserted


class Sorting(Steps):
    """One of the staff who says what a report asserts."""

    def sort(self, place: int, kind: str, reason: str) -> None:
        """Say that an assertion is of another kind."""
        one = self._assertion(place)
        _check_kind(kind)
        if kind != one.kind:
            inquiries.change_assertion(self._tx, one.id, kind=kind)
            self._step("kind", (one.kind, kind), reason_of(reason), one)
            self._follow()

    def split(self, place: int, where: int, reason: str) -> None:
        """Make two of one assertion: the second begins at a character of the report's text."""
        one = self._open(place)
        if not one.begin < where < one.end:
            message = f"'at' is {where}; it must be between {one.begin} and {one.end}"
            raise InvalidInputError(message)
        said = reason_of(reason)
        inquiries.change_assertion(self._tx, one.id, end=where)
        second = self._keep(Asserted(one.kind, where, one.end))[0]
        before, after = _span(one.begin, one.end), _span(one.begin, where)
        self._step("split", (before, f"{after}, {second}:{_span(where, one.end)}"), said, one)
        self._follow()

    def merge(self, place: int, other: int, reason: str) -> None:
        """Make one of two assertions: all words from the first's beginning to the last's end."""
        one, second = self._open(place), self._open(other)
        if one.id == second.id:
            message = f"'other' is {other}; it must be another assertion"
            raise InvalidInputError(message)
        said = reason_of(reason)
        begin, end = min(one.begin, second.begin), max(one.end, second.end)
        inquiries.change_assertion(self._tx, one.id, begin=begin, end=end)
        inquiries.change_assertion(self._tx, second.id, gone=True)
        before = f"{_span(one.begin, one.end)}, {other}:{_span(second.begin, second.end)}"
        self._step("merged", (before, _span(begin, end)), said, one)
        self._follow()

    def add(self, more: Asserted, reason: str) -> None:
        """Say that the report asserts one thing more, by the characters that do."""
        _check_kind(more.kind)
        long = len(self._report.text or "")
        if not 0 <= more.begin < more.end <= long:
            message = f"'begin' and 'end' must be from 0 to {long}, in this order"
            raise InvalidInputError(message)
        said = reason_of(reason)
        self._step("added", ("", _span(more.begin, more.end)), said, self._keep(more)[1])
        self._follow()

    def _open(self, place: int) -> Assertion:
        """Return an assertion whose words may still be parted otherwise."""
        one = self._assertion(place)
        if one.status in CLOSED:
            message = f"assertion {place} is closed; reopen it first"
            raise ConflictError(message)
        return one

    def _keep(self, more: Asserted) -> tuple[int, int]:
        """Keep one more assertion, and return its number in the report, and its id."""
        number = inquiries.highest(self._tx, self._report.id) + 1
        by = self._who.by
        added = inquiries.add_assertion(self._tx, self._report.id, number, more, by, self._at)
        return number, added


def _check_kind(kind: str) -> None:
    """Refuse a kind that there is not."""
    if kind not in ASSERTED:
        message = f"'kind' is {kind!r}; it must be one of {', '.join(ASSERTED)}"
        raise InvalidInputError(message)


def _span(begin: int, end: int) -> str:
    """Return how a step writes which characters it means."""
    return f"{begin}-{end}"
