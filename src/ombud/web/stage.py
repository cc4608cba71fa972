"""The demo in a running application: its pages, and the play that goes on behind them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final

import structlog
from anyio.to_thread import run_sync
from jinja2 import Environment
from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ombud.demo import Demo, Play
from ombud.demo.content import Story
from ombud.errors import OmbudError
from ombud.newsroom import Published
from ombud.store import articles
from ombud.web.office import Office, now
from ombud.web.pages import HEADERS

_RELIEF: Final = 3
"""Every so many comments a colleague rules on one."""
_DAY: Final = 24

_log = structlog.get_logger()


class Stage:
    """Everything that only the demo has."""

    def __init__(self, demo: Demo, office: Office, templates: Environment) -> None:
        """Take what is shown, and where."""
        self._demo = demo
        self._office = office
        self._templates = templates
        self._opened = now()
        self._play = Play(office.store, lambda: office.engine, self._opened, demo.content)

    def routes(self) -> list[Route]:
        """Return where the pages of the demo are."""
        return [
            Route("/", self.front, name="newsroom"),
            Route("/demo/{outlet}/{story}", self.story, name="story"),
        ]

    @asynccontextmanager
    async def showing(self) -> AsyncIterator[None]:
        """Enter outlets, articles and staff, and let the play go on behind everything else."""
        await run_sync(self._play.furnish)
        play = asyncio.create_task(self._perform())
        yield
        play.cancel()
        with suppress(asyncio.CancelledError):
            await play

    async def front(self, _: Request) -> Response:
        """Show what both outlets published, and who may sign in at the desk."""
        content = self._demo.content
        return self._page(
            "newsroom.html",
            content=content,
            stories=[self._shown(story) for story in content.stories.values()],
            counts=await self._counts(),
        )

    async def story(self, request: Request) -> Response:
        """Show an article in the look of its outlet, with the comments below."""
        content = self._demo.content
        story = content.stories.get(request.path_params["story"])
        if story is None or story.outlet != request.path_params["outlet"]:
            raise HTTPException(404)
        others = [
            self._shown(other)
            for other in content.stories.values()
            if other.outlet == story.outlet and other.id != story.id
        ]
        return self._page(
            "story.html",
            content=content,
            house=content.houses[story.outlet],
            paragraphs=story.article.text.splitlines(),
            others=others,
            counts=await self._counts(),
            **self._shown(story),
        )

    async def _perform(self) -> None:
        """Play what happened before the opening, then let comments arrive until all have."""
        steps = self._play.fill()
        while (step := await run_sync(next, steps, None)) is not None:
            self._office.changed(step.touched)
            self._demo.progress(step.done, step.of)
        for number, line in enumerate(self._demo.content.live):
            await asyncio.sleep(self._demo.pause(number))
            try:
                self._office.changed(await run_sync(self._play.arrive, line, now()))
                if number % _RELIEF == 0:
                    self._office.changed(await run_sync(self._play.relieve, now()))
            except OmbudError as error:
                # A visitor may have closed the article, or banned the reader.
                _log.info("not_played", reason=str(error))

    def _shown(self, story: Story) -> dict[str, object]:
        """Return an article as a page shows it."""
        when = self._opened - timedelta(hours=story.hours)
        return {
            "story": story,
            "number": self._play.places[story.id],
            "published": when.isoformat(timespec="seconds"),
            "ago": _ago(now() - when),
        }

    async def _counts(self) -> dict[str, int]:
        """Return how many comments each article shows."""
        numbers = self._play.places
        known = await self._office.read(_published, list(numbers.values()))
        return {story: known[number].approved for story, number in numbers.items()}

    def _page(self, template: str, **content: object) -> Response:
        """Return one page."""
        written = self._templates.get_template(template).render(demo=True, **content)
        return HTMLResponse(written, headers=HEADERS)


def _published(tx: Connection, numbers: list[int]) -> dict[int, Published]:
    """Return articles by their numbers."""
    return articles.some(tx, numbers)


def _ago(time: timedelta) -> str:
    """Say how long ago something was."""
    hours = round(time / timedelta(hours=1))
    if hours < 2 * _DAY:
        return f"{hours} hours ago"
    return f"{round(hours / _DAY)} days ago"
