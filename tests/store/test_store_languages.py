"""What is chosen for chats: their language, and who subscribes there."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.conversations import ChatLanguage
from bot.domain.events import Sender
from bot.domain.model import Address
from bot.store.delivery.outbox import SqlOutbox
from bot.store.languages import SqlLanguages
from bot.store.privacy import SqlPersonalData
from bot.store.sql.database import Database
from bot.store.subscriptions import SqlSubscribingRules

HERE, THERE = Address("telegram", "-100"), Address("telegram", "-200")


async def test_a_chat_keeps_what_was_chosen_and_what_its_platform_names(database: Database):
    languages = SqlLanguages(database)
    assert await languages.at(HERE) == ChatLanguage()
    await languages.name(HERE, "de")
    await languages.choose(HERE, "en")
    assert await languages.at(Address("telegram", "-100", "45")) == ChatLanguage("en", "de")
    await languages.choose(HERE, "")
    assert await languages.at(HERE) == ChatLanguage("", "de")
    assert await languages.at(Address("slack", "-100")) == ChatLanguage()


async def test_a_chat_that_moves_takes_its_language_along(database: Database):
    languages, outbox = SqlLanguages(database), SqlOutbox(database, holder="here-1", alive=bool)
    await languages.choose(HERE, "de")
    await outbox.moved(HERE, THERE)
    assert await languages.at(THERE) == ChatLanguage("de")
    assert await languages.at(HERE) == ChatLanguage()


async def test_a_chat_that_moves_where_one_was_chosen_leaves_that(database: Database):
    languages, outbox = SqlLanguages(database), SqlOutbox(database, holder="here-1", alive=bool)
    await languages.choose(HERE, "de")
    await languages.choose(THERE, "en")
    await outbox.moved(HERE, THERE)
    assert await languages.at(THERE) == ChatLanguage("en")
    assert await languages.at(HERE) == ChatLanguage()


async def test_a_persons_language_is_shown_to_them_and_removed_with_all_else(database: Database):
    languages, kept = SqlLanguages(database), SqlPersonalData(database)
    own, person = Address("slack", "D1"), Sender("slack", "U1", "Ada", "T1")
    for place in (own, Address("slack", "@U1"), Address("slack", "@U2")):
        await languages.name(place, "de")
    assert (await kept.about(person, own)).language == "de"
    await kept.remove(person, own)
    assert (await kept.about(person, own)).language == ""
    assert await languages.at(own) == ChatLanguage()
    assert await languages.at(Address("slack", "@U2")) == ChatLanguage("", "de")


async def test_the_choice_follows_a_group_that_has_another_id(database: Database):
    rules, outbox = SqlSubscribingRules(database), SqlOutbox(database, holder="here-1", alive=bool)
    old, new, there = (Address("telegram", chat) for chat in ("-1", "-1001", "-1002"))
    await rules.choose(replace(old, thread="7"), "everybody")
    await outbox.moved(old, new)
    assert [await rules.at(one) for one in (old, new)] == ["", "everybody"]
    await rules.choose(there, "admins")
    await outbox.moved(new, there)
    assert [await rules.at(one) for one in (new, there)] == ["", "admins"]
    await rules.choose(there, "")
    assert await rules.at(there) == ""
