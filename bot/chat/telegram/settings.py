"""What Telegram's messenger is told; apart from it, because reading it takes none of Telegram's library. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """One Telegram bot. The token and the secret are never shown, not even in a repr.

    ``api`` is the Bot API server's address, without a slash at its end. ``mode`` is how updates
    reach the desk: it asks for them, or Telegram sends them to ``webhook_url`` with ``secret``
    (1 to 256 letters, digits, `_` and `-`). ``poll`` is how many seconds one question stays open
    (0 to 50), ``answer_within`` how many a call may take before its answer counts as lost.
    """

    token: str = field(repr=False)
    api: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    secret: str = field(default="", repr=False)
    poll: int = 30
    answer_within: float = 30.0
