"""The pages for people, and the JSON behind the one where a comment can be tried."""

from importlib.resources import files
from typing import Annotated, Any, Final

from jinja2 import Environment, PackageLoader
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ombud.answers import decided
from ombud.case import Case
from ombud.demo import Demo, Trial
from ombud.demo.trial import Sample
from ombud.errors import InvalidInputError
from ombud.handbook import policy_page
from ombud.newsroom import Article, Outlet, Reader
from ombud.policy import Policy
from ombud.store import outlets
from ombud.web.batching import Batches
from ombud.web.judging import Judged, Question
from ombud.web.metrics import Metrics
from ombud.web.office import Office
from ombud.web.wire import MAX_TEXT, answer, read_object, readable, size

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
_MAX_ARTICLE: Final = 200_000


def _bounded(text: str) -> str:
    """Refuse a comment that `comments:analyze` would refuse, by the same measure."""
    if size(text) > MAX_TEXT:
        message = f"it must be at most {MAX_TEXT} bytes of UTF-8, and has {size(text)}"
        raise ValueError(message)
    return text


_Comment = Annotated[
    str, AfterValidator(_bounded), Field(description=f"At most {MAX_TEXT} bytes of UTF-8.")
]


class _Given(BaseModel):
    """Part of a request: wrong types are errors, unknown names are ignored."""

    model_config = ConfigDict(strict=True)


class GivenAuthor(_Given):
    """Who writes."""

    name: str = Field("", max_length=200)


class GivenArticle(_Given):
    """What is commented on."""

    title: str = Field("", max_length=1_000)
    text: str = Field("", max_length=_MAX_ARTICLE)
    byline: str = Field("", max_length=1_000)


class Given(_Given):
    """A comment to try; without an article it stands under that of the page for trying."""

    text: _Comment = Field(min_length=1)
    author: GivenAuthor | None = None
    article: GivenArticle | None = None
    parent: _Comment | None = None


class _Current(StaticFiles):
    """Files that a browser asks for again each time, so that none is old after an upgrade."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or nothing but its tag to a browser that has it."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


class Pages:
    """The pages of one application."""

    def __init__(
        self,
        office: Office,
        batches: Batches[Question, Judged],
        metrics: Metrics,
        demo: Demo | None = None,
    ) -> None:
        """Take the policy in force, the queue of the models, and what is invented, if anything."""
        self._office = office
        self._batches = batches
        self._metrics = metrics
        self._trial = demo.trial if demo else None
        self.templates = Environment(
            loader=PackageLoader("ombud.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )

    def routes(self) -> list[Route | Mount]:
        """Return where everything is."""
        folder = str(files("ombud.web") / "static")
        static = GZipMiddleware(_Current(directory=folder), minimum_size=500)
        return [
            Route("/", self.front, name="front"),
            Route("/try", self.trying, name="try"),
            Route("/policy", self.policy, name="policy"),
            Route("/embed.js", static, name="widget"),
            Route("/corrections.js", static, name="notes"),
            Mount("/static", static, name="static"),
        ]

    async def front(self, _: Request) -> Response:
        """Say what is running here, and where everything is."""
        return await self.page("front.html", model=self._office.engine.model)

    async def trying(self, _: Request) -> Response:
        """Show a place to write, and what the policy would decide."""
        return await self.page("try.html", trial=self._trial or _trial(self._office.engine.policy))

    async def policy(self, _: Request) -> Response:
        """Show the readers' policy."""
        sections = policy_page(self._office.engine.policy)
        return await self.page("policy.html", sections=sections)

    async def preview(self, request: Request) -> Response:
        """Judge a comment and keep nothing of it."""
        address = request.app.state.address(request)
        request.app.state.limits.take(None, address and f"{address}, trying")
        content = await read_object(request)
        try:
            given = Given.model_validate(_readable(content))
        except ValidationError as error:
            raise InvalidInputError(_explained(error)) from error
        if not given.text.strip():
            message = "'text' is only white space; it must hold a comment"
            raise InvalidInputError(message)
        article = given.article
        engine = self._office.engine
        trial = self._trial or Trial()
        case = Case(
            given.text,
            author=Reader(given.author.name) if given.author and given.author.name else None,
            article=Article(article.title, article.text, article.byline)
            if article
            else trial.article,
            parent=given.parent or None,
            staff=trial.staff or await self._office.staff_names(),
            readers=tuple(posted.name for posted in trial.thread),
        )
        judged = await self._batches.ask(Question(case, judged=True, engine=engine))
        if judged.decision is None:  # pragma: no cover - it was asked for
            raise AssertionError
        self._metrics.count(judged.decision)
        rules = {finding.rule for finding in judged.decision.findings}
        clauses = {rule.id: rule.clause for rule in engine.policy.rules if rule.id in rules}
        # Quoted is what was written, lone surrogates and all; it has the same length.
        written = str(content["text"])
        return answer({**decided(written, judged.decision), "clauses": clauses})

    async def page(self, template: str, status: int = 200, **content: object) -> Response:
        """Return one page."""
        engine = self._office.engine
        known = await self._office.read(outlets.every)
        written = self.templates.get_template(template).render(
            demo=self._trial is not None,
            masthead=_masthead(known),
            outlets=known,
            policy=engine.policy,
            version=engine.version,
            **content,
        )
        return HTMLResponse(written, status, headers=HEADERS)


def _masthead(known: list[Outlet]) -> str:
    """Return the name on top of every page: that of the outlet, where there is one."""
    return known[0].name if len(known) == 1 else "Ombud"


def _trial(policy: Policy) -> Trial:
    """Return a page for trying without anything invented: the policy's own examples."""
    live = [rule for rule in policy.rules if rule.mode == "live"]
    examples = (
        (rule, next((one for one in rule.catches if isinstance(one, str)), None)) for rule in live
    )
    return Trial(samples=tuple(Sample(rule.title, text) for rule, text in examples if text))


def schema() -> dict[str, Any]:
    """Return what the API document says about the body of a preview."""
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": Given.model_json_schema()}},
        }
    }


def _readable(content: object) -> object:
    """Return JSON with each lone surrogate as the replacement character, which keeps its place."""
    if isinstance(content, str):
        return readable(content)
    if isinstance(content, dict):
        return {_readable(name): _readable(value) for name, value in content.items()}
    return content


def _explained(error: ValidationError) -> str:
    """Say which field is wrong, and why; never what it held."""
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"'{place}': {first['msg'].removeprefix('Value error, ')}"
