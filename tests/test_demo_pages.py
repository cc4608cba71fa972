"""The pages of the demo, and that nothing invented is in a real newsroom."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from walking import own_files

from ombud import Engine, house_policy
from ombud.demo import TRIAL, Demo, invented
from ombud.settings import Settings
from ombud.web import create_app

PREVIEW = "/api/preview"
QUIET = replace(invented(), lines=(), live=())


@pytest.fixture
def shown(engine: Engine, settings: Settings) -> Iterator[TestClient]:
    """Return a client of the demo, in which nothing arrives."""
    with TestClient(create_app(engine, settings, Demo(content=QUIET))) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/try", "/policy"])
def test_a_real_newsroom_has_nothing_invented(client: TestClient, path: str) -> None:
    """Neither outlet, article, reader nor log-in of the demo is on any page of `ombud serve`."""
    page = client.get(path).text

    names = [house.outlet.name for house in QUIET.houses.values()]
    for words in (*names, QUIET.password, TRIAL.staff[0], TRIAL.thread[0].name, "Tallow"):
        assert words not in page
    assert client.get("/demo/harbour-post/swing-bridge").status_code == 404


def test_a_real_newsroom_protects_only_its_own_names(settings: Settings) -> None:
    """Who signs as an invented reporter breaks a clause in the demo, and none elsewhere."""
    given = {"text": "Two winters are a long time.", "author": {"name": TRIAL.staff[1]}}
    house = house_policy()
    elsewhere = replace(settings, data=settings.data / "elsewhere")
    with (
        TestClient(create_app(house, settings, Demo(content=QUIET))) as shown,
        TestClient(create_app(house, elsewhere)) as client,
    ):
        [finding] = shown.post(PREVIEW, json=given).json()["findings"]
        assert finding["rule"] == "impersonation"
        assert client.post(PREVIEW, json=given).json()["findings"] == []


def test_the_page_for_trying_shows_the_article_and_the_samples(shown: TestClient) -> None:
    """Article, byline, thread and each sample are on the page of the demo, as text."""
    page = shown.get("/try").text

    assert TRIAL.article
    for words in (TRIAL.article.title, TRIAL.article.byline, *(s.label for s in TRIAL.samples)):
        assert words in page
    assert len(TRIAL.samples) == page.count("data-text=")


def test_elsewhere_the_samples_are_the_policys_own(client: TestClient, engine: Engine) -> None:
    """Without the demo there is an example of each clause, and no article."""
    page = client.get("/try").text

    titles = [rule.title for rule in engine.policy.rules if any(map(str, rule.catches))]
    assert 0 < page.count("data-text=") <= len(titles)
    assert "data-reply" not in page


def test_texts_are_never_markup(engine: Engine, settings: Settings) -> None:
    """What stands in an article or a thread cannot become an element of the page."""
    assert TRIAL.article
    article = replace(TRIAL.article, title="<script>alert(1)</script>")
    story = replace(QUIET.stories["seals"], article=article)
    content = replace(QUIET, stories={**QUIET.stories, "seals": story})
    demo = Demo(content=content, trial=replace(TRIAL, article=article))
    with TestClient(create_app(engine, settings, demo)) as client:
        for path in ("/", "/try", story.path):
            page = client.get(path).text
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "path", ["/", "/try", "/policy", *(s.path for s in QUIET.stories.values())]
)
def test_pages_run_nothing_but_our_own_files(shown: TestClient, path: str) -> None:
    """The policy for content allows no inline script or style, and the pages hold none."""
    own_files(shown, path)


def test_every_article_stands_in_the_look_of_its_outlet(shown: TestClient) -> None:
    """A page has outlet, title, byline, text and the widget; another outlet has no such article."""
    for story in QUIET.stories.values():
        page = shown.get(story.path).text
        for words in (
            QUIET.houses[story.outlet].outlet.name,
            story.article.byline,
            "<ombud-comments",
        ):
            assert words in page
        other = next(outlet for outlet in QUIET.houses if outlet != story.outlet)
        assert shown.get(f"/demo/{other}/{story.id}").status_code == 404


def test_everybody_named_on_the_front_page_can_sign_in(shown: TestClient) -> None:
    """Names, roles and the password are there, and open the desk's session."""
    page = shown.get("/").text

    assert QUIET.password in page
    for name, (member, words) in QUIET.staff.items():
        assert words in page
        given = {"name": name, "password": QUIET.password}
        answer = shown.post("/api/session", json=given)
        assert (answer.status_code, answer.json()["role"]) == (200, member.role)
