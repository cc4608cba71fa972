"""
The corrections desk: what reports assert, every step of looking into it, and what came of it.

Revision: 0004, after 0003.
"""

from ombud.store.migrations.written import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; each report that was there is kept, as one assertion of all its words."""
    run("0004_corrections")
