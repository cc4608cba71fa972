"""
Steps that are written in SQL, once for each kind of database, and never change again.

A file holds statements with an empty line between them.
"""

from pathlib import Path
from typing import Final

from alembic import op

FOLDER: Final = Path(__file__).parent / "versions"


def statements(step: str, dialect: str) -> list[str]:
    """Return the statements of a step on one kind of database."""
    written = (FOLDER / f"{step}.{dialect}.sql").read_text(encoding="utf-8")
    return written.strip().split("\n\n")


def run(step: str) -> None:
    """Run a step on the database that is being brought up to date."""
    connection = op.get_bind()
    for statement in statements(step, connection.dialect.name):
        connection.exec_driver_sql(statement)
