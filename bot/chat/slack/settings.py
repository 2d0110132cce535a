"""What Slack's messenger is told; apart from it, because reading it takes none of Slack's libraries. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import AfterValidator

from bot.chat.platform import Options, WebAddress
from bot.domain.errors import ConfigError

NAME = "slack"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """One Slack app in one workspace. The tokens are never shown, not even in a repr.

    ``mode`` is how Slack reaches the desk: over a socket that the desk opens (``app_token``), or by
    signed requests (``signing_secret``). ``api`` is the Web API's address, ending with a slash.
    """

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api: str = "https://slack.com/api/"
    mode: Literal["socket", "http"] = "socket"
    command: str = "/copydesk"


def _slash(text: str) -> str:
    if not re.fullmatch(r"/[a-z0-9][a-z0-9_-]{0,30}", text):
        raise ValueError(f'"{text}" is not a slash command; write one like "/copydesk"')
    return text


class SlackOptions(Options):
    """``[slack]``; its tokens come from the environment."""

    mode: Literal["socket", "http"] = "socket"
    command: Annotated[str, AfterValidator(_slash)] = "/copydesk"
    api: WebAddress = "https://slack.com/api/"


def settings(options: SlackOptions, secret: Mapping[str, str]) -> SlackSettings:
    """The settings; ``secret`` has the bot token. Raises ConfigError."""
    needed = APP_TOKEN if options.mode == "socket" else SIGNING_SECRET
    if needed not in secret:
        raise ConfigError([f'slack.mode: "{options.mode}" needs {needed} in the environment'])
    return SlackSettings(
        bot_token=secret[BOT_TOKEN],
        app_token=secret.get(APP_TOKEN, ""),
        signing_secret=secret.get(SIGNING_SECRET, ""),
        api=options.api.rstrip("/") + "/",
        mode=options.mode,
        command=options.command,
    )
