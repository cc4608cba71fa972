"""Articles as they are kept, and back again as documents that the story tools read."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ombud.store.stories import Edition, Kept
from ombud.stories.document import Document
from ombud.stories.dossier import Dossier
from ombud.stories.dossiers import dossier
from ombud.stories.grouping import group
from ombud.stories.reading import Reading, dated, distinct
from ombud.text import Span


def edition(document: Document) -> Edition:
    """Return what is kept of a document."""
    return Edition(
        document.title,
        document.byline,
        document.text,
        {"body": list(document.body), "sentences": [list(span) for span in document.sentences]},
        document.published_at or document.future_date,
        document.origin,
    )


def document(kept: Kept) -> Document:
    """Return the document in what is kept; its outlet is whose feed named it."""
    said = kept.edition
    found = Document(
        id=f"page-{kept.page}",
        outlet=kept.outlet,
        text=said.text,
        body=Span(*said.spans["body"]),
        sentences=tuple(Span(*span) for span in said.spans["sentences"]),
        title=said.title,
        byline=said.byline,
        published_at=said.published_at,
        origin=said.origin,
    )
    # By the day on which it was read: what was wrong about a date is not mended by waiting.
    return dated(found, kept.recorded_at.date())


def compared(pages: Iterable[Kept]) -> Dossier:
    """Return the dossier of a story's pages; an article at two addresses counts once."""
    readings = distinct(Reading(document(page)) for page in pages)
    return dossier([reading.document for reading in readings])


def placed(pages: Sequence[Kept]) -> list[tuple[int | None, list[int]]]:
    """
    Return to which story pages that are of none belong, as pairs of a story and its new pages.

    Without a story they make a new one.  A page without a date is of the day on which it was read.
    """
    known: dict[int, list[int]] = {}
    for place, page in enumerate(pages):
        if page.story is not None:
            known.setdefault(page.story, []).append(place)
    found = []
    for members in group([_dated(page) for page in pages], known=list(known.values())):
        new = [pages[place].page for place in members if pages[place].story is None]
        if new:
            story = next((pages[n].story for n in members if pages[n].story is not None), None)
            found.append((story, new))
    return found


def _dated(page: Kept) -> Document:
    """Return the document of a page with a date."""
    found = document(page)
    day = found.published_at or page.recorded_at.date().isoformat()
    return replace(found, published_at=day)
