"""A web server of another outlet, on a loopback port, that answers as it is told."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Headers = Mapping[str, str]
Writes = Callable[[bytes], object]


@dataclass
class Answer:
    """
    What a path answers.

    `writes`: writes the body by itself, for as long as it likes; `body` otherwise.
    """

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    writes: Callable[[Writes], None] | None = None


class Elsewhere:
    """A server: `answers` by path, and what was asked of it, with the headers."""

    def __init__(self, address: str, port: int) -> None:
        """Begin with nothing."""
        self.address = address
        self.port = port
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, Headers]] = []

    @property
    def host(self) -> str:
        """Host and port."""
        return f"{self.address}:{self.port}"

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.host}{path}"

    def has(self, path: str, answer: Answer) -> str:
        """Answer a path so from now on, and return its address."""
        self.answers[path] = answer
        return self.url(path)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, robots.txt aside."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


class _Asked(BaseHTTPRequestHandler):
    """One request."""

    server: "_Server"

    def do_GET(self) -> None:
        """Answer it."""
        self.server.place.asked.append((self.path, dict(self.headers)))
        answer = self.server.place.answers.get(self.path, Answer(b"no such page", status=404))
        etag = answer.headers.get("ETag")
        if etag and etag == self.headers.get("If-None-Match"):
            answer = Answer(status=304, headers={"ETag": etag})
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        # Who asked may have heard enough.
        with suppress(OSError):
            (answer.writes or (lambda write: write(answer.body)))(self.wfile.write)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """The server, with what it knows."""

    place: Elsewhere


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[Elsewhere]:
    """Run a server at an address of this machine."""
    server = _Server((address, 0), _Asked)
    place = server.place = Elsewhere(address, server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield place
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
