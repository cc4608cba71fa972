"""What a client of Google's Comment Analyzer asks for, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ombud.newsroom import Article
from ombud.web.messages import Message
from ombud.web.wire import GoogleError

MAX_TEXT: Final = 20_480
"""Bytes of a comment in UTF-8: our reading of Google's "20 KB"."""
_MAX_CONTEXT: Final = 2**20
_PLAIN: Final = ("PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED")
_SERVED_SCORES: Final = ("PROBABILITY", "SCORE_TYPE_UNSPECIFIED")
_KNOWN_SCORES: Final = (*_SERVED_SCORES, "STD_DEV_SCORE", "PERCENTILE", "RAW")
_LONGEST_TITLE: Final = 300


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
    """What `comments:suggestscore` brings: a moderator's decision about a text."""

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
    article, parent = _context(body)
    body.written_flag("doNotStore")  # nothing is ever stored here, but a wrong value is an error
    body.text("sessionId")
    body.text("communityId")
    return Analysis(
        text=text,
        thresholds=thresholds,
        article=article,
        parent=parent,
        languages=body.texts("languages"),
        annotated=body.flag("spanAnnotations"),
        token=body.text("clientToken"),
    )


def read_suggestion(body: Message) -> Suggestion:
    """Return what is suggested, for attributes of any name; raises GoogleError."""
    text = _comment(body)
    entries = body.entries("attributeScores")
    if not entries:
        message = "Missing attribute_scores"
        raise GoogleError(message)
    for name, entry in entries.items():
        _check_scores(name, entry)
    _context(body)
    context = body.message("context")
    body.text("sessionId")
    return Suggestion(
        text=text,
        scores={name: entry.content for name, entry in entries.items()},
        context=context.content if context else None,
        languages=body.texts("languages"),
        community=body.text("communityId"),
        stored=not body.written_flag("doNotStore"),
        token=body.text("clientToken"),
    )


def _comment(body: Message) -> str:
    """Return the comment's text."""
    comment = body.message("comment")
    text = (comment.text("text") if comment else None) or ""
    if comment and comment.text("type") == "HTML":
        message = "Currently, only 'PLAIN_TEXT' comments are supported"
        raise GoogleError(message)
    if comment:
        _check_type(comment)
    if not text.strip():
        message = "Comment must be non-empty."
        raise GoogleError(message, "COMMENT_EMPTY")
    if _size(text) > MAX_TEXT:
        message = "Comment text too long."
        raise GoogleError(message, "COMMENT_TOO_LONG")
    return text


def _size(text: str) -> int:
    """Return the length in UTF-8; a lone surrogate counts as the three bytes it would take."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _check_type(entry: Message) -> None:
    """Refuse a text type that Google does not name."""
    if (entry.text("type") or _PLAIN[0]) not in (*_PLAIN, "HTML"):
        message = "Unknown text type"
        raise GoogleError(message)


def _thresholds(
    entries: Mapping[str, Message], offered: Mapping[str, object], *, drop: bool
) -> dict[str, float]:
    """Return the attributes that are asked for, each with the score below which it is left out."""
    if not entries:
        message = "Missing requested_attributes"
        raise GoogleError(message, "NO_REQUESTED_ATTRIBUTES")
    thresholds: dict[str, float] = {}
    for name, entry in entries.items():
        kind = entry.text("scoreType") or _SERVED_SCORES[0]
        threshold = entry.number("scoreThreshold")
        if name not in offered:
            continue
        if kind not in _SERVED_SCORES:
            _refuse_score_type(kind, name)
        thresholds[name] = 0.0 if threshold is None else threshold
    # Where nothing would be left the error is raised all the same: silence looks like a low score.
    unknown = [name for name in entries if name not in offered]
    if unknown and not (drop and thresholds):
        message = f"Unknown requested attribute: {unknown[0]}"
        raise GoogleError(message)
    return thresholds


def _refuse_score_type(kind: str, name: str) -> None:
    """Raise the error for a score type that is not served, or that does not exist."""
    message = f"Requested score type {kind} is not supported by attribute {name}"
    raise GoogleError(message if kind in _KNOWN_SCORES else f"Unknown score type: {kind}")


def _context(body: Message) -> tuple[Article | None, str | None]:
    """Return the article and the parent comment; a free list of entries is checked and ignored."""
    context = body.message("context")
    if context is None:
        return None, None
    entries = context.messages("entries")
    both = context.message("articleAndParentComment")
    if entries and both:
        message = (
            "Context can have either entries or article_and_parent_comment,"
            " but both fields were populated."
        )
        raise GoogleError(message)
    for entry in entries:
        _context_text(entry)
    article = _context_text(both.message("article")) if both else ""
    parent = _context_text(both.message("parentComment")) if both else ""
    return _article(article) if article else None, parent or None


def _context_text(entry: Message | None) -> str:
    """Return the text of one entry of the context."""
    if entry is None:
        return ""
    _check_type(entry)
    text = entry.text("text") or ""
    if _size(text) > _MAX_CONTEXT:
        message = "Context text too long."
        raise GoogleError(message)
    return text


def _article(text: str) -> Article:
    """Return the article in a single text: a short first line is its title."""
    first, _, rest = text.strip().partition("\n")
    if len(first) > _LONGEST_TITLE:
        return Article(text=text)
    return Article(title=first, text=rest.strip())


def _check_scores(name: str, entry: Message) -> None:
    """Refuse an empty entry, a span without its place, and a score that is no probability."""
    summary = entry.message("summaryScore")
    spans = entry.messages("spanScores")
    if summary is None and not spans:
        message = f"Attribute score for {name} is empty"
        raise GoogleError(message)
    if summary:
        _check_score(name, summary)
    for span in spans:
        begin, end = span.whole("begin"), span.whole("end")
        if begin is None or end is None or not 0 <= begin <= end:
            message = f"Span scores of {name} must have begin and end"
            raise GoogleError(message)
        score = span.message("score")
        if score is None:
            message = f"Span scores of {name} must have a score"
            raise GoogleError(message)
        _check_score(name, score)


def _check_score(name: str, score: Message) -> None:
    """Refuse a score without a value, or with one that its type cannot have."""
    value = score.number("value")
    kind = score.text("type") or _SERVED_SCORES[0]
    if kind not in _SERVED_SCORES:
        _refuse_score_type(kind, name)
    if value is None or not 0 <= value <= 1:
        message = f"Score value for {name} must be a number from 0 to 1"
        raise GoogleError(message)
