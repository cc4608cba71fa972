"""`ombud serve` and `ombud demo`: the web, wired to the policy."""

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ombud import Engine, house_policy, settings
from ombud.cli.policies import PolicyOption, policy_text
from ombud.models import FOLDER, installed, whole

HostOption = Annotated[
    str | None, typer.Option(help="Address to listen on; 0.0.0.0 means all. [127.0.0.1]")
]
PortOption = Annotated[
    int | None, typer.Option(help="Port to listen on; 0 takes any that is free. [8000]")
]
DataOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder for everything that Ombud keeps. [ombud-data]"),
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
    from ombud import web  # noqa: PLC0415

    text = policy_text(chosen.policy)
    kept = {
        name: partial(_kept, text, folder)
        for name, folder in installed(chosen.data / FOLDER).items()
    }
    web.serve(web.create_app(house_policy(text), chosen, kept=kept), chosen)


def _kept(policy: str, folder: Path) -> Engine:
    """Load the version kept in a folder; raises SignalError if its weights cannot be used."""
    return house_policy(policy, whole(folder))
