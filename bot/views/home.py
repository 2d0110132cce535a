"""A person's own page: what they get and when, what is muted, what to join, and a box to search with. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversations import Mute
from bot.domain.message import Block, Box, Button, Buttons, Message
from bot.views.layout import advice, said, title
from bot.views.subscriptions import Row, mutes_message, schedule_message
from bot.wording.chat import editing
from bot.wording.language import say

SEARCH = "find"
"""The action of the box."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the page holds, ``headlines`` by the query of a mute that names stories; the buttons open the cards, subscribe to topics, end mutes, and make a subscription."""

    rows: Sequence[Row]
    mutes: Sequence[Mute]
    headlines: Mapping[str, Sequence[str]]
    cards: Sequence[Sequence[Button]]
    joining: Sequence[Sequence[Button]]
    unmuting: Sequence[Sequence[Button]]
    subscribing: Button


def home_message(home: Home, now: datetime, zone: str) -> Message:
    """The page of somebody who is let in."""
    blocks: list[Block] = [title(say(editing.HOME_TITLE)), Box(say(editing.SEARCH_BOX), SEARCH)]
    if home.rows:
        blocks += [said(say(editing.HOME_NEXT)), *schedule_message(home.rows, now, zone).blocks[1:]]
    else:
        blocks.append(advice(say(editing.HOME_NONE)))
    blocks += [*map(Buttons, map(tuple, home.cards)), Buttons((home.subscribing,))]
    if home.joining:
        blocks += [said(say(editing.HOME_TOPICS)), *map(Buttons, map(tuple, home.joining))]
    if home.mutes:
        muted = mutes_message(home.mutes, now, zone, home.headlines)
        blocks += [said(say(editing.HOME_MUTES)), *muted.blocks[1:]]
        blocks += map(Buttons, map(tuple, home.unmuting))
    return Message(tuple(blocks), private=True)
