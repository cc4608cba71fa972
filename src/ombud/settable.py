"""What a setting may hold: its kind, and checks that say what was given and what is allowed."""

import tomllib
from collections.abc import Callable, Collection, Sequence
from ipaddress import ip_network
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from ombud.errors import SettingsError

_SECRETS = ("api_keys", "database_url", "language_model_key", "mail_server")
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def tabled(file: Path) -> dict[str, object]:
    """Return what a TOML file sets; raises SettingsError if it cannot be read."""
    try:
        return dict(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        message = f"the settings file {file} cannot be read: {error.strerror}"
        raise SettingsError(message) from error
    except ValueError as error:
        message = f"the settings file {file} is no valid TOML: {error}"
        raise SettingsError(message) from error


def parsed(default: object, variable: str, written: str) -> object:
    """Return the value of an environment variable in the kind that its setting's default has."""
    if isinstance(default, tuple):
        return [part.strip() for part in written.split(",") if part.strip()]
    if isinstance(default, int):
        try:
            return int(written)
        except ValueError:
            refuse(variable, written, "a whole number")
    return written


def fitted(default: object, name: str, value: object) -> object:
    """Return the value as the type of its setting's default."""
    checks: dict[type, tuple[Callable[[object], bool], str]] = {
        int: (lambda v: isinstance(v, int) and not isinstance(v, bool), "a whole number"),
        tuple: (_is_texts, "a list of texts"),
        str: (lambda v: isinstance(v, str), "a text"),
    }
    fits, kind = checks.get(type(default), (lambda v: isinstance(v, str | Path), "a path"))
    if not fits(value):
        refuse(name, value, kind)
    if isinstance(default, tuple):
        return tuple(value)  # type: ignore[arg-type]  # a list of texts, checked above
    if isinstance(default, Path) or default is None:
        return Path(value)  # type: ignore[arg-type]  # a path or a text, checked above
    return value


def _is_texts(value: object) -> bool:
    """Whether the value is a list of texts."""
    return isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)


def check_between(name: str, number: int, least: int, most: int) -> None:
    """Refuse a number that is too small or too large."""
    if not least <= number <= most:
        refuse(name, number, f"a number from {least} to {most}")


def check_networks(name: str, networks: Collection[str]) -> None:
    """Refuse what is no address and no network."""
    for network in networks:
        try:
            ip_network(network)
        except ValueError:
            refuse(name, network, "addresses or networks, such as 10.0.0.0/8")


def check_hosts(name: str, hosts: Collection[str]) -> None:
    """Refuse what is no host in lower case, with a port or without."""
    for host in hosts:
        try:
            parts = urlsplit(f"//{host}")
            whole = bool(parts.hostname) and parts.netloc == host and parts.port != 0
        except ValueError:
            whole = False
        if not whole or host != host.lower() or "@" in host:
            refuse(name, host, "a host such as gull.example, or gull.example:8080")


def check_url(name: str, url: str) -> None:
    """Refuse an address that a client could not use."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
        refuse(name, url, "an address such as https://ombud.example")


def check_model(url: str, name: str, *, secret: bool) -> None:
    """Refuse a language model without a name, and one that gets its key where others can read."""
    check_url("language_model_url", url)
    parts = urlsplit(url)
    if not name:
        refuse("language_model", name, "the name of the model at 'language_model_url'")
    if secret and parts.scheme == "http" and parts.hostname not in _HERE:
        refuse("language_model_url", url, "an address with https, for a key is sent there")


def check_place(name: str, place: str, schemes: Sequence[str]) -> None:
    """Refuse what names no host and port of one of some protocols; nothing at all is allowed."""
    try:
        parts = urlsplit(place)
        whole = bool(parts.hostname) and parts.port is not None and parts.path in ("", "/")
    except ValueError:
        parts, whole = urlsplit(""), False
    if place and not (whole and parts.scheme in schemes):
        ways = " or ".join(f"{scheme}://host:port" for scheme in schemes)
        refuse(name, place, f"an address such as {ways}")


def check_desks(name: str, desks: Collection[str]) -> None:
    """Refuse what does not name an outlet and an e-mail address of its own."""
    for desk in desks:
        outlet, _, address = desk.partition("=")
        user, _, host = address.partition("@")
        if not (outlet and user and host) or " " in desk or "=" in host:
            refuse(name, desk, "an outlet and its address, such as paper=desk@paper.example")
    addresses = [desk.partition("=")[2].lower() for desk in desks]
    if len(set(addresses)) < len(addresses):
        refuse(name, list(desks), "addresses that each belong to one outlet")


def refuse(name: str, value: object, allowed: str) -> NoReturn:
    """Raise SettingsError for a value, saying what is allowed; secrets are never repeated."""
    shown = "what was given" if name.lower().endswith(_SECRETS) else repr(value)
    message = f"'{name}' is {shown}; it must be {allowed}"
    raise SettingsError(message)
