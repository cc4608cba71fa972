"""
The only SQL: everything that Ombud remembers, on SQLite or on PostgreSQL.

`Store` opens the database and gives transactions; a module for each aggregate says what can be
done in one.
Whoever composes several of them (`ombud.moderation`) does so in a single transaction.
"""

from ombud.store.opening import Store

__all__ = ["Store"]
