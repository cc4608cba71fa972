"""The settings come from a file, the environment and the command line, and refuse what is wrong."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from ombud.errors import SettingsError
from ombud.settings import NAMES, Settings, load


def test_defaults_listen_on_this_machine_only() -> None:
    """Without any setting Ombud listens on the loopback address."""
    settings = load(None, {})

    assert ("127.0.0.1", 8000, Path("ombud-data")) == (settings.host, settings.port, settings.data)


def test_later_places_win(tmp_path: Path) -> None:
    """The environment overrides the file, and what is given overrides both."""
    file = tmp_path / "ombud.toml"
    file.write_text('host = "0.0.0.0"\nport = 1\nmax_queue = 7\n', encoding="utf-8")

    settings = load(file, {"OMBUD_PORT": "2", "OMBUD_HOST": "::1"}, host="10.0.0.1", port=None)

    assert (settings.host, settings.port, settings.max_queue) == ("10.0.0.1", 2, 7)


def test_lists_come_from_commas_and_from_arrays(tmp_path: Path) -> None:
    """A list is an array in the file and is separated by commas in the environment."""
    file = tmp_path / "ombud.toml"
    file.write_text('trusted_proxies = ["10.0.0.0/8", "::1"]\n', encoding="utf-8")

    settings = load(file, {"OMBUD_API_KEYS": "one, two,"})

    assert settings.trusted_proxies == ("10.0.0.0/8", "::1")
    assert settings.api_keys == ("one", "two")


def test_paths_are_paths() -> None:
    """A folder given as a text becomes a path."""
    assert Path("/srv/ombud") == load(None, {"OMBUD_DATA": "/srv/ombud"}).data
    assert Path("p.toml") == load(None, {}, policy=Path("p.toml")).policy


def test_other_programs_variables_are_left_alone() -> None:
    """Variables without the prefix, and the one that the tests read, are no settings."""
    assert Settings() == load(None, {"HOST": "x", "OMBUD_REQUIRE_BROWSER": "1"})


@pytest.mark.parametrize("place", ["file", "environment", "given"])
def test_an_unknown_name_lists_the_known_ones(place: str, tmp_path: Path) -> None:
    """Each place refuses a name that is no setting and says which there are."""
    file = tmp_path / "ombud.toml"
    file.write_text("prot = 1\n" if place == "file" else "", encoding="utf-8")
    environ = {"OMBUD_PROT": "1"} if place == "environment" else {}
    given = {"prot": 1} if place == "given" else {}

    with pytest.raises(SettingsError, match=f"(?i)prot'; there are: {', '.join(NAMES)}"):
        load(file, environ, **given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"port": "80"}, "'port' is '80'; it must be a whole number"),
        ({"port": True}, "'port' is True; it must be a whole number"),
        ({"port": 70_000}, "'port' is 70000; it must be a number from 0 to 65535"),
        ({"host": 4}, "'host' is 4; it must be a text"),
        ({"data": 4}, "'data' is 4; it must be a path"),
        ({"log_level": "loud"}, "'log_level' is 'loud'; it must be one of debug"),
        ({"retain_at": 24}, "'retain_at' is 24; it must be a number from -1 to 23"),
        ({"max_streams": 0}, "'max_streams' is 0; it must be a number above 0"),
        ({"threads": 0}, "'threads' is 0; it must be a number above 0"),
        ({"max_queue": 0}, "'max_queue' is 0; it must be a number above 0"),
        ({"api_keys": "k"}, "'api_keys' is what was given; it must be a list of texts"),
        ({"api_keys": ["k", ""]}, "'api_keys' holds an empty key"),
        ({"trusted_proxies": ["here"]}, "'trusted_proxies' is 'here'; it must be addresses"),
        ({"public_url": "ombud.example"}, "'public_url' is 'ombud.example'; it must be an address"),
        ({"public_url": "ftp://o.example"}, "'public_url' is 'ftp://o.example'"),
        ({"mail_addresses": ["desk@p.example"]}, "'mail_addresses' is 'desk@p.example'; it must"),
        ({"mail_addresses": ["a=d@p.example", "b=D@p.example"]}, "each belong to one outlet"),
        ({"mail_listen": "smtp://127.0.0.1"}, "'mail_listen' is .* smtp://host:port or lmtp"),
        ({"mail_listen": "smtp://127.0.0.1:25"}, "it must be set where mails are taken"),
        ({"mail_server": "http://u:secret@p.example:25"}, "'mail_server' is what was given; it"),
        ({"mail_server": "smtp://p.example:port"}, "'mail_server' is what was given; it must be"),
        ({"mail_per_day": 0}, "'mail_per_day' is 0; it must be a number above 0"),
        ({"follow_hosts": ["https://gull.example"]}, "it must be a host such as gull.example"),
        ({"follow_hosts": ["Gull.example"]}, "it must be a host such as gull.example"),
        ({"follow_hosts": ["gull.example:port"]}, "it must be a host such as gull.example"),
        ({"follow_networks": ["10.2"]}, "'follow_networks' is '10.2'; it must be addresses"),
    ],
)
def test_a_wrong_value_says_what_is_allowed(given: dict[str, object], said: str) -> None:
    """The message names the setting, what was given and what is allowed."""
    with pytest.raises(SettingsError, match=said):
        load(None, {}, **given)


def test_a_number_in_the_environment_must_be_one() -> None:
    """The message names the variable, as that is what a person can mend."""
    with pytest.raises(SettingsError, match="'OMBUD_PORT' is 'x'; it must be a whole number"):
        load(None, {"OMBUD_PORT": "x"})


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file, broken TOML and bytes that are no text are errors with the file's name."""
    broken = tmp_path / "broken.toml"
    for content in (b"port = ", b"\xff"):
        broken.write_bytes(content)
        with pytest.raises(SettingsError, match=r"broken\.toml is no valid TOML"):
            load(broken, {})
    with pytest.raises(SettingsError, match=r"missing.toml cannot be read: No such file"):
        load(tmp_path / "missing.toml", {})


def test_keys_stay_out_of_the_representation() -> None:
    """A settings value that lands in a log does not tell the keys."""
    assert "secret-key" not in repr(Settings(api_keys=("secret-key",)))


def test_every_setting_explains_itself_and_is_frozen() -> None:
    """Each field has a sentence of help, and none can be changed."""
    assert all(setting.metadata["help"].endswith(".") for setting in fields(Settings))
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]
