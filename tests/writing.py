"""A newsroom for tests of the store: an outlet, an article, and decisions that no model makes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ombud.moderation import keeping, rulings, submission
from ombud.moderation.known import Known
from ombud.moderation.sent import Guest, Sent
from ombud.newsroom import Account, Article, Comment, Mode, Published, Ruling, Staff, Trace
from ombud.policy import Action, Decision, Finding, Policy, configure
from ombud.rules import house_rules
from ombud.store import Store, articles, decisions, outlets
from ombud.text import Span

URL = "https://harbour.example/bridge"
BRIDGE = Article("Council closes the bridge", "It is closed for two winters.", "Marta Sand")
POLICY: Policy = configure(house_rules())
CLAUSES = {rule.id: (rule.title, rule.clause) for rule in POLICY.rules}
JOON = Staff("joon", "moderator")
MIRA = Staff("mira", "moderator")
EDITH = Staff("edith", "editor")


def found(rule: str, action: Action = Action.HOLD, certainty: float = 0.8) -> Finding:
    """Return something found in the first four characters."""
    title = CLAUSES[rule][0]
    return Finding("It says so.", certainty, Span(0, 4), rule, title, action)


def decided(*findings: Finding, scores: dict[str, float] | None = None) -> Decision:
    """Return the decision that findings lead to."""
    action = max((one.action for one in findings), default=Action.APPROVE)
    return Decision(action, findings, (), scores or {}, "p1", "m1")


@dataclass
class Desk:
    """One newsroom in a store, whose clock goes a second further with each comment."""

    store: Store
    at: datetime
    mode: Mode = "premoderate"

    def __post_init__(self) -> None:
        """Open the outlet and enter the article and the policy, unless they are there."""
        with self.store.reading() as tx:
            if article := articles.by_url(tx, URL):
                self.article = article
                return
        with self.store.writing() as tx:
            outlet = outlets.opened(tx, "harbour", "The Harbour Post", self.at)
            outlets.changed(tx, replace(outlet, mode=self.mode))
            version = decisions.Version("p1", "House policy", "", CLAUSES, "ombud", "", self.at)
            decisions.keep_policy(tx, version)
        self.article = self.put(URL)

    def put(self, url: str, article: Article = BRIDGE, outlet: str = "harbour") -> Published:
        """Enter an article."""
        with self.store.writing() as tx:
            return articles.put(tx, outlet, url, article, None, self.at)[0]

    def later(self, **passed: float) -> datetime:
        """Return the time, some of it later."""
        self.at += timedelta(**passed)
        return self.at

    def account(self, name: str = "Ada") -> Account:
        """Return a reader, who has written one comment."""
        return self.keep("The bridge is old.", Guest(name)).account

    def keep(  # noqa: PLR0913  # what a comment has
        self,
        text: str = "A fair decision, I think.",
        author: Guest | Account | None = None,
        decision: Decision | None = None,
        *,
        parent: int | None = None,
        key: str | None = None,
        article: str | int = URL,
        trace: Trace | None = None,
    ) -> keeping.Kept:
        """Send a comment that is then judged so, and return what was kept."""
        at = self.later(seconds=1)
        author = author or Guest("Ada")
        sent = Sent(article, text, author, parent, accept_terms=True, key=key, trace=trace)
        with self.store.reading() as tx:
            prepared = submission.prepare(tx, sent, Known(), at)
        assert isinstance(prepared, submission.Prepared)
        with self.store.writing() as tx:
            return keeping.keep(tx, prepared, decision or decided(), POLICY, at)

    def send(self, *given: object, **named: object) -> Comment:
        """Send a comment, and return it."""
        return self.keep(*given, **named).comment  # type: ignore[arg-type]

    def rule(
        self, who: Staff, comment: int, action: str = "approve", clause: str | None = None
    ) -> Ruling:
        """Rule on a comment."""
        with self.store.writing() as tx:
            verdict = rulings.Verdict(action, clause)
            return rulings.rule(tx, who, comment, verdict, CLAUSES, self.later(seconds=1))

    def approved(self, *given: object, **named: object) -> Comment:
        """Send a comment that is approved."""
        comment = self.send(*given, **named)
        self.rule(JOON, comment.id)
        return comment
