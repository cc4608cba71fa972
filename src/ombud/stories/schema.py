"""A dossier as JSON, as `docs/dossier.schema.json` has it."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from ombud.stories.document import Attribution, Document
from ombud.stories.dossier import Account, Claim, Dossier, FirstReporter, Pair, Proposal
from ombud.text import Span


def as_json(dossier: Dossier, notes: Sequence[str] = ()) -> dict[str, Any]:
    """Return a dossier as the published schema has it; offsets are code points."""
    return {
        "articles": [_article(dossier, number) for number in range(len(dossier.documents))],
        "claims": [_claim(dossier, claim) for claim in dossier.claims],
        "notes": list(notes),
    }


def _article(dossier: Dossier, number: int) -> dict[str, Any]:
    """Return an article with its sentences and what stands in them."""
    document = dossier.documents[number]
    inside: dict[int, list[Attribution]] = {}
    ends = [span.end for span in document.sentences]
    for one in dossier.attributions[number]:
        place = (one.cue or one.source or one.content[0]).begin
        at = bisect_right(ends, place)
        if at < len(ends) and document.sentences[at].begin <= place:
            inside.setdefault(at, []).append(one)
    return {
        "id": document.id,
        "outlet": document.outlet,
        "origin": document.origin,
        "title": document.title,
        "byline": document.byline,
        "published_at": document.published_at,
        "future_date": document.future_date,
        "body": [document.body.begin, document.body.end],
        "sentences": [
            {
                "id": sentence_id(document, at),
                "begin": span.begin,
                "end": span.end,
                "text": span.quote(document.text),
                "attributions": [_attribution(document, one) for one in inside.get(at, ())],
                "verification": dossier.statuses[number].get(at),
            }
            for at, span in enumerate(document.sentences)
        ],
    }


def sentence_id(document: Document, number: int) -> str:
    """Return the id of a sentence: that of its article and its number, from 1."""
    return f"{document.id}.{number + 1}"


def _attribution(document: Document, one: Attribution) -> dict[str, Any]:
    """Return an attribution; `content` runs from the first piece of it to the last."""
    whole = Span(min(p.begin for p in one.content), max(p.end for p in one.content))
    return {
        "source": _slice(document, one.source),
        "speaker": _slice(document, one.speaker),
        "cue": _slice(document, one.cue),
        "content": _slice(document, whole),
        "pieces": [_slice(document, piece) for piece in one.content],
        "mode": one.mode,
        "strength": one.strength,
    }


def _slice(document: Document, span: Span | None) -> dict[str, Any] | None:
    """Return a range with its text."""
    if span is None:
        return None
    return {"text": span.quote(document.text), "begin": span.begin, "end": span.end}


def _claim(dossier: Dossier, claim: Claim) -> dict[str, Any]:
    """Return a claim with what each article reports of it."""
    documents = dossier.documents
    document = documents[claim.article]
    return {
        "text": claim.span.quote(document.text),
        "article": document.id,
        "begin": claim.span.begin,
        "end": claim.span.end,
        "first_reporter": {
            "outlet": claim.first.outlet,
            "basis": claim.first.basis,
            "sentence": _said_in(dossier, claim.first),
        },
        "outlets": {
            one.id: _account(one, account)
            for one, account in zip(documents, claim.accounts, strict=True)
        },
        "relation": claim.relation,
        "origins": claim.origins,
        "pairs": [_pair(dossier, pair) for pair in claim.pairs],
        "proposals": [_proposal(dossier, one) for one in claim.proposals],
    }


def _proposal(dossier: Dossier, one: Proposal) -> dict[str, Any]:
    """Return what a language model worded, with the slices it quotes."""
    return {
        "text": one.text,
        "model": one.model,
        "checked_by_editor": False,
        "pair": one.pair and [dossier.documents[number].id for number in one.pair],
        "opinion": one.opinion,
        "quotations": [
            {"article": document.id, **(_slice(document, span) or {})}
            for document, span in (
                (dossier.documents[number], span) for number, span in one.quotations
            )
        ],
    }


def _said_in(dossier: Dossier, first: FirstReporter) -> str | None:
    """Return the id of the sentence that says who was first."""
    if first.said is None:
        return None
    return sentence_id(dossier.documents[first.said[0]], first.said[1])


def _account(document: Document, account: Account) -> dict[str, Any]:
    """Return what one article reports of a claim."""
    checked = account.checked
    return {
        "stance": account.stance,
        "subject_response": account.response,
        "answered_by": _slice(document, account.answered_by),
        "verification": checked
        and {
            "status": checked.status,
            "verifier": checked.verifier,
            "verifier_is_publisher": checked.verifier_is_publisher,
        },
        "strongest": account.strongest,
        "sentences": [sentence_id(document, number) for number in account.sentences],
    }


def _pair(dossier: Dossier, pair: Pair) -> dict[str, Any]:
    """Return how two articles relate, with what differs side by side."""
    documents = [dossier.documents[number] for number in pair.articles]
    return {
        "articles": [document.id for document in documents],
        "relations": list(pair.relations),
        "details": [
            {
                "kind": detail.kind,
                "slices": [
                    _slice(document, span)
                    for document, span in zip(documents, detail.spans, strict=True)
                ],
            }
            for detail in pair.details
        ],
    }
