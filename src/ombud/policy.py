"""
The policy: what a rule is, what it finds, and the rules as a newsroom has set them.

A policy is the house rules with the changes that a policy file makes to them.
Everything here is a value; reading files and running models happen elsewhere.
"""

import hashlib
import inspect
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal, get_args

from ombud.case import Case
from ombud.errors import PolicyError
from ombud.text import Span


class Action(IntEnum):
    """What happens to a comment, mildest first."""

    APPROVE = 0
    HOLD = 1
    DELETE = 2

    def __str__(self) -> str:
        """Return the name, as it stands in answers and logs."""
        return self.name


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One breach of a clause.

    A rule gives `why`, `certainty` (0, 1] and `span` (None: the whole text).
    The engine adds which rule and clause it was and the action it leads to.
    """

    why: str
    certainty: float
    span: Span | None = None
    rule: str = ""
    clause: str = ""
    action: Action = Action.APPROVE


@dataclass(frozen=True, slots=True)
class Decision:
    """
    What the engine concludes from all findings.

    `findings` are those that lead to an action; `trials` are those of rules on trial.
    `policy` and `model` are the versions that lead to the same decision again.
    """

    action: Action
    findings: tuple[Finding, ...]
    trials: tuple[Finding, ...]
    scores: Mapping[str, float]
    policy: str
    model: str

    @property
    def strictest(self) -> Finding | None:
        """What was found that weighs most: the strictest action, the surest of several."""
        return max(self.findings, key=lambda one: (one.action, one.certainty), default=None)


Mode = Literal["live", "trial", "off"]
MODES: tuple[Mode, ...] = get_args(Mode)
_LARGEST = 1_000_000
Detect = Callable[..., Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One clause of the policy, and the file that finds breaches of it.

    `detect(case, **options)` yields findings; its keyword-only parameters are the options.
    A finding whose certainty reaches `hold` or `delete` leads to that action; None means never.
    `lets_pass` and `catches` are examples, as texts or as cases.
    `id`, `title` and `clause` are the file name and the docstring, filled in on discovery.
    """

    detect: Detect
    lets_pass: tuple[str | Case, ...]
    catches: tuple[str | Case, ...]
    hold: float | None = 0.5
    delete: float | None = None
    signals: tuple[str, ...] = ()
    mode: Mode = "live"
    id: str = ""
    title: str = ""
    clause: str = ""
    settings: tuple[tuple[str, object], ...] = ()

    @property
    def defaults(self) -> dict[str, object]:
        """The options of the rule and their defaults, from the signature of `detect`."""
        parameters = inspect.signature(self.detect).parameters.values()
        return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}

    def find(self, case: Case) -> Iterable[Finding]:
        """Look for breaches in one case, with the options as set."""
        return self.detect(case, **dict(self.settings))

    def action(self, certainty: float) -> Action:
        """Return the strictest action whose threshold the certainty reaches."""
        if self.delete is not None and certainty >= self.delete:
            return Action.DELETE
        if self.hold is not None and certainty >= self.hold:
            return Action.HOLD
        return Action.APPROVE


@dataclass(frozen=True, slots=True)
class Policy:
    """All rules as a newsroom has set them; rules that are off are kept, for the policy page."""

    rules: tuple[Rule, ...]
    name: str = "House policy"

    def canonical(self) -> dict[str, object]:
        """Return everything that bears on a decision, in one order."""
        return {
            rule.id: {
                "mode": rule.mode,
                "hold": rule.hold,
                "delete": rule.delete,
                "clause": f"{rule.title}\n\n{rule.clause}",
                "options": {**rule.defaults, **dict(rule.settings)},
            }
            for rule in sorted(self.rules, key=lambda rule: rule.id)
        }

    def version(self, *parts: str) -> str:
        """Return the hash of the canonical form with the versions of the parts it judges with."""
        written = json.dumps([self.canonical(), sorted(parts)], sort_keys=True, default=list)
        return hashlib.sha256(written.encode()).hexdigest()[:12]


def configure(rules: Sequence[Rule], written: str = "") -> Policy:
    """
    Return the policy that a policy file makes of the house rules.

    `written` is the text of the file.
    Raises PolicyError, naming what was given and what is allowed.
    """
    try:
        table = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        message = f"the policy file is no valid TOML: {error}"
        raise PolicyError(message) from error
    _refuse_unknown(table, ("name", "rules"), "the policy file", "entry")
    changes = table.get("rules", {})
    if not isinstance(changes, dict) or not all(isinstance(c, dict) for c in changes.values()):
        message = "'rules' must be a table with a table for each rule, as in [rules.shouting]"
        raise PolicyError(message)
    _refuse_unknown(changes, [rule.id for rule in rules], "the policy file", "rule")
    name = table.get("name", "House policy")
    if not isinstance(name, str):
        message = f"'name' must be a text, not {name!r}"
        raise PolicyError(message)
    return Policy(tuple(_change(rule, changes.get(rule.id, {})) for rule in rules), name)


def _change(rule: Rule, change: Mapping[str, object]) -> Rule:
    """Return the rule with what the policy file sets for it."""
    defaults = rule.defaults
    known = ("mode", "hold", "delete", "title", "clause", *defaults)
    _refuse_unknown(change, known, f"rule '{rule.id}'", "setting")
    settings: dict[str, object] = dict(rule.settings)
    for name, value in change.items():
        place = f"rule '{rule.id}': '{name}'"
        if name == "mode":
            if value not in MODES:
                message = f"{place} is {value!r}; it can be {', '.join(MODES)}"
                raise PolicyError(message)
            rule = replace(rule, mode=value)
        elif name in ("hold", "delete"):
            rule = replace(rule, **{name: _threshold(value, place)})  # type: ignore[arg-type]
        elif name in ("title", "clause"):
            if not isinstance(value, str) or not value.strip():
                message = f"{place} must be a text that is not empty, not {value!r}"
                raise PolicyError(message)
            rule = replace(rule, **{name: value.strip()})  # type: ignore[arg-type]
        else:
            settings[name] = _option(value, defaults[name], place)
    if rule.hold is not None and rule.delete is not None and rule.delete < rule.hold:
        message = (
            f"rule '{rule.id}': 'delete' ({rule.delete}) is below 'hold' ({rule.hold});"
            " it must be the higher one"
        )
        raise PolicyError(message)
    return replace(rule, settings=tuple(sorted(settings.items())))


def _threshold(value: object, place: str) -> float | None:
    """Return a threshold; "never" is None."""
    if value == "never":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        message = f'{place} is {value!r}; it can be a number above 0 and up to 1, or "never"'
        raise PolicyError(message)
    return float(value)


def _option(value: object, default: object, place: str) -> object:
    """Return an option's value if it is of the kind of its default."""
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        message = f"{place} must be a list of texts, not {value!r}"
        raise PolicyError(message)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(default):
        kinds = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
        message = f"{place} must be {kinds[type(default)]}, not {value!r}"
        raise PolicyError(message)
    if isinstance(value, int | float) and not 0 <= value < _LARGEST:
        message = f"{place} must be a number from 0 to {_LARGEST}, not {value!r}"
        raise PolicyError(message)
    return value


def _refuse_unknown(
    given: Mapping[str, object], known: Iterable[str], place: str, kind: str
) -> None:
    """Raise PolicyError if a name is not among those known."""
    known = sorted(known)
    for name in given:
        if name not in known:
            message = f"{place}: no {kind} named '{name}'; there are: {', '.join(known)}"
            raise PolicyError(message)
