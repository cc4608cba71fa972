"""Comments from CSV files: delimiters, encodings, and rows that would have to be guessed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reading import faults, read, texts

from ombud import Article, Case, Reader
from ombud.errors import InvalidInputError
from ombud.records import Record, open_file

File = Callable[[str, bytes], Path]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_taken_from_the_header(file: File, delimiter: str) -> None:
    """All usual delimiters are told apart."""
    rows = [["id", "text", "author_name"], ["x", "hello there", "Ada"]]
    content = "\n".join(delimiter.join(row) for row in rows).encode()
    (item,) = read(file("a.csv", content))
    assert isinstance(item, Record)
    assert (item.id, item.case) == ("x", Case("hello there", Reader("Ada")))


def test_csv_cells_keep_newlines_quotes_and_zero_bytes(file: File) -> None:
    """A quoted cell may hold anything."""
    items = read(file("a.csv", b'text\n"a ""b"",\r\nc"\nd\0e\n'))
    assert texts(items) == ['a "b",\r\nc', "d\0e"]


def test_csv_cell_of_any_length_is_read(file: File) -> None:
    """The limit of the csv module does not hold."""
    assert texts(read(file("a.csv", b"text\n" + b"x" * 500_000))) == ["x" * 500_000]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "naïve – “café” 😀"),
        ("utf-8-sig", "naïve – “café” 😀"),
        ("utf-16", "naïve – “café” 😀"),
        ("utf-16-le", "plain text with a café"),
        ("utf-16-be", "plain text with a café"),
        ("utf-32", "naïve – “café” 😀"),
        ("cp1252", "The café’s prices – a “disgrace”"),
        ("cp1252", "El niño comió mañana el pingüino"),
        ("cp1250", "Zażółć gęślą jaźń i trochę więcej tekstu"),
        ("cp1251", "Привет мир как дела сегодня хорошо"),
    ],
)
def test_csv_in_any_encoding_loses_nothing(file: File, encoding: str, text: str) -> None:
    """The encoding is found out, and the text is what was written."""
    assert texts(read(file("a.csv", f"id,text\n1,{text}\n".encode(encoding)))) == [text]


def test_guessed_encoding_is_said(file: File) -> None:
    """Whoever reads the table learns what it was taken for."""
    assert "cp1252" in open_file(file("a.csv", "text\ncafé".encode("cp1252"))).note


def test_given_encoding_is_taken(file: File) -> None:
    """What is asked for goes before what is guessed."""
    assert texts(read(file("a.csv", "text\nŽena".encode("cp1250")), "cp1250")) == ["Žena"]


@pytest.mark.parametrize(("encoding", "said"), [("ascii", "not in ascii"), ("nope", "no encoding")])
def test_given_encoding_that_does_not_fit_is_refused(file: File, encoding: str, said: str) -> None:
    """A wrong encoding is an error, not a loss."""
    with pytest.raises(InvalidInputError, match=said):
        open_file(file("a.csv", "text\ncafé".encode()), encoding)


def test_broken_byte_spoils_only_its_row(file: File) -> None:
    """A table in UTF-8 with one broken byte stays in UTF-8."""
    items = read(file("a.csv", "id,text\n1,éééé\n".encode() + b"2,\xff\n3,fine\n"))
    assert texts(items) == ["éééé", "fine"]
    assert faults(items)[0].startswith("a.csv:3: a byte of the row")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"1,hello, you", "a.csv:2: the row has 3 fields, the header 2"),
        (b"1", "a.csv:2: 'text' is missing"),
        (b'1,"never closed\nmore\n', "a.csv:2: a quotation mark that opens here"),
    ],
)
def test_row_that_would_have_to_be_guessed_is_reported(file: File, row: bytes, said: str) -> None:
    """A row is never cut or swallowed in silence."""
    items = read(file("a.csv", b"id,text\n" + row))
    assert texts(items) == []
    assert faults(items)[0].startswith(said)


def test_column_text_has_to_be_there(file: File) -> None:
    """The error names the columns that were found."""
    with pytest.raises(
        InvalidInputError, match="no column 'text'; its first line names: 'id', 'body'"
    ):
        open_file(file("a.csv", b"id,body\n1,a\n"))


@pytest.mark.parametrize(
    ("header", "named"),
    [(b"id,text,text", "text"), (b"text,Text ", "text"), (b"tag,text,tag", "tag")],
)
def test_column_that_is_there_twice_is_refused(file: File, header: bytes, named: str) -> None:
    """Which of two columns counts cannot be known, so the error names them."""
    with pytest.raises(InvalidInputError, match=f"several columns '{named}'; it has: "):
        open_file(file("a.csv", header + b"\n1,2,3\n"))


def test_columns_without_a_name_lose_nothing(file: File) -> None:
    """Empty columns at the end of a spreadsheet are no error, and what they hold is kept."""
    (item,) = read(file("a.csv", b"text,,,\na,b,c,d\n"))
    assert isinstance(item, Record)
    assert item.extra == {"": "b", "column 3": "c", "column 4": "d"}


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n"])
def test_csv_without_a_header_is_refused(file: File, content: bytes) -> None:
    """A table that is empty, or whose first line is, says that its columns have no names."""
    with pytest.raises(InvalidInputError, match="no header; its first line must name the columns"):
        open_file(file("a.csv", content))


def test_nested_fields_of_a_table_may_be_json_or_columns(file: File) -> None:
    """An author is a name or an object, an article a title, an object or several columns."""
    content = (
        b"text,author,article,lead,Parent,x\n"
        b'a,Ada,Head,Body,before,1\nb,"{""name"": ""Bo""}","{""title"": ""T""}",,,\n'
    )
    first, second = read(file("a.csv", content))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.case == Case("a", Reader("Ada"), Article("Head", "Body"), "before")
    assert second.case == Case("b", Reader("Bo"), Article("T"))
    assert first.extra == {"x": "1"}
