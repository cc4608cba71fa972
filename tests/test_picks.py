"""Picks: civil, relevant and quick comments that together cover different views."""

from dataclasses import replace
from datetime import datetime

from writing import EDITH, JOON, Desk, decided, found

from ombud.moderation import picks, rulings
from ombud.moderation.picks import Proposal
from ombud.moderation.sent import Guest
from ombud.newsroom import Article, Comment
from ombud.store import Store, readers

STORY = Article(
    "Council closes the old bridge",
    "The council voted to close the old bridge over the harbour for two winters.\n"
    "Engineers found rust in its cables. Traffic goes through the tunnel until then.",
    "Marta Sand",
)
SAFE = "The engineers found rust in the cables, so closing the bridge is the only safe choice."
SAFE_AGAIN = (
    "Closing the bridge is the only safe choice, because engineers found rust in the cables."
)
COSTS = "Repairs that cost nine million will be paid by our rates, and nobody asked the taxpayers."
PUPILS = "Children who cycle to school over the bridge now need a bus, and there is no bus."
SHOPS = "Every shop and restaurant on the north side of the bridge will lose half of its customers."
URL = "https://harbour.example/story"


def opened(store: Store, at: datetime) -> Desk:
    """Return a newsroom with the story."""
    desk = Desk(store, at)
    desk.article = desk.put(URL, STORY)
    return desk


def said(desk: Desk, name: str, text: str, **scores: float) -> Comment:
    """Return an approved comment under the story, with the scores that it got."""
    decision = decided(scores={"TOXICITY": 0.01, "OFF_TOPIC": 0.05, **scores})
    return desk.approved(text, Guest(name), decision, article=URL)


def proposed(desk: Desk, most: int = 6) -> list[Proposal]:
    """Return what is proposed under the story."""
    with desk.store.reading() as tx:
        return picks.proposed(tx, desk.article.id, most)


def ids(found: list[Proposal]) -> list[int]:
    """Return the numbers of the comments proposed."""
    return [one.comment.id for one in found]


def test_picks_cover_different_views(store: Store, at: datetime) -> None:
    """Of many who say one thing one is proposed before anything is said a second time."""
    desk = opened(store, at)
    same = [
        said(desk, f"Reader {n}", text) for n, text in enumerate((SAFE, SAFE_AGAIN, SAFE, SAFE))
    ]
    others = [said(desk, name, name_text) for name, name_text in (("B", COSTS), ("C", PUPILS))]
    others.append(said(desk, "D", SHOPS))

    chosen = ids(proposed(desk, 4))

    assert len(set(chosen) & {one.id for one in same}) == 1
    assert set(chosen) > {one.id for one in others}


def test_what_is_uncivil_off_the_topic_or_no_point_is_left_out(store: Store, at: datetime) -> None:
    """Rude, foreign to the article, too short, too long, found by a rule, the staff's: none."""
    desk = opened(store, at)
    good = said(desk, "Ada", PUPILS)
    said(desk, "Rude", COSTS, INSULT=0.6)
    said(desk, "Far", COSTS, OFF_TOPIC=0.8)
    said(desk, "Short", "The bridge is old.")
    said(desk, "Long", f"{COSTS} " * 20)
    desk.approved(COSTS, Guest("Loud"), decided(found("shouting")), article=URL)
    desk.send(COSTS, Guest("Held"), article=URL)
    member = desk.keep(PUPILS, Guest("Marta"), article=URL)
    with store.writing() as tx:
        staff = readers.joined(tx, replace(member.account, staff=True))
    desk.approved(COSTS, staff, article=URL)

    assert ids(proposed(desk)) == [good.id]


def test_a_reader_is_proposed_once(store: Store, at: datetime) -> None:
    """Two good comments of one reader are one proposal."""
    desk = opened(store, at)
    first = desk.keep(COSTS, Guest("Ada"), article=URL)
    second = desk.send(PUPILS, first.account, article=URL)
    desk.rule(JOON, first.comment.id)
    desk.rule(JOON, second.id)

    assert len(proposed(desk)) == 1


def test_what_is_picked_counts_as_said(store: Store, at: datetime) -> None:
    """A pick comes first and is not doubled by a proposal that says the same."""
    desk = opened(store, at)
    pick, again, other = (said(desk, n, t) for n, t in (("A", SAFE), ("B", SAFE), ("C", PUPILS)))
    with store.writing() as tx:
        rulings.pick(tx, EDITH, pick.id, at, picked=True)

    found = proposed(desk)

    assert ids(found) == [pick.id, other.id]
    assert again.id not in ids(found)
    assert found[0].reasons == ("Picked already.",)


def test_every_proposal_says_why(store: Store, at: datetime) -> None:
    """The reasons name the length, the subject, and what is new beside the picks before."""
    desk = opened(store, at)
    said(desk, "A", SAFE)
    said(desk, "B", PUPILS)

    first, second = proposed(desk)

    assert first.reasons == ("Civil, and short: 16 words.", "On the article's subject.")
    assert second.reasons[0] == "Civil, and short: 17 words."
    assert second.reasons[-1].startswith("Brings up what the picks before it do not: \u201c")


def test_proposals_are_the_same_every_time(store: Store, at: datetime) -> None:
    """Asked again, the same comments are proposed in the same order; no more than asked for."""
    desk = opened(store, at)
    for number, text in enumerate((SAFE, COSTS, PUPILS, SHOPS)):
        said(desk, f"Reader {number}", text)

    assert proposed(desk) == proposed(desk)
    assert ids(proposed(desk, 2)) == ids(proposed(desk))[:2]


def test_an_article_without_comments_has_no_picks(store: Store, at: datetime) -> None:
    """Where there is nothing to propose, nor such an article, nothing is."""
    desk = opened(store, at)

    assert proposed(desk) == []
    with store.reading() as tx:
        assert picks.proposed(tx, 999) == []
