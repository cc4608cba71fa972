"""Subjects that other words part from their verb, and sources that nouns and colons name."""

import pytest
from attributing import article, found

from ombud.stories.attributing import attribute


def said(text: str) -> list[tuple[str | None, str | None]]:
    """Return the source and cue of every attribution."""
    return [(source, cue) for source, cue, _, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Norr, though, said pier 4 will close.", "Norr"),
        ("Norr, meanwhile, who owns no boat, said pier 4 will close.", "Norr"),
        ("Norr, as she did in May, said pier 4 will close.", "Norr"),
        ("Norr, after the storm, said pier 4 will close.", "Norr"),
        ("Berg met the head, who, on Friday, said pier 4 will close.", "who"),
    ],
)
def test_remarks_in_commas_are_no_part_of_a_subject(text: str, source: str) -> None:
    """What stands in commas between a subject and its verb does not hide the subject."""
    assert (source, "said") in said(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The H.B.O. said pier 4 will close.", "The H.B.O."),
        ("Jon Berg Jr. said pier 4 will close.", "Jon Berg Jr."),
        ("Aides to Norr said pier 4 will close.", "Aides to Norr"),
        ("Sailors trying to leave said pier 4 will close.", "Sailors trying to leave"),
        ("More than six sailors said pier 4 will close.", "More than six sailors"),
    ],
)
def test_a_subject_may_hold_stops_and_prepositions(text: str, source: str) -> None:
    """A shortened name, "aides to" and "more than" belong to the subject whole."""
    assert said(text) == [(source, "said")]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Sailors and officers who met the mayor said it.",
            "Sailors and officers who met the mayor",
        ),
        ("Even those who met the mayor said pier 4 will close.", "those who met the mayor"),
        ("After the storm, people who met the mayor said it.", "people who met the mayor"),
        ("A poll from the Gull released Monday said pier 4 will close.", "A poll"),
    ],
)
def test_a_clause_of_its_own_belongs_to_the_subject_before_it(text: str, source: str) -> None:
    """Nobody within "who met the mayor" is taken for the subject of what comes after it."""
    assert (source, "said") in said(text)


def test_a_pronoun_before_a_verb_is_its_subject() -> None:
    """A clause without "that" has its own subject: "by the time he said that"."""
    assert said("The joy had gone over by the time he said that.") == [("he", "said")]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("But on Tuesday, Norr stood with Berg and urged the crew to leave.", "Norr"),
        ("Two days after the storm, Norr left the port by urging the crew to go.", "Norr"),
        ("A few minutes later Norr turned and urged the crew to leave.", "Norr"),
        ("As the crew began to chant, Norr rose and urged the crew to leave.", "Norr"),
    ],
)
def test_what_opens_a_sentence_is_no_subject(text: str, source: str) -> None:
    """The subject of the main clause speaks, not when it was."""
    assert said(text)[-1][0] == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Norr left in May, but then Berg came and declared that pier 4 will close.", "Berg"),
        ("Norr left in May, and he came to us, saying that pier 4 will close.", "he"),
        ("Norr left the old, but dry, pier in May, saying that pier 4 will close.", "Norr"),
    ],
)
def test_a_verb_goes_on_with_the_clause_it_stands_in(text: str, source: str) -> None:
    """After "but" another may speak than in the clause before it."""
    assert said(text)[-1][0] == source


def test_nobody_says_what_it_was() -> None:
    """The "it" of "it was at the pier that" names nobody."""
    text = "It was at the pier that Norr spoke in a long speech, pointing to the boat."
    assert said(text) == [(None, "pointing to")]


def test_a_participle_goes_on_from_who_spoke_last() -> None:
    """Whoever stands directly before the comma adds it, not who is spoken of earlier."""
    text = "The port did not complain, a Norrvik official said, adding that it was late."
    assert said(text)[-1] == ("a Norrvik official", "adding")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The ruling forced the mayor to acknowledge that pier 4 will close.", "the mayor"),
        ("It left an opening for Norr to acknowledge that pier 4 will close.", "Norr"),
        ("Norr used a spade for digging to admit that pier 4 will close.", "Norr"),
    ],
)
def test_who_is_made_to_say_something_says_it(text: str, source: str) -> None:
    """The object of "forced", or whoever stands after "for", is the subject of an infinitive."""
    assert said(text)[-1][0] == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Even if the port closed, boats would be moved by others, said Jon Berg, who left.",
            "Jon Berg",
        ),
        (
            "As it moves, a place by the sea, the boats will be kept, said Jon Berg, head of it.",
            "Jon Berg",
        ),
    ],
)
def test_a_subject_may_follow_what_it_says(text: str, source: str) -> None:
    """After a comma the verb stands before its subject where the sentence ends with it."""
    ((found_source, cue),) = said(text)
    assert found_source is not None
    assert (found_source.startswith(source), cue) == (True, "said")


def test_what_follows_a_verb_with_a_subject_before_it_is_said() -> None:
    """In "Norr, the mayor, said Berg, who left, was late" it is Norr who speaks."""
    ((source, *_),) = said("Ida Norr, the mayor, said Jon Berg, who left, was late.")
    assert source == "Ida Norr, the mayor"


def test_a_clause_before_the_main_one_ends_with_it() -> None:
    """What is said in the main clause is no part of what "when" or "while" begins with."""
    text = "While Norr said they were late, on Tuesday Berg said that pier 4 will close."
    assert [(source, content) for source, _, content, _ in found(text)] == [
        ("Norr", ("they were late",)),
        ("Berg", ("that pier 4 will close",)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan drew criticism from sailors.", ("sailors", "drew criticism", ("The plan",))),
        ("Berg has the backing of two boards.", ("two boards", "has the backing of", ("Berg",))),
        ("Norr made no mention of pier 4.", ("Norr", "made no mention of", ("pier 4",))),
        ("It was a boost to the port's hopes of a new pier.", ("the port's", "hopes of", None)),
        ("The plan met sailors' demands for a pier.", ("sailors'", "demands for", ("a pier",))),
    ],
)
def test_nouns_name_whose_they_are(
    text: str, expected: tuple[str, str, tuple[str, ...] | None]
) -> None:
    """Who gives criticism stands after "from", who makes a claim before the verb."""
    ((source, cue, content, _),) = found(text)
    source_wanted, cue_wanted, content_wanted = expected
    assert (source, cue) == (source_wanted, cue_wanted)
    assert content_wanted in {None, content}


@pytest.mark.parametrize("has", ["lost", "never had", "left without"])
def test_support_that_somebody_lacks_is_nobodys(has: str) -> None:
    """Only of support that somebody has the sentence says who gives it."""
    assert "two boards" not in dict(said(f"Berg {has} the backing of two boards."))


def test_support_that_somebody_has_is_not_his_own() -> None:
    """Whoever has "support" is given it; who gives it is not said."""
    assert said("Berg had full support of the plan.")[0][0] is None


def test_a_view_is_whose_it_is() -> None:
    """What is so "in her view" is attributed to her."""
    assert found("In Norr's view, pier 4 will close.") == [
        ("Norr's", "In Norr's view", ("pier 4 will close",), "indirect")
    ]
    assert found("They had tears in their view of pier 4.") == []
    assert found("In her opinion piece Berg saw no pier.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Some believe that pier 4 will close.",
        "Sailors support pier 4.",
    ],
)
def test_some_and_several_are_subjects(text: str) -> None:
    """The word "some" may stand for people, and a noun of several before a verb is its subject."""
    assert len(said(text)) == 1


def test_some_before_a_noun_is_no_subject() -> None:
    """Nobody reports anything in "some reported cases"."""
    assert said("There were some reported cases of rot.") == []


def test_a_passive_names_who_says_it_after_a_time() -> None:
    """Between the verb and "by" may stand when it was."""
    assert said("Berg was endorsed the day before by Ida Norr.") == [("Ida Norr", "was endorsed")]
    assert said("Berg was endorsed in a letter brought by Ida Norr.")[0][0] is None


def test_whoever_is_opposed_to_something_says_so() -> None:
    """The words "is opposed to" say what somebody thinks, and are no passive."""
    assert said("Norr is opposed to the new pier.")[0][0] == "Norr"


def test_a_name_and_a_colon_introduce_a_quotation() -> None:
    """What stands in quotation marks after a name and a colon is hers."""
    text = "The storm came in May. Ida Norr: “We will build the pier again.”"
    assert ("Ida Norr", ":", ("“We will build the pier again.”",), "direct") in found(text)


@pytest.mark.parametrize(
    "before",
    [
        "On Monday:",
        "Then came May. Result:",
        "Norr held a sign. Front:",
        "Exhibit A:",
        "Norr on Berg:",
        "Norr did not say this:\n\n",
        "Norr asked Berg to say:\n\n",
    ],
)
def test_what_is_no_name_before_a_colon_introduces_nobody(before: str) -> None:
    """Labels, days, nouns and what somebody did not say name no speaker."""
    text = f"The storm came in May.\n\n{before} “We will build the pier again.”"
    given = [one.source for one in attribute(article(text)) if one.mode == "direct"]
    assert given == [None]


@pytest.mark.parametrize(
    ("before", "source"),
    [("And Norr:", "Norr"), ("Norr rose. But then Berg to Norr:", "Berg"), ("Judge:", "Judge")],
)
def test_of_what_stands_before_a_colon_the_name_is_the_source(before: str, source: str) -> None:
    """A word alone is a name if it stands within another sentence too, or a role."""
    text = f"In May Berg met Norr and Berg.\n\n{before} “We will build the pier again.”"
    assert (source, ":", ("“We will build the pier again.”",), "direct") in found(text)


def test_a_paragraph_may_end_before_its_quotation() -> None:
    """A cue and a colon at the end of a paragraph attribute the quotation that opens the next."""
    text = "The storm came in May.\n\nOn Friday Norr wrote:\n\n“We will build the pier again.”"
    assert ("Norr", "wrote", ("“We will build the pier again.”",), "direct") in found(text)


def test_a_quotation_after_a_list_has_no_source() -> None:
    """A colon without a cue names nobody."""
    text = "The list of boats is here:\n\n“We will build the pier again.”"
    assert [one.source for one in attribute(article(text))] == [None]


def test_an_inner_quotation_may_end_with_the_outer() -> None:
    """Three single marks end both, and who said it stands after them."""
    text = "''I would use the word 'old-fashioned,''' said Ida Norr."
    assert said(text) == [("Ida Norr", "said")]
