"""`ombud feed` on the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from elsewhere import Answer, Elsewhere, serving
from newsstand import ARTICLE, TITLE
from typer.testing import CliRunner, Result

from ombud.cli import app


@pytest.fixture(name="gull")
def _gull(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Elsewhere]:
    """Return the server of an outlet that is followed."""
    with serving() as gull:
        monkeypatch.setenv("OMBUD_FOLLOW_HOSTS", gull.host)
        monkeypatch.setenv("OMBUD_FOLLOW_NETWORKS", "127.0.0.0/8")
        monkeypatch.setenv("OMBUD_DATA", str(tmp_path))
        item = f"<item><link>{gull.url('/hall')}</link></item>"
        content = f'<rss version="2.0"><channel><title>G</title>{item}</channel></rss>'
        gull.has("/feed", Answer(content.encode(), "text/xml"))
        body = "".join(f"<p>{line}</p>" for line in ARTICLE)
        gull.has("/hall", Answer(f"<html><body><h1>{TITLE}</h1>{body}</body></html>".encode()))
        yield gull


def run(*given: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, ["feed", *given])


def test_a_feed_is_added_polled_listed_and_removed(gull: Elsewhere) -> None:
    """Each command says what it did."""
    assert "feed 1 is followed" in run("add", "Gull Post", gull.url("/feed")).stderr
    assert "not yet" in run("list").stdout
    ended = run("poll")
    assert ended.stdout.splitlines() == [
        f"Gull Post\t1 new\t{gull.url('/feed')}",
        f"Gull Post\tread\t{gull.url('/hall')}",
    ]
    assert "feeds: 1 came, 0 failed; pages: 1 read, 0 failed" in ended.stderr
    assert run("poll").stdout == f"Gull Post\tunchanged\t{gull.url('/feed')}\n"
    assert f"1\tGull Post\t{gull.url('/feed')}\t20" in run("list").stdout
    assert "not followed any more" in run("remove", "1").stderr
    assert run("list").stdout == ""


def test_faults_are_listed(gull: Elsewhere) -> None:
    """What went wrong with a feed stands beside it, and the exit code says that something did."""
    run("add", "Gull Post", gull.url("/feed"))
    run("add", "Bay", gull.url("/none"))
    ended = run("poll")
    assert ended.exit_code == 1
    why = f"'{gull.url('/none')}' was answered with 404"
    assert f"Bay\tfailed\t{gull.url('/none')}\t{why}" in ended.stdout.splitlines()
    assert "feeds: 1 came, 1 failed; pages: 1 read, 0 failed" in ended.stderr
    assert f"1 failures: {why}" in run("list").stdout


def test_a_page_that_is_no_article_is_told_and_no_failure(gull: Elsewhere) -> None:
    """A feed names pictures and films too; that they cannot be read is nothing to mend."""
    gull.has("/hall", Answer(b"GIF89a", "image/gif"))
    run("add", "Gull Post", gull.url("/feed"))
    ended = run("poll")
    assert ended.exit_code == 0
    assert f"Gull Post\tfailed\t{gull.url('/hall')}\t" in ended.stdout
    assert "pages: 0 read, 1 failed" in ended.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("add", "Bay", "https://bay.example/feed"), "is on no host that is followed"),
        (("add", "Bay", "feed.xml"), "is no address of a page"),
        (("remove", "7"), "there is no feed 7"),
    ],
)
def test_what_cannot_be_followed_is_wrong_use(
    gull: Elsewhere, given: tuple[str, ...], said: str
) -> None:
    """The error says what is allowed."""
    run("add", "Gull Post", gull.url("/feed"))
    ended = run(*given)
    assert ended.exit_code == 2
    assert said in ended.stderr
