"""The numbers of new rows, taken before they are written: many rows then go in one statement."""

from sqlalchemy import Connection, Table


def following(tx: Connection, table: Table, many: int) -> list[int]:
    """Return the next numbers of a table, for nobody else; asks for a writing transaction."""
    if tx.dialect.name == "postgresql":
        asked = f"SELECT nextval('{table.name}_id_seq') FROM generate_series(1, {many})"  # noqa: S608  # names of ours
        return [int(number) for number in tx.exec_driver_sql(asked).scalars()]
    # SQLite has one writer, and rows are never removed.
    newest = tx.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table.name}").scalar_one()  # noqa: S608  # as above
    return list(range(int(newest) + 1, int(newest) + 1 + many))
