"""
How well the signals spam and topic judge, and how fast they are.

    python -m benchmarks.signals_quality --data ../shared/data

First what the card says of each: cross-validated when it was trained, with whole kinds of lines or
whole articles held out.
Then, on the written lines under articles, what is off the topic by the share that the encoder
reads.
Last, on comments that no weight was trained on, the spam that is found and the share of ordinary
comments at or above each bound, and comments a second on one core; `--data none` leaves these out.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

# Before NumPy is loaded: one core is what is measured.
for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(library, "1")

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from benchmarks.encoder_quality import area  # noqa: E402
from benchmarks.quality import LINES, case_of  # noqa: E402
from ombud import encoder  # noqa: E402
from ombud.case import Case  # noqa: E402
from ombud.signals.foreign import Foreign  # noqa: E402
from ombud.signals.spam import Spam  # noqa: E402
from ombud.signals.topic import FEW, Topic, weighed  # noqa: E402
from ombud.subjects import subject  # noqa: E402
from ombud.vectors import shared  # noqa: E402
from ombud.weights import FOLDER, card  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ombud.case import Signal

BOUNDS: Final = (0.5, 0.8, 0.9)
TIMED: Final = 3000
FILES: Final = ("vectors", "spam", "topic")


def trained() -> None:
    """Print what the card says of each model."""
    for model in FILES:
        known = card(model)
        size = sum((FOLDER / file).stat().st_size for file in known["files"])
        facts = known["facts"]
        print(f"\n{model}: {size / 1e6:.2f} MB; {facts['kind']}")
        print(f"  {facts.get('measured', '')}")
        for name, figure in facts.get("quality", {}).items():
            print(f"  {name}: {figure}")


def false_alarms(name: str, texts: Sequence[str], signals: Sequence[Signal]) -> None:
    """Print the share of texts at or above each bound, by attribute."""
    print(f"\n{name}, {len(texts)} comments: share at or above {BOUNDS}")
    for signal in signals:
        scores = signal.score([Case(text) for text in texts])
        for place, attribute in enumerate(signal.attributes):
            if not np.isnan(scores[:, place]).all():
                shares = [float(np.nanmean(scores[:, place] >= bound)) for bound in BOUNDS]
                print(f"  {attribute:20}" + "".join(f"{share:9.2%}" for share in shares))


def off_topic(signal: Topic) -> None:
    """Print what is found and held wrongly if the encoder is asked from each doubt on."""
    chosen, further = signal.bounds
    print("\noff_topic on lines, held and blind: encoder asked from log-odds of, share asked,")
    print("share read to the end, AUC, found, held wrongly, of the written lines")
    for name in ("lines", "held", "blind"):
        path = LINES.parent / name / "off_topic.jsonl"
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        cases = [case_of(line) for line in lines]
        off = np.array([bool(line["breaks"]) for line in lines])
        static = signal.static(cases)
        early, late = (_readings(cases, static, enough) for enough in (np.inf, -np.inf))
        expected = np.array([signal.expected(case) for case in cases])
        enough_words = np.array([len(case.words) >= FEW for case in cases])
        for doubt, on in ((-np.inf, -np.inf), (chosen, -np.inf), (chosen, further), (0, further)):
            asked = enough_words & (static >= doubt)
            whole = asked & (early >= on)
            odds = np.where(whole, late, np.where(asked, early, static))
            held = (odds >= expected) & enough_words
            print(
                f"  {name:6}{doubt:6.2f}{asked.mean():9.1%}{whole.mean():9.1%}"
                f"{area(odds.tolist(), off.tolist()):8.3f}"
                f"{held[off].sum():6} of {off.sum()}{held[~off].sum():6} of {(~off).sum()}"
            )


def _readings(cases: Sequence[Case], static: np.ndarray, enough: float) -> np.ndarray:
    """Return (cases,) log-odds of networks and encoder together; `enough` ends a reading."""
    found = []
    for case, odds in zip(cases, static.tolist(), strict=True):
        assert case.article is not None  # noqa: S101  # case_of gave one
        gist = subject(shared(), case.article.title, case.article.text).gist
        read = encoder.shared().read_under(case.folded.text, gist, enough)
        found.append(weighed(odds, read))
    return np.array(found)


def spam(data: Path, signal: Signal) -> None:
    """Print the spam found among messages and video comments kept back."""
    table = pd.read_parquet(data / "spam_dev.parquet")
    scores = signal.score([Case(text) for text in table.text])[:, 0]
    label = table.spam.to_numpy() == 1
    print(f"\nspam_dev, {len(table)} texts: bound, recall, false alarms")
    for bound in BOUNDS:
        found = scores >= bound
        print(f"  {bound:4}{found[label].mean():9.2%}{found[~label].mean():9.2%}")


def speed(texts: Sequence[str], signals: Sequence[Signal]) -> None:
    """Print comments a second, the texts folded before, as the signals share that."""
    cases = [Case(text) for text in texts]
    begin = time.process_time()
    folded = sum(len(case.folded.text) for case in cases)
    fold_time = time.process_time() - begin
    print(f"\n{len(cases)} comments, mean length {folded / len(cases):.0f}: comments a second")
    total = 0.0
    for signal in signals:
        signal.score(cases[:200])
        begin = time.process_time()
        signal.score(cases)
        spent = time.process_time() - begin
        total += spent
        print(f"  {signal.name:20}{len(cases) / max(spent, 1e-9):12,.0f}")
    print(f"  {'together':20}{len(cases) / total:12,.0f}")
    print(f"  {'with folding':20}{len(cases) / (total + fold_time):12,.0f}")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    data = parser.parse_args().data
    topic = Topic()
    signals: list[Signal] = [Spam(), Foreign(), topic]
    trained()
    off_topic(topic)
    if not data.is_dir():
        return
    spam(data, signals[0])
    civic = list(pd.read_parquet(data / "civic_dev.parquet").text)
    news = list(pd.read_parquet(data / "news_comments_dev.parquet").text)
    false_alarms("civic_dev", civic, signals)
    false_alarms("news_comments_dev (no labels: some do break a clause)", news, signals)
    speed(news[:TIMED], signals)


if __name__ == "__main__":
    main()
