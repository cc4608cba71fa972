"""
What can go wrong, drawn as a tree.

    OmbudError
    ├── BusyError             more is waiting than can be answered in time
    ├── InvalidInputError     what was given cannot be read: a file, a request, a field
    ├── PolicyError           a policy file names or sets something that does not exist
    ├── SettingsError         a setting or an address that cannot be used
    └── SignalError           a model's files are missing or are not what the card says

Breaking the policy is no error; it is a `Finding`.
"""


class OmbudError(Exception):
    """The root of the tree; its message says what was given and what is allowed."""

    code = "error"


class BusyError(OmbudError):
    """More is waiting than can be answered in time."""

    code = "busy"


class InvalidInputError(OmbudError):
    """What was given cannot be read."""

    code = "invalid_input"


class PolicyError(OmbudError):
    """A policy file names or sets something that does not exist."""

    code = "invalid_policy"


class SettingsError(OmbudError):
    """A setting that cannot be used."""

    code = "invalid_settings"


class SignalError(OmbudError):
    """A model's files are missing or are not what the card says."""

    code = "signal_broken"
