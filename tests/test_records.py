"""Comments from files and streams: what is read, and what is said about the rest."""

import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from reading import faults, read, texts

from ombud import Article, Case, Reader
from ombud.errors import InvalidInputError
from ombud.records import Fault, Record, article_from, open_file, open_stream

File = Callable[[str, bytes], Path]


def test_json_line_makes_a_whole_case(file: File) -> None:
    """Every field of the contract arrives, and what is unknown is kept."""
    line = (
        b'{"id": 7, "text": "t", "author": {"name": "Ada", "age": 3}, "parent": "p", "x": [1],'
        b' "article": {"title": "T", "text": "B", "byline": "Y", "url": "u"}}'
    )
    (item,) = read(file("a.jsonl", line))
    assert isinstance(item, Record)
    assert item.case == Case("t", Reader("Ada"), Article("T", "B", "Y"), "p")
    assert item.id == 7
    assert item.extra == {"x": [1], "author": {"age": 3}, "article": {"url": "u"}}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"[1]", "the line must be a JSON object, not a list"),
        (b"{bad", "this is no valid JSON"),
        (b'{"text": 3}', "'text' must be a text, not a number"),
        (b'{"text": null}', "'text' is missing"),
        (b'{"x": 1}', "'text' is missing"),
        (b'{"text": "a", "parent": 3}', "'parent' must be a text, not a number"),
        (b'{"text": "a", "author": 3}', "'author' must be an object, not a number"),
        (b'{"text": "a", "article": []}', "'article' must be an object, not a list"),
        (b'{"text": "\xff"}', "byte 11 of the line is no valid UTF-8"),
        (b'{"text": "a", "x": ' + b"[" * 200 + b"]" * 200 + b"}", "nests 201 levels deep"),
        (b'{"text": "a", "x": ' + b"1" * 5000 + b"}", "a number is too long"),
    ],
)
def test_bad_line_is_reported_and_the_rest_goes_on(file: File, line: bytes, said: str) -> None:
    """A line that is no comment is named by its number; the others are read."""
    items = read(file("a.ndjson", b'{"text": "one"}\n\n' + line + b'\n{"text": "two"}'))
    assert texts(items) == ["one", "two"]
    (fault,) = faults(items)
    assert fault.startswith("a.ndjson:3: ")
    assert said in fault


def test_brackets_in_a_text_are_no_nesting(file: File) -> None:
    """Only structure counts as depth, not what is quoted."""
    items = read(file("a.jsonl", b'{"text": "' + b'[]{}\\"' * 300 + b'"}'))
    assert faults(items) == []


def test_json_lines_may_begin_with_a_mark_and_hold_lone_surrogates(file: File) -> None:
    """A byte order mark is skipped, and half a character is a character."""
    items = read(file("a.jsonl", b'\xef\xbb\xbf{"text": "a\\ud800"}\r\n'))
    assert texts(items) == ["a\ud800"]


def test_json_lines_in_utf16_are_refused(file: File) -> None:
    """JSON Lines in UTF-16 are said to be so."""
    with pytest.raises(InvalidInputError, match="UTF-16"):
        open_file(file("a.jsonl", '{"text": "a"}'.encode("utf-16")))


def test_empty_file_of_lines_holds_no_comments(file: File) -> None:
    """A file without a line is no error."""
    source = open_file(file("a.jsonl", b""))
    assert list(source.items()) == []
    assert source.share() is None


def test_parquet_is_read_by_rows(tmp_path: Path) -> None:
    """Structs, flat columns and rows without a text."""
    rows = {
        "id": [1, 2, 3],
        "text": ["a", None, "c"],
        "author": [{"name": "Ada"}, None, {"name": None}],
        "title": ["T", None, None],
        "score": [0.5, float("nan"), None],
    }
    pq.write_table(pa.table(rows), tmp_path / "a.parquet")
    source = open_file(tmp_path / "a.parquet")
    items = list(source.items())
    assert texts(items) == ["a", "c"]
    assert faults(items) == ["a.parquet:2: 'text' is missing"]
    assert isinstance(items[0], Record)
    assert items[0].case == Case("a", Reader("Ada"), Article("T"))
    assert items[0].extra == {"score": 0.5}
    assert source.share() == 1.0


@pytest.mark.parametrize(
    ("columns", "said"),
    [({"body": ["a"]}, "no column 'text'; it has: 'body'"), ({"text": [1]}, "holds int64")],
)
def test_parquet_without_texts_is_refused(
    tmp_path: Path, columns: dict[str, list[object]], said: str
) -> None:
    """The column of texts has to be there and to hold texts."""
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    with pytest.raises(InvalidInputError, match=said):
        open_file(tmp_path / "a.parquet")


@pytest.mark.parametrize("checked", [True, False])
def test_damaged_parquet_loses_only_a_row_group(tmp_path: Path, checked: bool) -> None:  # noqa: FBT001
    """The rows lost are named and counted, and the next row group is read."""
    path = tmp_path / "a.parquet"
    table = pa.table({"text": [f"comment {number}" for number in range(1, 10)]})
    pq.write_table(table, path, row_group_size=3, use_dictionary=False, write_page_checksum=checked)
    page = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    content = bytearray(path.read_bytes())
    content[page : page + 30] = b"\xff" * 30
    path.write_bytes(content)
    source = open_file(path)
    items = list(source.items())
    assert texts(items) == [f"comment {number}" for number in (1, 2, 3, 7, 8, 9)]
    (fault,) = [item for item in items if isinstance(item, Fault)]
    assert fault.message.startswith("rows 4 to 6 (row group 2) cannot be read")
    assert fault.count == 3
    assert items[-1].where == f"{path}:9"
    assert source.share() == 1.0


def test_parquet_with_a_flipped_letter_is_noticed_by_its_checksum(tmp_path: Path) -> None:
    """A page that can be read but is not what was written is damaged as well."""
    path = tmp_path / "a.parquet"
    table = pa.table({"text": ["first", "second"]})
    plain = {"use_dictionary": False, "compression": "none", "write_statistics": False}
    pq.write_table(table, path, 1, write_page_checksum=True, **plain)
    at = path.read_bytes().index(b"first")
    content = bytearray(path.read_bytes())
    content[at] = ord("F")
    path.write_bytes(content)
    items = read(path)
    assert texts(items) == ["second"]
    assert "row 1 (row group 1) cannot be read" in faults(items)[0]


def test_parquet_with_broken_utf8_reports_the_row(tmp_path: Path) -> None:
    """One text that is no UTF-8 leaves the others readable."""
    broken = pa.array([b"a", b"\xff", b"c"]).view(pa.string())
    pq.write_table(pa.table({"text": broken}), tmp_path / "a.parquet")
    items = read(tmp_path / "a.parquet")
    assert texts(items) == ["a", "c"]
    assert faults(items)[0].startswith("a.parquet:2: the row cannot be read")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.csv", "no file named"),
        ("folder.csv", "is a folder"),
        ("notes.doc", "of no known kind"),
        ("junk.parquet", "no Parquet file"),
    ],
)
def test_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, said: str) -> None:
    """The error says what is wrong with the file."""
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "notes.doc").write_bytes(b"")
    (tmp_path / "junk.parquet").write_bytes(b"junk")
    with pytest.raises(InvalidInputError, match=said):
        open_file(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'\n{"text": "a"}\n{"text": "b"}', ["a", "b"]),
        (b'{ "text": "a"}\nnot json', ["a"]),
        (b"one\r\n\n{two}\n \xe2\x80\xa8three", ["one", "{two}", " \u2028three"]),
        (b"{curly} words\nmore", ["{curly} words", "more"]),
        (b"one\n\xff\nthree", ["one", "three"]),
        (b"", []),
    ],
)
def test_stream_is_json_lines_or_plain_lines(content: bytes, expected: list[str]) -> None:
    """The first line that is not empty decides."""
    assert texts(list(open_stream(io.BytesIO(content)).items())) == expected


def test_article_is_a_text_or_json(file: File) -> None:
    """Title, byline and text are told apart."""
    article = Article("Head", "One.\nTwo.", "Ada Moor")
    assert article_from(file("a.txt", b"\nHead\n\nBy Ada Moor\nOne.\n\nTwo.\n")) == article
    assert article_from(file("b.txt", b"Head\nOne.\n")) == Article("Head", "One.")
    content = b'{"title": "Head", "text": "One.\\nTwo.", "byline": "Ada Moor"}'
    assert article_from(file("a.json", content)) == article


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "no article"),
        ("a.txt", b"\xff", "UTF-8"),
        ("a.json", b"{", "no valid JSON"),
        ("a.json", b"[]", "must hold an object"),
        ("a.json", b'{"title": 3}', "'title' must be a text"),
    ],
)
def test_article_that_cannot_be_read_is_refused(
    file: File, name: str, content: bytes, said: str
) -> None:
    """The error says what is wrong with the article."""
    with pytest.raises(InvalidInputError, match=said):
        article_from(file(name, content))


def test_missing_article_is_refused(tmp_path: Path) -> None:
    """An article has to be there."""
    with pytest.raises(InvalidInputError, match="cannot be read"):
        article_from(tmp_path / "a.txt")
