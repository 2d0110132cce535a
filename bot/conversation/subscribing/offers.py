"""Buttons that complete a wish of which one thing is not clear."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.buttons import Picked, mark
from bot.domain.conversations import ConversationLog
from bot.domain.events import Said
from bot.domain.message import Asks, Button, Buttons
from bot.domain.ports import Clock
from bot.domain.times.when import When, two_times
from bot.grammar import wishes

WISH, OFFERS = "wish", "offers"
"""The action of buttons that each do what a command would do, and the kind of the question behind them: a line for each."""

NOON = 12


async def offer_times(
    argument: str, asks: Asks | None, said: Said, log: ConversationLog, clock: Clock
) -> tuple[Buttons, ...]:
    """A button for each of the two times that the hour of a wish may mean; nothing where anything else is asked."""
    wanted = list(_both_times(argument, asks)) if asks else []
    if not wanted:
        return ()
    token = await log.remember(
        "\n".join((OFFERS, *(line for _, line in wanted))), said.at, said.sender, clock.now()
    )
    return (Buttons(tuple(Button(at, WISH, str(Picked(token, mark(line)))) for at, line in wanted)),)


def _both_times(argument: str, asks: Asks) -> Iterator[tuple[str, str]]:
    """``07:00`` and ``19:00`` for 7, and the command that wishes for it."""
    before = asks.before.partition(" ")[2]
    alone = f"{before}{asks.hour}{asks.after}".split() == argument.split()  # and not "at 8 or 9"
    hour = int(asks.hour) if alone and asks.hour.isdecimal() and len(asks.hour) < 3 else 0
    for at in two_times(hour) if 0 < hour <= NOON else ():
        words = f"{before}{at}{asks.after}"
        wish = wishes.read(words)
        if wish.when != When() and not (wish.doubt or wish.refusal or "\n" in words):
            yield at, f"subscribe {words}"
