"""
Looking into reports: steps that are taken back, other outlets' texts, and notices to the paper.

Revision: 0005, after 0004.
"""

from ombud.store.migrations.written import run

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add tables and columns; every step is kept."""
    run("0005_investigation")
