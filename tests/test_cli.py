"""The command line: what goes in, what comes out, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

import ombud
from ombud.cli import app
from ombud.cli.screen import visible

SHOUT = "WHY IS NOBODY TALKING ABOUT THIS SCANDAL"
CALM = "The council was right to ask for a second estimate."
FIELDS = ["id", "action", "findings", "scores", "policy", "model"]


def run(*arguments: str | Path, stdin: str | bytes = "") -> Result:
    """Run a command."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def lines(result: Result) -> list[dict[str, Any]]:
    """Return the lines of JSON that a command wrote."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_text_is_judged() -> None:
    """One line with exactly the fields of the contract."""
    result = run("check", SHOUT)
    (line,) = lines(result)
    assert result.exit_code == 0
    assert list(line) == FIELDS
    assert (line["id"], line["action"]) == (1, "HOLD")
    (finding,) = [found for found in line["findings"] if found["rule"] == "shouting"]
    assert list(finding) == [
        *("rule", "clause", "why", "certainty", "begin", "end", "quote", "action"),
    ]
    assert SHOUT[finding["begin"] : finding["end"]] == finding["quote"]
    assert line["policy"] == ombud.house_policy().version


def test_quotes_are_cut_by_code_points() -> None:
    """Characters outside the basic plane count as one."""
    text = "😀😀 what a load of f---ing rubbish 😀"
    (line,) = lines(run("check", text))
    assert line["findings"]
    for finding in line["findings"]:
        assert text[finding["begin"] : finding["end"]] == finding["quote"]


def test_unknown_fields_are_kept_and_overwrite_nothing() -> None:
    """Fields named like ours stand aside."""
    record = {"id": "x", "text": CALM, "tags": [1], "action": "mine", "input": 2, "n": float("nan")}
    (line,) = lines(run("check", "-", stdin=json.dumps(record)))
    assert list(line) == [*FIELDS, "input", "tags", "n"]
    assert line["id"] == "x"
    assert line["action"] == "APPROVE"
    assert line["input"] == {"action": "mine", "input": 2}
    assert (line["tags"], line["n"]) == ([1], None)


def test_lone_surrogates_survive(tmp_path: Path) -> None:
    """Half a character is written as an escape, as JSON and as a table."""
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": f"{SHOUT} \ud800", "x": "\udfff"}), encoding="ascii")
    (line,) = lines(run("check", file))
    assert line["x"] == "\udfff"
    table = run("check", "--format", "table", file)
    assert table.exit_code == 0
    assert "\\ud800" in table.stdout


def test_rules_on_trial_are_listed_apart(tmp_path: Path) -> None:
    """A trial changes no action."""
    policy = tmp_path / "policy.toml"
    policy.write_text('[rules.shouting]\nmode = "trial"\n')
    (line,) = lines(run("check", "--policy", policy, SHOUT))
    assert [trial["rule"] for trial in line["trials"]] == ["shouting"]
    assert "shouting" not in [finding["rule"] for finding in line["findings"]]


def test_what_could_not_be_read_is_said_and_the_rest_judged(tmp_path: Path) -> None:
    """Exit code 1, the place on standard error, and the others in order."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "one"}\n{bad\n{"id": "z", "text": "three"}\n{"text": "four"}\n')
    result = run("check", file)
    assert result.exit_code == 1
    assert [line["id"] for line in lines(result)] == [1, "z", 4]
    assert f"{file}:2: this is no valid JSON" in result.stderr
    assert "1 could not be read" in result.stderr


def test_files_of_all_kinds_give_the_same_decisions(tmp_path: Path) -> None:
    """The same comments lead to the same lines, whatever they stand in."""
    rows = [{"id": "a", "text": SHOUT}, {"id": "b", "text": CALM}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "a.csv").write_text("id,text\n" + "".join(f"{r['id']},{r['text']}\n" for r in rows))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    outputs = [run("check", tmp_path / f"a.{kind}").stdout for kind in ("jsonl", "csv", "parquet")]
    assert outputs[0] == outputs[1] == outputs[2]
    assert '"id": "b", "action": "APPROVE"' in outputs[0]


def test_several_files_are_numbered_on(tmp_path: Path) -> None:
    """Comments without an id are numbered through all inputs."""
    (tmp_path / "a.csv").write_text("text\none\ntwo\n")
    (tmp_path / "b.jsonl").write_text('{"text": "three"}')
    result = run("check", tmp_path / "a.csv", tmp_path / "b.jsonl", "-", stdin="four")
    assert [line["id"] for line in lines(result)] == [1, 2, 3, 4]


def test_repeats_are_found_within_a_run() -> None:
    """The second of two near-duplicates is held."""
    text = "Save the Millbrook line now, write to your councillor before Friday."
    first, second = lines(run("check", "-", stdin=f"{text}\n{text} 77\n"))
    assert "repetition" not in [finding["rule"] for finding in first["findings"]]
    assert "repetition" in [finding["rule"] for finding in second["findings"]]


def test_options_complete_the_case(tmp_path: Path) -> None:
    """Article, author and parent come from the command line where the record has none."""
    article = tmp_path / "a.txt"
    article.write_text("WHY IS NOBODY TALKING ABOUT THIS SCANDAL\nBy Ada Moor\nA film.\n")
    options = ("--article", article, "--author", "Ada", "--parent", "What is it called?")
    result = run("check", *options, "--format", "table", SHOUT)
    assert "by Ada on \u201cWHY IS NOBODY" in result.stdout
    assert "shouting" not in result.stdout


def test_jobs_change_nothing(tmp_path: Path) -> None:
    """Several processes give the same lines as one, with repeats across chunks."""
    file = tmp_path / "a.csv"
    texts = [f"{SHOUT} {n % 290}" if n % 3 else f"{CALM} {n}" for n in range(800)]
    file.write_text("text\n" + "\n".join(texts))
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert run("check", "--jobs", "1", "--output", one, file).exit_code == 0
    assert run("check", "--jobs", "2", "--output", two, file).exit_code == 0
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_bytes().splitlines()) == 800
    assert b'"repetition"' in one.read_bytes()


@pytest.mark.parametrize("width", [80, 120])
def test_table_fits_the_screen(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Action, comment, clause and why are readable, and no line is too long."""
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("check", "--format", "table", f"{SHOUT} {SHOUT} {SHOUT}")
    assert "HOLD" in result.stdout
    assert "(shouting)" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= width


def test_table_shows_approved_comments_only_when_asked(tmp_path: Path) -> None:
    """A file of calm comments gives an empty table."""
    file = tmp_path / "a.csv"
    file.write_text(f"text\n{CALM}\n{SHOUT}\n")
    assert "council" not in run("check", "--format", "table", file).stdout
    assert "APPROVE" in run("check", "--format", "table", "--all", file).stdout


def test_table_is_no_danger_to_the_terminal() -> None:
    """Control and direction characters are shown as escapes."""
    result = run("check", "--format", "table", "\x1b]0;owned\x07 \u202eevil\u200b")
    assert "\x1b" not in result.stdout
    assert "\\x1b]0;owned\\x07 \\u202eevil\\u200b" in result.stdout


def test_visible_keeps_what_can_be_seen() -> None:
    """Letters, emoji, line ends and wide blanks stay as they are."""
    assert visible("né\u00a0😀\n\tx") == "né\u00a0😀\n\tx"


def test_summary_counts_actions_and_clauses(tmp_path: Path) -> None:
    """The end of a run says how many comments broke which clause."""
    file = tmp_path / "a.csv"
    file.write_text(f"text\n{CALM}\n{SHOUT}\n")
    result = run("check", file)
    assert "2 comments in" in result.stderr
    assert "1 approved, 1 held, 0 deleted" in result.stderr
    assert "(shouting)" in result.stderr


def test_empty_input_is_judged() -> None:
    """Nothing in, nothing out, no error."""
    result = run("check", "-", stdin="")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "Missing argument"),
        (["check", "missing.csv"], "no file named missing.csv"),
        (["check", "missing.xlsx"], "no file named missing.xlsx"),
        (["check", "two", "words"], "quotation marks"),
        (["check", "-", "-"], "more than once"),
        (["check", "--policy", "missing.toml", "hi"], "the policy file missing.toml"),
        (["check", "--article", "missing.txt", "hi"], "missing.txt cannot be read"),
        (["check", "--article", "a.pdf", "hi"], "no article"),
        (["check", "--jobs", "0", "hi"], "--jobs"),
        (["check", "--format", "xml", "hi"], "--format"),
        (["check", "--output", "nowhere/a.jsonl", "hi"], "cannot be written"),
        (["policy", "check", "missing.toml"], "cannot be read"),
        (["serve", "--port", "99999"], "'port' is 99999"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_use_ends_with_two(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One plain line says what was given and what is allowed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_output_never_overwrites_an_input(tmp_path: Path) -> None:
    """The file that is read is not the file that is written."""
    file = tmp_path / "a.csv"
    file.write_text("text\nhi\n")
    result = run("check", "--output", file, file)
    assert result.exit_code == 2
    assert file.read_text() == "text\nhi\n"


def test_mistake_in_a_policy_is_said(tmp_path: Path) -> None:
    """An unknown rule is named together with those that exist."""
    policy = tmp_path / "policy.toml"
    policy.write_text("[rules.linx]\n")
    for arguments in (("check", "--policy", policy, "hi"), ("policy", "check", policy)):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "no rule named 'linx'; there are:" in result.stderr
        assert "shouting" in result.stderr


def test_version_is_printed() -> None:
    """The version of the package."""
    assert run("--version").stdout == f"{ombud.__version__}\n"


def test_module_runs_as_a_process() -> None:
    """`python -m ombud` reads standard input and writes JSON in ASCII."""
    result = subprocess.run(  # our own program
        [sys.executable, "-m", "ombud", "check", "-"],
        input=f"{CALM} é\n{SHOUT}\n".encode(),
        capture_output=True,
        check=True,
    )
    decided = [json.loads(line) for line in result.stdout.decode("ascii").splitlines()]
    assert [line["action"] for line in decided] == ["APPROVE", "HOLD"]
    assert b"2 comments in" in result.stderr
