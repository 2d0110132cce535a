"""Articles are forgotten: in tables, index, files and in what was posted; they do not come back by themselves."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.cli.daemon import Daemon
from bot.domain.errors import Refused, RetryLater, StoreError
from bot.domain.events import Said, Sender
from bot.domain.model import CONSOLE, Address, Window
from bot.domain.query import parse
from bot.runtime import failpoints
from bot.store.sql.database import open_store
from bot.store.sql.delivery_schema import deliveries, metadata
from bot.wording import forgetting as texts
from tests.builders import NOON
from tests.day import day
from tests.desk import OpenDesk
from tests.fakes import FakeClock
from tests.fakes_chat import Lost
from tests.forgetful import SECRET, URL, Far, a_desk, drop, far_ends, told, traces
from tests.running import CHAT
from tests.store.conftest import empty_postgres_url, postgres, postgres_url, sqlite_url, store_url

__all__ = ["empty_postgres_url", "postgres", "postgres_url", "sqlite_url", "store_url"]  # fixtures
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.sampled(1)  # on one of the two databases; each statement has its own tests on both


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON)


@pytest.fixture
def far() -> Far:
    return far_ends()


async def in_tables(desk: OpenDesk, word: str = SECRET) -> list[str]:
    """Where the tables have the word."""
    found = []
    async with desk.retention._database.reading() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(select(table))).all()
            found += [table.name for row in rows if word.casefold() in repr(tuple(row)).casefold()]
    return found


async def the_one(desk: OpenDesk) -> int:
    (found,) = (await desk.forgetting.chosen(SECRET)).ids
    return found


@pytest.mark.parametrize("by", ["number", "#number", "address", "other spelling", "words"])
@pytest.mark.sampled(2)
async def test_it_is_gone_everywhere_and_the_rest_stays(tmp_path, store_url, clock, far, by):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        assert far.has(SECRET)
        assert far.has("Frost takes the apples")
        number = await the_one(desk)
        asked = {
            "number": str(number),
            "#number": f"#{number}",
            "address": URL,
            "other spelling": URL.replace("https", "http").replace("harbour", "www.harbour") + "/",
            "words": SECRET,
        }[by]
        wanted = await desk.forgetting.chosen(asked)
        assert wanted.ids == (number,)
        impact = await desk.forgetting.impact(wanted)
        assert [file.path.name.partition("~")[0] for file in impact.files] == [f"{SECRET}.md"]
        assert {one.fate for one in impact.messages} == {"changed"}
        assert await in_tables(desk)  # a dry run changes nothing
        done = await desk.forgetting.forget(wanted)
        assert done.entries == {number}
        assert await in_tables(desk) == []
        await desk.forgetting.finish()
        await desk.deliver.post_waiting(MINUTE)
        assert not far.has(SECRET)
        assert far.has("Frost takes the apples")
        assert far.has("Ferries to run every ten minutes")
        found = await desk.desk.index.search(parse("").query, now=NOON, limit=9)
        assert (found.total, number in {one.entry for one in found.matches}) == (2, False)
        assert await desk.desk.library.entries([number]) == ()
        assert await desk.forgetting.finish() == 0
    assert traces(tmp_path) == []


async def test_nothing_is_posted_twice_nor_edited_again(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        posts = len(far.slack.posts)
        await desk.forgetting.forget_all(SECRET)
        await desk.deliver.post_waiting(MINUTE)
        edits = list(far.slack.edited)
        assert edits
        await desk.deliver.post_waiting(MINUTE)
        clock.pass_by(hours=23)
        await desk.deliver.stage_due()
        await desk.deliver.post_waiting(MINUTE)
        assert far.slack.edited == edits
        assert len(far.slack.posts) == posts


async def test_what_is_not_posted_yet_goes_without_it(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path, post=False)
        stale = await desk.outbox.waiting(clock.now())
        done = await desk.forgetting.forget(await desk.forgetting.chosen(SECRET))
        assert {one.fate for one in done.messages} == {"withheld"}
        for part in stale:  # whoever has read it before cannot post it
            assert not await desk.outbox.attempt(part, clock.now())
        await desk.deliver.post_waiting(MINUTE)
        assert not far.has(SECRET)
        assert far.has("Frost takes the apples")
        assert far.slack.edited == []


async def test_a_digest_that_was_made_before_is_not_staged_after(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await desk.deliver.stage_due()
        drop(tmp_path)
        await desk.empty_inbox()
        clock.pass_by(hours=1)
        make = desk.digests.prepare

        async def slowly(*args, **kwargs):
            prepared = await make(*args, **kwargs)
            await desk.forgetting.forget_all(SECRET)
            return prepared

        desk.digests.prepare = slowly  # type: ignore[method-assign]
        await desk.deliver.stage_due()
        assert await in_tables(desk) == []
        desk.digests.prepare = make  # type: ignore[method-assign]
        await desk.deliver.stage_due()
        await desk.deliver.post_waiting(MINUTE)
        assert not far.has(SECRET)
        assert far.has("Frost takes the apples")


@pytest.mark.parametrize("taken", [True, False])
async def test_a_call_under_way_is_found_and_changed(tmp_path, store_url, clock, far, taken):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path, post=False)
        (part,) = await desk.outbox.waiting(clock.now(), at=[Address("slack", "C1")])
        assert await desk.outbox.attempt(part, clock.now())
        if taken:
            posted = await far.slack.post(part.to, part.payload, key=part.key)
            assert posted.id == "1"
        done = await desk.forgetting.forget(await desk.forgetting.chosen(SECRET))
        assert "changed" in {one.fate for one in done.messages}
        desk.outbox.let_go(part)  # the answer never comes: this process ended, and the next one looks
        await desk.deliver.post_waiting(timedelta(minutes=2))
        assert not far.has(SECRET)
        assert any("Frost" in one for one in far.slack.texts("C1"))


async def test_lost_answers_pauses_and_refusals_of_an_edit(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        slack, telegram = Address("slack", "C1"), Address("telegram", "-1001")
        far.slack.trouble["C1"] = [RetryLater(slack, "slow down", 7), Lost(taken=True), Lost(taken=False)]
        far.telegram.trouble["-1001"] = [Refused(telegram, "message can't be edited")]
        await desk.forgetting.forget_all(SECRET)
        await desk.deliver.post_waiting(timedelta(minutes=10))
        assert not any(SECRET in one for one in far.slack.texts("C1"))
        assert desk.owner.heard == 1  # of the message that stays
        async with desk.retention._database.reading() as connection:
            states = select(deliveries.c.state, deliveries.c.amended, deliveries.c.body)
            rows = (await connection.execute(states)).all()
        assert {(row.state, row.amended) for row in rows} <= {("sent", False), ("failed", False)}
        assert not any(SECRET in row.body for row in rows)


async def test_a_platform_in_trouble_is_not_asked_for_the_same_edit_each_second(
    tmp_path, sqlite_url, clock, far
):
    async with a_desk(tmp_path, sqlite_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        far.slack.trouble["C1"] = [Lost(taken=False)] * 4
        await desk.forgetting.forget_all(SECRET)
        await desk.deliver.post_waiting(timedelta(seconds=10))
        assert len(far.slack.trouble["C1"]) >= 2
        await desk.deliver.post_waiting(timedelta(minutes=10))
        assert not any(SECRET in one for one in far.slack.texts("C1"))


@pytest.mark.parametrize("point", ["amend-attempted", "amend-answered"])
async def test_a_fault_in_one_edit_leaves_the_others_and_is_made_good(  # noqa: PLR0917 - fixtures
    tmp_path, sqlite_url, clock, far, monkeypatch, point
):
    async with a_desk(tmp_path, sqlite_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        await desk.forgetting.forget_all(SECRET)
        monkeypatch.setattr(failpoints, "_ordered", failpoints._order(f"{point}:{failpoints.RAISE}"))
        for _ in range(3):
            await desk.deliver.post_waiting(timedelta(minutes=10))
            clock.pass_by(minutes=10)
        assert not far.has(SECRET)


async def test_a_place_that_takes_nothing_gets_its_edit_when_it_does_again(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        at = Address("slack", "C1")
        far.slack.trouble["C1"] = [Refused(at, "archived", closed=True)]
        await desk.forgetting.forget_all(SECRET)
        posts = len(far.slack.posts)
        await desk.deliver.post_waiting(MINUTE)
        assert far.has(SECRET)
        clock.pass_by(hours=2)
        await desk.outbox.reopen(at)
        await desk.deliver.post_waiting(timedelta(minutes=10))
        assert not any(SECRET in one for one in far.slack.texts("C1"))
        assert len(far.slack.posts) == posts  # a digest that is there is never taken back


async def test_where_nothing_can_be_edited_it_is_told(tmp_path, store_url, clock):
    far = far_ends()
    far.slack.edits = far.telegram.edits = False
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        lines = await desk.forgetting.forget_all(SECRET)
        assert any("by hand" in line and "slack:C1" in line for line in lines)
        assert "- https://chat.example/C1/1" in lines
        assert await in_tables(desk) == []
        await desk.deliver.post_waiting(MINUTE)
        assert far.slack.edited == []


async def test_a_digest_that_told_nothing_else_is_taken_away(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        await desk.forgetting.forget_all("1 2 3")
        await desk.deliver.post_waiting(MINUTE)
        assert {text for *_, text in far.slack.edited} == {""}
        assert set(far.slack.texts("C1")) == {""}


async def test_two_are_forgotten_one_after_the_other(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        await desk.forgetting.forget_all(SECRET)
        await desk.forgetting.forget_all("apples")
        await desk.deliver.post_waiting(MINUTE)
        assert not far.has(SECRET)
        assert not far.has("Frost")
        assert far.has("Ferries to run every ten minutes")


async def test_the_same_file_and_text_do_not_come_back_until_somebody_says_so(
    tmp_path, store_url, clock, far
):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        await desk.forgetting.forget_all(SECRET)
        drop(tmp_path)
        page = (tmp_path / "inbox" / f"{SECRET}.md").read_text(encoding="utf-8")
        (tmp_path / "inbox" / "again.md").write_text(page.replace("Port Gazette", "Other"), encoding="utf-8")
        receipts = {one.file: one for one in await desk.empty_inbox()}
        assert receipts[f"{SECRET}.md"].outcome == "unreadable"
        assert receipts[f"{SECRET}.md"].reason.code == "known.forgotten"
        assert receipts["again.md"].reason.code == "known.forgotten"
        assert receipts["frost.txt"].outcome == "known"
        assert (await desk.desk.index.search(parse(SECRET).query, now=NOON, limit=9)).total == 0


async def test_a_held_article_is_forgotten_by_its_address(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        inbox = tmp_path / "inbox"
        inbox.mkdir()
        page = f"---\ntitle: {SECRET} speaks\nurl: {URL}\nembargo: 2031-04-01T09:00+01:00\n---\n\n{'A sentence of it. ' * 20}\n"
        (inbox / "later.md").write_text(page, encoding="utf-8")
        (receipt,) = await desk.empty_inbox()
        assert receipt.outcome == "held"
        lines = await desk.forgetting.forget_all(URL)
        assert any("later.md" in line for line in lines)
        assert await in_tables(desk) == []
        await desk.forgetting.finish()
        assert traces(tmp_path) == []
        clock.pass_by(days=60)
        assert await desk.ingest.release() == 0


async def test_the_story_goes_on_without_it_and_nothing_of_it_is_remembered(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        story = (await desk.desk.library.entry(await the_one(desk))).story
        memory = desk.digests._recall
        assert await memory(Address("slack", "C1"), [story])
        await desk.forgetting.forget_all(SECRET)
        assert await memory(Address("slack", "C1"), [story]) == {}
        drop(tmp_path)
        (tmp_path / "inbox" / f"{SECRET}.md").write_text(
            f"Tug {SECRET} raised from the sea\n\nThe tug {SECRET} was raised off the northern pier on Thursday. "
            "A crane lifted the wreck in one piece. Its owners paid.\n",
            encoding="utf-8",
        )
        receipts = await desk.empty_inbox()
        new = next(one for one in receipts if one.outcome == "new")
        assert (await desk.desk.library.entry(new.entry)).story == new.entry


async def test_a_disk_that_fails_leaves_a_note_and_the_next_run_does_it(
    tmp_path, store_url, clock, far, monkeypatch
):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        await desk.forgetting.forget_all(SECRET)
        unlink = Path.unlink

        def failing(self: Path, missing_ok: bool = False) -> None:
            if SECRET in self.name:
                raise OSError(5, "Input/output error", str(self))
            unlink(self, missing_ok=missing_ok)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "unlink", failing)
            assert "Input/output error" in (await desk.forgetting.try_to_finish() or "")
        impact = await desk.forgetting.impact(await desk.forgetting.chosen(SECRET))
        assert len(impact.before) == 1
        assert traces(tmp_path)
        assert await desk.forgetting.try_to_finish() is None
        assert not (await desk.forgetting.impact(impact.wanted)).before
    assert traces(tmp_path) == []


async def test_a_file_of_several_articles_goes_and_the_others_stay(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        inbox = tmp_path / "inbox"
        inbox.mkdir()
        lines = [
            {
                "title": f"Tug {SECRET} sinks",
                "text": f"The tug {SECRET} sank off the pier. Four were rescued. " * 3,
            },
            {
                "title": "Frost takes apples",
                "text": "A frost took the apples of the lake. Growers worry. " * 3,
            },
        ]
        (inbox / "wire.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        await desk.empty_inbox()
        wanted = await desk.forgetting.chosen(SECRET)
        (file,) = (await desk.forgetting.impact(wanted)).files
        assert (file.path.name.partition("~")[0], file.others) == ("wire.jsonl", 1)
        await desk.forgetting.forget(wanted)
        await desk.forgetting.finish()
        assert (await desk.desk.index.search(parse("apples").query, now=NOON, limit=9)).total == 1
    assert traces(tmp_path) == []


async def test_another_file_whose_key_begins_alike_stays(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        (mine,) = (tmp_path / "inbox" / "done").rglob(f"{SECRET}.md~*[0-9a-f]")
        twin = mine.with_name("twin.txt~" + mine.name.partition("~")[2])
        twin.write_text("other bytes", encoding="utf-8")
        await desk.forgetting.forget_all(SECRET)
        await desk.forgetting.finish()
        assert twin.exists()
        assert not mine.exists()


async def test_nothing_is_forgotten_by_a_slip(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        long = "1" * 200  # which can be parted into numbers in more ways than there is time for
        for asked in (
            "",
            " ",
            "999",
            "https://nowhere.example/x",
            "nosuchwordatall",
            "()",
            "-",
            f"{long}x",
            long,
        ):
            assert (await desk.forgetting.chosen(asked)).ids == (), asked
            assert list(await desk.forgetting.forget_all(asked)) == [texts.nothing()], asked
        assert len(await desk.desk.index.matching(parse("").query, Window(0, 99), now=NOON)) == 3


async def ask(desk: OpenDesk, words: str, who: str) -> str:
    said = Said("k", CONSOLE, Sender("console", "U1"), words, direct=True)
    message = await desk.answer.responder.reply(said, who)  # type: ignore[arg-type]  # a role
    return "\n".join("".join(run.text for run in getattr(block, "runs", ())) for block in message.blocks)


async def test_in_chat_an_admin_is_told_first_and_then_it_is_done(tmp_path, sqlite_url, clock, far):
    async with a_desk(tmp_path, sqlite_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        number = await the_one(desk)
        for who in ("reader", "editor"):
            assert await ask(desk, f"/forget {number} --yes", who) == texts.admins()
        assert await ask(desk, "/forget", "admin") == texts.usage()
        assert await ask(desk, "/forget --yes", "admin") == texts.usage()
        assert await ask(desk, "/forget nosuchword", "admin") == texts.nothing()
        first = await ask(desk, f"/forget {SECRET}", "admin")
        assert SECRET in first
        assert f"/forget {number} --yes" in first
        # Words may mean more by now than what was shown: they are never done at once.
        for words in (SECRET, f"{'1' * 200}x OR {SECRET}"):
            assert f"/forget {number} --yes" in await ask(desk, f"/forget {words} --yes", "admin")
        assert await in_tables(desk)
        assert "Forgotten: 1 article" in await ask(desk, f"/forget {number} —yes", "admin")
        assert await in_tables(desk) == []
        assert desk.forgetting.wanted.is_set()


async def test_a_query_that_is_too_wide_is_not_done_in_chat(tmp_path, sqlite_url, clock, far, monkeypatch):
    monkeypatch.setattr("bot.conversation.forgetting.MOST", 2)
    async with a_desk(tmp_path, sqlite_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        assert "copydesk forget" in await ask(desk, "/forget 1 2 3 --yes", "admin")
        assert len(await desk.desk.library.entries([1, 2, 3])) == 3


async def test_the_log_that_somebody_reads_is_emptied_later(tmp_path, sqlite_url, clock, far):
    async with a_desk(tmp_path, sqlite_url, clock, far, patience=0.2) as desk:
        await told(desk, clock, tmp_path)
        async with await open_store(desk.config.store) as other, other.reading() as connection:
            await connection.execute(text("SELECT count(*) FROM entries"))
            await desk.forgetting.forget_all(SECRET)
            with pytest.raises(StoreError, match="while somebody reads it"):
                await desk.forgetting.finish()
            assert await desk.forgetting._store.leftovers()
        assert await desk.forgetting.finish() == 1
    assert traces(tmp_path) == []


async def test_an_edit_that_a_dead_process_began_is_made_by_the_next(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        await desk.forgetting.forget_all(SECRET)
        (part,) = await desk.outbox.waiting(clock.now(), at=[Address("slack", "C1")])
        assert (part.amended, bool(part.posted)) == (True, True)
        assert await desk.outbox.attempt(part, clock.now())
        desk.outbox.let_go(part)
        posts = len(far.slack.posts)
        await desk.deliver.post_waiting(MINUTE)
        assert not far.has(SECRET)
        assert len(far.slack.posts) == posts


async def test_who_unsubscribes_still_loses_what_was_forgotten(tmp_path, store_url, clock, far):
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        await desk.forgetting.forget_all(SECRET)
        async with desk.retention._database.writing() as connection:
            for name in ("harbour", "news"):
                await connection.execute(
                    text(
                        "INSERT INTO subscriptions (id, name, name_key, platform, chat, thread, query, zone, at, days, by_user,"
                        f" by_name, by_workspace, created) VALUES ('file:{name}', '{name}', '{name}', 'slack', '{name}', '', '',"
                        " '', '[]', '[]', '', '', '', 0)"
                    )
                )
        ids = {one.id for one in await desk._made_in_chat.all()}
        assert ids == {"file:harbour", "file:news"}
        for one in ids:
            assert await desk._made_in_chat.remove(one)
        await desk.deliver.post_waiting(MINUTE)
        assert not far.has(SECRET)


async def test_the_desk_that_runs_does_what_is_left_as_soon_as_it_can(tmp_path, sqlite_url, clock, far):
    async with a_desk(tmp_path, sqlite_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        running = asyncio.create_task(Daemon(desk, {})._forget_rest())
        await desk.forgetting.forget_all(SECRET)
        async with asyncio.timeout(60):
            while await desk.forgetting.leftovers():
                await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert traces(tmp_path) == []


async def test_both_platforms_show_the_digest_without_it(tmp_path):
    monday = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)
    async with day(tmp_path, monday) as story:
        slack, telegram = story.place.slack, story.place.telegram
        async with story.desk() as app:
            story.drop("storm-inga.txt", "tanker-ruling.txt")
            await story.searchable(2)
            await story.reach(monday.replace(hour=8, minute=0))
            await slack.until(lambda: bool(slack.posted("C1")))
            await telegram.sent(CHAT)
            before = len(slack.posted("C1"))
            assert "tanker" in repr(slack.posted("C1"))
            await app.forgetting.forget_all("title:tanker")
            app.deliver.wake()
            await slack.until(lambda: "tanker" not in repr(slack.posted("C1")))
            async with asyncio.timeout(60):
                while any("tanker" in one.text for one in telegram.messages(CHAT)):
                    await asyncio.sleep(0.01)
            assert "Storm Inga" in repr(slack.posted("C1"))
            assert any("Storm Inga" in one.text for one in telegram.messages(CHAT))
            assert len(slack.posted("C1")) == before
