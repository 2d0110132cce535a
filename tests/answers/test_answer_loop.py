"""The loop: order, repeats, strangers, faults. Nothing that happens to one answer reaches another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.chat.access import AccessSettings
from bot.conversation import loop
from bot.conversation.finding.lookup import AnswerSettings
from bot.conversation.floods import AGAIN, MOST_TOLD, WAITING, Floods, too_much
from bot.conversation.loop import Answer
from bot.conversation.respond import Responder
from bot.domain.conversations import ConversationPorts
from bot.domain.errors import BadCredentials, Refused, RetryLater, StoreError, Unconfirmed
from bot.domain.events import Gave, Moved, Pressed, Returned, Said, Sender, Under
from bot.domain.message import Message
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.ports import at_once
from bot.domain.reasons import Reason, in_words
from bot.store.delivery.outbox import SqlOutbox
from bot.store.subscriptions import SqlMutes
from bot.wording.reaching import PERHAPS_LOST
from tests.builders import NOON
from tests.conversation import (
    ADA,
    BRAM,
    CHANNEL,
    EVE,
    PostingPorts,
    Talk,
    buttons,
    open_talk,
    pressed,
    said,
    shown,
)
from tests.fakes import FakeClock
from tests.sampling import examples

SECRET = "the minister’s yacht"
FLOOD = examples(4 * WAITING, 1000)
"""Many more at once than are answered."""


@pytest.fixture
async def talk(tmp_path) -> AsyncIterator[Talk]:
    async with open_talk(tmp_path) as opened:
        yield opened


async def run(
    talk: Talk, *heard: Said | Pressed | Moved | Returned, wire: PostingPorts | None = None
) -> PostingPorts:
    """Everything said, then the wire closed; the loop's end is part of the test."""
    wire = wire or PostingPorts()
    wire.hear(*heard, None)
    async with asyncio.timeout(60):
        await talk.answer.run(wire, asyncio.Event())
    return wire


async def test_each_chat_is_answered_in_its_order(talk):
    heard = [said(f"/search lamps {n}", Address("slack", f"C{n % 3}CHAT"), ADA) for n in range(12)]
    wire = await run(talk, *heard)
    assert len(wire.replies) == 12
    for chat in range(3):
        keys = [key for key, _ in wire.replies if key in {one.key for one in heard[chat::3]}]
        assert keys == [one.key for one in heard[chat::3]]


async def test_no_more_are_worked_on_at_once_than_may_be(talk, monkeypatch):
    working, most, gate = 0, 0, asyncio.Event()

    async def slow(*_: object, **__: object) -> Message:
        nonlocal working, most
        working += 1
        most = max(most, working)
        if working == loop.AT_ONCE:
            gate.set()
        await gate.wait()
        await asyncio.sleep(0)
        working -= 1
        return Message(())

    monkeypatch.setattr(Responder, "reply", staticmethod(slow))
    wire = await run(
        talk, *[said("x", Address("slack", f"C{n}CHAT"), replace(ADA, id=f"U{n}")) for n in range(30)]
    )
    assert len(wire.replies) == 30
    assert most == loop.AT_ONCE


async def test_the_same_words_are_answered_once_even_by_the_next_process(talk):
    asked = said("/help", CHANNEL, ADA)
    first = await run(talk, asked, asked)
    again = await run(talk, asked)
    assert (len(first.replies), len(again.replies)) == (1, 0)


async def test_strangers_get_nothing_and_are_written_down(talk):
    button = pressed("page", "1:5", by=EVE)
    wire = await run(talk, said("/search lamps", CHANNEL, EVE), button, said("/help", CHANNEL, ADA))
    assert len(wire.replies) == 1
    (caller,) = await talk.conversation_log.callers()
    assert (caller.sender, caller.chat) == (EVE, CHANNEL.chat)


async def test_a_stranger_leaves_one_line_in_the_log_and_not_a_word(talk, caplog, monkeypatch):
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(loop, "MOST_STRANGERS", 2)
    others = [said(SECRET, Address("slack", f"C{n}"), EVE) for n in range(5)]
    await run(talk, said(SECRET, CHANNEL, EVE), said(SECRET, CHANNEL, EVE), *others)
    assert len(caplog.messages) == 2
    told = (
        "not answered: somebody who may be let in under [access] as slack:T2 or slack:C1NEWS or slack:U0EVE"
    )
    assert caplog.messages[0] == told


async def test_what_is_overheard_leaves_nothing_behind_and_makes_no_caller(talk, monkeypatch):
    noted: list[str] = []
    heard = talk.conversation_log.heard

    async def noting(key: str, *rest: object) -> bool:
        noted.append(key)
        return await heard(key, *rest)

    monkeypatch.setattr(talk.conversation_log, "heard", noting)
    under = Under(CHANNEL, "1.0")
    words = ("2", "search lamps", "/subscribe lamps", "So what about the ferry?", "x" * 5000, "a\nb")
    overheard = [
        replace(said(text, CHANNEL, who), under=under, meant="overheard")
        for text in words
        for who in (ADA, EVE)
    ]
    last = said("/help", CHANNEL, ADA)
    wire = await run(talk, *overheard, last)
    assert [key for key, _ in wire.replies] == noted == [last.key]
    assert await talk.conversation_log.callers() == ()


async def test_a_reply_to_the_desk_that_is_no_command_draws_nothing(talk):
    under = Under(CHANNEL, "1.0")
    replies = [
        replace(said(text, CHANNEL, ADA), under=under, meant="replied")
        for text in ("thanks", "2", "Search is broken again", "search lamps", "So what about the ferry?")
    ]
    wire = PostingPorts()
    await run(talk, *replies, said("/help", CHANNEL, ADA), wire=wire)
    assert len([key for key, message in wire.replies if message.blocks]) == 1


async def test_a_crowd_of_strangers_does_not_keep_a_reader_waiting(talk):
    crowd = [said("/help", Address("slack", f"C{n}CROWD"), EVE) for n in range(300)]
    wire = await run(talk, *crowd, said("/help", CHANNEL, ADA))
    assert len(wire.replies) == 1
    assert len(await talk.conversation_log.callers()) <= WAITING + 1


@pytest.mark.sampled(1)
async def test_who_types_faster_than_a_person_is_not_answered_for_all_of_it(talk, monkeypatch, caplog):
    gate, held_once = asyncio.Event(), []

    async def held(*_: object, **__: object) -> Message:
        held_once.append(1)
        await gate.wait()
        return Message(())

    monkeypatch.setattr(Responder, "reply", staticmethod(held))
    wire = PostingPorts()
    running = asyncio.create_task(talk.answer.run(wire, asyncio.Event()))
    wire.hear(*[said("/help", CHANNEL, ADA) for _ in range(FLOOD)], None)
    async with asyncio.timeout(60):
        while not held_once:
            await asyncio.sleep(0)
        while wire.platform in talk.answer._taking:  # until all of it is heard
            await asyncio.sleep(0)
        gate.set()
        await running
    assert WAITING + 1 <= len(wire.replies) <= WAITING + 2
    *_, (_, told) = wire.replies
    assert "more than I answer at once" in shown(told)
    assert told.aside
    assert len([one for one in caplog.records if "passed over" in one.message]) == 1


async def burst(talk: Talk, *heard: Said | Pressed | Gave, monkeypatch: pytest.MonkeyPatch) -> PostingPorts:
    """All of it is heard before anything is answered."""
    gate, begun, real = asyncio.Event(), asyncio.Event(), talk.answer._answered

    async def held(*given: Any) -> None:
        begun.set()
        await gate.wait()
        await real(*given)

    monkeypatch.setattr(talk.answer, "_answered", held)
    wire = PostingPorts()
    running = asyncio.create_task(talk.answer.run(wire, asyncio.Event()))
    wire.hear(*heard, None)
    async with asyncio.timeout(60):
        await begun.wait()
        while talk.answer._taking:  # until all of it is heard
            await asyncio.sleep(0)
        gate.set()
        await running
    return wire


def lines(wire: PostingPorts) -> list[str]:
    """The keys of what was answered with the line about too much."""
    return [key for key, message in wire.replies if "more than I answer at once" in shown(message)]


@pytest.mark.parametrize("chats", [1, 2, 50])
@pytest.mark.sampled(2)
async def test_one_person_is_told_once_in_however_many_chats(talk, monkeypatch, chats):
    flood = [said("/help", Address("slack", f"C{n % chats}FLOOD"), ADA) for n in range(FLOOD)]
    wire = await burst(talk, *flood, monkeypatch=monkeypatch)
    assert len(lines(wire)) == 1
    assert len(wire.replies) == WAITING + 1
    noted = [one.key for one in flood if not await talk.conversation_log.heard(one.key, talk.clock.now())]
    assert len(noted) == WAITING, "what is passed over leaves nothing in the store"


@pytest.mark.sampled(1)
async def test_each_of_two_people_in_one_chat_is_told_and_a_third_is_answered(talk, monkeypatch):
    bob, cid = replace(ADA, id="U0BOB"), replace(ADA, id="U0CID")
    flood = [said("/help", CHANNEL, who) for _ in range(FLOOD // 2) for who in (ADA, bob)]
    asked = said("/search lamps", CHANNEL, cid)
    wire = await burst(talk, *flood, asked, monkeypatch=monkeypatch)
    by = {one.key: one.sender for one in flood}
    assert sorted(by[key].id for key in lines(wire)) == sorted([ADA.id, bob.id])
    (answer,) = [shown(message) for key, message in wire.replies if key == asked.key]
    assert "lamps" in answer.lower()
    assert len(wire.replies) == 2 * WAITING + 3


def test_who_floods_on_is_told_once_a_minute_and_few_are_remembered():
    clock = FakeClock(NOON)
    floods, other = Floods(2, clock), replace(ADA, id="U0BOB")
    assert [floods.takes(ADA) for _ in range(4)] == [True, True, False, False]
    assert [floods.tells(ADA), floods.tells(ADA)] == [True, False]
    assert floods.takes(other), "others are let in all the same"
    floods.done(ADA)
    assert not floods.takes(ADA), "not before all of it is answered"
    floods.done(ADA)
    assert floods.takes(ADA)
    clock.pass_by(seconds=AGAIN.total_seconds() / 2)
    assert not floods.tells(ADA)
    clock.pass_by(seconds=AGAIN.total_seconds() / 2)
    assert floods.tells(ADA)
    for number in range(2 * MOST_TOLD):
        floods.tells(replace(ADA, id=f"U{number}"))
    assert len(floods._told) == MOST_TOLD
    floods.done(ADA)
    floods.done(other)
    assert not floods._waiting
    assert not floods._over


async def test_people_who_talk_much_to_each_other_are_told_nothing(talk):
    wire = PostingPorts()
    overheard = replace(said("what of the ferries?", CHANNEL, ADA), meant="overheard")
    for one in (overheard, Moved("key", CHANNEL, None, Reason("telegram.out_of_chat"))):
        await too_much(one, wire, at_once, talk.answer._spoken_to)
    assert wire.replies == []


async def test_a_fault_is_told_to_the_asker_and_the_owner_without_what_was_said(talk, monkeypatch, caplog):
    real = talk.answer.responder.reply

    async def broken(incoming: Said, *rest: object, **named: object) -> Message:
        if SECRET in incoming.text:
            raise RuntimeError(incoming.text)
        return await real(incoming, *rest, **named)

    monkeypatch.setattr(Responder, "reply", staticmethod(broken))
    wire = await run(talk, said(f"/search {SECRET}", CHANNEL, ADA), said("/help", CHANNEL, ADA))
    failed, helped = (message for _, message in wire.replies)
    assert shown(failed) == "Something went wrong here; it was noted.\n"
    assert failed.private
    assert "What I can do" in shown(helped)
    (told,) = talk.owner.told
    assert told.startswith("slack:C1NEWS: an answer failed: RuntimeError at test_answer_loop.py:")
    assert SECRET not in caplog.text + told


async def test_a_failing_store_is_named_with_its_remedy(talk, monkeypatch):
    async def full(*_: object) -> bool:
        raise StoreError("the disk of the database is full: free some space")

    monkeypatch.setattr(talk.conversation_log, "heard", full)
    wire = await run(talk, said("/help", CHANNEL, ADA))
    assert "The library cannot be used just now" in shown(wire.replies[0][1])
    assert "free some space" in talk.owner.told[0]


async def test_an_answer_that_takes_too_long_is_given_up(talk, monkeypatch):
    async def endless(*_: object, **__: object) -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(loop, "WITHIN", 0.01)
    monkeypatch.setattr(Responder, "reply", staticmethod(endless))
    wire = await run(talk, said("/help", CHANNEL, ADA))
    assert "Something went wrong" in shown(wire.replies[0][1])
    assert "TimeoutError" in talk.owner.told[0]


async def test_a_slower_pace_is_waited_for(talk):
    wire, before = PostingPorts(), talk.clock.now()
    wire.troubles = [RetryLater(CHANNEL, "slow down", 7), RetryLater(CHANNEL, "slow down", 5)]
    await run(talk, said("/help", CHANNEL, ADA), wire=wire)
    assert len(wire.replies) == 1
    assert (talk.clock.now() - before).total_seconds() == 12


@pytest.mark.parametrize(
    "trouble",
    [
        RetryLater(CHANNEL, "slow down", 3600),
        Refused(CHANNEL, "not a member"),
        ValueError(),
    ],
)
async def test_an_answer_that_cannot_be_given_is_noted_and_the_next_one_is(talk, trouble):
    wire = PostingPorts()
    wire.troubles = [trouble]
    await run(talk, said("/help", CHANNEL, ADA), said("/help", CHANNEL, ADA), wire=wire)
    assert len(wire.replies) == 1
    assert (len(talk.owner.told), talk.owner.urgent) == (1, [])


async def test_an_answer_that_may_be_there_is_not_said_twice_and_who_asked_is_told(talk):
    for lost_again in (False, True):
        wire, asked = PostingPorts(), said("/help", CHANNEL, ADA)
        wire.troubles = [Unconfirmed(CHANNEL, "the connection was reset") for _ in range(1 + lost_again)]
        await run(talk, asked, said("/topics", CHANNEL, ADA), wire=wire)
        told = [shown(message).strip() for _, message in wire.replies]
        assert told[:-1] == ([] if lost_again else [PERHAPS_LOST])
        assert "ships" in told[-1]
    assert (len(talk.owner.told), talk.owner.urgent) == (2, [])


async def test_a_dead_token_is_told_at_once_and_in_the_same_words_for_every_chat(talk):
    wire, places = PostingPorts(), (CHANNEL, Address("slack", "C2"))
    wire.troubles = [BadCredentials(place, "Slack refuses the token") for place in places]
    await run(talk, *(said("/help", place, ADA) for place in places), wire=wire)
    assert talk.owner.urgent == ["nobody is answered on slack: Slack refuses the token"] * 2
    assert talk.owner.told == []


async def test_answers_keep_their_chats_pace(talk):
    before = talk.clock.now()
    wire = await run(talk, *(said("/help", CHANNEL, ADA) for _ in range(10)))
    assert len(wire.replies) == 10
    assert 7 <= (talk.clock.now() - before).total_seconds() < 8  # three at once, then one a second


async def test_what_is_not_answered_soon_after_the_end_is_dropped_with_one_sentence(
    talk, monkeypatch, caplog
):
    async def endless(*_: object, **__: object) -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    talk.answer.configure(talk.digests, replace(talk.answer._given, parting=0.01))
    monkeypatch.setattr(Responder, "reply", staticmethod(endless))
    wire, stop = PostingPorts(), asyncio.Event()
    stop.set()
    wire.hear(*(said("/help", Address("slack", f"C{n % 3}"), ADA) for n in range(12)), None)
    async with asyncio.timeout(60):
        await talk.answer.run(wire, stop)
    assert wire.replies == []
    assert caplog.messages == ["slack: the desk closes and leaves 12 questions unanswered"]


async def test_a_dead_token_ends_the_loop_when_all_is_answered(talk):
    wire = PostingPorts()
    wire.hear(said("/help", CHANNEL, ADA), BadCredentials(CHANNEL, "the token is dead"))
    async with asyncio.timeout(60):
        with pytest.raises(BadCredentials):
            await talk.answer.run(wire, asyncio.Event())
    assert len(wire.replies) == 1


async def test_a_platform_that_will_not_be_listened_to_raises_its_own_error(talk):
    wire = PostingPorts()
    wire.hear(said("/help", CHANNEL, ADA), Refused(CHANNEL, "another program asks for this bot's updates"))
    async with asyncio.timeout(60):
        with pytest.raises(Refused, match="another program"):
            await talk.answer.run(wire, asyncio.Event())
    assert len(wire.replies) == 1


OLD, NEW = Address("telegram", "-500"), Address("telegram", "-1000000000500")
GUS = Sender("telegram", "7", "Gus")


@pytest.fixture
async def group(talk) -> SqlOutbox:
    """The desk answers a group alone, which the file names by an old id; the store knows of moves."""
    database = talk.conversation_log._database
    outbox = SqlOutbox(database, holder="here-1", alive=lambda _: True)
    rules = frozenset({str(OLD)})
    schedule = Schedule("UTC", (time(8),))
    channels = (Subscription("file:ferries", "ferries", OLD, "ferry", schedule),)
    told = AnswerSettings("UTC", {}, channels, AccessSettings(rules, rules), "desk.toml")
    ports = ConversationPorts(
        talk.conversation_log,
        talk.subscriptions,
        talk.outgoing,
        talk.outgoing,
        SqlMutes(database),
        outbox.moves,
    )
    talk.answer = Answer(talk.answer._desk, talk.digests, told, ports, at_once, talk.owner)
    return outbox


async def test_a_chat_that_has_moved_keeps_its_access_and_its_channels(talk, group, caplog):
    await group.moved(OLD, NEW)
    wire = await run(talk, said("/subscriptions", NEW, GUS), said("/digest now", NEW, GUS))
    listed, posting = (shown(message) for _, message in wire.replies)
    assert "ferries" in listed
    assert "on its way." in posting  # which is here
    assert f"{OLD} is {NEW} now" in caplog.text
    assert "desk.toml" in caplog.text
    talk.answer.configure(talk.digests, talk.answer._given)  # the file is read again
    wire = await run(talk, said("/help", NEW, GUS), said("/help", OLD, GUS))
    assert len(wire.replies) == 2


async def test_the_first_words_from_the_new_id_are_answered(talk, group, monkeypatch):
    async def moved(event: Moved) -> None:
        assert event.to is not None
        await group.moved(event.at, event.to)

    monkeypatch.setattr(talk.outgoing, "moved", moved)
    wire = await run(talk, Moved("k1", OLD, NEW, in_words("upgraded")), said("/help", NEW, GUS))
    assert len(wire.replies) == 1


async def test_a_move_that_the_way_out_met_is_learnt_within_a_minute(talk, group):
    wire = PostingPorts()
    running = asyncio.create_task(talk.answer.run(wire, asyncio.Event()))
    await asyncio.sleep(0)
    while talk.answer._moved_chats.is_stale():
        await asyncio.sleep(0)
    await group.moved(OLD, NEW)
    talk.clock.pass_by(minutes=1)
    wire.hear(said("/help", NEW, GUS), None)
    async with asyncio.timeout(60):
        await running
    assert len(wire.replies) == 1


@pytest.mark.usefixtures("group")
async def test_settings_that_are_read_again_during_a_look_stay(talk):
    told = talk.answer._given

    async def meanwhile() -> dict[Address, Address]:
        talk.answer.configure(talk.digests, replace(told, topics={"ships": "ferry"}))
        return {}

    ports = replace(talk.answer._ports, moves=meanwhile)
    talk.answer = Answer(talk.answer._desk, talk.digests, told, ports, at_once, talk.owner)
    wire = await run(talk, said("/topics", OLD, GUS))
    assert "ships" in shown(wire.replies[0][1])


async def test_the_move_of_a_strangers_group_lets_nobody_in(talk, group, caplog):
    await group.moved(Address("telegram", "-9"), NEW)
    assert (await run(talk, said("/help", NEW, GUS))).replies == []
    assert "now: put" not in caplog.text


async def test_a_chat_that_moves_is_told_on(talk):
    moved = Moved("k1", Address("telegram", "-1"), Address("telegram", "-1001"), in_words("upgraded"))
    await run(talk, moved)
    assert talk.outgoing.moves == [moved]


async def test_a_chat_that_put_the_desk_out_is_resumed_when_a_reader_there_talks_to_it(talk):
    await run(talk, said("/help", CHANNEL, ADA), said("/help", CHANNEL, ADA))
    assert talk.outgoing.resumed == [CHANNEL]
    await run(talk, Moved("k1", CHANNEL, None, in_words("the desk was put out")), said("/help", CHANNEL, EVE))
    assert talk.outgoing.resumed == [CHANNEL]
    await run(talk, said("/help", CHANNEL, ADA), said("/help", CHANNEL, ADA))
    assert talk.outgoing.resumed == [CHANNEL, CHANNEL]


async def test_a_chat_that_lets_the_desk_in_again_is_resumed_although_nobody_writes(talk):
    await run(talk, Moved("k1", CHANNEL, None, in_words("the desk was put out")), Returned("k2", CHANNEL))
    assert talk.outgoing.resumed == [CHANNEL]
    await run(talk, said("/help", CHANNEL, ADA), Returned("k3", CHANNEL))
    assert talk.outgoing.resumed == [CHANNEL, CHANNEL]


@pytest.mark.parametrize(
    ("private", "labels"),
    [
        (True, ["Next ›", "Newest first", "Narrow by…", "Share"]),
        (False, ["Next ›", "Newest first", "Narrow by…"]),
    ],
)
async def test_sharing_is_offered_where_an_answer_was_private(talk, private, labels):
    wire = await run(talk, said("/search lamps", CHANNEL, ADA), wire=PostingPorts(private=private))
    assert list(buttons(wire.replies[0][1])) == labels


async def test_buttons_work_after_a_restart(tmp_path):
    async with open_talk(tmp_path) as before:
        wire = await run(before, said("/search lamps", CHANNEL, ADA))
    async with open_talk(tmp_path, fill=False) as after:
        wire = await run(after, pressed(*buttons(wire.replies[0][1])["Next ›"]))
    assert "6–7 of 7 articles" in shown(wire.replies[0][1])


async def test_who_waited_for_the_desk_and_cannot_be_told_keeps_no_other_from_being_told(talk):
    for query in ("lamps", "ferries"):
        wish = said(f"/subscribe {query}", CHANNEL, BRAM)
        await run(talk, wish)
        made = {one.query: one.id for one in await talk.subscriptions.all()}
        talk.answer._invitations.expect(made[query], wish)
    await run(talk, said("/language de", CHANNEL, BRAM))
    wire = PostingPorts()
    wire.troubles = [Refused(CHANNEL, in_words("who asked has left"))]
    await run(talk, Returned("k9", CHANNEL), wire=wire)
    ((_, message),) = wire.replies
    assert "Jetzt kann ich hier senden" in shown(message)


@pytest.mark.parametrize("event", [Moved("m9", CHANNEL, None, in_words("blocked")), Returned("r9", CHANNEL)])
async def test_a_change_of_address_is_begun_twice_at_most(talk, event):
    """The platform brings it again where the desk ended before it could say that it was heard."""
    for _ in range(3):
        await run(talk, event)
    assert len(talk.outgoing.moves) + len(talk.outgoing.resumed) == 2
    assert talk.owner.urgent == [f"{CHANNEL}: a change of address came a third time and is passed over"]
