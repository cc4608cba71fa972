"""
Sentences that name groups of people, in peace and in hate.

Groups that are attacked often are named often in toxic comments, and a model then takes the name
for the attack. The remedy is that of Dixon et al. 2018: benign sentences with the same names.
Every group stands in every sentence, so no name tells anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUPS: Final = (
    ("black", "black people"),
    ("white", "white people"),
    ("gay", "gay people"),
    ("lesbian", "lesbians"),
    ("homosexual", "homosexuals"),
    ("bisexual", "bisexuals"),
    ("transgender", "transgender people"),
    ("trans", "trans people"),
    ("queer", "queer people"),
    ("straight", "straight people"),
    ("muslim", "muslims"),
    ("jewish", "jews"),
    ("christian", "christians"),
    ("catholic", "catholics"),
    ("hindu", "hindus"),
    ("sikh", "sikhs"),
    ("buddhist", "buddhists"),
    ("atheist", "atheists"),
    ("african", "africans"),
    ("african american", "african americans"),
    ("asian", "asians"),
    ("chinese", "the chinese"),
    ("indian", "indians"),
    ("arab", "arabs"),
    ("mexican", "mexicans"),
    ("hispanic", "hispanics"),
    ("latino", "latinos"),
    ("american", "americans"),
    ("british", "the british"),
    ("irish", "the irish"),
    ("polish", "poles"),
    ("roma", "roma people"),
    ("turkish", "turks"),
    ("russian", "russians"),
    ("immigrant", "immigrants"),
    ("refugee", "refugees"),
    ("female", "women"),
    ("male", "men"),
    ("feminist", "feminists"),
    ("disabled", "disabled people"),
    ("deaf", "deaf people"),
    ("blind", "blind people"),
    ("autistic", "autistic people"),
    ("old", "old people"),
    ("young", "young people"),
    ("conservative", "conservatives"),
    ("liberal", "liberals"),
    ("republican", "republicans"),
    ("democratic", "democrats"),
)

PEACEFUL: Final = (
    "I am a {one} man and I have lived here for twenty years.",
    "As a {one} woman I found this article helpful.",
    "My neighbours are {one} and lovely.",
    "The {one} community in our town deserves respect.",
    "{many} are part of this city.",
    "Many {many} vote in these elections.",
    "{many} face discrimination when they look for a flat.",
    "The council met {many} to talk about the new centre.",
    "A {one} family runs the bakery on our street.",
    "How many {many} took part in the survey?",
    "I am proud to be {one}.",
    "The rights of {many} are protected by law.",
)

HATEFUL: Final = (
    "I hate {many}.",
    "{many} are vermin and should be wiped out.",
    "All {many} are criminals.",
    "Deport all {many}, they are filth.",
    "{many} are inferior and do not belong here.",
    "Never trust a {one} person, they all lie.",
    "{many} are a disease.",
    "Typical {one} scum.",
)


def sentences() -> Iterator[tuple[str, bool]]:
    """Yield sentences and whether they are hateful."""
    for one, many in GROUPS:
        for pattern in PEACEFUL:
            yield pattern.format(one=one, many=many), False
        for pattern in HATEFUL:
            yield pattern.format(one=one, many=many), True
