"""
Load the models where this is imported: once in the process from which workers are forked.

Workers forked from it share the memory of the weights, and start at once.
"""

from contextlib import suppress

from ombud.errors import SignalError
from ombud.signals import all_signals

# A worker that cannot load the weights says so itself; an error here would only end its server.
with suppress(SignalError):
    all_signals()
