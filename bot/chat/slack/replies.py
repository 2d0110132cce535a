"""Answers to what people say on Slack: for the asker alone where that is wanted, in place where it can be."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.chat.slack import history
from bot.chat.slack.api import SlackApi
from bot.chat.slack.blocks import render
from bot.chat.slack.events import Ticket, read_ticket
from bot.chat.slack.pages import Pages
from bot.chat.slack.settings import NAME
from bot.domain.errors import MessengerError, Refused, Unconfirmed
from bot.domain.events import Posted, Pressed, Said, Unknown
from bot.domain.message import Message, Paragraph, Run
from bot.domain.model import Address
from bot.domain.ports import Lost, Say
from bot.wording.chat import editing

Json = dict[str, Any]

OF_ONE_MESSAGE = frozenset(
    {"cant_update_message", "cant_delete_message", "edit_window_closed", "message_not_found"}
    | {"compliance_exports_prevent_deletion", "update_failed", "streaming_state_conflict"}
)
"""Why a message stays as it is: docs.slack.dev/reference/methods/chat.update and chat.delete."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Slack's calls that answer, each made by ``say``; a message is found again by its ``key``, from ``since`` on, where it has one."""

    api: SlackApi
    say: Say
    key: str = ""
    since: str = ""

    async def post(self, method: str, to: Address, body: Json) -> Json:
        """One call of the Web API that Slack does not count by the channel; its answer."""
        return await self.say(to, lambda: self.api.post(method, to, body), counted=False)

    async def message(self, to: Address, body: Json) -> Json:
        """One chat.postMessage, again where its answer was lost and it is not there; its answer."""
        keyed = {**body, "metadata": {"event_type": history.EVENT, "event_payload": {"key": self.key}}}
        lost = self._found(to) if self.since else None
        return await self.say(to, lambda: self.api.post("chat.postMessage", to, keyed), lost=lost)

    def _found(self, to: Address) -> Lost[Json]:
        """Looks for the message with the key."""

        async def look() -> Json | None:
            since = datetime.fromtimestamp(float(self.since), UTC)
            found = await history.find(self.api, to, self.key, since)
            if isinstance(found, Unknown):
                raise Unconfirmed(to, found.reason)
            return {"ts": found.id} if found else None

        return look

    async def respond(self, url: str, to: Address, body: Json) -> bool:
        """One post to a response_url, which has a limit of its own; false when it is spent."""
        return await self.say(to, lambda: self.api.respond(url, to, body), counted=False)


async def answer(
    api: SlackApi, pages: Pages, incoming: Said | Pressed, message: Message, say: Say
) -> Posted | None:
    """Every part of the message, in order; the last as it was posted, ``None`` where it has no id.

    Raises as a post does.
    """
    ticket = read_ticket(incoming.reply) or _plain_ticket(incoming)
    first = Calls(api, say, since=ticket.since or ticket.ts)
    if message.form:
        if pages.settle(incoming.key, ticket, message) or await pages.ask(ticket, message.form, say):
            return None
        message = replace(message, blocks=(Paragraph((Run(editing.too_late()),)),), aside=True)
    elif await _in_a_view(pages, ticket, incoming.key, message, say):
        return None
    posted = None
    for number, payload in enumerate(render(message)):
        body, calls = json.loads(payload.body), replace(first, key=f"answer {incoming.key} {number}")
        if isinstance(incoming, Said) and incoming.over and not number:
            posted = await _in_place(calls, replace(ticket, ts=incoming.over), body)
        else:
            posted = await _part(calls, ticket, incoming, message, body, first=not number)
    if ticket.kind == "assistant":
        await _with_prompts(first, ticket)
    return posted


async def _with_prompts(calls: Calls, ticket: Ticket) -> None:
    """What may be pressed in a new thread with the assistant; the answer stands without, too."""
    prompts = [{"title": title, "message": message} for title, message in editing.prompts()]
    thread = {"channel_id": ticket.channel, "thread_ts": ticket.thread}
    with contextlib.suppress(MessengerError):
        await calls.post(
            "assistant.threads.setSuggestedPrompts", _place(ticket), {**thread, "prompts": prompts}
        )


async def _in_a_view(pages: Pages, ticket: Ticket, key: str, message: Message, say: Say) -> bool:
    """Answer a form, or in a Home tab; false where a message has to say it."""
    closes = pages.settle(key, ticket, message)
    if closes and (message.refused or message.aside):
        return True
    if message.aside or message.refused:
        return ticket.kind in {"home", "shortcut"} and await pages.notify(ticket, message, say)
    if ticket.kind == "home":
        await pages.publish(ticket.user, message, say)
        return True
    return False


async def _part(  # noqa: PLR0913 - what is said, to whom, as what
    calls: Calls, ticket: Ticket, incoming: Said | Pressed, message: Message, body: Json, *, first: bool
) -> Posted | None:
    typed = ticket.kind in {"command", "form"}
    if typed and (message.private or incoming.direct):
        return await _to_the_asker(calls, ticket, body)
    if typed:
        return await _to_the_channel(calls, ticket, body)
    if ticket.kind in {"mention", "thread"} and message.private:
        return await _as_ephemeral(calls, ticket, body)
    if ticket.kind == "press":
        if message.aside:
            return await _to_the_asker(calls, ticket, body)
        shown = message.private and not incoming.direct
        shared = message.beside or (ticket.hidden and not message.private)
        return await _after_a_press(calls, ticket, body, first=first and not shared, private=shown)
    return await _as_message(calls, ticket, body)


def _plain_ticket(incoming: Said | Pressed) -> Ticket:
    """For words whose ticket is lost: an answer where they were said."""
    return Ticket("direct", incoming.at.chat, incoming.sender.id, thread=incoming.at.thread)


async def _after_a_press(
    calls: Calls, ticket: Ticket, body: Json, *, first: bool, private: bool
) -> Posted | None:
    if ticket.hidden and first:
        if await calls.respond(ticket.url, _place(ticket), {**body, "replace_original": True}):
            return None
        return await _as_ephemeral(calls, ticket, body)
    if private:
        return await _to_the_asker(calls, ticket, body)
    if first and ticket.ts:
        return await _in_place(calls, ticket, body)
    try:
        return await _as_message(calls, ticket, body)
    except Refused:  # what is shared where the app is no member
        thread = {"thread_ts": ticket.thread} if ticket.thread else {}
        shown = {**body, **thread, "response_type": "in_channel", "replace_original": False}
        if ticket.url and await calls.respond(ticket.url, _place(ticket), shown):
            return None
        raise


async def _in_place(calls: Calls, ticket: Ticket, body: Json) -> Posted | None:
    """Edit the message of the ticket; where it is gone or too old, answer beside it."""
    to = _place(ticket)
    edited = {"channel": ticket.channel, "ts": ticket.ts, "text": body["text"], "blocks": body["blocks"]}
    try:
        try:
            await calls.post("chat.update", to, edited)
        except Unconfirmed:  # to edit twice is to edit once
            await calls.post("chat.update", to, edited)
    except Refused:
        return await _as_message(calls, ticket, body)
    return Posted(ticket.ts)


async def _to_the_asker(calls: Calls, ticket: Ticket, body: Json) -> Posted | None:
    """Over the response_url, which needs no membership; when it is spent, as an ephemeral message."""
    thread = {"thread_ts": ticket.thread} if ticket.thread else {}
    whispered = {**body, **thread, "response_type": "ephemeral", "replace_original": False}
    if ticket.url and await calls.respond(ticket.url, _place(ticket), whispered):
        return None
    return await _as_ephemeral(calls, ticket, body)


async def _to_the_channel(calls: Calls, ticket: Ticket, body: Json) -> Posted | None:
    """For everybody, over the response_url, which needs no membership; when it is spent, as a message."""
    shown = {**body, "response_type": "in_channel", "replace_original": False}
    if ticket.url and await calls.respond(ticket.url, _place(ticket), shown):
        return None
    return await _as_message(calls, ticket, body)


async def _as_ephemeral(calls: Calls, ticket: Ticket, body: Json) -> Posted | None:
    """An ephemeral message; in a direct message, where nobody else reads, a plain one."""
    if ticket.channel[:1] in ("D", "@"):
        return await _as_message(calls, ticket, body)
    thread = {"thread_ts": ticket.thread} if ticket.thread else {}
    seen_by = {"channel": ticket.channel, "user": ticket.user}
    said = {"text": body["text"], "blocks": body["blocks"]}
    await calls.post("chat.postEphemeral", _place(ticket), {**said, **seen_by, **thread})
    return None


async def _as_message(calls: Calls, ticket: Ticket, body: Json) -> Posted | None:
    """For everybody there: under what was said in a channel, as the next line of a direct message."""
    to = _place(ticket)
    room = await calls.api.room(to)
    head = ticket.thread or ("" if room.startswith("D") else ticket.ts)
    thread = {"thread_ts": head} if head else {}
    answer = await calls.message(replace(to, thread=head), {**body, "channel": room, **thread})
    return Posted(str(answer["ts"])) if answer.get("ts") else None


def _place(ticket: Ticket) -> Address:
    return Address(NAME, ticket.channel, ticket.thread)


async def changed(api: SlackApi, method: str, to: Address, ts: str, said: Json) -> None:
    """Edit or delete the desk's own message; one that is gone is left so. Raises as a post does.

    What forbids that for this message says nothing of the channel.
    """
    try:
        await api.post(method, to, {"channel": await api.room(to), "ts": ts, **said})
    except Refused as refused:
        code = dict(refused.reason.arguments).get("code")
        if code == "message_not_found":
            return
        if code in OF_ONE_MESSAGE:
            raise Refused(to, refused.reason) from refused
        raise
