"""Views on their way to people: Home tabs are published, forms opened, and what was handed in is answered.

A form is answered within the acknowledgement of its being handed in, or it closes: docs.slack.dev/surfaces/modals.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from functools import partial

from bot.chat.slack import views
from bot.chat.slack.api import Json, SlackApi
from bot.chat.slack.errors import is_overtaken, is_spent, is_too_late
from bot.chat.slack.events import Ticket
from bot.chat.slack.settings import NAME
from bot.domain.errors import Refused, Unconfirmed
from bot.domain.message import Form, Message
from bot.domain.model import Address
from bot.domain.ports import Say

ANSWERED_WITHIN = 2.5
"""Seconds for the answer to a form: Slack waits three for the acknowledgement that carries it."""

MOST_HASHES = 1_000
"""People whose Home tab's state is remembered."""


class Pages:
    """The Home tabs and forms of one workspace."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._hashes: OrderedDict[str, str] = OrderedDict()
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    async def publish(self, user: str, message: Message, say: Say) -> None:
        """Show the message in the person's Home tab, in place of what stands there.

        What this desk published last must stand there still; where another did since, this comes last and is newer.
        Raises as a post does.
        """
        view, known = views.home_view(message), self._hashes.get(user)
        try:
            answer = await self._call(
                "views.publish", {"user_id": user, "view": view, **_hash(known)}, user, say
            )
        except Refused as refused:
            if not (known and is_overtaken(refused)):
                raise
            answer = await self._call("views.publish", {"user_id": user, "view": view}, user, say)
        shown = answer.get("view")
        self._hashes[user] = str(shown.get("hash", "")) if isinstance(shown, dict) else ""
        self._hashes.move_to_end(user)
        if len(self._hashes) > MOST_HASHES:
            self._hashes.popitem(last=False)

    async def ask(self, ticket: Ticket, form: Form, say: Say) -> bool:
        """Open the form; false when the press that wants it is more than three seconds ago."""
        return await self._open(ticket, _form_view(ticket, form), say)

    async def notify(self, ticket: Ticket, message: Message, say: Say) -> bool:
        """Show a word to who pressed, over their Home tab; false when that is too long ago."""
        return await self._open(ticket, views.notice_view(message), say)

    async def _open(self, ticket: Ticket, view: Json, say: Say) -> bool:
        if not ticket.trigger:
            return False
        try:
            await self._call("views.open", {"trigger_id": ticket.trigger, "view": view}, ticket.user, say)
        except Refused as refused:
            if is_too_late(refused):
                return False
            raise
        return True

    async def _call(self, method: str, body: Json, user: str, say: Say) -> Json:
        """The answer to the call, which is made again where the first is lost: to show a view twice is to show it once."""
        to = Address(NAME, f"@{user}")
        call = partial(self._api.post, method, to, body)
        try:
            return await say(to, call, counted=False)
        except Unconfirmed:
            try:
                return await say(to, call, counted=False)
            except Refused as refused:
                if is_spent(refused):  # the first has opened it
                    return {}
                raise

    # --- what was handed in ----------------------------------------------------------------------------

    def expect(self, key: str) -> asyncio.Future[Json]:
        """What will be acknowledged to the form that was handed in under this key."""
        self._waiting[key] = asyncio.get_running_loop().create_future()
        return self._waiting[key]

    async def acknowledgement(self, key: str, expected: asyncio.Future[Json]) -> Json:
        """The fields of the acknowledgement; none, which closes the form, where no answer comes in time."""
        try:
            return await asyncio.wait_for(expected, ANSWERED_WITHIN)
        except TimeoutError:
            return {}
        finally:
            self._waiting.pop(key, None)

    def settle(self, key: str, ticket: Ticket, message: Message) -> bool:
        """Let the form stay, with what is refused of it, or give way to a word or another form, or close.

        False when it is closed.
        """
        waiting = self._waiting.pop(key, None)
        if waiting is None or waiting.done():
            return False
        acknowledged: Json = {}
        if message.refused:
            acknowledged = {"response_action": "errors", "errors": dict(message.refused)}
        elif message.form:
            acknowledged = {"response_action": "update", "view": _form_view(ticket, message.form)}
        elif message.aside:
            acknowledged = {"response_action": "update", "view": views.notice_view(message)}
        waiting.set_result(acknowledged)
        return True


def _form_view(ticket: Ticket, form: Form) -> Json:
    carried = {"at": ticket.channel, "thread": ticket.thread, "url": ticket.url}
    return views.form_view(form, carried | ({"home": "yes"} if ticket.kind == "home" else {}))


def _hash(known: str | None) -> Json:
    return {"hash": known} if known else {}
