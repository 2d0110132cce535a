"""What Telegram's messenger is told; apart from it, because reading it takes none of Telegram's library. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.chat.platform import Options, WebAddress
from bot.domain.errors import ConfigError

NAME = "telegram"
TOKEN = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - its name


GENERAL = 1
"""The topic of a forum that is named by leaving it out."""


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """One Telegram bot. The token and the secret are never shown, not even in a repr.

    ``api`` is the Bot API server's address, without a slash at its end. ``mode`` is how updates
    reach the desk: it asks for them, or Telegram sends them to ``webhook_url`` with ``secret``
    (1 to 256 letters, digits, `_` and `-`). ``poll`` is how many seconds one question stays open
    (0 to 50), ``answer_within`` how many a call may take before its answer counts as lost. ``ephemeral``: in groups
    who asks alone sees the answer, where the server can.
    """

    token: str = field(repr=False)
    api: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    secret: str = field(default="", repr=False)
    poll: int = 30
    answer_within: float = 30.0
    ephemeral: bool = True


class TelegramOptions(Options):
    """``[telegram]``; its token comes from the environment."""

    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: WebAddress | None = None
    api: WebAddress = "https://api.telegram.org"
    ephemeral: bool = True


def settings(options: TelegramOptions, secret: Mapping[str, str]) -> TelegramSettings:
    """The settings; ``secret`` has the token. Raises ConfigError."""
    token, problems = secret[TOKEN], []
    if not re.fullmatch(r"\d{3,17}:[\w-]{20,}", token):
        problems.append(f"{TOKEN}: it is not a bot token; copy the one that @BotFather gave")
    if options.mode == "webhook" and not options.webhook_url:
        problems.append('telegram.webhook_url: it is required for mode = "webhook"')
    if problems:
        raise ConfigError(problems)
    return TelegramSettings(
        token=token,
        api=options.api.rstrip("/"),
        mode=options.mode,
        webhook_url=options.webhook_url or "",
        ephemeral=options.ephemeral,
        # Known to nobody without the token, and the same after a restart and a reload.
        secret=hashlib.sha256(f"copydesk webhook {token}".encode()).hexdigest(),
    )
