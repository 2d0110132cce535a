"""Answers to what people say on Slack: for the asker alone where that is wanted, in place where it can be."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.chat.slack_api import SlackApi
from bot.chat.slack_blocks import render
from bot.chat.slack_heard import PLATFORM, Ticket, read_ticket
from bot.dispatch import Pressed, Said
from bot.errors import Refused, RetryLater
from bot.message import Message
from bot.model import Address

Json = dict[str, Any]

LONGEST_WAIT = 60.0
"""Seconds that an answer of several parts waits between two of them."""

ATTEMPTS = 3
"""Times that a later part is tried."""


async def answer(api: SlackApi, incoming: Said | Pressed, message: Message) -> None:
    """Every part of the message, in order; raises as a post does.

    RetryLater means that nothing of the answer was posted: a later part is tried again by itself.
    """
    ticket = read_ticket(incoming.reply) or _plain_ticket(incoming)
    for number, payload in enumerate(render(message)):
        body: Json = json.loads(payload.body)
        first = not number
        part = partial(_part, api, ticket, incoming, message, body, first=first)
        await (part() if first else _waited_for(part, ticket))


async def _part(  # noqa: PLR0913 - what is said, to whom, as what
    api: SlackApi, ticket: Ticket, incoming: Said | Pressed, message: Message, body: Json, *, first: bool
) -> None:
    if ticket.kind == "command":
        await _to_the_asker(api, ticket, body)
    elif ticket.kind == "mention" and message.private:
        await _whisper(api, ticket, body)
    elif ticket.kind == "press":
        shown = message.private and not incoming.direct
        shared = message.beside or (ticket.hidden and not message.private)
        await _after_a_press(api, ticket, body, first=first and not shared, private=shown)
    else:
        await _aloud(api, ticket, body)


async def _waited_for(part: Callable[[], Awaitable[None]], ticket: Ticket) -> None:
    """A later part, waited for while Slack asks for short pauses."""
    for _ in range(ATTEMPTS):
        try:
            return await part()
        except RetryLater as later:
            if later.after > LONGEST_WAIT:
                break
            await asyncio.sleep(later.after)
    raise Refused(_place(ticket), "Slack did not take the rest of an answer")


def _plain_ticket(incoming: Said | Pressed) -> Ticket:
    """For words whose ticket is lost: an answer where they were said."""
    return Ticket("direct", incoming.at.chat, incoming.sender.id, thread=incoming.at.thread)


async def _after_a_press(api: SlackApi, ticket: Ticket, body: Json, *, first: bool, private: bool) -> None:
    if ticket.hidden and first:
        if not await api.respond(ticket.url, _place(ticket), {**body, "replace_original": True}):
            await _whisper(api, ticket, body)
    elif private:
        await _to_the_asker(api, ticket, body)
    elif first and ticket.ts:
        await _in_place(api, ticket, body)
    else:
        await _aloud(api, ticket, body)


async def _in_place(api: SlackApi, ticket: Ticket, body: Json) -> None:
    """Edit the message that carries the button; where it is gone or too old, answer beside it."""
    to = _place(ticket)
    edited = {"channel": ticket.channel, "ts": ticket.ts, "text": body["text"], "blocks": body["blocks"]}
    try:
        await api.post("chat.update", to, edited)
    except Refused:
        await _aloud(api, ticket, body)


async def _to_the_asker(api: SlackApi, ticket: Ticket, body: Json) -> None:
    """Over the response_url, which needs no membership; when it is spent, as an ephemeral message."""
    thread = {"thread_ts": ticket.thread} if ticket.thread else {}
    whispered = {**body, **thread, "response_type": "ephemeral", "replace_original": False}
    if not (ticket.url and await api.respond(ticket.url, _place(ticket), whispered)):
        await _whisper(api, ticket, body)


async def _whisper(api: SlackApi, ticket: Ticket, body: Json) -> None:
    """An ephemeral message; in a direct message, where nobody else reads, a plain one."""
    if ticket.channel[:1] in ("D", "@"):
        await _aloud(api, ticket, body)
        return
    thread = {"thread_ts": ticket.thread} if ticket.thread else {}
    seen_by = {"channel": ticket.channel, "user": ticket.user}
    said = {"text": body["text"], "blocks": body["blocks"]}
    await api.post("chat.postEphemeral", _place(ticket), {**said, **seen_by, **thread})


async def _aloud(api: SlackApi, ticket: Ticket, body: Json) -> None:
    """For everybody there: under what was said in a channel, as the next line of a direct message."""
    to = _place(ticket)
    room = await api.room(to)
    head = ticket.thread or ("" if room.startswith("D") else ticket.ts)
    thread = {"thread_ts": head} if head else {}
    await api.post("chat.postMessage", to, {**body, "channel": room, **thread})


def _place(ticket: Ticket) -> Address:
    return Address(PLATFORM, ticket.channel, ticket.thread)
