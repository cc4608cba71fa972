"""`ombud serve` and `ombud demo`: the web, wired to the policy."""

import os
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from ombud import Engine, house_policy, settings
from ombud.cli.opening import DataOption
from ombud.cli.policies import PolicyOption, policy_text
from ombud.models import FOLDER, installed, whole

if TYPE_CHECKING:
    from ombud.cli.showing import Showing

HostOption = Annotated[
    str | None, typer.Option(help="Address to listen on; 0.0.0.0 means all. [127.0.0.1]")
]
_OWN = frozenset(f"{settings.PREFIX}{name}" for name in ("POLICY", "DATA", "DATABASE_URL"))
"""Variables that are an operator's own, and never the demo's."""
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
    Open an invented newsroom: two outlets, their articles, and comments that arrive by themselves.

    It is the same everywhere, and keeps everything in a folder of its own that is removed at the
    end: of the settings in the environment those that name a policy or a database do not count.
    """
    from ombud.cli.showing import Showing, ended_by_signals

    environ = {name: value for name, value in os.environ.items() if name not in _OWN}
    environ.setdefault(f"{settings.PREFIX}LOG_LEVEL", "warning")
    with ended_by_signals(), TemporaryDirectory(prefix="ombud-demo-") as folder:
        chosen = settings.load(environ=environ, host=host, port=port, data=Path(folder))
        with Showing() as showing:
            _serve(chosen, showing)


def _serve(chosen: settings.Settings, showing: "Showing | None" = None) -> None:
    """Build the engine and the application, and run it."""
    # The web takes a second to load, which no other command should wait for.
    from ombud import web
    from ombud.store import Store, decisions

    store = Store.of(chosen)
    with store.reading() as tx:
        adopted = decisions.adopted(tx)
    text = policy_text(chosen.policy) if chosen.policy else adopted
    kept = {
        name: partial(_kept, text, folder)
        for name, folder in installed(chosen.data / FOLDER).items()
    }
    engine = house_policy(text)
    if showing is None:
        web.serve(web.create_app(engine, chosen, kept=kept, store=store, written=text), chosen)
    else:
        app = web.create_app(engine, chosen, showing.demo, store=store)
        web.serve(app, chosen, showing.opened)


def _kept(policy: str, folder: Path) -> Engine:
    """Load the version kept in a folder; raises SignalError if its weights cannot be used."""
    return house_policy(policy, whole(folder))
