"""
Whether copies are found that were changed, and what was never copied left alone.

    python -m benchmarks.repeats_quality --data ../shared/data [--texts 400]

Changed copies are made of comments of 60 characters and more, and looked for among all the comments
there are; a copy counts as found where the rule `repetition` would hold it.
Beside it MinHash and its bands by datasketch, whose likeness is compared in the same way.
Reworded pairs are told from others by meaning and, beside it, by TF-IDF (scikit-learn).
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow.parquet as pq
from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score

from benchmarks.mutations import mutations
from ombud.case import Case
from ombud.repeats import Repeats, likeness, meanings, sketch
from ombud.rules import house_rules
from ombud.text import folded_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SHORTEST: Final = 60
_WORDS: Final = 6
_LEAST: Final = 0.8
"""Words and likeness from which the rule holds a comment."""
_SHINGLE: Final = 5
_PERMUTATIONS: Final = 96
_PAIRS: Final = 6_000
_AGO: Final = timedelta(days=20)
_RULE: Final = next(rule for rule in house_rules() if rule.id == "repetition")


def main() -> None:
    """Print what is found of each change, what is wrongly found, and what is told by meaning."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=int, default=400)
    arguments = parser.parse_args()
    rows = pq.read_table(arguments.data / "news_comments_dev.parquet").to_pylist()
    _independent(rows)
    _by_chance(arguments.data)
    _copies(sorted({row["text"] for row in rows}), arguments.texts)
    _reworded(pq.read_table(arguments.data / "pairs.parquet").to_pylist())


def _independent(rows: Sequence[dict[str, Any]]) -> None:
    """Print what repeats another comment on the same article; the very same text was copied."""
    known: dict[str, Repeats] = defaultdict(Repeats)
    found, of = [], 0
    for row in rows:
        case = Case(row["text"])
        if not row["title"] or len(case.words) < _WORDS:
            continue
        of += 1
        alike = [one for one in known[row["title"]].seen(case) if _LEAST <= one.likeness < 1]
        found += [(row["text"], alike[0].text)] if alike else []
    print(f"changed copies among {of} comments on one article each (no copies were made):")
    print(f"  {len(found)} ({len(found) / of:.2%})")
    for text, other in found:
        print(f"  | {text!r}\n  = {other!r}")


def _by_chance(folder: Path) -> None:
    """Print how many of other readers' comments would be held that are like one of weeks ago."""
    names = ("news_comments_dev", "spans_train", "spans_dev")
    tables = [pq.read_table(folder / f"{name}.parquet", columns=["text"]) for name in names]
    texts = dict.fromkeys(text for table in tables for text in table["text"].to_pylist())
    known = Repeats()
    alike, held, of = 0, 0, 0
    for text in texts:
        case = Case(text)
        if len(case.words) < _WORDS:
            continue
        of += 1
        seen = (one for one in known.seen(case) if one.likeness >= _LEAST)
        repeats = tuple(replace(one, same_reader=False, age=_AGO) for one in seen)
        alike += bool(repeats)
        held += any(_RULE.find(Case(text, repeats=repeats)))
    print(f"like another of {of} comments on a site, copies among them: {alike} ({alike / of:.2%})")
    print(f"  held where another reader wrote it weeks ago: {held} ({held / of:.2%})")


def _copies(texts: Sequence[str], number: int) -> None:
    """Print the share of changed copies that is found."""
    chance = Random(7)  # noqa: S311  # repeatable
    chosen = chance.sample([text for text in texts if len(text) >= _SHORTEST], number)
    ours, theirs = Repeats(), MinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS)
    for text in texts:
        case = Case(text)
        ours.seen(case)
        if (drawn := sketch(case)) and text not in theirs:
            theirs.insert(text, _signature(drawn.folded))
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for text in chosen:
        for change, copy in mutations(text, chance):
            case = Case(copy)
            near = tuple(one for one in ours.alike(case) if one.text == text)
            mine = any(_RULE.find(Case(copy, repeats=near)))
            found[change].append((mine, _met(theirs, text, case)))
    print(f"{'changed copies found, of ' + str(number):<34}{'ours':>7}{'datasketch':>12}")
    for change, each in found.items():
        mine, other = np.mean(each, axis=0)
        print(f"  {change:<32}{mine:>7.3f}{other:>12.3f}")


def _met(index: MinHashLSH, text: str, copy: Case) -> bool:
    """Whether datasketch proposes the text that was copied, and it is near enough."""
    one, other = sketch(Case(text)), sketch(copy)
    if one is None or other is None or text not in index.query(_signature(other.folded)):
        return False
    return likeness(one.folded, other.folded) >= _LEAST


def _signature(folded: str) -> MinHash:
    """Return the MinHash of the shingles of a text."""
    minhash = MinHash(num_perm=_PERMUTATIONS)
    ends = range(max(1, len(folded) - _SHINGLE + 1))
    minhash.update_batch([folded[begin : begin + _SHINGLE].encode() for begin in ends])
    return minhash


def _reworded(rows: Sequence[dict[str, Any]]) -> None:
    """Print how well meaning tells pairs that say the same from others."""
    chosen = Random(3).sample(rows, _PAIRS)  # noqa: S311  # repeatable
    pairs = [(_folded(row["text_a"]), _folded(row["text_b"])) for row in chosen]
    same = np.array([row["score"] >= _LEAST for row in chosen])
    strangers = np.random.default_rng(1).permutation(len(pairs))
    others = [
        (one, pairs[stranger][1]) for (one, _), stranger in zip(pairs, strangers, strict=True)
    ]
    model = TfidfVectorizer(sublinear_tf=True, analyzer=str.split)
    model.fit([text for pair in pairs for text in pair])
    print(f"reworded pairs (score {_LEAST} or more), {same.sum()} of {len(pairs)}, found at 1 % of")
    print(f"{'':<12}{'the others':>12}{'strangers':>12}{'AUC':>8}")
    for name, near, far in (
        ("ours", _meant(pairs), _meant(others)),
        ("TF-IDF", _weighted(model, pairs), _weighted(model, others)),
    ):
        recalls = [np.mean(near[same] >= np.quantile(each, 0.99)) for each in (near[~same], far)]
        auc = roc_auc_score(same, near)
        print(f"  {name:<10}{recalls[0]:>12.3f}{recalls[1]:>12.3f}{auc:>8.3f}")


def _folded(text: str) -> str:
    """Return the words of a text."""
    return " ".join(word for word, _, _ in folded_words(text.lower()))


def _meant(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Return how much the texts of each pair say the same."""
    return np.array([meanings(one, [other])[0] for one, other in pairs])


def _weighted(model: TfidfVectorizer, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Return the cosine of the texts of each pair."""
    ones, others = (model.transform(each) for each in zip(*pairs, strict=True))
    cosines: NDArray[np.float64] = np.asarray(ones.multiply(others).sum(axis=1)).ravel()
    return cosines


if __name__ == "__main__":
    main()
