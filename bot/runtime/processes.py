"""Who holds a lease or a claim, and whether that process is still there.

A holder is "HOST-PID~WORLD~START". A number of a process tells nothing to whoever counts
differently, and two containers may share a host name, so WORLD names the boot of the machine and
the namespace that the number belongs to; START tells a process from a later one of its number.
Only a holder of this very host and world can be known to be gone. Everybody else's hold, also that
of an earlier version's "HOST-PID", ends with its lease.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_HOLDER = re.compile(r"(?P<host>.+)-(?P<pid>\d{1,9})~(?P<world>[0-9a-f]{8})~(?P<start>\d{1,20})")

UNKNOWN = "0"
"""The start of a process where the system does not tell it: its number has to do."""


def this_process() -> str:
    """This process as a holder, at most 110 characters: also a safe name for a folder."""
    return _named(os.getpid())


def may_be_alive(holder: str) -> bool:
    """False only for a process of this host and world that has ended."""
    told, own = _HOLDER.fullmatch(holder), _HOLDER.fullmatch(this_process())
    assert own is not None
    if told is None or told["host"] != own["host"] or told["world"] != own["world"]:
        return True
    try:
        os.kill(int(told["pid"]), 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # another user's: it is there
    start = _start(int(told["pid"]))
    return UNKNOWN in {start, told["start"]} or start == told["start"]


@cache  # The same name for a whole life, also where the host is called something else meanwhile.
def _named(pid: int) -> str:
    host = re.sub(r"[^A-Za-z0-9.-]|^\.", "_", socket.gethostname()[:64]) or "_"
    return f"{host}-{pid}~{_world()}~{_start(pid)}"


def _world() -> str:
    """The boot of the machine, and the namespaces in which processes and their starts are counted.

    The first namespace has one number on every Linux machine, hence the boot's id. Without /proc,
    as on macOS, nothing is told but that it is such a system: there the host's name has to do.
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        boot = os.uname().sysname
    spaces = (_link(f"self/ns/{kind}") for kind in ("pid", "time"))
    return hashlib.sha256("\n".join((boot, *spaces)).encode()).hexdigest()[:8]


def _start(pid: int) -> str:
    """When the process began, in the kernel's ticks since the boot."""
    if _link("self") != str(os.getpid()):
        return UNKNOWN  # no /proc, or one that counts in another namespace (unshare without --mount-proc)
    try:
        told = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return UNKNOWN
    # The name before the last ")" may hold anything; the start is the 22nd field of proc_pid_stat(5).
    return told.rpartition(")")[2].split()[19]


def _link(name: str) -> str:
    try:
        return str((_PROC / name).readlink())
    except OSError:
        return ""
