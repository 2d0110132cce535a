"""Odd characters all the way: dropped, kept, receipted, found, in digests and payloads, and typed in chat."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from telegram import Update

from bot.chat.console import messenger
from bot.chat.slack import blocks, events
from bot.chat.telegram import html
from bot.chat.telegram.events import Identity, heard
from bot.domain.events import Pressed, Said
from bot.domain.message import Message
from bot.domain.model import Address, Occasion, Schedule, Subscription, Window
from bot.domain.reasons import in_words
from bot.inbox.receipts import Receipt, write
from bot.views.json_record import digest_record
from bot.views.layout import digest_message, findings_message
from tests.article.test_article_unicode import FORMATS
from tests.builders import NOON
from tests.conversation import Talk, open_talk
from tests.desk import OpenDesk, open_desk
from tests.odd import EVERYTHING, PRINTED, is_well_formed, odd_texts
from tests.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]  # fixtures

ALL = Subscription("all", "all", Address("console"), "", Schedule("Europe/London"))
NUMBERS = count(1)


def every_string(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for name, inner in value.items():
                yield from (name, *every_string(inner))
        case list() | tuple():
            for inner in value:
                yield from every_string(inner)


def can_be_posted(message: Message) -> None:
    messenger.render(message, width=88, colour=False).encode()
    for render in (blocks.render, html.render):
        for part in render(message):
            assert is_well_formed(*every_string(json.loads(part.body)))
            assert is_well_formed(part.plain)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {"url": request.getfixturevalue("postgres_url")} if request.param == "postgres" else {}


def drop(inbox: Path) -> None:
    """A file of each format, named as a sender on another system may: in bytes that are no UTF-8."""
    inbox.mkdir()
    for ending, made in FORMATS.items():
        name = os.fsdecode(f"{PRINTED}.{ending}".encode("utf-8", "surrogatepass"))
        (inbox / name).write_bytes(made(PRINTED))


@pytest.mark.sampled(1)
async def test_odd_files_are_kept_answered_found_and_shown(tmp_path, store):
    inbox = tmp_path / "inbox"
    drop(inbox)
    async with open_desk(tmp_path, options={"store": store} if store else None) as desk:
        receipts = await desk.empty_inbox()
        assert len(receipts) == len(FORMATS)
        assert sum(receipt.outcome != "unreadable" for receipt in receipts) >= 10
        await all_is_sound(desk)
    written = list(inbox.rglob("*.receipt.json"))
    assert len(written) == len(FORMATS)
    for path in written:
        assert is_well_formed(*every_string(json.loads(path.read_text(encoding="utf-8"))))


async def all_is_sound(desk: OpenDesk) -> None:
    library = desk.desk.library
    upto = await library.revision()
    for entry in await library.after_revision(0, limit=100):
        assert is_well_formed(entry.article.title, entry.article.text, entry.article.source, entry.origin)
    for arrival in await library.arrivals(Window(0, upto)):
        assert is_well_formed(arrival.name, str(arrival.reason))
    findings = await desk.answer.responder.lookup.find("bridge OR berth")
    assert findings.total
    can_be_posted(findings_message("bridge", findings, NOON, "UTC"))
    prepared = await desk.digests.prepare(ALL, Occasion("asked", "all", "1"), Window(0, upto), NOON)
    digest = prepared.digest
    assert digest.briefs
    can_be_posted(digest_message(digest, "UTC"))
    assert is_well_formed(*every_string(digest_record(digest)))


@given(odd=odd_texts)
@example(odd=EVERYTHING)
def test_a_receipt_can_always_be_written(tmp_path_factory, odd):
    path = tmp_path_factory.mktemp("receipts") / "a.receipt.json"
    part = Receipt(f"a#{odd}", "unreadable", NOON, reason=in_words(odd))
    write(Receipt(odd, "new", NOON, entry=1, title=odd, reason=in_words(odd), parts=(part,)), path)
    assert json.loads(path.read_text(encoding="utf-8"))["outcome"] == "new"


# --- what people type ----------------------------------------------------------------------------


def by_slack(text: str, name: str) -> Said | None:
    return events.command(
        {
            "channel_id": "C1",
            "user_id": "U1",
            "user_name": name,
            "team_id": "T1",
            "text": text,
            "trigger_id": f"{next(NUMBERS)}",
        }
    )


def by_mention(text: str, name: str) -> Said | None:
    event = {"channel": "C1", "user": "U1", "text": f"<@UBOT> {text}", "ts": "1.1"}
    return events.mention({"event_id": f"Ev{next(NUMBERS)}{name}", "team_id": "T1", "event": event}, "UBOT")


def by_telegram(text: str, name: str) -> Said | None:
    update = {
        "update_id": next(NUMBERS),
        "message": {
            "message_id": 5,
            "date": 1_900_000_000,
            "chat": {"id": 7, "type": "private", "first_name": name},
            "from": {"id": 7, "is_bot": False, "first_name": f"A{name}", "last_name": name},
            "text": text,
        },
    }
    said = heard(Update.de_json(update, None), Identity(1, "desk_bot"))
    assert said is None or isinstance(said, Said)
    return said


WORDS = (
    "/search ferry",
    "/quotes",
    "/subscribe ferry as",
    "/unsubscribe",
    "/digest",
    "/topics",
    "/schedule",
    "",
)


@pytest.mark.parametrize("hears", [by_slack, by_mention, by_telegram])
@pytest.mark.sampled(1)
async def test_odd_words_are_answered(tmp_path, hears: Callable[[str, str], Said | None]):
    async with open_talk(tmp_path) as talk:
        for odd in (EVERYTHING, "\ud83d", "\x00", f'"{EVERYTHING}" ferry', f"title:{EVERYTHING}"):
            for words in WORDS:
                await answered(talk, hears(f"{words} {odd}", odd))


async def answered(talk: Talk, said: Said | None) -> None:
    if said is None:
        return
    assert is_well_formed(said.key, said.text, said.sender.name)
    assert await talk.conversation_log.heard(said.key, NOON)
    can_be_posted(await talk.answer.responder.reply(said, "admin"))


@given(
    odd=odd_texts, words=st.sampled_from(WORDS), hears=st.sampled_from([by_slack, by_mention, by_telegram])
)
def test_what_is_heard_is_well_formed(odd, words, hears):
    said = hears(f"{words} {odd}", odd)
    assert said is None or is_well_formed(said.text, said.sender.name, said.reply)


@given(odd=odd_texts)
def test_what_is_pressed_is_well_formed(odd):
    action = {"action_id": f"a{odd}", "value": odd}
    presses = events.pressed({"user": {"id": "U1", "name": odd}, "trigger_id": "1", "actions": [action]})
    query = {
        "id": "1",
        "from": {"id": 7, "is_bot": False, "first_name": odd},
        "chat_instance": "x",
        "data": f"a:{odd}",
    }
    query["message"] = {"message_id": 5, "date": 1_900_000_000, "chat": {"id": 7, "type": "private"}}
    press = heard(Update.de_json({"update_id": 1, "callback_query": query}, None), Identity(1, "desk_bot"))
    for one in (*presses, press):
        assert isinstance(one, Pressed)
        assert is_well_formed(one.action, one.value, one.sender.name)
