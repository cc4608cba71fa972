"""Another name in the same role: whom two outlets name differently."""

import pytest

from ombud.stories.document import Document
from ombud.stories.dossiers import dossier
from ombud.stories.naming import other_names
from ombud.stories.reading import read
from ombud.stories.showing import as_text

CLOSED = "closed pier 4 in Norrvik because engineers found cracks in its columns."


def story(**texts: str) -> list[Document]:
    """Return texts of one sentence as articles."""
    return [read(name, f"The pier\n\n{text}\n".encode()).document for name, text in texts.items()]


def told(one: str, other: str) -> list[tuple[str, str]]:
    """Return the names that two sentences set side by side."""
    first, second = ((document, document.sentences[0]) for document in story(a=one, b=other))
    return [(left.quote(one), right.quote(other)) for left, right in other_names(first, second)]


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        (f"Mayor Anna Lund {CLOSED}", f"Mayor Peter Berg {CLOSED}", ("Anna Lund", "Peter Berg")),
        (f"Mayor Lund {CLOSED}", f"Mayor Berg {CLOSED}", ("Lund", "Berg")),
        (
            f"Anna Lund, the mayor of Norrvik, {CLOSED}",
            f"On Monday Norrvik mayor Peter Berg {CLOSED}",
            ("Anna Lund", "Peter Berg"),
        ),
        (
            "Police identified the man who fell from pier 4 in Norrvik as John Berg.",
            "The man who fell from pier 4 in Norrvik was identified as Peter Lund.",
            ("John Berg", "Peter Lund"),
        ),
        (
            "The man who fell from pier 4 in Norrvik was named as John Berg on Monday.",
            "The man who fell from pier 4 in Norrvik was identified as Peter Lund.",
            ("John Berg", "Peter Lund"),
        ),
    ],
)
def test_two_names_in_one_role_stand_side_by_side(
    one: str, other: str, names: tuple[str, str]
) -> None:
    """A role before a name, after it in commas, or "identified as"."""
    assert told(one, other) == [names]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Many are senators.
        (f"Sen. Anna Lund {CLOSED}", f"Sen. Peter Berg {CLOSED}"),
        # Mayors of two towns.
        (f"Norrvik mayor Anna Lund {CLOSED}", f"Sandholm mayor Peter Berg {CLOSED}"),
        # One of them knows both.
        (f"Mayor Anna Lund {CLOSED}", f"Mayor Peter Berg, who follows Anna Lund, {CLOSED}"),
        # They say different things.
        (f"Mayor Anna Lund {CLOSED}", "Mayor Peter Berg opened a harvest market for apples."),
        # The same person, by another spelling, and more fully.
        (f"Mayor Anna Lündt {CLOSED}", f"Mayor Anna Lundt {CLOSED}"),
        (f"Mayor Anna Lund {CLOSED}", f"Mayor Lund {CLOSED}"),
    ],
)
def test_names_that_may_both_be_right_are_not_set_side_by_side(one: str, other: str) -> None:
    """Who may be two people, or one, is no difference."""
    assert told(one, other) == []


def test_a_dossier_shows_names_that_differ_as_slices_of_the_articles() -> None:
    """The pair differs in detail, and both names are told."""
    documents = story(a=f"Mayor Anna Lund {CLOSED}", b=f"Mayor Peter Berg {CLOSED}")
    made = dossier(documents)
    assert made.claims[0].relation == "differ_in_detail"
    assert 'name: "Anna Lund" against "Peter Berg"' in "\n".join(as_text(made))
