"""A language model's server for the tests: it speaks OpenAI's protocol and says what it is told."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Say = Callable[[dict[str, Any]], str]
"""What the model says to a question."""


@dataclass
class Stub:
    """
    The server: how it answers, and what it was asked.

    status, raw: what it answers instead of what it says; `silent`: it says nothing until the end;
    `drips`: it sends a byte now and then; `elsewhere`: where it sends who asks.
    """

    say: Say = lambda _: ""
    status: int = 200
    raw: bytes | None = None
    silent: bool = False
    drips: bool = False
    elsewhere: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    url: str = ""
    ended: Event = field(default_factory=Event)


def answer(text: object, *quotations: tuple[str, str], **more: object) -> str:
    """Return an answer as a model is asked to give it."""
    quoted = [{"sentence": sentence, "text": words} for sentence, words in quotations]
    return json.dumps({"text": text, "quotations": quoted, **more})


@contextmanager
def answering(**how: object) -> Iterator[Stub]:
    """Serve on a free port of this machine, until the end of the block."""
    stub = Stub(**how)  # type: ignore[arg-type]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.asked.append(question)
            stub.keys.append(self.headers["Authorization"])
            stub.paths.append(self.path)
            if stub.silent:
                stub.ended.wait()
                return
            said = {"choices": [{"message": {"role": "assistant", "content": stub.say(question)}}]}
            body = json.dumps(said).encode() if stub.raw is None else stub.raw
            self.send_response(stub.status)
            if stub.elsewhere:
                self.send_header("Location", stub.elsewhere)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            try:
                while stub.drips and not stub.ended.wait(0.02):
                    self.wfile.write(b" ")
                self.wfile.write(body)
            except OSError:
                pass  # Whoever asked has gone.

        def log_message(self, *_: object) -> None:
            """Say nothing of requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
