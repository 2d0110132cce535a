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

from bot.chat.slack.blocks import action_of
from bot.chat.slack.settings import NAME
from bot.chat.slack.text import heard
from bot.chat.slack.views import HOME, carried, filled
from bot.domain.events import Gave, Pressed, Returned, Said, Sender, Under
from bot.domain.model import Address
from bot.domain.unicode import well_formed
from bot.grammar.addressed import EDITED_WITHIN, LINE, behind, calls

Payload = Mapping[str, Any]

INBOX = "inbox"
"""The callback id of the shortcut on messages."""

MESSAGE = "message.txt"
"""The name of a message that becomes a file."""

MOST_FILES = 10
"""Files of one message: Slack's clients let people share as many."""

SHORTCUTS = frozenset({"subscribe"})
"""The callback ids of the shortcuts that deploy/slack-manifest.yaml sets up for the whole workspace."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """How to answer: over ``url`` (a response_url) where there is one, else in ``channel``.

    ``ts`` is the message that was said or that carries the button, ``thread`` the head of its
    thread. ``hidden``: that message is seen by ``user`` alone. ``trigger`` is good for one view within
    three seconds. ``since`` is when the button was pressed, by Slack's clock.
    """

    kind: Literal["command", "mention", "direct", "thread", "press", "home", "shortcut", "form", "assistant"]
    channel: str
    user: str
    url: str = ""
    ts: str = ""
    thread: str = ""
    hidden: bool = False
    trigger: str = ""
    since: str = ""

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
    words, ts, thread = (_text(event, field) for field in ("text", "ts", "thread_ts"))
    name = own.search(words) if own else None
    thread = "" if thread == ts else thread  # its answer makes a message begin a thread
    ticket = Ticket(kind, channel, user, ts=ts, thread=thread)
    return Said(
        key=_text(body, "event_id"),
        at=Address(NAME, channel, thread),
        sender=Sender(NAME, user, workspace=_team(body)),
        text=heard(behind(words, name) if name else words),
        direct=channel.startswith("D"),
        reply=ticket.written(),
        under=Under(Address(NAME, channel), thread) if thread else None,
        meant="overheard" if kind == "thread" else "named",
        message=ts,
    )


def in_a_view(body: Payload) -> str:
    """Whose view was pressed in, or who chose a shortcut that no message has; empty for a press in a message."""
    if _text(_part(body, "channel"), "id") or _text(_part(body, "container"), "channel_id"):
        return ""
    return _text(_part(body, "user"), "id")


@dataclass(frozen=True, slots=True)
class File:
    """A file of Slack's, as far as it is told: ``url`` is where it is fetched, empty where the app must ask for it."""

    id: str
    name: str
    url: str
    size: int | None = None
    kind: str = ""


def given(body: Payload) -> tuple[tuple[Gave, File], ...]:
    """The files that somebody shared with the app in their direct message."""
    event = _inner(body)
    channel, user = _text(event, "channel"), _text(event, "user")
    shared = event.get("subtype") == "file_share" and event.get("channel_type") == "im"
    if not (shared and channel and user) or event.get("bot_id") or event.get("hidden"):
        return ()
    team = _team(body)
    ticket = Ticket("direct", channel, user, ts=_text(event, "ts"), thread=_text(event, "thread_ts"))
    at, sender = Address(NAME, channel, ticket.thread), Sender(NAME, user, workspace=team)
    return tuple(
        (
            Gave(
                key=f"{_text(body, 'event_id')}/{one.id}",
                at=at,
                sender=sender,
                name=one.name,
                size=one.size,
                direct=True,
                reply=ticket.written(),
            ),
            one,
        )
        for one in files(event)
    )


def added(body: Payload, me: str) -> tuple[tuple[Gave, File | str], ...]:
    """What "Add to inbox" was chosen on: the files of the message, or its words where it has none; ``me`` is the desk."""
    sender, message, channel = _person(body), _part(body, "message"), _text(_part(body, "channel"), "id")
    key, ts = _text(body, "trigger_id"), _text(message, "ts")
    if _text(body, "callback_id") != INBOX or not (sender.id and channel and key):
        return ()
    thread, url = _text(message, "thread_ts"), _text(body, "response_url")
    ticket = Ticket("command", channel, sender.id, url, ts, thread)
    at, direct, own = Address(NAME, channel, thread), channel.startswith("D"), _text(message, "user") == me

    def gave(name: str, of: str, size: int | None) -> Gave:
        return Gave(f"{key}/{of}", at, sender, name, size, direct, ticket.written(), own=own)

    shared: list[tuple[Gave, File | str]] = [
        (gave(one.name, one.id, one.size), one) for one in files(message)
    ]
    words = heard(_text(message, "text"))
    return tuple(shared) or ((gave(MESSAGE, "", len(words.encode())), words),)


def files(message: Payload) -> tuple[File, ...]:
    """The files of a message that lie at Slack; what lies elsewhere, or is gone, is left out."""
    found = message.get("files")
    told = [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
    return tuple(map(file, [one for one in told[:MOST_FILES] if _is_there(one)]))


def file(told: Payload) -> File:
    """A file of what Slack tells of it."""
    size = told.get("size")
    known = isinstance(size, int) and not isinstance(size, bool) and size >= 0
    url = _text(told, "url_private_download") or _text(told, "url_private")
    name = _text(told, "name") or _text(told, "title")
    return File(_text(told, "id"), name, url, size if known else None, _text(told, "mimetype"))


def _is_there(told: Payload) -> bool:
    gone = _text(told, "mode") in {"tombstone", "hidden_by_limit", "external"}
    return bool(_text(told, "id")) and not gone and told.get("is_external") is not True


def assistant_opened(body: Payload) -> Said | None:
    """Somebody began a thread with the app as an assistant: they are told what it can do."""
    thread = _part(_inner(body), "assistant_thread")
    channel, user, ts = (_text(thread, name) for name in ("channel_id", "user_id", "thread_ts"))
    if not (channel.startswith("D") and user and ts):
        return None
    return Said(
        key=_text(body, "event_id"),
        at=Address(NAME, channel, ts),
        sender=Sender(NAME, user, workspace=_team(body)),
        text="help",
        direct=True,
        reply=Ticket("assistant", channel, user, thread=ts).written(),
    )


def home_opened(body: Payload) -> Pressed | None:
    """Somebody looks at the Home tab: it is asked for, as by its button."""
    event = _inner(body)
    channel, user = _text(event, "channel"), _text(event, "user")
    if event.get("tab") != HOME or not (channel.startswith("D") and user):
        return None
    return Pressed(
        key=_text(body, "event_id"),
        at=Address(NAME, channel),
        sender=Sender(NAME, user, workspace=_team(body)),
        action=HOME,
        value="",
        direct=True,
        reply=Ticket("home", channel, user).written(),
    )


def shortcut(body: Payload, room: str) -> Pressed | None:
    """Somebody chose a shortcut of the whole workspace; ``room`` is their direct message with the app."""
    sender, trigger = _person(body), _text(body, "trigger_id")
    name = _text(body, "callback_id")
    if not (sender.id and trigger and room and name in SHORTCUTS):
        return None
    ticket = Ticket("shortcut", room, sender.id, trigger=trigger)
    return Pressed(
        trigger, Address(NAME, room), sender, "shortcut", name, direct=True, reply=ticket.written()
    )


def handed_in(body: Payload) -> Pressed | None:
    """A form that was filled in; what it carried unseen says for which chat it was opened."""
    view, sender = _part(body, "view"), _person(body)
    brought = carried(view)
    place, thread = brought.get("at", ""), brought.get("thread", "")
    if not (sender.id and place):
        return None
    kind: Literal["home", "form"] = "home" if brought.get("home") else "form"
    ticket = Ticket(kind, place, sender.id, brought.get("url", ""), thread=thread)
    return Pressed(
        key=_text(body, "trigger_id") or _text(view, "id") + _text(view, "hash"),
        at=Address(NAME, place, thread),
        sender=sender,
        action=_text(view, "callback_id"),
        value=brought.get("value", ""),
        direct=place.startswith("D"),
        reply=ticket.written(),
        fields=tuple((well_formed(name), well_formed(text)) for name, text in filled(view)),
    )


def _team(body: Payload) -> str:
    """The workspace of who wrote, not their organisation; empty where a channel is shared with others and it is not told."""
    event = _inner(body)
    named = [_text(event, "user_team"), _text(_part(event, "user_profile"), "team")]
    named += [_text(event, name) for name in ("source_team", "team")]
    told = next((team for team in named if team and not team.startswith("E")), "")
    return told or ("" if body.get("is_ext_shared_channel") is True else _text(body, "team_id"))


def _person(body: Payload) -> Sender:
    person = _part(body, "user")
    name = _text(person, "name") or _text(person, "username")
    told, here = _text(person, "team_id"), _text(_part(body, "team"), "id")
    if not told or told == _text(_part(body, "enterprise"), "id"):
        told = here
    team = "" if told.startswith("E") else told  # another organisation
    return Sender(NAME, _text(person, "id"), name, team)


def pressed(body: Payload, room: str = "") -> tuple[Pressed, ...]:
    """What a ``block_actions`` payload says was pressed; values of menus count as pressed, too.

    ``room`` is the direct message with who pressed in a view, where there is no channel.
    """
    container, channel, user = _part(body, "container"), _part(body, "channel"), _person(body).id
    place = _text(channel, "id") or _text(container, "channel_id") or room or f"@{user}"
    actions = body.get("actions")
    if not user or not isinstance(actions, list):
        return ()
    thread, ts = _text(container, "thread_ts"), _text(container, "message_ts")
    kind: Literal["home", "press"] = "home" if _part(body, "view").get("type") == HOME else "press"
    url, trigger = _text(body, "response_url"), _text(body, "trigger_id")
    private = container.get("is_ephemeral") is True
    since = next((_text(one, "action_ts") for one in actions if isinstance(one, Mapping)), "")
    ticket = Ticket(kind, place, user, url, ts, thread, private, trigger, since)
    return tuple(
        Pressed(
            key=_text(body, "trigger_id") + (f"/{number}" if number else ""),
            at=Address(NAME, place, thread),
            sender=_person(body),
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
