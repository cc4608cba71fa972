"""The commands that show, check and compare policies and models."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ombud
from ombud.cli import app


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def off(*rules: str) -> str:
    """Return a policy file that switches rules off."""
    return "\n".join(f'[rules.{rule}]\nmode = "off"' for rule in rules)


def test_policy_is_shown_as_a_table_and_as_markdown() -> None:
    """Every rule is there."""
    assert "shouting" in run("policy", "show").stdout
    assert "# House policy" in run("policy", "show", "--format", "markdown").stdout


@pytest.mark.parametrize(
    "written",
    [
        "",
        '[rules.shouting]\nmode = "trial"\nhold = "never"\nmax_share = 0.5\n',
        'name = "Ours \\"2\\""\n',
        '[rules.links]\nallowed = ["a.example"]\nclause = "One.\\n\\nTwo \\\\ \\u007f."\n',
    ],
)
def test_policy_as_toml_makes_the_same_policy(tmp_path: Path, written: str) -> None:
    """What is shown can be loaded, and leads to the same version."""
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    first.write_text(written)
    shown = run("policy", "show", "--policy", first, "--format", "toml")
    second.write_text(shown.stdout)
    assert ombud.house_policy(shown.stdout).version == ombud.house_policy(written).version
    assert "# hold = " in shown.stdout
    assert run("policy", "show", "--policy", second, "--format", "toml").stdout == shown.stdout
    assert run("policy", "diff", first, second).stdout == "Nothing changes.\n"


def test_policy_difference_is_told_in_words(tmp_path: Path) -> None:
    """What changes, from what to what, and both versions."""
    policy = tmp_path / "policy.toml"
    policy.write_text('name = "Ours"\n[rules.shouting]\nmode = "trial"\ndelete = 0.9\n')
    result = run("policy", "diff", policy)
    assert "The name changes" in result.stdout
    assert 'shouting: \'mode\' changes from "live" to "trial".' in result.stdout
    assert "shouting: 'delete' changes from \"never\" to 0.9." in result.stdout
    assert "the house policy: version" in result.stderr


def test_policy_that_can_be_used_is_said_to_be(tmp_path: Path) -> None:
    """The version and how many rules are live, on trial and off."""
    policy = tmp_path / "policy.toml"
    policy.write_text(off("shouting"))
    result = run("policy", "check", policy)
    assert result.exit_code == 0
    assert "1 off" in result.stdout


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_card_of_the_models_is_shown(form: str) -> None:
    """Every form names the model and its file."""
    result = run("model", "card", "--format", form)
    assert result.exit_code == 0
    assert "toxicity" in result.stdout


def test_models_are_what_the_card_says() -> None:
    """Every file is compared with its hash."""
    result = run("model", "verify")
    assert result.exit_code == 0
    assert "toxicity.npz is what the card says" in result.stdout
