"""The application: which path leads where, what runs behind it, and how errors are answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from types import MappingProxyType

import structlog
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ombud import __version__
from ombud.case import Case
from ombud.demo import DEMO, Demo
from ombud.engine import Engine
from ombud.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    OmbudError,
    PolicyError,
    SettingsError,
    SignalError,
    SignInError,
    StoreError,
)
from ombud.settings import Settings
from ombud.web.batching import Batches
from ombud.web.discovery import Discovery
from ombud.web.journal import Journal
from ombud.web.judging import Judged, Question, answer_all, weigh
from ombud.web.metrics import Metrics
from ombud.web.pages import Pages, schema
from ombud.web.perspective import Perspective
from ombud.web.versions import Kept
from ombud.web.wire import MAX_TEXT, BodyError, answer, problem

STATUS: dict[type[OmbudError], HTTPStatus] = {
    BusyError: HTTPStatus.TOO_MANY_REQUESTS,
    ConflictError: HTTPStatus.CONFLICT,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    InvalidInputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    PolicyError: HTTPStatus.INTERNAL_SERVER_ERROR,
    SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
    SignalError: HTTPStatus.INTERNAL_SERVER_ERROR,
    SignInError: HTTPStatus.UNAUTHORIZED,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The HTTP status of each error; the errors themselves know no HTTP."""

_WARM_UP = "The council publishes its report on the bridge today."

_log = structlog.get_logger()


def create_app(
    engine: Engine, settings: Settings, demo: Demo = DEMO, kept: Kept = MappingProxyType({})
) -> FastAPI:
    """
    Return the application that judges with `engine` and shows `demo` on its front page.

    `kept`: what loads the engines of other versions of the models, by their id.
    """
    metrics = Metrics()
    batches: Batches[Question, Judged] = Batches(
        partial(answer_all, engine),
        limit=settings.max_batch,
        bound=settings.max_queue,
        weigh=weigh,
        load=MAX_TEXT,
        threads=settings.threads,
        observe=metrics.batch,
    )
    metrics.watch_queue(lambda: batches.depth)
    perspective = Perspective(engine, settings, batches, metrics, kept)
    pages = Pages(engine, demo, batches, metrics)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        batches.start()
        perspective.suggestions.start()
        app.state.ready = await _warm_up(engine, batches, demo)
        yield
        app.state.ready = False
        await batches.close()
        await perspective.suggestions.close()

    app = FastAPI(
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
    app.state.ready = False
    # The busiest paths come first: routes are tried in this order.
    app.router.routes[:0] = [
        Route("/{base:path}v1alpha1/{method:path}", perspective),
        Route("/{base:path}$discovery/rest", Discovery(settings).__call__),
        *pages.routes(),
        Route("/healthz", _alive),
        Route("/readyz", _ready),
        Route("/metrics", partial(_numbers, metrics)),
    ]
    app.add_api_route(
        "/api/preview", pages.preview, methods=["POST"], openapi_extra=schema(), name="preview"
    )
    app.add_middleware(Journal, metrics=metrics)
    app.add_exception_handler(OmbudError, _refused)
    app.add_exception_handler(BodyError, _unreadable)
    app.add_exception_handler(HTTPException, _no_such_thing)
    return app


async def _warm_up(engine: Engine, batches: Batches[Question, Judged], demo: Demo) -> bool:
    """Judge the samples with everything there is: what loads late must not delay a reader."""
    try:
        for text in (_WARM_UP, *(sample.text for sample in demo.samples)):
            case = Case(text, article=demo.article)
            await batches.ask(Question(case, frozenset(engine.signals), judged=True))
    except Exception as error:  # noqa: BLE001 - whatever it is, the models are not ready
        _log.error("warm_up_failed", error=type(error).__name__)
        return False
    return True


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


async def _refused(_: Request, error: Exception) -> Response:
    """Answer an error of our own tree."""
    if not isinstance(error, OmbudError):  # pragma: no cover - registered for OmbudError only
        raise error
    return problem(STATUS[type(error)], error.code, str(error))


async def _unreadable(_: Request, error: Exception) -> Response:
    """Answer a body that cannot be read."""
    if not isinstance(error, BodyError):  # pragma: no cover - registered for BodyError only
        raise error
    too_large = error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return problem(error.status, "too_large" if too_large else "invalid_json", str(error))


async def _no_such_thing(_: Request, error: Exception) -> Response:
    """Answer a path or a method that does not exist."""
    if not isinstance(error, HTTPException):  # pragma: no cover - registered for it only
        raise error
    status = HTTPStatus(error.status_code)
    response = problem(status, status.name.lower(), status.description or status.phrase)
    response.headers.update(error.headers or {})
    return response
