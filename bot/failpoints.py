"""Named points at which a test may kill the process, as a power cut would. Otherwise nothing happens.

``COPYDESK_FAILPOINT=name`` or ``name:n``, set before the process starts, kills it with SIGKILL at
the ``n``-th pass: no ``finally`` runs and nothing is flushed.
"""

from __future__ import annotations

import os
import signal

VARIABLE = "COPYDESK_FAILPOINT"

POINTS = (
    "inbox-claimed",  # a file is claimed, nobody has read it
    "ingest-read",  # its article is read, nothing is kept
    "ingest-kept",  # the library has it, the index has not
    "ingest-settling",  # the library has it, the file is still claimed
    "ingest-settled",  # the file is in `done/` with its receipt, the library does not know that
    "stage-writing",  # occasion and parts are written, not committed
    "stage-committed",  # they are committed, nothing is posted
    "post-attempted",  # the attempt is committed, the call not begun
    "post-answered",  # the platform took it, its answer is not committed
)
"""Every point, in the order of the flow."""


def _armed(setting: str) -> tuple[str, int]:
    name, _, count = setting.partition(":")
    if name and (name not in POINTS or not (count or "1").isdecimal()):
        raise ValueError(f"{VARIABLE}: there is no point {setting!r}; there is {', '.join(POINTS)}")
    return name, int(count or "1")


_name, _left = _armed(os.environ.get(VARIABLE, ""))


def reach(name: str) -> None:
    """The process passes the point ``name``, and ends here if that was ordered."""
    global _left  # noqa: PLW0603 -- one countdown a process is what the variable orders
    if name != _name:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
