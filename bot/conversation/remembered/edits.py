"""What was answered lately, so that words which are edited are answered anew in place of their answer."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from bot.domain.events import Said

MOST = 2_000
"""Words that are remembered; in memory, so that after a restart an edit is answered beside the old answer."""

Words = tuple[str, str, str]


class Answered:
    """The words of people, by where they stand, with the message that answers them."""

    def __init__(self) -> None:
        self._known: OrderedDict[Words, tuple[int, str]] = OrderedDict()
        """By where words stand, a hash of their text, which may be long, and their answer."""

    def note(self, said: Said, answer: str) -> None:
        """The words are answered by this message, or by none that can be edited (empty)."""
        if said.message:
            self._known[_place(said)] = (hash(said.text), answer)
            self._known.move_to_end(_place(said))
            if len(self._known) > MOST:
                self._known.popitem(last=False)

    def anew(self, said: Said) -> Said | None:
        """Edited words with the answer that they replace; ``None`` where they say what they said before.

        Platforms tell of an edit, too, when a link gets its preview.
        """
        before, answer = self._known.get(_place(said), (hash(""), ""))
        return None if before == hash(said.text) else replace(said, over=answer)


def _place(said: Said) -> Words:
    return (said.at.platform, said.at.chat, said.message)
