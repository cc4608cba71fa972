"""The versions of the models that a request may ask for, beside the one that serves."""

from collections.abc import Callable, Mapping
from functools import cache

from starlette.concurrency import run_in_threadpool

from ombud.engine import Engine
from ombud.errors import SignalError
from ombud.web.wire import GoogleError

Kept = Mapping[str, Callable[[], Engine]]
"""What loads the engine of each version, by the id that decisions record."""


class Versions:
    """The engines by the id of their models; each is loaded when it is first asked for."""

    def __init__(self, engine: Engine, kept: Kept) -> None:
        """Take the engine that serves, and what loads the others."""
        self._own = engine
        self._kept = kept
        self._loaded = cache(self._load)

    def _load(self, model: str) -> Engine:
        """Load a version; raises SignalError where its weights are damaged or another's."""
        engine = self._kept[model]()
        if engine.model != model:
            message = f"the models kept as {model} are {engine.model}"
            raise SignalError(message)
        return engine

    async def engine(self, model: str | None) -> Engine:
        """
        Return the engine with these models, the one that serves where none is named.

        Raises GoogleError if there is none of that id, or if its weights cannot be used.
        """
        if model is None or model == self._own.model:
            return self._own
        if model not in self._kept:
            there = ", ".join(dict.fromkeys((self._own.model, *self._kept)))
            message = f"Model '{model}' is not installed; there are: {there}"
            raise GoogleError(message)
        try:
            return await run_in_threadpool(self._loaded, model)
        except SignalError as error:
            raise GoogleError(str(error), code=503) from error
