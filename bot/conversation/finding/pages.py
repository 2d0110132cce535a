"""A page of an answer, the question that it answers, and the buttons that turn it, order it anew and do something with it (pure)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat import buttons, edits
from bot.chat.buttons import Change, Opened, Page, Picked
from bot.chat.edits import Edit
from bot.domain.message import Button, Buttons, Message
from bot.domain.query_nodes import SearchOrder
from bot.wording import replies
from bot.wording.chat import editing
from bot.wording.chat.narrowing import NARROW
from bot.wording.language import say

PAGE = 5
"""Hits of one answer: what fits a phone's screen."""

DEEPEST = 1_000
"""Hits that can be paged to: nobody does, and a forged button could ask for any."""

NEWEST = "newest"
"""The kind of question that is a search in the order of arrival."""

SEARCHES: Mapping[str, SearchOrder] = {"search": "best", NEWEST: "new"}
"""The kinds of question that are searches, and their orders where the query names none."""


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page of an answer; ``total`` counts what all pages show, ``other`` is the kind that has them in another order.

    ``about`` is a query for all that is told, and ``more`` are labels and actions of buttons that do something with
    it; their value is the token of the question. ``entries`` are the articles that have numbers, the first's is ``first``.
    """

    message: Message
    total: int
    other: str = ""
    about: str = ""
    more: tuple[tuple[str, str], ...] = ()
    entries: tuple[int, ...] = ()
    first: int = 1
    narrows: bool = False


Pages = Callable[[str, int], Awaitable[AnswerPage]]


_READS: Mapping[str, Callable[[str], Page | Change | Edit | Opened | Picked | None]] = {
    "page": buttons.page,
    "sort": buttons.page,
    "change": buttons.change,
    "edit": edits.edit,
    "settings": edits.edit,
    "story": buttons.opened,
    "narrow": buttons.picked,
    "wish": buttons.picked,
}


def question_behind(message: Message) -> str | None:
    """The token of the question that the message answers, or that its buttons turn the pages of."""
    if message.question:
        return message.question
    rows = (block.buttons for block in message.blocks if isinstance(block, Buttons))
    given = (_READS[one.action](one.value) for row in rows for one in row if one.action in _READS)
    return next((read.question for read in given if read), None)


def question_of(kind: str, argument: str, now: datetime) -> str:
    """A question as it is kept; a search with its moment."""
    return f"{kind}@{now.isoformat()} {argument}" if kind in SEARCHES else f"{kind} {argument}"


def with_buttons(shown: AnswerPage, page: Page, *, shareable: bool, stories: bool = False) -> Message:
    """The page with buttons to turn it, to do something with what it tells, and to share it."""
    turns = ((say(replies.PREVIOUS), page.offset - PAGE), (say(replies.NEXT), page.offset + PAGE))
    buttons = [
        Button(label, "page", str(replace(page, offset=offset)))
        for label, offset in turns
        if 0 <= offset < shown.total
    ]
    if shown.other:
        buttons.append(Button(say(editing.ORDERS[shown.other]), "sort", str(replace(page, offset=0))))
    if shown.narrows:
        buttons.append(Button(say(NARROW), "narrow", page.question))
    buttons += [Button(label, action, page.question) for label, action in shown.more]
    if shareable:
        buttons.append(Button(say(replies.SHARE), "share", str(page)))
    numbers = tuple(
        Button(str(number), "story", str(Opened(page.question, entry)))
        for number, entry in enumerate(shown.entries if stories else (), start=shown.first)
    )
    rows = [Buttons(row) for row in (numbers, tuple(buttons)) if row]
    return Message((*shown.message.blocks, *rows)) if rows else shown.message
