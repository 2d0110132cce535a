"""How a process that is told to end does so in time: containers are given ten seconds before they are killed."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from dataclasses import dataclass

SPARE = 1.0
"""Seconds beyond the grace until the process ends whatever is left."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Grace:
    """How many seconds the desk takes at most to end, and what they are for.

    ``work``: for what is in hand, answers, calls and files alike; ``left``: until the rest is cancelled;
    ``told``: until the owner has the last line. What remains is for closing connections and workers.
    """

    seconds: float = 8.0

    @property
    def work(self) -> float:
        """Seconds from the beginning of the end."""
        return self.seconds * 0.6

    @property
    def left(self) -> float:
        """Seconds until what is not done by itself is cancelled."""
        return self.seconds * 0.65

    @property
    def told(self) -> float:
        """Seconds from the beginning of the end."""
        return self.seconds * 0.8


def end_within(seconds: float) -> None:
    """End this process after so many seconds, with status 1, whatever it waits for by then.

    A disk or a database that answers no more holds threads that nobody can stop. What was in hand is
    taken up at the next start, as after a kill.
    """
    timer = threading.Timer(seconds, _end, [seconds])
    timer.daemon = True
    timer.start()


async def end_when(stop: asyncio.Event, seconds: float) -> None:
    """From ``stop`` on the process has so many seconds."""
    await stop.wait()
    end_within(seconds)


def _end(seconds: float) -> None:
    log.error("something does not end: the process is left after %g seconds", seconds)
    logging.shutdown()
    os._exit(1)
