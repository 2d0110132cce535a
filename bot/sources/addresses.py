"""Which addresses may be fetched: those of the public internet, and what the configuration allows besides.

A name may lead anywhere, and elsewhere a moment later; so it is the address of each connection that is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit, urlunsplit

from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed

LONGEST = 2_000
"""Characters of an address; servers and browsers agree on little more."""

SPECIAL = tuple(
    map(
        ip_network,
        (
            "168.63.129.16/32",  # looks public, and is Azure's own service to each of its machines
            "192.0.0.0/24",  # Oracle's to its machines; Pythons before 3.11.10 call some of it global
            "100::/64",
            "2001:2::/48",
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "fec0::/10",
        ),
    )
)
"""Networks that are not public, whatever the library of an older Python says."""

_TRANSLATED = (
    ip_network("64:ff9b::/96"),
    ip_network("64:ff9b:1::/48"),
)  # RFC 6052 and 8215: an IPv4 address inside

Network = IPv4Network | IPv6Network


def checked(url: str) -> str:
    """The address as it is requested, without fragment. Raises FetchFailed for what cannot be fetched."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchFailed(Reason("source.address"), lasting=True) from error
    sound = url.isprintable() and " " not in url and len(url) <= LONGEST and port != 0
    named = parts.username is None and parts.password is None
    if parts.scheme.lower() not in {"http", "https"} or not host or not sound or not named:
        raise FetchFailed(Reason("source.address"), lasting=True)
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path or "/", parts.query, ""))


def host_of(url: str) -> str:
    """The host of a checked address, in small letters."""
    return (urlsplit(url).hostname or "").rstrip(".")


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of a checked address: what is told to one server is told to its origin alone."""
    parts = urlsplit(url)
    return parts.scheme, host_of(url), parts.port or (443 if parts.scheme == "https" else 80)


def may_connect(address: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether a connection to this IP address may be made; false for what is none."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    allowed = tuple(allowed)
    return all(_is_public(each) or any(each in network for network in allowed) for each in _meant(ip))


def _meant(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, or those that an address of a tunnel or of a translator leads to."""
    if isinstance(ip, IPv4Address):
        yield ip
    elif ip.ipv4_mapped:
        yield ip.ipv4_mapped
    elif ip.sixtofour:
        yield ip.sixtofour
    elif ip.teredo:
        yield from ip.teredo
    elif any(ip in network for network in _TRANSLATED):
        yield IPv4Address(int(ip) & 0xFFFF_FFFF)
    else:
        yield ip


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    special = ip.is_multicast or ip.is_reserved or any(ip in network for network in SPECIAL)
    return ip.is_global and not special
