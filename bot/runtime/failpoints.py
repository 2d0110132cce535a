"""Named points at which a test may kill the process, as a power cut would, or have it fail. Otherwise nothing happens.

``COPYDESK_FAILPOINT=name`` or ``name:n``, set before the process starts, kills it with SIGKILL at
the ``n``-th pass: no ``finally`` runs and nothing is flushed. With ``name:raise`` or ``name:n:raise``
that pass raises an error that nobody expects, and the later ones go on.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass

VARIABLE = "COPYDESK_FAILPOINT"
RAISE = "raise"

POINTS = (
    "letter-dropped",  # it lies in the inbox, nobody has noted that
    "letter-noted",  # it is noted, and lies in its folder
    "inbox-claimed",  # a file is claimed, nobody has read it
    "work-begun",  # a worker has a file's bytes in hand, nothing is computed
    "work-answered",  # its answer is in the store, the engine does not know that
    "ingest-opening",  # it is about to be loaded and read
    "ingest-read",  # its article is read, nothing is kept
    "ingest-placed",  # its story is chosen, nothing is kept
    "ingest-writing",  # it is written with those that came together, not committed
    "ingest-kept",  # the library has it, the index has not
    "ingest-settling",  # the library has it, the file is still claimed
    "ingest-settled",  # the file is in `done/` with its receipt, the library does not know that
    "stage-due",  # a slot has come, its digest is not begun
    "stage-composed",  # the digest is made, nothing is written
    "stage-writing",  # occasion and parts are written, not committed
    "stage-committed",  # they are committed, nothing is posted
    "post-attempted",  # the attempt is committed, the call not begun
    "post-answered",  # the platform took it, its answer is not committed
    "post-recorded",  # it is committed, too
    "amend-attempted",  # a message is to be edited or taken away: that is noted, the call not begun
    "amend-answered",  # the platform did it, its answer is not committed
    "forget-writing",  # all that the tables know of an article is gone, not committed
    "forget-committed",  # it is committed, its files and the index are as they were
    "forget-unfiled",  # its files are gone, too
    "forget-unindexed",  # and the index, free pages are not overwritten
    "index-writing",  # what came is added to the index, not committed
    "index-written",  # it is committed, its writer not closed
    "index-built",  # an index is built aside, the old one in its place
    "index-parted",  # the old one is out of its place, the new one not in it
    "index-swapped",  # the new one is in its place, the old one still there beside it
    "copy-begun",  # a copy has some of what it is to have
    "copy-written",  # a copy is whole, and has not its name
    "copy-poured",  # a copy stands beside the database, with what was forgotten taken out
    "copy-restored",  # the database is the copy, the index is to be built
    "merge-writing",  # the articles of an export are written, not committed
    "merge-committed",  # they are committed, the index has not got them
    "answer-heard",  # something was said, nothing is known of it
    "answer-noted",  # it is noted as heard, not answered
    "answer-made",  # its answer is made, not said
    "answer-said",  # it is said
)
"""Every point, in the order of the flow."""


@dataclass(slots=True)
class _Order:
    """What is to happen at the pass of ``name`` after which ``left`` is 0."""

    name: str
    left: int = 1
    raises: bool = False


def _order(setting: str) -> _Order:
    name, *more = setting.split(":")
    raises = more[-1:] == [RAISE]
    count = more[: len(more) - raises]
    if name and (name not in POINTS or len(count) > 1 or not all(each.isdecimal() for each in count)):
        raise ValueError(f"{VARIABLE}: there is no point {setting!r}; there is {', '.join(POINTS)}")
    return _Order(name, int(count[0]) if count else 1, raises)


_ordered = _order(os.environ.get(VARIABLE, ""))


def reach(name: str) -> None:
    """The process passes the point ``name``, and ends or fails here if that was ordered."""
    if name != _ordered.name:
        return
    _ordered.left -= 1
    if _ordered.left == 0:
        if _ordered.raises:
            raise RuntimeError(f"{VARIABLE} ordered it at {name}")
        os.kill(os.getpid(), signal.SIGKILL)
