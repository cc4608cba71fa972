"""How Alembic runs here: on the connection that the store gives it, in the store's transaction."""

from alembic import context

from ombud.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
