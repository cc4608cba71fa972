"""
No impersonation.

Do not sign with a name that looks like that of a member of our staff, the author of the article, a
person in the story or another reader, and do not claim to be one of them.
People may share a name: a moderator looks before anything happens.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.lexicon import phrases
from ombud.lexicon.names import likeness, names_in, skeleton
from ombud.newsroom import Article
from ombud.policy import Finding, Rule

_OFFICES = frozenset(
    "moderator moderators moderation admin administrator editor editors newsdesk newsroom editorial"
    " webmaster sysadmin".split()
)
_COMPANIONS = _OFFICES | frozenset(
    "the team site comments comment chief staff desk official news community our your web".split()
)
_LONGEST_NAME = 200
_STAFF = "a member of our staff"
_CLAIMS = phrases("impersonation_phrases")
_I_AM = phrases("introductions")


def detect(
    case: Case,
    *,
    protected: tuple[str, ...] = (),
    min_score: float = 0.5,
    min_unnamed: float = 0.8,
) -> Iterator[Finding]:
    """
    Compare the signature with protected names, and look for claims in the text.

    `protected`: names that nobody else may sign with, such as staff and verified readers.
    `min_score`: score of the model from which it is enough without a turn of phrase.
    `min_unnamed`: the same where nobody is known who could be impersonated.
    """
    named = _protected(case, protected)
    if case.author is not None:
        yield from _signature(case.author.name[:_LONGEST_NAME], named)
    score = case.scores.get("IMPERSONATION", 0.0)
    for span in _CLAIMS.find(case.folded):
        yield Finding("This claims to be staff or somebody in the story.", max(score, 0.7), span)
        return
    by_last = {parts[-1]: (parts, whose) for whose in named if (parts := skeleton(whose[1]))}
    for span in _I_AM.find(case.folded):
        for part in skeleton(introduction := span.quote(case.text)):
            parts, (kind, name) = by_last.get(part, ((), ("", "")))
            if _introduces(introduction, parts):
                yield Finding(f"This claims to be {name}, {kind}.", max(score, 0.8), span)
                return
    # Talk to the moderators, and traders who say who they are, resemble claims to be somebody.
    others = max(case.scores.get("POLICY_TALK", 0.0), case.scores.get("PROMOTION", 0.0))
    if score >= (min_score if named else min_unnamed) and score > others:
        yield Finding("This claims to be somebody else.", score, case.scores.span("IMPERSONATION"))


def _introduces(introduction: str, name: tuple[str, ...]) -> bool:
    """Whether somebody gives the whole name, or the last one with "here", as in "Quill here"."""
    claimed = set(skeleton(introduction))
    here = introduction.lower().rstrip().endswith("here")
    return len(name) > 1 and (claimed >= set(name) or (here and name[-1] in claimed))


def _protected(case: Case, extra: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return whose names are protected in this case: what they are, and the name."""
    article = case.article or Article()
    byline = article.byline.removeprefix("By ").partition(",")[0]
    authors = [name.strip() for name in byline.replace(" and ", "&").split("&") if name]
    return [
        *(("the author of the article", name) for name in authors),
        *((_STAFF, name) for name in (*case.staff, *extra)),
        *(("a person in the story", name) for name in names_in(f"{article.title}\n{article.text}")),
        *(("another reader", name) for name in case.readers),
    ]


def _signature(signed: str, named: list[tuple[str, str]]) -> Iterator[Finding]:
    """Yield at most one finding: whose name the signature looks like."""
    parts = set(skeleton(signed)) or set(signed.lower().split())
    if parts & _OFFICES and parts <= _COMPANIONS:
        yield Finding(f'Signed "{signed}", which reads as our staff.', 0.8)
        return
    alike = [(likeness(signed, name, alone=kind == _STAFF), kind, name) for kind, name in named]
    closest, kind, name = max(alike, default=(0.0, "", ""))
    if closest:
        yield Finding(f'Signed "{signed}", which looks like {name}, {kind}.', closest)


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
