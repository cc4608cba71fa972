"""A dossier as JSON (`docs/dossier.schema.json`), as text for a terminal, and as a page."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from ombud.stories.document import Attribution, Document
from ombud.stories.dossier import Account, Claim, Dossier, FirstReporter, Pair
from ombud.text import Span

STANCES: Final = {
    "asserted": "reports it in its own voice",
    "attributed": "reports it as said by others",
    "confirmed_by_own_sources": "has it confirmed by its own sources",
    "could_not_verify": "could not verify it",
    "not_mentioned": "does not mention it",
}
RESPONSES: Final = {
    "stated_on_record": "the subject says so on the record",
    "denied": "the subject denies it",
    "neither_confirmed_nor_denied": "the subject neither confirms nor denies it",
    "declined_to_comment": "the subject declined to comment",
    "none_reported": "",
}
RELATIONS: Final = {
    "agree_different_sources": "agree, from different sources",
    "agree_same_origin": "agree, from the same origin: this is no corroboration",
    "agree": "agree; whether from one origin or several cannot be told",
    "agree_more_specific": "agree; one is more specific",
    "agree_partial": "agree in part",
    "differ_in_detail": "differ in detail",
    "differ_in_emphasis": "differ in emphasis: one has it in its title",
    "differ_in_verification": "differ in verification",
    "only_one_outlet": "only in one outlet, which is no denial by the others",
}
STRENGTHS: Final = {
    "named_on_record": "a named source on the record",
    "organisation_on_record": "an organisation on the record",
    "governments": "a government",
    "unnamed_officials": "officials without a name",
    "anonymous": "anonymous sources",
    "other_outlet": "another outlet",
    "unspecified": "a source that is not clear",
    "own_voice": "",
}


def as_json(dossier: Dossier) -> dict[str, Any]:
    """Return a dossier as the published schema has it; offsets are code points."""
    return {
        "articles": [_article(dossier, number) for number in range(len(dossier.documents))],
        "claims": [_claim(dossier, claim) for claim in dossier.claims],
    }


def _article(dossier: Dossier, number: int) -> dict[str, Any]:
    """Return an article with its sentences and what stands in them."""
    document = dossier.documents[number]
    inside: dict[int, list[Attribution]] = {}
    for one in dossier.attributions[number]:
        place = (one.cue or one.source or one.content[0]).begin
        for at, span in enumerate(document.sentences):
            if span.begin <= place < span.end:
                inside.setdefault(at, []).append(one)
    return {
        "id": document.id,
        "outlet": document.outlet,
        "origin": document.origin,
        "title": document.title,
        "byline": document.byline,
        "published_at": document.published_at,
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


def as_text(dossier: Dossier, notes: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the lines of a dossier for people: first what several outlets report."""
    several = [claim for claim in dossier.claims if claim.relation != "only_one_outlet"]
    alone = [claim for claim in dossier.claims if claim.relation == "only_one_outlet"]
    for number, document in enumerate(dossier.documents):
        yield f"[{number + 1}] {outlet_line(document)}"
        yield f"    {document.title}" if document.title else "    (no title)"
    yield from (f"note: {note}" for note in notes)
    for number, claim in enumerate(several, 1):
        yield ""
        yield f"{number}. {claim.span.quote(dossier.documents[claim.article].text)}"
        yield from _claim_lines(dossier, claim)
    if alone:
        yield ""
        count = f"{len(alone)} sentence{'s' if len(alone) > 1 else ''}"
        yield f"Only in one outlet, which is no denial by the others: {count}."
    for claim in sorted(alone, key=lambda claim: claim.article):
        text = dossier.documents[claim.article].text
        yield f"   [{claim.article + 1}] {claim.span.quote(text)}"


def _claim_lines(dossier: Dossier, claim: Claim) -> Iterator[str]:
    """Yield the lines under a claim: how reports relate, and what each outlet says."""
    for line in relation_lines(dossier, claim):
        yield f"   {line}"
    if claim.first.basis != "not_determinable":
        yield f"   {first_line(claim)}"
    for number, account in enumerate(claim.accounts):
        document = dossier.documents[number]
        yield f"   [{number + 1}] {document.outlet} {account_line(account)}"
        for sentence in account.sentences:
            yield f"       | {document.sentences[sentence].quote(document.text)}"


def outlet_line(document: Document) -> str:
    """Return who published an article, whose copy it is, and when."""
    copy = f"; copy of {document.origin}" if document.origin else ""
    who = (
        f"; by {document.byline}" if document.byline and document.byline != document.origin else ""
    )
    return f"{document.outlet}{copy}{who}; {document.published_at or 'no date'}"


def account_line(account: Account) -> str:
    """Return what an outlet reports of a claim, in words."""
    stance = STANCES[account.stance]
    checked = account.checked
    if checked and checked.status == "confirmed" and checked.verifier:
        # Whoever prints an agency's copy has confirmed nothing itself.
        by_agency = f"prints it as confirmed by {checked.verifier}"
        stance = stance if checked.verifier_is_publisher else by_agency
    parts = [stance, RESPONSES[account.response]]
    if account.strongest and STRENGTHS[account.strongest]:
        parts.append(f"strongest source: {STRENGTHS[account.strongest]}")
    return "; ".join(part for part in parts if part)


def relation_lines(dossier: Dossier, claim: Claim) -> Iterator[str]:
    """Yield how the outlets' reports relate, pair by pair, and the details that differ."""
    for pair in claim.pairs:
        one, other = (dossier.documents[number] for number in pair.articles)
        told = "; ".join(RELATIONS[relation] for relation in pair.relations)
        if pair.titled is not None:
            title = dossier.documents[pair.titled].outlet
            told = told.replace("one has it in its title", f"only {title} has it in its title")
        yield f"{one.outlet} and {other.outlet} {told}"
        for detail in pair.details:
            slices = [
                f'"{span.quote(document.text)}"'
                for document, span in zip((one, other), detail.spans, strict=True)
                if span
            ]
            yield f"  {detail.kind}: {' against '.join(slices)}"
    if len(claim.pairs) > 1:
        yield f"origins that could be told apart: {claim.origins}"


def first_line(claim: Claim) -> str:
    """Return who reported a claim first, and why one may say so."""
    if claim.first.basis == "stated":
        return f"first reported by {claim.first.outlet}, as the articles say"
    if claim.first.basis == "only_outlet_in_this_story":
        return f"only {claim.first.outlet} reports it in this story"
    return "who reported it first cannot be told"


@cache
def _templates() -> Environment:
    """Return the templates of this package."""
    return Environment(
        loader=PackageLoader("ombud"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def as_page(dossier: Dossier, notes: tuple[str, ...] = ()) -> str:
    """Return a dossier as a page of its own: nothing is loaded from elsewhere, no script runs."""
    return (
        _templates()
        .get_template("dossier.html")
        .render(
            dossier=dossier,
            notes=notes,
            several=[claim for claim in dossier.claims if claim.relation != "only_one_outlet"],
            alone=[claim for claim in dossier.claims if claim.relation == "only_one_outlet"],
            relations=RELATIONS,
            outlet_line=outlet_line,
            account_line=account_line,
            relation_lines=relation_lines,
            first_line=first_line,
        )
    )
