"""
Answers that are the same for everybody, kept as bytes until the article changes.

Every change of the newsroom is in the log, and whoever changes something here forgets the answers
before saying so; what another replica changed is forgotten when its log entry arrives.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Concatenate, Final, ParamSpec

import re2
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.web.office import Office

Given = ParamSpec("Given")
_MOST: Final = 2_000
_HEAVIEST: Final = 64 * 2**20
"""Bytes of all kept answers together: questions cost nothing, so their number is no bound."""
_WORTH_PACKING: Final = 1_000
_UNPACKS: Final = re2.compile(r"(?i)\bgzip\s*(?:,|$|;\s*q=(?:1|0\.0*[1-9]))")
"""How whoever can unpack says so; with a quality of 0 it says the contrary."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """One answer: plain, packed, and the tag that stands for its content."""

    article: int
    plain: bytes
    packed: bytes
    tag: str

    @property
    def weight(self) -> int:
        """How many bytes this keeps."""
        return len(self.plain) + len(self.packed)


class Public:
    """Answers by the question, the least asked forgotten first."""

    def __init__(self, office: Office) -> None:
        """Take where answers come from."""
        self._office = office
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._weight = 0
        self._changes = 0

    def forget(self, article: int | None = None) -> None:
        """Forget the answers about one article, or all."""
        self._changes += 1
        stale = [q for q, kept in self._kept.items() if article in (None, kept.article)]
        for question in stale:
            self._weight -= self._kept.pop(question).weight

    async def answer(
        self,
        request: Request,
        question: Hashable,
        ask: Callable[Concatenate[Connection, Given], tuple[int, bytes]],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Response:
        """Answer a question, with nothing but a tag if the caller has the answer already."""
        kept = self._kept.get(question)
        if kept is None:
            changes = self._changes
            article, plain = await self._office.read(ask, *given, **named)
            packed = gzip.compress(plain, 6) if len(plain) > _WORTH_PACKING else b""
            kept = _Kept(article, plain, packed, _tag(plain))
            # What changed while this was read may be missing in it.
            if changes == self._changes:
                self._keep(question, kept)
        else:
            self._kept.move_to_end(question)
        return _answered(request, kept)

    def _keep(self, question: Hashable, kept: _Kept) -> None:
        """Keep an answer; another who asked the same meanwhile may have brought it."""
        if before := self._kept.pop(question, None):
            self._weight -= before.weight
        self._kept[question] = kept
        self._weight += kept.weight
        while len(self._kept) > _MOST or self._weight > _HEAVIEST:
            self._weight -= self._kept.popitem(last=False)[1].weight


def tagged(request: Request, plain: bytes) -> Response:
    """Answer with something that is quick to find, and a tag that stands for its content."""
    return _answered(request, _Kept(0, plain, b"", _tag(plain)))


def _tag(plain: bytes) -> str:
    """Return what stands for some content."""
    return f'W/"{blake2b(plain, digest_size=12).hexdigest()}"'


def _answered(request: Request, kept: _Kept) -> Response:
    """Return an answer as the caller can read it."""
    headers: dict[str, Any] = {
        "ETag": kept.tag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding, Origin",
    }
    tags = request.headers.get("if-none-match", "")
    if kept.tag in (tag.strip() for tag in tags.split(",")):
        return Response(status_code=304, headers=headers)
    body = kept.plain
    if kept.packed and _UNPACKS.search(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        body = kept.packed
    return Response(body, headers=headers, media_type="application/json; charset=UTF-8")
