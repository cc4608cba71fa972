"""What a setting may hold: checks that say what was given and what is allowed."""

from collections.abc import Collection, Sequence
from ipaddress import ip_network
from typing import NoReturn
from urllib.parse import urlsplit

from ombud.errors import SettingsError

_SECRETS = ("api_keys", "database_url", "mail_server")


def check_between(name: str, number: int, least: int, most: int) -> None:
    """Refuse a number that is too small or too large."""
    if not least <= number <= most:
        refuse(name, number, f"a number from {least} to {most}")


def check_network(name: str, network: str) -> None:
    """Refuse what is no address and no network."""
    try:
        ip_network(network)
    except ValueError:
        refuse(name, network, "addresses or networks, such as 10.0.0.0/8")


def check_url(name: str, url: str) -> None:
    """Refuse an address that a client could not use."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
        refuse(name, url, "an address such as https://ombud.example")


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
