"""A newsroom behind the HTTP interface: two outlets, articles, staff, keys, and who asks."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from starlette.testclient import TestClient

from ombud.newsroom import Article, Mode
from ombud.store import Store, articles, outlets, staff

BRIDGE: Final = "https://harbour.example/bridge"
FERRY: Final = "https://harbour.example/ferry"
MILL: Final = "https://valley.example/mill"
SSO: Final = "a-secret-of-the-harbour-post-and-nobody-else"
PASSWORD: Final = "correct horse battery"  # noqa: S105  # of an invented newsroom
# Argon2 takes its time on purpose; this is the hash of PASSWORD with the least of it.
HASH: Final = (
    "$argon2id$v=19$m=8,t=1,p=1$GQFjr1xr1q6jrbNAX6rZ0Q$6xaWaI1d/3JFXttQqTjCL2jR3LILz0TrDhap2jjDpc4"
)
OPEN: Final = "A fair decision for the old bridge."
Answer = Any
"""What a client of the tests returns."""


def furnish(store: Store, mode: Mode = "premoderate") -> None:
    """Open two outlets with articles, staff and keys."""
    at = datetime.now(UTC)
    with store.writing() as tx:
        for outlet, name in (("harbour", "The Harbour Post"), ("valley", "Valley News")):
            opened = outlets.opened(tx, outlet, name, at)
            origins = (f"https://{outlet}.example",)
            outlets.changed(tx, replace(opened, mode=mode, origins=origins, trust_after=0))
        outlets.sign_with(tx, "harbour", sso=SSO)
        bridge = Article("Council closes the bridge", "It is closed for two winters.", "Marta")
        for outlet, url in (("harbour", BRIDGE), ("harbour", FERRY), ("valley", MILL)):
            articles.put(tx, outlet, url, bridge, at, at)
        staff.add_key(tx, "cms", "ombk_cms", "admin", at)
        staff.add_key(tx, "edith", "ombk_edith", "editor", at, ["harbour"])
        staff.add_key(tx, "joon", "ombk_joon", "moderator", at, ["harbour"])
        staff.add_key(tx, "vera", "ombk_vera", "editor", at, ["valley"])
        staff.add(tx, "mira", "moderator", HASH, at, ["harbour"])
        staff.add(tx, "chief", "admin", HASH, at)


def bearer(token: str | None) -> dict[str, str]:
    """Return the header that says who asks."""
    return {"Authorization": f"Bearer {token}"} if token else {}


def key(name: str) -> dict[str, str]:
    """Return the header with the key of a program."""
    return bearer(f"ombk_{name}")


@dataclass
class Newsroom:
    """A running application with its database."""

    client: TestClient
    store: Store

    def send(
        self,
        text: str = OPEN,
        name: str = "Ada",
        *,
        headers: dict[str, str] | None = None,
        **more: object,
    ) -> Answer:
        """Send a comment, and return the answer."""
        given = {"article": BRIDGE, "text": text, "author": {"name": name}, "accept_terms": True}
        return self.client.post("/api/comments", json={**given, **more}, headers=headers)

    def sent(self, text: str = OPEN, name: str = "Ada", **more: object) -> dict[str, Any]:
        """Send a comment that is taken, and return what is answered."""
        answer = self.send(text, name, **more)  # type: ignore[arg-type]
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    @staticmethod
    def now() -> datetime:
        """Return the time."""
        return datetime.now(UTC)

    def rule(
        self, comment: int, action: str = "approve", clause: str | None = None, who: str = "joon"
    ) -> dict[str, Any]:
        """Rule on a comment."""
        given = {"action": action, "clause": clause}
        answer = self.client.post(f"/api/comments/{comment}/rulings", json=given, headers=key(who))
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def approved(self, text: str = OPEN, name: str = "Ada", **more: object) -> dict[str, Any]:
        """Send a comment that is then approved, and return what was answered to its reader."""
        sent = self.sent(text, name, **more)
        self.rule(sent["id"])
        return sent

    def cookie(self, name: str = "mira", hours: float = 12) -> dict[str, str]:
        """Sign somebody in, and return the header with their cookie."""
        at = datetime.now(UTC)
        token = f"session-of-{name}"
        with self.store.writing() as tx:
            member = staff.member(tx, name)
            assert member is not None
            staff.sign_out(tx, token)
            staff.sign_in(tx, member.id, token, at - timedelta(1), at + timedelta(hours=hours))
        return {"Cookie": f"ombud_session={token}"}


def code(answer: Answer) -> tuple[int, str]:
    """Return status and code of a problem document, which is whole."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    content = answer.json()
    assert {"type", "title", "status", "code", "detail"} == set(content)
    assert content["status"] == answer.status_code
    assert content["detail"]
    return content["status"], content["code"]
