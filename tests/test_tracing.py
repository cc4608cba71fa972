"""Traces: keyed hashes of an address and of its block, which tell neither."""

from datetime import datetime

import pytest

from ombud.web.tracing import trace_of

KEY = b"a key of this installation"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", (True, True)),
        ("192.0.2.1", "192.0.2.254", (False, True)),
        ("192.0.2.1", "192.0.3.1", (False, False)),
        ("2001:0db8:0001:0002", "2001:0db8:0001:0002", (True, True)),
        ("2001:0db8:0001:0002", "2001:0db8:0001:ffff", (False, True)),
        ("2001:0db8:0001:0002", "2001:0db8:0002:0002", (False, False)),
    ],
)
def test_a_block_is_a_network_of_one_provider(
    one: str, other: str, same: tuple[bool, bool], at: datetime
) -> None:
    """Addresses of the same /24, and of the same /48, are of one block."""
    first, second = trace_of(one, KEY, at), trace_of(other, KEY, at)

    assert first is not None
    assert second is not None
    assert (first.address == second.address, first.block == second.block) == same


def test_nobody_without_the_key_can_tell_the_address(at: datetime) -> None:
    """Another key gives other hashes, of one length; without an address there is no trace."""
    trace, other = trace_of("192.0.2.1", KEY, at), trace_of("192.0.2.1", b"another", at)

    assert trace is not None
    assert other is not None
    assert not {trace.address, trace.block} & {other.address, other.block}
    assert [len(one) for one in (trace.address, trace.block)] == [32, 32]
    assert trace_of(None, KEY, at) is None
