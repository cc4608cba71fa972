"""Every signal gives honest numbers, and refuses weights that are not what the card says."""

import math
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ombud import weights
from ombud.case import Case, Signal
from ombud.errors import SignalError
from ombud.newsroom import Article
from ombud.signals import all_signals

SIGNALS = all_signals()
ARTICLE = Article("Swing bridge to close", "The bridge at Millbrook will close for a month.")
TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)


def named(signal: Signal) -> str:
    """Return the name for a test case."""
    return signal.name


@pytest.mark.parametrize("signal", SIGNALS, ids=named)
@settings(max_examples=25, deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=5))
def test_scores_are_probabilities_or_unknown(signal: Signal, texts: list[str]) -> None:
    """A score lies between 0 and 1, or is not a number, for whatever text."""
    table = signal.score([Case(text, article=ARTICLE) for text in texts])

    assert table.shape == (len(texts), len(signal.attributes))
    assert all(math.isnan(score) or 0 <= score <= 1 for row in table.tolist() for score in row)


@pytest.mark.parametrize("signal", SIGNALS, ids=named)
def test_a_batch_changes_no_score(signal: Signal) -> None:
    """The last bit is the same alone and among others."""
    cases = [
        Case(text, article=ARTICLE)
        for text in ("The ferry is late.", "You are an idiot " * 40, "", "buy now", "été 😀 \ud800")
    ]
    together = signal.score(cases).tolist()

    assert repr(together) == repr([signal.score([case]).tolist()[0] for case in cases])


@pytest.mark.parametrize("signal", SIGNALS, ids=named)
@settings(max_examples=25, deadline=None)
@given(text=TEXT)
def test_evidence_lies_in_the_text(signal: Signal, text: str) -> None:
    """The characters that carry a score are characters of the original."""
    for attribute in signal.attributes:
        for span in signal.locate(Case(text, article=ARTICLE), attribute):
            assert 0 <= span.begin <= span.end <= len(text)


@pytest.mark.parametrize("model", weights.models())
def test_damaged_weights_are_refused(model: str, tmp_path: Path) -> None:
    """One changed byte is enough; the error names the file and both hashes."""
    folder = tmp_path / "weights"
    shutil.copytree(weights.FOLDER, folder)
    file = next(iter(weights.card(model)["files"]))
    content = bytearray((folder / file).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / file).write_bytes(content)

    with pytest.raises(SignalError, match=f"{file} is damaged: expected sha256 .* found"):
        weights.read(model, file, folder)


def test_missing_weights_are_refused(tmp_path: Path) -> None:
    """A file that is not there is named."""
    shutil.copy(weights.FOLDER / weights.CARD, tmp_path)

    with pytest.raises(SignalError, match=r"toxicity.npz"):
        import_module("ombud.signals.toxicity").Toxicity(tmp_path)


@pytest.mark.parametrize("model", weights.models())
def test_the_card_names_sources_and_licences(model: str) -> None:
    """Whoever ships the weights can see what they were made from."""
    credit = " ".join(weights.card(model)["facts"]["credit"])

    assert "CC" in credit or "Apache" in credit
