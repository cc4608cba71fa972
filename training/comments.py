"""
The comments that the toxicity signal learns from: which sources, how much each weighs, as what.

Only sources whose licence allows shipped weights are read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ombud.text import fold
from training.identities import sentences
from training.linear import Targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

HEADS: Final = (
    "toxicity",
    "severe_toxicity",
    "identity_attack",
    "insult",
    "profanity",
    "obscene",
    "threat",
)
WRITTEN: Final = Path(__file__).parent / "written"

WEIGHTS: Final = {
    "jigsaw_wikipedia": 1.0,
    "civil_comments_toxic_spans": 1.0,
    "wikipedia_context_gn": 1.0,
    "conversationai_raters": 0.7,
    "edos": 0.5,
    "hatemoji_build": 0.5,
    "convabuse": 0.5,
    # Found by searching for slurs, and known to punish African-American English.
    "davidson_tweets": 0.15,
    "civic": 3.0,
    "spans": 0.5,
    "written": 2.0,
    "identities": 0.5,
}
GROUPS: Final = {
    "jigsaw_wikipedia": 0,
    "wikipedia_context_gn": 0,
    "conversationai_raters": 0,
    "civil_comments_toxic_spans": 1,
    "civic": 1,
    "spans": 1,
    "written": 1,
    "identities": 1,
    "davidson_tweets": 2,
    "edos": 3,
    "hatemoji_build": 4,
    "convabuse": 5,
}
# In these a 0 means only that the text is not what the source looked for: it weighs this much.
WEAK_ZEROS: Final = {"edos": 0.1, "hatemoji_build": 0.2}


POSITIVE: Final[dict[str, dict[str, float]]] = {
    "personal_attack": {"insult": 1, "toxicity": 1, "threat": 0},
    "threat": {"threat": 1, "toxicity": 1},
    "hate": {"identity_attack": 1, "toxicity": 1},
    "obscenity": {"obscene": 1, "insult": 0, "threat": 0, "identity_attack": 0},
    "profanity": {"profanity": 1, "obscene": 1, "threat": 0, "identity_attack": 0},
    "vulgarity": {"insult": 0, "threat": 0, "identity_attack": 0, "severe_toxicity": 0},
}
"""What a written line of label 1 is, by its file; what is not named is unknown."""


CREDIT: Final = (
    "Jigsaw Toxic Comment Classification (labels CC0-1.0, text CC-BY-SA-3.0 Wikipedia)",
    "Civil Comments through ipavlopoulos/toxic_spans (CC0-1.0)",
    "ipavlopoulos/context_toxicity (Apache-2.0, text CC-BY-SA-3.0 Wikipedia)",
    "conversationai/conversationai-models (Apache-2.0, text CC-BY-SA-3.0 Wikipedia)",
    "rewire-online/edos (CC0-1.0)",
    "HannahKirk/Hatemoji (CC-BY-4.0)",
    "amandacurry/convabuse (CC-BY-4.0)",
    "t-davidson/hate-speech-and-offensive-language (MIT)",
    "Polis open data, The Computational Democracy Project (CC-BY-4.0)",
    "UKPLab/acl2016-convincing-arguments (CC-BY-4.0)",
    "lines written for this project (Apache-2.0)",
)


@dataclass(frozen=True)
class Examples:
    """Folded texts, (texts, heads) labels with NaN for unknown, and each text's source."""

    texts: list[str]
    labels: NDArray[np.float64]
    sources: NDArray[Any]

    def part(self, rows: NDArray[np.int64]) -> Examples:
        """Return the rows chosen."""
        texts = [self.texts[row] for row in rows]
        return Examples(texts, self.labels[rows], self.sources[rows])

    def targets(self) -> Targets:
        """Weigh and group the texts by their source."""
        weights = np.array([WEIGHTS[source] for source in self.sources])
        groups = np.array([GROUPS[source] for source in self.sources], dtype=np.int64)
        table = np.repeat(weights[:, None], len(HEADS), axis=1)
        for source, weak in WEAK_ZEROS.items():
            table[(self.sources == source)[:, None] & (self.labels == 0)] *= weak
        return Targets(self.labels, table, groups)


def examples(data: Path) -> Examples:
    """Read everything that may train shipped weights."""
    texts: list[str] = []
    labels: list[NDArray[np.float64]] = []
    sources: list[str] = []
    origins = (_judged(data), _civic(data), _spans(data), _written(), _identities())
    for text, label, source in chain(*origins):
        if not np.isnan(label).all():
            texts.append(fold(text).text)
            labels.append(label)
            sources.append(source)
    return Examples(texts, np.array(labels), np.array(sources))


Example = tuple[str, "NDArray[np.float64]", str]


def _labels(known: dict[str, float]) -> NDArray[np.float64]:
    return np.array([known.get(head, np.nan) for head in HEADS])


def _judged(data: Path) -> Iterator[Example]:
    """Comments that people judged."""
    table = pd.read_parquet(data / "toxicity_train.parquet")
    table = table[~table.licence.str.contains("development only")]
    labels = table[list(HEADS)].to_numpy(dtype=np.float64)
    profanity, obscene = HEADS.index("profanity"), HEADS.index("obscene")
    for text, row, names in zip(table.text, labels, table.source, strict=True):
        source, label = names.split("|")[0], row.copy()
        if source == "jigsaw_wikipedia":
            # Jigsaw's "obscene" is swearing for the most part, and Civil Comments asks for both.
            label[profanity] = label[obscene]
        yield text, label, source


def _civic(data: Path) -> Iterator[Example]:
    """Citizens' opinions, civil for the most part: the benign side that news comments lack here."""
    table = pd.read_parquet(data / "civic_train.parquet")
    for text in table.text:
        yield text, _labels(dict.fromkeys(HEADS, 0.0)), "civic"


def _spans(data: Path) -> Iterator[Example]:
    """Take the toxic words out of toxic news comments: what is left is news, and benign."""
    table = pd.read_parquet(data / "spans_train.parquet")
    table = table[~table.licence.str.contains("development only")]
    for text, spans in zip(table.text, table.spans, strict=True):
        toxic = np.zeros(len(text), dtype=bool)
        for span in spans:
            toxic[span["begin"] : span["end"]] = True
        rest = "".join(np.where(toxic, " ", list(text))) if toxic.any() else ""
        if len(rest.split()) >= 5:  # noqa: PLR2004
            yield rest, _labels(dict.fromkeys(HEADS, 0.0)), "spans"


def _written() -> Iterator[Example]:
    """Lines written for this project; those of label 0 are near misses."""
    for path in sorted(WRITTEN.glob("*.jsonl")):
        known = POSITIVE.get(path.stem, {})
        for line in path.read_text(encoding="utf-8").splitlines():
            example = json.loads(line)
            if "label" not in example:
                continue
            label = _labels(known if example["label"] else dict.fromkeys(HEADS, 0.0))
            yield example["text"], label, "written"


def _identities() -> Iterator[Example]:
    """Name groups of people in peace and in hate."""
    for text, hateful in sentences():
        known = POSITIVE["hate"] if hateful else dict.fromkeys(HEADS, 0.0)
        yield text, _labels(known), "identities"
