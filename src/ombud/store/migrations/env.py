"""How Alembic runs here: on the connection that the store gives it, in the store's transaction."""

from alembic import context

import ombud.store.schema
import ombud.store.signins  # noqa: F401  # both enter their tables
from ombud.store.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
