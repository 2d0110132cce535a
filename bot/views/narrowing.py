"""What a search can be narrowed by, as a message for the console. Pure."""

from __future__ import annotations

from bot.domain.conversations import Choice, Narrowing
from bot.domain.message import Message
from bot.views.layout import quiet
from bot.wording.chat import narrowing as wording

SHOWN = 8
"""Choices of each kind."""


def narrowing_message(found: Narrowing) -> Message:
    """A line for each kind of choice, and whose quotes were looked through."""
    kinds = (
        (wording.by_source, found.sources),
        (wording.by_speaker, found.speakers),
        (wording.by_month, found.months),
    )
    lines = [line(map(_counted, choices[:SHOWN])) for line, choices in kinds if choices]
    if found.speakers and found.looked < found.total:
        lines.append(wording.newest_speakers(found.looked, found.total))
    return Message(tuple(map(quiet, lines)))


def _counted(choice: Choice) -> str:
    return f"{choice.name} {choice.count}"
