"""The card of the models is made of what trainings and benchmarks wrote, and of that only."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ombud import charts, house_policy, modelcard, models, weights
from ombud.cli import app
from ombud.errors import SignalError
from ombud.models import identified

RUN = CliRunner()


@pytest.fixture(scope="module")
def parts() -> list[modelcard.Section]:
    """Return the card of the models that come along."""
    return modelcard.sections()


def test_every_file_and_source_is_named(parts: list[modelcard.Section]) -> None:
    """What a model consists of and what it was made from stands on the card."""
    text = modelcard.markdown(parts)
    for name in weights.models():
        card = weights.card(name)
        for expected in (*card["files"].values(), *card["facts"]["credit"]):
            assert expected in text
    assert identified(weights.FOLDER) in text


def test_the_figures_are_those_of_these_weights() -> None:
    """What is shipped has been measured, and as it is shipped."""
    measured = modelcard.measured()
    assert measured["model"] == identified(weights.FOLDER)
    assert measured["policy"] == house_policy().version


def test_figures_of_other_weights_are_not_shown(tmp_path: Path) -> None:
    """Where what was measured is another version, the card says that nobody has measured this."""
    folder = tmp_path / "weights"
    shutil.copytree(weights.FOLDER, folder)
    found = json.loads((folder / weights.MEASURED).read_text())
    (folder / weights.MEASURED).write_text(json.dumps({**found, "model": "another"}))

    text = modelcard.markdown(modelcard.sections(folder))

    assert "have not been measured" in text
    assert "AUC" not in text.split("## Data")[0]


@pytest.mark.parametrize("content", ["{", "[]", "null", "\x00", "{}", '{"model": "MODEL"}'])
def test_damaged_figures_are_named(tmp_path: Path, content: str) -> None:
    """Where the file of figures cannot be read, the error says which file it is."""
    folder = tmp_path / "weights"
    shutil.copytree(weights.FOLDER, folder)
    written = content.replace("MODEL", identified(weights.FOLDER))
    (folder / weights.MEASURED).write_text(written)

    with pytest.raises(SignalError, match=weights.MEASURED):
        modelcard.sections(folder)


def test_a_kept_version_keeps_its_card(tmp_path: Path) -> None:
    """What was measured of a version is kept with it and shown when it is asked for."""
    found = models.add(weights.FOLDER, tmp_path / models.FOLDER)

    result = RUN.invoke(
        app, ["model", "card", found, "--format", "markdown", "--data", str(tmp_path)]
    )

    assert result.exit_code == 0
    assert result.stdout.strip() == modelcard.markdown(modelcard.sections()).strip()


def test_a_cell_stays_in_its_row() -> None:
    """Bars and line ends within a cell do not break a table."""
    part = modelcard.Section("T", head=("a|b", "c"), rows=(("1|2\n3", "4"),))

    assert "| a\\|b | c |\n| --- | --- |\n| 1\\|2<br>3 | 4 |" in modelcard.markdown([part])


class _Tags(HTMLParser):
    """Counts what a page is made of, and keeps the addresses that it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.count: dict[str, int] = {}
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count a tag."""
        self.count[tag] = self.count.get(tag, 0) + 1
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_page_has_its_charts_and_loads_nothing(parts: list[modelcard.Section]) -> None:
    """Every chart is drawn into the page, which needs no network."""
    tags = _Tags()
    tags.feed(charts.page(parts, modelcard.measured()))

    assert tags.count["svg"] == sum(bool(part.chart) for part in parts) == 5
    assert tags.count["section"] == len(parts)
    assert "script" not in tags.count
    assert not [address for address in tags.loaded if not address.startswith("#")]


def test_the_page_shows_text_as_text() -> None:
    """What stands in a card cannot become part of the page."""
    part = modelcard.Section("<script>x</script>", rows=(("<img>",),), head=("<b>",))

    page = charts.page([part], {})

    assert not [tag for tag in ("<script>", "<img>", "<b>") if tag in page]


@pytest.mark.parametrize("form", ["table", "markdown", "html", "json"])
def test_the_command_writes_every_form(form: str) -> None:
    """Each form says which version it is about."""
    result = RUN.invoke(app, ["model", "card", "--format", form])

    assert result.exit_code == 0
    assert identified(weights.FOLDER) in result.stdout
