"""
Corrections wait for a second editor before they are public, where an outlet wants two.

Revision: 0011, after 0010.
"""

from ombud.store.migrations.written import run

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add what is proposed, and name it in steps; what was published stays as it is."""
    run("0011_proposed")
