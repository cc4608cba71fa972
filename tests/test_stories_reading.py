"""Articles in texts and pages: what belongs to them, whose copy they are, what is none."""

from datetime import date

import pytest
from piers import BAY, GULL, page

from ombud.errors import InvalidInputError
from ombud.stories.document import Document
from ombud.stories.pages import decoded
from ombud.stories.reading import LARGEST, distinct, read

SENTENCE = (
    "The harbour authority of Norrvik will close pier 4 in March because engineers found cracks"
    " in three of the pillars that carry it."
)


def body(document: Document) -> str:
    """Return the article of a document."""
    return document.body.quote(document.text)


def test_a_text_is_parted_from_all_that_stands_around_its_article() -> None:
    """Title, byline, date, caption, dateline and policy lie outside the body."""
    found = read("gull", GULL.encode()).document
    assert body(found).startswith("Pier 4 will close on March 9")
    assert body(found).endswith("300,000 people last year.")
    assert found.title == "Pier 4 to close in March"
    assert (found.byline, found.published_at) == ("Ann Lee", "2026-03-02")
    assert found.outlet == "Gull Post"
    assert len(found.sentences) == 4


@pytest.mark.parametrize(
    "block",
    [
        "TribLIVE commenting policy\n\nYou are solely responsible for your comments.",
        "Comments (3)\n\nThey never mend anything.",
        "3 comments\n\nSort by newest\n\nThey never mend anything.",
        "Comment guidelines and standards\n\nPlease be kind.",
        "Before you comment: please keep to the topic and be kind to each other here.",
        "Leave a comment\n\nThey never mend anything.",
        "Related stories\n\nThe town hall gets a new roof after years of waiting for the money.",
        "© 2026 Gull Post. All rights reserved.",
        "You are solely responsible for your comments and agree to our terms.",
    ],
)
def test_what_stands_under_an_article_is_no_part_of_it(block: str) -> None:
    """Policies, comments, teasers and notices of rights are cut off, whatever opens them."""
    found = read("a", f"Pier 4 to close\n\n{SENTENCE}\n\n{block}\n".encode()).document
    assert body(found) == SENTENCE


def test_captions_credits_and_notices_between_paragraphs_are_no_sentences() -> None:
    """What stands between the paragraphs of an article is not read as its words."""
    text = (
        f"Pier 4 to close\n\n{SENTENCE}\n\nAdvertisement\n\nThe pier in winter. (Photo: Gull Post)"
        "\n\nRead more: The history of pier 4\n\nFerries will use the western quay until spring.\n"
    )
    found = read("a", text.encode()).document
    assert [span.quote(found.text) for span in found.sentences] == [
        SENTENCE,
        "Ferries will use the western quay until spring.",
    ]


def test_a_byline_under_an_article_does_not_hide_it() -> None:
    """Some papers sign at the end; the article begins where it begins."""
    found = read("a", f"Pier 4 to close\n\n{SENTENCE}\n\nBy Ann Lee\n".encode()).document
    assert body(found).startswith(SENTENCE)


@pytest.mark.parametrize(
    ("byline", "dateline", "origin"),
    [
        ("The Associated Press", "NORRVIK — ", "The Associated Press"),
        ("By Ann Lee, Associated Press", "", "The Associated Press"),
        ("By Ann Lee", "NORRVIK (Reuters) - ", "Reuters"),
        ("By Ann Lee", "LONDON, March 2 (AFP) — ", "Agence France-Presse"),
        ("PA Media", "", "PA Media"),
        ("By Ann Lee", "NORRVIK -- ", None),
        ("By Ann Lee and Jon Berg", "", None),
    ],
)
def test_whose_copy_an_article_is_stands_in_byline_or_dateline(
    byline: str, dateline: str, origin: str | None
) -> None:
    """An agency's copy is told from that of the outlet's own staff."""
    found = read("a", f"Pier 4 to close\n\n{byline}\n\n{dateline}{SENTENCE}\n".encode()).document
    assert found.origin == origin
    assert body(found) == SENTENCE


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    """Navigation, captions, policy and comments of a page are cut; its facts are kept."""
    head = (
        '<meta property="og:site_name" content="Gull Post"><meta name="author" content="Ann Lee">'
        '<meta property="article:published_time" content="2026-03-02T09:00:00Z">'
    )
    article = "\n".join(
        SENTENCE.replace("three", number) for number in ("two", "three", "four", "five")
    )
    found = read("a", page(article, head=head).encode()).document
    assert body(found) == article
    assert found.outlet == "Gull Post"
    assert (found.title, found.byline, found.published_at) == (
        "Pier 4 to close",
        "Ann Lee",
        "2026-03-02",
    )


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1252", "utf-8"), ("utf-8", "iso-8859-1"), ("cp1252", "iso-8859-1"), ("cp1252", "no-such")],
)
def test_wrong_declarations_of_the_encoding_do_no_harm(encoding: str, declared: str) -> None:
    """What a page says of its encoding is believed only where it can be true."""
    said = f'<meta charset="{declared}"><p>Malmö’s “pier” – closed in the spring of the year'
    assert "Malmö’s “pier” – closed" in decoded(said.encode(encoding))[0]


def test_an_encoding_that_is_only_guessed_is_told() -> None:
    """A text that names none and is no UTF-8 is read, with a word of warning."""
    text = BAY.replace("pier 4", "pier “Zoë”")
    found = read("bay", text.encode("cp1252"))
    assert "“Zoë”" in found.document.text
    assert any("read as cp1252" in note for note in found.notes)
    assert not any("read as" in note for note in read("bay", text.encode()).notes)
    russian = "Совет города проголосовал в понедельник за закрытие моста на две зимы. " * 4
    assert "Совет города" in decoded(russian.encode("koi8_r"))[0]
    broken = read("bay", text.encode() + b"\xe2\x80")
    assert "“Zoë”" in broken.document.text
    assert any("read as utf-8" in note for note in broken.notes)
    named = read("bay", text.encode("cp1252"), charset="windows-1252")
    assert not any("read as" in note for note in named.notes)


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02" * 1000,
        b"Short line\nAnother",
        b"<html><body><nav>Home</nav></body></html>",
    ],
)
def test_what_holds_no_article_is_refused(content: bytes) -> None:
    """A page without running text is an error that names it."""
    with pytest.raises(InvalidInputError, match="menu holds no article"):
        read("menu", content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "pier is empty"),
        (b" \n\t\r\n", "pier is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "pier is no text"),
        (b"PK\x03\x04\x14\0\0\0\xb5\xcd" + BAY.encode(), "pier is no text"),
    ],
)
def test_what_is_no_text_is_refused_with_what_may_be_given(content: bytes, said: str) -> None:
    """Nothing at all, a picture and an archive are told apart from a text without an article."""
    with pytest.raises(InvalidInputError, match=f"{said}.*text or HTML"):
        read("pier", content)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf_16_is_read_with_and_without_its_mark(encoding: str) -> None:
    """As text editors of one system save it."""
    assert body(read("bay", BAY.encode(encoding)).document) == body(
        read("bay", BAY.encode()).document
    )


def test_what_is_too_large_is_refused() -> None:
    """A file of more bytes than allowed, or more sentences than an article has, is an error."""
    with pytest.raises(InvalidInputError, match="a page may have 16 MB"):
        read("a", b"a" * (LARGEST + 1))
    with pytest.raises(InvalidInputError, match="an article may have 2000"):
        read("a", f"Title\n\n{SENTENCE} \n".encode() * 2001)


def test_odd_articles_are_read_with_a_note() -> None:
    """A date in the future, a missing date and the stub before a paywall are told."""
    text = f"Pier 4 to close\n\nPublished: 2 March 2031\n\n{SENTENCE}\nSubscribe to read on.\n"
    future = read("a", text.encode(), today=date(2026, 3, 2))
    assert future.document.published_at is None
    assert "lies in the future" in future.notes[0]
    page = f"<article><h1>Pier 4</h1><time datetime='2999-03-02'></time><p>{SENTENCE * 4}</p>"
    assert "is dated 2999-03-02" in read("c", page.encode()).notes[0]
    stub = read("a", f"Pier 4\n\n{SENTENCE}\nThis article is for subscribers.\n".encode())
    assert any("stub" in note for note in stub.notes)
    assert read("b", BAY.encode()).notes == ("says no date that could be read",)


def test_the_same_article_again_is_left_out_and_told() -> None:
    """Two files of one article give one document; two of one name get ids that differ."""
    first, again, other = (read("a", text.encode()) for text in (GULL, GULL, BAY))
    found = distinct([first, again, other])
    assert [reading.document.id for reading in found] == ["a", "a-2"]
    assert "was given again, which is left out" in found[0].notes


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Mayor did “nothing wrong”, friends say", "“nothing wrong”"),
        ("Mayor 'cleared of it all' in pier row", "“cleared of it all”"),
        ("Pier row: 14 berths are lost", "“14”"),
        ("Mayor to close pier “because of cracks” in 2026", None),
        ("Pier 4's engineers' cracks: 140 berths and £12m lost", None),
    ],
)
def test_what_only_a_title_says_is_told(title: str, said: str | None) -> None:
    """A quotation and a number in a title are looked for in the article."""
    more = "It will cost £12m and 140 berths because of cracks, and that was known for long. " * 9
    notes = read("pier", f"{title}\n\n{SENTENCE}\n\n{more}\n".encode()).notes
    found = [note for note in notes if "in its title" in note]
    assert found == (
        [] if said is None else [f"has {said} in its title, which its article does not say"]
    )


def test_posts_dates_beside_names_and_credits_of_an_agency_are_read() -> None:
    """What newspapers print around an article of an agency is no part of its words."""
    text = (
        "Pier 4 to close\n\nBy Ann Lee, Political Editor\n\nNorrvik Herald | March 2, 2026\n\n"
        f"March 2 (Reuters) - {SENTENCE}\n\n(Reporting by Jon Berg; Editing by Ida Norr)\n"
    )
    found = read("a", text.encode()).document
    assert (found.byline, found.outlet) == ("Ann Lee", "Norrvik Herald")
    assert (found.published_at, found.origin) == ("2026-03-02", "Reuters")
    assert [span.quote(found.text) for span in found.sentences] == [SENTENCE]
