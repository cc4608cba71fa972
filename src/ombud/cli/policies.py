"""`ombud policy`: show, check and compare policies."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from ombud import Engine, house_policy
from ombud.cli.screen import console, say, visible
from ombud.errors import PolicyError
from ombud.handbook import markdown, policy_page
from ombud.policy import Policy, Rule
from ombud.rules import house_rules

app = typer.Typer(help="Show, check and compare policies.", no_args_is_help=True)

PolicyOption = Annotated[
    Path | None,
    typer.Option("--policy", metavar="FILE", help="Policy file; default: the house policy."),
]


class Format(StrEnum):
    """How a policy is written."""

    TABLE = "table"
    MARKDOWN = "markdown"
    TOML = "toml"


def policy_text(path: Path | None) -> str:
    """Return the text of a policy file; raises PolicyError if it cannot be read."""
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"the policy file {path} cannot be read: {error.strerror}"
        raise PolicyError(message) from error
    except UnicodeDecodeError as error:
        message = f"the policy file {path} is no valid UTF-8 (byte {error.start + 1})"
        raise PolicyError(message) from error


@app.command("show")
def show(
    policy: PolicyOption = None,
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.TABLE,
) -> None:
    """Show every rule with its mode, thresholds and options."""
    engine = house_policy(policy_text(policy))
    if form is Format.MARKDOWN:
        typer.echo(markdown(engine.policy.name, policy_page(engine.policy)))
    elif form is Format.TOML:
        typer.echo(policy_toml(engine), nl=False)
    else:
        screen = console()
        screen.print(Text(f"{visible(engine.policy.name)}, version {engine.version}", "bold"))
        screen.print(_table(engine.policy))


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The policy file.")],
) -> None:
    """Say whether a policy file can be used; exit code 2 if not."""
    engine = house_policy(policy_text(file))
    modes = [rule.mode for rule in engine.policy.rules]
    counts = ", ".join(f"{modes.count(mode)} {mode}" for mode in ("live", "trial", "off"))
    typer.echo(f"{file} can be used: version {engine.version}; rules: {counts}")


@app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(metavar="A", help="A policy file.")],
    new: Annotated[
        Path | None,
        typer.Argument(metavar="[B]", help="Another; without it A is compared with the house's."),
    ] = None,
) -> None:
    """Say what changes from policy A to B, or from the house policy to A."""
    before = house_policy(policy_text(old) if new else "")
    after = house_policy(policy_text(new or old))
    names = (str(old), str(new)) if new else ("the house policy", str(old))
    changes = list(differences(before.policy, after.policy))
    for change in changes:
        typer.echo(visible(change))
    if not changes:
        typer.echo("Nothing changes.")
    for name, engine in zip(names, (before, after), strict=True):
        say(f"{name}: version {engine.version}")


def differences(before: Policy, after: Policy) -> Iterator[str]:
    """Yield what changes from one policy to another, a sentence each."""
    if before.name != after.name:
        yield f"The name changes from {_toml(before.name)} to {_toml(after.name)}."
    for old, new in zip(before.rules, after.rules, strict=True):
        was, becomes = _settings(old), _settings(new)
        for name, value in becomes.items():
            if value != was[name]:
                yield f"{new.id}: '{name}' changes from {_toml(was[name])} to {_toml(value)}."


def policy_toml(engine: Engine) -> str:
    """Return a policy file that makes the same policy again; defaults stand there as comments."""
    policy = engine.policy
    house = {rule.id: rule for rule in house_rules()}
    lines = [
        f"# Policy version {engine.version}.",
        "# Lines that begin with '#' show the defaults; take the '#' away to change one.",
        f"name = {_toml(policy.name)}",
    ]
    for rule in policy.rules:
        defaults = _settings(house[rule.id])
        lines += ["", f"[rules.{rule.id}]"]
        lines += [
            f"{'# ' if value == defaults[name] else ''}{name} = {_toml(value)}"
            for name, value in _settings(rule).items()
        ]
    return "\n".join(lines) + "\n"


def _settings(rule: Rule) -> Mapping[str, object]:
    """Return everything that a policy file may set of a rule, as it is set."""
    return {
        "mode": rule.mode,
        "hold": rule.hold,
        "delete": rule.delete,
        "title": rule.title,
        "clause": rule.clause,
        **rule.defaults,
        **dict(rule.settings),
    }


def _toml(value: object) -> str:
    """Return a setting as TOML writes it."""
    if value is None:
        return '"never"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        # JSON and TOML quote alike, but for the one control character that JSON lets stand.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return repr(value)


def _table(policy: Policy) -> Table:
    """Return the rules as a table."""
    table = Table(expand=False)
    for heading in ("Rule", "Clause", "Mode", "Hold", "Delete", "Options"):
        table.add_column(heading, overflow="fold", justify="left")
    for rule in policy.rules:
        options = {**rule.defaults, **dict(rule.settings)}
        table.add_row(
            rule.id,
            Text(visible(rule.title)),
            rule.mode,
            _toml(rule.hold).strip('"'),
            _toml(rule.delete).strip('"'),
            Text("\n".join(f"{name} = {visible(_toml(value))}" for name, value in options.items())),
        )
    return table
