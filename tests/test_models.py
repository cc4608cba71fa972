"""Other versions of the models can be kept, and what they change can be told beforehand."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ombud import Case, Engine, house_policy, models, weights
from ombud.case import NO_PRIORS
from ombud.comparison import compare, same_share
from ombud.errors import SignalError
from ombud.policy import Action, Finding, Policy, Rule


def test_a_version_is_kept_under_the_id_that_decisions_record(tmp_path: Path) -> None:
    """From a folder or from a wheel, the same weights are the same version."""
    wheel = tmp_path / "ombud.whl"
    with zipfile.ZipFile(wheel, "w") as written:
        for path in weights.FOLDER.iterdir():
            if path.is_file():
                written.write(path, f"ombud/weights/{path.name}")

    found = [models.add(source, tmp_path / "kept") for source in (weights.FOLDER, wheel)]

    model = house_policy().model
    assert found == [model, model]
    assert list(models.installed(tmp_path / "kept")) == [model]


def test_damaged_weights_leave_nothing_behind(tmp_path: Path) -> None:
    """A file that is not what its card says is refused, and the folder stays as it was."""
    source = tmp_path / "source"
    shutil.copytree(weights.FOLDER, source)
    (source / "spam.npz").write_bytes(b"x")

    with pytest.raises(SignalError, match="damaged"):
        models.add(source, tmp_path / "kept")

    assert list((tmp_path / "kept").iterdir()) == []


def test_a_damaged_version_is_mended_by_adding_it_again(tmp_path: Path) -> None:
    """What is kept under an id is what was added last, and whole."""
    kept = tmp_path / "kept"
    found = models.add(weights.FOLDER, kept)
    (kept / found / "spam.npz").write_bytes(b"x")

    assert models.add(weights.FOLDER, kept) == found
    assert weights.read("spam", "spam.npz", kept / found)


@pytest.mark.parametrize("wrong", [{"priors": np.ones(7)}, {"values": np.zeros((6, 65))}])
def test_weights_that_do_not_fit_are_refused(
    tmp_path: Path, wrong: dict[str, NDArray[np.float64]]
) -> None:
    """Whole files with another card's numbers in them are tried before they are kept."""
    source = tmp_path / "source"
    shutil.copytree(weights.FOLDER, source)
    with np.load(source / "cascade.npz") as stored:
        np.savez(source / "cascade.npz", **{**stored, **wrong})
    card = json.loads((source / "card.json").read_text())
    found = hashlib.sha256((source / "cascade.npz").read_bytes()).hexdigest()
    card["cascade"]["files"]["cascade.npz"] = found
    (source / "card.json").write_text(json.dumps(card))

    with pytest.raises(SignalError, match="do not fit"):
        models.add(source, tmp_path / "kept")


@pytest.mark.parametrize(
    "card", ["{}x", json.dumps({"spam": {"files": {"../spam.npz": "0"}}}), json.dumps({"a": 1})]
)
def test_a_card_that_makes_no_sense_is_refused(tmp_path: Path, card: str) -> None:
    """No file outside of the folder is read or written, whatever the card says."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / weights.CARD).write_text(card)

    with pytest.raises(SignalError):
        models.add(tmp_path / "source", tmp_path / "kept")

    assert list((tmp_path / "kept").iterdir()) == []


class _Length:
    """A signal that scores the length of a text in tenths, times a factor."""

    name = "length"
    attributes = ("LENGTH",)
    priors = NO_PRIORS

    def __init__(self, factor: float) -> None:
        """Take the factor."""
        self.version = str(factor)
        self._factor = factor

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Score the lengths."""
        return np.array([[self._factor * len(case.text) / 10] for case in cases])

    def locate(self, *_: object) -> tuple[()]:
        """Find nothing."""
        return ()


def test_flips_and_thresholds_are_told() -> None:
    """Where scores halve, what was held passes, and half the threshold keeps the share."""

    def long(case: Case) -> list[Finding]:
        return [Finding("It is long.", case.scores["LENGTH"])]

    rule = Rule(long, (), (), hold=0.6, delete=0.95, signals=("length",), id="long")
    before, after = (Engine(Policy((rule,)), [_Length(factor)]) for factor in (1.0, 0.5))
    cases = [Case("x" * length) for length in range(1, 11)]

    found = compare(cases, before, after)

    assert [(flip.case.text, flip.before, flip.after, flip.rules) for flip in found.flips] == [
        *(("x" * length, Action.HOLD, Action.APPROVE, ("long",)) for length in range(6, 10)),
        ("x" * 10, Action.DELETE, Action.APPROVE, ("long",)),
    ]
    assert found.moves[Action.APPROVE, Action.APPROVE] == 5
    assert same_share(found.certainties["long"], 0.6) == pytest.approx(0.275)
    assert same_share(found.scores["LENGTH"], 1.5) is None
