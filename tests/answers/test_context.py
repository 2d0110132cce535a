"""/context N: a line of the digest in its paragraph, word for word, as long as its article says it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.domain.digests import part_of
from bot.domain.events import Said, Sender
from bot.domain.message import Message, Paragraph
from bot.domain.model import CONSOLE, Address
from bot.store.delivery.posted import SqlPostedLines
from bot.store.sql.database import open_store
from bot.store.sql.delivery_schema import deliveries, told
from bot.store.sql.library_schema import entries
from bot.wording import replies
from tests.builders import NOON
from tests.desk import FERRY, ORCHARD, OpenDesk, open_desk
from tests.fakes import FakeClock

CHANNEL = {"name": "all", "to": "console", "at": ["13:00"]}


def text(title: str, paragraphs, url: str) -> str:
    return f"---\ntitle: {title}\nurl: {url}\n---\n\n" + "\n\n".join(paragraphs)


@asynccontextmanager
async def posted(tmp_path) -> AsyncIterator[tuple[OpenDesk, FakeClock]]:
    """A desk whose console got one digest of two stories."""
    clock = FakeClock(NOON)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.md").write_text(text("Ferries to run every ten minutes", FERRY, "https://harbour.example/a"))
    (inbox / "b.md").write_text(text("Frost takes the apples", ORCHARD, "https://lake.example/b"))
    async with open_desk(tmp_path, clock, {"channels": [CHANNEL]}) as desk:
        await desk.deliver.stage_due()
        await desk.empty_inbox()
        clock.pass_by(hours=1)
        assert await desk.deliver.stage_due() == 1
        await desk.deliver.post_waiting(timedelta(minutes=1))
        yield desk, clock


async def ask(desk: OpenDesk, words: str, at: Address = CONSOLE) -> Message:
    said = Said("1", at, Sender(at.platform, "U1"), words, direct=at == CONSOLE)
    return await desk.answer.responder.reply(said, "reader", private=True)


def words_of(message: Message) -> str:
    return "\n".join("".join(run.text for run in getattr(block, "runs", ())) for block in message.blocks)


async def test_each_number_that_was_posted_leads_to_its_line_in_its_paragraph(tmp_path, capsys):
    async with posted(tmp_path) as (desk, _):
        shown = " ".join(capsys.readouterr().out.replace("│", " ").split())
        digest = await SqlPostedLines(desk.conversation_log._database).at(
            Said("1", CONSOLE, Sender("console", "c"), "", direct=True)
        )
        assert digest is not None
        assert len(digest.lines) >= 4
        quotes = 0
        for number, (named, span, part) in enumerate(digest.lines, start=1):
            article = (await desk.desk.library.entry(named)).article
            before = shown.index(f"[{number}]")
            line = " ".join(span.of(part_of(article, part)).split())
            assert line[:60].rstrip(" ,") in shown[:before]
            message = await ask(desk, f"context {number}")
            assert message.private
            (passage,) = (one for one in message.blocks if isinstance(one, Paragraph) and not one.quiet)
            (mark,) = (run.text for run in passage.runs if run.tone == "marked")
            assert mark == line
            paragraph = next(one.of(article.text) for one in article.paragraphs if one.holds(span))
            assert "".join(run.text for run in passage.runs) == paragraph
            links = [run.url for block in message.blocks for run in getattr(block, "runs", ()) if run.url]
            assert f"{article.url}#:~:text=" in links[-1]
            quotes += "— " in words_of(message)
        assert quotes >= 1


@pytest.mark.parametrize(
    "words", ["context", "context three", "context -1", "context 99999999999999", "context ²"]
)
async def test_what_is_no_number_of_a_line_is_told_so(tmp_path, words):
    async with posted(tmp_path) as (desk, _):
        assert words_of(await ask(desk, words)) == replies.CONTEXT_USAGE


async def test_a_line_that_there_is_not(tmp_path):
    async with posted(tmp_path) as (desk, _):
        assert "and no line 50" in words_of(await ask(desk, "context 50"))
        assert "and no line 0" in words_of(await ask(desk, "context 0"))


async def test_another_chat_has_no_digest(tmp_path):
    async with posted(tmp_path) as (desk, _):
        elsewhere = Address("slack", "C9")
        assert words_of(await ask(desk, "context 1", elsewhere)) == replies.NOTHING_POSTED


async def test_a_line_of_an_article_that_says_something_else_there_now_is_not_shown_as_if_it_did(tmp_path):
    async with posted(tmp_path) as (desk, clock):
        async with await open_store(desk.config.store) as database, database.writing() as connection:
            await connection.execute(update(entries).values(text="x" * 2000))
        assert words_of(await ask(desk, "context 1")) == replies.line_was_corrected(1)
        async with await open_store(desk.config.store) as database, database.writing() as connection:
            await connection.execute(update(entries).values(expires_at=0))
        assert words_of(await ask(desk, "context 1")) == replies.line_is_gone(1)
        clock.pass_by(days=1)


async def test_in_the_thread_of_a_digest_that_digest_is_asked_about(tmp_path):
    async with posted(tmp_path) as (desk, _), await open_store(desk.config.store) as database:
        async with database.writing() as connection:
            moved = {"platform": "slack", "chat": "C1", "posted": "171.1", "state": "sent"}
            await connection.execute(update(deliveries).values(moved))
        first = await SqlPostedLines(database).at(said_in("171.1"))
        assert first is not None
        async with database.writing() as connection:
            await later(connection)
        assert (await SqlPostedLines(database).at(said_in("171.1"))) == first
        newest = await SqlPostedLines(database).at(said_in(""))
        assert newest is not None
        assert newest.id > first.id
        assert newest.lines == first.lines[:1]


def said_in(thread: str) -> Said:
    return Said("1", Address("slack", "C1", thread), Sender("slack", "U1"), "context 1")


async def later(connection) -> None:
    """A second digest of one line, posted in the same channel."""
    from sqlalchemy import select

    from bot.store.sql.delivery_schema import digests, occasions

    row = dict((await connection.execute(select(digests))).mappings().first()) | {"id": 99}
    await connection.execute(insert(digests), row)
    occasion = {"id": 99, "kind": "slot", "subscription": "x", "key": "x", "digest": 99}
    await connection.execute(insert(occasions), occasion)
    part = dict((await connection.execute(select(deliveries))).mappings().first())
    part |= {"id": 99, "key": "x", "occasion": 99, "posted": "172.1"}
    await connection.execute(insert(deliveries), part)
    line = dict((await connection.execute(select(told).order_by(told.c.id))).mappings().first())
    line |= {"id": 99, "digest": 99, "shown": line["shown"].split("],[")[0] + "]]"}
    await connection.execute(insert(told), line)
