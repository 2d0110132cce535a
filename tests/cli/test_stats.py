"""What came and was told by the day: counted right, and readable."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from io import BytesIO, StringIO
from itertools import groupby

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageColor
from rich.console import Console

from bot.cli.commands import copydesk
from bot.cli.library import stats
from bot.cli.library.picture import BAR, BARS, MARGIN, PANEL, drawn
from bot.cli.library.stats import bar
from bot.store.sql.database import StoreSettings, open_store
from bot.store.statistics import Day, Statistics
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


async def test_the_table_has_a_line_a_day_and_fits_a_terminal(found):
    for encoding in ("utf-8", "ascii"):
        fits_a_terminal(found, encoding)


def fits_a_terminal(found: stats.Counted, encoding: str) -> None:
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


def test_the_table_has_room_for_its_numbers_on_a_narrow_terminal():
    found = stats.Counted({NOON.date(): Day(articles=12, digests=3)}, {})
    terminal = Console(file=StringIO(), width=30, no_color=True)
    stats._show(found, terminal)
    heading, line = terminal.file.getvalue().splitlines()
    assert heading.split() == ["day", "articles", "stories", "digests"]
    assert line.split() == [f"{NOON:%m-%d}", "12", "0", "3"]


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(1, 60), st.booleans())
def test_a_bar_is_as_long_as_its_count_and_never_longer_than_there_is_room(count, most, width, blocks):
    most = max(count, most)
    drawn = bar(count, most, width, blocks=blocks)
    assert len(drawn) <= width
    assert bool(drawn) == bool(count)
    assert abs(len(drawn) - width * count / most) <= 1


def picture_of(*days: Day) -> tuple[Image.Image, bytes]:
    first = NOON.date()
    data = drawn({first + timedelta(days=number): day for number, day in enumerate(days)})
    return Image.open(BytesIO(data)).convert("RGB"), data


def bars(image: Image.Image, plot: int) -> list[int]:
    """Heights in pixels of a plot's bars from left to right, those that are empty left out."""
    ground = MARGIN + PANEL * plot + 64 + BARS
    heights = [
        next((up for up in range(BARS + 1) if image.getpixel((x, ground - 3 - up)) != BLUE), BARS + 1)
        for x in range(MARGIN, image.width - MARGIN)
    ]
    return [height for height, _ in groupby(heights) if height]


BLUE = ImageColor.getrgb(BAR)


def test_a_picture_has_a_bar_for_each_day_that_counts():
    image, data = picture_of(
        Day(articles=4, stories={1, 2}), Day(), Day(articles=8, stories={2}, digests=1), Day(articles=1)
    )
    assert image.width == 1080
    assert len(data) < 50_000
    four, eight, one = bars(image, 0)
    assert eight == pytest.approx(2 * four, abs=5)
    assert 0 < one < four
    assert len(bars(image, 1)) == 2
    assert len(bars(image, 2)) == 1


@pytest.mark.parametrize("count", [1, 62, 63, 400, 3650])
def test_a_long_time_has_bars_that_can_be_told_apart(count):
    image, _ = picture_of(*(Day(articles=1 + 9 * (number % 2)) for number in range(count)))
    assert 1 <= len(bars(image, 0)) <= 62


def test_nothing_at_all_is_a_picture_without_bars():
    image, _ = picture_of(Day(), Day())
    assert bars(image, 0) == bars(image, 1) == bars(image, 2) == []


def test_without_pillow_the_remedy_is_told_before_anything_is_read(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    monkeypatch.delitem(sys.modules, "bot.cli.library.picture")
    (tmp_path / "config.toml").write_text("", "utf-8")
    result = CliRunner().invoke(
        copydesk, ["--config", str(tmp_path / "config.toml"), "stats", "--png", str(tmp_path / "week.png")]
    )
    assert result.exit_code == 2
    assert 'pip install "copydesk[pictures]"' in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]
