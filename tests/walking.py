"""What holds for every page."""

import re2
from starlette.testclient import TestClient


def own_files(client: TestClient, path: str) -> None:
    """Check that a page allows no inline script or style, holds none, and that its files exist."""
    answer = client.get(path)
    allowed = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "default-src 'none'" in allowed
    assert "unsafe" not in allowed
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert not re2.search(r"<style|\sstyle=|\son[a-z]+=|<script>", answer.text)
    for address in re2.findall(r"(?:src|href)=\"(/(?:static/|embed)[^\"]+)", answer.text):
        assert client.get(address).status_code == 200
