"""
What can go wrong, drawn as a tree.

    OmbudError
    ├── BusyError             more is waiting than can be answered in time
    ├── ConflictError         somebody else was there first, or the thing is no longer open
    ├── FetchError            a page elsewhere that may not be fetched, or does not come
    ├── ForbiddenError        who asks may not do this
    ├── InvalidInputError     what was given cannot be read: a file, a request, a field
    ├── NotFoundError         there is no such thing, or none for the one who asks
    ├── PolicyError           a policy file names or sets something that does not exist
    ├── SettingsError         a setting or an address that cannot be used
    ├── SignInError           nobody knows who asks
    ├── SignalError           a model's files are missing or are not what the card says
    └── StoreError            the database is locked, full, damaged or away

Breaking the policy is no error; it is a `Finding`.
"""


class OmbudError(Exception):
    """
    The root of the tree; its message says what was given and what is allowed.

    `code` is stable and stands in answers; one error may have a closer one than its class.
    """

    code = "error"

    def __init__(self, message: str = "", code: str = "") -> None:
        """Take the message, and a closer code if there is one."""
        super().__init__(message)
        if code:
            self.code = code


class BusyError(OmbudError):
    """More is waiting than can be answered in time; `seconds` says when to try again."""

    code = "busy"

    def __init__(self, message: str = "", code: str = "", *, seconds: int = 2) -> None:
        """Take the message, a closer code if there is one, and when to try again."""
        super().__init__(message, code)
        self.seconds = seconds


class ConflictError(OmbudError):
    """Somebody else was there first, or the thing is no longer open."""

    code = "conflict"


class FetchError(OmbudError):
    """A page elsewhere may not be fetched, or does not come; `passing`: a later try may help."""

    code = "not_fetched"

    def __init__(self, message: str = "", code: str = "", *, passing: bool = False) -> None:
        """Take the message, a closer code if there is one, and whether a later try may help."""
        super().__init__(message, code)
        self.passing = passing


class ForbiddenError(OmbudError):
    """Who asks may not do this."""

    code = "forbidden"


class InvalidInputError(OmbudError):
    """What was given cannot be read."""

    code = "invalid_input"


class NotFoundError(OmbudError):
    """There is no such thing, or none for the one who asks."""

    code = "not_found"


class PolicyError(OmbudError):
    """A policy file names or sets something that does not exist."""

    code = "invalid_policy"


class SettingsError(OmbudError):
    """A setting that cannot be used."""

    code = "invalid_settings"


class SignInError(OmbudError):
    """Nobody knows who asks: no sign-in, or a token that is expired, forged or unknown."""

    code = "unauthorized"


class SignalError(OmbudError):
    """A model's files are missing or are not what the card says."""

    code = "signal_broken"


class StoreError(OmbudError):
    """The database is locked, full, damaged or away; nothing was stored."""

    code = "unavailable"
