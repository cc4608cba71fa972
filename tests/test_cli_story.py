"""`ombud story` on the command line."""

import json
from pathlib import Path

import pytest
from elsewhere import Answer, serving
from piers import BAY, COAST, GULL, page
from typer.testing import CliRunner

from ombud.cli import app


@pytest.fixture(name="files")
def _files(tmp_path: Path) -> list[str]:
    """Return the names of the three articles as files."""
    for name, text in (("gull", GULL), ("bay", BAY), ("coast", COAST)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [str(tmp_path / f"{name}.txt") for name in ("gull", "bay", "coast")]


def test_json_has_the_articles_in_order_and_the_claims(files: list[str]) -> None:
    """Programs get one object on standard output."""
    ended = CliRunner().invoke(app, ["story", *files, "--format", "json"])
    assert ended.exit_code == 0
    answer = json.loads(ended.stdout)
    assert [article["id"] for article in answer["articles"]] == ["gull", "bay", "coast"]
    assert answer["claims"][0]["outlets"]["coast"]["stance"] == "could_not_verify"


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_an_article_dated_in_the_future_is_told_of_in_every_form(form: str, tmp_path: Path) -> None:
    """The dossier itself says that the date was not used."""
    (tmp_path / "gull.txt").write_text(GULL.replace("2 March 2026", "2 March 2999"))
    asked = ["story", str(tmp_path / "gull.txt"), "--format", form]
    shown = CliRunner().invoke(app, asked).stdout
    assert "gull is dated 2999-03-02, which lies in the future" in shown
    told = '"future_date": "2999-03-02"' if form == "json" else "dated in the future, 2999-03-02"
    assert told in shown


def test_articles_of_one_outlet_are_told_to_be_so(tmp_path: Path) -> None:
    """What an outlet says twice is nobody else's confirmation."""
    head = '<meta property="og:site_name" content="Gull Post">'
    for name, text in (("a", GULL), ("b", BAY)):
        (tmp_path / f"{name}.html").write_text(page(text, head=head), encoding="utf-8")
    asked = ["story", *(str(tmp_path / f"{name}.html") for name in "ab")]
    told = "note: all articles are of one outlet, Gull Post: nothing is confirmed by another"
    assert told in CliRunner().invoke(app, asked).stdout


def test_text_and_page_tell_the_same_claim(files: list[str]) -> None:
    """People get lines, or a page that stands alone."""
    shown = CliRunner().invoke(app, ["story", *files]).stdout
    page = CliRunner().invoke(app, ["story", *files, "--format", "html"]).stdout
    assert "Coast Daily could not verify it" in shown
    assert page.startswith("<!doctype html>")
    assert "could not verify it" in page


def test_what_cannot_be_read_is_told_and_the_rest_is_compared(
    files: list[str], tmp_path: Path
) -> None:
    """One page without an article does not stop the others; none left is wrong use."""
    empty = tmp_path / "menu.html"
    empty.write_text("<html><body><nav>Home</nav></body></html>", encoding="utf-8")
    ended = CliRunner().invoke(app, ["story", files[0], str(empty), "--format", "json"])
    assert (ended.exit_code, len(json.loads(ended.stdout)["articles"])) == (0, 1)
    assert f"{empty}: menu holds no article" in ended.stderr
    assert CliRunner().invoke(app, ["story", str(empty)]).exit_code == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("no-such.txt", "no file named 'no-such.txt'; give a .txt or .html file, an address, or -"),
        ("a" * 300, "no file named"),
        ("", "no file named ''"),
        (".", "'.' is a folder; give the files in it"),
        ("https://gull.example/pier", "'follow_hosts' holds: none"),
        ("http://169.254.169.254/latest", "'follow_hosts' holds: none"),
        ("ftp://gull.example/pier", "is no address of a page"),
    ],
)
def test_what_is_no_file_is_refused(given: str, said: str) -> None:
    """A missing file and an address are wrong use; no request is made."""
    ended = CliRunner().invoke(app, ["story", given])
    assert ended.exit_code == 2
    assert said in ended.stderr


def test_addresses_are_fetched_from_hosts_that_are_followed(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page beside a file is one more article; one that does not come is told and left out."""
    with serving() as bay:
        monkeypatch.setenv("OMBUD_FOLLOW_HOSTS", bay.host)
        monkeypatch.setenv("OMBUD_FOLLOW_NETWORKS", "127.0.0.0/8")
        head = '<meta property="og:site_name" content="Bay Wire">'
        content = page(BAY.partition("Berg")[2], head=head).encode("cp1252")
        url = bay.has("/pier/", Answer(content, "text/html; charset=windows-1252"))
        missing = bay.url("/missing")
        ended = CliRunner().invoke(app, ["story", files[0], url, missing, "--format", "json"])
    assert ended.exit_code == 0, ended.output
    articles = json.loads(ended.stdout)["articles"]
    assert [(one["id"], one["outlet"]) for one in articles] == [
        ("gull", "Gull Post"),
        ("127.0.0.1/pier", "Bay Wire"),
    ]
    assert "was answered with 404; it is left out" in ended.stderr


def test_a_name_of_this_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that is followed, and lies in an internal network, is an error without a request."""
    with serving() as inside:
        monkeypatch.setenv("OMBUD_FOLLOW_HOSTS", inside.host)
        ended = CliRunner().invoke(app, ["story", inside.url("/pier")])
    assert ended.exit_code == 2
    assert "is in an internal network; no request was made" in ended.stderr
    assert inside.asked == []


def test_standard_input_is_an_article_and_is_read_once() -> None:
    """A dash stands for standard input, one time."""
    ended = CliRunner().invoke(app, ["story", "-", "--format", "json"], input=GULL)
    assert json.loads(ended.stdout)["articles"][0]["id"] == "stdin"
    assert CliRunner().invoke(app, ["story", "-", "-"], input=GULL).exit_code == 2


def test_articles_of_several_events_are_put_into_stories(files: list[str], tmp_path: Path) -> None:
    """With --group each event has a dossier of its own."""
    harvest = tmp_path / "harvest.txt"
    harvest.write_text(
        "Harvest of apples breaks records\n\nThe farmers of the valley picked more apples than"
        " ever this autumn, the union of growers announced.\n",
        encoding="utf-8",
    )
    asked = ["story", files[0], str(harvest), files[1], "--group"]
    answer = json.loads(CliRunner().invoke(app, [*asked, "--format", "json"]).stdout)
    assert [len(story["articles"]) for story in answer["stories"]] == [2, 1]
    assert CliRunner().invoke(app, [*asked, "--format", "html"]).exit_code == 2
