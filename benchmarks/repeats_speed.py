"""
How long it takes to find what was written before, among ten thousand comments and a million.

    python -m benchmarks.repeats_speed --data ../shared/data [--database sqlite postgresql]
        [--comments 10000 100000 1000000] [--chart FILE.html] [--keep FOLDER [--fill]]

The archive is made up of words that follow one another in real comments, folded.
With `--keep` the databases stay in a folder, and those that are there already are measured again;
with `--fill` they are only made, so that the measuring itself takes a quiet minute.
Looked for are changed copies of what is in it (one word in four left out, or 3 % of the letters
wrong), and as many comments that are not.
Beside it, on the first texts of the same archive, MinHash and its bands by datasketch, in memory.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]
from sqlalchemy import insert

from benchmarks.filling import filled
from benchmarks.mutations import made_up, mutations
from benchmarks.newsroom import database
from benchmarks.speed import comments
from ombud.case import Case
from ombud.repeats import likeness, sketch_of
from ombud.repeats.sketch import MIN_WORDS
from ombud.store import Store, entering, rebuilding, repeats
from ombud.store import comments as kept
from ombud.store.repeated import copies, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ombud.newsroom import Comment

_REAL: Final = 20_000
_ASKED: Final = 400
_AT_ONCE: Final = 2_000
_PEER: Final = 10_000
_SHINGLE: Final = 5
_PERMUTATIONS: Final = 96
_Row = tuple[int, str, int, "np.ndarray"]
"""A comment: its number, its folded text, the digest of it, and its keys."""
_CHANGES: Final = ("25 % of words dropped", "typos, 3 %")


def main() -> None:
    """Fill a database for each size, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--comments", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--chart", type=Path)
    parser.add_argument("--keep", type=Path, help="where the databases are kept, or were")
    parser.add_argument("--fill", action="store_true", help="make the databases only")
    arguments = parser.parse_args()
    real = [Case(text).words for text in comments(arguments.data, _REAL)]
    spoken = [[word for word, _, _ in words] for words in real if len(words) >= MIN_WORDS]
    if not arguments.fill:
        _peer(made_up(spoken, _PEER))
    rows: list[dict[str, Any]] = []
    for size, kind in product(sorted(arguments.comments), arguments.database):
        with (
            _folder(arguments.keep, f"{kind}-{size}") as folder,
            database(kind, folder) as address,
            closing(Store(address) if address else Store.in_folder(folder)) as store,
        ):
            with store.reading() as tx:
                there = rebuilding.missing(tx) == 0 and kept.one(tx, size) is not None
            if not there:
                begun = time.perf_counter()
                _fill(store, [_row(*one) for one in enumerate(made_up(spoken, size), 1)])
                print(f"made in {_since(begun):,.0f} s")
            print(f"{size:,} comments on {kind}", flush=True)
            if not arguments.fill:
                rows += _measured(store, made_up(spoken, _ASKED, seed=2), size, kind)
    if arguments.chart:
        _draw(rows, arguments.chart)


@contextmanager
def _folder(keep: Path | None, name: str) -> Iterator[Path]:
    """Give the folder of a database: one that is kept, or else one for now."""
    if keep is not None:
        (keep / name).mkdir(parents=True, exist_ok=True)
        yield keep / name
        return
    with tempfile.TemporaryDirectory(prefix="ombud-repeats-") as folder:
        yield Path(folder)


def _row(number: int, folded: str) -> _Row:
    """Return what is entered of one comment."""
    drawn = sketch_of.__wrapped__(folded)
    return number, folded, drawn.digest, np.array(drawn.kept, dtype=np.int64)


def _fill(store: Store, archive: Sequence[_Row]) -> None:
    """Enter comments as `enter` does, many rows at once."""
    filled(store, [row[1] for row in archive], len(archive), "approved", judged=False)
    at = datetime(2026, 10, 14, 9, tzinfo=UTC)
    first: dict[str, int] = {}
    of = [first.setdefault(folded, number) for number, folded, _, _ in archive]
    fresh = [row for row, text in zip(archive, of, strict=True) if row[0] == text]
    keys = np.concatenate([row[3] for row in fresh])
    numbers = np.repeat([row[0] for row in fresh], [len(row[3]) for row in fresh])
    order = np.lexsort((numbers, keys))
    bands = zip(keys[order].tolist(), numbers[order].tolist(), strict=True)
    with store.writing() as tx:
        for part in _parts(fresh):
            values = [{"id": n, "hash": digest, "folded": text} for n, text, digest, _ in part]
            tx.execute(insert(texts), values)
        place = {"reader": 1, "article": 1, "outlet": "post", "at": at}
        for part in _parts(list(enumerate(of, 1))):
            tx.execute(insert(copies), [{"comment": n, "text": text, **place} for n, text in part])
        if store.sqlite:
            tx.exec_driver_sql("INSERT INTO bands VALUES (?, ?)", list(bands))
            return
        driver: Any = tx.connection.driver_connection
        with driver.cursor().copy("COPY bands FROM STDIN") as copy:
            for band in bands:
                copy.write_row(band)
    with store.engine.connect() as tx:
        tx.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield rows in lists of a size that a statement takes."""
    for begin in range(0, len(rows), _AT_ONCE):
        yield rows[begin : begin + _AT_ONCE]


def _measured(store: Store, fresh: Sequence[str], size: int, kind: str) -> list[dict[str, Any]]:
    """Measure each step among so many comments, print it, and return the rows of the chart."""
    chance = Random(1)  # noqa: S311  # repeatable
    with store.reading() as tx:
        drawn_by_lot = [kept.one(tx, n) for n in chance.sample(range(1, size + 1), _ASKED)]
    stored = [comment.text or "" for comment in drawn_by_lot if comment]
    changed = [dict(mutations(text, chance))[chance.choice(_CHANGES)] for text in stored]
    asked = [text for pair in zip(changed, fresh, strict=True) for text in pair]
    cases = [Case(text) for text in asked]
    drawn = [sketch_of(" ".join(word for word, _, _ in case.words)) for case in cases]
    near: list[Sequence[Any]] = []
    met = 0
    whole: list[float] = []
    with store.reading() as tx:
        steps = {
            "folding": _timed(lambda text: Case(text).words, asked),
            "sketch": _timed(lambda one: sketch_of.__wrapped__(one.folded), drawn),
            "keys": _timed(
                lambda one: near.extend(repeats._likely(tx, [one], [()])),  # noqa: SLF001
                drawn,
            ),
        }
    steps["comparing"] = _timed(
        lambda pair: [likeness(pair[0].folded, row.folded, 0.6) for row in pair[1]],
        list(zip(drawn, near, strict=True)),
    )
    for number, case in enumerate(cases):
        with store.reading() as tx:
            begun = time.perf_counter()
            found = repeats.alike(tx, case)
            whole.append(_since(begun))
        met += number % 2 == 0 and stored[number // 2] in {
            copy.text for one in found for copy in one.copies
        }
    steps["look-up"] = whole
    steps["adding"] = _added(store, fresh)
    for name, seconds in steps.items():
        p50, p99 = np.quantile(seconds, (0.5, 0.99)) * 1000
        print(f"  {name:<16}p50 {p50:7.2f} ms   p99 {p99:7.2f} ms")
    print(f"  changed copies found: {met} of {_ASKED}")
    return [
        {
            "comments": size,
            "step": f"{name}, {kind}",
            "ms": float(np.quantile(steps[name], 0.99) * 1000),
        }
        for name in ("look-up", "adding")
    ]


def _added(store: Store, fresh: Sequence[str]) -> list[float]:
    """
    Return the seconds that entering takes, of comments that are kept in the same transaction.

    It is undone, so that the database can be measured again.
    """
    with store.reading() as tx:
        like = kept.one(tx, 1)
    assert like is not None  # noqa: S101  # it was made
    seconds = []
    for text in fresh:
        with store.writing() as tx:
            comment, case = _another(tx, like, text), Case(text)
            assert case.words  # noqa: S101  # the judging has found them
            begun = time.perf_counter()
            entering.enter_all(tx, [(comment, case)])
            seconds.append(_since(begun))
            tx.rollback()
    return seconds


def _another(tx: Any, like: Comment, text: str) -> Comment:  # noqa: ANN401  # whatever it is
    """Keep a comment by the same reader in the same place, and return it."""
    written = kept.Written(
        like.outlet,
        like.article,
        1,
        like.reader,
        "Reader",
        like.staff,
        text,
        "1",
        like.created_at,
    )
    (comment,) = kept.add(tx, [(written, kept.Standing("held", "", 0.5, 0.5))])
    return comment


def _peer(archive: Sequence[str]) -> None:
    """Print what the same steps take by datasketch, in memory."""
    index = MinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS)
    shingled: list[list[bytes]] = []
    signed: list[MinHash] = []
    steps = {
        "shingling": _timed(lambda text: shingled.append(_shingles(text)), archive),
        "signature": _timed(lambda shingles: signed.append(_signature(shingles)), shingled),
        "adding": _timed(lambda pair: index.insert(*pair), list(enumerate(signed))),
        "look-up": _timed(index.query, signed[:_ASKED]),
    }
    print(f"datasketch, {len(archive):,} comments in memory")
    for name, seconds in steps.items():
        p50, p99 = np.quantile(seconds, (0.5, 0.99)) * 1000
        print(f"  {name:<16}p50 {p50:7.2f} ms   p99 {p99:7.2f} ms")


def _shingles(folded: str) -> list[bytes]:
    """Return the runs of five letters of a text."""
    return [folded[i : i + _SHINGLE].encode() for i in range(max(1, len(folded) - _SHINGLE + 1))]


def _signature(shingles: Sequence[bytes]) -> MinHash:
    """Return the MinHash of a text."""
    minhash = MinHash(num_perm=_PERMUTATIONS)
    minhash.update_batch(shingles)
    return minhash


def _timed(work: Callable[[Any], object], given: Sequence[Any]) -> list[float]:
    """Return the seconds that some work takes for each of what is given."""
    seconds = []
    for one in given:
        begun = time.perf_counter()
        work(one)
        seconds.append(_since(begun))
    return seconds


def _since(begun: float) -> float:
    """Return the seconds since then."""
    return time.perf_counter() - begun


def _draw(rows: list[dict[str, Any]], file: Path) -> None:
    """Draw how the times grow with the archive."""
    import altair as alt  # noqa: PLC0415 - only where it is asked for

    scale = alt.Scale(type="log")
    chart = alt.Chart(alt.Data(values=rows)).mark_line(point=True)
    chart.encode(
        x=alt.X("comments:Q", scale=scale, title="comments kept"),
        y=alt.Y("ms:Q", title="99th percentile, ms"),
        color=alt.Color("step:N", title=None),
    ).save(file)


if __name__ == "__main__":
    main()
