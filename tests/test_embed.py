"""How the widget's scripts are served."""

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize("path", ["/embed.js", "/static/embed/thread.js"])
def test_the_scripts_of_the_widget_come_packed_and_never_old(client: TestClient, path: str) -> None:
    """Any page may load them, they are small on the way, and an upgrade replaces all of them."""
    headers = {"Accept-Encoding": "gzip", "Origin": "https://paper.example"}
    answer = client.get(path, headers=headers)
    again = client.get(path, headers={**headers, "If-None-Match": answer.headers["etag"]})

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert again.status_code == 304
