"""
No impersonation.

Do not sign with a name that looks like that of a member of our staff, the author of the article, a
person in the story or another reader, and do not claim to be one of them.
People may share a name: a moderator looks before anything happens.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.lexicon import phrases
from ombud.lexicon.persons import authors, persons_in
from ombud.lexicon.signatures import Protected, alike, as_written, introduced, speaks_for
from ombud.newsroom import Article, Reader
from ombud.policy import Finding, Rule

_CLAIMS = {
    "the author of the article": phrases("author_claims"),
    "our staff": phrases("staff_claims"),
    "somebody in the story": phrases("impersonation_phrases"),
}
_AUTHOR, _STAFF, _STORY = _CLAIMS
_I_AM = phrases("introductions")
_SURE = 0.9
_VOUCHED = ("a person in the story", "another reader")


def detect(
    case: Case,
    *,
    protected: tuple[str, ...] = (),
    min_score: float = 0.5,
    min_unnamed: float = 0.8,
) -> Iterator[Finding]:
    """
    Compare the signature with protected names, and claims in the text with who is signed in.

    `protected`: names that nobody else may sign with, such as staff and verified readers.
    `min_score`: score of the model from which it is enough without a turn of phrase.
    `min_unnamed`: the same where nobody is known who could be impersonated.
    """
    groups = _protected(case, protected)
    author = case.author or Reader("")
    if not author.staff:
        yield from _signature(author, groups, case.outlet)
    proven = _proven(author, groups)
    score = case.scores.get("IMPERSONATION", 0.0)
    for whose, claims in _CLAIMS.items():
        for span in claims.find(case.folded) if whose not in proven else ():
            yield Finding(f"This claims to be {whose}.", max(score, 0.7), span)
            return
    for span in _I_AM.find(case.folded):
        if one := introduced(span.quote(case.text), groups, unless=author.proven):
            yield Finding(f"This claims to be {one.name}, {one.whose}.", max(score, one.sure), span)
            return
    # Talk to the moderators, and traders who say who they are, resemble claims to be somebody.
    others = max(case.scores.get("POLICY_TALK", 0.0), case.scores.get("PROMOTION", 0.0))
    enough = min_score if any(group.names for group in groups) else min_unnamed
    if score >= enough and score > others and not proven:
        yield Finding("This claims to be somebody else.", score, case.scores.span("IMPERSONATION"))


def _protected(case: Case, extra: tuple[str, ...]) -> list[Protected]:
    """Return whose names are protected in this case."""
    article = case.article or Article()
    return [
        Protected(_AUTHOR, authors(article.byline), known=True),
        Protected("a member of our staff", (*case.staff, *extra), alone=True, known=True),
        Protected(_VOUCHED[0], persons_in(f"{article.title}\n{article.text}"), known=True),
        Protected(_VOUCHED[1], case.readers),
    ]


def _proven(author: Reader, groups: list[Protected]) -> frozenset[str]:
    """Return what the one who is signed in may truly claim to be."""
    own = [alike(author.proven, [group])[:1] for group in (groups[0], groups[2])]
    wrote, told_of = (any(one.sure >= _SURE for one in found) for found in own)
    true = {_STAFF: author.staff, _AUTHOR: author.staff and wrote, _STORY: told_of}
    return frozenset(whose for whose, known in true.items() if known)


def _signature(author: Reader, groups: list[Protected], outlet: str) -> Iterator[Finding]:
    """Yield at most one finding: whose name the signature looks like."""
    if sure := speaks_for(author.name, outlet):
        yield Finding(f'Signed "{author.name}", which reads as our staff.', sure)
        return
    for one in alike(author.name, groups):
        same = as_written(author.name) == as_written(one.name)
        if not (author.verified and one.whose in _VOUCHED and (same or one.sure < _SURE)):
            how = "the same name as" if same else "which looks like"
            yield Finding(f'Signed "{author.name}", {how} {one.name}, {one.whose}.', one.sure)
            return


rule = Rule(
    detect=detect,
    hold=0.5,
    signals=("intent",),
    lets_pass=(
        "As a nurse of twenty years I can tell you that this is nothing new.",
        "If I were the mayor I would open the bridge tomorrow.",
        "Mayor Quill is in her third term now.",
        "I am no expert, but the figures look odd.",
        "I was a reporter once, a long time ago.",
        "I am Spartacus.",
        "Thanks to the author for a fair piece.",
        "My sister works with the man who built the bridge.",
    ),
    catches=(
        "As the author of this article I can assure you that every word is true.",
        "This is the moderation team. Your account will be closed.",
        "As the councillor quoted in the article, I want to set the record straight.",
        "Official statement from the Harbour Authority: the bridge is safe.",
        "I wrote this piece, and I stand by it.",
        "Editor here: the next one who says so is out.",
        "I'm the man in the photo, and I never said that I would sell.",
        "We at the newsroom have seen your messages.",
    ),
)
