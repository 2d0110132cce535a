"""What came and was told by the day: counted right, and readable."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.library import stats
from bot.cli.library.stats import bar
from bot.store.sql.database import StoreSettings, open_store
from bot.store.statistics import Statistics
from tests.builders import NOON
from tests.desk import an_article_file
from tests.fakes import FakeClock
from tests.forgetful import HARBOUR, NEWS, SECRET, a_desk, far_ends, told
from tests.store.conftest import empty_postgres_url, postgres, postgres_url, sqlite_url, store_url

__all__ = ["empty_postgres_url", "postgres", "postgres_url", "sqlite_url", "store_url"]  # fixtures


@pytest.fixture
async def found(tmp_path, store_url):
    clock = FakeClock(NOON)
    topics = {"sea": "tug OR ferries", "fruit": "apples"}
    channels = [one | {"timezone": "UTC"} for one in (HARBOUR, NEWS)]
    tables = {"topics": topics, "channels": channels, "timezone": "Asia/Tokyo"}
    async with a_desk(tmp_path, store_url, clock, far_ends(), **tables) as desk:
        await told(desk, clock, tmp_path)
        clock.pass_by(days=1, hours=9)  # 22:00 in UTC: in Tokyo it is the day after
        page = an_article_file(
            tmp_path, "late.txt", "Masons build a pier", "Masons began to build a pier at Cape Norrin."
        )
        await desk.read(page)
        async with await open_store(StoreSettings(store_url)) as database:
            yield await stats._count(desk, Statistics(database, "Asia/Tokyo"), 5)


async def test_each_day_is_counted_in_the_zone_of_the_desk(found):
    record = stats._record(found)["days"]
    assert [one["day"] for one in record] == [
        f"{NOON + timedelta(days=day):%Y-%m-%d}" for day in range(-2, 3)
    ]
    first, last = record[2], record[4]
    assert (first["articles"], first["stories"], first["digests"]) == (3, 3, 2)
    assert first["topics"] == {"sea": 2, "fruit": 1}
    assert first["speakers"]["Odo Marsk"] == 1
    assert first["sources"]["Port Gazette"] == 1
    assert (last["articles"], last["digests"], last["topics"]) == (1, 0, {"sea": 0, "fruit": 0})
    assert record[0]["articles"] == record[3]["articles"] == 0
    assert json.loads(json.dumps(record)) == record


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
async def test_the_table_has_a_line_a_day_and_fits_a_terminal(found, encoding):
    class Stream(StringIO):
        @property
        def encoding(self) -> str:
            return encoding

    terminal = Console(file=Stream(), width=80, no_color=True)
    stats._show(found, terminal)
    text = terminal.file.getvalue()
    assert all(len(line) <= 80 for line in text.splitlines())
    lines = [line for line in text.splitlines() if f"Tue {NOON:%Y-%m-%d}" in line]
    assert len(lines) == 1
    assert lines[0].replace("|", " ").split()[2:5] == ["3", "3", "2"]
    assert ("█" in text) == (encoding == "utf-8")
    assert ("###" in text) == (encoding == "ascii")
    assert "Odo Marsk" in text
    assert "sea" in text
    assert SECRET not in text


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(1, 60), st.booleans())
def test_a_bar_is_as_long_as_its_count_and_never_longer_than_there_is_room(count, most, width, blocks):
    most = max(count, most)
    drawn = bar(count, most, width, blocks=blocks)
    assert len(drawn) <= width
    assert bool(drawn) == bool(count)
    assert abs(len(drawn) - width * count / most) <= 1
