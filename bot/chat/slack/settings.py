"""What Slack's messenger is told; apart from it, because reading it takes none of Slack's libraries. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


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
