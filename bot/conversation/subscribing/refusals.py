"""Why a subscription cannot be made, changed or ended, as a sentence to answer with."""

from __future__ import annotations

from bot.domain.message import Asks
from bot.domain.model import Subscription
from bot.views.forms import WHAT


class Refusal(Exception):
    """A wish that cannot be granted; its text is the sentence to answer with, ``asks`` what would help.

    ``field`` is what of a form it is about, ``instead`` a subscription that is in the way, and what it may become.
    """

    def __init__(
        self,
        text: str,
        field: str = WHAT,
        *,
        asks: Asks | None = None,
        instead: tuple[Subscription, Subscription] | None = None,
    ) -> None:
        super().__init__(text)
        self.field = field
        self.asks = asks
        self.instead = instead
