"""Signing in and out, sessions that end, and other sites' pages that try to use them."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from newsroom import PASSWORD, Newsroom, code, key

from ombud.errors import BusyError
from ombud.store import staff
from ombud.web.api.session import step_of
from ombud.web.limits import Attempts, Codes


def sign_in(api: Newsroom, headers: dict[str, str] | None = None, **given: object) -> object:
    """Sign in as somebody with the right password, unless something else is given."""
    body = {"name": "mira", "password": PASSWORD, **given}
    return api.client.post("/api/session", json=body, headers=headers)


def test_signing_in_and_out(api: Newsroom) -> None:
    """The cookie says who one is until one signs out; the session is gone then, not the cookie."""
    answer = sign_in(api)
    cookie = answer.headers["set-cookie"]  # type: ignore[attr-defined]
    token = {"Cookie": cookie.partition(";")[0]}
    api.client.cookies.clear()
    who = {"name": "mira", "role": "moderator", "outlets": ["harbour"]}

    assert answer.json() == who  # type: ignore[attr-defined]
    for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"):
        assert part in cookie
    assert "Secure" not in cookie
    assert api.client.get("/api/session", headers=token).json() == who
    assert api.client.delete("/api/session", headers=token).status_code == 200
    assert code(api.client.get("/api/session", headers=token)) == (401, "unauthorized")


def test_a_session_is_never_the_one_that_was_brought(api: Newsroom) -> None:
    """Whoever plants a cookie before the sign-in holds nothing after it."""
    planted = {"Cookie": "ombud_session=planted"}
    sign_in(api, planted)
    api.client.cookies.clear()

    assert code(api.client.get("/api/session", headers=planted)) == (401, "unauthorized")


def test_only_the_hash_of_a_session_is_kept(api: Newsroom) -> None:
    """Whoever reads the database cannot go on in anybody's session, or use a key."""
    token = sign_in(api).headers["set-cookie"].partition("=")[2].partition(";")[0]  # type: ignore[attr-defined]
    with api.store.reading() as tx:
        kept = [
            str(tx.exec_driver_sql(f"SELECT * FROM {table}").all())
            for table in ("sessions", "keys", "log", "staff")
        ]

    assert not [table for table in kept if token in table or "ombk_cms" in table]


def kept_password(api: Newsroom) -> str:
    """Return what is kept of the password of a moderator."""
    with api.store.reading() as tx:
        member = staff.member(tx, "mira")
    assert member is not None
    return member.password


def test_a_weaker_hash_is_renewed_by_a_sign_in(api: Newsroom) -> None:
    """The right password is kept in today's way from then on; a wrong one changes nothing."""
    weak = PasswordHasher(time_cost=1).hash(PASSWORD)
    with api.store.writing() as tx:
        staff.change(tx, "mira", password=weak)

    assert code(sign_in(api, password="wrong horse battery")) == (401, "unauthorized")  # noqa: S106
    assert kept_password(api) == weak
    assert sign_in(api).status_code == 200  # type: ignore[attr-defined]
    strong = kept_password(api)
    assert strong != weak
    assert sign_in(api).status_code == 200  # type: ignore[attr-defined]
    assert kept_password(api) == strong


def test_a_password_that_was_set_meanwhile_is_not_renewed(api: Newsroom) -> None:
    """A hash of the password before is never kept over that of a new one."""
    with api.store.writing() as tx:
        before = staff.member(tx, "mira")
        assert before is not None
        staff.change(tx, "mira", password="new")  # noqa: S106
        staff.renew(tx, before, "old")
    assert kept_password(api) == "new"


@pytest.mark.parametrize(
    "given",
    [
        {"password": "wrong horse battery"},
        {"name": "nobody"},
        {"name": "Mira"},
        {"password": ""},
        {"password": "x" * 1000},
    ],
)
def test_a_wrong_sign_in_does_not_say_what_was_wrong(api: Newsroom, given: dict[str, str]) -> None:
    """Name or password: the answer is the same, and no cookie comes with it."""
    answer = sign_in(api, **given)

    assert code(answer) == (401, "unauthorized")
    assert answer.json()["detail"] == "name or password is wrong"  # type: ignore[attr-defined]
    assert "set-cookie" not in answer.headers  # type: ignore[attr-defined]


def test_nobody_tries_passwords_for_long(api: Newsroom) -> None:
    """The eleventh attempt in a minute is refused for that name, with when to try again."""
    api.client.app.state.attempts = Attempts(lambda: 60.0)  # type: ignore[attr-defined]
    answers = [sign_in(api, password="wrong horse battery") for _ in range(11)]  # noqa: S106
    other = sign_in(api, name="chief")

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]  # type: ignore[attr-defined]
    assert answers[-1].headers["retry-after"] == "6"  # type: ignore[attr-defined]
    assert other.status_code == 200  # type: ignore[attr-defined]


def test_nobody_keeps_another_signed_out() -> None:
    """Guesses from one address leave the name to whoever has it; only very many do not."""
    attempts = Attempts(lambda: 60.0)

    def refused(name: str, address: str) -> bool:
        try:
            attempts.take(name, address)
        except BusyError:
            return True
        return False

    assert [refused("mira", "192.0.2.1") for _ in range(20)] == [False] * 10 + [True] * 10
    assert refused("chief", "192.0.2.1")
    assert not refused("mira", "192.0.2.2")
    assert [refused("mira", f"198.51.100.{n}") for n in range(100)] == [False] * 89 + [True] * 11
    assert not refused("chief", "192.0.2.2")


def test_an_authenticators_code_counts_once(api: Newsroom) -> None:
    """With a second factor the password alone is not enough, nor a code that was seen before."""
    secret = pyotp.random_base32()
    with api.store.writing() as tx:
        staff.change(tx, "mira", totp_secret=secret)
    shown = pyotp.TOTP(secret).now()

    assert code(sign_in(api)) == (401, "code_needed")
    assert code(sign_in(api, code="000000" if shown != "000000" else "1")) == (401, "code_wrong")
    assert code(sign_in(api, code="١٢٣٤٥٦")) == (401, "code_wrong")
    assert sign_in(api, code=f"{shown[:3]} {shown[3:]}").status_code == 200  # type: ignore[attr-defined]
    assert code(sign_in(api, code=shown)) == (401, "code_wrong")


def test_a_code_may_be_half_a_minute_old(at: datetime) -> None:
    """Each code has a number, the same however late it comes, and an older one counts no more."""
    secret, codes = pyotp.random_base32(), Codes()
    shown = [pyotp.TOTP(secret).at(at + timedelta(seconds=30 * n)) for n in range(2)]
    steps = [step_of(secret, one, at + timedelta(seconds=30)) for one in shown]

    assert steps[1] == steps[0] + 1
    assert codes.take(1, steps[1])
    assert not codes.take(1, steps[0])
    assert codes.take(2, steps[0])


def test_sessions_end(api: Newsroom) -> None:
    """After their time, and at once for whoever works here no more or does something else."""
    old, left, moved = api.cookie("mira", hours=-1), api.cookie("chief"), api.cookie("mira")
    assert old == moved
    assert api.client.get("/api/session", headers=left).status_code == 200
    with api.store.writing() as tx:
        staff.change(tx, "chief", gone_at=datetime.now(UTC))
        staff.change(tx, "mira", outlets=["valley"])

    assert code(api.client.get("/api/session", headers=left)) == (401, "unauthorized")
    assert api.client.get("/api/session", headers=moved).json()["outlets"] == ["valley"]
    expired = api.cookie("mira", hours=-1)
    assert code(api.client.get("/api/session", headers=expired)) == (401, "unauthorized")


@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://harbour.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://["},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "https://evil.example", "Host": "["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_sites_page_changes_nothing(api: Newsroom, foreign: dict[str, str]) -> None:
    """A cookie counts for changes from our own pages only; nobody is signed in or out either."""
    cookie = api.cookie()
    number = api.sent()["id"]
    ruled = {"action": "approve"}
    place = f"/api/comments/{number}/rulings"
    headers = {**cookie, **foreign}

    assert code(api.client.post(place, json=ruled, headers=headers)) == (403, "forbidden")
    assert code(api.client.delete("/api/session", headers=headers)) == (403, "forbidden")
    assert code(sign_in(api, foreign)) == (403, "forbidden")
    assert api.client.get("/api/session", headers=cookie).status_code == 200


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"Origin": "http://testserver"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_pages_do(api: Newsroom, own: dict[str, str]) -> None:
    """The desk itself, and a program that sends a cookie, may rule."""
    number = api.sent()["id"]
    answer = api.client.post(
        f"/api/comments/{number}/rulings",
        json={"action": "approve"},
        headers={**api.cookie(), **own},
    )

    assert answer.status_code == 201


def test_a_form_of_another_site_is_no_json(api: Newsroom) -> None:
    """What a page may send without asking first, a form or plain text, is never read as JSON."""
    number = api.sent()["id"]
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = api.client.post(
            f"/api/comments/{number}/rulings",
            content=b'{"action": "approve"}',
            headers={**key("joon"), "Content-Type": kind},
        )
        assert code(answer) == (400, "invalid_json")
