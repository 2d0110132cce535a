"""What a person sees in Slack and in Telegram, as the doubles recorded it, and what a person can do there."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.inbox.receipts import ENDING
from tests.doubles.slack_delivery import Outcome
from tests.doubles.slack_workspace import BOT_USER
from tests.doubles.telegram_chats import Chat
from tests.running import Town

Json = dict[str, Any]
BIGGEST = 5 << 20
"""Octets of a file that is dropped on the page."""

ENDS = ("done", "failed")
OFFERED_WITHIN = 20.0
"""Seconds for the answer to an inline query; what was typed on is not answered."""

MANIFEST = Path(__file__).resolve().parents[2] / "deploy" / "slack-manifest.yaml"


class Wrong(ValueError):
    """What was asked for cannot be done; the text says why."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One town, as one person sees it: ``slack_user`` there, ``telegram_user`` here."""

    town: Town
    slack_user: str = "U1"
    telegram_user: int = 42

    # --- what is seen ----------------------------------------------------------------------------

    def seen(self) -> Json:
        """Everything that the person can read now, oldest first in each place."""
        return {"slack": self._slack(), "telegram": self._telegram(), "files": list(self._files())}

    def _slack(self) -> Json:
        desk = self.town.slack.desk
        names = {user.id: user.name for user in desk.users.values()}
        channels = []
        for channel in desk.channels.values():
            private = [
                one | {"ephemeral": True}
                for one in desk.ephemerals
                if (one["channel"], one["to"]) == (channel.id, self.slack_user)
            ]
            said = sorted([*channel.messages.values(), *private], key=lambda one: str(one["ts"]))
            title = channel.name if channel.person is None else "Copydesk"
            messages = [_slack_message(one, names) for one in said]
            channels.append(
                {"id": channel.id, "title": title, "direct": bool(channel.person), "messages": messages}
            )
        views = [view for view in desk.views.values() if view["user"] in (None, self.slack_user)]
        home = next((_view(view) for view in views if view["type"] == "home"), None)
        modal = next((_view(view) for view in reversed(views) if view["type"] == "modal"), None)
        return {"channels": channels, "home": home, "modal": modal, "shortcuts": _shortcuts()}

    def _telegram(self) -> Json:
        chats = []
        for chat in self.town.telegram.world.chats.values():
            alone = [one for _, one in self._whispers() if one.chat is chat]
            said = [one for one in chat.messages.values() if not one.deleted]
            messages = [_telegram_message(one) for one in sorted((*said, *alone), key=lambda one: one.date)]
            place = {"id": chat.id, "title": chat.title, "kind": chat.kind}
            chats.append({**place, "messages": messages, "menu": self._menu(chat)})
        return {"chats": chats, "bot": self.town.telegram.world.bot["username"], "told": self._told()}

    def _menu(self, chat: Chat) -> list[Json]:
        """The commands that the person is offered there, and what they do."""
        return self.town.telegram.methods.commands_for(chat, self.telegram_user)

    def _told(self) -> Json | None:
        """What the desk last told the person over the chat, in answer to a press."""
        methods = self.town.telegram.methods
        for query in reversed(methods.presses):
            answer, (who, *_) = methods.presses[query].answer, methods.ephemeral.pressed[query]
            if answer and answer["text"] and who == self.telegram_user:
                return {"id": query, **answer}
        return None

    def _whispers(self) -> Iterator[tuple[int, Any]]:
        """The ephemeral messages that the person sees, by their ids."""
        for number, (to, one) in self.town.telegram.ephemeral.messages.items():
            if to == self.telegram_user:
                yield number, one

    def _files(self) -> Iterator[Json]:
        """What became of each file: where it lies, and its receipt once it has one."""
        inbox = self.town.folder / "inbox"
        for place, files in (("inbox", inbox.glob("*")), *((end, (inbox / end).rglob("*")) for end in ENDS)):
            for path in sorted(files):
                if path.is_file() and not path.name.startswith(".") and not path.name.endswith(ENDING):
                    receipt = path.with_name(f"{path.name}{ENDING}")
                    told = receipt.read_text(encoding="utf-8") if receipt.is_file() else ""
                    name = path.name.partition("~")[0]
                    yield {"path": str(path), "name": name, "place": place, "receipt": told}

    # --- what is done ----------------------------------------------------------------------------

    async def act(self, what: Mapping[str, Any]) -> Json:
        """Do one thing as the person; what the desk says to that at once. Raises Wrong."""
        acts: Mapping[str, Callable[[Mapping[str, Any]], Awaitable[Json | None]]] = {
            "slack.say": self._slack_say,
            "slack.press": self._slack_press,
            "slack.home": self._slack_home,
            "slack.submit": self._slack_submit,
            "slack.close": self._slack_close,
            "slack.shortcut": self._slack_shortcut,
            "telegram.say": self._telegram_say,
            "telegram.press": self._telegram_press,
            "telegram.inline": self._telegram_inline,
            "telegram.choose": self._telegram_choose,
            "drop": self._drop,
        }
        act = acts.get(str(what.get("act")))
        if act is None:
            raise Wrong("there is no such act")
        try:
            return await act(what) or {}
        except (KeyError, TypeError, AssertionError, ValueError) as error:
            raise Wrong(str(error) or type(error).__name__) from error

    async def _slack_say(self, what: Mapping[str, Any]) -> None:
        text, channel, thread = str(what["text"]), str(what["channel"]), what.get("thread")
        slack = self.town.slack
        if text.startswith("/"):
            command, _, words = text.partition(" ")
            _acknowledged(await slack.slash(command, words, user=self.slack_user, channel=channel))
        elif slack.desk.channels[channel].person:
            await slack.direct(text, user=self.slack_user, thread_ts=thread)
        elif thread or re.match(r"@copydesk\b", text, re.IGNORECASE):
            words = re.sub(r"^@copydesk\s*", "", text, flags=re.IGNORECASE)
            await slack.mention(words, user=self.slack_user, channel=channel, thread_ts=thread)
        else:
            said = {"user": self.slack_user, "text": text}
            slack.desk.post(slack.desk.channels[channel], said, by_bot=False)

    async def _slack_press(self, what: Mapping[str, Any]) -> None:
        slack, action = self.town.slack, str(what["action"])
        rest = {"value": what.get("value"), "user": self.slack_user}
        if view := what.get("view"):
            _acknowledged(await slack.press_in_view(str(view), action, **rest))
        else:
            channel = str(what["channel"])
            _acknowledged(await slack.press(action, ts=what.get("ts"), channel=channel, **rest))

    async def _slack_home(self, _: Mapping[str, Any]) -> None:
        await self.town.slack.open_home(user=self.slack_user)

    async def _slack_submit(self, what: Mapping[str, Any]) -> Json:
        view, values = str(what["view"]), dict(what["values"])
        ack = _acknowledged(await self.town.slack.submit(view, values, user=self.slack_user))
        return {"errors": ack.get("errors", {})}

    async def _slack_close(self, what: Mapping[str, Any]) -> None:
        self.town.slack.close(str(what["view"]), user=self.slack_user)

    async def _slack_shortcut(self, what: Mapping[str, Any]) -> None:
        slack, name = self.town.slack, str(what["shortcut"])
        if ts := what.get("ts"):
            channel = str(what["channel"])
            _acknowledged(await slack.choose(name, str(ts), user=self.slack_user, channel=channel))
        else:
            _acknowledged(await slack.shortcut(name, user=self.slack_user))

    async def _telegram_say(self, what: Mapping[str, Any]) -> None:
        telegram, text, chat = self.town.telegram, str(what["text"]), int(what["chat"])
        command = re.match(r"/(\w+)", text)
        menu = self._menu(telegram.world.chats[chat])
        if command and any(one["command"] == command[1] and one.get("is_ephemeral") for one in menu):
            telegram.say_alone(text, chat=chat, user=self.telegram_user)
        else:
            telegram.say(text, chat=chat, user=self.telegram_user, reply_to=what.get("reply_to"))

    async def _telegram_press(self, what: Mapping[str, Any]) -> None:
        if alone := what.get("alone"):
            message = dict(self._whispers())[int(alone)]
            self.town.telegram.press_whisper(message, str(what["data"]), self.telegram_user)
            return
        self.town.telegram.press(
            int(what["message"]), str(what["data"]), user=self.telegram_user, chat=int(what["chat"])
        )

    async def _telegram_inline(self, what: Mapping[str, Any]) -> Json:
        """What is offered for words behind the desk's name, from an offset on."""
        telegram, offset = self.town.telegram, str(what.get("offset", ""))
        query = telegram.type_inline(str(what["text"]), self.telegram_user, offset=offset)
        try:
            offered = await telegram.offered(query, OFFERED_WITHIN)
        except TimeoutError as error:
            raise Wrong("nothing was offered") from error
        return {"query": query, **offered}

    async def _telegram_choose(self, what: Mapping[str, Any]) -> None:
        self.town.telegram.choose(
            str(what["query"]), str(what["result"]), chat=int(what["chat"]), user=self.telegram_user
        )

    async def _drop(self, what: Mapping[str, Any]) -> None:
        """Put a text into the inbox, under the last part of its name: no name leads out of the folder."""
        name = re.sub(r"[^\w. -]", "_", Path(str(what["name"])).name).lstrip(".")[:100] or "dropped.txt"
        data = str(what["text"]).encode("utf-8", "replace")
        if len(data) > BIGGEST:
            raise Wrong("the file is larger than 5 MB")
        inbox = self.town.folder / "inbox"
        inbox.mkdir(exist_ok=True)
        (inbox / f".{name}.part").write_bytes(data)
        (inbox / f".{name}.part").rename(inbox / name)


def _slack_message(said: Json, names: Mapping[str, str]) -> Json:
    kept = {key: said.get(key) for key in ("ts", "thread_ts", "text", "blocks", "ephemeral")}
    own = bool(said.get("bot_id") or said.get("ephemeral"))
    who = "Copydesk" if own else names.get(str(said.get("user")), "somebody")
    text = str(kept["text"] or "").replace(f"<@{BOT_USER}>", "@Copydesk")
    return kept | {"from": who, "own": own, "text": text, "edited": bool(said.get("edited"))}


def _acknowledged(done: Outcome) -> Json:
    """What the desk answered at once; raises Wrong where Slack shows trouble to the person."""
    if done.ack is None or done.problem:
        raise Wrong(done.problem or done.error or "the desk did not answer")
    return done.ack


@functools.cache
def _shortcuts() -> list[Json]:
    """What the app's manifest offers in menus: of a message, or of none."""
    shortcuts = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["features"]["shortcuts"]
    return [{"name": one["name"], "on": one["type"], "id": one["callback_id"]} for one in shortcuts]


def _view(view: Json) -> Json:
    texts = {key: (view.get(key) or {}).get("text", "") for key in ("title", "submit", "close")}
    return {"id": view["id"], "blocks": view["blocks"], **texts}


def _telegram_message(one: Any) -> Json:
    return {
        "id": one.id,
        "from": "Copydesk" if one.by_bot else (one.sender or {}).get("first_name", ""),
        "own": one.by_bot,
        "text": one.text,
        "entities": [dict(entity) for entity in one.entities],
        "keyboard": (one.markup or {}).get("inline_keyboard", []),
        "reply_to": one.reply_to.id if one.reply_to else None,
        "thread": one.thread,
        "via": one.extra.get("via_bot", {}).get("username", ""),
        "alone": one.extra.get("ephemeral_message_id"),
        "edited": one.edited is not None,
    }


def as_line(seen: Json) -> str:
    """The scene as one line of JSON."""
    return json.dumps(seen, ensure_ascii=False, separators=(",", ":"))
