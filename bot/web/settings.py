"""Where the HTTP server listens: whoever reads a configuration need not load the server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where to listen; port 0 takes a free one. ``health``: also when no platform sends its requests.

    ``metrics``: numbers for Prometheus are told, too, and the server runs for them.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    health: bool = False
    metrics: bool = False
