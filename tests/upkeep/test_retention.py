"""What is more than the operator wants to keep goes, the oldest first, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.domain.limits import Limits
from bot.domain.query import parse
from bot.inbox.retention import Shelves, keep_within
from bot.ingest.retention import LetGo
from tests.builders import NOON
from tests.desk import an_article_file
from tests.fakes import FakeClock
from tests.forgetful import a_desk, far_ends
from tests.permissions import modes_count
from tests.store.conftest import empty_postgres_url, postgres, postgres_url, sqlite_url, store_url

__all__ = ["empty_postgres_url", "postgres", "postgres_url", "sqlite_url", "store_url"]  # fixtures
DAY = timedelta(days=1)
ITEMS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 100)), max_size=30)
MAYBE = st.none() | st.integers(0, 400)


@given(ITEMS, MAYBE, MAYBE, MAYBE)
def test_what_is_left_is_within_every_limit_and_the_newest(items, age, count, size):
    limits = Limits(None if age is None else age * DAY, count, size)
    newest_first = [(number, NOON - days * DAY, one) for number, (days, one) in enumerate(sorted(items))]
    gone = set(limits.surplus(newest_first, NOON))
    left = [one for one in newest_first if one[0] not in gone]
    assert [one[0] for one in left] == list(range(len(left)))  # nothing older than what went
    assert count is None or len(left) <= count
    assert size is None or sum(one[2] for one in left) <= size
    assert age is None or all(NOON - came <= limits.age for _, came, _ in left)
    if gone:  # and no more went than had to
        first = newest_first[len(left)]
        more = [*left, first]
        assert (
            (count is not None and len(more) > count)
            or (size is not None and sum(one[2] for one in more) > size)
            or (age is not None and NOON - first[1] > limits.age)
        )


def shelf(folder: Path) -> None:
    for place, name in (("done", "a.txt"), ("done", "b.txt"), ("failed", "c.txt")):
        for days in range(3):
            day = folder / place / f"{(NOON - days * DAY):%Y-%m-%d}"
            day.mkdir(parents=True, exist_ok=True)
            (day / f"{name}~0000000{days}").write_bytes(b"x" * 1000)
            (day / f"{name}~0000000{days}.receipt.json").write_bytes(b"y" * 100)
    (folder / "done" / "notes").mkdir()
    (folder / "done" / "notes" / "mine.txt").write_text("mine")


def lying(folder: Path, kind: str) -> list[str]:
    receipts = kind == "receipts"
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*~*")
        if path.name.endswith(".json") == receipts
    )


def test_what_cannot_be_deleted_is_told_and_keeps_nothing_else(tmp_path):
    shelf(tmp_path)
    oldest = tmp_path / "done" / f"{(NOON - 2 * DAY):%Y-%m-%d}"
    oldest.chmod(0o500)
    with modes_count(), pytest.raises(PermissionError, match=oldest.name):
        keep_within(tmp_path, Shelves(Limits(count=0), Limits(count=0)), NOON)
    oldest.chmod(0o700)
    done = [one for kind in ("files", "receipts") for one in lying(tmp_path, kind) if one.startswith("done")]
    assert len(done) == 4
    assert all(oldest.name in one for one in done)


def test_without_limits_nothing_goes(tmp_path):
    shelf(tmp_path)
    assert keep_within(tmp_path, Shelves(), NOON) == (0, 0)
    assert keep_within(tmp_path / "nowhere", Shelves(Limits(count=0), Limits(count=0)), NOON) == (0, 0)
    assert len(lying(tmp_path, "files")) == 9


@pytest.mark.parametrize("limits", [Limits(age=timedelta(hours=36)), Limits(count=4), Limits(size=4_500)])
def test_files_go_by_age_number_and_size_and_failed_ones_stay(tmp_path, limits):
    shelf(tmp_path)
    assert keep_within(tmp_path, Shelves(files=limits), NOON) == (2, 0)
    oldest = f"{(NOON - 2 * DAY):%Y-%m-%d}"
    assert [one for one in lying(tmp_path, "files") if one.startswith("done")] == [
        one for one in sorted(lying(tmp_path, "files")) if one.startswith("done") and oldest not in one
    ]
    assert len(lying(tmp_path, "files")) == 7
    assert len(lying(tmp_path, "receipts")) == 9
    assert (tmp_path / "done" / "notes" / "mine.txt").exists()
    assert keep_within(tmp_path, Shelves(files=limits), NOON) == (0, 0)


def test_receipts_go_in_both_folders_and_empty_days_too(tmp_path):
    shelf(tmp_path)
    assert keep_within(tmp_path, Shelves(Limits(count=0), Limits(count=0)), NOON) == (6, 9)
    assert [path.name for path in (tmp_path / "done").iterdir()] == ["notes"]
    assert len(lying(tmp_path, "files")) == 3


@pytest.mark.parametrize(
    ("option", "left"),
    [
        ({"articles_days": 2}, 2),
        ({"articles_most": 3}, 3),
        ({"articles_mb": 1}, 5),
        ({"articles_days": 2, "articles_most": 1}, 1),
        ({}, 5),
    ],
)
@pytest.mark.sampled(2)
async def test_articles_go_from_library_and_index_the_oldest_first(tmp_path, store_url, option, left):
    clock = FakeClock(NOON)
    async with a_desk(tmp_path, store_url, clock, far_ends(), retention=option) as desk:
        for number in range(5):
            text = f"Ship {number} sails with wheat number {number}. It is bound for island {number}."
            await desk.read(an_article_file(tmp_path, f"{number}.txt", f"Ship {number} sails", text))
            clock.pass_by(days=1)
        gone = await desk.let_go()
        assert gone == LetGo(articles=5 - left)
        assert await desk.let_go() == LetGo()
        found = await desk.desk.index.search(parse("wheat").query, now=clock.now(), limit=9)
        newest = {f"Ship {number} sails" for number in range(5 - left, 5)}
        entries = await desk.desk.library.entries([one.entry for one in found.matches])
        assert {one.article.title for one in entries} == newest
        assert found.total == left
        assert await desk.forgetting.leftovers() == ()
        (receipt,) = await desk.read(tmp_path / "0.txt")
        assert receipt.outcome == ("known" if left == 5 else "new")  # it is no secret, it may come again


def test_the_options_become_limits(tmp_path):
    told = config.build({"retention": {"done_days": 30, "done_mb": 5, "receipts_most": 7}}, tmp_path, {})
    assert told.retention.articles == Limits()
    assert told.retention.shelves == Shelves(Limits(timedelta(days=30), None, 5_000_000), Limits(count=7))
