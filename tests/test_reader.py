"""The reader reads all of a long comment, and a comment together with its article."""

from ombud.reader import HEADS, shared

ATTACK = HEADS.index("PERSONAL_ATTACK")
FILLER = "the council met on tuesday and talked about the bridge and the ferry. " * 30


def test_the_end_of_a_long_comment_counts() -> None:
    """What stands behind many other words is read as well."""
    mild, rude = shared().read([FILLER, f"{FILLER} you are a pathetic little idiot."])[:, ATTACK]

    assert rude > 0.5 > mild


def test_a_comment_is_read_under_its_article() -> None:
    """The same words belong under one article and not under another."""
    comment = "the striker should have been sold in january, two goals in thirty matches"
    sport = ("United lose again", "The side lost their fifth match in a row on Saturday.")
    bridge = ("Bridge to close", "The swing bridge will close for repairs, the council said.")

    assert shared().read_under(comment, *bridge) > shared().read_under(comment, *sport)


def test_nothing_to_read_is_read() -> None:
    """An empty text has probabilities as well, and many texts have many."""
    assert shared().read(["", "a"]).shape == (2, len(HEADS))
    assert shared().read([]).shape == (0, len(HEADS))
