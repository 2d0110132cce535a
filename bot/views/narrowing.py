"""What a search can be narrowed by: as who asks may type it, and what an answer can be. Pure."""

from __future__ import annotations

from bot.domain.conversations import Choice, Narrowing
from bot.domain.message import Items, Message, Run
from bot.views.layout import quiet, title
from bot.wording.chat import narrowing as wording
from bot.wording.language import say

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


def operators_message() -> Message:
    """Each way to narrow a query, with an example."""
    rows = tuple((Run(example, "code"), Run(f"  {what}")) for example, what in wording.operators())
    return Message((title(say(wording.OPERATORS_TITLE)), Items(rows)))


def _counted(choice: Choice) -> str:
    return f"{choice.name} {choice.count}"
