"""
The names of news outlets and agencies in a text, and whose copy an article is.

Which names are outlets' is told by their form ("The Gull Post", "Bay Wire") and by a short list of
those whose form does not tell.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import re2

from ombud import lexicon
from ombud.stories.document import Document
from ombud.text import Span

_AGENCIES: Final = {
    "associated press": "The Associated Press",
    "ap": "The Associated Press",
    "reuters": "Reuters",
    "thomson reuters": "Reuters",
    "agence france-presse": "Agence France-Presse",
    "afp": "Agence France-Presse",
    "pa media": "PA Media",
    "pa": "PA Media",
    "press association": "PA Media",
    "united press international": "United Press International",
    "upi": "United Press International",
    "bloomberg": "Bloomberg",
    "bloomberg news": "Bloomberg",
    "dpa": "dpa",
    "xinhua": "Xinhua",
    "efe": "EFE",
    "ansa": "ANSA",
    "canadian press": "The Canadian Press",
    "australian associated press": "Australian Associated Press",
    "aap": "Australian Associated Press",
    "kyodo news": "Kyodo News",
    "tribune news service": "Tribune News Service",
}
_KIND: Final = re2.compile(
    r"\b(?:Post|Times|Journal|Herald|Tribune|Gazette|Chronicle|Guardian|Telegraph|Mail|Express"
    r"|Mirror|Observer|Independent|Daily|Wire|News|Star|Globe|Inquirer|Examiner|Courier|Weekly"
    r"|Standard|Bulletin|Dispatch|Ledger|Register|Sentinel|Advertiser|Radio|Press|Echo|Argus"
    r"|Monitor|Spectator|Economist|Atlantic|Sun|Review)\b"
)
"""The last word of most outlets' names, after a word with a capital or after "The"."""
_KNOWN: Final = re2.compile(
    r"\b(?:(?:[Tt]he )?(?:Associated Press|Press Association)|Agence France-Presse|PA Media|AFP|AP"
    r"|NPR|Reuters|REUTERS|(?:BBC|NBC|CBS|ABC|Fox|Sky)(?: News)?|CNN|PBS|MSNBC|ITV|Al Jazeera|Axios"
    r"|[Pp]olitico|POLITICO|Haaretz|Der Spiegel|Le Monde|Bloomberg|USA T(?:oday|ODAY)|BuzzFeed"
    r"|Newsweek|Radio \p{Lu}[\pL\pM'’-]+(?: \p{Lu}[\pL\pM'’-]+)?)\b"
)
_STAFF: Final = re2.compile(
    r"^ (?:journalist|columnist|contributor|alum|subscriber|reader|host|anchor|reporter"
    r"|correspondent|editor|analyst|presenter|commentator)s?\b"
)
_WORD: Final = 32
"""Letters of a word in a name, at most."""
_NOT_IN_NAMES: Final = frozenset(
    "according speaking but and as in on yet by to from after before while when if told for".split()
)
_LONGEST: Final = 4
"""Words of an outlet's name before its last, "The" among them."""
_DATELINE: Final = re2.compile(
    r"^(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’/\-]+(?:,? [A-ZÀ-Þ][A-Za-zÀ-ÿ.'’]*)*)?,?"
    r"(?: ?[A-Z][a-z]+\.? \d\d?,?)? ?(?:\((?P<agency>[A-Za-z /\-]+)\))? ?(?:--|—|–| - )\s*"
)
_BY: Final = re2.compile(r"^(?:By|BY|by|Von|From)[:\s]\s*")
_BAR: Final = re2.compile(r"\s*[|•·]\s*")
"""What parts an outlet's name from a date in the line that has both."""
_HEADS: Final = frozenset("news press review radio".split())
"""What ends names of outlets and of sections: "Local News"."""
_PARTS: Final = re2.compile(r"\s*(?:[|/;•]|, | and | for )\s*")
_POST: Final = re2.compile(
    r"(?i)(?:^|[\s’'])(?:editor|correspondent|reporter|writer|columnist|staff|bureau chief)s?$"
)
"""What ends the name of somebody's post at an outlet."""
_CREDIT: Final = re2.compile(
    r"(?i)(?:©|\(c\)|copyright)\s*(?:\d{4})?\s*(?:the )?(associated press|reuters|afp|pa media)"
    r"|contributed by (?:the )?(associated press|reuters|afp|pa media)"
    r"|^\(?(?:source|agency|from):? (?:the )?(associated press|reuters|ap|afp|pa media)\)?$"
)
_COLLABORATORS: Final = re2.compile(r"(?i)\b(?:contributed to this (?:report|story))")


_SHORTENED: Final = re2.compile(r"\b[Tt]he ((?:\p{Lu}[\pL\pM'’-]*)(?: \p{Lu}[\pL\pM'’-]*)*)")
"""What may be the end of an outlet's name, as in "told the Post"."""
_SHORT: Final = 3
"""Letters of an agency's abbreviation, at most."""
_OURSELVES: Final = re2.compile(
    r"\b[Tt]his (?:newspaper|paper|magazine|website|news agency|agency)\b"
)


class Dateline(NamedTuple):
    """Where a line's dateline ends, and the agency in it."""

    end: int
    agency: str | None


def outlet_names(text: str) -> list[Span]:
    """Return where a text names outlets and agencies, in order; "The" is part of a name."""
    found = [Span(*match.span()) for match in _KNOWN.finditer(text)]
    for match in _KIND.finditer(text):
        begin, end = match.span()
        if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
            continue  # The name goes on, as in "Press Secretary".
        if _STAFF.match(text[end : end + _WORD]):
            continue  # One of its people, not its report.
        begin = _name_begins(text, begin)
        before = text[begin : match.start()]
        taken = any(one.begin < end and begin < one.end for one in found)
        if before not in ("", "the ") and not taken:
            found.append(Span(begin, end))
    return sorted(found)


def masthead(line: str) -> str:
    """Return what a line gives beside a date if it is the name of an outlet, or an empty text."""
    name = _BAR.split(line.strip(), maxsplit=1)[0]
    words = name.split()
    if agency(name) or not words or Span(0, len(name)) not in outlet_names(name):
        return ""
    section = words[-1].lower() in _HEADS
    return "" if section and all(_everyday(word) for word in words[:-1]) else name


def _everyday(word: str) -> bool:
    """Whether a word is no name."""
    return word.lower() in lexicon.words("everyday")


def _name_begins(text: str, begin: int) -> int:
    """Return where the name begins that goes on at `begin`: before words with capitals."""
    for _ in range(_LONGEST):
        before = text[max(0, begin - _WORD) : begin]
        if not before.endswith(" "):
            break
        word = before[:-1].rpartition(" ")[2].rpartition("\n")[2].lstrip("\"'“‘(")
        if word.lower() == "the":
            return begin - len(word) - 1
        if not word[:1].isupper() or not word[-1].isalpha() or word.lower() in _NOT_IN_NAMES:
            break
        begin -= len(word) + 1
    return begin


@lru_cache(maxsize=1 << 12)
def plain(name: str) -> str:
    """Return an outlet's name for comparison: lower case, without "the" and punctuation."""
    words = re2.sub(r"[^\pL\pN\- ]", " ", name).lower().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def agency(name: str) -> str | None:
    """Return the full name of a news agency, or None if the name is no agency's."""
    return _AGENCIES.get(plain(name))


def same_outlet(one: str, other: str) -> bool:
    """Whether two names mean one outlet, such as "AP" and "The Associated Press"."""
    first, second = agency(one) or plain(one), agency(other) or plain(other)
    return bool(first) and first == second


def own_names(document: Document) -> list[str]:
    """Return the names of the outlet, and of the agency whose copy it prints."""
    return [name for name in (document.origin, document.outlet) if name]


def own(document: Document, name: str) -> bool:
    """Whether a name means the outlet, or the agency whose copy it prints: also by its end."""
    return any(named(one, name) for one in own_names(document))


def named(outlet: str, name: str) -> bool:
    """Whether a name means an outlet: it is its name, or what that ends with ("the Post")."""
    end = plain(name)
    return same_outlet(outlet, name) or (bool(end) and f" {plain(outlet)}".endswith(f" {end}"))


def own_mentions(document: Document, said: str) -> list[Span]:
    """Return where a document's words speak of its outlet, or of the agency that it prints."""
    found = [span for span in outlet_names(said) if own(document, span.quote(said))]
    found += [Span(*match.span()) for match in _OURSELVES.finditer(said)]
    for match in _SHORTENED.finditer(said):
        span = Span(*match.span())
        taken = any(one.begin < span.end and span.begin < one.end for one in found)
        if not taken and own(document, match[1]):
            found.append(span)
    for short in _shorts(document.origin):
        begin = f" {said}".find(f" {short} ")
        if begin >= 0 and not any(one.begin <= begin < one.end for one in found):
            found.append(Span(begin, begin + len(short)))
    return sorted(found)


def _shorts(name: str | None) -> list[str]:
    """Return the abbreviations of an agency's name."""
    return [
        short.upper() for short, full in _AGENCIES.items() if full == name and len(short) <= _SHORT
    ]


def dateline(line: str) -> Dateline | None:
    """Return the dateline at the head of a line, such as "WASHINGTON (AP) --"."""
    match = _DATELINE.match(line)
    if match is None or not (match["place"] or match["agency"]):
        return None
    return Dateline(match.end(), agency(match["agency"] or ""))


def names_in_byline(line: str) -> list[str]:
    """Return the people and agencies of a byline, without what they are."""
    parts = [part for part in _PARTS.split(_BY.sub("", line.strip())) if part]
    return [part for part in parts if not _POST.search(part)]


def origin(byline: str, opening: str, rest: Sequence[str]) -> str | None:
    """
    Return the agency whose copy an article is, or None if it is the outlet's own.

    byline: the line under the title; opening: the first line of the article, with its dateline;
    rest: lines after it, one of which may be a credit.
    Staff named beside an agency make it the outlet's own.
    """
    names = names_in_byline(byline)
    agencies = [found for name in names if (found := agency(name))]
    if agencies and len(agencies) == len(names):
        return agencies[0]
    # "By Ann Lee, Associated Press" names the agency's own reporter.
    if agencies and agency(names[-1]):
        return agencies[-1]
    head = dateline(opening)
    if head and head.agency:
        return head.agency
    for line in rest:
        match = _CREDIT.search(line)
        if match and not _COLLABORATORS.search(line):
            return agency(next(group for group in match.groups() if group))
    return None
