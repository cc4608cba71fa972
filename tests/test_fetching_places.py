"""Pages are fetched from hosts that are followed, and from nowhere inside."""

import asyncio
from ipaddress import ip_address
from socket import AF_INET, SOCK_STREAM
from typing import Any

import pytest
from asking import LOOPBACK, fetched, followed, gull, refused
from elsewhere import Answer, Elsewhere

from ombud.errors import FetchError
from ombud.fetching.places import Place, Places, is_public

__all__ = ["gull"]


@pytest.mark.parametrize(
    "url",
    [
        "https://bay.example/pier",
        "https://gull.example.bay.example/",
        "https://agull.example/",
        "https://gull.example:8443/",
        "http://127.0.0.1/",
    ],
)
def test_hosts_that_are_not_followed_are_not_asked(url: str) -> None:
    """The error lists the hosts that are."""
    error = refused(url, Places(["gull.example"], LOOPBACK))
    assert error.code == "host_not_followed"
    assert "gull.example" in str(error)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("gull.example", "https://gull.example/pier"),
        ("gull.example", "http://WWW.Gull.example./pier"),
        ("gull.example:8080", "http://news.gull.example:8080/"),
        ("xn--mwe-sna.example", "https://möwe.example/"),
    ],
)
def test_hosts_below_one_that_is_followed_are_followed(host: str, url: str) -> None:
    """Names are compared as the net knows them, with the port where one is given."""
    assert Places([host]).place(url).host.endswith(host.partition(":")[0])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://gull.example/",
        "file:///etc/passwd",
        "gull.example/pier",
        "https://user:secret@gull.example/",
        "https://gull.example\\@bay.example/",
        "https://gull.example/a b",
        "https://gull.example:0x50/",
        "https://gull.example/\r\nX: y",
        "https:///pier",
        "https://gull.example/" + "a" * 2000,
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    """Other schemes, passwords and what two readers would read differently are errors."""
    with pytest.raises(FetchError) as caught:
        Places(["gull.example"]).place(url)
    assert caught.value.code == "no_address"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
    ],
)
def test_addresses_inside_are_told_from_public_ones(address: str, public: bool) -> None:  # noqa: FBT001
    """Loopback, private, link-local, shared, reserved and embedded addresses are inside."""
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]"])
def test_names_of_addresses_inside_are_refused_before_a_request(gull: Elsewhere, host: str) -> None:
    """Even where the host is followed, however it is written."""
    places = Places([host if "[" in host else f"{host}:{gull.port}"])
    url = f"http://{host}/" if "[" in host else f"http://{host}:{gull.port}/"
    error = refused(url, _Named(places, host.strip("[]")))
    assert error.code == "internal_address"
    assert gull.asked == []


class _Named(Places):
    """Places whose one host is followed, whatever the form of its name."""

    def __init__(self, places: Places, host: str) -> None:
        super().__init__(["unused.example"])
        self._given, self._host = places, host

    def place(self, url: str) -> Place:
        return Place("http", self._host, int(url.rpartition(":")[2].rstrip("/]") or 80), "/")


def test_a_name_with_one_address_inside_is_refused(gull: Elsewhere) -> None:
    """All addresses of a name have to be public: the connection could go to any."""

    class Names(asyncio.SelectorEventLoop):
        async def getaddrinfo(self, *_: object, **__: object) -> list[Any]:
            public = (AF_INET, SOCK_STREAM, 6, "", ("93.184.215.14", gull.port))
            return [public, (AF_INET, SOCK_STREAM, 6, "", ("127.0.0.1", gull.port))]

    place = Places([f"gull.example:{gull.port}"]).place(f"http://gull.example:{gull.port}/")
    with asyncio.Runner(loop_factory=Names) as runner, pytest.raises(FetchError) as caught:
        runner.run(Places([]).addresses(place))
    assert caught.value.code == "internal_address"


def test_the_connection_goes_to_the_address_that_was_checked(gull: Elsewhere) -> None:
    """A name is never looked up again: one that no name server knows is reached all the same."""

    class Once(Places):
        async def addresses(self, place: Place) -> list[str]:
            assert place.host == "gull.invalid"
            return ["127.0.0.1"]

    gull.has("/pier", Answer(b"<p>Pier"))
    places = Once([f"gull.invalid:{gull.port}"])
    assert fetched(f"http://gull.invalid:{gull.port}/pier", places).content == b"<p>Pier"
    assert gull.asked[-1][1]["Host"] == f"gull.invalid:{gull.port}"


@pytest.mark.parametrize(
    ("leads", "code"),
    [
        ("http://bay.example/", "host_not_followed"),
        ("http://127.0.0.1:9/", "host_not_followed"),
        ("file:///etc/passwd", "no_address"),
        ("http://localhost.gull.invalid/", "not_fetched"),
        ("/again", "not_fetched"),
    ],
)
def test_each_redirect_is_checked_anew(gull: Elsewhere, leads: str, code: str) -> None:
    """Where a page leads has to be allowed as well, and it may not lead on for ever."""
    gull.has("/again", Answer(status=302, headers={"Location": "/again"}))
    url = gull.has("/pier", Answer(status=301, headers={"Location": leads}))
    assert refused(url, Places([gull.host, "gull.invalid"], LOOPBACK)).code == code


def test_a_redirect_within_the_site_is_followed(gull: Elsewhere) -> None:
    """The page says where it was in the end."""
    gull.has("/new", Answer(b"<p>Pier"))
    url = gull.has("/old", Answer(status=308, headers={"Location": "new"}))
    assert fetched(url, followed(gull)).url == gull.url("/new")


@pytest.mark.parametrize("place", ["http://[::1", "http://gull.example:port/", "//[", "mailto:a@b"])
def test_a_redirect_to_no_address_is_a_fault_of_its_page(gull: Elsewhere, place: str) -> None:
    """Whatever stands in a Location, of a page or of robots.txt, it is told as what it is."""
    moved = Answer(status=302, headers={"Location": place})
    assert refused(gull.has("/", moved), followed(gull)).code == "no_address"
    gull.has("/robots.txt", moved)
    assert fetched(gull.has("/pier", Answer(b"<p>Pier")), followed(gull)).content == b"<p>Pier"


def test_of_many_hosts_that_are_followed_an_error_names_some() -> None:
    """It stands in one line beside a feed."""
    places = Places([f"gull{number}.example" for number in range(100)])
    with pytest.raises(FetchError, match=r"holds: gull0.*gull9\.example, …$"):
        places.place("https://bay.example/")
