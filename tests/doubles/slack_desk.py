"""A small Bolt app that answers to everything, for the tests of the Slack double."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack import SlackDouble

MODAL = {
    "type": "modal",
    "callback_id": "settings",
    "title": {"type": "plain_text", "text": "Settings"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "when",
            "label": {"type": "plain_text", "text": "When"},
            "element": {"type": "plain_text_input", "action_id": "at"},
        }
    ],
}
FOUND = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Three stories"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "more",
                "value": "p2",
                "text": {"type": "plain_text", "text": "More"},
            }
        ],
    },
]


def desk(slack: SlackDouble) -> tuple[AsyncApp, list[str]]:
    """A small app with one listener of each kind, and what it heard."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.url, retry_handlers=[])
    app, heard = AsyncApp(client=client, signing_secret=slack.signing_secret), []

    @app.command("/copydesk")
    async def command(ack: Any, respond: Any, say: Any, command: dict[str, Any]) -> None:
        await ack({"response_type": "ephemeral", "text": "Looking for <sanctions>"})
        heard.append(command["text"])
        await respond(text="One moment")
        await say(text="Found", blocks=FOUND)

    @app.action("more")
    async def more(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        heard.append(body["actions"][0]["value"])
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("settings")
    async def settings(ack: Any, view: dict[str, Any]) -> None:
        heard.append(view["state"]["values"]["when"]["at"]["value"])
        await ack(response_action="errors", errors={"when": "25:00 is not a time"})

    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], say: Any) -> None:
        heard.append(event["text"])
        await say(text="Here", thread_ts=event.get("thread_ts", event["ts"]))

    @app.event("message")
    async def said(event: dict[str, Any]) -> None:
        heard.append(event.get("subtype") or event["text"])

    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": FOUND})

    @app.event("member_joined_channel")
    async def joined(event: dict[str, Any]) -> None:
        heard.append("joined " + event["channel"])

    return app, heard
