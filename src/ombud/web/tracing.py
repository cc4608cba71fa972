"""
Where a comment comes from, as far as it is kept: keyed hashes of its address and of its block.

A block is what one line at a provider commonly gets addresses from: 256 addresses of IPv4 (/24), a
site's network of IPv6 (/48).
Without the key nobody can tell the address, and the key is in this installation only.
"""

import hmac
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Final

from ombud.newsroom import Trace

_BLOCK: Final = {4: 24, 6: 48}
_LENGTH: Final = 32


def trace_of(address: str | None, key: bytes, expires_at: datetime) -> Trace | None:
    """Return the trace of an address as `address_of` gives it; None where there is no address."""
    if address is None:
        return None
    # Of IPv6 it is the network of a household, without its end.
    whole = ip_address(address if "." in address else f"{address}::")
    block = ip_network(f"{whole}/{_BLOCK[whole.version]}", strict=False)
    return Trace(_hashed(f"address {whole}", key), _hashed(f"block {block}", key), expires_at)


def _hashed(what: str, key: bytes) -> str:
    """Return a keyed hash in hexadecimal."""
    return hmac.new(key, what.encode(), sha256).hexdigest()[:_LENGTH]
