"""
What became of mails that are no report: read, or not for the desk, by whom and why.

Revision: 0009, after 0008.
"""

from ombud.store.migrations.written import run

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns."""
    run("0009_post")
