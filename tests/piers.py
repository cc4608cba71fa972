"""Three made-up articles of one story, and pages around them, for the tests of stories."""

from ombud.stories.document import Document
from ombud.stories.reading import read

GULL = """\
Pier 4 to close in March

By Ann Lee

Published: 2 March 2026

Workers at pier 4 in winter. (Photo: Gull Post)
NORRVIK -- Pier 4 will close on March 9 because engineers found cracks, a port spokeswoman, \
Ida Norr, said.
"We will close pier 4 because we cannot make it safe," Norr said.
The works will cost 12 million dollars, she said.
The ferry to Sandholm carried 300,000 people last year.

Gull Post commenting policy

We moderate comments. Keep to the topic and be kind.
"""
BAY = """\
Officials plan to close pier 4 over cracks

By Jon Berg

Two officials told Bay Wire that pier 4 will close on March 16 because engineers found cracks.
The mayor declined to comment on the closing of pier 4.
Fishermen would lose their berths at the old quay.
"""
COAST = """\
Summer timetable brings more buses

Buses will leave every ten minutes from June, the town council announced.
Pier 4 will close because engineers found cracks, Bay Wire reported on Monday.
Coast Daily could not independently verify the closing of pier 4.
"""


def piers() -> list[Document]:
    """Return the three articles as documents, in the order above."""
    texts = {"gull": GULL, "bay": BAY, "coast": COAST}
    return [read(name, text.encode()).document for name, text in texts.items()]


def page(article: str, *, title: str = "Pier 4 to close", head: str = "") -> str:
    """Return an article as a page, with what newspapers put around it."""
    paragraphs = "".join(f"<p>{line}</p>" for line in article.splitlines() if line)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>"
        "<nav><ul><li>Home</li><li>Sport</li></ul></nav>"
        f"<article><h1>{title}</h1>"
        "<figure><img src='pier.jpg'><figcaption>The pier in winter. (Photo: Gull Post)"
        f"</figcaption></figure>{paragraphs}</article>"
        "<section><h2>Gull Post commenting policy</h2>"
        "<p>We moderate comments. Keep to the topic, and be kind to each other.</p></section>"
        "<section id='comments' class='comments'><h3>2 comments</h3>"
        "<p>They never mend anything in this town, do they?</p></section>"
        "<footer><p>© 2026 Gull Post. All rights reserved.</p></footer></body></html>"
    )
