"""
Google's Comment Analyzer `v1alpha1`: `comments:analyze` and `comments:suggestscore`.

A client works after changing one address; any path prefix and any query parameter may be there.
`?model=ID` asks another version of the models that is kept here (`ombud model list`).
`?ombud=1` adds a last key `ombud`: the whole policy's decision with its findings, the policy's and
the model's version.
Scores of toxicity are given as Perspective gives them: as if half of all comments had the
attribute; the others' come from models that were fitted so, or have no prior to speak of.
`ombud`'s are not: they are probabilities at the priors on the card.
Its offsets count code points of the text as given, as everywhere in Ombud; the others count UTF-16
units, as Google's.
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from types import MappingProxyType
from typing import Final

import structlog
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ombud.answers import decided
from ombud.case import Case
from ombud.engine import Engine
from ombud.errors import BusyError, StoreError
from ombud.language import detect
from ombud.rejection import WANTED, likely_to_reject
from ombud.settings import Settings
from ombud.store import Store, staff
from ombud.store.suggestions import Suggested
from ombud.text import Span, utf16_offsets
from ombud.web.asked import Analysis, Suggestion, read_analysis, read_suggestion
from ombud.web.batching import Batches
from ombud.web.callers import KEY
from ombud.web.judging import Judged, Question
from ombud.web.messages import Message
from ombud.web.metrics import Metrics
from ombud.web.suggestions import Brought, Suggestions
from ombud.web.versions import Kept, Versions
from ombud.web.wire import BodyError, GoogleError, answer, read_object, readable

_MEGABYTE: Final = 1_000_000

_log = structlog.get_logger()

ATTRIBUTES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "TOXICITY": ("toxicity", "TOXICITY"),
        "SEVERE_TOXICITY": ("toxicity", "SEVERE_TOXICITY"),
        "IDENTITY_ATTACK": ("toxicity", "IDENTITY_ATTACK"),
        "INSULT": ("toxicity", "INSULT"),
        "PROFANITY": ("toxicity", "PROFANITY"),
        "OBSCENE": ("toxicity", "OBSCENE"),
        "THREAT": ("toxicity", "THREAT"),
        "SPAM": ("spam", "SPAM"),
        "INCOHERENT": ("intent", "INCOHERENT"),
        "OFF_TOPIC": ("topic", "OFF_TOPIC"),
        "ATTACK_ON_AUTHOR": ("intent", "ATTACK_ON_AUTHOR"),
        "ATTACK_ON_COMMENTER": ("intent", "ATTACK_ON_COMMENTER"),
        "UNSUBSTANTIAL": ("intent", "UNSUBSTANTIAL"),
    }
)
"""Google's names, and the signal and attribute that back each; others are refused as unknown."""
_REJECTED: Final = "LIKELY_TO_REJECT"


def offered(engine: Engine) -> dict[str, tuple[str, str]]:
    """Return the attributes that the engine's signals really give."""
    return {
        name: (signal, attribute)
        for name, (signal, attribute) in ATTRIBUTES.items()
        if signal in engine.signals and attribute in engine.signals[signal].attributes
    } | ({_REJECTED: ("policy", _REJECTED)} if engine.signals.keys() >= WANTED else {})


class Perspective:
    """The ASGI application behind every path with `v1alpha1` in it."""

    def __init__(
        self,
        engine: Callable[[], Engine],
        settings: Settings,
        batches: Batches[Question, Judged],
        metrics: Metrics,
        kept: Kept,
        store: Store,
    ) -> None:
        """
        Take what names the engine in force, the queue of the models, and other versions of them.

        `store`: where suggestions are kept.
        """
        self._engine = engine
        self._versions = Versions(engine, kept)
        self._batches = batches
        self._metrics = metrics
        self._keys = [key.encode() for key in settings.api_keys]
        self._store = store
        self._offered = offered(engine())
        self.suggestions = Suggestions(
            store,
            settings.data,
            most=settings.max_suggestions * _MEGABYTE,
            bound=settings.max_queue,
        )
        self._methods = {"comments:analyze": self._analyze, "comments:suggestscore": self._suggest}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; every refusal has Google's shape."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except GoogleError as error:
            response = error.response()
        except BodyError as error:
            response = GoogleError(str(error), code=error.status).response()
        except BusyError as error:
            response = _busy(error).response()
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        """Find the method and check the key."""
        name = request.path_params["method"]
        base = request.path_params["base"]
        method = self._methods.get(name)
        if method is None or (base and not base.endswith("/")):
            message = "Requested entity was not found."
            raise GoogleError(message, code=404)
        request.scope["label"] = name
        if request.method != "POST":
            message = f"Method {request.method} is not allowed here; use POST."
            raise GoogleError(message, code=405)
        await self._check_key(request)
        return await method(request)

    async def _check_key(self, request: Request) -> None:
        """Refuse a caller without a key of the settings or a program's, if the settings ask."""
        if not self._keys:
            return
        given = _key(request)
        if not given:
            message = (
                "Method doesn't allow unregistered callers (callers without established identity)."
                " Please use API Key or other form of API consumer identity to call this API."
            )
            raise GoogleError(message, code=403)
        # All keys are compared, in constant time: neither key nor place can be told by waiting.
        written = given.encode("utf-8", "surrogatepass")
        named = sum(hmac.compare_digest(written, key) for key in self._keys)
        if not named and not await run_sync(self._is_program, given):
            message = "API key not valid. Please pass a valid API key."
            raise GoogleError(message, "API_KEY_INVALID")

    def _is_program(self, given: str) -> bool:
        """Whether a key is one of `ombud key add`."""
        if not given.startswith(KEY):
            return False
        with self._store.reading() as tx:
            return staff.key(tx, given) is not None

    async def _analyze(self, request: Request) -> Response:
        """Score one comment."""
        asked = read_analysis(Message(await read_object(request)), self._offered)
        if "OFF_TOPIC" in asked.thresholds and asked.article is None:
            message = "Attribute OFF_TOPIC needs context.article_and_parent_comment.article"
            raise GoogleError(message)
        engine = await self._versions.engine(request.query_params.get("model"))
        decided_on = request.query_params.get("ombud") == "1"
        wanted = [self._offered[name] for name in asked.thresholds if name != _REJECTED]
        # Models read valid text only; the stand-in has the same length, so places stay true.
        judged = await self._batches.ask(
            Question(
                Case(readable(asked.text), article=asked.article, parent=asked.parent),
                signals=frozenset(signal for signal, _ in wanted),
                located=tuple(wanted) if asked.annotated else (),
                judged=decided_on or _REJECTED in asked.thresholds,
                language=True,
                engine=engine,
            )
        )
        content = self._analyzed(asked, judged, engine)
        if judged.decision and decided_on:
            self._metrics.count(judged.decision)
            content["ombud"] = decided(asked.text, judged.decision)
        return answer(content)

    def _analyzed(self, asked: Analysis, judged: Judged, engine: Engine) -> dict[str, object]:
        """Return the answer; `attributeScores` comes first, and not at all if it would be empty."""
        found, spans = dict(judged.scores), dict(judged.spans)
        if judged.decision:
            found[_REJECTED] = likely_to_reject(judged.decision, engine.policy)
            if asked.annotated:
                places = [finding.span for finding in judged.decision.findings]
                spans[_REJECTED] = [place for place in places if place]
        scores: dict[str, object] = {}
        for name, threshold in asked.thresholds.items():
            attribute = self._offered[name][1]
            if attribute not in found:
                continue  # What a model could not judge is left out: there is no number to give.
            value = balanced(found[attribute], engine.prior(attribute))
            if value >= threshold:
                scores[name] = _score(asked.text, value, spans.get(attribute, ()))
        content: dict[str, object] = {"attributeScores": scores} if scores else {}
        content["languages"] = asked.languages or (judged.language,)
        content["detectedLanguages"] = (judged.language,)
        if asked.token is not None:
            content["clientToken"] = asked.token
        return content

    async def _suggest(self, request: Request) -> Response:
        """Keep a moderator's decision, and answer when it is on the disk."""
        suggestion = read_suggestion(Message(await read_object(request)))
        if suggestion.stored:
            try:
                await self.suggestions.keep(Brought(self._kept(suggestion), _key(request)))
            except StoreError as error:
                _log.error("suggestion_lost", reason=str(error))
                message = "The suggestion could not be stored; please send it again."
                raise GoogleError(message, code=503) from error
        language = detect(suggestion.text)
        content: dict[str, object] = (
            {} if suggestion.token is None else {"clientToken": suggestion.token}
        )
        content["requestedLanguages"] = suggestion.languages or (language,)
        content["detectedLanguages"] = (language,)
        return answer(content)

    def _kept(self, suggestion: Suggestion) -> Suggested:
        """Return what is kept of a suggestion."""
        return Suggested(
            text=suggestion.text,
            scores=suggestion.scores,
            context=suggestion.context,
            languages=suggestion.languages,
            community=suggestion.community,
            token=suggestion.token,
            policy=self._engine().version,
            model=self._engine().model,
            at=datetime.now(UTC),
        )


def _key(request: Request) -> str | None:
    """Return the key that a caller gives."""
    return request.query_params.get("key") or request.headers.get("x-goog-api-key")


def _score(text: str, value: float, evidence: Sequence[Span]) -> dict[str, object]:
    """Return one attribute's scores: the whole text, then the characters that carry it."""
    score = {"value": value, "type": "PROBABILITY"}
    whole = (0, len(text))
    places = [*whole, *chain.from_iterable(span for span in evidence if span != whole)]
    offsets = utf16_offsets(text, places)
    return {
        "spanScores": [
            {"begin": begin, "end": end, "score": score}
            for begin, end in zip(offsets[::2], offsets[1::2], strict=True)
        ],
        "summaryScore": score,
    }


def balanced(score: float, prior: float) -> float:
    """
    Return what a score would be if half of all comments had the attribute, as Perspective's are.

    `prior`: the share at which the score is a probability.
    """
    for_it, against = score * (1 - prior), (1 - score) * prior
    return round(for_it / (for_it + against), 4)


def _busy(error: BusyError) -> GoogleError:
    """Return the refusal in the shape of Google's quota error, which clients know to wait for."""
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "ombud",
        "metadata": {"quota_limit": "comments waiting"},
    }
    return GoogleError(f"Quota exceeded: {error}", code=429, details=(info,))
