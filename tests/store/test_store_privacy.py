"""What is kept about a person is shown to them alone, and goes when they say so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.conversation.privacy import PrivacyCommand
from bot.domain.events import Sender
from bot.domain.message import Message
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.teams import Team, Teams
from bot.store.conversations import SqlConversationLog
from bot.store.privacy import SqlPersonalData
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import mutes, subscribing
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
    assert len((await SqlPersonalData(database).about(ADA)).subscriptions) == 2


async def test_the_answer_is_for_the_asker_alone(tmp_path: Path):
    async with open_talk(tmp_path) as talk:
        assert (await talk.answer.responder.reply(said("/privacy", CHANNEL, ADA), "reader")).private
