"""A few kills of the commands that look after a library; `make faults` has two hundred."""

from __future__ import annotations

from tests.upkeep.story import story, table


async def test_nothing_is_lost_doubled_or_in_one_place_alone(tmp_path):
    result = await story(tmp_path, kills=2, seed=1, neighbours=2)
    assert result.kills.total() >= 2
    assert result.broken == [], table(result)
