"""
What other outlets publish: feeds that are followed, their pages with every edition, and stories.

Revision: 0007, after 0006.
"""

from ombud.store.migrations.written import run

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    run("0007_followed")
