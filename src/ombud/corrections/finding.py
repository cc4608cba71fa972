"""Which pages of the outlets that are followed may be on the story of a report."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from ombud.corrections.steps import known
from ombud.errata import Gathered
from ombud.errors import NotFoundError
from ombud.newsroom import Article, Staff
from ombud.store import articles, documents, stories
from ombud.store.stories import Kept
from ombud.stories.likeness import Likeness

_LATELY: Final = timedelta(days=30)
_PAGES: Final = 300
"""Pages that are looked at, the newest."""
_OPENING: Final = 1200
"""Characters of a text that are compared: what is new stands first."""
_ALIKE: Final = 0.08
"""Likeness from which a page is proposed; an editor says whether it is on the story."""
_MOST: Final = 10


def candidates(tx: Connection, who: Staff, number: int, at: datetime) -> list[Kept]:
    """
    Return pages that may be on the story of a report's article, the likeliest first.

    Those that lie beside the report already are left out.
    Raises NotFoundError if there is no report that one may see.
    """
    report = known(tx, who, number)
    about = articles.one(tx, report.article) if report.article else None
    if about is None:
        return []
    there = {one.name for one in documents.of_report(tx, number)} | {about.url}
    found = stories.recent(tx, at - _LATELY, _PAGES)
    return _likeliest(about.article, [page for page in found if page.url not in there])


def gathered(tx: Connection, report: int, page: int, by: str, at: datetime) -> Gathered:
    """Return a page as a text to lay beside a report; raise NotFoundError if there is none."""
    found = stories.of_page(tx, page)
    if found is None:
        message = f"there is no page {page} of an outlet that is followed"
        raise NotFoundError(message)
    return Gathered(0, report, found.url, found.outlet, found.edition.text, by, at)


def _likeliest(article: Article, pages: Sequence[Kept]) -> list[Kept]:
    """Return the pages whose words are like an article's."""
    texts = [f"{article.title}\n{article.text}", *(page.edition.text for page in pages)]
    alike = Likeness([text[:_OPENING] for text in texts]).matrix[0, 1:]
    rank = sorted(range(len(pages)), key=lambda n: (-alike[n], n))
    return [pages[n] for n in rank[:_MOST] if alike[n] >= _ALIKE]
