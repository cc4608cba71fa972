"""
The card of the models: what they are, what they were made from, and how well they do.

It is made of two files beside the weights and of nothing else: `card.json`, written by each
training, and `measured.json`, written by `benchmarks/card.py`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ombud import weights
from ombud.errors import SignalError
from ombud.models import identified
from ombud.weights import FOLDER, MEASURED

_MANY_GROUPS: Final = 12
"""Groups of people that are shown; the others do better."""

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of the card: what it says, a table, and the name of its chart if it has one."""

    title: str
    says: str = ""
    head: tuple[str, ...] = ()
    rows: Rows = ()
    chart: str = ""


def measured(folder: Path = FOLDER) -> Mapping[str, Any]:
    """
    Return what was measured of the models in a folder; nothing if nobody has measured them.

    Raises SignalError if the file is damaged.
    """
    path = folder / MEASURED
    try:
        found = json.loads(path.read_bytes()) if path.is_file() else {"model": ""}
        return found if found["model"] == identified(folder) else {}
    except (ValueError, TypeError, KeyError) as error:
        message = f"{path} is damaged: {error!r}; `python -m benchmarks.card` writes it anew"
        raise SignalError(message) from error


def sections(folder: Path = FOLDER) -> list[Section]:
    """Return the card of the models in a folder; raises SignalError if a file is damaged."""
    cards = {name: weights.card(name, folder) for name in weights.models(folder)}
    found = measured(folder)
    try:
        quality = list(_quality(found)) if found else [Section("How well it does", _UNKNOWN)]
    except (KeyError, TypeError) as error:
        message = f"{folder / MEASURED} is damaged: {error!r}"
        raise SignalError(message) from error
    return [
        Section("What this is", _ABOUT.format(model=identified(folder))),
        Section("Limits", _LIMITS),
        *quality,
        Section("Data and licences", _DATA, ("source",), tuple((s,) for s in _sources(cards))),
        *(_model(name, card, folder) for name, card in cards.items()),
    ]


def markdown(parts: Sequence[Section]) -> str:
    """Return the card as a Markdown document."""
    lines = ["# The models and how well they do", ""]
    for part in parts:
        lines += [f"## {part.title}", ""]
        lines += [part.says, ""] if part.says else []
        if part.rows:
            lines += [_line(part.head), _line(["---"] * len(part.head))]
            lines += [*map(_line, part.rows), ""]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    written = (cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(written)} |"


def _quality(found: Mapping[str, Any]) -> Iterator[Section]:
    """Yield what was measured."""
    toxicity = found["toxicity"]
    mean = toxicity["jigsaw"]
    yield Section(
        "Order: AUC by source and attribute",
        f"Mean over the six Jigsaw labels on {mean['rows']:,} Wikipedia comments: "
        f"{mean['auc']:.4f} (95 % {mean['low']:.4f} to {mean['high']:.4f}).\n" + _SOURCES,
        ("source", "attribute", "comments", "positive", "AUC", "95 %", "linear model alone"),
        tuple(
            (
                *(row["source"], row["attribute"], f"{row['rows']:,}", f"{row['positive']:,}"),
                *(f"{row['auc']:.3f}", f"{row['low']:.3f} to {row['high']:.3f}"),
                f"{row['linear']:.3f}",
            )
            for row in toxicity["sources"]
        ),
        "sources",
    )
    yield Section(
        "Calibration",
        _CALIBRATION,
        ("attribute", "positive comments", "expected calibration error", "by chance"),
        tuple(
            (name, f"{row['positive']:,}", f"{row['error']:.3f}", f"{row['chance']:.3f}")
            for name, row in toxicity["reliability"].items()
        ),
        "reliability",
    )
    alarms = toxicity["alarms"]
    yield Section(
        "False alarms on civil opinions",
        f"Of {alarms['comments']} citizens' opinions, nearly all civil:",
        ("score at least", "TOXICITY", "INSULT, IDENTITY_ATTACK or THREAT"),
        tuple(
            (bound, f"{row['TOXICITY']:.1%}", f"{row['any of the others']:.1%}")
            for bound, row in alarms["shares"].items()
        ),
    )
    yield from _robustness(found)
    yield from _reading(found)


def _robustness(found: Mapping[str, Any]) -> Iterator[Section]:
    """Yield how the models bear disguises, names of groups, and words that only sound bad."""
    evasion = found["evasion"]
    yield Section(
        "Disguises",
        f"Of {evasion['comments']} comments that most raters called toxic, {evasion['found']} "
        "score .5 or more.\nThe words that carry the score are then disguised, one way at a time.",
        ("disguise", "still found"),
        tuple((name, f"{share:.1%}") for name, share in evasion["shares"].items()),
        "evasion",
    )
    groups = sorted(found["identities"], key=lambda row: float(row["bpsn"]))
    yield Section(
        "Names of groups",
        _IDENTITIES.format(groups=len(groups), shown=_MANY_GROUPS),
        ("group", "subgroup AUC", "BPSN AUC", "BNSP AUC", "false alarms"),
        tuple(
            (
                *(row["group"], f"{row['subgroup']:.3f}", f"{row['bpsn']:.3f}"),
                *(f"{row['bnsp']:.3f}", f"{row['false_alarms']:.0%}"),
            )
            for row in groups[:_MANY_GROUPS]
        ),
        "identities",
    )
    yield Section(
        "What only sounds bad, and what is bad and sounds well",
        f"Lines written without sight of the training lines, by the policy `{found['policy']}`.",
        ("kind", "lines", "TOXICITY .5 or more", "held for attack, hate or threat", "held"),
        tuple(
            (
                *(row["kind"], str(row["lines"]), f"{row['toxic']:.0%}"),
                *(f"{row['rude']:.0%}", f"{row['held']:.0%}"),
            )
            for row in found["contrast"]
        ),
    )


def _reading(found: Mapping[str, Any]) -> Iterator[Section]:
    """Yield how well clauses, marks and the discussion are read, and what the cascade saves."""
    yield Section(
        "Clauses of the house policy",
        f"{_CLAUSES}\nMeasured with the policy `{found['policy']}`.",
        ("clause", "breaches", "found", "near misses", "wrongly cited", "near misses approved"),
        tuple(tuple(str(row[name]) for name in _COUNTS) for row in found["clauses"]),
    )
    yield Section(
        "Marked characters",
        _SPANS,
        ("comments", "number", "mean F1"),
        tuple((name, f"{count:,}", f"{f1:.3f}") for name, (count, f1) in found["spans"].items()),
    )
    yield Section(
        "What a comment is to the discussion",
        _DISCUSSION,
        ("attribute", "yes", "maybe", "AUC", "found", "false alarms", "calibration error"),
        tuple(
            (
                *(name, str(row["yes"]), str(row["maybe"]), f"{row['auc']:.3f}"),
                *(f"{row['found']:.0%}", f"{row['false']:.0%}", f"{row['error']:.3f}"),
            )
            for name, row in found["discussion"].items()
        ),
    )
    cascade = found["cascade"]
    natural = cascade["natural"]
    yield Section(
        "What the cascade saves",
        f"The encoder alone reaches {cascade['encoder']:.4f}. Of comments as they come it reads "
        f"{natural['share']:.1%}: {natural['comments_a_second']:,.0f} comments a second on one "
        "core of the machine that measured.",
        ("read by the encoder", "mean AUC over the Jigsaw labels"),
        tuple((f"{p['share']:.1%}", f"{p['auc']:.4f}") for p in cascade["curve"]),
        "cascade",
    )


def _sources(cards: Mapping[str, Any]) -> list[str]:
    """Return every source of every model, each once."""
    named = (source for card in cards.values() for source in card["facts"].get("credit", ()))
    return sorted(dict.fromkeys(named), key=str.lower)


def _model(name: str, card: Mapping[str, Any], folder: Path) -> Section:
    """Return the section of one model: its facts and its files."""
    facts = [
        (fact.replace("_", " "), written(value))
        for fact, value in card["facts"].items()
        if fact != "credit"
    ]
    files = [
        (f"file {file}", f"SHA-256 {digest}") for file, digest in sorted(card["files"].items())
    ]
    says = f"Version `{weights.version(name, folder)}`."
    return Section(f"Model: {name}", says, ("fact", "value"), (*facts, *files))


def written(value: object, indent: str = "") -> str:
    """Return a fact of a card as lines of text."""
    if isinstance(value, Mapping):
        return "\n".join(_member(name, part, indent) for name, part in value.items())
    if isinstance(value, list):
        return "\n".join(indent + written(part) for part in value)
    return f"{value:,}" if isinstance(value, int) and value is not True else str(value)


def _member(name: str, value: object, indent: str) -> str:
    """Return one member of a fact; what has members itself begins a line of its own."""
    deeper = f"{indent}  "
    rest = f"\n{written(value, deeper)}" if isinstance(value, Mapping) else f" {written(value)}"
    return f"{indent}{name}:{rest}"


_ABOUT: Final = (
    "Version `{model}`, as decisions record it.\n"
    "The models say how likely raters would call a comment toxic, and in which way; how likely it "
    "breaks a clause of the house policy; and what it is to the discussion.\n"
    "They put comments before moderators. They are not made to judge people, nor to decide alone."
)
_LIMITS: Final = (
    "English only: a comment in another language is held, not judged.\n"
    "The raters' comments are from Wikipedia talk pages, US news sites, Reddit, Gab and Twitter; "
    "the lines for the clauses were written for this project, with the help of a language model.\n"
    "ATTACK_ON_AUTHOR was measured on a handful of attacks only.\n"
    "INFLAMMATORY is measured below and not served: it is wrong too often.\n"
    "Irony, veiled threats, allusions to what is not said, and pictures are mostly missed.\n"
    "Raters disagree: a score near one half means that people would."
)
_DATA: Final = "Every source that any of the models was made from."
_UNKNOWN: Final = "These weights have not been measured: `python -m benchmarks.card` does it."
_SOURCES: Final = (
    "Comments that no weight was trained on; a comment is positive if at least half of the raters "
    "said so. What a source calls an attribute differs: `training/README.md`."
)
_CALIBRATION: Final = (
    "A score is the probability of the attribute where a quarter of the comments have it, a fifth "
    "for the rarer attributes.\n"
    "On Perspective's wire it is given as it would be at one half, which is Perspective's "
    "convention.\n"
    "The error is the mean distance of score and share of positives over ten bins; by chance, what "
    "it would be on average if every score were right, with so few positive comments."
)
_IDENTITIES: Final = (
    "Sentences by a pattern, benign and hateful, for {groups} groups, of which the {shown} worst.\n"
    "BPSN is low where the name alone is taken for an attack, BNSP where hate is overlooked "
    "(Borkan et al. 2019, arXiv:1903.04561)."
)
_CLAUSES: Final = (
    "Lines written to be near the border on both sides, most of them hard; the last row is "
    "ordinary comments."
)
_COUNTS: Final = ("rule", "breaches", "found", "clean", "false", "approved")
_SPANS: Final = (
    "F1 of the characters against those that most raters marked, by the measure of SemEval-2021 "
    "task 5; 1 where both mark none. The best system there reached .708 on its own test part."
)
_DISCUSSION: Final = (
    "400 real news comments, read by one reader. A comment of which the reader was of two minds "
    "counts half on both sides."
)
