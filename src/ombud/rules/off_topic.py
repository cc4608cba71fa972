"""
Stay on the article's topic.

Comments belong to the article they stand under: to what it reports, to what follows from it, or to
what another reader has said about it.
A moderator looks at every comment that seems to be about something else; none is deleted for it
automatically.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.newsroom import Article
from ombud.policy import Finding, Rule


def detect(case: Case, *, min_score: float = 0.5, min_words: int = 6) -> Iterator[Finding]:
    """
    Ask the model whether the comment speaks of the article, its consequences or the parent.

    `min_score`: score from which it does not.
    `min_words`: shorter comments fit anywhere.
    """
    if case.article is None or len(case.words) < min_words:
        return
    score = case.scores.get("OFF_TOPIC", 0.0)
    if score >= min_score:
        why = f'This does not speak of "{case.article.title}".'
        yield Finding(why, score, case.scores.span("OFF_TOPIC"))


_BRIDGE = Article(
    "Swing bridge to close for a month",
    "The swing bridge at Millbrook will close for repairs from 3 May, the county council said.\n"
    "Drivers will be sent round by Elton, which adds eleven miles; a free ferry is to carry people"
    " on foot from six in the morning to ten at night.\n"
    "Shopkeepers on the far side fear for their trade and have asked for lower rates.",
    "By Ida Norr",
)


def _case(text: str, parent: str | None = None) -> Case:
    """Return an example under the article on the bridge."""
    return Case(text, article=_BRIDGE, parent=parent)


rule = Rule(
    detect=detect,
    hold=0.5,
    delete=None,
    signals=("topic",),
    lets_pass=(
        _case("About time too."),
        _case("My shop lost half its trade the last time they closed it."),
        _case("It is eleven miles round by Elton. My petrol, my time."),
        _case("A ferry at six is no use to the night shift at the hospital."),
        _case("They did the same in our town and it took a year."),
        _case("Well said.", "The council never asks the people who use it."),
        _case("The county has known about the rust on it since 2011."),
        _case("Will the ferry take bicycles?"),
        "Where no article is known anything goes, my aunt's recipe for plum jam too.",
    ),
    catches=(
        _case(
            "Our striker is useless, two goals in thirty matches, sell him to anybody who will pay."
        ),
        _case("Vaccines for children should be a matter for their parents and their doctor alone."),
        _case("My cake did not rise, I used baking powder and three eggs, what did I do wrong?"),
        _case("My cat has been sick all week and the vet costs a fortune."),
        _case("Has anybody else had their pension letter from the ministry with a wrong number?"),
        _case(
            "Has anybody watched the new detective series on television, the ending was a let-down."
        ),
        _case("Immigration is what the election will be about, and both parties will lose it."),
        _case("The telescope photographs of distant galaxies are the finest science in years."),
    ),
)
