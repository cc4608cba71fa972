"""
The letters of readers' names, by which those are found that a signature is like.

Revision: 0008, after 0007.
"""

from ombud.store.migrations.written import run

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add a column; names from before are entered by `ombud repeats rebuild`."""
    run("0008_looks")
