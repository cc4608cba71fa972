"""The versions of the models that a request may ask for, beside the one that serves."""

import asyncio
from collections.abc import Callable, Mapping

import structlog
from starlette.concurrency import run_in_threadpool

from ombud.engine import Engine
from ombud.errors import SignalError
from ombud.web.wire import GoogleError

Kept = Mapping[str, Callable[[], Engine]]
"""What loads the engine of each version, by the id that decisions record."""

_log = structlog.get_logger()


class Versions:
    """The engines by the id of their models; each is loaded once, when it is first asked for."""

    def __init__(self, engine: Callable[[], Engine], kept: Kept) -> None:
        """Take what names the engine in force, and what loads the others."""
        self._own = engine
        self._kept = kept
        self._loaded: dict[str, Engine | None] = {}
        self._loading = asyncio.Lock()

    async def engine(self, model: str | None) -> Engine:
        """
        Return the engine with these models, the one that serves where none is named.

        Raises GoogleError if there is none of that id, or if its weights cannot be used.
        """
        if model is None or model == self._own().model:
            return self._own()
        if model not in self._kept:
            there = ", ".join(dict.fromkeys((self._own().model, *self._kept)))
            message = f"Model '{model}' is not installed; there are: {there}"
            raise GoogleError(message)
        async with self._loading:
            if model not in self._loaded:
                self._loaded[model] = await run_in_threadpool(self._load, model)
        engine = self._loaded[model]
        if engine is None:
            message = f"Model '{model}' is kept here and cannot be used; the log says why."
            raise GoogleError(message, code=503)
        return engine

    def _load(self, model: str) -> Engine | None:
        """Load a version; what is damaged stays so until the server starts anew."""
        try:
            return self._kept[model]()
        except SignalError as error:
            _log.error("version_unusable", model=model, reason=str(error))
            return None
