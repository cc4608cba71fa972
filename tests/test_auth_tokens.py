"""Tokens of readers and of papers: whose they are, what they must hold, and what proves nothing."""

import base64
import json
import warnings
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from newsroom import BRIDGE, MILL, SSO, Newsroom, bearer, code, key

from ombud.store import outlets

ADA = {"id": "r-204", "email": "ada@mail.example", "username": "Ada"}
VALLEY = "the-valley-news-signs-with-another-secret"


def signed(user: object = ADA, secret: str = SSO, **claims: object) -> str:
    """Return a token as a paper signs it."""
    end = datetime.now(UTC) + timedelta(hours=1)
    whole = {"user": user, "exp": end, **claims}
    return jwt.encode({n: v for n, v in whole.items() if v is not None}, secret, "HS256")


def forged(header: object, claims: object, signature: bytes = b"") -> str:
    """Return a token that nobody signed."""
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), signature)
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


@pytest.mark.parametrize(
    "header",
    ["Basic am9vbjpqb29u", "Bearer ombk_nobody", "Bearer ombk_é", "Bearer ombr_1_", "Bearer x"],
)
def test_a_header_that_says_nothing_is_refused(api: Newsroom, header: str) -> None:
    """A wrong token is never taken for nobody: whoever sends one is told, also where all may."""
    answer = api.client.get("/api/comments/1", headers={"Authorization": header.encode("latin-1")})

    assert code(answer) == (401, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_readers_token_is_only_that_readers(api: Newsroom) -> None:
    """Another number, a cut or longer proof, and that of an erased reader are refused."""
    token = api.sent()["reader"]["token"]
    other = api.sent("Another.", "Bo")["reader"]["token"]
    wrong = [
        token[:-1],
        token + "0",
        token.replace("ombr_1", "ombr_2"),
        token.replace("ombr_1", "ombr_01"),
        token.replace("ombr_1", "ombr_" + "9" * 30),
        token.replace("ombr_1", "ombr_١"),
        "ombr_2" + token[6:],
    ]

    for one in wrong:
        body = {"article": BRIDGE, "text": "Hm.", "author": {"token": one}, "accept_terms": True}
        assert code(api.client.post("/api/comments", json=body)) == (401, "unauthorized")
    assert api.client.get("/api/mine", headers=bearer(other)).status_code == 200


def test_a_paper_says_who_its_reader_is(api: Newsroom) -> None:
    """The first token enters the reader, a later one renews the name, nothing is doubled."""
    first = api.sent(author=signed())
    again = api.sent("Again.", author=signed({**ADA, "username": "Ada L."}))
    item = api.client.get(f"/api/readers/{first['reader']['id']}", headers=key("joon")).json()

    assert first["reader"]["token"] is None
    assert first["reader"]["id"] == again["reader"]["id"]
    assert again["comment"]["author"] == {"name": "Ada L.", "staff": False}
    assert (item["name"], item["email"]) == ("Ada L.", "ada@mail.example")
    mine = api.client.get("/api/mine", headers=bearer(signed())).json()["comments"]
    assert len(mine) == 2


def test_a_known_reader_is_read_and_not_written(api: Newsroom) -> None:
    """A token with no news changes nothing, so a busy database keeps nobody from reading."""
    api.sent(author=signed())
    with api.store.writing():
        answer = api.client.get("/api/mine", headers=bearer(signed()))

    assert answer.status_code == 200


def test_the_papers_staff_is_marked(api: Newsroom) -> None:
    """What the paper's own people write is approved and marked as theirs."""
    editor = {"id": "e-1", "email": "ed@mail.example", "username": "Marta", "role": "STAFF"}
    sent = api.sent("We looked into it.", author=signed(editor))

    assert (sent["state"], sent["comment"]["author"]["staff"]) == ("approved", True)


def test_an_address_is_one_readers(api: Newsroom) -> None:
    """An e-mail address known under another id is an error, at first and when it is renewed."""
    api.sent(author=signed())
    bo = {"id": "r-205", "email": "bo@mail.example", "username": "Bo"}
    api.sent("Hello.", author=signed(bo))

    for user in ({**ADA, "id": "r-300"}, {**bo, "email": ADA["email"]}):
        assert code(api.send("Again.", author=signed(user))) == (409, "conflict")
    name = api.client.get("/api/mine", headers=bearer(signed(bo))).json()["comments"][0]
    assert name["comment"]["author"]["name"] == "Bo"


END = {"user": ADA, "exp": 4_000_000_000}


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (signed(exp=datetime.now(UTC) - timedelta(minutes=1)), "it has expired"),
        (signed(exp=None), "it has no 'exp'"),
        (signed(exp="soon"), "no JSON Web Token"),
        (signed(secret=f"{SSO}?"), "not signed by any outlet"),
        (forged({"alg": "none", "typ": "JWT"}, END), "HS256"),
        (forged({"alg": "None"}, END), "HS256"),
        (forged({"alg": "RS256"}, END, b"x"), "HS256"),
        (forged({"alg": "HS512"}, END, b"x"), "HS256"),
        (forged({"alg": "HS256"}, END, b"x"), "not signed by any outlet"),
        (forged({"alg": "HS256"}, END), "not signed by any outlet"),
        (forged({"alg": None}, END), ""),
        (forged(["HS256"], END), "no JSON Web Token"),
        (forged({"alg": "HS256", "crit": ["b64"], "b64": False}, END, b"x"), ""),
        ("a.b.c", "no JSON Web Token"),
        ("..", "no JSON Web Token"),
        (signed(user=None), "'user' with id, username, email"),
        (signed(["r-204"]), "'user' with id, username, email"),
        (signed({**ADA, "id": 204}), "'user' with id, username, email"),
        (signed({**ADA, "email": " "}), "'user' with id, username, email"),
        (signed({**ADA, "email": "nobody"}), "author.email"),
        (signed({**ADA, "id": "ada@mail.example"}), "no e-mail"),
        (signed({**ADA, "id": "x" * 10_000}), "at most 200 characters"),
        (signed({**ADA, "username": "x" * 10_000}), "at most 200 characters"),
        (signed({**ADA, "username": "Ada\r\nSet-Cookie: a=b"}), "in one line"),
        (signed({**ADA, "username": "A\0da"}), "U+0000"),
        (signed({**ADA, "username": "\ud800"}), "half of a character"),
        (signed({**ADA, "id": "\udc00"}), "half of a character"),
        (signed({**ADA, "username": "\u200b"}), "empty"),
    ],
)
def test_a_papers_token_that_proves_nothing_is_refused(
    api: Newsroom, token: str, said: str
) -> None:
    """Expired, endless, unsigned, signed in another way or by another, incomplete: 401, and why."""
    answer = api.client.get("/api/mine", headers=bearer(token))

    assert code(answer) == (401, "unauthorized")
    assert said in answer.json()["detail"]
    assert ADA["email"] not in answer.text
    with api.store.reading() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM readers").scalar() == 0


def test_a_papers_token_may_be_a_little_off(api: Newsroom) -> None:
    """The clock of a paper's server may go wrong by half a minute."""
    token = signed(exp=datetime.now(UTC) - timedelta(seconds=10))

    assert api.client.get("/api/mine", headers=bearer(token)).status_code == 200


def test_a_paper_vouches_for_its_own_outlet_only(api: Newsroom) -> None:
    """A reader of one outlet cannot write in another, and is somebody else there."""
    with api.store.writing() as tx:
        outlets.sign_with(tx, "valley", sso=VALLEY)
    here, there = api.sent(author=signed()), api.sent(article=MILL, author=signed(secret=VALLEY))

    assert here["reader"]["id"] != there["reader"]["id"]
    assert code(api.send(article=MILL, author=signed())) == (403, "forbidden")


def test_a_short_secret_is_no_way_in(api: Newsroom) -> None:
    """An outlet without a secret vouches for nobody, with whatever a token is signed."""
    for secret in ("None", "null"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            token = signed(secret=secret)
        assert code(api.client.get("/api/mine", headers=bearer(token))) == (401, "unauthorized")
