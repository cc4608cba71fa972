"""Telling an outlet's own system what was published, where the outlet says where that is."""

import json
import secrets
from datetime import UTC

from sqlalchemy import Connection

from ombud.corrections.linking import linked, standing
from ombud.errata import Correction
from ombud.newsroom import Published
from ombud.store import corrections, notices, outlets


def tell_outlet(tx: Connection, about: Published, new: Correction, site: str) -> None:
    """Write the notice, in the same transaction as what it tells."""
    outlet = outlets.one(tx, about.outlet)
    if outlet is None or not outlet.webhook_url:
        return
    event = f"evt_{secrets.token_hex(12)}"
    at = new.published_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    content = {
        "id": event,
        "type": "correction.published",
        "created_at": at,
        "outlet": about.outlet,
        "article": {"id": about.id, "url": about.url, "title": about.article.title},
        "correction": {
            "id": new.id,
            "kind": new.kind,
            "text": new.text,
            "before": new.before,
            "after": new.after,
            "replaces": new.replaces,
            "published_at": at,
            "page": f"{site}/corrections/articles/{about.id}#correction-{new.id}",
        },
        "json_ld": linked(about, standing(corrections.of_article(tx, about.id)), site, outlet.name),
    }
    body = json.dumps(content, ensure_ascii=False)
    notices.add(tx, event, about.outlet, new.id, body, new.published_at)
