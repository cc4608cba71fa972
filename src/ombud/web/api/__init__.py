"""
Our own JSON API, a file for each kind of thing that is asked about.

`docs/api.md` says who may ask what; the OpenAPI document says the rest.
"""

from fastapi import APIRouter

from ombud.web.api import (
    articles,
    campaigns,
    comments,
    desk,
    documents,
    drafts,
    events,
    excerpts,
    figures,
    inbox,
    notices,
    outlets,
    picks,
    post,
    proposals,
    readers,
    reports,
    reviews,
    rulings,
    session,
    stories,
    threads,
)

router = APIRouter(prefix="/api")
for part in (
    articles,
    threads,
    comments,
    readers,
    desk,
    excerpts,
    campaigns,
    figures,
    picks,
    post,
    inbox,
    reports,
    proposals,
    documents,
    drafts,
    stories,
    reviews,
    rulings,
    events,
    notices,
    outlets,
    session,
):
    router.include_router(part.router)

__all__ = ["router"]
