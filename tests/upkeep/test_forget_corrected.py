"""An article that was corrected after it was posted is forgotten: its former words, and what was posted about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import NOON
from tests.desk import FERRY, OpenDesk
from tests.fakes import FakeClock
from tests.forgetful import SECRET, URL, VESSEL, a_desk, far_ends, ferry_file, told, traces
from tests.store.conftest import empty_postgres_url, postgres, postgres_url, sqlite_url, store_url
from tests.upkeep.test_forget import MINUTE, in_tables

__all__ = ["empty_postgres_url", "postgres", "postgres_url", "sqlite_url", "store_url"]  # fixtures


def correct(folder: Path) -> None:
    """Another number of rescued, and another time between ferries."""
    page = f"---\ntitle: Tug {SECRET} sinks off the pier\nurl: {URL}\nsource: Port Gazette\n---\n\n"
    vessel = (VESSEL[0].replace("four", "five"), *VESSEL[1:])
    (folder / "inbox" / f"{SECRET}-2.md").write_text(page + "\n\n".join(vessel) + "\n", encoding="utf-8")
    correct_ferry(folder)


def correct_ferry(folder: Path) -> None:
    ferry = (FERRY[0].replace("ten", "nine"), *FERRY[1:])
    ferry_file(folder / "inbox", "ferry-2.md", *ferry)


async def stage(desk: OpenDesk, clock: FakeClock) -> None:
    clock.pass_by(minutes=1)
    await desk.deliver.stage_due()


@pytest.mark.parametrize("posted", [True, False])
@pytest.mark.parametrize("mode", ["edit", "reply", "off"])
@pytest.mark.sampled(2)
async def test_nothing_of_it_is_left(tmp_path, store_url, mode, posted):
    clock, far = FakeClock(NOON), far_ends()
    async with a_desk(tmp_path, store_url, clock, far, digest={"corrections": mode}) as desk:
        await told(desk, clock, tmp_path)
        correct(tmp_path)
        await desk.empty_inbox()
        await stage(desk, clock)
        if posted:
            await desk.deliver.post_waiting(MINUTE)
            assert far.has("crew of five") == (mode != "off")
        assert "corrections" in await in_tables(desk)
        await desk.forgetting.forget_all(SECRET)
        assert await in_tables(desk) == []
        await desk.forgetting.finish()
        await desk.deliver.post_waiting(MINUTE)
        assert not far.has(SECRET)
        assert not far.has("crew of")
        assert far.has("Frost takes the apples")
        replies = [
            text for end in (far.slack, far.telegram) for _, text, _ in end.posts if "Correction" in text
        ]
        assert len(replies) == (2 if mode == "reply" else 0)
        assert all("nine minutes" in text for text in replies)  # what is said of another article stays
        edits = len(far.slack.edited)
        await stage(desk, clock)
        await desk.deliver.post_waiting(MINUTE)
        assert len(far.slack.edited) == edits
    assert traces(tmp_path) == []


async def test_what_is_corrected_meanwhile_keeps_its_wording(tmp_path, store_url):
    clock, far = FakeClock(NOON), far_ends()
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        forget = desk.forgetting._store.forget
        tried = []

        async def late(*args):
            if not tried:
                correct_ferry(tmp_path)
                await desk.empty_inbox()
                await stage(desk, clock)
            tried.append(await forget(*args))
            return tried[-1]

        desk.forgetting._store.forget = late  # type: ignore[method-assign]
        await desk.forgetting.forget_all(SECRET)
        await desk.deliver.post_waiting(MINUTE)
        assert [one is None for one in tried] == [True, False]
        assert not far.has(SECRET)
        assert not far.has("ten minutes from Monday")
        assert far.has("nine minutes from Monday")
