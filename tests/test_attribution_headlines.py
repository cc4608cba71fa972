"""What headlines attribute."""

from attributing import found

from ombud.stories.attributing import attribute
from ombud.stories.document import Document
from ombud.text import Span


def test_a_headline_attributes_with_a_colon() -> None:
    """What stands before a colon in the first line says what stands after it."""
    text = "Mayor Norr: Pier 4 will close\nThe pier is old."

    ((source, cue, content, mode),) = found(text)

    assert (source, cue, content, mode) == ("Mayor Norr", ":", ("Pier 4 will close",), "headline")


def test_a_title_outside_the_body_is_read_too() -> None:
    """A headline above the body attributes in its own place."""
    title, body = "Mayor Norr: Pier 4 will close", "The pier is old."
    text = f"{title}\n\n{body}"
    whole = Span(len(title) + 2, len(text))

    (one,) = attribute(Document("1", "Gull Post", text, whole, (whole,), title=title))

    assert (one.mode, one.content[0].quote(text)) == ("headline", "Pier 4 will close")
