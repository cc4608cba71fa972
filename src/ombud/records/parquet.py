"""Parquet files, read by batches of rows."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ombud.errors import InvalidInputError
from ombud.records.fields import Fault, nested, placed, record, repeated
from ombud.records.source import Items, Source

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_BATCH = 256


def open_parquet(path: Path) -> Source:
    """Return the comments of a Parquet file; raises InvalidInputError if it is none."""
    # Loading Arrow takes tens of megabytes, which most runs can do without.
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        # Where pages carry a checksum, a damaged one is told from one that merely looks odd.
        file = pq.ParquetFile(path, page_checksum_verification=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        message = f"{path} is no Parquet file that can be read: {_first_line(error)}"
        raise InvalidInputError(message) from error
    places = _places(file, path)
    total = file.metadata.num_rows
    reached = 0

    def items() -> Items:
        nonlocal reached
        with file:
            for row in _rows(file):
                where = f"{path}:{reached + 1}"
                if isinstance(row, Fault):
                    reached += row.count
                    yield replace(row, where=where)
                else:
                    reached += 1
                    yield record(nested(row, places), where)

    return Source(str(path), items, lambda: reached / total if total else None)


def _places(file: "pq.ParquetFile", path: Path) -> dict[str, str]:
    """Return which column holds what; raises InvalidInputError if none can hold the text."""
    import pyarrow as pa  # noqa: PLC0415

    schema = file.schema_arrow
    places = placed(schema.names)
    found = ", ".join(map(repr, schema.names)) or "none"
    twice = repeated(schema.names)
    if twice is not None:
        message = f"{path} has several columns '{twice}'; it has: {found}"
        raise InvalidInputError(message)
    if "text" not in places:
        message = f"{path} has no column 'text'; it has: {found}"
        raise InvalidInputError(message)
    kind = schema.field(places["text"]).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)
    if not any(is_text(kind) for is_text in texts) and str(kind) != "string_view":
        message = f"{path}: the column '{places['text']}' holds {kind}, not texts"
        raise InvalidInputError(message)
    return places


def _rows(file: "pq.ParquetFile") -> Iterator[Mapping[str, object] | Fault]:
    """Yield the rows; a fault for one that cannot be read, or for all that a damaged part held."""
    begin = 0
    for group in range(file.num_row_groups):
        end = begin + file.metadata.row_group(group).num_rows
        yield from _group(file, group, begin, end)
        begin = end


def _group(
    file: "pq.ParquetFile", group: int, begin: int, end: int
) -> Iterator[Mapping[str, object] | Fault]:
    """Yield the rows of a group, which are those from `begin` to `end`."""
    import pyarrow as pa  # noqa: PLC0415

    reached = begin
    try:
        # One thread: the processes that judge need the others.
        for batch in file.iter_batches(_BATCH, row_groups=[group], use_threads=False):
            yield from _unpacked(batch)
            reached += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        lost = f"row {end}" if end - reached == 1 else f"rows {reached + 1} to {end}"
        message = f"{lost} (row group {group + 1}) cannot be read: {_first_line(error)}"
        yield Fault("", message, end - reached)


def _unpacked(batch: "pa.RecordBatch") -> Iterator[Mapping[str, object] | Fault]:
    """Yield the rows of a batch, one by one if some value in it cannot be converted."""
    try:
        rows: list[Mapping[str, object]] = batch.to_pylist()
    except ValueError as error:
        if batch.num_rows == 1:
            yield Fault("", f"the row cannot be read: {_first_line(error)}")
        else:
            for number in range(batch.num_rows):
                yield from _unpacked(batch.slice(number, 1))
    else:
        yield from rows


def _first_line(error: Exception) -> str:
    """Return what an error of Arrow says, without its details."""
    return (str(error).splitlines() or [type(error).__name__])[0]
