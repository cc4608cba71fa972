"""
Many numbers in one parameter of a statement, and many in one value of its answer.

The statement stays the same however many there are, so that neither we nor the database has to
make it anew; and each number may be given a limit of its own.
"""

import json
from collections.abc import Sequence

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    ScalarSelect,
    Select,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    func,
    select,
)


def given(tx: Connection, many: Sequence[int]) -> object:
    """Return numbers as one parameter, in the form that the database takes."""
    return list(many) if tx.dialect.name == "postgresql" else json.dumps(many)


def numbers(dialect: str) -> TableValuedAlias:
    """Return the numbers given as the parameter `asked` as a table with the column `value`."""
    if dialect == "postgresql":
        many = bindparam("asked", type_=ARRAY(BigInteger))
        return func.unnest(many).table_valued("value").render_derived(name="asked")
    return func.json_each(bindparam("asked")).table_valued("value", name="asked")


def listed(one: Select[int]) -> ScalarSelect[str | None]:
    """Return the numbers that a selection yields for a row of the one around it, as one text."""
    each = one.subquery()
    return select(func.aggregate_strings(cast(each.c[0], Text), ",")).scalar_subquery()
