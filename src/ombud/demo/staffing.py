"""What the invented staff and readers do about comments."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from ombud.demo.content import Content
from ombud.demo.schedule import Deed
from ombud.moderation import rulings
from ombud.moderation.rulings import Verdict
from ombud.newsroom import Comment, Staff
from ombud.store import articles, flags, log, readers
from ombud.store.rulings import about, standing

_SECONDED: Final = 4
"""Every so many rulings somebody gives a second opinion without having seen the first."""
_DIFFERENT: Final = 7
"""Every so many second opinions differ from the first."""
_DOUBTFUL: Final = "personal_attack"
"""The clause about which opinions differ."""


class Hands:
    """All who work in the invented newsroom."""

    def __init__(self, content: Content) -> None:
        """Take who they are."""
        self._staff = {name: staff for name, (staff, _) in content.staff.items()}
        self._ruled = 0

    def do(
        self, tx: Connection, comment: Comment, deed: Deed, clauses: Collection[str], at: datetime
    ) -> None:
        """Do what the schedule says."""
        who = self._staff[deed.who]
        if deed.verb == "approves":
            self._rule(tx, who, comment, Verdict("approve", note=deed.note), clauses, at)
        elif deed.verb == "deletes":
            # A clause that was switched off can not be cited.
            cited = deed.what if deed.what in clauses else None
            self._rule(tx, who, comment, Verdict("delete", cited, deed.note), clauses, at)
        elif deed.verb == "undoes":
            rulings.undo(tx, who, standing(tx, [comment.id])[comment.id].id, at)
        elif deed.verb == "escalates":
            rulings.escalate(tx, who, comment.id, deed.note or "", at)
        elif deed.verb == "picks":
            rulings.pick(tx, who, comment.id, at, picked=True)
        elif deed.verb == "bans":
            self._ban(tx, who, comment, deed, at)
        elif deed.verb == "closes":
            articles.moderate(tx, comment.article, "closed")
            facts = {"mode": "closed"}
            closed = log.Deed(
                at, who.by, "article_mode", comment.outlet, comment.article, facts=facts
            )
            log.append(tx, closed)

    def approve(
        self, tx: Connection, comment: Comment, clauses: Collection[str], at: datetime
    ) -> None:
        """Let whoever works there approve a comment."""
        who = self._other(comment.outlet, "mira")
        rulings.rule(tx, who, comment.id, Verdict("approve"), clauses, at)

    def flag(self, tx: Connection, comment: Comment, reader: int, deed: Deed, at: datetime) -> None:
        """Let a reader say that a comment breaks the policy."""
        if flags.add(tx, comment.id, reader, at, deed.what, deed.note):
            facts = {"clause": deed.what}
            place = (comment.outlet, comment.article, comment.id)
            log.append(tx, log.Deed(at, f"reader:{reader}", "flagged", *place, facts))

    def _rule(
        self,
        tx: Connection,
        who: Staff,
        comment: Comment,
        verdict: Verdict,
        clauses: Collection[str],
        at: datetime,
    ) -> None:
        """Rule, and now and then let somebody else give a second opinion."""
        rulings.rule(tx, who, comment.id, verdict, clauses, at)
        self._ruled += 1
        second = self._other(comment.outlet, who.name)
        seen = {ruling.by for ruling in about(tx, comment.id)}
        if self._ruled % _SECONDED or second.by in seen:
            return
        if self._ruled % (_SECONDED * _DIFFERENT) == 0:
            other = verdict.action == "delete"
            verdict = (
                Verdict("approve")
                if other
                else Verdict("delete", _DOUBTFUL if _DOUBTFUL in clauses else None)
            )
        rulings.second(tx, second, comment.id, Verdict(verdict.action, verdict.clause), clauses, at)

    def _other(self, outlet: str, name: str) -> Staff:
        """Return another moderator of an outlet."""
        return next(
            one
            for one in self._staff.values()
            if one.role == "moderator" and one.name != name and one.sees(outlet)
        )

    @staticmethod
    def _ban(tx: Connection, who: Staff, comment: Comment, deed: Deed, at: datetime) -> None:
        """Keep a reader from writing for some days."""
        until = at + timedelta(days=int(deed.what or 1))
        reason = deed.note or ""
        number = readers.ban(tx, comment.reader, reason, who.by, at, until)
        facts = {"ban": number, "reader": comment.reader, "until": until.isoformat()}
        log.append(tx, log.Deed(at, who.by, "banned", comment.outlet, facts=facts))
