"""The whole desk while its clock is set back: no slot comes twice, and nothing that arrived is passed over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.query import parse
from tests.builders import NOON
from tests.desk import OpenDesk, an_article_file
from tests.fakes import FakeClock
from tests.forgetful import SECRET, a_desk, far_ends, told
from tests.stores import migrated

MINUTE = timedelta(minutes=1)
PIER = (
    "Masons began to build a stone pier at Cape Norrin on Thursday, after nine years in which the plans lay in a drawer.",
    "The pier will be 210 metres long and will keep the swell away from the fishing fleet, the county said.",
)


async def digests(desk: OpenDesk) -> int:
    """Stage what is due, and post what waits; how many digests there were."""
    staged = await desk.deliver.stage_due()
    await desk.deliver.post_waiting(MINUTE)
    return staged


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_slot_that_comes_again_is_settled_and_what_came_meanwhile_is_told_by_the_next(
    tmp_path: Path, restarted: bool
):
    url, far = f"sqlite:///{migrated(tmp_path / 'data' / 'copydesk.db')}", far_ends()
    clock = FakeClock(NOON)
    async with a_desk(tmp_path, url, clock, far) as desk:
        await told(desk, clock, tmp_path)  # at one o'clock
        before = len(far.slack.posts)
        assert before == len(far.telegram.posts) > 0
        if not restarted:
            await on_the_earlier_clock(desk, clock, tmp_path)
    if restarted:
        async with a_desk(tmp_path, url, clock, far) as desk:
            await on_the_earlier_clock(desk, clock, tmp_path)
    for one in (far.slack, far.telegram):
        texts = [text for _, text, _ in one.posts]
        assert SECRET in "".join(texts[:before])
        (new,) = texts[before:]
        assert "A pier is built" in new
        assert SECRET not in new


async def on_the_earlier_clock(desk: OpenDesk, clock: FakeClock, folder: Path) -> None:
    clock.pass_by(hours=-3)
    an_article_file(folder / "inbox", "pier.txt", "A pier is built", *PIER)
    (receipt,) = await desk.empty_inbox()
    assert receipt.outcome == "new"
    assert await digests(desk) == 0
    found = await desk.desk.index.search(parse("pier").query, now=clock.now(), limit=9)
    assert found.total > 0
    clock.pass_by(hours=3)  # one o'clock once more
    assert await digests(desk) == 0
    clock.pass_by(days=1)
    assert await digests(desk) == 2
    clock.pass_by(hours=-2)
    assert await digests(desk) == 0
    clock.pass_by(hours=2)
    assert await digests(desk) == 0
