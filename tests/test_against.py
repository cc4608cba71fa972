"""What a comment sets against the article that it stands under, and what follows from that."""

import pytest

from ombud.assertions.against import printed
from ombud.assertions.quantities import quantities
from ombud.assertions.weighing import WEIGHTS, evidence
from ombud.case import Case, Scores
from ombud.lexicon.printed import signs
from ombud.newsroom import Article
from ombud.rules import house_rules

BRIDGE = Article(
    "Harbour bridge opens",
    "The 24-metre bridge by Paul Hendry opens on 4 May, the city said."
    " It replaces one of 1931, and cost £85,000. Fisk was sent off in the twelfth minute.",
)


def against(sentence: str, *, ends: bool = True) -> str:
    """Return what a sentence sets against the bridge."""
    return printed(BRIDGE).set_against(sentence, signs(sentence), ends=ends)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The bridge is 42 metres long.", "gives “42” where the article has “24”"),
        ("£58,000.", "gives “£58,000” where the article has “£85,000”"),
        ("It opens in June.", "gives “June” where the article has “May”"),
        ("It replaces one of 1913.", "gives “1913” where the article has “1931”"),
        ("It's Hendrey.", "writes “Hendrey” where the article has “Hendry”"),
        ("The bridge is by Ada Clough.", "names somebody or something else"),
        ("Fisk was never sent off.", "denies what is printed"),
        ("It was not the “twelfth minute”.", "quotes “twelfth minute”"),
    ],
)
def test_what_is_otherwise_in_the_article_is_set_against_it(sentence: str, why: str) -> None:
    """Numbers of one kind, names, spellings, denied and quoted words, each in plain words."""
    assert against(sentence) == why


@pytest.mark.parametrize(
    "sentence",
    [
        "My flat is 42 metres long.",
        "Paul Hendry is the best.",
        "The bridge opens on 4 May.",
        "If the bridge were 42 metres long, it would sway.",
        "They said that the bridge was 42 metres long.",
        "Who built the bridge?",
        "I did not know that Fisk was sent off.",
    ],
)
def test_what_only_adds_or_repeats_sets_nothing_against_it(sentence: str) -> None:
    """Readers' own numbers, what is printed, suppositions, others' words, questions."""
    assert against(sentence) == ""


@pytest.mark.parametrize(
    "text", ["It was ſunday.", "In ſeptember.", "The ſecond.", "9" * 400 + "th", "9" * 5000 + "th"]
)
def test_odd_quantities_are_read_all_the_same(text: str) -> None:
    """The long s is an s, and no number is too long."""
    assert [one.kind for one in quantities(text)] in (["day"], ["month"], ["place"])


@pytest.mark.parametrize("sentence", ["It is “...”", "So Andrew says.", "A “?!” of a bridge."])
def test_no_name_is_cut_and_no_mark_is_a_quotation(sentence: str) -> None:
    """A name ends with its last letter, also where that has an accent."""
    article = Article("The bridge", "André of Strandå built it.")
    assert printed(article).set_against(sentence, signs(sentence), ends=True) in (
        "",
        "names somebody or something else",
    )


def test_what_comes_after_many_sentences_does_not_count() -> None:
    """Who has not said by then what is wrong does not report an error."""
    long = "So it goes. " * 50 + "The bridge is 42 metres long."
    early = evidence(Case("The bridge is 42 metres long."), BRIDGE, 0.1, 0.1, phrase=False)
    late = evidence(Case(long), BRIDGE, 0.1, 0.1, phrase=False)
    assert (early.pieces["printed"], late.pieces["printed"]) == (1, 0)


def test_a_printed_word_that_is_asked_back_is_doubted_if_more_follows() -> None:
    """A short question that repeats the article waits for what comes after it."""
    assert against("Sent off?", ends=False) == "doubts what is printed"
    assert against("Sent off?") == ""


def test_an_article_without_words_has_nothing_set_against_it() -> None:
    """An empty article is no reason to hear a contradiction."""
    assert printed(Article()).set_against("It was 42 metres.", frozenset(), ends=True) == ""
    assert printed(BRIDGE).set_against("\ud800", frozenset(), ends=True) == ""


def test_quantities_are_read_in_digits_and_words() -> None:
    """With their kinds: a day is no count, a month no name, a share no sum."""
    text = (
        "Sixty-one orchids on Saturday, 12 per cent, £3 million, the 9th, in March 1884; may march"
    )

    found = [(one.kind, one.value) for one in quantities(text)]

    assert found == [
        ("count", 61),
        ("day", 5),
        ("share", 12),
        ("money", 3e6),
        ("place", 9),
        ("month", 2),
        ("year", 1884),
    ]
    assert quantities("61 orchids")[0].counted == {"orch"}


def test_the_model_needs_less_where_the_article_is_contradicted() -> None:
    """A fact that contradicts nothing needs a surer model than one that does."""
    same = evidence(Case("The bridge is steep."), BRIDGE, 0.4, 0.4, phrase=False)
    other = evidence(Case("The bridge is 42 metres long."), BRIDGE, 0.4, 0.4, phrase=False)

    assert same.chance < 0.5 < other.chance
    assert other.span is not None
    assert set(other.pieces) == set(WEIGHTS)


def test_what_is_made_of_comment_and_article_counts() -> None:
    """The surer the model that reads both, the surer the whole."""
    doubted = evidence(Case("It is steep."), BRIDGE, 0.3, 0.2, phrase=False)
    sure = evidence(Case("It is steep."), BRIDGE, 0.3, 0.9, phrase=False)

    assert doubted.chance < 0.5 < sure.chance


def test_an_answer_to_a_reader_contradicts_the_reader() -> None:
    """The same words in an answer are no assertion about the article."""
    text = "The bridge is 42 metres long."
    alone = evidence(Case(text), BRIDGE, 0.5, 0.5, phrase=False)
    answer = evidence(Case(text, parent="It is ten."), BRIDGE, 0.5, 0.5, phrase=False)

    assert answer.chance < alone.chance


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_a_score_at_its_bounds_is_a_probability_still(score: float) -> None:
    """Neither a sure model nor a silent one breaks the sum."""
    assert 0 < evidence(Case(""), BRIDGE, score, score, phrase=True).chance < 1


def test_the_finding_says_what_is_set_against_the_article() -> None:
    """In plain words, at the sentence that does, though the model alone would let it pass."""
    (rule,) = [one for one in house_rules() if one.id == "correction_request"]
    scores = Scores({"CORRECTION_REQUEST": 0.2, "DISPUTE": 0.6})
    text = "Lovely. The bridge is 42 metres long."
    case = Case(text, article=BRIDGE, scores=scores)

    (found,) = rule.find(case)

    assert found.why == (
        "This asserts an error in the article: it gives “42” where the article has “24”."
    )
    assert found.span is not None
    assert found.span.quote(text) == "The bridge is 42 metres long."
    assert found.certainty >= 0.5
    assert all(one.certainty < 0.5 for one in rule.find(Case(text, scores=scores)))
