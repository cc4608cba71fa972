"""The command line when something breaks: what is said, what is kept, and how it ends."""

import io
import json
import multiprocessing
import socket
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import re2
from typer.testing import CliRunner, Result

from ombud.cli import app
from ombud.rules import house_rules

_CHUNK = 256


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def lenient(tmp_path: Path) -> Path:
    """Return a policy without a rule, which needs no model."""
    path = tmp_path / "policy.toml"
    path.write_text("".join(f'[rules.{rule.id}]\nmode = "off"\n' for rule in house_rules()))
    return path


class _Deadly(io.BytesIO):
    """An input at whose two thousandth line every process that judges is killed."""

    lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read a line, and kill when it is time."""
        self.lines += 1
        if self.lines == 2000:
            for child in multiprocessing.active_children():
                child.kill()
        return super().readline(size)


def test_killed_workers_cost_only_what_they_had(
    lenient: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was judged is written, the range that was not is named, and the exit code is 1."""
    stdin = _Deadly(b"".join(b"comment %d\n" % number for number in range(1, 5001)))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stdin))
    with pytest.raises(SystemExit) as ended:
        app(["check", "--policy", str(lenient), "--jobs", "2", "-"])
    written = capsys.readouterr()
    judged = [json.loads(line)["id"] for line in written.out.splitlines()]
    said = re2.search(r"not judged: standard input:(\d+) to standard input:\d+", written.err)
    assert said
    first = int(said[1])
    assert ended.value.code == 1
    assert first > _CHUNK
    assert judged[: first - 1] == list(range(1, first))
    assert first not in judged
    assert "was killed, maybe for want of memory" in written.err
    read = re2.search(r", and everything after standard input:(\d+)\n$", written.err)
    assert read
    assert judged[-1] <= int(read[1]) < 5000
    assert f"{len(judged):,} comments in" in written.err


def test_rows_lost_to_damage_count_and_keep_the_numbers(tmp_path: Path, lenient: Path) -> None:
    """Comments behind a damaged part keep their numbers, and the exit code is 1."""
    path = tmp_path / "a.parquet"
    texts = [f"comment {number}" for number in range(1, 10)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=3, use_dictionary=False)
    page = pq.ParquetFile(path).metadata.row_group(0).column(0).data_page_offset
    content = bytearray(path.read_bytes())
    content[page : page + 30] = b"\xff" * 30
    path.write_bytes(content)
    result = run("check", "--policy", lenient, path)
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [4, 5, 6, 7, 8, 9]
    assert "rows 1 to 3 (row group 1) cannot be read" in result.stderr
    assert "3 could not be read" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "no header"), ("a comment\n", "no column 'text'"), ("text,text\n", "columns 'text'")],
)
def test_table_that_cannot_be_read_is_wrong_use(tmp_path: Path, content: str, said: str) -> None:
    """An empty table, one without a header and one with a column twice end with 2."""
    path = tmp_path / "a.csv"
    path.write_text(content)
    result = run("check", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_demo_takes_no_policy_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A policy file that `serve` trips over does not stop the demo, which gets to its socket."""
    monkeypatch.setenv("OMBUD_POLICY", "missing.toml")
    monkeypatch.setenv("OMBUD_DATA", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "missing.toml" in run("serve", "--port", port).stderr
        assert f"cannot listen on 127.0.0.1, port {port}" in run("demo", "--port", port).stderr
