"""
Render the pages of this folder from the code.

    python docs/render.py [--check]

With `--check` nothing is written; it fails if a page is not what the code says.
"""

import argparse
import sys
from dataclasses import fields
from pathlib import Path

from ombud import modelcard
from ombud.handbook import markdown, policy_page
from ombud.policy import Rule, configure
from ombud.rules import house_rules
from ombud.settings import PREFIX, Settings

_INTRODUCTION = """\
A policy file is TOML: a table `[rules.<id>]` for each rule that differs from the house policy.
Every rule has `mode` (`live`, `trial`, `off`), `hold` and `delete` (a number above 0 and up to 1, \
or `"never"`), `title` and `clause`.
The options of each rule stand below."""
FOLDER = Path(__file__).parent


def policy() -> str:
    """Return the readers' policy."""
    house = configure(house_rules())
    return markdown(house.name, policy_page(house))


def rules() -> str:
    """Return what a policy file may set, for every rule."""
    parts = [
        "# Rules and their settings",
        _INTRODUCTION,
    ]
    parts.extend(_rule(rule) for rule in house_rules())
    return "\n\n".join(parts) + "\n"


def _rule(rule: Rule) -> str:
    """Return the section of one rule."""
    rows = [f"| `{name}` | `{value!r}` |" for name, value in rule.defaults.items()]
    table = ["| option | default |", "|---|---|", *rows] if rows else ["No options."]
    thresholds = f"hold {rule.hold or 'never'}, delete {rule.delete or 'never'}"
    asks = ", ".join(rule.signals) or "none"
    facts = f"`{rule.id}`: {thresholds}; models: {asks}."
    explained = [line.strip() for line in (rule.detect.__doc__ or "").splitlines()]
    notes = [f"- {line}" for line in explained if line.startswith("`")]
    return "\n".join([f"## {rule.title}", "", facts, "", *table, "", *notes]).rstrip()


def settings() -> str:
    """Return the settings of a server."""
    rows = [
        f"| `{field.name}` | `{PREFIX}{field.name.upper()}` | `{field.default}` |"
        f" {field.metadata['help']} |"
        for field in fields(Settings)
    ]
    head = [
        "# Settings",
        "",
        "A TOML file comes first, then the environment, then the command line.",
    ]
    return "\n".join(
        [*head, "", "| name | variable | default | what it does |", "|---|---|---|---|", *rows, ""]
    )


def model_card() -> str:
    """Return what the models are and how well they do."""
    return modelcard.markdown(modelcard.sections())


PAGES = {
    "policy.md": policy,
    "rules.md": rules,
    "settings.md": settings,
    "model-card.md": model_card,
}


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = [
        name
        for name, page in PAGES.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != page()
    ]
    if check:
        for name in stale:
            sys.stderr.write(f"docs/{name} is not what the code says; run `make docs`\n")
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
