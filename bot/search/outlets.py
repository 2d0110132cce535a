"""The outlets that people name in words where a filter could stand: "oil from the Courier"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.domain.errors import IndexRebuilding
from bot.domain.ports import Desk
from bot.domain.query_nodes import Field, Phrase
from bot.grammar import seeking
from bot.wording import language
from bot.wording.heard.languages import languages

LOOKED_AT = 5
"""Articles by whose outlet a name is looked for."""


MOST_NAMES = 12
"""Names of one text that are looked for."""

LONGEST_NAME = 4
"""Words of an outlet's name."""

LONGEST_PREPOSITION = 3
"""Words before it."""

_WORD = re.compile(r'"[^"]*"|[^\s"]+')
_ENDS = ".,;:?!"
_OUTLETS = frozenset(phrase for one in languages().values() for phrase in one.seeking.outlets)


@dataclass(frozen=True, slots=True)
class Outlets:
    """Tells what is an outlet's name from other words, which stay: only one that the library has articles of is one."""

    desk: Desk

    async def named(self, text: str) -> str:
        """The text with a filter in place of "from the Courier". Raises BotError only when the store or the index fails."""
        try:
            for begin, end, name in islice(from_somewhere(text), MOST_NAMES):
                if await self._is_one(name):
                    return f'{text[:begin]}{language.filter_word("source")}:"{name}"{text[end:]}'
        except IndexRebuilding:
            return text
        return text

    async def alone(self, name: str, *, called: bool) -> bool:
        """Whether the name by itself is an outlet's: all of it, but for an article, or where it is ``called`` "the …" its last words. Raises as ``named``."""
        try:
            return await self._is_one(name, whole=not called)
        except IndexRebuilding:
            return False

    async def _is_one(self, name: str, *, whole: bool = False) -> bool:
        """Whether an outlet is called so: whole, or by the last words of its name, as "the Courier" is."""
        now = self.desk.clock.now()
        found = await self.desk.index.search(Field("source", Phrase(name)), now=now, limit=LOOKED_AT)
        if found.tolerant or not found.matches:
            return False
        entries = await self.desk.library.entries([one.entry for one in found.matches])
        wanted = f" {name}".casefold()
        names = [f" {one.article.source or ''}".casefold() for one in entries]
        return any(
            f" {seeking.without_article(told.strip())}" == wanted if whole else told.endswith(wanted)
            for told in names
        )


def from_somewhere(text: str) -> Iterator[tuple[int, int, str]]:
    """Where "from the Courier" may stand in the text, and the name, longer ones first; quoted words are none."""
    words = list(_WORD.finditer(text))
    plain = [word[0].casefold() for word in words]
    for at in range(1, len(words) - 1):
        for length in range(LONGEST_PREPOSITION, 0, -1):
            begin = at + length
            if " ".join(plain[at:begin]).rstrip(":") not in _OUTLETS:
                continue
            for end in range(min(begin + LONGEST_NAME, len(words)), begin, -1):
                name = text[words[begin].start() : words[end - 1].end()].rstrip(_ENDS)
                if re.fullmatch(r"[^\W\d][^\"]{2,}", name):
                    yield words[at].start(), words[begin].start() + len(name), name
            break


def outlet_alone(text: str) -> str:
    """The name where all of the text may be an outlet's, behind "from" or "the": it has a capital, or several words; else empty."""
    name = seeking.without_article(seeking.without(text, _OUTLETS))
    several_words = 1 < len(name.split()) <= LONGEST_NAME
    fits = re.fullmatch(r"[^\W\d_][\w .&'’-]{2,60}", name) and (several_words or name[:1].isupper())
    return name if fits else ""
