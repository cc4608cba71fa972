"""
Measure the models for their card: writes `measured.json` beside the weights.

    python -m benchmarks.card --data ../shared/data

`ombud model card` and `docs/model-card.md` are made of it; nothing in them is written by hand.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import ombud
from benchmarks import (
    cascade_quality,
    contrast_quality,
    discussion_quality,
    evasion_quality,
    identity_quality,
    quality,
    spans_quality,
    toxicity_quality,
)
from ombud.signals.intent import Intent
from ombud.signals.toxicity import Toxicity
from ombud.weights import FOLDER, MEASURED


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    engine, toxicity = ombud.house_policy(), Toxicity()
    found = {
        "model": engine.model,
        "policy": engine.version,
        "toxicity": toxicity_quality.figures(data, toxicity),
        "cascade": cascade_quality.figures(data, toxicity),
        "evasion": evasion_quality.figures(data, toxicity),
        "identities": identity_quality.figures(toxicity),
        "contrast": contrast_quality.figures(engine),
        "spans": spans_quality.figures(data, toxicity),
        "discussion": discussion_quality.figures(data, Intent()),
        "clauses": quality.figures(engine, quality.LINES),
    }
    text = json.dumps(_rounded(found), indent=1, sort_keys=True)
    (FOLDER / MEASURED).write_text(text + "\n", encoding="utf-8")


def _rounded(found: Any) -> Any:  # noqa: ANN401
    """Return the figures with four digits: more would say what is not known."""
    if isinstance(found, dict):
        return {name: _rounded(value) for name, value in found.items()}
    if isinstance(found, (list, tuple)):
        return [_rounded(value) for value in found]
    return round(found, 4) if isinstance(found, float) else found


if __name__ == "__main__":
    main()
