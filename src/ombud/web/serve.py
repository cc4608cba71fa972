"""Running the application: the socket, the server and its logs."""

import errno
import gc
import logging
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import structlog
import uvicorn
from fastapi import FastAPI

from ombud.errors import SettingsError
from ombud.processor import lacking
from ombud.settings import Settings

_GRACE = 10
"""Seconds that requests in flight get when the server is told to stop."""
_BACKLOG = 2048
_UNREAD = 60
"""Seconds after which a connection is cut whose other end takes nothing of what is sent to it."""
_SWITCH = 0.0005
"""Seconds a thread keeps the interpreter; the usual 5 ms would hold the event loop back."""


def serve(
    app: FastAPI, settings: Settings, opened: Callable[[str], object] = lambda _: None
) -> None:
    """
    Serve until told to stop, then finish what is in flight; `opened` is told the address.

    Raises SettingsError if the address cannot be listened on.
    """
    listening = listen(settings)
    configure_logs(settings.log_level)
    sys.setswitchinterval(_SWITCH)
    log = structlog.get_logger()
    if missing := lacking():
        log.warning("slow_processor", lacking=missing, meaning="the models are right, and slower")
    log.info("listening", url=address(listening))
    opened(address(listening))
    with listening, suppress(KeyboardInterrupt):
        _Alone(app).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that ends the streams of events when it stops: it waits for whatever is open."""

    def __init__(self, app: FastAPI) -> None:
        """Take the application."""
        super().__init__(_config(app))
        self._live = app.state.live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: end the streams, finish what is in flight."""
        self._live.end()
        await super().shutdown(sockets)


class _Alone(_Server):
    """A server that has the process to itself."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start; what is loaded by then stays, so the garbage collector need not look at it."""
        await super().startup(sockets)
        # Measured: a full run over models and lexicons stops everybody for 80 to 240 ms.
        gc.freeze()


def server(app: FastAPI) -> uvicorn.Server:
    """Return a server that has not started."""
    return _Server(app)


def _config(app: FastAPI) -> uvicorn.Config:
    """Return how we serve."""
    return uvicorn.Config(
        app,
        access_log=False,  # the journal writes a line without the query string
        log_config=None,
        proxy_headers=False,  # who is trusted is the settings' business
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )


def listen(settings: Settings) -> socket.socket:
    """Return the socket that the settings name; raises SettingsError if it cannot be had."""
    place = f"{settings.host}, port {settings.port}"
    try:
        family, kind, number, _, where = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, number)
        try:
            # After a restart the old connections' remains must not keep the port.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            # Else a page that never reads keeps its stream of events, and what waits in it, for
            # good. Connections have it from the socket that they come in by.
            if hasattr(socket, "TCP_USER_TIMEOUT"):
                listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000 * _UNREAD)
            listening.bind(where)
            listening.listen(_BACKLOG)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        advice = "'port' sets another" if taken else "'host' must be an address of this machine"
        message = f"cannot listen on {place}: {error.strerror}; {advice}"
        raise SettingsError(message) from error
    return listening


def address(listening: socket.socket) -> str:
    """Return the address of a socket as one types it into a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def configure_logs(level: str) -> None:
    """Write one JSON object a line to standard output, our own lines and the server's."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=structlog.processors.JSONRenderer(), foreign_pre_chain=shared
        )
    )
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)
