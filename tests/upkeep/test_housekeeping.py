"""What a desk does for itself once an hour."""

from __future__ import annotations

import pytest

from bot.cli.daemon import Daemon
from bot.store.retention import KEPT_FOR
from tests.builders import NOON
from tests.contracts.outbox import HERE, a_digest, a_slot, drained, some_parts
from tests.desk import open_desk
from tests.fakes import FakeClock


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "bot.cli.daemon"]


async def test_housekeeping_lets_go_of_what_was_posted_long_ago(tmp_path, caplog):
    caplog.set_level("INFO", logger="bot.cli.daemon")
    clock = FakeClock()
    async with open_desk(tmp_path, clock) as desk:
        for day in (0, 1):
            clock.pass_by(days=day)
            slot = a_slot(day)
            digest = a_digest(key=slot.key, until=clock.now())
            await desk.outbox.stage(digest, some_parts(2), to=HERE, slots=(slot,))
            await drained(desk.outbox)
        shift = Daemon(desk, {})
        await shift._keep_house()
        assert told(caplog) == []
        clock.pass_by(days=(NOON + KEPT_FOR - clock.now()).days + 1)
        await shift._keep_house()
        await shift._keep_house()
    assert told(caplog) == ["old parts of digests that were let go of: 2"]
