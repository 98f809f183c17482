"""How guessing is slowed, without letting a stranger keep the owner of an account out.

Wrong tries are counted in three ways: for one account from one network, for one account from everywhere, and from one
network for all accounts. A browser in which the owner has signed in before has a count of its own: what others try from
elsewhere does not make it wait.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WINDOW = dt.timedelta(minutes=15)
LONGEST_WAIT = 900  # seconds
FREE_TRIES = 5  # for one account, from one network or one known browser
FREE_TRIES_EVERYWHERE = 20  # for one account, from all networks together
FREE_TRIES_OF_NETWORK = 50  # from one network, for all accounts: a whole office signs in through one address
NETWORKS = {4: 24, 6: 64}  # bits that belong to one network
MOST_CODES = 5  # wrong codes before the password is asked for again


@dataclass(frozen=True)
class Try:
    """One wrong try: when, from which network, and in which known browser of the account's owner, if in any."""

    at: dt.datetime
    network: str
    device_id: int | None = None


def network_of(address: str) -> str:
    """The network that an address belongs to; the address itself where it is none of the Internet's."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ipaddress.ip_network((parsed, NETWORKS[parsed.version]), strict=False))


def is_shared(network: str) -> bool:
    """Whether a network tells nothing about who asks: the machine itself, as seen behind a proxy that is not set up."""
    try:
        return ipaddress.ip_network(network).is_loopback
    except ValueError:
        return True


def must_wait(tries: Iterable[dt.datetime], *, now: dt.datetime, free: int = FREE_TRIES) -> int:
    """Seconds to wait before the next try: none for the first few in fifteen minutes, then doubling up to a quarter of an hour."""
    recent = [at for at in tries if now - at < WINDOW]
    if len(recent) < free:
        return 0
    delay = min(2 ** (len(recent) - free), LONGEST_WAIT)
    return max(0, int(delay - (now - max(recent)).total_seconds()))


def wait_at_account(tries: Sequence[Try], *, network: str, device_id: int | None, now: dt.datetime) -> int:
    """Seconds that the next try for an account waits, by what was tried for it; a known browser answers for itself alone."""
    if device_id is not None:
        return must_wait((tried.at for tried in tries if tried.device_id == device_id), now=now)
    strangers = [tried for tried in tries if tried.device_id is None]
    from_here = must_wait((tried.at for tried in strangers if tried.network == network), now=now)
    return max(from_here, must_wait((tried.at for tried in strangers), now=now, free=FREE_TRIES_EVERYWHERE))


def wait_at_network(tries: Sequence[dt.datetime], *, network: str, now: dt.datetime) -> int:
    """Seconds that the next try from a network waits, by what strangers tried from it for any account."""
    return 0 if is_shared(network) else must_wait(tries, now=now, free=FREE_TRIES_OF_NETWORK)
