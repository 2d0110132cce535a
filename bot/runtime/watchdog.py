"""What systemd is told: that the desk is open, that it works, that it closes (sd_notify(3))."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Mapping

READY, STOPPING, ALIVE = "READY=1", "STOPPING=1", "WATCHDOG=1"

log = logging.getLogger(__name__)


def reloading() -> str:
    """The configuration is being read again; ``READY`` says when that is done."""
    return f"RELOADING=1\nMONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}"


def notify(state: str, environ: Mapping[str, str]) -> None:
    """Send it to the socket that the service manager named; nothing where it named none. Never raises."""
    address = environ.get("NOTIFY_SOCKET", "")
    if address[:1] not in {"/", "@"}:
        return
    name = f"\0{address[1:]}" if address[0] == "@" else address  # an abstract one, of no file system
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as way:
            way.settimeout(0)
            way.sendto(state.encode(), name)
    except OSError as error:
        log.warning("the service manager cannot be told %s: %s", state.partition("=")[0], error)


def interval(environ: Mapping[str, str]) -> float | None:
    """Seconds between two ``ALIVE``, half of what the service manager waits; ``None`` where it does not wait."""
    told, of = environ.get("WATCHDOG_USEC", ""), environ.get("WATCHDOG_PID", "")
    if not told.isascii() or not told.isdigit() or int(told) <= 0 or of not in {"", str(os.getpid())}:
        return None
    return int(told) / 2_000_000
