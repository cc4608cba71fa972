"""`ombud serve` and `ombud demo`: the web, wired to the policy."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ombud import Engine, house_policy, settings
from ombud.cli.opening import DataOption, opened
from ombud.cli.policies import PolicyOption, policy_text
from ombud.models import FOLDER, installed, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ombud.store.decisions import Version

HostOption = Annotated[
    str | None, typer.Option(help="Address to listen on; 0.0.0.0 means all. [127.0.0.1]")
]
PortOption = Annotated[
    int | None, typer.Option(help="Port to listen on; 0 takes any that is free. [8000]")
]


def serve(
    host: HostOption = None,
    port: PortOption = None,
    data: DataOption = None,
    policy: PolicyOption = None,
    file: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", help="A TOML file of settings.")
    ] = None,
) -> None:
    """
    Serve the HTTP interfaces and the pages.

    Settings come from a file, then the environment (OMBUD_PORT=9000), then these options.
    """
    _serve(settings.load(file, host=host, port=port, data=data, policy=policy))


def demo(host: HostOption = None, port: PortOption = None) -> None:
    """
    Serve an invented article with comments to try, by the house policy.

    The demo is the same everywhere: of the settings in the environment OMBUD_POLICY does not count.
    """
    environ = {name: value for name, value in os.environ.items() if name != "OMBUD_POLICY"}
    _serve(settings.load(environ=environ, host=host, port=port))


def _serve(chosen: settings.Settings) -> None:
    """Build the engine and the application, and run it."""
    # The web takes a second to load, which no other command should wait for.
    from ombud import web
    from ombud.store import decisions

    store = opened(chosen)
    with store.reading() as tx:
        versions = decisions.policy_versions(tx)
    text = policy_text(chosen.policy) if chosen.policy else _adopted(versions)
    kept = {
        name: partial(_kept, text, folder)
        for name, folder in installed(chosen.data / FOLDER).items()
    }
    app = web.create_app(house_policy(text), chosen, kept=kept, store=store, written=text)
    web.serve(app, chosen)


def _adopted(versions: "Iterable[Version]") -> str:
    """Return the policy file that an editor put in force last, "" if nobody has."""
    return next((version.written for version in versions if version.by != "ombud"), "")


def _kept(policy: str, folder: Path) -> Engine:
    """Load the version kept in a folder; raises SignalError if its weights cannot be used."""
    return house_policy(policy, whole(folder))
