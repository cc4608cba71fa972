"""
No SHOUTING.

Capitals are for names, for initials and for a word of emphasis.
A comment in capitals, or a long passage of them, is hard to read and feels like being shouted at.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.lexicon.capitals import passages, spoken_words
from ombud.policy import Finding, Rule
from ombud.text import Span


def detect(
    case: Case,
    *,
    min_letters: int = 9,
    max_share: float = 0.6,
    passage_words: int = 4,
    passage_letters: int = 14,
) -> Iterator[Finding]:
    """
    Measure the share of capitals, acronyms and names in the article left out.

    `min_letters`: capitals below this number are never shouting.
    `max_share`: share of the letters that may be capitals in a whole comment.
    `passage_words`, `passage_letters`: a passage of so many words in capitals is shouting as well.
    """
    if sum(map(str.isupper, case.text)) < min_letters:
        return
    article = case.article
    spoken = spoken_words(
        case.text, f"{article.title}\n{article.text}\n{article.byline}" if article else ""
    )
    capitals = sum(word.letters for word in spoken if word.loud)
    if capitals < min_letters:
        return
    weighed = sum(word.letters for word in spoken if word.loud or not word.capital)
    several = len(spoken) == 1 or sum(word.loud for word in spoken) > 1
    share = capitals / weighed
    if share >= max_share and several:
        yield Finding(f"{share:.0%} of the letters are capitals.", min(1.0, 0.5 + share / 2))
        return
    for run in passages(spoken):
        loud = [word for word in run if word.loud]
        if len(loud) >= passage_words and sum(word.letters for word in run) >= passage_letters:
            span = Span(run[0].span.begin, run[-1].span.end)
            yield Finding(f"A passage of {len(loud)} words is in capitals.", 0.8, span)


rule = Rule(
    detect=detect,
    hold=0.5,
    lets_pass=(
        "NATO and the EU met in Vilnius.",
        "I have said it before: do NOT park on the pavement.",
        "BBC, ITV and CNN all carried it, and RTE did not.",
        "Take the A1 to the M25, then follow the HGV signs to DIRFT.",
        "The PTA asked the DfE and OFSTED, and nobody answered.",
        "OK.",
        "My mum did the MMR, BCG and HPV jabs at the GP, no queue, no fuss.",
        "It is NEVER the fault of the people who sign the contracts, is it?",
        "Asking AGAIN: when does the footbridge open?",
    ),
    catches=(
        "WHY IS NOBODY TALKING ABOUT THIS SCANDAL",
        "Lovely article but SOMEBODY HAS TO PAY FOR ALL OF THIS and it will be us.",
        "SHAME ON THE COUNCIL",
        "I was there. THEY DID NOT EVEN OPEN THE SECOND GATE. Ask anyone.",
        "RESIGN NOW!!!",
        "ENOUGH is ENOUGH, GET THEM OUT OF THERE",
        "WE PAID FOR THE NHS AND THE NHS IS WHAT WE WANT",
        "typical. NO MONEY FOR LIBRARIES BUT PLENTY FOR CONSULTANTS. typical.",
    ),
)
