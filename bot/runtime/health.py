"""What the desk knows of its own work: when each loop last went round, and which of them should have."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.domain.ports import Clock, Measures


@dataclass(frozen=True, slots=True)
class StagedSlot:
    """The newest slot whose digest was staged: its name, and when that was."""

    slot: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files that wait in the inbox, as the last pass saw them, and since when the oldest does."""

    files: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """What desks have handed to workers elsewhere.

    ``tasks`` by kind and state (``waiting``, ``working``), the seconds that the ``oldest`` has waited, how many ``workers`` are
    alive, and the seconds since the last ``sign`` of one, if there was any.
    """

    tasks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    oldest: float = 0.0
    workers: int = 0
    sign: float | None = None

    @property
    def waiting(self) -> int:
        """How many tasks nobody works on."""
        return sum(count for (_, state), count in self.tasks.items() if state == "waiting")

    @property
    def deserted(self) -> bool:
        """Whether tasks wait, and nobody is there to work on them."""
        return self.waiting > 0 and self.workers == 0


class Queued(Protocol):
    """Workers elsewhere, as who watches them sees them."""

    measures: Measures

    async def look(self) -> Queue:
        """How the queue of all desks is. Raises StoreError."""


@dataclass(slots=True)
class _Loop:
    within: timedelta
    turned: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What a report has from elsewhere. ``heard``: for each platform, whether people can be heard there; in ``reserve`` another desk does.

    ``unreachable``: a sentence for each platform that is not set up and that digests wait for.
    """

    heard: Mapping[str, bool] = field(default_factory=dict)
    waiting: Waiting = Waiting()
    last_slot: StagedSlot | None = None
    closing: bool = False
    reserve: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()


Report = Mapping[str, Any]
"""As docs/operating.md has it; all is well where ``reasons`` is empty."""


class Health:
    """Told of each turn of each loop. A loop that idles is woken by a tick and so turns all the same.

    Turns are measured by a clock that nobody can set; ``clock`` is for telling when they were.
    """

    def __init__(self, clock: Clock, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._elapsed = elapsed
        self._loops: dict[str, _Loop] = {}
        self._since = clock.now()

    def expect(self, loop: str, within: timedelta) -> None:
        """From now on, the loop goes round at least so often."""
        self._loops[loop] = _Loop(within, self._elapsed(), self._clock.now())

    def turned(self, loop: str) -> None:
        """The loop goes round; nothing where nobody expects it to."""
        if known := self._loops.get(loop):
            known.turned, known.at = self._elapsed(), self._clock.now()

    def forget(self, loop: str) -> None:
        """The loop has ended for good, as it may."""
        self._loops.pop(loop, None)

    def overdue(self) -> tuple[str, ...]:
        """A sentence for each loop that should have gone round, and has not."""
        elapsed = self._elapsed()
        return tuple(
            f"{name} has not gone round for {elapsed - loop.turned:.0f} s; the most is {_seconds(loop.within):g} s"
            for name, loop in self._loops.items()
            if elapsed - loop.turned > _seconds(loop.within)
        )

    def report(self, seen: Seen) -> Report:
        """How it is now."""
        now, elapsed = self._clock.now(), self._elapsed()
        deaf = [platform for platform, heard in seen.heard.items() if not heard]
        reasons = (
            *(["the desk is closing"] if seen.closing else []),
            *self.overdue(),
            *([f"nobody is heard on: {', '.join(deaf)}"] if deaf else []),
            *seen.unreachable,
        )
        waiting, ticks = seen.waiting, self._loops.get(TICKS)
        return {
            "status": "ailing" if reasons else "well",
            "reasons": list(reasons),
            "now": _iso(now),
            "since": _iso(self._since),
            "last_tick": _iso(ticks.at if ticks else None),
            "last_slot": _slot(seen.last_slot),
            "inbox": {
                "waiting": waiting.files,
                "oldest": _iso(waiting.since),
                "seconds": _ago(now, waiting.since),
            },
            "loops": {
                name: {
                    "turned": _iso(loop.at),
                    "seconds": round(elapsed - loop.turned, 1),
                    "within": _seconds(loop.within),
                }
                for name, loop in self._loops.items()
            },
            "platforms": dict(seen.heard),
            "reserve": list(seen.reserve),
        }


TICKS = "ticks"
INTAKE = "intake"
DIGESTS = "digests"
POSTING = "posting"
HOUSEKEEPING = "housekeeping"
LEASES = "leases"
SOURCES = "sources"


def listening(platform: str) -> str:
    """The loop that hears what people say on a platform."""
    return f"listening on {platform}"


def _seconds(length: timedelta) -> float:
    return length.total_seconds()


def _ago(now: datetime, moment: datetime | None) -> float | None:
    return None if moment is None else max(round(_seconds(now - moment), 1), 0.0)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _slot(staged: StagedSlot | None) -> dict[str, str | None] | None:
    return None if staged is None else {"slot": staged.slot, "staged": _iso(staged.at)}
