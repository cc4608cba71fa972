"""A desk that takes mails, for the tests: an outlet, two articles, and what came."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ombud.engine import Engine
from ombud.mail.intake import Intake, Taken
from ombud.mail.post import Post, intake
from ombud.newsroom import Article
from ombud.settings import Settings
from ombud.store import Store, articles, outlets

DESK = "desk@paper.example"


WRONG = "Please correct the article: the mill burned down in 2014, not 2015."


URL = "https://paper.example/news/old-mill-burns-down-again"


@dataclass
class Desk:
    """A corrections desk with an outlet and two articles."""

    store: Store
    settings: Settings
    intake: Intake
    post: Post

    def take(self, content: bytes, sender: str | None = "ann@reader.example") -> Taken:
        """Take a mail past the network."""
        return self.intake.take(content, sender, [DESK])

    def rows(self, table: str, columns: str = "*") -> list[Any]:
        """Return what a table holds."""
        with self.store.reading() as tx:
            return list(tx.execute(text(f"SELECT {columns} FROM {table} ORDER BY id")))


@pytest.fixture
def desk(store: Store, plain: Engine, at: datetime, tmp_path: Path) -> Desk:
    """Return a desk on a database of each kind; turns of phrase stand for the model."""
    settings = Settings(
        data=tmp_path,
        mail_addresses=(f"paper={DESK}", "paper=errors@paper.example"),
        mail_listen="smtp://127.0.0.1:0",
        mail_megabytes=1,
        mail_per_day=2,
    )
    with store.writing() as tx:
        outlets.opened(tx, "paper", "The Paper", at)
        for url, title in ((URL, "Old mill burns down again"), (f"{URL}-2", "Ferry timetable")):
            articles.put(tx, "paper", url, Article(title, "Text."), at, at)
    return Desk(store, settings, intake(store, plain, settings), Post(store, plain, settings))
