"""Rude words are read as they are meant where a letter is out of place, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombud.lexicon.meant import mended
from ombud.text import fold


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("What an idoit.", "what an idiot."),
        ("stuupid, ignornat and \uff30ATHTIC", "stupid, ignorant and pathetic"),
        ("bicth", "bitch"),
        ("You 1d10+! What 5h1t, f00l5.", "you idiot! what shit, fools."),
        ("y o u f o o l, a f u c k i n g virus", "you fool, a fucking virus"),
        ("Room 1d10 on the A455, 90210+", None),
        ("The moon shot and the tolls were thus strange.", None),
        ("Picks from Niger, dunes and crepes in Waco", None),
        ("Davor Suker, Mr Sithole, Verin and Coard met Cetin.", None),
        ("r a p e s e e d and s u n f l o w e r s", "rapeseed and sunflowers"),
        ("Idoit. Stpuid question!", "idiot. stupid question!"),
        ("Idoit Brown and Mr Idoit", None),
        ("Nonsense, Suckr is a firm", None),
        ("Cruz lost. Crus won.", None),
        ("a dmb idea, crp like that", "a dumb idea, crap like that"),
        ("DMB played, and the CRP test", None),
        ("No 5+4nd4rd5, model 5+4n", "no standards, model 5+4n"),
        ("Caught with PEDs, said Mr. Wesel. Roe v. Rober", None),
        ("At the end. Sily man!", "at the end. silly man!"),
        ("KY5 and TW17 are postcodes, 5H17 is not", "ky5 and tw17 are postcodes, shit is not"),
        ("Oh fgs, what of the rts? Viel Spass und damit: la tortue", None),
        ("Hte man was htere", None),
        ("The hosptial lost the paitent's fiel", None),
    ],
)
def test_only_rude_words_are_mended(written: str, meant: str | None) -> None:
    """A letter left out, doubled or swapped is mended in a rude word; other words stay."""
    assert mended(fold(written), written).text == (meant or written.lower())


def test_a_mended_word_is_marked_as_it_is_written() -> None:
    """Every letter of the word that is meant leads back to all of the word that is there."""
    text = "You st\u200bupdi, no: stuipd fool."
    folded = mended(fold(text), text)
    begin = folded.text.index("stupid fool")
    assert text[folded.span(begin, begin + 6).begin :].startswith("stuipd fool")
    assert folded.span(begin + 2, begin + 3) == folded.span(begin, begin + 6)


@given(
    st.lists(st.sampled_from(["idoit", "fool", "ok", "\u0455tup\u200bd", "  ", "!"])).map(" ".join)
)
def test_the_way_back_never_turns(text: str) -> None:
    """Begins and ends rise with the text and stay inside it, whatever was mended."""
    folded = mended(fold(text), text)
    places = [folded.span(place, place + 1) for place in range(len(folded.text))]
    assert all(0 <= place.begin <= place.end <= len(text) for place in places)
    assert places == sorted(places)
