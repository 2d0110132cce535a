"""/forget: an admin has articles forgotten, for every chat; first it is told what would go."""

from __future__ import annotations

import re

from bot.chat.access import Role
from bot.domain.conversations import Forgetter
from bot.domain.message import Message
from bot.domain.teams import Visibility
from bot.views import layout
from bot.wording import forgetting as texts

MOST = 20
"""Articles that go at once in chat: a query that is too wide is soon written."""

_YES = re.compile(r"(?:^|\s)(?:--|[–—])yes\s*$", re.IGNORECASE)
"""With the dash that phones make of two hyphens, too."""

_EXACT = re.compile(r"#?\d{1,18}(?:(?:[\s,]+#?|#)\d{1,18})*[\s,]*|https?://\S+", re.IGNORECASE)
"""What means the same articles when it is said once more: numbers, or an address."""


class ForgetCommand:
    """Answers /forget: of what whoever asks does not see nothing is told or goes."""

    def __init__(self, forgetter: Forgetter) -> None:
        self._forgetter = forgetter

    async def forget(self, argument: str, who: Role, sees: Visibility) -> Message:
        """What would go, or went."""
        if who != "admin":
            return layout.usage_message(texts.admins())
        found = _YES.search(argument)
        asked = _linked(argument[: found.start()] if found else argument)
        if not asked:
            return layout.usage_message(texts.usage())
        seen = await self._forgetter.look(asked, sees)
        if len(seen.ids) > MOST:
            command = f"copydesk forget {asked}"
            return layout.usage_message(texts.again(command, len(seen.ids), MOST))
        if not seen.ids and not seen.held:
            return layout.usage_message(texts.nothing())
        if found and _EXACT.fullmatch(asked):
            return told(*await self._forgetter.forget_all(asked, sees), texts.copies())
        exact = asked if seen.held else " ".join(str(one) for one in seen.ids)
        return told(*seen.lines, texts.confirm(f"/forget {exact} --yes"))


def _linked(argument: str) -> str:
    """The words without the brackets that Slack sets around an address."""
    return re.sub(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>", r"\1", argument).strip()


def told(*lines: str) -> Message:
    """The lines, of which the last may name a command."""
    *said, last = lines
    blocks = (*(layout.said(line) for line in said), layout.advice(last))
    return Message(blocks)
