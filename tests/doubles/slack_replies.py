"""Replies that are no API calls: the payload of an acknowledgement, and posts to a response_url.

A response_url is good for five posts within 30 minutes: docs.slack.dev/interactivity/handling-user-interaction.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from tests.doubles import slack_rules as rules
from tests.doubles.slack_blocks import Json
from tests.doubles.slack_delivery import Outcome
from tests.doubles.slack_rules import Refused
from tests.doubles.slack_workspace import Channel, User, Workspace

RESPONSES_MOST = 5
RESPONSES_LAST = 1_800.0  # seconds


@dataclass(slots=True)
class Desk:
    """Where the replies to one gesture go, and how many have come."""

    outcome: Outcome
    channel: Channel
    user: User
    since: float
    message: Json | None = None
    used: int = 0


@dataclass(eq=False, slots=True)
class Replies:
    """Every response_url of one workspace; `url` is the address under which they are served."""

    desk: Workspace
    url: str = ""
    _open: dict[str, Desk] = field(default_factory=dict)

    def expect(self, outcome: Outcome, channel: Channel, user: User, message: Json | None = None) -> str:
        """A new response_url, for a command or for a press in a message."""
        name = f"{self.desk.number()}"
        self._open[name] = Desk(outcome, channel, user, self.desk.clock(), message)
        return f"{self.url}{name}"

    def take(self, name: str, reply: object) -> tuple[int, str]:
        """A post to a response_url: the HTTP status and the body of Slack's answer."""
        place = self._open.get(name)
        if place is None:
            return 404, "invalid_url"
        try:
            self._spend(place)
            self._apply(place, reply)
        except Refused as refused:
            place.outcome.refusals.append(refused.error)
            return 404 if refused.error.endswith("_url") else 400, refused.error
        return 200, "ok"

    def _spend(self, place: Desk) -> None:
        if self.desk.clock() - place.since > RESPONSES_LAST:
            raise Refused("expired_url")
        if place.used >= RESPONSES_MOST:
            raise Refused("used_url")
        place.used += 1

    def _apply(self, place: Desk, reply: object) -> None:
        if not isinstance(reply, dict):
            raise Refused("invalid_payload")
        if reply.get("delete_original") and place.message is not None:
            place.channel.messages.pop(place.message["ts"], None)
            if place.message in self.desk.ephemerals:
                self.desk.ephemerals.remove(place.message)
        elif reply.get("replace_original") and place.message is not None:
            self._replace(place, place.message, reply)
        else:
            self.show("response", reply, place.channel, place.user)
        place.outcome.responses.append(reply)

    def _replace(self, place: Desk, message: Json, reply: Json) -> None:
        said = rules.content(reply)
        message.update(text=said.text, blocks=copy.deepcopy(said.blocks))
        self.desk.name_blocks(message["blocks"])
        self.desk.show("response", place.channel.id, message.get("to"), message)

    def show(self, how: str, reply: Json, channel: Channel, user: User) -> None:
        """Puts a reply on the screen, of everybody or of the asker alone; raises Refused."""
        said = rules.content(reply)
        message = {"text": said.text, "blocks": said.blocks}
        if reply.get("response_type") == "in_channel":
            self.desk.post(channel, message)
        else:
            self.desk.whisper(how, channel.id, user.id, message)
