"""The article of a page is found in the shapes that news sites have, and nothing around it."""

import json
from collections.abc import Callable
from time import process_time

import newsstand
import pytest
from newsstand import AROUND, ARTICLE, COMMENTS, SHAPES, TITLE

from ombud.errors import InvalidInputError
from ombud.stories.document import Document
from ombud.stories.reading import read


def said(document: Document) -> str:
    """Return the sentences of a document, as a text."""
    return " ".join(span.quote(document.text) for span in document.sentences)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_an_article_is_found_whole_and_alone(shape: Callable[[], str]) -> None:
    """Policies, comments, captions, credits, letters and teasers are cut, wherever they stand."""
    found = read("page", shape().encode()).document
    assert said(found) == " ".join(ARTICLE)
    assert not [words for words in AROUND if words in said(found)]
    assert found.title == TITLE


def test_a_live_blog_gives_its_entries() -> None:
    """Each entry is there, in the order of the page, with its heading."""
    found = read("page", newsstand.live_blog().encode()).document
    assert [line for line in said(found).split() if line == "Update"]
    assert all(line in said(found) for line in ARTICLE)


def test_what_stands_before_a_paywall_is_told_to_be_a_stub() -> None:
    """The offer is no part of what is there, and the reader is told."""
    found = read("page", newsstand.paywall().encode())
    assert said(found.document) == " ".join(ARTICLE[:2])
    assert any("the stub of an article" in note for note in found.notes)


def test_the_front_of_a_site_holds_no_article() -> None:
    """Teasers are no running text."""
    with pytest.raises(InvalidInputError, match="front holds no article"):
        read("front", newsstand.front().encode())


def test_an_article_that_is_called_like_a_box_is_found() -> None:
    """Where a box is all that a page has, it is the article."""
    body = "".join(f"<p>{line}</p>" for line in ARTICLE)
    page = f'<html><body><h1>{TITLE}</h1><div class="trending">{body}</div>'
    page += f"<div class='teasers'><p>{newsstand.LETTER}</p></div></body></html>"
    assert said(read("page", page.encode()).document) == " ".join(ARTICLE)


def test_an_article_goes_on_after_a_box_in_its_midst() -> None:
    """A box of plain text within an article takes nothing of it along."""
    lines = [*ARTICLE[:4], "Read next", *newsstand.RELATED, *ARTICLE[4:]]
    found = read("text", "\n\n".join([TITLE, *lines]).encode()).document
    assert said(found) == " ".join(ARTICLE)


def test_an_article_that_only_programs_can_read_is_found() -> None:
    """Some sites write their articles with scripts, and give them to search engines as well."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "articleBody": "\n\n".join(ARTICLE),
        "publisher": {"@type": "Organization", "name": "Gull Post"},
    }
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    page = f"<html><head>{script}</head><body><div id='root'></div></body></html>"
    found = read("page", page.encode()).document
    assert (said(found), found.outlet) == (" ".join(ARTICLE), "Gull Post")


@pytest.mark.parametrize(
    ("head", "address", "outlet"),
    [
        (
            '<meta property="og:site_name" content="The Gull">',
            "https://www.gull.example/",
            "The Gull",
        ),
        ("<title>{} - Gull Post</title>", "https://www.gull.example/pier", "Gull Post"),
        ("<title>{}</title>", "https://www.gull.example/pier", "www.gull.example"),
    ],
)
def test_an_outlet_is_what_the_page_says_or_else_its_host(
    head: str, address: str, outlet: str
) -> None:
    """The name of the site stands in the page's facts, or after the headline in its title."""
    body = "".join(f"<p>{line}</p>" for line in ARTICLE)
    page = f"<html><head>{head.format(TITLE)}</head><body><h1>{TITLE}</h1>{body}</body></html>"
    assert read("page", page.encode(), address=address).document.outlet == outlet


def test_a_page_of_ten_megabytes_is_read_in_little_time() -> None:
    """Comments without end under a heading cost no more than a look."""
    thread = "".join(f"<p>Number {n}. {COMMENTS[n % 3]}</p>" for n in range(50_000))
    article = "".join(f"<p>{line}</p>" for line in ARTICLE)
    page = f"<html><body><h1>{TITLE}</h1>{article}<h3>Comments</h3>{thread}</body></html>"
    began = process_time()
    assert said(read("page", page.encode()).document) == " ".join(ARTICLE)
    assert process_time() - began < 10


def test_scripts_of_more_than_a_parser_takes_hide_no_article() -> None:
    """What stands after ten megabytes of them is read, and what one of them says of the article."""
    script = f"<script>{'let a = 1; ' * 300_000}</script><!-- {'x ' * 100_000} -->"
    told = '{"@type": "NewsArticle", "datePublished": "2026-03-02"}'
    told = f'<script type="application/ld+json">{told}</script>'
    article = "".join(f"<p>{line}</p>" for line in ARTICLE)
    head = f"<head><title>{TITLE}</title>{script * 4}{told}</head>"
    page = f"<html>{head}<body><h1>{TITLE}</h1>{article}</body></html>"
    found = read("page", page.encode()).document
    assert len(page) > 10_000_000
    assert (said(found), found.published_at) == (" ".join(ARTICLE), "2026-03-02")


def test_a_page_of_paragraphs_without_end_is_refused() -> None:
    """It says why, and takes no minutes."""
    began = process_time()
    with pytest.raises(InvalidInputError, match="elements"):
        read("page", f"<html><body>{f'<p>{ARTICLE[0]}</p>' * 40_000}</body></html>".encode())
    assert process_time() - began < 10


def test_a_page_of_nothing_but_nesting_is_refused() -> None:
    """Depth without text is no article."""
    with pytest.raises(InvalidInputError):
        read("page", ("<div>" * 200_000 + "x").encode())


@pytest.mark.parametrize("charset", ["windows-1251", "no-such", "utf-8", "base64"])
def test_what_a_server_says_of_the_encoding_is_believed_where_it_can_be_true(charset: str) -> None:
    """A page that declares nothing is read as the server says, if that is an encoding of text."""
    text = "Городской совет Норрвика проголосовал во вторник за восстановление рыбного рынка."
    page = f"<html><body><p>{text}</p></body></html>"
    content = page.encode("utf-8" if charset != "windows-1251" else charset)
    assert text in read("page", content, charset=charset).document.text


def test_an_outlet_may_stand_under_the_headline_and_a_box_under_the_article() -> None:
    """A page that says nothing in its head of whose it is says so in a line, and links to more."""
    article = "".join(f"<p>{line}</p>" for line in ARTICLE)
    markup = (
        "<html><head><title>Pier 4 to close</title></head><body><div class='wrap'>"
        "<h1>Pier 4 to close</h1><div class='meta'>Norrvik Chronicle | Oct 6, 2025</div>"
        f"{article}<div class='panel'><h3>More from Norrvik</h3>"
        "<p>A storm heads for the coast as thousands are told to leave their homes.</p></div>"
        "</div></body></html>"
    )
    found = read("page", markup.encode()).document
    assert found.outlet == "Norrvik Chronicle"
    assert said(found) == " ".join(ARTICLE)
