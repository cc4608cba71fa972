"""An article's corrections in the words of schema.org, as search engines read them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ombud.errata import Correction
from ombud.newsroom import Published


def linked(
    about: Published, published: Sequence[Correction], site: str, outlet: str
) -> dict[str, object]:
    """
    Return an article with what was published about it, the newest first, as JSON-LD.

    `outlet`: what it is called.
    `site`: where our pages are; the page of corrections is the publisher's policy and archive.
    """
    page = f"{site}/corrections/articles/{about.id}"
    content: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": about.url,
        "headline": about.article.title,
        "dateModified": _moment(max(one.published_at for one in published)),
        "correction": [
            {
                "@type": "CorrectionComment",
                "@id": f"{page}#correction-{one.id}",
                "datePublished": _moment(one.published_at),
                "text": one.text,
            }
            for one in published
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": outlet,
            "correctionsPolicy": f"{site}/corrections?outlet={about.outlet}",
        },
    }
    if about.published_at:
        content["datePublished"] = _moment(about.published_at)
    return content


def _moment(moment: datetime) -> str:
    """Return a time as RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def standing(published: Sequence[Correction]) -> list[Correction]:
    """Return what still holds of what was published about an article: nothing replaced it."""
    replaced = {one.replaces for one in published}
    return [one for one in published if one.id not in replaced]
