"""A correction takes the place of the text it corrects: in the library, in search and in digests."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from bot.domain.errors import OverBudget
from bot.domain.model import Address, Arrival, Entry, Occasion, Schedule, Subscription, Window
from bot.domain.ports import Desk
from bot.domain.reasons import Reason
from bot.inbox.receipts import Receipt, summed_up
from bot.ingest.pipeline import Ingest
from bot.store.forgetting import remove
from bot.store.library import SqlLibrary
from bot.store.sql.database import take_turn
from tests.article import samples
from tests.article.samples import PARAGRAPHS
from tests.builders import NOON
from tests.desk import OpenDesk, open_desk
from tests.fakes import FakeClock, HereAndNow

P = ParamSpec("P")
T = TypeVar("T")

FIXED = (PARAGRAPHS[0].replace("eleven", "seventeen"), *PARAGRAPHS[1:])
OTHER = (
    "Good morning. The budget talks open at nine, and the rail unions have called a strike for Thursday evening.",
    "The storm has passed, the schools are open, and the ferry to the outer islands runs again from ten.",
)
PAGE = "https://gazette.example/news/bridge"
WIRE = Subscription("wire", "wire", Address("console"), "", Schedule("Europe/London"))


def a_record(
    path: Path,
    *paragraphs: str,
    title: str = "Harbour bridge closes",
    source: str | None = "Port Gazette",
    url: str | None = None,
    published: datetime | None = None,
) -> Path:
    record = {"title": title, "text": "\n\n".join(paragraphs), "source": source, "url": url}
    record["published"] = published.isoformat() if published else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({name: value for name, value in record.items() if value}), encoding="utf-8")
    return path


async def entries(desk: OpenDesk) -> tuple[Entry, ...]:
    return await desk.desk.library.after_revision(0, limit=99)


async def arrivals(desk: OpenDesk) -> tuple[Arrival, ...]:
    return await desk.desk.library.arrivals(Window(0, await desk.desk.library.revision()))


async def found(desk: OpenDesk, words: str) -> list[int]:
    return [hit.entry.id for hit in (await desk.answer.responder.lookup.find(words)).hits]


async def outcomes(folder: Path, *paths: Path, later: float = 0) -> list[tuple[str, int | None]]:
    """What becomes of the files, each read by itself ``later`` hours after the one before."""
    clock = FakeClock()
    receipts: list[Receipt] = []
    async with open_desk(folder / "desk", clock) as desk:
        for path in paths:
            receipts += await desk.read(path)
            clock.pass_by(hours=later)
        assert len(await entries(desk)) == len({receipt.entry for receipt in receipts})
    return [(receipt.outcome, receipt.entry) for receipt in receipts]


async def test_a_page_that_was_rewritten_is_a_revision_of_its_article(tmp_path: Path):
    first = a_record(tmp_path / "a.json", *PARAGRAPHS, url=PAGE)
    second = a_record(tmp_path / "b.json", *OTHER, url=f"{PAGE}/?utm_source=mail")
    assert await outcomes(tmp_path, first, second) == [("new", 1), ("corrected", 1)]


@pytest.mark.parametrize(("later", "outcome"), [(47.0, "corrected"), (49.0, "new")])
async def test_an_outlet_that_repeats_a_title_within_two_days_corrects_it(
    tmp_path: Path, later: float, outcome: str
):
    first = a_record(tmp_path / "a.json", *PARAGRAPHS)
    second = a_record(tmp_path / "b.json", *FIXED)
    assert [one for one, _ in await outcomes(tmp_path, first, second, later=later)] == ["new", outcome]


@pytest.mark.parametrize(
    "second",
    [{"source": "Courier"}, {"source": None}, {"title": "Bridge to close"}],
    ids=["another outlet", "no outlet", "another title"],
)
async def test_a_copy_is_no_correction(tmp_path: Path, second: dict[str, Any]):
    paths = (
        a_record(tmp_path / "a.json", *PARAGRAPHS),
        a_record(tmp_path / "b.json", *FIXED, **second),
    )
    assert await outcomes(tmp_path, *paths) == [("new", 1), ("new", 2)]


@pytest.mark.parametrize("url", [None, "https://gazette.example/briefing"])
async def test_tomorrows_briefing_is_an_article_of_its_own(tmp_path: Path, url: str | None):
    today = NOON - timedelta(hours=5)
    paths = [
        a_record(tmp_path / f"{days}.json", *text, title="Morning briefing", url=url, published=moment)
        for days, text in enumerate((PARAGRAPHS, OTHER))
        for moment in [today + timedelta(days=days)]
    ]
    assert await outcomes(tmp_path, *paths, later=24) == [("new", 1), ("new", 2)]


async def test_a_correction_in_the_same_batch_is_one_article(tmp_path: Path):
    paths = [
        a_record(tmp_path / f"{n}.json", *text) for n, text in enumerate((PARAGRAPHS, FIXED, PARAGRAPHS))
    ]
    copy = tmp_path / "copy.txt"
    copy.write_bytes(samples.TEXT)
    async with open_desk(tmp_path / "desk") as desk:
        receipts = await desk.read(*paths, copy)
        assert [receipt.outcome for receipt in receipts] == ["new", "corrected", "known", "known"]
        (entry,) = await entries(desk)
    assert (entry.id, entry.revision, entry.story, entry.added) == (1, 2, 1, NOON)
    assert "seventeen" in entry.article.text


async def test_the_same_folder_again_changes_nothing(tmp_path: Path):
    paths = [a_record(tmp_path / f"{n}.json", *text) for n, text in enumerate((PARAGRAPHS, FIXED))]
    async with open_desk(tmp_path / "desk") as desk:
        await desk.read(*paths)
        revision = await desk.desk.library.revision()
        assert [receipt.outcome for receipt in await desk.read(*paths)] == ["known", "known"]
        assert await desk.desk.library.revision() == revision
        assert "seventeen" in (await entries(desk))[0].article.text


async def test_the_new_words_are_found_and_the_old_are_not(tmp_path: Path):
    async with open_desk(tmp_path / "desk") as desk:
        await desk.read(a_record(tmp_path / "a.json", *PARAGRAPHS))
        assert await found(desk, "eleven") == await found(desk, "said:Brandt patches") == [1]
        await desk.read(a_record(tmp_path / "b.json", *FIXED[:2], "“So be it,” said Anna Ferrow, a baker."))
        assert await found(desk, "seventeen") == await found(desk, "bridge") == [1]
        assert await found(desk, "eleven") == await found(desk, "said:Brandt patches") == []
        assert await desk.desk.index.follow(desk.desk.library) == 2


async def test_a_correction_joins_the_story_of_what_it_corrects(tmp_path: Path):
    async with open_desk(tmp_path / "desk") as desk:
        await desk.read(a_record(tmp_path / "a.json", *PARAGRAPHS, source="Courier"))
        await desk.read(a_record(tmp_path / "b.json", *PARAGRAPHS[:3], source="Gazette", url=PAGE))
        (receipt,) = await desk.read(a_record(tmp_path / "c.json", *OTHER, source="Gazette", url=PAGE))
        assert (receipt.outcome, receipt.entry) == ("corrected", 2)
        assert [entry.story for entry in await entries(desk)] == [1, 1]


async def test_a_feed_that_grew_brings_what_is_new_and_what_was_corrected(tmp_path: Path):
    inbox, feed = tmp_path / "inbox", samples.rss(3)
    inbox.mkdir()
    (inbox / "feed.xml").write_bytes(feed)
    grown = samples.rss(4).replace(b"Berth number 2 of the harbour", b"Berth number 2 of the old harbour")
    async with open_desk(tmp_path) as desk:
        await desk.empty_inbox()
        (inbox / "feed.xml").write_bytes(grown)
        (receipt,) = await desk.empty_inbox()
        assert [part.outcome for part in receipt.parts] == ["known", "corrected", "known", "new"]
        assert [part.entry for part in receipt.parts] == [1, 2, 3, 4]
        assert len(await entries(desk)) == 4
    told = [json.loads(path.read_text()) for path in (inbox / "done").rglob("*.receipt.json")]
    assert sorted(one["outcome"] for one in told) == ["new", "new"]
    assert "corrected" in {part["outcome"] for one in told for part in one["parts"]}


async def test_the_receipt_says_that_a_file_is_a_correction(tmp_path: Path):
    inbox = tmp_path / "inbox"
    async with open_desk(tmp_path) as desk:
        for name, text in (("a.json", PARAGRAPHS), ("b.json", FIXED)):
            a_record(inbox / name, *text)
            await desk.empty_inbox()
        reasons = [one.reason and str(one.reason) for one in await arrivals(desk)]
    (told,) = [json.loads(path.read_text()) for path in (inbox / "done").rglob("b.json*.receipt.json")]
    assert (told["outcome"], told["entry"], told["title"]) == ("corrected", 1, "Harbour bridge closes")
    assert reasons == [None, "a correction of “Harbour bridge closes”"]


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("known", "corrected", "new"), "new"),
        (("unreadable", "known", "corrected"), "corrected"),
        (("unreadable", "known"), "known"),
    ],
)
def test_a_file_of_several_articles_is_named_by_its_best(parts: Sequence[Any], whole: str):
    assert summed_up("feed.xml", [Receipt("part", outcome, NOON) for outcome in parts]).outcome == whole


async def test_each_digest_has_the_article_once_with_the_text_of_its_window(tmp_path: Path):
    async with open_desk(tmp_path / "desk") as desk:

        async def told(after: int, upto: int) -> tuple[list[str], list[int], list[str]]:
            prepared = await desk.digests.prepare(
                WIRE, Occasion("asked", "wire", "1"), Window(after, upto), NOON
            )
            texts = [entry.article.text for brief in prepared.digest.briefs for entry in brief.entries]
            ledger = prepared.digest.ledger
            return texts, [ledger.files, ledger.articles], [str(one.reason) for one in ledger.reasons]

        await desk.read(a_record(tmp_path / "a.json", *PARAGRAPHS))
        assert await told(0, 1) == (["\n\n".join(PARAGRAPHS)], [1, 1], [])
        path = a_record(tmp_path / "b.json", *FIXED)
        await desk.read(path)
        fixed = "\n\n".join(FIXED)
        assert await told(1, 2) == ([fixed], [1, 1], [])
        assert await told(0, 2) == ([fixed], [2, 1], [f'corrected by the later file "{path}"'])


async def test_texts_too_long_to_compare_are_two_articles(tmp_path: Path):
    class Exhausted(HereAndNow):
        async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
            if function.__name__ == "revised":
                raise OverBudget(Reason("work.seconds", most=30))
            return await super().run(function, *args, **kwargs)

    async with open_desk(tmp_path / "desk") as desk:
        here = desk.desk
        desk.ingest = Ingest(Desk(here.library, here.index, Exhausted(), here.clock), desk.config.ingest)
        paths = [a_record(tmp_path / f"{n}.json", *text) for n, text in enumerate((PARAGRAPHS, FIXED))]
        assert [receipt.outcome for receipt in await desk.read(*paths)] == ["new", "new"]


async def test_what_is_removed_while_its_correction_is_compared_leaves_an_article_of_its_own(tmp_path: Path):
    async with open_desk(tmp_path / "desk") as desk:
        here = desk.desk
        assert isinstance(here.library, SqlLibrary)
        database = here.library._database

        class Removing(HereAndNow):
            async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
                result = await super().run(function, *args, **kwargs)
                if function.__name__ == "revised":
                    async with database.writing() as connection:
                        await take_turn(connection)
                        await remove(connection, [1], NOON, forget=False)
                return result

        desk.ingest = Ingest(Desk(here.library, here.index, Removing(), here.clock), desk.config.ingest)
        paths = [a_record(tmp_path / f"{n}.json", *text) for n, text in enumerate((PARAGRAPHS, FIXED))]
        assert [(one.outcome, one.entry) for one in await desk.read(*paths)] == [("new", 1), ("new", 2)]
