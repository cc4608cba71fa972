"""`ombud feed`: the feeds of other outlets that editors follow."""

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from ombud import settings
from ombud.cli.opening import BY, DataOption, changing, database, entered, now
from ombud.cli.screen import say, visible

if TYPE_CHECKING:
    from ombud.following.polling import Looked

app = typer.Typer(help="The feeds of other outlets that are followed.", no_args_is_help=True)


@app.command("add")
def add(
    outlet: Annotated[str, typer.Argument(metavar="OUTLET", help="Whose feed it is, by name.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="Where it is (RSS or Atom).")],
    data: DataOption = None,
) -> None:
    """Follow a feed; its host has to be one of `follow_hosts`."""
    from ombud.fetching.places import Places
    from ombud.store import feeds

    chosen = settings.load(data=data)
    place = Places(chosen.follow_hosts).place(url)
    with changing(data) as tx:
        number = feeds.add(tx, outlet, place.url, BY, now())
        entered(tx, "feed_added", {"feed": number, "outlet": outlet, "url": place.url})
    say(f"feed {number} is followed")


@app.command("list")
def listed(data: DataOption = None) -> None:
    """List the feeds: number, outlet, address, when they came last, and what went wrong."""
    from ombud.store import feeds

    with database(data) as store, store.reading() as tx:
        found = feeds.every(tx)
    for feed in found:
        came = f"{feed.checked_at:%Y-%m-%d %H:%M}" if feed.checked_at else "not yet"
        fault = f"\t{feed.failures} failures: {feed.failure}" if feed.failure else ""
        typer.echo(visible(f"{feed.id}\t{feed.outlet}\t{feed.url}\t{came}{fault}"))


@app.command("remove")
def remove(
    feed: Annotated[int, typer.Argument(metavar="ID", help="The feed, as `list` shows it.")],
    data: DataOption = None,
) -> None:
    """Follow a feed no more; what was read stays."""
    from ombud.store import feeds

    with database(data) as store, store.writing() as tx:
        gone = feeds.remove(tx, feed)
        entered(tx, "feed_removed", {"feed": feed, "outlet": gone.outlet, "url": gone.url})
    say(f"feed {feed} is not followed any more")


@app.command("poll")
def poll(data: DataOption = None) -> None:
    """
    Look at every feed now, read what is new, and put it into stories.

    A line says what became of each feed and page; it ends with 1 if a feed did not come.
    """
    from ombud.fetching.fetcher import Fetcher
    from ombud.following.rounds import poller_of
    from ombud.store import feeds

    chosen = settings.load(data=data)
    counts: Counter[tuple[str, bool]] = Counter()

    def tell(one: "Looked") -> None:
        counts["page" if one.page else "feed", one.failure is None] += 1
        parts = (one.outlet, _became(one), one.url, one.failure)
        typer.echo(visible("\t".join(filter(None, parts))))

    with database(data) as store:
        with store.writing() as tx:
            feeds.hurry(tx, now())

        async def go() -> None:
            async with Fetcher.of(chosen) as fetcher:
                await poller_of(store, fetcher, chosen, tell).round()

        asyncio.run(go())
    say(
        f"feeds: {counts['feed', True]} came, {counts['feed', False]} failed;"
        f" pages: {counts['page', True]} read, {counts['page', False]} failed"
    )
    if counts["feed", False]:
        raise typer.Exit(1)


def _became(one: "Looked") -> str:
    """Return in a word what became of a feed or a page."""
    if one.failure is not None:
        return "failed"
    if one.page:
        return "read"
    return f"{one.new} new" if one.new else "unchanged"
