"""Who holds something: "HOST-PID", and whether that process is still there."""

from __future__ import annotations

import os
import socket


def this_process() -> str:
    """This process as a holder."""
    return f"{socket.gethostname()}-{os.getpid()}"


def may_be_alive(holder: str) -> bool:
    """False only for a process of this host that has ended."""
    host, _, pid = holder.rpartition("-")
    if host != socket.gethostname() or not pid.isdecimal() or len(pid) > 9:
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
