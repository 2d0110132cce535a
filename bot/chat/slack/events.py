"""What Slack tells the app, as the desk's own records. Pure.

Payloads are untrusted as to their words and values; that they come from Slack is what the socket,
or the signature, says. docs.slack.dev/reference/events, /interactivity.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from bot.chat.addressed import EDITED_WITHIN, LINE, calls
from bot.chat.slack.blocks import action_of
from bot.chat.slack.settings import NAME
from bot.chat.slack.text import heard
from bot.domain.events import Pressed, Returned, Said, Sender, Under
from bot.domain.model import Address
from bot.domain.unicode import well_formed

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ticket:
    """How to answer: over ``url`` (a response_url) where there is one, else in ``channel``.

    ``ts`` is the message that was said or that carries the button, ``thread`` the head of its
    thread. ``hidden``: that message is seen by ``user`` alone.
    """

    kind: Literal["command", "mention", "direct", "thread", "press"]
    channel: str
    user: str
    url: str = ""
    ts: str = ""
    thread: str = ""
    hidden: bool = False

    def written(self) -> str:
        """As text; ``read_ticket`` reads it."""
        return json.dumps(asdict(self), separators=(",", ":"))


def read_ticket(text: str) -> Ticket | None:
    """The ticket; ``None`` for a text that is none."""
    try:
        return Ticket(**json.loads(text))
    except (TypeError, ValueError):
        return None


def command(payload: Payload) -> Said | None:
    """A slash command's words, without the command."""
    channel, user = _text(payload, "channel_id"), _text(payload, "user_id")
    if not (channel and user):
        return None
    sender = Sender(NAME, user, _text(payload, "user_name"), _text(payload, "team_id"))
    ticket = Ticket("command", channel, user, url=_text(payload, "response_url"))
    return Said(
        key=_text(payload, "trigger_id"),
        at=Address(NAME, channel),
        sender=sender,
        text=heard(_text(payload, "text")),
        direct=channel.startswith("D"),
        reply=ticket.written(),
    )


def mention(body: Payload, me: str) -> Said | None:
    """What follows the mention of ``me`` that begins a line; ``None`` where people speak of the desk.

    In a thread that may still be a question to a digest, and is overheard.
    """
    own = re.compile(rf"{LINE}<@{re.escape(me)}(?:\|[^<>]*)?>[ \t]*[:,]?", re.IGNORECASE)
    found = own.search(_text(_inner(body), "text"))
    said = _event(body, "mention", own if found else None)
    if said is None or said.direct or (found and calls(said.text)):
        return said
    return replace(said, meant="overheard") if said.under else None


PERSONS = frozenset({"", "thread_broadcast", "file_share", "me_message"})
"""New messages of people, by ``subtype``: plain ones, a reply shown in the channel too, with a file, by `/me`."""


def words(body: Payload, me: str) -> Said | None:
    """A ``message`` event's words in a direct message or a thread: a person's, and new; ``None`` for any other.

    In a channel the words that mention ``me`` are an event of their own.
    """
    event = _inner(body)
    if event.get("hidden") or (event.get("subtype") or "") not in PERSONS:
        return None
    if event.get("files") and not _text(event, "text").strip():
        return None  # a file without a word
    if event.get("channel_type") == "im":
        return _event(body, "direct", None)
    if _text(event, "thread_ts") in {"", _text(event, "ts")}:
        return None
    if re.search(rf"<@{re.escape(me)}[|>]", _text(event, "text")):
        return None
    return _event(body, "thread", None)


def edited(body: Payload, me: str) -> Said | None:
    """What a person said lately and says otherwise now, to the desk alone or behind its name; else ``None``."""
    event = _inner(body)
    now, before = _part(event, "message"), _part(event, "previous_message")
    if (
        event.get("subtype") != "message_changed"
        or _text(now, "text") == _text(before, "text")
        or not _lately(now, event)
    ):
        return None
    about = {name: event[name] for name in ("channel", "channel_type") if name in event}
    new = {**body, "event": {**now, **about, "edited": None}}
    if event.get("channel_type") == "im":
        said = words(new, me) if (now.get("subtype") or "") in PERSONS else None
    else:
        said = mention(new, me)
        said = said if said and said.meant == "named" else None
    return replace(said, edited=True) if said else None


def _lately(message: Payload, edit: Payload) -> bool:
    try:
        age = float(_text(edit, "event_ts") or _text(edit, "ts")) - float(_text(message, "ts"))
    except ValueError:
        return False
    return age <= EDITED_WITHIN.total_seconds()


def let_in(body: Payload, me: str) -> Returned | None:
    """``me`` joined a channel, or one was unarchived; ``None`` where somebody else joined."""
    event = _inner(body)
    channel = _text(event, "channel")
    joined = event.get("type") == "member_joined_channel"
    if not channel or (joined and _text(event, "user") != me):
        return None
    return Returned(_text(body, "event_id"), Address(NAME, channel))


def _event(
    body: Payload, kind: Literal["mention", "direct", "thread"], own: re.Pattern[str] | None
) -> Said | None:
    event = _inner(body)
    channel, user = _text(event, "channel"), _text(event, "user")
    if not (channel and user) or event.get("bot_id") or event.get("edited"):
        return None
    words = _text(event, "text")
    thread = _text(event, "thread_ts")
    ticket = Ticket(kind, channel, user, ts=_text(event, "ts"), thread=thread)
    team = _text(event, "user_team") or _text(event, "team") or _text(body, "team_id")
    return Said(
        key=_text(body, "event_id"),
        at=Address(NAME, channel, thread),
        sender=Sender(NAME, user, workspace=team),
        text=heard(own.split(words, maxsplit=1)[-1] if own else words),
        direct=channel.startswith("D"),
        reply=ticket.written(),
        under=Under(Address(NAME, channel), thread) if thread else None,
        meant="overheard" if kind == "thread" else "named",
        message=_text(event, "ts"),
    )


def pressed(body: Payload) -> tuple[Pressed, ...]:
    """What a ``block_actions`` payload says was pressed; values of menus count as pressed, too."""
    person, container, channel = _part(body, "user"), _part(body, "container"), _part(body, "channel")
    user = _text(person, "id")
    place = _text(channel, "id") or _text(container, "channel_id") or f"@{user}"
    actions = body.get("actions")
    if not user or not isinstance(actions, list):
        return ()
    thread, ts = _text(container, "thread_ts"), _text(container, "message_ts")
    ticket = Ticket(
        "press", place, user, _text(body, "response_url"), ts, thread, container.get("is_ephemeral") is True
    )
    name = _text(person, "name") or _text(person, "username")
    team = _text(person, "team_id") or _text(_part(body, "team"), "id")
    return tuple(
        Pressed(
            key=_text(body, "trigger_id") + (f"/{number}" if number else ""),
            at=Address(NAME, place, thread),
            sender=Sender(NAME, user, name, team),
            action=action_of(_text(action, "action_id")),
            value=_text(action, "value") or _text(_part(action, "selected_option"), "value"),
            message="" if ticket.hidden else ts,
            direct=place[:1] in ("D", "@"),
            reply=ticket.written(),
        )
        for number, action in enumerate(actions)
        if isinstance(action, Mapping)
    )


def _inner(body: Payload) -> Payload:
    return _part(body, "event")


def _part(body: Payload, name: str) -> Payload:
    part = body.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(body: Payload, name: str) -> str:
    value = body.get(name)
    return well_formed(value) if isinstance(value, str) else ""
