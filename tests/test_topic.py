"""Where the topic signal asks the encoder, and that its scores are one scale either way."""

import numpy as np

from ombud.case import Case
from ombud.newsroom import Article
from ombud.rules import house_rules
from ombud.signals.topic import FEW, Topic
from ombud.subjects import names_something, subject
from ombud.vectors import shared

ARTICLE = Article(
    "Swing bridge to close for a month",
    "The swing bridge at Millbrook will close for repairs from 3 May, the county council said.\n"
    "Drivers will be sent round by Elton, which adds eleven miles; a free ferry is to carry people"
    " on foot from six in the morning to ten at night.",
)
TOPIC = Topic()
EXAMPLES = [
    case
    for rule in house_rules()
    if rule.id == "off_topic"
    for case in (*rule.lets_pass, *rule.catches)
    if isinstance(case, Case)
]


def scored(text: str) -> float:
    """Return the score of a comment under the article."""
    return float(TOPIC.score([Case(text, article=ARTICLE)])[0, 0])


def static(text: str) -> float:
    """Return the log-odds of a comment under the article without the encoder."""
    return float(TOPIC.static([Case(text, article=ARTICLE)])[0])


def alone(text: str) -> float:
    """Return the score that the networks alone lead to."""
    expected = TOPIC.expected(Case(text, article=ARTICLE))
    return round(float(1 / (1 + np.exp(expected - static(text)))), 4)


def test_the_encoder_is_asked_where_there_is_a_doubt() -> None:
    """Below the doubt the networks alone give the score, from there on the encoder changes it."""
    texts = [case.text for case in EXAMPLES if len(case.words) >= FEW]
    doubtful = [text for text in texts if static(text) >= TOPIC.bounds[0]]
    clear = [text for text in texts if static(text) < TOPIC.bounds[0]]

    assert clear
    assert [scored(text) for text in clear] == [alone(text) for text in clear]
    assert doubtful
    assert all(scored(text) != alone(text) for text in doubtful)


def test_naming_something_of_the_article_speaks_for_a_comment() -> None:
    """A telling word of the article or of the parent in any form counts, an everyday word not."""
    named = [
        Case("Ferries never run on time.", article=ARTICLE),
        Case("Repairs were long overdue.", article=ARTICLE),
        Case("My cake rose.", article=ARTICLE, parent="How do cakes rise?"),
    ]
    other = [
        Case("The morning was cold and I said so.", article=Article("Rain", "It was said.")),
        Case("My cake rose.", article=ARTICLE),
    ]

    assert [names_something(case, shared()) for case in named] == [True] * 3
    assert [names_something(case, shared()) for case in other] == [False] * 2
    assert TOPIC.expected(named[0]) > TOPIC.expected(other[0])


def test_few_words_fit_anywhere() -> None:
    """Too few words to break the clause are scored by the networks alone, in doubt as well."""
    text = "Vaccines galaxies telescope detectives striker"

    assert len(text.split()) < FEW
    assert static(text) >= TOPIC.bounds[0]
    assert scored(text) == alone(text)


def test_what_stops_early_is_no_finding() -> None:
    """The first layers have the last word only on what lies below a finding."""
    doubt, further = TOPIC.bounds

    assert doubt < 0
    assert further < TOPIC.expected(Case("So it goes.", article=ARTICLE))


def test_a_gist_leaves_out_everyday_words() -> None:
    """Of an article the title is read, then what its text speaks of, in its order."""
    gist = subject(shared(), ARTICLE.title, ARTICLE.text).gist

    assert gist.startswith("swing bridge to close for a month. swing bridge millbrook")
    assert "council" in gist
    assert " the " not in gist


def test_an_article_without_text_or_title_is_read() -> None:
    """Half an article is enough to score a comment by."""
    text = "Our striker is useless, two goals in thirty matches, sell him to anybody who will pay."
    halves = (Article(ARTICLE.title, ""), Article("", ARTICLE.text))

    scores = TOPIC.score([Case(text, article=half) for half in halves])

    assert np.isfinite(scores).all()


def test_a_batch_changes_no_score() -> None:
    """A comment under an article is scored alike by itself and among others."""
    together = TOPIC.score(EXAMPLES)

    assert together.tolist() == [TOPIC.score([case])[0].tolist() for case in EXAMPLES]
