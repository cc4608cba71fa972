"""
Load models and word lists where this is imported: once, in what workers are forked from.

Workers share the memory of the weights and the words, and start at once.
"""

from contextlib import suppress

from ombud.case import Case
from ombud.errors import SignalError
from ombud.signals import all_signals

# A worker that cannot load the weights says so itself; an error here would only end its server.
with suppress(SignalError):
    all_signals()
# No word is so rude that it is listed so: all lists are looked through.
Case("xyzzy").meant  # noqa: B018 - asked for what it loads
