"""An article with its thread, and comments to try under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ombud.newsroom import Article


@dataclass(frozen=True, slots=True)
class Sample:
    """A comment that one click fills in; `reply_to` is the place of a comment in the thread."""

    label: str
    text: str
    name: str = ""
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A comment that stands under the article already."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Trial:
    """An article, who works at the paper, what readers said, and what a visitor may try."""

    article: Article | None = None
    dateline: str = ""
    staff: tuple[str, ...] = ()
    thread: tuple[Posted, ...] = ()
    samples: Sequence[Sample] = ()


_STORY: Final = (
    "HARWICK SOUND \u2014 The council voted nine to six on Tuesday to close the old swing bridge"
    " to traffic for two winters, saying its bearings can no longer be repaired between tides.\n"
    "The work will cost 14.2 million crowns, 3 million more than was set aside in the spring."
    " Engineer Ines Tallow told the meeting that waiting another year would double the bill.\n"
    "Shopkeepers on the east bank, who collected 1,900 signatures against the closure, said they"
    " had not been heard. \u201cTwo winters is a long time to live on summer money,\u201d said"
    " Rufus Adeyemi, who has run the chandlery for 30 years.\n"
    "A ferry for pedestrians and cyclists is to run every 20 minutes from October. Buses will take"
    " the ring road, which adds about a quarter of an hour to the journey to the hospital."
)

TRIAL: Final = Trial(
    article=Article(
        title="Council votes to close the old swing bridge for two winters",
        text=_STORY,
        byline="Marta Lindqvist",
    ),
    dateline="Wednesday, 14 October",
    staff=("Marta Lindqvist", "Joon Whitfield", "The Harbour Post"),
    thread=(
        Posted(
            "Odile Brandt",
            "Fourteen million for a bridge that opens twice a day. I would like to see what a new"
            " one costs before we mend this one.",
        ),
        Posted(
            "Tomasz K.",
            "My mother takes that bus to dialysis. A quarter of an hour each way is not a detail.",
        ),
    ),
    samples=(
        Sample(
            "A plain opinion",
            "I cross that bridge twice a day and I still think the council got it right. Better two"
            " winters on the ferry than a span in the river.",
            "Hedda Moor",
        ),
        Sample(
            "Strong, and allowed",
            "This is a shameful decision by a council that never once asked the east bank. Nine"
            " people voted to starve our shops and I hope every voter remembers it.",
            "Rosalind Pike",
        ),
        Sample(
            "An attack on a reader",
            "You are a complete idiot, Odile, and so is everyone who agrees with you.",
            "Gull59",
            0,
        ),
        Sample("Masked swearing", "Who voted for this sh*t? Absolute f---ing clowns.", "Gull59"),
        Sample(
            "Shouting", "TWO WINTERS WITHOUT A BRIDGE AND NOBODY ASKED US WHAT WE THINK ABOUT IT"
        ),
        Sample(
            "A web address",
            "The real figures are all here: www.bridgetruth.example.com/costs and nobody prints"
            " them.",
        ),
        Sample(
            "An advertisement",
            "Stuck without the bridge? Call Swift Cabs, 20% off your first ride with code BRIDGE20,"
            " order today!",
            "Swift Cabs",
        ),
        Sample(
            "An error in the article",
            "There is a mistake in your article: the vote was eight to seven, not nine to six."
            " Please correct it.",
            "Bo Ferris",
        ),
        Sample(
            "Somebody else\u2019s name",
            "I wrote this article and I can tell you the council is hiding the second report.",
            "Marta Lindqvist",
        ),
        Sample(
            "A private number",
            "If you want to complain, ring engineer Tallow at home, 0161 496 0735, she picks up in"
            " the evening.",
        ),
        Sample("Gibberish", "asdkjh qwlkje zxmnbv poiuqwe lkjhasd mnbzxcv"),
        Sample(
            "About moderation",
            "Funny how my last comment was deleted. The moderators here only let one side speak.",
        ),
    ),
)
