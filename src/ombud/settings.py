"""
The settings: one frozen value, read once at the start.

A TOML file comes first, then the environment (`OMBUD_PORT=9000`), then what the command line says.
A name that does not exist is an error that lists those that do.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from ombud.errors import SettingsError
from ombud.settable import (
    check_between,
    check_desks,
    check_hosts,
    check_model,
    check_networks,
    check_place,
    check_url,
    fitted,
    parsed,
    refuse,
    tabled,
)

PREFIX = "OMBUD_"
LOG_LEVELS = ("debug", "info", "warning", "error")
_HIGHEST_PORT, _LAST_HOUR = 65_535, 23
_RATES = tuple(
    "reader_per_minute address_per_minute max_streams streams_per_address max_desk_streams"
    " streams_per_member reader_per_hour block_per_minute flood_per_minute trace_days"
    " mail_megabytes mail_per_day mail_keep_days follow_minutes follow_keep_days".split()
)
# Read by the tests and by no setting, so they must not stop a server that inherits them.
_NOT_SETTINGS = frozenset({"OMBUD_REQUIRE_BROWSER"})


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set about a running Ombud; the `help` of each field says what it does."""

    host: str = field(
        default="127.0.0.1", metadata={"help": "Address to listen on; 0.0.0.0 means all."}
    )
    port: int = field(
        default=8000, metadata={"help": "Port to listen on; 0 takes any that is free."}
    )
    data: Path = field(
        default=Path("ombud-data"), metadata={"help": "Folder for everything that Ombud keeps."}
    )
    database_url: str = field(
        default="",
        repr=False,
        metadata={
            "help": "Database, such as postgresql://ombud:password@host/ombud;"
            " without one it is a file in the folder."
        },
    )
    keep_days: int = field(
        default=30,
        metadata={
            "help": "Days that `ombud retain` keeps what nothing needs any more: the e-mail"
            " addresses of guests, the keys of requests, ended sign-ins."
        },
    )
    retain_at: int = field(
        default=4,
        metadata={
            "help": "Hour (UTC) from which on the server does once a day what `ombud retain` does;"
            " -1 means never."
        },
    )
    policy: Path | None = field(
        default=None, metadata={"help": "Policy file; without one the house policy holds."}
    )
    public_url: str = field(
        default="",
        metadata={"help": "Address under which clients reach Ombud, if not host and port."},
    )
    trusted_proxies: tuple[str, ...] = field(
        default=(),
        metadata={"help": "Proxies (addresses, networks) whose X-Forwarded headers are believed."},
    )
    api_keys: tuple[str, ...] = field(
        default=(),
        repr=False,
        metadata={
            "help": "Keys that may score comments, beside those of `ombud key add`;"
            " without any here, every caller may."
        },
    )
    webhook_networks: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Internal networks or addresses that outlets may be told in what is published,"
            " such as 10.0.0.0/8; those out on the internet always may."
        },
    )
    log_level: str = field(
        default="info", metadata={"help": f"What is logged at least: {', '.join(LOG_LEVELS)}."}
    )
    max_queue: int = field(
        default=512,
        metadata={"help": "Comments that may wait for the models before callers are refused."},
    )
    max_batch: int = field(
        default=64, metadata={"help": "Comments that share one run of the models at most."}
    )
    max_suggestions: int = field(
        default=1000,
        metadata={"help": "Megabytes of suggested scores that are kept before more are refused."},
    )
    reader_per_minute: int = field(
        default=30, metadata={"help": "Comments that one reader may send a minute."}
    )
    address_per_minute: int = field(
        default=120,
        metadata={"help": "Comments that may come from one address a minute, this machine aside."},
    )
    reader_per_hour: int = field(
        default=120,
        metadata={"help": "Comments that one reader may send an hour, on all replicas together."},
    )
    block_per_minute: int = field(
        default=300,
        metadata={
            "help": "Comments that may come from one block of addresses a minute (/24, of IPv6"
            " /48), on all replicas together."
        },
    )
    flood_per_minute: int = field(
        default=60,
        metadata={
            "help": "Comments a minute from which on the desk is told that an article is flooded,"
            " if that is ten times more than usual; none is refused."
        },
    )
    trace_days: int = field(
        default=14,
        metadata={
            "help": "Days that keyed hashes of the addresses are kept that comments come from;"
            " addresses themselves are not kept at all."
        },
    )
    max_streams: int = field(
        default=10_000,
        metadata={"help": "Readers' open pages that one process tells what happens at most."},
    )
    streams_per_address: int = field(
        default=200,
        metadata={"help": "The same from one address at most, this machine aside."},
    )
    max_desk_streams: int = field(
        default=500,
        metadata={"help": "Open pages of the desk that one process tells what happens at most."},
    )
    streams_per_member: int = field(
        default=30, metadata={"help": "The same of one member of the staff, or one key, at most."}
    )
    threads: int = field(
        default=2,
        metadata={"help": "Runs of the models at the same time; more than cores gain nothing."},
    )

    mail_addresses: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Addresses of the corrections desks, each after its outlet:"
            " paper=corrections@paper.example; letters come from the first of an outlet."
        },
    )
    mail_listen: str = field(
        default="",
        metadata={
            "help": "Where mails for the desks are taken, such as smtp://127.0.0.1:2525 or"
            " lmtp://127.0.0.1:2424; nowhere without one."
        },
    )
    mail_certificate: Path | None = field(
        default=None, metadata={"help": "Certificate (PEM) with which STARTTLS is offered there."}
    )
    mail_key: Path | None = field(
        default=None, metadata={"help": "Its key (PEM), if it is in a file of its own."}
    )
    mail_megabytes: int = field(
        default=25, metadata={"help": "Megabytes of a mail; larger ones are refused."}
    )
    mail_server: str = field(
        default="",
        repr=False,
        metadata={
            "help": "Mail server that letters go to, such as smtp://user:password@host:587 or"
            " smtps://…; without one letters wait."
        },
    )
    mail_per_day: int = field(
        default=5, metadata={"help": "Acknowledgements that one address gets within a day."}
    )
    mail_keep_days: int = field(
        default=90, metadata={"help": "Days until mails that belong to no report are erased."}
    )
    follow_hosts: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Hosts of other outlets, with those below them, whose pages and feeds may be"
            " fetched: gull.example, or bay.example:8080 for another port than 80 and 443."
        },
    )
    follow_networks: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Internal networks that pages may be fetched from all the same, such as"
            " 10.2.0.0/16; without one, none is."
        },
    )
    follow_minutes: int = field(
        default=15, metadata={"help": "Minutes between two looks at a feed; errors make it more."}
    )
    follow_keep_days: int = field(
        default=365,
        metadata={"help": "Days that pages and texts of others stay which no case rests on."},
    )

    language_model_url: str = field(
        default="",
        metadata={
            "help": "Language model that may be asked to word claims and draft corrections, by"
            " OpenAI's protocol, such as http://127.0.0.1:11434/v1; without one, none is."
        },
    )
    language_model: str = field(default="", metadata={"help": "What it is called there."})
    language_model_key: str = field(
        default="", repr=False, metadata={"help": "Key for it, sent over https or this machine."}
    )

    def __post_init__(self) -> None:
        """Refuse values of the right kind that cannot be used."""
        check_between("port", self.port, 0, _HIGHEST_PORT)
        check_between("retain_at", self.retain_at, -1, _LAST_HOUR)
        if self.log_level not in LOG_LEVELS:
            refuse("log_level", self.log_level, f"one of {', '.join(LOG_LEVELS)}")
        for name in ("max_queue", "max_batch", "max_suggestions", "threads", "keep_days", *_RATES):
            if getattr(self, name) < 1:
                refuse(name, getattr(self, name), "a number above 0")
        if not all(self.api_keys):
            message = "'api_keys' holds an empty key; it must hold keys, or nothing at all"
            raise SettingsError(message)
        for name in ("trusted_proxies", "webhook_networks", "follow_networks"):
            check_networks(name, getattr(self, name))
        check_hosts("follow_hosts", self.follow_hosts)
        if self.public_url:
            check_url("public_url", self.public_url)
        if self.language_model_url:
            secret, name = bool(self.language_model_key), self.language_model
            check_model(self.language_model_url, name, secret=secret)
        self._check_mail()

    def _check_mail(self) -> None:
        """Refuse what no mail could come in or go out by."""
        check_desks("mail_addresses", self.mail_addresses)
        check_place("mail_listen", self.mail_listen, ("smtp", "lmtp"))
        check_place("mail_server", self.mail_server, ("smtp", "smtps"))
        if self.mail_listen and not self.mail_addresses:
            refuse("mail_addresses", (), "set where mails are taken ('mail_listen')")


NAMES = tuple(sorted(setting.name for setting in fields(Settings)))


def load(
    file: Path | None = None, environ: Mapping[str, str] = os.environ, **given: object
) -> Settings:
    """
    Return the settings from a TOML file, the environment and the values given, later ones first.

    A value of None counts as not given.
    Raises SettingsError if a name is unknown or a value cannot be used.
    """
    table = tabled(file) if file else {}
    values = {_known(name, name): value for name, value in table.items()}
    for variable, written in environ.items():
        if variable.startswith(PREFIX) and variable not in _NOT_SETTINGS:
            name = _known(variable.removeprefix(PREFIX).lower(), variable)
            values[name] = parsed(_DEFAULTS[name], variable, written)
    values |= {_known(name, name): value for name, value in given.items() if value is not None}
    fit = {name: fitted(_DEFAULTS[name], name, value) for name, value in values.items()}
    return Settings(**fit)  # type: ignore[arg-type]  # each has the kind of its default


def _known(name: str, written: str) -> str:
    """Return the name if it is a setting's."""
    if name not in NAMES:
        message = f"no setting named '{written}'; there are: {', '.join(NAMES)}"
        raise SettingsError(message)
    return name


_DEFAULTS = {setting.name: setting.default for setting in fields(Settings)}
