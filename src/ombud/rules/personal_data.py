"""
No private addresses, telephone numbers or e-mail addresses.

Neither other people's nor your own: what stands here can be read, copied and misused by anybody.
Public hotlines may be named.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.lexicon.contacts import contacts
from ombud.policy import Finding, Rule

_PUBLIC_PLACES = (
    "10 downing street",
    "11 downing street",
    "1600 pennsylvania avenue",
    "221b baker street",
    "4 privet drive",
)


def detect(case: Case, *, public: tuple[str, ...] = ()) -> Iterator[Finding]:
    """
    Look for ways to reach or find a person.

    `public`: addresses and numbers that may be named, such as the paper's own.
    What the article itself names may be named as well.
    """
    known = [*_PUBLIC_PLACES, *(entry.lower() for entry in public)]
    article = f"{case.article.title}\n{case.article.text}".lower() if case.article else ""
    for kind, span, certainty in contacts(case.plain, case.text):
        quoted = span.quote(case.text).lower().strip(" .,")
        if quoted in article or any(entry in quoted for entry in known):
            continue
        yield Finding(f"This is {kind}.", certainty, span)


rule = Rule(
    detect=detect,
    hold=0.5,
    lets_pass=(
        "Call 999, not the newspaper.",
        "We won 2-1, 3-0 and 4-2 in the last 3 matches of 2019-20, what a spring!",
        "In 1914 1918 and 1939 1945 they managed without it.",
        "It cost 12 000 000 in 2021 and 15 000 000 in 2022.",
        "The protest outside 10 Downing Street lasted all night.",
        "A 4 lane road and a 20 mile an hour limit: pick one.",
        "Ask the library for ISBN 978-0-306-40615-7, it is worth the wait.",
        "Ring 0800 111 222 3 if you saw the crash, the police say.",
        "The number 12 bus left at 19:21, and the next one at 20:36.",
        "We live on Mill Lane and hear the trains at night.",
    ),
    catches=(
        "Ring me on 07911 123456 after six.",
        "My number is (415) 555-2671.",
        "Mail jo.harbour@example.com and ask.",
        "jo dot harbour at example dot com, any time",
        "He lives at 14 Elm Close, tell him yourselves.",
        "the man behind it lives at 27 mill lane",
        "text oh seven seven double one, two three four, five six seven",
        "+353 87 123 4567 is his mobile",
        "Write to 8 Harbour Terrace, SW1A 2AB, that is her house.",
    ),
)
