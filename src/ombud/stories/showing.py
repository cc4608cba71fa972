"""A dossier in words: as text for a terminal, and as a page."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from ombud.stories.document import Document
from ombud.stories.dossier import Account, Claim, Dossier, Proposal

STANCES: Final = {
    "asserted": "reports it in its own voice",
    "attributed": "reports it as said by others",
    "confirmed_by_own_sources": "has it confirmed by its own sources",
    "could_not_verify": "could not verify it",
    "implied": "reports only an answer to it",
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
OPINIONS: Final = {
    "same": "say the same",
    "different": "say different things",
    "unrelated": "speak of different matters",
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
    yield from (f"   {line}" for line in proposal_lines(dossier, claim))
    for number, account in enumerate(claim.accounts):
        document = dossier.documents[number]
        yield f"   [{number + 1}] {document.outlet} {account_line(account, document)}"
        for sentence in account.sentences:
            yield f"       | {document.sentences[sentence].quote(document.text)}"


def proposal_lines(dossier: Dossier, claim: Claim) -> Iterator[str]:
    """Yield what a language model says of a claim, each marked as such."""
    for one in claim.proposals:
        yield f"{proposal_head(dossier, one)}: {one.text}"
        for number, span in one.quotations:
            document = dossier.documents[number]
            yield f'  it quotes {document.outlet}: "{span.quote(document.text)}"'


def proposal_head(dossier: Dossier, proposal: Proposal) -> str:
    """Return what a language model's words are, and that nobody has checked them."""
    if proposal.pair is None:
        return "worded by a language model, not checked by an editor"
    one, other = (dossier.documents[number].outlet for number in proposal.pair)
    opinion = OPINIONS[proposal.opinion] if proposal.opinion else "has no opinion"
    return f"a language model, not checked by an editor, finds that {one} and {other} {opinion}"


def outlet_line(document: Document) -> str:
    """Return who published an article, whose copy it is, and when."""
    copy = f"; copy of {document.origin}" if document.origin else ""
    who = (
        f"; by {document.byline}" if document.byline and document.byline != document.origin else ""
    )
    future = document.future_date and f"dated in the future, {document.future_date}"
    return f"{document.outlet}{copy}{who}; {document.published_at or future or 'no date'}"


def account_line(account: Account, document: Document) -> str:
    """Return what an outlet reports of a claim in its article, in words."""
    stance = STANCES[account.stance]
    checked = account.checked
    if checked and checked.status == "confirmed" and not checked.verifier_is_publisher:
        # Whoever prints an agency's copy has confirmed nothing itself.
        agency = account.stance == "confirmed_by_own_sources"
        said = f"confirmed by {checked.verifier}"
        stance = f"prints it as {said}" if agency else f"{stance}; {said}"
    answer = RESPONSES[account.response]
    if answer and account.answered_by:
        answer += f" ({account.answered_by.quote(document.text)})"
    parts = [stance, answer]
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
            proposal_lines=proposal_lines,
            first_line=first_line,
        )
    )
