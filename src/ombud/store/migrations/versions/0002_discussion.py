"""
Comments, and everything that was decided, ruled, flagged and logged about them.

Revision: 0002, after 0001.
"""

from ombud.store.migrations.written import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables, and what keeps their rows."""
    run("0002_discussion")
