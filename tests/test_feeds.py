"""Feeds of every kind are read, and what is none is refused."""

from itertools import pairwise

import pytest

from ombud.errors import InvalidInputError
from ombud.fetching.feeds import MOST, Entry, parse

ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Gull Post</title><entry><id>n1</id>'
    b'<link href="/pier"/><title>Pier &amp; quay</title></entry></feed>'
)
JSON = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "Gull Post",'
    b' "items": [{"id": "n1", "url": "/pier", "title": "Pier & quay"}]}'
)
URL = "https://gull.example/feeds/news.xml"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Gull
 Post</title>{}</channel></rss>"""
ITEM = "<item><guid>{0}</guid><link>https://gull.example/{0}</link><title>No. {0}</title></item>"


def rss(*items: str) -> bytes:
    """Return a feed of RSS."""
    return RSS.format("".join(items)).encode()


@pytest.mark.parametrize(
    "content",
    [
        rss("<item><guid>n1</guid><link>/pier</link><title>Pier &amp; quay</title></item>"),
        ATOM,
        JSON,
    ],
)
def test_feeds_of_each_kind_name_their_articles(content: bytes) -> None:
    """Addresses are whole, and titles are text in one line."""
    found = parse(content, URL)
    assert found.title == "Gull Post"
    assert found.entries == (Entry("n1", "https://gull.example/pier", "Pier & quay"),)


@pytest.mark.parametrize(
    "content", [b"", b"<html><body>No feed</body></html>", b"<rss>", b"\x00\x01", b"{}", b"[1]"]
)
def test_what_is_no_feed_is_refused(content: bytes) -> None:
    """The error names the address."""
    with pytest.raises(InvalidInputError, match="is no feed of RSS or Atom"):
        parse(content, URL)


def test_a_feed_that_never_ends_is_read_to_a_bound() -> None:
    """The newest entries stand first, and no more than so many are read."""
    found = parse(rss(*(ITEM.format(number) for number in range(MOST + 50))), URL)
    assert len(found.entries) == MOST
    assert found.entries[0].key == "0"


def test_entries_without_an_address_and_those_that_come_twice_are_left_out() -> None:
    """What cannot be fetched is no entry; of two with one name the first counts."""
    twice = ITEM.format(1).replace("No. 1", "Again")
    none, odd = (f"<item><title>N</title>{link}</item>" for link in ("", "<link>http://[</link>"))
    found = parse(rss(none, odd, ITEM.format(1), twice), URL)
    assert [entry.title for entry in found.entries] == ["No. 1"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://gull.example/\\u0000",
        "https://gull.example/" + "a" * 2000,
        "https://gull.example/" + "ö" * 1000,
    ],
)
def test_what_is_no_address_of_a_page_is_left_out(url: str) -> None:
    """One entry that no database can keep does not cost the others of its feed."""
    items = f'{{"id": "n0", "url": "{url}", "title": "Odd"}}, {{"id": "n1"'
    found = parse(JSON.replace(b'{"id": "n1"', items.encode()), URL)
    assert [entry.key for entry in found.entries] == ["n1"]


def test_a_place_within_a_page_is_no_page_of_its_own() -> None:
    """Feeds that name the comments of an article name the article."""
    item = "<item><link>https://gull.example/pier#comments</link></item>"
    assert parse(rss(item), URL).entries[0].url == "https://gull.example/pier"


def test_entities_of_a_feed_read_no_file_and_do_not_grow() -> None:
    """A feed cannot name a file of ours, nor make itself large."""
    entities = '<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbbbbbbbbb">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("bcdefgh")
    )
    item = "<item><guid>&a;&h;</guid><link>/x</link><title>&a;&h;</title></item>"
    content = f"<!DOCTYPE rss [{entities}]>".encode() + rss(item).partition(b"?>")[2]
    (entry,) = parse(content, URL).entries
    assert "root" not in entry.title + entry.key
    assert len(entry.title) < 100
