"""
What is written more than once, and the campaigns that it grows into.

Revision: 0003, after 0002.
"""

from ombud.store.migrations.written import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; what was written before is entered by `ombud repeats rebuild`."""
    run("0003_repeats")
