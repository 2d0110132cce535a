"""What became of a file that somebody gave to the desk, as a message. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.message import Block, Heading, Items, Message, Paragraph, Run
from bot.domain.model import Outcome
from bot.views.captions import LONG_HEADLINE, LONG_LINE, LONG_NAME, clipped
from bot.wording import phrases, uploads

NAMED = 5
"""Articles of one file that are named."""

Told = tuple[Outcome, str, str]
"""What became of an article, its title, and why not; each may be empty but for the first."""


def receipt_message(name: str, receipt: Told, parts: Sequence[Told] = ()) -> Message:
    """The receipt of the file of this name: of its one article, or of ``parts``."""
    outcome, title, why = receipt
    blocks: list[Block] = [Heading((Run(clipped(title or name, LONG_HEADLINE), "strong"),))]
    if parts:
        counts: dict[str, int] = {}
        for one, _, _ in parts:
            counts[one] = counts.get(one, 0) + 1
        blocks.append(Paragraph((Run(uploads.articles(counts)),)))
        named = [one for one in parts if one[1] or one[2]][:NAMED]
        blocks += [Items(tuple(_part(one) for one in named))] if named else []
    else:
        blocks.append(Paragraph((Run(uploads.outcome(outcome)),)))
    if why and not parts:
        blocks.append(Paragraph((Run(clipped(why, LONG_LINE)),)))
    if title:
        blocks.append(Paragraph((Run(clipped(name, LONG_NAME)),), quiet=True))
    return Message(tuple(blocks), private=True)


def _part(one: Told) -> tuple[Run, ...]:
    outcome, title, why = one
    told = clipped(why, LONG_LINE) if outcome == "unreadable" else clipped(title, LONG_HEADLINE)
    return (Run(told or phrases.UNTITLED),)
