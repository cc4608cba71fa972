"""What a client of Google's Comment Analyzer asks for, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ombud.newsroom import Article
from ombud.web.messages import Message
from ombud.web.wire import MAX_TEXT, GoogleError, readable, size

SCORE_TYPES: Final = (
    "SCORE_TYPE_UNSPECIFIED",
    "PROBABILITY",
    "STD_DEV_SCORE",
    "PERCENTILE",
    "RAW",
)
TEXT_TYPES: Final = ("TEXT_TYPE_UNSPECIFIED", "PLAIN_TEXT", "HTML")
_SERVED_SCORES: Final = SCORE_TYPES[:2]
_MAX_CONTEXT: Final = 2**20
_MAX_KEPT_CONTEXT: Final = 2**16
"""Bytes of context that are kept with a suggestion: a long article with a comment on it."""
_MAX_SPANS: Final = 1000
_LONGEST_TITLE: Final = 300

Entry = dict[str, str]
"""One text of the context, with its type where one is given."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What `comments:analyze` is asked: `thresholds` are of the attributes wanted, in order."""

    text: str
    thresholds: Mapping[str, float]
    article: Article | None
    parent: str | None
    languages: tuple[str, ...]
    annotated: bool
    token: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    What `comments:suggestscore` brings: a moderator's decision about a text.

    `scores` and `context` hold the fields that Google names and nothing else that was sent.
    """

    text: str
    scores: Mapping[str, object]
    context: Mapping[str, object] | None
    languages: tuple[str, ...]
    community: str | None
    stored: bool
    token: str | None


def read_analysis(body: Message, offered: Mapping[str, object]) -> Analysis:
    """Return what is asked; raises GoogleError for what Google's service refused."""
    text = _comment(body)
    drop = body.flag("dropUnsupportedAttributes")
    thresholds = _thresholds(body.entries("requestedAttributes"), offered, drop=drop)
    _, named = _context(body)
    article, parent = (
        readable(named.get(name, {}).get("text", "")) for name in ("article", "parentComment")
    )
    body.written_flag("doNotStore")  # nothing is ever stored here, but a wrong value is an error
    body.short("sessionId")
    body.short("communityId")
    return Analysis(
        text=text,
        thresholds=thresholds,
        article=_article(article) if article else None,
        parent=parent or None,
        languages=body.texts("languages"),
        annotated=body.flag("spanAnnotations"),
        token=body.short("clientToken"),
    )


def read_suggestion(body: Message) -> Suggestion:
    """Return what is suggested, for attributes of any name; raises GoogleError."""
    text = _comment(body)
    entries = body.entries("attributeScores")
    if not entries:
        message = "Missing attribute_scores"
        raise GoogleError(message)
    if sum(len(entry.messages("spanScores")) for entry in entries.values()) > _MAX_SPANS:
        message = f"Invalid value at 'attributeScores': it must have at most {_MAX_SPANS} spans."
        raise GoogleError(message)
    body.short("sessionId")
    return Suggestion(
        text=text,
        scores={name: _scores(name, entry) for name, entry in entries.items()},
        context=_kept_context(body),
        languages=body.texts("languages"),
        community=body.short("communityId"),
        stored=not body.written_flag("doNotStore"),
        token=body.short("clientToken"),
    )


def _comment(body: Message) -> str:
    """Return the comment's text."""
    comment = body.message("comment")
    text = (comment.text("text") if comment else None) or ""
    if comment and _text_type(comment) == "HTML":
        message = "Currently, only 'PLAIN_TEXT' comments are supported"
        raise GoogleError(message)
    if not text.strip():
        message = "Comment must be non-empty."
        raise GoogleError(message, "COMMENT_EMPTY")
    if size(text) > MAX_TEXT:
        message = "Comment text too long."
        allowed = {"comment.text": f"At most {MAX_TEXT} bytes of UTF-8."}
        raise GoogleError(message, "COMMENT_TOO_LONG", allowed=allowed)
    return text


def _text_type(entry: Message) -> str | None:
    """Return the type of a text, if one is given; refuse one that Google does not name."""
    kind = entry.text("type")
    if kind and kind not in TEXT_TYPES:
        message = "Unknown text type"
        raise GoogleError(message)
    return kind


def _thresholds(
    entries: Mapping[str, Message], offered: Mapping[str, object], *, drop: bool
) -> dict[str, float]:
    """Return the attributes that are asked for, each with the score below which it is left out."""
    if not entries:
        message = "Missing requested_attributes"
        raise GoogleError(message, "NO_REQUESTED_ATTRIBUTES")
    thresholds: dict[str, float] = {}
    for name, entry in entries.items():
        kind = entry.short("scoreType")
        threshold = entry.number("scoreThreshold")
        if name not in offered:
            continue
        _check_score_type(kind, name)
        thresholds[name] = 0.0 if threshold is None else threshold
    # Where nothing would be left the error is raised all the same: silence looks like a low score.
    unknown = [name for name in entries if name not in offered]
    if unknown and not (drop and thresholds):
        message = f"Unknown requested attribute: {unknown[0]}"
        raise GoogleError(message)
    return thresholds


def _check_score_type(kind: str | None, name: str) -> None:
    """Refuse a score type that is not served, or that does not exist."""
    if kind and kind not in _SERVED_SCORES:
        message = f"Requested score type {kind} is not supported by attribute {name}"
        raise GoogleError(message if kind in SCORE_TYPES else f"Unknown score type: {kind}")


def _context(body: Message) -> tuple[list[Entry], dict[str, Entry]]:
    """Return the free list of entries, and the article and the parent comment by these names."""
    context = body.message("context")
    if context is None:
        return [], {}
    entries = context.messages("entries")
    both = context.message("articleAndParentComment")
    if entries and both:
        message = (
            "Context can have either entries or article_and_parent_comment,"
            " but both fields were populated."
        )
        raise GoogleError(message)
    named = {name: both.message(name) for name in ("article", "parentComment")} if both else {}
    return (
        [_entry(entry) for entry in entries],
        {name: _entry(entry) for name, entry in named.items() if entry},
    )


def _entry(entry: Message) -> Entry:
    """Return one text of the context."""
    kind = _text_type(entry)
    text = entry.text("text") or ""
    if size(text) > _MAX_CONTEXT:
        message = f"Context text too long: it must be at most {_MAX_CONTEXT} bytes of UTF-8."
        raise GoogleError(message)
    return {"text": text, "type": kind} if kind else {"text": text}


def _kept_context(body: Message) -> dict[str, object] | None:
    """Return what is kept of the context."""
    entries, named = _context(body)
    total = sum(size(entry["text"]) for entry in (*entries, *named.values()))
    if total > _MAX_KEPT_CONTEXT:
        message = (
            "Context text too long:"
            f" with a suggestion it must be at most {_MAX_KEPT_CONTEXT} bytes of UTF-8 in all."
        )
        raise GoogleError(message)
    if entries:
        return {"entries": entries}
    return {"articleAndParentComment": named} if named else None


def _article(text: str) -> Article:
    """Return the article in a single text: a short first line is its title."""
    first, _, rest = text.strip().partition("\n")
    if len(first) > _LONGEST_TITLE:
        return Article(text=text)
    return Article(title=first, text=rest.strip())


def _scores(name: str, entry: Message) -> dict[str, object]:
    """Return the scores of one attribute; refuse an empty entry and a span without its place."""
    summary = entry.message("summaryScore")
    spans = entry.messages("spanScores")
    if summary is None and not spans:
        message = f"Attribute score for {name} is empty"
        raise GoogleError(message)
    scores: dict[str, object] = {"summaryScore": _score(name, summary)} if summary else {}
    if spans:
        scores["spanScores"] = [_span(name, span) for span in spans]
    return scores


def _span(name: str, span: Message) -> dict[str, object]:
    """Return the score of one part of the text."""
    begin, end = span.whole("begin"), span.whole("end")
    if begin is None or end is None or not 0 <= begin <= end <= MAX_TEXT:
        message = f"Span scores of {name} must have begin and end, from 0 to {MAX_TEXT}"
        raise GoogleError(message)
    score = span.message("score")
    if score is None:
        message = f"Span scores of {name} must have a score"
        raise GoogleError(message)
    return {"begin": begin, "end": end, "score": _score(name, score)}


def _score(name: str, score: Message) -> dict[str, float]:
    """Return a score, which is a probability whatever type is written; refuse what cannot be."""
    value = score.number("value")
    _check_score_type(score.short("type"), name)
    if value is None or not 0 <= value <= 1:
        message = f"Score value for {name} must be a number from 0 to 1"
        raise GoogleError(message)
    return {"value": value}
