"""The server says where it listens, what is wrong with an address, and stops when told to."""

import errno
import json
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import httpx2 as httpx
import pytest
import re2

from ombud import Engine
from ombud.errors import SettingsError
from ombud.settings import Settings
from ombud.web import create_app, serve
from ombud.web.serve import address, listen

RUN = """
import gc
import sys
from pathlib import Path
from ombud import Engine
from ombud.policy import Policy
from ombud.settings import Settings
from ombud.web import create_app, serve
settings = Settings(port=0, data=Path(sys.argv[1]))
app = create_app(Engine(Policy(()), []), settings)
app.add_api_route("/frozen", gc.get_freeze_count)
serve(app, settings)
"""


def test_a_server_says_where_it_listens_and_stops_when_told_to(tmp_path: Path) -> None:
    """The first line names the address; every line is JSON without queries; SIGTERM ends it."""
    command = [sys.executable, "-c", RUN, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        listening = json.loads(process.stdout.readline())
        answer = httpx.get(f"{listening['url']}/policy?key=hidden-key")
        frozen = httpx.get(f"{listening['url']}/frozen")
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
        process.wait(20)

    assert (listening["event"], answer.status_code) == ("listening", 200)
    routes = [json.loads(line)["route"] for line in rest.splitlines()]
    assert routes == ["/policy", "/frozen"]
    assert "hidden-key" not in rest
    # What was loaded before is no work for the garbage collector.
    assert frozen.json() > 0


def test_a_taken_port_is_said_plainly(engine: Engine, settings: Settings) -> None:
    """Instead of a traceback there is a sentence that names the port and the setting."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        busy = replace(settings, port=port)
        with pytest.raises(SettingsError, match=f"127.0.0.1, port {port}: .* 'port' sets another"):
            serve(create_app(engine, busy), busy)


def test_an_address_that_is_none_is_said_plainly(settings: Settings) -> None:
    """A host that does not exist is the host setting's fault, not the port's."""
    with pytest.raises(SettingsError, match=r"cannot listen on 256\.0\.0\.1.*'host'"):
        listen(replace(settings, host="256.0.0.1"))


def test_addresses_are_written_as_in_a_browser(settings: Settings) -> None:
    """An IPv6 address is put in brackets."""
    with listen(settings) as listening:
        assert re2.fullmatch(r"http://127\.0\.0\.1:\d+", address(listening))
    try:
        listening = listen(replace(settings, host="::1"))
    except SettingsError:
        pytest.skip("this machine has no IPv6")
    with listening:
        assert re2.fullmatch(r"http://\[::1\]:\d+", address(listening))


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux has it")
def test_who_never_reads_is_cut_off(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that keeps its connection, and takes nothing from it, costs memory for a minute."""
    monkeypatch.setattr(import_module("ombud.web.serve"), "_UNREAD", 1)
    with listen(settings) as listening, socket.create_connection(listening.getsockname()):
        sending, _ = listening.accept()
        with sending:
            sending.settimeout(20)
            with pytest.raises(TimeoutError) as cut:
                sending.sendall(bytes(50_000_000))
    assert cut.value.errno == errno.ETIMEDOUT
