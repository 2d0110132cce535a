"""A database whose log was cut short: what stood behind the cut is taken in again from `done/`, and the index follows."""

from __future__ import annotations

import random

import pytest

from tests.upkeep.compared import amiss, sound
from tests.upkeep.house import House, a_word


@pytest.mark.parametrize("left", [0.0, 0.15, 0.4, 0.6, 0.8, 0.97])
@pytest.mark.sampled(1)
async def test_what_the_log_has_lost_comes_back_from_the_files(tmp_path, left):
    house, dice = House(tmp_path), random.Random(3)
    dropped = {a_word(dice): number for number in (1, 2, 4)}
    for word, number in dropped.items():
        house.drop(number, word)
        ingest = await house.run(
            "ingest", failpoint="ingest-settled:1"
        )  # the log stays, as after a power cut
        assert ingest.killed
    log = house.database.with_name(f"{house.database.name}-wal")
    whole = log.read_bytes()
    log.write_bytes(whole[: round(len(whole) * left)])
    assert list(sound(house.database)) == []
    before = {row.title for row in house.rows()}
    assert len(before) < len(dropped) or left > 0.9
    checked = await house.run("check")
    assert checked.code == (len(before) < len(dropped))
    assert ("are not in the store" in checked.errors) == (len(before) < len(dropped))
    mended = await house.run("check", "--repair")
    assert mended.code == 0, mended.errors
    assert await amiss(house, dropped, dropped, ()) == []
