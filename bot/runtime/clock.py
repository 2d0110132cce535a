"""The system's clock: the only module that asks what time it is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime


class WallClock:
    """The system's clock. Sleeps in short steps, so that a changed clock is noticed."""

    STEP = 30.0

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Return at ``moment`` or soon after it; at once if it has passed."""
        while (left := (moment - self.now()).total_seconds()) > 0:
            await asyncio.sleep(min(left, self.STEP))
