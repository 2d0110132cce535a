"""A chat that WhatsApp exported as text: each long message is an article that somebody forwarded.

A message begins with its day, its time and who sent it, as the phone writes them: ``12/03/2031, 08:02 - Ada: …`` on Android,
``[12.03.31, 08:02:10] Ada: …`` on an iPhone. Who sent it did not write it, and when it was sent is not when it was published:
its day counts where the article gives none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.article.fields.url import address_alone
from bot.article.formats.item import Item
from bot.article.text.block_kinds import words_in

FEWEST_WORDS = 40
"""Words of a message that is an article; a shorter one is talk."""

_HEADS = 2  # A text that quotes one is no chat.
_HEAD = re.compile(
    r"\[?(?P<day>(\d{1,4})([./-])(\d{1,2})\3(\d{2,4})),? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?(?:[APap]\. ?[Mm]\.|[APap][Mm]|上午|下午|午前|午後|오전|오후))?"
    r"(?:\] ?| - )(?:(?:~ ?)?(?P<who>[^:\n]{1,80}): ?)?"
)
_UNSEEN = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u200e": None, "\u200f": None, "\ufeff": None})
_LOUD = re.compile(r"\*(?=\S)([^*\n]{1,300})(?<=\S)\*$")
_STRESSED = re.compile(r"(?<![\w*_~])([*_~])(?=\S)([^\n*_~]{1,500})(?<=\S)\1(?![\w*_~])")
_TWELVE = 12


@dataclass(frozen=True, slots=True)
class _Message:
    """``day`` are the three numbers of its day as they stand; ``said`` is empty for a note of the program's own."""

    day: tuple[int, int, int]
    sent: bool
    said: str

    @property
    def is_article(self) -> bool:
        return self.sent and words_in(self.said) >= FEWEST_WORDS


def chat_items(text: str) -> list[Item]:
    """The long messages of a chat; none where ``text`` is no chat or has none. Takes time linear in the text.

    Each item is told what of the chat stands above it in no item, the last one also what stands below.
    """
    lines = text.translate(_UNSEEN).strip().split("\n")
    if not _HEAD.match(lines[0]):
        return []
    messages = _messages(lines)
    days_first = _days_first([message.day for message in messages])
    places = [at for at, message in enumerate(messages) if message.is_article]
    if len(messages) < _HEADS or not places:
        return []
    items = [_item(messages[at], days_first=days_first) for at in places]
    starts = [0, *(at + 1 for at in places)]
    above = [_talk(messages[start:at]) for start, at in zip(starts, places, strict=False)]
    items = [replace(item, above=before) for item, before in zip(items, above, strict=True)]
    return [*items[:-1], replace(items[-1], below=_talk(messages[starts[-1] :]))]


def _messages(lines: Sequence[str]) -> list[_Message]:
    found: list[_Message] = []
    said: list[str] = []
    head: re.Match[str] | None = None
    for line in [*lines, ""]:
        begins = _HEAD.match(line)
        if begins and head:
            found.append(_message(head, said))
        if begins:
            head, said = begins, [line[begins.end() :]]
        else:
            said.append(line)
    return [*found, _message(head, said)] if head else found


def _message(head: re.Match[str], said: Sequence[str]) -> _Message:
    day = (int(head[2]), int(head[4]), int(head[5]))
    return _Message(day, head["who"] is not None, "\n".join(said).strip())


def _talk(messages: Sequence[_Message]) -> str:
    return "\n\n".join(message.said for message in messages if message.said)


def _item(message: _Message, *, days_first: bool | None) -> Item:
    lines = message.said.split("\n")
    loud = _LOUD.match(lines[0].strip())
    lines[0] = f"# {loud[1]}" if loud else lines[0]
    # A phone's reader sees a line where the file has one: each is a paragraph.
    text = "\n\n".join(_STRESSED.sub(r"\2", line) for line in lines)
    url = address_alone(message.said, anywhere=True) or ""
    return Item(text=text, published=_iso(message.day, days_first=days_first), url=url, trust="letter")


def _days_first(days: Sequence[tuple[int, int, int]]) -> bool | None:
    """Whether the chat writes the day before the month; ``None`` where no day of it tells."""
    if any(first > _TWELVE and first < 1_000 for first, _, _ in days):
        return True
    return False if any(second > _TWELVE for _, second, _ in days) else None


def _iso(day: tuple[int, int, int], *, days_first: bool | None) -> str:
    first, second, third = day
    if first >= 1_000:
        year, month, number = first, second, third
    elif days_first is None and first != second:
        return ""
    else:
        year = third if third >= 1_000 else third + 2_000
        month, number = (second, first) if days_first else (first, second)
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""
