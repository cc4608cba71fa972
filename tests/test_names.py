"""What is left of names without disguises, how alike two are, and which ones are persons'."""

import pytest

from ombud.lexicon.likeness import likeness
from ombud.lexicon.names import skeleton
from ombud.lexicon.persons import authors, persons_in
from ombud.lexicon.signatures import Protected, alike


@pytest.mark.parametrize(
    "signed",
    [
        "dana quill",
        "Quill, Dana",
        "DanaQuill",
        "d.a.n.a q.u.i.l.l",
        "D a n a Q u i l l",
        "Dana Qui11",
        "Dana QuiIl",
        "Dana Qui||",
        "@danaquill",
        "dana.quill@post.example",
        "Dаnа Quіll",
        "Ｄａｎａ Ｑｕｉｌｌ",
        "𝐃𝐚𝐧𝐚 𝐐𝐮𝐢𝐥𝐥",
        "🅳🅰🅽🅰 🆀🆄🅸🅻🅻",
        "Dánà Quíll",
        "Dan\u200ba Qu\u200dill",
        "\u202elliuQ anaD",
        "Dana \u202elliuQ\u202c",
        "Real Dana Quill",
        "therealdanaquill",
        "Dana Quill (official)",
        "DanaQuill1985",
    ],
)
def test_disguises_do_not_make_another_name(signed: str) -> None:
    """The same name but for what hides it is the same."""
    assert likeness(signed, "Dana Quill") == 1.0


@pytest.mark.parametrize(
    ("signed", "name", "sure"),
    [
        ("VVendy Bumett", "Wendy Burnett", 1.0),
        ("W.e.n.d.y.B.u.r.n.e.t.t", "Wendy Burnett", 1.0),
        ("W Burnett ✓", "Wendy Burnett", 0.6),
        ("Dana Quill (Harbour Town)", "Dana Quill", 1.0),
        ("F. MacQuill", "Fiona MacQuill", 0.6),
        ("Fiona Mc Quill", "Fiona McQuill", 1.0),
        ("Jon Smith", "John Smith", 0.8),
        ("Stephen Hale", "Steven Hale", 0.8),
        ("Dana Quil", "Dana Quill", 0.8),
        ("Ludwig Beethoven", "Ludwig van Beethoven", 0.9),
        ("van Beethoven, L.", "Ludwig van Beethoven", 0.6),
        ("Torbjoern Ek", "Torbjörn Ek", 1.0),
        ("J-L Moreau", "Jean-Luc Moreau", 0.6),
        ("Dana M. Quill", "Dana Quill", 0.8),
        ("Dana Marie Quill", "Dana Quill", 0.55),
        ("Dana Quill", "Dana Marie Quill", 0.9),
        ("dquill", "Dana Quill", 0.6),
        ("Dana Q.", "Dana Quill", 0.55),
        ("Bob Quillan", "Robert Quillan", 0.55),
        ("bridgewatcher", "bridgewatcher42", 0.7),
        ("Mayor Quill", "Theresa May", 0.0),
    ],
)
def test_how_sure_a_likeness_is(signed: str, name: str, sure: float) -> None:
    """Names that are shortened, misspelled or added to are less sure than disguised ones."""
    assert likeness(signed, name) == sure


@pytest.mark.parametrize(
    ("signed", "name"),
    [
        *(("Don Marsh", "Dan Marsh"), ("Joan Hale", "Jon Hale"), ("Marie Lopez", "Maria Lopez")),
        *(("Denise Hale", "Denis Hale"), ("Nell Quill", "Neil Quill"), ("Li Wo", "Li Wu")),
        *(("Dara Quill", "Clara Quill"), ("Dana", "Dana Quill"), ("Quill", "Dana Quill")),
        *(("محمود علي", "محمد علي"), ("Вера Котов", "Вера Котова"), ("🌊", "🌊")),
        *(("\u0301\u0302", "\u0301\u0302"), ("Concerned Citizen", "Concerned Citizen")),
        *(("", "42"), ("Dana Quill", "")),
    ],
)
def test_other_peoples_names_are_free(signed: str, name: str) -> None:
    """A word that differs and is a name of its own makes another name."""
    assert likeness(signed, name) == 0.0


def test_long_names_of_hostile_letters_end() -> None:
    """Walls of marks, joiners and letters give an answer."""
    for wall in ("\u0301" * 10_000, "\u202e" * 10_000, "a" * 10_000, "A\ud800" * 5_000):
        assert likeness(wall, "Dana Quill") == 0.0
        assert isinstance(skeleton(wall), tuple)
        assert isinstance(authors(wall), tuple)
        assert persons_in(f"{wall} said.") == ()


def test_the_surest_of_many_names_comes_first() -> None:
    """Of all protected names those that look alike are found, whoever they belong to."""
    many = tuple(f"Reader{chr(97 + n % 26)} Okonkwo{chr(97 + n // 26)}" for n in range(500))
    groups = [Protected("another reader", (*many, "D. Quill")), Protected("staff", ("Dana Quill",))]

    assert [(one.name, one.whose) for one in alike("DanaQui11", groups)] == [
        ("Dana Quill", "staff")
    ]
    assert alike("Ada Lovelace", groups) == []


def test_persons_are_told_from_places_and_companies() -> None:
    """Titles, first names and what is said of them tell persons from other names."""
    text = (
        "The swing bridge on Market Street will stay closed, the Harbour Authority said.\n"
        "Mayor Dana Quill said that the Harbour Bridge was safe. Baker Torbjörn Ek, 43, disagreed."
        " Atlantic Crossings will run a ferry from St James Park to Victoria Road."
        " Élodie Moreau told The Harbour Post. Rebecca Hall, of Leeds United, and Jean-Luc de Vries"
        " of the Royal Society agreed in San Francisco."
    )

    assert persons_in(text) == (
        *("Dana Quill", "Torbjörn Ek", "Élodie Moreau", "Rebecca Hall", "Jean-Luc de Vries"),
    )


def test_a_calling_before_a_name_is_no_part_of_it() -> None:
    """What begins a sentence may be what somebody does."""
    assert "Keith Mulvaney" in persons_in("Umpire Keith Mulvaney has stood in his last match.")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("BY DANA QUILL, Political Editor", ("DANA QUILL",)),
        ("Dana Quill, Joon Park & Ada Lo", ("Dana Quill", "Joon Park", "Ada Lo")),
        ("Words: Dana Quill | Photos: Joon Park", ("Dana Quill", "Joon Park")),
        ("Dana Quill in Harbour Town", ("Dana Quill",)),
        *(("Staff reporter", ()), ("By The Harbour Post", ()), ("", ())),
    ],
)
def test_bylines_name_their_authors(byline: str, names: tuple[str, ...]) -> None:
    """Offices, places and the paper in a byline are nobody's name."""
    assert authors(byline) == names
