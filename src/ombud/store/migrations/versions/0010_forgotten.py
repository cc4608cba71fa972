"""
Texts beside a report may be forgotten: their words go, and that they lay there stays.

Revision: 0010, after 0009.
"""

from ombud.store.migrations.written import run

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add when, and let words be emptied then, and only then."""
    run("0010_forgotten")
