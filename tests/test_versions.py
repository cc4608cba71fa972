"""A request may ask another version of the models that is kept beside the one that serves."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from ombud import Case, Engine
from ombud.case import NO_PRIORS
from ombud.errors import SignalError
from ombud.settings import Settings
from ombud.text import Span
from ombud.web import create_app
from ombud.web.versions import Versions

ANALYZE = "/v1alpha1/comments:analyze"
ASKED = {"comment": {"text": "A bridge."}, "requestedAttributes": {"TOXICITY": {}}}


class Former:
    """A toxicity signal that is always half sure."""

    name = "toxicity"
    version = "former"
    attributes = ("TOXICITY",)
    priors = NO_PRIORS

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Return one half."""
        return np.full((len(cases), 1), 0.5)

    def locate(self, *_: object) -> Sequence[Span]:
        """Find nothing."""
        return ()


@pytest.fixture
def former(engine: Engine) -> Engine:
    """Return an engine with the same policy and other models."""
    return Engine(engine.policy, [Former()])


def test_a_kept_version_gives_its_own_scores(
    engine: Engine, former: Engine, settings: Settings
) -> None:
    """With `?model=` the version named scores and decides, without it the one that serves."""
    with TestClient(create_app(engine, settings, kept={former.model: lambda: former})) as client:
        then = client.post(f"{ANALYZE}?ombud=1&model={former.model}", json=ASKED).json()
        now = client.post(f"{ANALYZE}?ombud=1&model={engine.model}", json=ASKED).json()
        plain = client.post(f"{ANALYZE}?ombud=1", json=ASKED).json()

    assert then["attributeScores"]["TOXICITY"]["summaryScore"]["value"] == 0.5
    assert then["ombud"]["model"] == former.model
    assert now == plain
    assert now["ombud"]["model"] == engine.model


@pytest.mark.parametrize("wrong", ["", "0123456789ab", "..", "\u00e9"])
def test_a_version_that_is_not_kept_is_refused(
    engine: Engine, former: Engine, settings: Settings, wrong: str
) -> None:
    """The answer names what was asked for and every version there is."""
    with TestClient(create_app(engine, settings, kept={former.model: lambda: former})) as client:
        refused = client.post(ANALYZE, params={"model": wrong}, json=ASKED)

    assert refused.status_code == 400
    message = f"Model '{wrong}' is not installed; there are: {engine.model}, {former.model}"
    assert refused.json()["error"]["message"] == message


def test_a_version_that_is_damaged_is_refused(engine: Engine, settings: Settings) -> None:
    """Weights that cannot be used score nothing, and why is for the log alone; the rest goes on."""

    def damaged() -> Engine:
        message = "/secret/spam.npz is damaged"
        raise SignalError(message)

    kept = {"0123456789ab": damaged}
    with TestClient(create_app(engine, settings, kept=kept)) as client, capture_logs() as logs:
        broken = client.post(ANALYZE, params={"model": "0123456789ab"}, json=ASKED)
        fine = client.post(ANALYZE, json=ASKED)

    assert (broken.status_code, fine.status_code) == (503, 200)
    assert "secret" not in broken.text
    assert "/secret/spam.npz is damaged" in [entry.get("reason") for entry in logs]


def test_a_version_is_loaded_once(engine: Engine, former: Engine) -> None:
    """Requests that ask for it at the same time wait for one loading."""
    loaded = []

    def load() -> Engine:
        loaded.append(former)
        return former

    async def asked() -> list[Engine]:
        versions = Versions(lambda: engine, {former.model: load})
        return await asyncio.gather(*(versions.engine(former.model) for _ in range(8)))

    assert asyncio.run(asked()) == [former] * 8
    assert len(loaded) == 1
