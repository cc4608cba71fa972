"""
The house rules: a file a clause.

To add one, put a file beside this one; nothing else changes.
Its docstring is the clause, its keyword-only parameters are the options, and its examples are run
against the whole policy by the tests.
"""

from dataclasses import replace
from functools import cache
from importlib import import_module
from inspect import cleandoc
from pkgutil import iter_modules

from ombud.policy import Rule


@cache
def house_rules() -> tuple[Rule, ...]:
    """Return all rules in this folder, in the order of their names."""
    return tuple(_load(module.name) for module in iter_modules(__path__))


def _load(name: str) -> Rule:
    """Import one rule and give it its id, title and clause."""
    module = import_module(f"{__name__}.{name}")
    title, _, clause = cleandoc(module.__doc__ or "").partition("\n\n")
    rule: Rule = module.rule
    return replace(rule, id=name, title=title, clause=clause.strip())
