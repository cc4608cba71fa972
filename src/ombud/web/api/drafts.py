"""Drafts of corrections that a language model words, where a newsroom has one; editors publish."""

from typing import Annotated, Any, cast

from anyio.to_thread import run_sync
from fastapi import APIRouter, Path
from starlette.responses import Response

from ombud.errors import ConflictError, NotFoundError
from ombud.proposing.asking import LanguageModel
from ombud.proposing.tasks import notice
from ombud.web.api.asking import Editor, InOffice
from ombud.web.api.reported import whole
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["corrections"])
Number = Annotated[int, Path(ge=1, lt=2**63)]


@router.post("/reports/{number}/assertions/{assertion}/draft")
async def draft(office: InOffice, who: Editor, number: Number, assertion: Number) -> Response:
    """
    Return the draft of a correction, with the words of which sentences it rests on.

    Nothing of it is kept or published.
    """
    if not office.settings.language_model_url:
        message = "no language model is set"
        raise NotFoundError(message)
    report = cast("dict[str, Any]", await office.read(whole, who, number, now()))
    found = [one for one in report["assertions"] if one["number"] == assertion]
    if not found:
        message = f"report {number} has no assertion {assertion}"
        raise NotFoundError(message)
    lines = [*found[0]["evidence"], *found[0]["elsewhere"]]
    if not lines or not found[0]["quote"]:
        message = "there is no sentence of an article to quote beside this assertion"
        raise ConflictError(message)
    sentences = {f"s{place}": str(line["text"]) for place, line in enumerate(lines, 1)}
    model = LanguageModel.of(office.settings)
    # It may take half a minute, in which nobody waits for the database.
    kept = await run_sync(notice, model, str(found[0]["quote"]), sentences)
    quoted = [span.quote(sentences[name]) for name, span in kept.quotations]
    return answer({"text": kept.text, "model": model.name, "quotations": quoted})
