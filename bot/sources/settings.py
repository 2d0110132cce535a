"""How things are fetched: whoever reads a configuration need not load an HTTP client."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """A body may have ``max_mb`` and a request take ``seconds``.

    ``contact`` is where hosts can write to, told with each request. ``private`` are the networks that may be reached though they are not public.
    """

    max_mb: float = 10.0
    seconds: float = 30.0
    contact: str = ""
    private: tuple[IPv4Network | IPv6Network, ...] = ()

    @property
    def agent(self) -> str:
        """How the desk calls itself."""
        return f"Copydesk ({self.contact})" if self.contact else "Copydesk"


DEFAULTS = FetchSettings()
"""Where nothing is said of it."""
