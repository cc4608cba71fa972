"""
Picks: civil, relevant comments that come to the point and together cover different views.

Proposed one after another: each next one is the best of those that say least again of what the
picks so far say (maximal marginal relevance: Carbonell and Goldstein 1998, over word vectors).
Nothing is picked until somebody chooses it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ombud.newsroom import Article, Comment
from ombud.policy import Decision
from ombud.store import articles, decisions, queue
from ombud.store.queue import Wanted
from ombud.text import fold, words
from ombud.vectors import UNKNOWN, Words, WordVectors, shared

Singles = NDArray[np.float32]
_LOOKED_AT: Final = 1000
"""Latest approved comments of an article that are looked at."""
_SHORTEST, _LONGEST = 8, 150
"""Words of a comment that makes a point, and makes it quickly."""
_SHORT: Final = 60
_UNCIVIL: Final = (
    "TOXICITY",
    "INSULT",
    "IDENTITY_ATTACK",
    "THREAT",
    "PROFANITY",
    "ATTACK_ON_AUTHOR",
    "ATTACK_ON_COMMENTER",
    "INFLAMMATORY",
)
_CIVIL: Final = 0.7
_ON_TOPIC: Final = 0.5
_NEAR: Final = 0.35
"""Nearness to the article from which a comment is plainly about it."""
_QUALITY: Final = 0.5
"""How much the quality of a comment counts; the rest is what it adds."""
_AGAIN: Final = 0.92
"""Likeness from which a comment only says again what a pick says already."""
_TELLING: Final = 0.75
"""SIF weight from which a word says what a comment is about."""
_NAMED: Final = 3
_NEW_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A comment worth picking, or picked already (`comment.picked`), and why."""

    comment: Comment
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A comment with what speaks for it; `told` are the words that say what it is about."""

    comment: Comment
    quality: float
    near: float
    length: int
    vector: Singles
    told: tuple[str, ...]


def proposed(tx: Connection, article: int, most: int = 6) -> list[Proposal]:
    """
    Return what is picked under an article, and then up to `most` comments worth picking.

    The same comments always lead to the same proposals.
    """
    known = articles.one(tx, article)
    if known is None:
        return []
    wanted = Wanted(state="approved", order="newest", article=article)
    found, _ = queue.page(tx, wanted, None, _LOOKED_AT)
    found = [one for one in found if one.text is not None]
    judged = decisions.of(tx, [one.id for one in found])
    picked = [one for one in found if one.picked]
    worth = [one for one in found if not one.picked and _worthy(one, judged.get(one.id))]
    candidates = _read([*picked, *worth], judged, known.article)
    chosen = candidates[: len(picked)]
    before = [Proposal(one.comment, ("Picked already.",)) for one in chosen]
    return [*before, *_chosen(chosen, candidates[len(picked) :], most)]


def civility(decision: Decision | None) -> float:
    """Return how civil a comment is, from 0 to 1, by all that was scored."""
    scores = decision.scores if decision else {}
    return 1 - max((scores.get(name, 0.0) for name in _UNCIVIL), default=0.0)


def _worthy(comment: Comment, decision: Decision | None) -> bool:
    """Whether a comment is civil, on the topic and of a fitting length, and a reader's own."""
    if comment.staff or comment.text is None or (decision and decision.findings):
        return False
    off_topic = decision.scores.get("OFF_TOPIC", 0.0) if decision else 0.0
    fits = _SHORTEST <= len(words(comment.text)) <= _LONGEST
    return fits and civility(decision) >= _CIVIL and off_topic < _ON_TOPIC


def _read(
    found: Sequence[Comment], judged: dict[int, Decision], article: Article
) -> list[_Candidate]:
    """Return comments with how good each is and what it is about."""
    vectors = shared()
    texts = [fold(one.text or "").text for one in found]
    seen = vectors.words([*texts, fold(f"{article.title}\n{article.text}").text])
    means = vectors.means(seen)
    near = (means[:-1] @ means[-1]).astype(np.float64)
    made = []
    for row, (comment, text) in enumerate(zip(found, texts, strict=True)):
        length = len(words(comment.text or ""))
        about = min(max(float(near[row]), 0.0), 1.0)
        decision = judged.get(comment.id)
        substance = 1 - (decision.scores.get("UNSUBSTANTIAL", 0.0) if decision else 0.0)
        quick = min(1.0, _SHORT / max(length, 1)) ** 0.5
        quality = civility(decision) * quick * substance * (0.5 + 0.5 * about)
        told = _told(seen, row, text, vectors)
        made.append(_Candidate(comment, quality, about, length, means[row], told))
    return made


def _told(seen: Words, row: int, text: str, vectors: WordVectors) -> tuple[str, ...]:
    """Return the words of one text that say what it is about, the most telling first."""
    places = range(int(seen.rows[row]), int(seen.rows[row + 1]))
    weighed = {
        text[seen.begins[place] : seen.ends[place]]: float(vectors.weight[seen.ids[place]])
        for place in places
        if seen.ids[place] != UNKNOWN and vectors.weight[seen.ids[place]] > _TELLING
    }
    telling = (one for one in weighed if one.isalpha())
    return tuple(sorted(telling, key=lambda one: (-weighed[one], one)))


def _chosen(
    chosen: Sequence[_Candidate], left: Sequence[_Candidate], most: int
) -> Iterable[Proposal]:
    """Yield the best of what is left, each time by what the picks so far do not say."""
    picks = list(chosen)
    rest = list(left)
    for _ in range(most):
        readers = {one.comment.reader for one in picks}
        again = {one.comment.id: _likeness(one, picks) for one in rest}
        rest = [
            one
            for one in rest
            if one.comment.reader not in readers and again[one.comment.id] < _AGAIN
        ]
        if not rest:
            return
        best = max(
            rest,
            key=lambda one: (
                _QUALITY * one.quality - (1 - _QUALITY) * again[one.comment.id],
                -one.comment.id,
            ),
        )
        rest.remove(best)
        yield Proposal(best.comment, _reasons(best, picks))
        picks.append(best)


def _likeness(one: _Candidate, picks: Sequence[_Candidate]) -> float:
    """Return how near a comment is to the nearest of the picks."""
    return max((float(one.vector @ pick.vector) for pick in picks), default=0.0)


def _reasons(one: _Candidate, picks: Sequence[_Candidate]) -> tuple[str, ...]:
    """Say in plain words what speaks for a comment, beside the picks before it."""
    length = f"{one.length} words"
    found = ["Civil, and " + ("short: " if one.length <= _SHORT else "not long: ") + length + "."]
    if one.near >= _NEAR:
        found.append("On the article's subject.")
    if picks:
        said = {word for pick in picks for word in pick.told}
        new = [word for word in one.told if word not in said]
        if len(new) >= _NEW_SHARE * len(one.told) and new:
            named = ", ".join(f"\u201c{word}\u201d" for word in new[:_NAMED])
            found.append(f"Brings up what the picks before it do not: {named}.")
        else:
            found.append("Adds more to the picks before it than the comments that are left.")
    return tuple(found)
