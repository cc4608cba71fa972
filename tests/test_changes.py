"""What changed between two editions: all of it, in order, however long the article."""

import pytest

from ombud.corrections.changes import changes

LONG = "".join(f"Paragraph {number} says nothing that anybody doubts.\n" for number in range(2_000))


def test_the_old_stands_before_the_new() -> None:
    """With the words around it."""
    found = changes("It is closed for two winters.", "It is closed for one winter.")
    assert [one for one in found if one[0] != "same"] == [
        ("left out", "two"),
        ("added", "one"),
        ("left out", "winters"),
        ("added", "winter"),
    ]


@pytest.mark.parametrize("place", [0, 25_000, len(LONG)])
def test_no_length_hides_a_change(place: int) -> None:
    """At the beginning, in the middle and at the end; what is far from it is cut."""
    at = LONG.rfind("\n", 0, place) + 1
    before, after = (f"{LONG[:at]}It was {day}.\n{LONG[at:]}" for day in ("Monday", "Tuesday"))
    found = changes(before, after)
    assert [one for one in found if one[0] != "same"] == [
        ("left out", "Monday"),
        ("added", "Tuesday"),
    ]
    assert sum(len(words) for _, words in found) < 800
    assert any("…" in words for _, words in found)


def test_words_are_cut_between_and_never_run_together() -> None:
    """What is far from a change is left out word by word; blanks around the change stay."""
    before, after = (f"{'wordy ' * 60}for {count} winters{' wordy' * 60}" for count in ("two", "1"))
    first, _, _, last = changes(before, after)
    assert first == ("same", f"… {'wordy ' * 24}for ")
    assert last == ("same", f" winters{' wordy' * 23} …")


def test_a_line_without_end_stands_there_whole() -> None:
    """It is not compared word by word, and nothing of it is lost."""
    before, after = "a " * 5_000 + "old", "a " * 5_000 + "new"
    assert changes(before, after) == (("left out", before), ("added", after))


def test_what_is_the_same_has_no_changes() -> None:
    """Of two that are one, nothing is marked; neither of nothing."""
    assert {kind for kind, _ in changes("It is so.", "It is so.")} == {"same"}
    assert changes("", "") == ()
    assert changes("", "New.") == (("added", "New."),)


def test_what_was_compared_is_remembered() -> None:
    """Two long texts are compared once, however often a page asks for their change."""
    before, after = LONG, f"{LONG}It was Monday."
    assert changes(before, after) is changes("".join(list(before)), after)
