"""Details in which two outlets' sentences differ, and those in which they only seem to."""

import pytest

from ombud.stories.details import details
from ombud.stories.reading import read


def differing(one: str, other: str) -> list[tuple[str, str, str]]:
    """Return kind and words of what differs between the first sentences of two articles."""
    documents = [read("a", f"Title\n\n{text}\n".encode()).document for text in (one, other)]
    found = details(*((document, document.sentences[0]) for document in documents))
    return [
        (
            detail.kind,
            *(
                span.quote(one.text)
                for one, span in zip(documents, detail.spans, strict=True)
                if span
            ),
        )
        for detail in found
    ]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        # A round number is no other number than what rounds to it.
        ("about 18,400 people", "more than 18,000 people", []),
        (
            "about 18,400 people",
            "some 15,000 people",
            [("number", "18,400 people", "15,000 people")],
        ),
        (
            "30 million people",
            "more than 37 million people",
            [("number", "30 million", "37 million")],
        ),
        ("6.4 percent", "6 percent", []),
        ("$4.2 million", "$4 million", []),
        ("30 feet", "20 feet", [("number", "30 feet", "20 feet")]),
        ("at least 13 people", "14 people", [("number", "13 people", "14 people")]),
        # A number that counts nothing by itself.
        ("the pier that opened in 2019 with a feast", "the pier that opened in 2018 with", []),
        ("which killed 26.", "27 people were killed.", [("number", "26", "27 people")]),
        ("47 reports of leaks", "41 reports of leaks", [("number", "47 reports", "41 reports")]),
        # Ages, times of day, and dates in either order.
        ("Ida Norr, 34, who sold tea", "Ida Norr, 36, who sold tea", [("number", "34", "36")]),
        ("Ida Norr, 34, who sold tea", "Jon Berg, 36, who sold tea", []),
        ("at 3:50 a.m. on the pier", "at 4:50 am on the pier", [("time", "3:50 a.m.", "4:50 am")]),
        ("on 18 February at a club", "on February 18 at a club", []),
        ("on 18 February at a club", "in March at a club", [("date", "18 February", "March")]),
        ("on March 9 at a club", "in March at a club", []),
    ],
)
def test_what_differs_is_told_from_what_is_written_otherwise(
    one: str, other: str, wanted: list[tuple[str, str, str]]
) -> None:
    """Only what cannot both be so is set side by side."""
    frame = "The harbour board of the town of Norrvik said that it was {} as the winter came."
    assert differing(frame.format(one), frame.format(other)) == wanted
