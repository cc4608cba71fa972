"""
No web addresses.

Readers cannot see where a link leads, and we cannot vouch for it.
Name the source instead: others will find it.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.lexicon.addresses import web_addresses
from ombud.policy import Finding, Rule


def detect(case: Case, *, allowed: tuple[str, ...] = ()) -> Iterator[Finding]:
    """
    Look for addresses: with or without a scheme, bare, or spelled out.

    `allowed`: domains that readers may name, such as the paper's own.
    """
    for written, span, certainty in web_addresses(case.plain, case.text):
        if not any(_within(written, domain.lower()) for domain in allowed):
            yield Finding(f'"{span.quote(case.text)}" is a web address.', certainty, span)


def _within(address: str, domain: str) -> bool:
    """Whether an address is of this domain."""
    host = address.partition("://")[2] or address
    host = host.partition("/")[0]
    return host == domain or host.endswith(f".{domain}")


rule = Rule(
    detect=detect,
    hold=0.5,
    delete=None,
    lets_pass=(
        "It ended.It began again a week later, and nobody was told.",
        "I read the report (report.pdf, version 2.0.1) twice, and it does not get better.",
        "He moved to St.Ives in 2009, e.g. for the light.",
        "After the dot com boom they said the same about railways.",
        "Our club runs everything on Node.js and one old laptop.",
        "The council's figures are on page 12 of its annual report, for anyone who likes reading.",
        "I waited from 10.15 to 11.40. In the end I walked.",
        "I run main.py every night and it has yet to find a bus on time.",
        "We waited an hour.Then the bus came.",
    ),
    catches=(
        "Read http://example.com/page for the truth.",
        "All on www.example.org, have a look.",
        "example.co.uk has the numbers.",
        "Go to harbourfacts dot com and see.",
        "harbourfacts[.]org has them all",
        "See hxxps://harbour.example/files",
        "The plan is at dalby-plan.shop now",
        "192.168.10.12 still answers, by the way",
        "watch it on harbour-tv (dot) net",
        "bit.ly/3harbour says it all",
    ),
)
