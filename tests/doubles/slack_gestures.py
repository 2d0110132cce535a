"""The test's side of the Slack double: what people in the workspace do."""

from __future__ import annotations

import copy
from typing import Any

from tests.doubles import slack_payloads as payloads
from tests.doubles import slack_rules as rules
from tests.doubles.slack_blocks import Json
from tests.doubles.slack_delivery import Courier, Outcome
from tests.doubles.slack_replies import Replies
from tests.doubles.slack_rules import Refused
from tests.doubles.slack_workspace import BOT_USER, Channel, User, Workspace


class Gestures:
    """Every gesture waits until the app has acknowledged it, or has not, and returns what became of it."""

    desk: Workspace
    courier: Courier
    replies: Replies

    async def slash(self, command: str, text: str = "", *, user: str = "U1", channel: str = "C1") -> Outcome:
        """Somebody types a slash command."""
        person, place = self.desk.users[user], self.desk.channels[channel]
        outcome = Outcome({}, trigger_id=self.desk.trigger())
        outcome.response_url = self.replies.expect(outcome, place, person)
        outcome.payload = payloads.slash(command, text, person, place, outcome)
        if await self.courier.carry("slash_commands", outcome, accepts=True):
            self._show_reply(outcome, place, person)
        return outcome

    def _show_reply(self, outcome: Outcome, channel: Channel, user: User) -> None:
        reply = outcome.ack or {}
        if not (reply.get("text") or reply.get("blocks")):
            return
        try:
            self.replies.show("ack", reply, channel, user)
        except Refused as refused:
            outcome.problem = refused.error

    async def mention(
        self, text: str, *, user: str = "U1", channel: str = "C1", thread_ts: str | None = None
    ) -> Outcome:
        """Somebody writes `@Copydesk text` in a channel, or in a thread of it."""
        return await self._say(
            "app_mention", f"<@{BOT_USER}> {text}", user, self.desk.channels[channel], thread_ts
        )

    async def direct(self, text: str, *, user: str = "U1", thread_ts: str | None = None) -> Outcome:
        """Somebody writes to the app in their direct message."""
        return await self._say("message", text, user, self.desk.direct(user), thread_ts)

    async def share(self, *files: Json, text: str = "", user: str = "U1") -> Outcome:
        """Somebody sends files in their direct message with the app."""
        channel = self.desk.direct(user)
        said = {"user": user, "text": text, "files": list(files)}
        message = self.desk.post(channel, said, by_bot=False)
        inner = {**payloads.said("message", message, channel), "subtype": "file_share", "files": list(files)}
        return await self.event({**inner, "upload": False})

    async def choose(self, callback_id: str, ts: str, *, user: str = "U1", channel: str = "C1") -> Outcome:
        """Somebody chooses a shortcut of the app's on a message."""
        place, person = self.desk.channels[channel], self.desk.users[user]
        outcome = Outcome({}, trigger_id=self.desk.trigger(), ts=ts)
        outcome.response_url = self.replies.expect(outcome, place, person)
        outcome.payload = payloads.chosen(person, place, place.messages[ts], callback_id, outcome)
        await self.courier.carry("interactive", outcome, accepts=False)
        return outcome

    async def below(
        self, text: str, ts: str, *, user: str = "U1", channel: str = "C1", broadcast: bool = False
    ) -> Outcome:
        """Somebody writes in the thread of a channel's message; `broadcast`, also to the channel."""
        place = self.desk.channels[channel]
        message = self.desk.post(place, {"user": user, "text": text, "thread_ts": ts}, by_bot=False)
        head = place.messages.get(ts, {})
        inner = payloads.below(message, place, head.get("user", ""), broadcast=broadcast)
        return await self.event(inner)

    async def _say(self, kind: str, text: str, user: str, channel: Channel, thread_ts: str | None) -> Outcome:
        said = {"user": user, "text": text, **({"thread_ts": thread_ts} if thread_ts else {})}
        message = self.desk.post(channel, said, by_bot=False)
        return await self.event(payloads.said(kind, message, channel))

    async def edit(self, ts: str, text: str, *, user: str = "U1", channel: str = "") -> Outcome:
        """Somebody changes what they wrote in their direct message, or in a channel."""
        place = self.desk.channels[channel] if channel else self.desk.direct(user)
        message, stamp = place.messages[ts], self.desk.ts()
        before = copy.deepcopy(message)
        message.update(text=text, edited={"user": user, "ts": stamp})
        return await self.event(payloads.edited(copy.deepcopy(message), before, place, stamp))

    async def hear_itself(self, ts: str, *, user: str = "U1") -> Outcome:
        """Slack tells the app of its own message in a direct message."""
        channel = self.desk.direct(user)
        return await self.event(payloads.echo(channel.messages[ts], channel))

    async def open_home(self, *, user: str = "U1") -> Outcome:
        """Somebody opens the app's Home tab."""
        home = self.desk.direct(user).id
        return await self.event(
            {
                "type": "app_home_opened",
                "user": user,
                "channel": home,
                "tab": "home",
                "event_ts": self.desk.ts(),
            }
        )

    async def open_assistant(self, *, user: str = "U1") -> Outcome:
        """Somebody begins a thread with the app as an assistant; its `ts` is the thread's."""
        channel = self.desk.direct(user)
        head = self.desk.post(channel, {"user": user, "text": "New assistant thread"}, by_bot=False)
        thread = {"user_id": user, "context": {}, "channel_id": channel.id, "thread_ts": head["ts"]}
        began = {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": head["ts"]}
        outcome = await self.event(began)
        outcome.ts = head["ts"]
        return outcome

    async def join(self, channel: str, *, user: str = BOT_USER) -> Outcome:
        """Somebody, or the app itself, becomes a member of a channel."""
        place = self.desk.channels[channel]
        place.members.add(user)
        kind = "G" if place.private else "C"
        about = {"user": user, "channel": channel, "channel_type": kind, "inviter": "U1"}
        return await self.event({"type": "member_joined_channel", **about, "event_ts": self.desk.ts()})

    async def event(self, inner: Json) -> Outcome:
        """Any event: sent up to four times until it is acknowledged."""
        number = self.desk.number()
        name = f"Ev{number:06d}"
        outcome = Outcome(payloads.event(inner, name, int(self.desk.now())), event_id=name)
        outcome.ts = str(inner.get("ts", ""))
        await self.courier.carry_event(outcome)
        return outcome

    async def again(self, outcome: Outcome) -> Outcome:
        """Slack sends an acknowledged event once more, as it does when the acknowledgement was lost."""
        repeated = Outcome(outcome.payload, event_id=outcome.event_id, ts=outcome.ts)
        await self.courier.carry_event(repeated, first=1)
        return repeated

    async def press(
        self,
        action_id: str,
        *,
        value: str | None = None,
        ts: str | None = None,
        user: str = "U1",
        channel: str = "C1",
        forged: bool = False,
    ) -> Outcome:
        """Somebody presses a button or chooses an option in a message of the channel, the newest that has it.

        What is not there cannot be pressed (AssertionError), unless the press is forged.
        """
        place, person = self.desk.channels[channel], self.desk.users[user]
        found = self._find_element(place, user, action_id, value, ts)
        if found is None:
            assert forged, f"no {action_id!r} with value {value!r} to press in {channel}"
            found = ({"ts": ts or self.desk.ts()}, "forged", {"type": "button", "action_id": action_id})
        message, block_id, element = found
        outcome = Outcome({}, trigger_id=self.desk.trigger(), ts=message["ts"])
        chosen = value if value is not None else element.get("value")
        action = payloads.action(element, chosen, self.desk.ts(), block_id)
        outcome.response_url = self.replies.expect(outcome, place, person, message)
        outcome.payload = payloads.press(person, place, message, action, outcome)
        await self.courier.carry("interactive", outcome, accepts=False)
        return outcome

    def _find_element(
        self, channel: Channel, user: str, action_id: str, value: str | None, ts: str | None
    ) -> tuple[Json, str, Json] | None:
        private = [one for one in self.desk.ephemerals if (one["channel"], one["to"]) == (channel.id, user)]
        messages = sorted(
            [*channel.messages.values(), *private], key=lambda one: str(one["ts"]), reverse=True
        )
        for message in messages:
            if ts in (None, message["ts"]):
                for block_id, element in _pressable(message.get("blocks") or []):
                    if element.get("action_id") == action_id and _offers(element, value):
                        return message, block_id, element
        return None

    async def press_in_view(
        self, view_id: str, action_id: str, *, value: str | None = None, user: str = "U1"
    ) -> Outcome:
        """Somebody presses something in a modal or in the Home tab."""
        view = self.desk.views[view_id]
        for block_id, element in _pressable(view["blocks"]):
            if element.get("action_id") == action_id and _offers(element, value):
                outcome = Outcome({}, trigger_id=self.desk.trigger())
                chosen = value if value is not None else element.get("value")
                action = payloads.action(element, chosen, self.desk.ts(), block_id)
                outcome.payload = payloads.press_in_view(
                    self.desk.users[user], view, action, outcome.trigger_id
                )
                await self.courier.carry("interactive", outcome, accepts=False)
                return outcome
        raise AssertionError(f"no {action_id!r} with value {value!r} to press in {view_id}")

    async def submit(self, view_id: str, values: Json, *, user: str = "U1") -> Outcome:
        """Somebody hands a modal in; `values` is {block_id: {action_id: {...}}}."""
        outcome = Outcome({}, trigger_id=self.desk.trigger())
        view, person = self.desk.views[view_id], self.desk.users[user]
        outcome.payload = payloads.submission(person, view, values, outcome.trigger_id)
        if await self.courier.carry("interactive", outcome, accepts=True):
            self._answer_form(outcome, view)
        return outcome

    async def fill(self, view_id: str, *, user: str = "U1", **fields: str) -> Outcome:
        """Somebody fills fields in, by their block ids, and hands the modal in; the others stay as they were opened.

        Slack's clients take no more than `max_length`, and nothing but an option; AssertionError for both.
        """
        values: Json = {}
        for block in self.desk.views[view_id]["blocks"]:
            element, name = block.get("element"), block["block_id"]
            if element:
                values[name] = {element["action_id"]: _filled(element, fields.pop(name, None))}
        assert not fields, f"no such fields: {fields}"
        return await self.submit(view_id, values, user=user)

    def close(self, view_id: str, *, user: str = "U1") -> None:
        """Somebody closes a modal; what it lay upon is seen again. Only who asked to be told is told, which is not modelled."""
        view = self.desk.views[view_id]
        assert (view["type"], view["user"] or user) == ("modal", user), f"{user} sees no such modal"
        assert not view.get("notify_on_close"), "view_closed is not modelled"
        del self.desk.views[view_id]

    def _answer_form(self, outcome: Outcome, view: Json) -> None:
        """The modal closes, is replaced, or shows errors; an error must be about one of its input blocks."""
        ack = outcome.ack or {}
        how = ack.get("response_action")
        if how == "errors":
            inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
            if not ack.get("errors") or not set(ack["errors"]) <= inputs:
                outcome.problem = "invalid_errors"
            return
        if how != "push":  # what is pushed lies upon it
            self.desk.views.pop(view["id"], None)
        if how in ("update", "push"):
            try:
                self.desk.show_view(rules.view(ack.get("view"), "modal"), user=view.get("user"))
            except Refused as refused:
                outcome.problem = refused.error

    async def shortcut(self, callback_id: str, *, user: str = "U1") -> Outcome:
        """Somebody chooses a shortcut of the app's that belongs to no message."""
        outcome = Outcome({}, trigger_id=self.desk.trigger())
        outcome.payload = payloads.shortcut(self.desk.users[user], callback_id, outcome.trigger_id)
        await self.courier.carry("interactive", outcome, accepts=False)
        return outcome


def _pressable(blocks: list[Json]) -> list[tuple[str, Any]]:
    return [
        (block["block_id"], element)
        for block in blocks
        for element in (*block.get("elements", []), block.get("accessory"), block.get("element"))
        if isinstance(element, dict)
    ]


def _filled(element: Json, value: str | None) -> Json:
    kind: Json = {"type": element["type"]}
    if "options" in element:
        chosen = element.get("initial_option")
        if value is not None:
            chosen = next((one for one in element["options"] if one["value"] == value), None)
            assert chosen, f"no option {value!r}"
        return {**kind, "selected_option": chosen}
    typed = element.get("initial_value") if value is None else value
    assert len(typed or "") <= element.get("max_length", 3_000)
    return {**kind, "value": typed or None}


def _offers(element: Json, value: str | None) -> bool:
    if element["type"] == "plain_text_input":
        return value is not None
    options = [option["value"] for option in element.get("options", [])]
    return value is None or value == element.get("value") or value in options
