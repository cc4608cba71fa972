"""An article is found by what an editor has of it, and never guessed."""

import pytest
from reporting import desk, report
from writing import BRIDGE, EDITH, URL, Desk

from ombud.corrections.investigating import Inquiry
from ombud.corrections.locating import located
from ombud.errors import InvalidInputError, NotFoundError
from ombud.store import articles, outlets, reports

__all__ = ["desk"]
MILL = "https://www.harbour.example/news/2026/03/mill-burns-4711.html"
FERRY = "https://harbour.example/a8f3/ferry?id=990"


def entered(desk: Desk, *urls: str, outlet: str = "harbour") -> list[int]:
    """Enter articles, and return their numbers."""
    with desk.store.writing() as tx:
        return [articles.put(tx, outlet, url, BRIDGE, None, desk.at)[0].id for url in urls]


def found(desk: Desk, asked: str | int) -> str:
    """Return the address of the article that is meant."""
    with desk.store.reading() as tx:
        return located(tx, "harbour", asked).url


@pytest.mark.parametrize(
    ("asked", "url"),
    [
        (1, URL),
        ("1", URL),
        (f" {URL} ", URL),
        (f"{URL}/?utm_source=letter#top", URL),
        ("http://www.harbour.example/bridge", URL),
        ("bridge", URL),
        ("4711", MILL),
        ("mill-burns-4711", MILL),
        ("mill-burns-4711.html", MILL),
        ("www.harbour.example/news/2026/03/mill-burns-4711.html", MILL),
        ("a8f3", FERRY),
        ("990", FERRY),
    ],
)
def test_an_article_is_found_by_number_address_or_own_id(
    desk: Desk, asked: str | int, url: str
) -> None:
    """However its address is spelt, and whatever part of it the outlet's system counts by."""
    entered(desk, MILL, FERRY)
    assert found(desk, asked) == url


@pytest.mark.parametrize("asked", ["", "burns", "471", "03", "%", 77, "77", "9" * 40, "http://["])
def test_what_means_no_article_says_what_would(desk: Desk, asked: str | int) -> None:
    """A word of a headline, a piece of a number or a month in an address is no id."""
    entered(desk, MILL, FERRY)
    with pytest.raises(NotFoundError, match="give its address, its number here, or the id"):
        found(desk, asked)


def test_another_outlets_article_is_not_meant(desk: Desk) -> None:
    """Neither by its number nor by its address."""
    with desk.store.writing() as tx:
        outlets.opened(tx, "valley", "The Valley Voice", desk.at)
    (other,) = entered(desk, MILL, outlet="valley")
    for asked in (other, str(other), MILL, "4711"):
        with pytest.raises(NotFoundError):
            found(desk, asked)


def test_where_several_are_meant_they_are_named(desk: Desk) -> None:
    """An id that is also a number here, or stands in two addresses, is not guessed."""
    entered(desk, MILL, "https://harbour.example/fire-4711", "https://harbour.example/pier-1")
    for asked in ("4711", "1"):
        with pytest.raises(InvalidInputError, match=r"several articles .*harbour\.example.*"):
            found(desk, asked)
    assert found(desk, 1) == URL


def test_a_number_is_found_among_many_dates(desk: Desk) -> None:
    """However many addresses hold its digits without calling their article so."""
    entered(desk, *(f"https://harbour.example/2021/11/fire-{one}-x" for one in range(20, 80)))
    assert found(desk, "1") == URL
    assert found(desk, "fire-21-x") == "https://harbour.example/2021/11/fire-21-x"


def test_a_report_moves_to_the_article_at_an_address(desk: Desk) -> None:
    """With its newest edition, and the step says which number that is here."""
    (mill,) = entered(desk, MILL)
    number = report(desk)
    with desk.store.writing() as tx:
        Inquiry(tx, EDITH, number, desk.at).place(MILL, "It is this one.")
    with desk.store.reading() as tx:
        moved = reports.one(tx, number)
    assert moved is not None
    assert (moved.article, moved.edition) == (mill, 1)
