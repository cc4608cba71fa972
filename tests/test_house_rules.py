"""The code keeps the house rules about size and naming."""

import ast
from pathlib import Path

import pytest

import ombud
from ombud import errors

SOURCE = Path(ombud.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))
# "Personal data" is what the law and the policy call it.
FORBIDDEN = ("manager", "service", "helper", "util", "common", "base", "core", "data", "info")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_are_small(path: Path) -> None:
    """No file is over 300 lines, no rule over 120."""
    most = 120 if path.parent.name == "rules" else 300

    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_names_say_what_things_are(path: Path) -> None:
    """No class and no file is named after nothing in particular."""
    classes = [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]

    assert not [name for name in [*classes, path.stem] if _empty(name.lower())]


def _empty(name: str) -> bool:
    """Whether a name says nothing."""
    return name.endswith(FORBIDDEN) and name != "personal_data"


def test_the_public_surface_is_small_and_complete() -> None:
    """At most twelve names, all of them there, in order."""
    assert len(ombud.__all__) <= 12
    assert ombud.__all__ == sorted(ombud.__all__)
    assert all(hasattr(ombud, name) for name in ombud.__all__)


def test_the_error_tree_is_drawn() -> None:
    """Every error stands in the picture, and each has a code of its own."""
    tree = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.OmbudError)
    ]

    assert all(error.__name__ in (errors.__doc__ or "") for error in tree)
    assert len({error.code for error in tree}) == len(tree)
