"""
Join the linear toxicity model and the encoder.

    python -m training.cascade --data ../shared/data

Finds the linear margin of toxicity below which a comment is clear, the table that turns the sum of
both into a probability, and from where on a word is marked; on texts that the linear model and the
last stages of the encoder were not trained on.
For the rare attributes there are too few of these, and `training.apart` finds more.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ombud import encoder, marks
from ombud.case import Case
from ombud.features import LinearHeads, hashed
from ombud.weights import load
from training.apart import RARE, apart
from training.calibration import balanced, table
from training.card import record, save
from training.comments import GROUPS, HEADS, Examples, examples
from training.examples import kept_back, marked_examples, read_comments
from training.lines import CREDIT
from training.toxicity import SPEC

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CALIBRATED_ON: Final = (
    "jigsaw_wikipedia",
    "wikipedia_context_gn",
    "civil_comments_toxic_spans",
    "civic",
)
PRIORS: Final = dict.fromkeys(HEADS, 0.25) | dict.fromkeys(
    ("severe_toxicity", "identity_attack", "threat"), 0.2
)
"""
The share of bad comments at which a score is a probability.

At one half, 13 % of the civil opinions scored .5 or more for an insult, an identity attack or a
threat.
On Perspective's wire scores are given as they would be at one half, which is its convention.
"""
_STANDS_IN: Final = {"profanity": ("jigsaw_wikipedia", "conversationai_raters")}
"""
Sources whose label for an attribute is another one, close enough to learn from: `obscene` there.

What a score means is told by those who judged the attribute itself.
"""
_MISSED: Final = 0.02
"""
Share of toxic comments that may be answered by the linear model alone.

Asking for toxicity is enough: what is not toxic at all is neither an insult nor a threat.
"""
_LINEAR_SHARE: Final = 1.0
"""How much the linear margin counts beside the encoder's; .6 to 1.5 do equally well."""
_UNMARKED: Final = 0.2
"""Share of toxic comments in which raters agree on no mark."""
_MARKS: Final = np.linspace(-2.5, 1.5, 17)
_LEAST: Final = 1e-6
_LIKELY: Final = 0.5


def best_mark(data: Path) -> float:
    """
    Return the log-odds from which on a piece is marked, for the best F1 on comments kept back.

    Scored as SemEval-2021 task 5 does, in the characters of the folded text.
    In four comments out of nine raters agreed on no mark, because they were asked about every
    comment; marks are shown where a comment is toxic, so there one in five is taken to have none.
    """
    kept = list(marked_examples(data, kept=True))
    agreed = np.array([example.marked is not None and example.marked.any() for example in kept])
    weights = np.where(agreed, (1 - _UNMARKED) / agreed.mean(), _UNMARKED / (~agreed).mean())
    found = []
    for least in _MARKS:
        scores = []
        for example in kept:
            marked = np.zeros(len(example.text), dtype=bool)
            for begin, end in marks.runs(encoder.shared(), str(example.text), least):
                marked[begin:end] = True
            wanted = example.marked
            assert wanted is not None  # noqa: S101  # all of these are marked
            total = int(marked.sum() + wanted.sum())
            scores.append(2 * int((marked & wanted).sum()) / total if total else 1.0)
        found.append(float(np.average(scores, weights=weights)))
    best = int(np.argmax(found))
    print(f"words from {_MARKS[best]:.2f}: F1 {found[best]:.3f} on {len(kept)} comments kept back")
    return float(_MARKS[best])


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    everything = examples(data)
    seen = {text for _, text in read_comments(data)}
    rows = np.flatnonzero([kept_back(text) and text not in seen for text in everything.texts])
    known = everything.part(rows[everything.sources[rows] != "written"])
    linear = LinearHeads.from_arrays(load("toxicity", "toxicity.npz"))
    texts = [Case(text).meant.text for text in known.texts]
    margins = linear.margins(hashed(texts, spec=SPEC))
    read = _read(texts)

    chosen = np.isin(known.sources, CALIBRATED_ON)
    clear = np.quantile(margins[chosen & (known.labels[:, 0] >= _LIKELY), 0], _MISSED)
    sent = margins[:, 0] >= clear
    quiet = np.median(read[~sent], axis=0)
    read[~sent] = quiet
    rare, more = _rare(everything, seen)
    knots, values = _tables(
        np.concatenate([_LINEAR_SHARE * margins + read, more]),
        Examples(
            [*known.texts, *rare.texts],
            np.concatenate([known.labels, rare.labels]),
            np.concatenate([known.sources, rare.sources]),
        ),
    )
    for source in np.unique(known.sources):
        print(f"{source:30} {sent[known.sources == source].mean():6.1%} read by the encoder")
    arrays = {
        "clear": np.array(clear),
        "quiet": quiet,
        "blend": np.array(_LINEAR_SHARE),
        "mark": np.array(best_mark(data)),
        "priors": np.array([PRIORS[head] for head in HEADS]),
        "knots": knots,
        "values": values,
    }
    facts = {
        "attributes": [head.upper() for head in HEADS],
        "kind": "linear model for what is clear, a weighted sum with the encoder for the rest",
        "texts": len(known.texts) + len(rare.texts),
        "priors": {head.upper(): prior for head, prior in PRIORS.items()},
        "calibration": (
            "a score is the probability of the attribute if the share of comments that have it "
            "were the prior; each class half from Wikipedia talk pages, half from news and civic "
            "comments, kept out of the training (of the rare attributes, out of one of the linear "
            "model); positive is what most raters called so"
        ),
        "credit": CREDIT,
    }
    print(f"cascade {record('cascade', [save('cascade.npz', arrays)], facts)}")


def _read(texts: list[str]) -> Floats:
    """Return (texts, heads) log-odds by the encoder."""
    columns = [encoder.HEADS.index(name.upper()) for name in HEADS]
    chances = np.clip(encoder.shared().read(texts)[:, columns], _LEAST, 1 - _LEAST)
    return np.asarray(np.log(chances / (1 - chances)))


def _rare(everything: Examples, seen: set[str]) -> tuple[Examples, Floats]:
    """Return more comments that have a rare attribute, known by that only, and what both sum to."""
    found, margins = apart(everything)
    used = np.isin(found.sources, CALIBRATED_ON) & [text not in seen for text in found.texts]
    labels = np.full_like(found.labels, np.nan)
    for head in RARE:
        asked = used & ~np.isin(found.sources, _STANDS_IN.get(HEADS[head], ()))
        labels[asked & (found.labels[:, head] >= _LIKELY), head] = 1.0
    rows = np.flatnonzero(~np.isnan(labels).all(axis=1))
    found = found.part(rows)
    blended = _read([Case(text).meant.text for text in found.texts])
    blended[:, RARE] += _LINEAR_SHARE * margins[rows]
    return Examples(found.texts, labels[rows], found.sources), blended


def _tables(blended: Floats, known: Examples) -> tuple[Floats, Floats]:
    """Return (heads, knots) sums of log-odds and the scores they stand for."""
    chosen = np.isin(known.sources, CALIBRATED_ON)
    wiki = np.array([GROUPS[source] == 0 for source in known.sources])
    knots, values = [], []
    for head, name in enumerate(HEADS):
        at = chosen & ~np.isnan(known.labels[:, head])
        at &= ~np.isin(known.sources, _STANDS_IN.get(name, ()))
        # A comment is toxic if most raters said so; a single vote out of three is not enough.
        label = (known.labels[at, head] >= _LIKELY).astype(np.float64)
        weights = balanced(label, wiki[at], prior=PRIORS[name])
        knot, value = table(blended[at, head], label, weights)
        knots.append(knot)
        values.append(value)
    return np.array(knots), np.array(values)


if __name__ == "__main__":
    main()
