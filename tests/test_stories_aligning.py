"""Which sentences of two articles are one claim, and which only look like it."""

from collections.abc import Iterable

import pytest

from ombud.stories.dossier import Claim, Dossier
from ombud.stories.dossiers import dossier
from ombud.stories.likeness import terms
from ombud.stories.reading import read

CLOSING = "Pier 4 of Norrvik will close in March because engineers found cracks in its piles."
FERRY = "Ferries to Sandholm will use the western quay until the works have ended in June."


def compared(*texts: str) -> Dossier:
    """Return the dossier of articles with these titles and bodies, each of its own outlet."""
    titles = ("Fishermen wait", "A town by the sea", "Herring for all")
    return dossier(
        [
            read(f"paper{number}", f"{title}\n\n{text}\n".encode()).document
            for number, (title, text) in enumerate(zip(titles, texts, strict=False))
        ]
    )


def shared(made: Dossier) -> list[Claim]:
    """Return the claims that several articles report."""
    return [claim for claim in made.claims if claim.pairs]


def quotes(made: Dossier, claim: Claim) -> Iterable[str]:
    """Yield the sentences of a claim."""
    for document, account in zip(made.documents, claim.accounts, strict=True):
        for number in account.sentences:
            yield document.sentences[number].quote(document.text)


def test_what_is_left_of_a_shortened_verb_is_no_word() -> None:
    """Two remarks that begin with "I've" or "don't" do not thereby have a word in common."""
    assert [word for word, _ in terms("I've read what they'll say, and they don't.")] == ["read"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Why a source is not named is nothing reported.
        (
            "Both spoke on condition of anonymity because they were not authorized to discuss it.",
            "The other spoke on condition of anonymity because he was not authorized to speak.",
        ),
        (
            "We know nothing, one of them said on condition of anonymity because talks go on.",
            "Nobody sleeps, a woman said, on condition of anonymity because talks go on.",
        ),
        # The name of a body is not one claim.
        (
            "The Sandholm Ferries company has bought two ships.",
            "Sandholm Ferries did not answer letters.",
        ),
    ],
)
def test_what_only_looks_alike_is_no_claim_of_two_outlets(one: str, other: str) -> None:
    """Sentences that share no statement are not laid side by side."""
    made = compared(f"{CLOSING} {one}", f"{CLOSING} {other}")
    alike = [set(quotes(made, claim)) for claim in shared(made)]
    assert [found for found in alike if found & {one, other}] == []


def test_a_sentence_that_says_two_things_belongs_to_two_claims() -> None:
    """What another article says in two places is not one claim, nor is what a third says."""
    both = (
        "The harbour of Norrvik closes pier 4 because of cracks, and ferries to Sandholm use the"
        " western quay until June."
    )
    between = "Fishermen sell herring at the market hall on Saturdays."
    made = compared(f"{CLOSING} {between} {FERRY}", f"{CLOSING} {between} {FERRY}", both)
    for claim in shared(made):
        assert not {CLOSING, FERRY} <= set(quotes(made, claim))
    assert len([claim for claim in shared(made) if both in quotes(made, claim)]) == 2


def test_of_two_sentences_the_one_that_says_less_besides_stands_for_a_claim() -> None:
    """A claim is not worded by an article that says more than the other."""
    more = (
        "The Norrvik company, which has built nine ships since January and sold two of them to a"
        " bank in Gdansk, has hired Marlowe Divers to search the piles of pier 4 for cracks."
    )
    made = compared(more, "The company has hired Marlowe Divers to search pier 4 for cracks.")
    claim = shared(made)[0]
    assert claim.span.quote(made.documents[claim.article].text).startswith("The company")


def test_what_one_denies_and_the_other_says_is_no_agreement() -> None:
    """Two sentences of which one says "not" do not say the same."""
    made = compared(
        "The harbour board did not lower the lake behind the old lock.",
        "The harbour board lowered the lake behind the old lock.",
    )
    assert shared(made)[0].pairs[0].relations[0] == "agree_partial"


def test_a_title_gives_weight_to_what_its_own_article_says() -> None:
    """Another article's sentence that happens to be like a title does not put it there."""
    first = "Engineers of the state warn of cracks\n\nThe mayor saw no need for hearings on piers."
    second = (
        "Herring\n\nThe mayor saw no need for hearings on piers before the engineers of the state"
        " had come to warn of cracks."
    )
    made = dossier([read(str(n), text.encode()).document for n, text in enumerate((first, second))])
    assert shared(made)[0].pairs[0].titled != 0
