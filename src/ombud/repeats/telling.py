"""What is said of a comment that repeats others: how often, by whom, in how large a campaign."""

from collections.abc import Sequence

from ombud.newsroom import Repeat, Spread


def told(alike: Sequence[Repeat], spread: Spread | None) -> str:
    """Say what a comment repeats; of other outlets nothing is told but that there is something."""
    here = [repeat for repeat in alike if not repeat.elsewhere]
    if not here:
        return f"Posted before, {max(repeat.likeness for repeat in alike):.0%} alike."
    closest = max(here, key=lambda repeat: repeat.likeness)
    times = "once" if len(here) == 1 else f"{len(here)} times"
    by = {True: "by the same reader", False: "by another reader", None: "before"}
    why = (
        f"Posted {times} {by[closest.same_reader]}, {closest.likeness:.0%} alike;"
        f" the closest is {_place(closest)}."
    )
    return f"{_of_campaign(spread)} {why}" if spread else why


def _of_campaign(spread: Spread) -> str:
    """Say the how many-eth of a campaign a comment is, and how far that has spread."""
    number = spread.comments + 1
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 * (number // 10 % 10 != 1), "th")
    readers = "1 reader" if spread.readers == 1 else f"{spread.readers:,} readers"
    places = "1 article" if spread.articles == 1 else f"{spread.articles:,} articles"
    since = f"{spread.since.day} {spread.since:%B, %H:%M} UTC"
    return f"The {number:,}{ending} of a campaign: from {readers} under {places} since {since}."


def _place(repeat: Repeat) -> str:
    """Name an earlier comment that is kept: it may be another's, and unpublished; or quote it."""
    return f'"{_shortened(repeat.text)}"' if repeat.comment is None else f"no. {repeat.comment}"


def _shortened(text: str, length: int = 80) -> str:
    """Return the beginning of a text, cut at a word."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + " …"
