"""
Outlets, policies, articles, readers and the staff.

Revision: 0001, after nothing.
"""

from ombud.store.migrations.written import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, and what keeps their rows."""
    run("0001_newsroom")
