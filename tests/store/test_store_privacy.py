"""What is kept about a person is shown to them alone, and goes when they say so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, String, Table, insert, select

from bot.conversation.privacy import PrivacyCommand
from bot.domain.events import Sender
from bot.domain.message import Message
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.teams import Team, Teams
from bot.store.conversations import SqlConversationLog
from bot.store.languages import SqlLanguages
from bot.store.privacy import STAYS, SqlPersonalData
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import (
    closed_chats,
    deliveries,
    digests,
    mutes,
    numbered,
    occasions,
    subscribing,
    told,
)
from bot.store.sql.schema import metadata
from bot.store.subscriptions import SqlSubscriptions
from tests.builders import NOON
from tests.conversation import ADA, BRAM, CHANNEL, open_talk, said, shown

OWN = Address("slack", "D1")
SAME_ID_ELSEWHERE = Sender("slack", ADA.id, "Another", "T9")


def words(message: Message) -> str:
    return " ".join(shown(message).split())


async def kept(database: Database) -> PrivacyCommand:
    """Ada made two subscriptions, one of her own, searched and caught up; so did others."""
    subscriptions, log = SqlSubscriptions(database), SqlConversationLog(database)
    wanted = Subscription("a", "storms", OWN, "storm", Schedule("UTC"))
    assert await subscriptions.add(wanted, by=ADA, created=NOON)
    assert await subscriptions.add(replace(wanted, id="b", name="ferries", to=CHANNEL), by=ADA, created=NOON)
    assert await subscriptions.add(replace(wanted, id="c", name="lamps", to=CHANNEL), by=BRAM, created=NOON)
    for who in (ADA, BRAM, SAME_ID_ELSEWHERE):
        await log.catches_up(who, NOON)
        await log.called(who, CHANNEL, NOON)
    for who in (ADA, ADA, BRAM):
        await log.remember("search oil", CHANNEL, who, NOON)
    for name, who in {"x-1.txt": ADA, "y-2.txt": BRAM}.items():
        await log.given(name, name, said("", OWN, who, direct=True), NOON)
    return PrivacyCommand(SqlPersonalData(database), "UTC")


async def test_everything_that_names_a_person_is_shown(database):
    told = words(await (await kept(database)).privacy("", said("/privacy", OWN, ADA)))
    assert "these subscriptions: “ferries” and “storms”" in told
    assert "2 questions of the last 30 days" in told
    assert "how far you read with /catchup: Tuesday 4 March 2031, 12:00" in told
    assert "that you gave me 1 file, until I tell you what became of it" in told
    assert "lamps" not in told


async def test_what_is_removed_is_gone_and_nothing_of_others(database):
    command = await kept(database)
    gone = words(await command.privacy("Remove", said("/privacy remove", OWN, ADA, direct=True)))
    assert "1 subscription of this conversation ended. 1 subscription of other chats goes on" in gone
    assert "I keep nothing about you" in words(await command.privacy("", said("/privacy", OWN, ADA)))
    assert [one.name for one in await SqlSubscriptions(database).all()] == ["ferries", "lamps"]
    assert await SqlSubscriptions(database).asked_for(CHANNEL) == (BRAM,)
    log = SqlConversationLog(database)
    assert (await log.giver("x-1.txt"), bool(await log.giver("y-2.txt"))) == (None, True)
    assert await log.caught_up(SAME_ID_ELSEWHERE) == await log.caught_up(BRAM) == NOON
    assert {
        caller.sender.id for caller in await log.callers() if caller.sender.workspace == ADA.workspace
    } == {BRAM.id}
    assert "1 question " in words(await command.privacy("", said("/privacy", CHANNEL, BRAM)))


async def test_the_mutes_of_ones_own_conversation_go_too(database):
    command = await kept(database)
    async with database.writing() as connection:
        for chat in (OWN, CHANNEL):
            place = {"platform": chat.platform, "chat": chat.chat, "thread": ""}
            await connection.execute(insert(mutes).values(**place, query="football"))
            await connection.execute(
                insert(subscribing).values(platform=chat.platform, chat=chat.chat, who="everybody")
            )
    await command.privacy("remove", said("/privacy remove", OWN, ADA, direct=True))
    async with database.reading() as connection:
        for table in (mutes, subscribing):
            assert (await connection.execute(select(table.c.chat))).scalars().all() == [CHANNEL.chat]


async def test_in_a_group_no_subscription_ends(database):
    command = await kept(database)
    await command.privacy("remove", said("/privacy remove", CHANNEL, ADA))
    assert len(await SqlSubscriptions(database).all()) == 3


HARBOUR = Team("harbour", frozenset({f"slack:{ADA.id}"}), frozenset({"The Courier"}))
"""A team that Ada is in by herself; who is in none sees everything."""


@pytest.mark.parametrize(
    ("rules", "left", "told"),
    [
        (
            {f"slack:{ADA.id}"},
            ["lamps"],
            "1 subscription of other chats ended: only your name made it your team's",
        ),
        (
            {f"slack:{ADA.id}", f"slack:{CHANNEL.chat}"},
            ["ferries", "lamps"],
            "1 subscription of other chats goes on",
        ),
        ({"slack:T1"}, ["ferries", "lamps"], "1 subscription of other chats goes on"),
    ],
)
async def test_what_loses_its_name_keeps_its_team_or_ends(database, rules, left, told):
    await kept(database)
    teams = Teams((replace(HARBOUR, rules=frozenset(rules)),))
    before = {one.name: teams.of(one.to, one.by) for one in await SqlSubscriptions(database).all()}
    command = PrivacyCommand(SqlPersonalData(database), "UTC", teams)
    assert told in words(await command.privacy("remove", said("", OWN, ADA, direct=True)))
    after = {one.name: teams.of(one.to, one.by) for one in await SqlSubscriptions(database).all()}
    assert sorted(after) == left
    assert after == {name: before[name] for name in left}


@pytest.mark.parametrize("argument", ["removal of trees", "please"])
async def test_words_that_are_not_understood_remove_nothing(database, argument):
    command = await kept(database)
    assert "To remove it: /privacy remove" in words(await command.privacy(argument, said("x", OWN, ADA)))
    assert len((await SqlPersonalData(database).about(ADA, None)).subscriptions) == 2


async def test_the_answer_is_for_the_asker_alone(tmp_path: Path):
    async with open_talk(tmp_path) as talk:
        assert (await talk.answer.responder.reply(said("/privacy", CHANNEL, ADA), "reader")).private


REMOVED_FROM = frozenset(
    [
        "subscriptions",
        "digests",
        "deliveries",
        "told",
        "numbered",
        "mutes",
        "closed_chats",
        "languages",
        "subscribing",
        "searches",
        "given",
        "callers",
        "readers",
    ]
)
"""Tables that hold people or their conversations; the test below fills each, and finds nobody in it after a removal."""


def test_every_table_with_text_is_removed_from_or_says_why_not():
    with_text = {
        name
        for name, table in metadata.tables.items()
        if any(isinstance(column.type, String | LargeBinary) for column in table.columns)
    }
    assert {*STAYS, *REMOVED_FROM} - {"numbered", *with_text} == set()
    assert with_text - {*STAYS, *REMOVED_FROM} == set()
    assert not {*STAYS} & REMOVED_FROM


async def fill(database: Database, mark: str, own: Address, states: tuple[str, ...] = ("sent",)) -> None:
    """A row that is of ``own`` in each table that has places; of a digest a part in each state."""
    place = {"platform": own.platform, "chat": own.chat, "thread": ""}
    async with database.writing() as connection:

        async def put(table: Table, **values: object) -> int:
            filled = {
                column.name: (mark if isinstance(column.type, String) else 0)
                for column in table.columns
                if not (column.nullable or column.primary_key or column.server_default is not None)
            }
            made = await connection.execute(insert(table).values(filled | values))
            return int(made.inserted_primary_key[0] or 0) if table in {digests, occasions} else 0

        digest = await put(digests, **place, plan=mark, left_out=mark)
        occasion = await put(occasions, digest=digest, key=f"{mark}-slot", subscription="s")
        for state in states:
            await put(deliveries, **place, occasion=occasion, key=f"k-{mark}-{state}", state=state, posted="")
        await put(told, **place, digest=digest)
        await put(numbered, digest=digest, number=1)
        for table, more in (
            (mutes, {"query": f"mute {mark}"}),
            (closed_chats, {}),
            (subscribing, {"who": "everybody"}),
        ):
            await put(table, **{name: place[name] for name in place if name in table.columns}, **more)


async def rows_of(database: Database, *ids: str) -> set[str]:
    """The tables in which one of the ids stands."""
    async with database.reading() as connection:
        return {
            name
            for name, table in metadata.tables.items()
            for row in (await connection.execute(select(table))).all()
            if any(isinstance(value, str) and value in ids for value in row)
        }


async def test_all_of_a_person_and_their_conversation_is_shown_and_goes(database):
    command, own, named = await kept(database), Address("slack", "D77"), Address("slack", f"@{ADA.id}")
    log = SqlConversationLog(database)
    await fill(database, "ada", own, ("sent", "failed", "uncertain"))
    await fill(database, "adas", named)
    await fill(database, "bram", Address("slack", "D88"))
    for chat in (own, named):
        await SqlLanguages(database).name(chat, "de")
    await log.remember("search coal", own, ADA, NOON)
    await log.given("z-3.txt", "z", said("", own, ADA, direct=True), NOON)
    wanted = Subscription("d", "gales", named, "gale", Schedule("UTC"))
    assert await SqlSubscriptions(database).add(wanted, by=ADA, created=NOON)
    assert await rows_of(database, ADA.id, ADA.name, own.chat, named.chat) == REMOVED_FROM - {"numbered"}
    shown_ = words(await command.privacy("", said("/privacy", own, ADA, direct=True)))
    for line in (
        "what is muted here: “mute ada” and “mute adas”",
        "4 messages of digests for this conversation",
        "what I told you here of 1 story",
        "this conversation took no messages",
        "who may subscribe here",
        "wrote to me in 1 chat before",
        "in which language I speak to you: German",
    ):
        assert line in shown_
    aloud = words(await command.privacy("", said("/privacy", CHANNEL, ADA)))
    assert "muted here" not in aloud
    assert "write /privacy to me alone" in aloud
    gone = words(await command.privacy("remove", said("/privacy remove", own, ADA, direct=True)))
    assert "our own conversation" not in gone
    left = await rows_of(database, own.chat, named.chat, "ada", "adas", "mute ada", "mute adas")
    assert left == {"occasions", "digests"}  # the subscription's id and a hash, which say nothing of anybody
    # Of the same id in another workspace something is kept.
    assert await rows_of(database, ADA.id) == {"readers", "callers"}
    assert await rows_of(database, "D88") == REMOVED_FROM & {
        *("digests", "deliveries", "told", "mutes", "closed_chats", "subscribing")
    }
    shown_ = words(await command.privacy("", said("/privacy", own, ADA, direct=True)))
    assert "I keep nothing about you" in shown_


async def test_what_is_still_to_be_posted_stays_until_it_is(database):
    command, own = await kept(database), Address("slack", "D77")
    await fill(database, "ada", own, ("waiting", "sending", "unsure", "sent"))
    await command.privacy("remove", said("/privacy remove", own, ADA, direct=True))
    async with database.reading() as connection:
        left = (await connection.execute(select(deliveries.c.state))).scalars().all()
    assert sorted(left) == ["sending", "unsure", "waiting"]


async def test_in_a_group_what_is_of_ones_own_conversation_stays_and_is_said_to(database):
    command, own = await kept(database), Address("slack", f"@{ADA.id}")
    await fill(database, "ada", own)
    told_ = words(await command.privacy("remove", said("/privacy remove", CHANNEL, ADA)))
    assert "Of our own conversation I keep what there is" in told_
    assert "deliveries" in await rows_of(database, own.chat)
