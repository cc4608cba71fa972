"""How Alembic runs here: on the connection that the store gives it, in the store's transaction."""

from alembic import context

from ombud.store.corrected import reports
from ombud.store.counted import counted
from ombud.store.repeated import copies
from ombud.store.schema import log
from ombud.store.signins import staff

# All five files enter their tables in the same list, as they are read.
known = {reports.metadata, counted.metadata, copies.metadata, log.metadata, staff.metadata}

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=list(known),
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
