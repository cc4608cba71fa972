"""Stories that feeds brought, for the tests of what shows them."""

from datetime import datetime, timedelta

from newsstand import ARTICLE, TITLE
from piers import BAY, COAST, GULL
from sqlalchemy import Connection

from ombud.following.keeping import edition, placed
from ombud.store import feeds, stories
from ombud.stories.reading import read

# Without its date: an article without one is of the day on which it was read.
PIER = GULL.replace("Published: 2 March 2026\n\n", "")
# Its date lies in the future, and counts for nothing.
HALL = f"{TITLE}\n\nPublished: 2 March 2999\n\n{chr(10).join(ARTICLE)}\n"


def tell(tx: Connection, at: datetime) -> int:
    """Keep three outlets' articles of one story and one of another; return the story's number."""
    for number, (outlet, text) in enumerate(
        (("Gull Post", PIER), ("Bay Wire", BAY), ("Coast Daily", COAST), ("Gull Post", HALL))
    ):
        url = f"https://o{number}.example"
        feeds.add(tx, outlet, f"{url}/feed", "staff:edith", at)
        feed = feeds.take_feed(tx, at)
        assert feed is not None
        feeds.see(tx, feed, [("k", f"{url}/pier", "")], at, 1)
        page = feeds.take_page(tx, at)
        assert page is not None
        said = edition(read("page", text.encode()).document)
        stories.keep(tx, page, said, at, None)
    for story, members in placed(stories.recent(tx, at - timedelta(days=1), 9)):
        stories.join(tx, story, members, at)
    return 1
