"""Settings that editors change: outlets, and the policy file with its versions."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, Field
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.newsroom import Mode, Outlet, Staff
from ombud.store import decisions, log, outlets
from ombud.store.decisions import Version
from ombud.store.log import Deed
from ombud.web.api.asking import Editor, Given, InOffice, Moderator, Reason, Word, origin_of
from ombud.web.api.shapes import name_of, when
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["settings"])


def _page(written: str) -> str:
    """Refuse what is no page of ours and no address: a link can be a script."""
    if not written.startswith("/") or written.startswith("//"):
        origin_of(written)
    return written


def _hook(written: str) -> str:
    """Refuse what is no address on the web; nothing at all is allowed."""
    if written:
        origin_of(written)
    return written


Origin = Annotated[Word, Field(max_length=300), AfterValidator(origin_of)]
Page = Annotated[Word, Field(min_length=1, max_length=2_000), AfterValidator(_page)]


class GivenOutlet(Given):
    """What is to change of an outlet, and why; what is left out stays."""

    reason: Reason

    name: Annotated[Word, Field(min_length=1, max_length=200)] | None = None
    mode: Mode | None = None
    origins: Annotated[list[Origin], Field(max_length=50)] | None = None
    trust_after: Annotated[int, Field(ge=0, le=1_000)] | None = None
    terms_version: Annotated[Word, Field(min_length=1, max_length=64)] | None = None
    terms_url: Page | None = None
    acknowledge_days: Annotated[int, Field(ge=1, le=365)] | None = None
    answer_days: Annotated[int, Field(ge=1, le=365)] | None = None
    two_editors: bool | None = None
    webhook_url: Annotated[Word, Field(max_length=2_000), AfterValidator(_hook)] | None = None
    webhook_secret: Annotated[Word, Field(min_length=16, max_length=200)] | None = None


class GivenPolicy(Given):
    """A policy file, and why it changes."""

    toml: Word = Field(max_length=200_000)
    reason: Reason


@router.get("/outlets")
async def every(office: InOffice, who: Moderator) -> Response:
    """Return the outlets that somebody may see."""
    known = await office.read(outlets.every)
    return answer({"outlets": [_outlet(one) for one in known if who.sees(one.id)]})


@router.get("/outlets/{outlet}")
async def one(office: InOffice, who: Moderator, outlet: str) -> Response:
    """Return the settings of an outlet."""
    return answer(_outlet(await office.read(_known, who, outlet)))


@router.patch("/outlets/{outlet}")
async def change(office: InOffice, who: Editor, outlet: str, given: GivenOutlet) -> Response:
    """Change settings of an outlet."""
    changed = await office.write(_changed, who, outlet, given)
    return answer(_outlet(changed))


@router.get("/policy")
async def policy(office: InOffice, who: Moderator) -> Response:
    """Return the policy file in force, and the clauses that it makes."""
    del who
    clauses = [
        {
            "id": rule.id,
            "title": rule.title,
            "clause": rule.clause,
            "mode": rule.mode,
            "hold": rule.hold,
            "delete": rule.delete,
        }
        for rule in office.engine.policy.rules
    ]
    content = {"version": office.engine.version, "toml": office.written, "clauses": clauses}
    return answer({**content, "by_file": office.settings.policy is not None})


@router.put("/policy")
async def adopt(office: InOffice, who: Editor, given: GivenPolicy) -> Response:
    """Put another policy file in force, as a new version."""
    if who.outlets is not None:
        message = "the policy holds for all outlets; this takes an editor of all of them"
        raise ForbiddenError(message)
    if office.settings.policy is not None:
        message = "the policy is set by the file given at start; change it there"
        raise ConflictError(message)
    return answer(_version(await office.adopt(given.toml, who.by, given.reason)))


@router.get("/policy/versions")
async def versions(office: InOffice, who: Moderator) -> Response:
    """Return the versions of the policy as they came into force, newest first."""
    del who
    known = await office.read(decisions.adoptions)
    return answer({"versions": [_version(one) for one in known]})


def _known(tx: Connection, who: Staff, outlet: str) -> Outlet:
    """Return an outlet that somebody may see."""
    known = outlets.one(tx, outlet)
    if known is None or not who.sees(outlet):
        message = f"there is no outlet '{outlet}'"
        raise NotFoundError(message)
    return known


def _changed(tx: Connection, who: Staff, outlet: str, given: GivenOutlet) -> Outlet:
    """Keep what changes of an outlet."""
    known = _known(tx, who, outlet)
    values = given.model_dump(exclude_none=True, exclude={"reason", "webhook_secret"})
    if "origins" in values:
        values["origins"] = tuple(values["origins"])
    after, secret = replace(known, **values), given.webhook_secret
    if after.webhook_url and not (secret or outlets.webhook_secret(tx, outlet)):
        message = "'webhook_secret' must have 16 characters or more: what is posted is signed"
        raise InvalidInputError(message)
    if after != known or secret:
        outlets.changed(tx, after)
        if secret:
            outlets.sign_with(tx, outlet, webhook=secret)
        facts = {name: value for name, value in values.items() if getattr(known, name) != value}
        facts |= {"webhook_secret": "changed"} if secret else {}
        facts["reason"] = given.reason
        log.append(tx, Deed(now(), who.by, "outlet_changed", outlet, facts=facts))
    return after


def _outlet(outlet: Outlet) -> dict[str, object]:
    """Return the settings of an outlet."""
    return {
        "id": outlet.id,
        "name": outlet.name,
        "mode": outlet.mode,
        "origins": outlet.origins,
        "trust_after": outlet.trust_after,
        "terms_version": outlet.terms_version,
        "terms_url": outlet.terms_url,
        "acknowledge_days": outlet.acknowledge_days,
        "answer_days": outlet.answer_days,
        "two_editors": outlet.two_editors,
        "webhook_url": outlet.webhook_url,
    }


def _version(version: Version) -> dict[str, object]:
    """Return a version of the policy."""
    return {
        "version": version.version,
        "name": version.name,
        "toml": version.written,
        "by": name_of(version.by),
        "reason": version.reason,
        "at": when(version.at),
    }
