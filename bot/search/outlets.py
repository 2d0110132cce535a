"""The outlets that people name in words where a filter could stand: "oil from the Courier"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from bot.domain.errors import IndexRebuilding
from bot.domain.ports import Desk
from bot.domain.query_nodes import Field, Phrase
from bot.grammar import seeking
from bot.wording import language

LOOKED_AT = 5
"""Articles by whose outlet a name is looked for."""


MOST_NAMES = 12
"""Names of one text that are looked for."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """Tells what is an outlet's name from other words, which stay: only one that the library has articles of is one."""

    desk: Desk

    async def named(self, text: str) -> str:
        """The text with a filter in place of "from the Courier". Raises BotError only when the store or the index fails."""
        try:
            for begin, end, name in islice(seeking.from_somewhere(text), MOST_NAMES):
                if await self._is_one(name):
                    return f'{text[:begin]}{language.filter_word("source")}:"{name}"{text[end:]}'
        except IndexRebuilding:
            return text
        return text

    async def _is_one(self, name: str) -> bool:
        """Whether an outlet is called so: whole, or by the last words of its name, as "the Courier" is."""
        now = self.desk.clock.now()
        found = await self.desk.index.search(Field("source", Phrase(name)), now=now, limit=LOOKED_AT)
        if found.tolerant or not found.matches:
            return False
        entries = await self.desk.library.entries([one.entry for one in found.matches])
        wanted = f" {name}".casefold()
        return any(f" {one.article.source or ''}".casefold().endswith(wanted) for one in entries)
