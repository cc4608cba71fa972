"""The application: which path leads where, what runs behind it, and how errors are answered."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from http import HTTPStatus
from types import MappingProxyType

import structlog
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ombud import __version__
from ombud.case import Case
from ombud.demo import Demo
from ombud.engine import Engine
from ombud.following.rounds import Rounds
from ombud.mail.post import Post
from ombud.newsroom import Article
from ombud.settings import Settings
from ombud.store import Store, rebuilding
from ombud.web.api import router
from ombud.web.api.figures import Counted
from ombud.web.batching import Batches
from ombud.web.borders import Bounds, Origins
from ombud.web.coral import Coral
from ombud.web.corrections import Corrections
from ombud.web.desk import Desk
from ombud.web.discovery import Discovery
from ombud.web.failures import answer_failures
from ombud.web.journal import Journal
from ombud.web.judging import Judged, Question, answer_all, timed, weigh
from ombud.web.limits import Addresses, Attempts, Limits
from ombud.web.live import Live
from ombud.web.metrics import Metrics
from ombud.web.nightly import Nightly
from ombud.web.office import Office
from ombud.web.pages import Pages, schema
from ombud.web.perspective import Perspective
from ombud.web.public import Public
from ombud.web.slashes import slashed
from ombud.web.stage import Stage
from ombud.web.versions import Kept
from ombud.web.watch import Watch
from ombud.web.webhooks import Webhooks
from ombud.web.wire import MAX_TEXT, answer, problem

_ARTICLE = Article(
    "A report on the bridge", "The council says what the repair costs.", "A. N. Other"
)
_WARM_UP = (
    "The council publishes its report on the bridge today.",
    "Who voted for this? An absolute disgrace, and the mayor is a liar.",
    "There is a mistake in your article: the vote was eight to seven.",
    "THE REAL FIGURES ARE AT www.example.com AND NOBODY PRINTS THEM",
)

_log = structlog.get_logger()


def create_app(
    engine: Engine,
    settings: Settings,
    demo: Demo | None = None,
    kept: Kept = MappingProxyType({}),
    store: Store | None = None,
    written: str = "",
) -> FastAPI:
    """
    Return the application that judges with `engine`; with a `demo` it shows an invented newsroom.

    `kept`: what loads the engines of other versions of the models, by their id.
    `store`: what is remembered in; without one the database that the settings name.
    `written`: the text of the policy file that `engine` was made of.
    """
    metrics = Metrics()
    batches = _batches(engine, settings, metrics)
    office = Office(store or Store.of(settings), engine, settings, batches, written)
    public = Public(office)
    live = Live(office, public)
    perspective = Perspective(lambda: office.engine, settings, batches, metrics, kept, office.store)
    coral = Coral(lambda: office.engine, batches, metrics, office.store)
    pages = Pages(office, batches, metrics, demo)
    corrections = Corrections(office, pages)
    post = Post(office.store, engine, settings)
    rounds = (
        Nightly(office),
        Watch(office, settings.flood_per_minute),
        Webhooks(office.store, settings.webhook_networks),
        Rounds(office.store, settings),
    )
    stage = Stage(demo, office, pages.templates) if demo else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        for part in (batches, office, perspective.suggestions, coral, *rounds):
            part.start()
        await live.start()
        await post.start()
        await _missing(office)
        async with stage.showing() if stage else nullcontext():
            app.state.ready = await _warm_up(engine, batches)
            yield
            app.state.ready = False
        for running in (post, live, *rounds, batches, perspective.suggestions, coral, office):
            await running.close()

    app = _bare(lifespan)
    _share(app, office, public, live, metrics)
    shown = [
        *(stage.routes() if stage else ()),
        *pages.routes(),
        *corrections.routes(),
        *Desk(lambda: office.engine.policy).routes(),
    ]
    app.router.routes[:0] = [
        # The busiest path comes first: routes are tried in this order.
        Route("/{base:path}v1alpha1/{method:path}", perspective),
        Route("/{base:path}$discovery/rest", Discovery(settings).__call__),
        coral.route(),
        *shown,
        *slashed(shown),
        Route("/healthz", _alive),
        Route("/readyz", _ready),
        Route("/metrics", partial(_numbers, metrics)),
    ]
    app.add_api_route(
        "/api/preview", pages.preview, methods=["POST"], openapi_extra=schema(), name="preview"
    )
    app.include_router(router)
    _guard(app, office, metrics)
    return app


def _batches(engine: Engine, settings: Settings, metrics: Metrics) -> Batches[Question, Judged]:
    """Return the queue before the models."""
    batches: Batches[Question, Judged] = Batches(
        timed(partial(answer_all, engine), metrics.judging),
        limit=settings.max_batch,
        bound=settings.max_queue,
        weigh=weigh,
        load=MAX_TEXT,
        threads=settings.threads,
        observe=metrics.batch,
    )
    metrics.watch_queue(lambda: batches.depth)
    return batches


def _bare(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    """Return an application without any path."""
    return FastAPI(
        title="Ombud",
        version=__version__,
        description="The readers' desk: judges comments by the paper's own published policy.",
        lifespan=lifespan,
        # A redirect would carry the raw Host header, and no body in Google's shape.
        redirect_slashes=False,
        # The stock documentation pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )


def _guard(app: FastAPI, office: Office, metrics: Metrics) -> None:
    """Put around everything what holds for every request, the outermost last."""
    app.add_middleware(Bounds)
    app.add_middleware(Origins, may_ask=office.may_ask)
    app.add_middleware(Journal, metrics=metrics)
    answer_failures(app)


def _share(app: FastAPI, office: Office, public: Public, live: Live, metrics: Metrics) -> None:
    """Give every call what it works with."""
    settings = office.settings
    app.state.office, app.state.pages, app.state.live = office, public, live
    app.state.ready = False
    app.state.metrics = metrics
    app.state.limits = Limits(settings.reader_per_minute, settings.address_per_minute)
    app.state.attempts = Attempts()
    app.state.counted = Counted()
    app.state.address = Addresses(settings.trusted_proxies)


async def _warm_up(engine: Engine, batches: Batches[Question, Judged]) -> bool:
    """Judge with everything there is: what loads late must not delay a reader."""
    try:
        for text in _WARM_UP:
            case = Case(text, article=_ARTICLE)
            await batches.ask(Question(case, frozenset(engine.signals), judged=True))
    except Exception as error:  # noqa: BLE001 - whatever it is, the models are not ready
        _log.error("warm_up_failed", error=type(error).__name__)
        return False
    return True


async def _missing(office: Office) -> None:
    """Say how many comments and names are not looked for, as those from before they were."""
    if missing := await office.read(rebuilding.missing):
        because = "comments are not looked for among repeats; enter them: ombud repeats rebuild"
        _log.warning("repeats_missing", comments=missing, because=because)
    if missing := await office.read(rebuilding.unlooked):
        because = "readers' names are not looked for in full; enter them: ombud repeats rebuild"
        _log.warning("names_missing", names=missing, because=because)


async def _alive(_: Request) -> Response:
    """Say that the process answers."""
    return answer({"status": "ok", "version": __version__})


async def _ready(request: Request) -> Response:
    """Say whether comments can be judged."""
    if request.app.state.ready:
        return answer({"status": "ready"})
    unready = HTTPStatus.SERVICE_UNAVAILABLE
    return problem(unready, "not_ready", "The models have not judged a comment yet.")


async def _numbers(metrics: Metrics, _: Request) -> Response:
    """Show the counters."""
    return PlainTextResponse(metrics.written(), media_type="text/plain; version=0.0.4")
