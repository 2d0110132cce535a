"""What a workspace holds: people, channels and their messages, in the order in which they were posted."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.slack_blocks import Json
from tests.doubles.slack_reading import Piece, pieces
from tests.doubles.slack_rules import Refused

TEAM, APP, BOT, BOT_USER = "T1", "A1", "B1", "U0BOT"
DOMAIN = "example-desk"
TRIGGER_LASTS = 3.0  # seconds; docs.slack.dev/interactivity
POST_SCOPE = "chat:write"
PUBLIC_POST_SCOPE = "chat:write.public"
SCOPES = frozenset(
    {"app_mentions:read", "channels:join", "chat:write", "commands", "files:read", "im:write", "users:read"}
    | {f"{family}:{what}" for family in ("channels", "groups", "im") for what in ("history", "read")}
)


@dataclass(slots=True)
class User:
    """A person, or a bot; `deleted` is Slack's word for deactivated."""

    id: str
    name: str
    bot: bool = False
    deleted: bool = False
    tz: str = "Europe/London"
    locale: str = "en-GB"
    admin: bool = False


@dataclass(slots=True)
class Channel:
    """A public or private channel, or a direct message with `person`."""

    id: str
    name: str
    private: bool = False
    archived: bool = False
    readable: bool = True
    refuses: str | None = None  # the error that every post gets: restricted_action, messages_tab_disabled
    person: str | None = None
    members: set[str] = field(default_factory=set)
    messages: dict[str, Json] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The first half of the scope names: channels, groups, im."""
        return "im" if self.person else "groups" if self.private else "channels"


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that somebody could read at some time: `how` is post, update, ephemeral, ack, response or view."""

    how: str
    channel: str
    user: str | None
    ts: str
    text: str
    blocks: Any
    parsed: bool = False

    @property
    def pieces(self) -> list[Piece]:
        """Its texts, as they were sent."""
        return pieces(self.text, self.blocks, parsed=self.parsed)


def micros(ts: Any) -> int:
    """A message's moment, `seconds.micros`, as whole microseconds; raises invalid_ts."""
    try:
        seconds, _, rest = str(ts).partition(".")
        return int(seconds) * 1_000_000 + int(rest.ljust(6, "0")[:6] or 0)
    except ValueError:
        raise Refused("invalid_ts_latest") from None


class Workspace:
    """One workspace with one installed app."""

    def __init__(self, now: Callable[[], float], clock: Callable[[], float], scopes: frozenset[str]) -> None:
        self.now, self.clock, self.scopes = now, clock, set(scopes)
        self.users = {
            "USLACKBOT": User("USLACKBOT", "slackbot"),
            BOT_USER: User(BOT_USER, "copydesk", bot=True),
        }
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[Json] = []
        self.views: dict[str, Json] = {}
        self.files: dict[str, Any] = {}
        self.fetched: list[tuple[str, str]] = []  # which file, and with which Authorization
        self.team = TEAM
        self.shown: list[Shown] = []
        self.triggers: dict[str, float | None] = {}
        self._numbers = itertools.count(1)
        self._last = 0

    def number(self) -> int:
        """The next whole number: 1, 2, 3."""
        return next(self._numbers)

    def ts(self) -> str:
        """A new message's moment, later than every one before."""
        self._last = max(int(self.now() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def trigger(self) -> str:
        """A trigger id: good for one view within three seconds."""
        name = f"{self.number()}.{self.number()}.trigger"
        self.triggers[name] = self.clock()
        return name

    def spend(self, trigger: Any) -> None:
        """Uses a trigger up; raises Slack's three trigger errors."""
        if trigger not in self.triggers:
            raise Refused("invalid_trigger_id")
        given, self.triggers[trigger] = self.triggers[trigger], None
        if given is None:
            raise Refused("exchanged_trigger_id")
        if self.clock() - given > TRIGGER_LASTS:
            raise Refused("expired_trigger_id")

    def need(self, *scopes: str) -> None:
        """Raises missing_scope unless the app has every one."""
        missing = [scope for scope in scopes if scope not in self.scopes]
        if missing:
            raise Refused("missing_scope", needed=missing[0], provided=",".join(sorted(self.scopes)))

    def visible(self, name: Any) -> Channel:
        """A channel that the app can see; raises channel_not_found."""
        channel = self.channels.get(str(name))
        closed = channel is not None and (channel.private or channel.person)
        if channel is None or (closed and BOT_USER not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def direct(self, user: Any) -> Channel:
        """The app's direct message with a person, opened when needed; raises user_not_found or user_disabled."""
        person = self.users.get(str(user))
        if person is None:
            raise Refused("user_not_found")
        if person.deleted:
            raise Refused("user_disabled")
        for channel in self.channels.values():
            if channel.person == person.id and BOT_USER in channel.members:
                return channel
        channel = Channel(
            f"D{self.number():04d}", person.name, person=person.id, members={BOT_USER, person.id}
        )
        self.channels[channel.id] = channel
        return channel

    def between(self, one: str, other: str) -> Channel:
        """The direct message of two people, which the app cannot see; Slack lets them type its command there."""
        number = self.number()
        channel = Channel(f"D{number:04d}", self.users[other].name, person=other, members={one, other})
        self.channels[channel.id] = channel
        return channel

    def postable(self, name: Any) -> Channel:
        """Where the app may post; a person's id stands for the direct message with them."""
        if str(name)[:1] in "UW" and name in self.users:
            return self.direct(name)
        channel = self.visible(name)
        if channel.archived:
            raise Refused("is_archived")
        if BOT_USER not in channel.members and PUBLIC_POST_SCOPE not in self.scopes:
            raise Refused("not_in_channel")
        if channel.refuses:
            raise Refused(channel.refuses)
        return channel

    def legible(self, name: Any) -> Channel:
        """Whose history the app may read."""
        channel = self.visible(name)
        self.need(f"{channel.family}:history")
        if BOT_USER not in channel.members or not channel.readable:
            raise Refused("not_in_channel")
        return channel

    def message(self, channel: Channel, ts: Any) -> Json:
        """A message of a channel; raises message_not_found."""
        if str(ts) not in channel.messages:
            raise Refused("message_not_found")
        return channel.messages[str(ts)]

    def post(self, channel: Channel, said: Json, *, by_bot: bool = True, parsed: bool = False) -> Json:
        """Keeps a new message: `said` holds text, blocks and, as it may be, thread_ts and metadata."""
        signed = {"user": BOT_USER, "bot_id": BOT, "app_id": APP} if by_bot else {}
        message = {"type": "message", **signed, "ts": self.ts(), "team": TEAM, **copy.deepcopy(said)}
        self.name_blocks(message.get("blocks", []))
        channel.messages[message["ts"]] = message
        if "thread_ts" in message:
            head = channel.messages[message["thread_ts"]]
            message["parent_user_id"] = head.get("user")
            head.update(thread_ts=head["ts"], latest_reply=message["ts"])
            head["reply_count"] = head.get("reply_count", 0) + 1
        if by_bot:
            self.show("post", channel.id, None, message, parsed=parsed)
        return message

    def show(self, how: str, channel: str, user: str | None, said: Json, *, parsed: bool = False) -> None:
        """Notes what became readable."""
        blocks = copy.deepcopy(said.get("blocks") or [])
        ts, text = said.get("ts", ""), said.get("text") or ""
        self.shown.append(Shown(how, channel, user, ts, text, blocks, parsed))

    def show_view(self, view: Json, *, user: str | None, name: str = "") -> Json:
        """Keeps a view, under a new name unless it has one, and returns it as Slack tells of it."""
        name = name or f"V{self.number():04d}"
        ids = {"id": name, "team_id": TEAM, "app_id": APP, "bot_id": BOT, "root_view_id": name, "user": user}
        stamp = {"hash": f"{self.number()}.hash", "state": {"values": {}}, "app_installed_team_id": TEAM}
        usual = {"private_metadata": "", "callback_id": "", "external_id": ""}
        kept = {**usual, **copy.deepcopy(view), **ids, **stamp}
        self.name_blocks(kept["blocks"])
        self.views[name] = kept
        self.show("view", name, user, {"blocks": [view.get("title"), *kept["blocks"]]})
        return copy.deepcopy(kept)

    def whisper(self, how: str, channel: str, user: str, said: Json) -> Json:
        """Keeps a message that one person alone sees."""
        message = {"ts": self.ts(), "channel": channel, "to": user, **copy.deepcopy(said)}
        self.name_blocks(message.get("blocks") or [])
        self.ephemerals.append(message)
        self.show(how, channel, user, message)
        return message

    def name_blocks(self, blocks: list[Json]) -> None:
        """Gives each block and each element without an id one, as Slack does."""
        for block in blocks:
            block.setdefault("block_id", f"b{self.number()}")
            found = [*block.get("elements", []), block.get("accessory"), block.get("element")]
            for element in found:
                if isinstance(element, dict) and element.get("type") in (
                    "button",
                    "overflow",
                    "static_select",
                    "plain_text_input",
                ):
                    element.setdefault("action_id", f"a{self.number()}")
