"""How Alembic runs here: on the connection that the store gives it, in the store's transaction."""

from alembic import context

from ombud.store.corrected import reports
from ombud.store.counted import counted
from ombud.store.followed import feeds
from ombud.store.proposed import proposals
from ombud.store.repeated import copies
from ombud.store.schema import log
from ombud.store.signins import staff

# All seven files enter their tables in the same list, as they are read.
tables = (reports, counted, feeds, proposals, copies, log, staff)
known = {table.metadata for table in tables}

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=list(known),
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
