"""Everything about one comment, for the moderator who looks at it."""

from sqlalchemy import Connection

from ombud.case import Case
from ombud.moderation import consistency
from ombud.newsroom import Article, Comment
from ombud.repeats.quoting import quotes, source_of
from ombud.store import articles, comments, decisions, flags, log, readers, repeats, rulings
from ombud.web.api.shapes import ban_of, entry_of, flag_of, ruling_of, when
from ombud.web.items import items

_HISTORY = 20
_REWORDED = 5


def detailed(tx: Connection, comment: Comment) -> dict[str, object]:
    """Return a comment with its article, history, and earlier ones that are nearly the same."""
    article = articles.edition(tx, comment.article, comment.edition)
    decision = decisions.of(tx, [comment.id]).get(comment.id)
    return {
        **items(tx, [comment])[0],
        "article_text": article.text if article else "",
        "scores": decision.scores if decision else {},
        "rulings": [ruling_of(ruling) for ruling in rulings.about(tx, comment.id)],
        "flagged": [flag_of(flag) for flag in flags.about(tx, comment.id)],
        "audit": [entry_of(entry) for entry in log.about(tx, comment.id)],
        "bans": [ban_of(ban) for ban in readers.all_bans(tx, comment.reader)],
        "history": _history(tx, comment),
        "alike": _alike(tx, comment, article),
    }


def _history(tx: Connection, comment: Comment) -> list[dict[str, object]]:
    """Return the latest other comments of the same reader."""
    return [
        {"id": one.id, "text": one.text, "state": one.state, "created_at": when(one.created_at)}
        for one in comments.of_reader(tx, comment.reader, None, _HISTORY)
        if one.id != comment.id
    ]


def _alike(tx: Connection, comment: Comment, article: Article | None) -> list[dict[str, object]]:
    """
    Return other comments that are nearly the same, with what was ruled on each.

    After them come some that may say the same in other words, which proves nothing.
    """
    if comment.text is None:
        return []
    case = Case(comment.text)
    near = repeats.alike(tx, case, besides=comment.id)
    meant = repeats.reworded(tx, case, besides=comment.id, most=1)[:_REWORDED]
    source = source_of(article) if article else ""
    return [
        {
            "id": one.comment.id,
            "text": one.comment.text,
            "name": one.comment.name,
            "likeness": one.likeness,
            "state": one.state,
            "clause": one.clause,
            "by": one.by,
            "at": when(one.at),
            "created_at": when(one.comment.created_at),
            "quoted": quotes(comment.text, one.comment.text or "", source),
            "reworded": found is meant,
        }
        for found in (near, meant)
        for one in consistency.alike(
            tx,
            repeats.repeats(found, None, comment.outlet, comment.created_at),
            comment.id,
            [comment.outlet],
        )
    ]
