"""How things are fetched: whoever reads a configuration need not load an HTTP client."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """A body may have ``max_mb`` and a request take ``seconds``. ``agent`` is how the desk calls itself.

    ``private`` are the networks that may be reached though they are not public.
    """

    max_mb: float = 10.0
    seconds: float = 30.0
    agent: str = "Copydesk (+https://pypi.org/project/copydesk/)"
    private: tuple[IPv4Network | IPv6Network, ...] = ()


DEFAULTS = FetchSettings()
"""Where nothing is said of it."""
