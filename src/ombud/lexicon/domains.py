"""Top-level domains, from the public suffix list that the package tldextract carries."""

from functools import cache

from tldextract import TLDExtract

from ombud.lexicon import words


@cache
def top_level_domains() -> frozenset[str]:
    """Return every top-level domain; nothing is fetched."""
    extract = TLDExtract(suffix_list_urls=(), cache_dir=None)
    return frozenset(tld.rpartition(".")[2] for tld in extract.tlds)


@cache
def wordlike_domains() -> frozenset[str]:
    """Return the top-level domains that are English words as well, such as "it" or "shop"."""
    return top_level_domains() & words("everyday").keys()
