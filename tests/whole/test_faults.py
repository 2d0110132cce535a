"""A few kills of the whole desk; `make faults` runs two hundred."""

from __future__ import annotations

from tests.faults import story, table


async def test_no_promise_is_broken_by_kills_lost_answers_and_limits(tmp_path):
    result = await story(tmp_path, kills=2, seed=7)
    assert result.kills.total() >= 2
    assert result.broken == [], table(result)
