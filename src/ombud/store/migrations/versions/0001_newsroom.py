"""
The tables of the newsroom.

Revision: 0001, after nothing.
"""

from alembic import op

from ombud.store.columns import metadata
from ombud.store.triggers import statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, and what keeps their rows."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in statements(connection.dialect.name):
        op.execute(statement)
