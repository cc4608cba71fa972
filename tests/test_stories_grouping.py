"""Articles are put into stories: one event each, however alike the theme is."""

from dataclasses import replace
from math import prod

import numpy as np
import pytest

from ombud.stories.document import Document
from ombud.stories.grouping import attached, group, linked
from ombud.stories.likeness import Likeness
from ombud.text import Span, sentences

PIER = "Pier 4 in Norrvik will close in March because engineers found cracks in its pillars."
MEMBERS = "The seamen's union of Norrvik said its members had not been asked about pier 4."


def document(text: str, title: str = "", day: str | None = None) -> Document:
    """Return a text as a document that is all body."""
    return Document(
        "a", "b", text, Span(0, len(text)), tuple(sentences(text)), title, published_at=day
    )


ELSEWHERE = (
    "Farmers picked more apples than ever this autumn, the union of growers announced.",
    "The orchestra plays three concerts in the cathedral, and tickets cost nothing at all.",
    "A museum of lamps opens in the old mill of Sandholm with 300 exhibits.",
    "The council of Harwick wants to plant trees along the road to the airport.",
    "Three climbers were brought down from the ridge after a night of snow and wind.",
    "The bakers of the valley sell bread that is a day old at half of its price.",
)


@pytest.mark.parametrize(("day", "stories"), [("Thursday", 1), ("Monday", 2)])
def test_articles_that_name_other_days_are_less_alike(day: str, stories: int) -> None:
    """Figures that come each week are told in the same words; the day tells the weeks apart."""
    first = "On Thursday the port told the press of more passengers on its ferries to the islands."
    other = (
        f"Norrvik had a quiet week in its port, the harbour master told passengers on {day}, with"
        " hail, fog and hardly any visitors from abroad in hotels, shops or museums."
    )
    found = group([document(text) for text in (first, other, *ELSEWHERE)])
    assert len(found) == len(ELSEWHERE) + stories


def test_an_event_that_many_report_is_one_story() -> None:
    """More articles on an event than are looked at as the nearest do not fall apart."""
    reports = [document(f"{PIER} {MEMBERS} It was built in {1900 + n}.") for n in range(25)]
    others = [document(text) for text in ELSEWHERE for _ in range(6)]
    assert list(range(25)) in group(reports + others)


def test_articles_that_share_a_word_or_two_are_not_put_together() -> None:
    """In a small pile the nearest article may be of something else altogether."""
    texts = (PIER, *ELSEWHERE[:2])
    assert group([document(text) for text in texts]) == [[0], [1], [2]]


def test_what_is_known_grows_and_never_joins() -> None:
    """A new article joins the story it belongs to; stories that are there stay two."""
    documents = [document(PIER), document(PIER), document(f"{PIER} {MEMBERS}"), document("Other.")]
    found = group(documents, known=[[0], [1]])
    assert sorted(map(len, found)) == [1, 1, 2]
    assert not any({0, 1} <= set(members) for members in found)


def test_known_stories_keep_all_their_articles() -> None:
    """What was put together before stays so, even where it would not be put together today."""
    assert [0, 1] in group([document(PIER), document("Apples are ripe.")], known=[[0, 1]])


def test_days_keep_stories_apart_for_all_their_articles() -> None:
    """An article is in no story of which one article is too many days away."""
    first, second, third = (
        replace(document(PIER), published_at=day)
        for day in ("2026-03-01", "2026-03-04", "2026-03-07")
    )
    assert group([first, second, third]) == [[0, 1], [2]]


def test_groups_grow_by_the_mean() -> None:
    """An article that is alike to one of two, and not at all to the other, joins on the mean."""
    alike = np.array([[9.0, 3.0, 2.2], [3.0, 9.0, 0.4], [2.2, 0.4, 9.0]])
    assert linked(alike, 1.3) == [[0, 1, 2]]
    assert linked(alike, 1.31) == [[0, 1], [2]]
    assert linked(np.zeros((0, 0)), 1.0) == []


def test_likeness_is_the_cosine_of_the_weights_of_words_few_or_many_texts_have() -> None:
    """Words that few texts share and words that most do are multiplied apart, to one sum."""
    texts = [f"The port closes pier {n // 2} of quay {n % 7} in Norrvik" for n in range(60)]
    found = Likeness(texts)
    for one, other in ((0, 0), (0, 1), (3, 10), (5, 59)):
        ours, theirs = found.weights[one], found.weights[other]
        product = sum(weight * theirs.get(root, 0.0) for root, weight in ours.items())
        lengths = [sum(weight**2 for weight in weights.values()) for weights in (ours, theirs)]
        assert found.matrix[one, other] == pytest.approx(product / prod(lengths) ** 0.5, abs=1e-6)


def test_an_article_left_alone_joins_a_story_that_is_nearly_near_enough() -> None:
    """It joins one of several; a story that is known stays itself, and what is far stays alone."""
    near = np.full((4, 4), 0.1)
    near[0, 1] = near[1, 0] = 2.0
    near[2, :2] = near[:2, 2] = 1.0
    assert attached(near, [[0, 1], [2], [3]], 0.96, []) == [[0, 1, 2], [3]]
    assert attached(near, [[0, 1], [2], [3]], 0.96, [[2]]) == [[0, 1], [2], [3]]
    assert attached(near, [[0, 1], [2], [3]], 1.1, []) == [[0, 1], [2], [3]]


def test_one_event_told_in_other_words_is_one_story() -> None:
    """What articles mean counts beside the words they share, which may be few."""
    reports = (
        "The prime minister stepped down on Sunday after losing the vote of confidence.",
        "Premier resigns: no confidence, said parliament, and he left office a day later.",
    )
    found = group([document(text) for text in (*reports, *ELSEWHERE)])
    assert [0, 1] in found
