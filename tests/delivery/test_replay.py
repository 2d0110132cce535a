"""A digest that was posted is made once more of what the store keeps, byte for byte, or says why it cannot be."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select, update

from bot.cli.commands import copydesk
from bot.delivery.replay import Replayed, replay
from bot.store.sql.database import open_store
from bot.store.sql.delivery_schema import deliveries, digests
from bot.store.sql.library_schema import arrivals, entries, gists
from bot.wording import outcomes
from tests.answers.test_context import posted
from tests.day import day
from tests.doubles.telegram import TelegramDouble
from tests.running import CHAT

MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)


def sent_to(telegram: TelegramDouble, chat: int) -> list[str]:
    return [
        call.fields["text"]
        for call in telegram.calls
        if call.method == "sendMessage" and call.fields["chat_id"] == str(chat)
    ]


def as_sent(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the ids that Slack gives to blocks."""
    return [{name: value for name, value in block.items() if name != "block_id"} for block in blocks]


async def test_digests_of_both_platforms_come_out_byte_for_byte_after_more_articles(tmp_path):
    async with day(tmp_path, MONDAY) as story:
        slack, telegram = story.place.slack, story.place.telegram
        async with story.desk() as app:
            story.drop("storm-inga.txt", "tanker-ruling.txt")
            await story.searchable(2)
            await story.reach(MONDAY.replace(hour=8, minute=0))
            await slack.until(lambda: bool(slack.posted("C1")))
            await telegram.sent(CHAT)
            first = as_sent(slack.posted("C1")[0]["blocks"]), sent_to(telegram, CHAT)[0]
            story.drop("gas-price-norrin.md")
            await story.searchable(3)
            await story.reach(MONDAY.replace(day=24, hour=8, minute=0))
            await slack.until(lambda: len(slack.posted("C1")) > 1)
            made = {}
            for number, _, place, _, _ in await app.lines.newest(20):
                kept = await app.lines.kept(number)
                assert kept is not None
                made[number] = (
                    place,
                    await replay(number, app.lines, app.desk.library, app.platforms.messengers),
                )
                assert made[number][1].problems == ()
                assert list(made[number][1].bodies) == [kept.bodies[part] for part in sorted(kept.bodies)]
        assert {place.partition(":")[0] for place, _ in made.values()} == {"slack", "telegram"}
        bodies = [(place, json.loads(one.bodies[0])) for _, (place, one) in sorted(made.items())]
        assert next(body for place, body in bodies if place == "slack:C1")["blocks"] == first[0]
        assert next(body for place, body in bodies if place == f"telegram:{CHAT}")["text"] == first[1]


async def test_an_article_that_was_corrected_or_is_gone_makes_it_impossible_and_is_named(tmp_path):
    async with posted(tmp_path) as (desk, _):
        again = (desk.lines, desk.desk.library, desk.platforms.messengers)
        assert (await replay(1, *again)).problems == ()
        async with await open_store(desk.config.store) as database, database.writing() as connection:
            await connection.execute(update(entries).where(entries.c.id == 1).values(revision=77))
        title = (await desk.desk.library.entry(1)).article.title
        assert title
        assert await replay(1, *again) == Replayed((), (outcomes.changed_since(1, title),))
        async with await open_store(desk.config.store) as database, database.writing() as connection:
            for table in (gists, arrivals):
                await connection.execute(delete(table).where(table.c.entry == 2))
            await connection.execute(delete(entries).where(entries.c.id == 2))
        found = await replay(1, *again)
        assert set(found.problems) == {outcomes.changed_since(1, title), outcomes.forgotten_since(2)}
        assert found.bodies == ()


async def test_what_another_version_posted_is_told_from_it(tmp_path):
    async with posted(tmp_path) as (desk, _):
        again = (desk.lines, desk.desk.library, desk.platforms.messengers)
        async with await open_store(desk.config.store) as database, database.writing() as connection:
            await connection.execute(update(deliveries).values(body="as it was"))
        found = await replay(1, *again)
        assert found.bodies
        assert found.problems == (outcomes.other_part(1),)
        async with await open_store(desk.config.store) as database, database.writing() as connection:
            await connection.execute(delete(deliveries))  # as they are let go of after 90 days
        assert (await replay(1, *again)).problems == ()  # nothing is left to compare it with
        async with await open_store(desk.config.store) as database, database.writing() as connection:
            await connection.execute(update(digests).values(plan=None))
        assert (await replay(1, *again)).problems == (outcomes.no_plan(1),)
        assert (await replay(9, *again)).problems == (outcomes.no_digest(9),)


async def test_the_plan_copies_no_words_of_an_article(tmp_path):
    async with posted(tmp_path) as (desk, _):
        async with await open_store(desk.config.store) as database, database.reading() as connection:
            (plan,) = (await connection.execute(select(digests.c.plan))).scalars()
        for entry in await desk.desk.library.after_revision(0, limit=9):
            assert entry.article.title not in plan
            assert not any(span.of(entry.article.text) in plan for span in entry.summary.sentences)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["1"], 0), (["9"], 1), (["none"], 2), ([], 0), (["9" * 18], 1), (["9" * 23], 2)],
)
async def test_the_command_prints_what_was_posted_and_its_status_says_whether_it_is_that(
    tmp_path, monkeypatch, arguments, status
):
    import asyncio

    async with posted(tmp_path) as (desk, _):
        (kept,) = (await desk.lines.kept(1)).bodies.values()
    (tmp_path / "config.toml").write_text('[[channels]]\nname = "all"\nto = "console"\nat = ["13:00"]\n')
    monkeypatch.chdir(tmp_path)
    result = await asyncio.to_thread(CliRunner().invoke, copydesk, ["digest", "replay", *arguments])
    assert isinstance(result.exception, SystemExit | None)
    assert result.exit_code == status, result.output
    if arguments == ["1"]:
        assert result.stdout == kept
    elif not arguments:
        assert result.stdout.startswith("1  2031-03-04 13:00  all  console  1 part")
