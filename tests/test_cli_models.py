"""`ombud model`: versions are kept and compared, and no mistake costs a comment or a version."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ombud import weights
from ombud.cli import app


def run(*arguments: str | Path) -> Result:
    """Run the command line."""
    return CliRunner().invoke(app, ["model", *map(str, arguments)])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that keeps the version that comes along."""
    folder = tmp_path_factory.mktemp("data")
    assert run("add", weights.FOLDER, "--data", folder).exit_code == 0
    return folder


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    """Return a file of two comments and a line that is none."""
    path = tmp_path / "comments.jsonl"
    path.write_text('{"text": "Well done."}\n{"text": \n{"text": "\\ud800 you idiot"}\n')
    return path


def kept(data: Path) -> str:
    """Return the version that is kept."""
    [version] = (data / "models").iterdir()
    return version.name


def test_a_version_is_listed_once(data: Path) -> None:
    """The version that comes along is not named again where it is kept as well."""
    listed = run("list", "--data", data).stdout.splitlines()
    assert [line.split()[0] for line in listed] == [kept(data)]


def test_a_version_compared_with_itself_changes_nothing(
    data: Path, comments: Path, tmp_path: Path
) -> None:
    """What can be read is compared, what cannot is said, and the exit code is 1."""
    flips = tmp_path / "flips.jsonl"
    done = run("compare", kept(data), comments, "--data", data, "--flips", flips)
    assert done.exit_code == 1
    assert "2 comments, 0 decided differently" in done.stdout
    assert "comments.jsonl:2" in done.stderr
    assert flips.read_text() == ""


def test_flips_are_not_written_over_what_is_read(data: Path, comments: Path) -> None:
    """The comments of a newsroom survive a slip of the hand."""
    before = comments.read_bytes()
    done = run("compare", kept(data), comments, "--data", data, "--flips", comments)
    assert done.exit_code == 2
    assert "is read already" in done.stderr
    assert comments.read_bytes() == before


def test_an_unknown_version_is_refused(data: Path, comments: Path) -> None:
    """The error names the versions there are."""
    done = run("compare", "nope", comments, "--data", data)
    assert done.exit_code == 1
    assert f"no version 'nope' of the models; there are: {kept(data)}" in done.stderr


def test_a_folder_is_the_version_that_its_name_says(data: Path, tmp_path: Path) -> None:
    """Weights under another id than theirs are never taken for those of that id."""
    wrong = tmp_path / "models" / "deadbeef0000"
    wrong.parent.mkdir()
    wrong.symlink_to(data / "models" / kept(data))
    done = run("verify", wrong.name, "--data", tmp_path)
    assert done.exit_code == 1
    assert f"holds the version {kept(data)}" in done.stderr


def test_every_file_of_the_card_is_verified() -> None:
    """The version that comes along is whole, file by file."""
    card = json.loads((weights.FOLDER / weights.CARD).read_bytes())
    files = [name for model in card.values() for name in model["files"]]
    said = run("verify").stdout
    assert all(f"{name} is what the card says" in said for name in files)
