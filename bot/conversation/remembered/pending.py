"""What the desk asked somebody, so that a bare answer is understood: "at what time?" - "08:30"."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.events import Said
from bot.domain.message import Asks
from bot.domain.times import time_words
from bot.domain.times.zones import place_zone
from bot.grammar import commands, seeking, wishes

GOOD_FOR = timedelta(minutes=10)
"""Words that come later are no answer."""

MOST = 1_000
"""People of whom a question is remembered; in memory, so that after a restart they are asked again."""

LONGEST = 200
"""Characters of a bare answer."""

_OPENERS = tuple(f" {word} " for word in time_words.AT)
_OPENER = re.compile(
    rf"^(?:{'|'.join(sorted(map(re.escape, time_words.AT | time_words.FOR)))}) ", re.IGNORECASE
)
"""What opens a time, which may stand before the answer, too."""

Person = tuple[str, str, str]
Words = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Question:
    asks: Asks
    at: datetime
    stands: frozenset[str]
    """The messages whose replies may answer it: the question, and the words that drew it."""


class Pending:
    """The last question to each person in each chat."""

    def __init__(self) -> None:
        self._asked: OrderedDict[Person, _Question] = OrderedDict()
        self._answers: OrderedDict[Words, Asks] = OrderedDict()
        """What was asked of those words that answered it, which may be edited."""

    def note(self, said: Said, asks: Asks | None, now: datetime, messages: Sequence[str]) -> None:
        """Who said this was asked so, by the first of these messages; with ``None`` nothing is asked any more."""
        self._asked.pop(_person(said), None)
        if asks is not None:
            stands = frozenset(one for one in messages if one)
            self._asked[_person(said)] = _Question(asks, now, stands)
            if len(self._asked) > MOST:
                self._asked.popitem(last=False)

    def completed(self, said: Said, now: datetime) -> Said:
        """The whole command where the words are the answer to what was asked; else the words.

        What is said to the desk may be one, among people a reply to the question; an edited answer stays one.
        """
        place = (said.at.platform, said.at.chat, said.message)
        asks = self._answers.get(place) if said.edited else self._open(said, now)
        words = _completed(asks, said.text) if asks else ""
        if not (asks and words):
            return said
        if said.message:
            self._answers[place] = asks
            if len(self._answers) > MOST:
                self._answers.popitem(last=False)
        return replace(said, text=words, under=None, meant="named")

    def _open(self, said: Said, now: datetime) -> Asks | None:
        """What the words may answer."""
        asked = self._asked.get(_person(said))
        if asked is None or now - asked.at > GOOD_FOR:
            return None
        return asked.asks if said.under is None or said.under.message in asked.stands else None


def _completed(asks: Asks, text: str) -> str:
    answer = " ".join(text.split())
    if not answer or len(answer) > LONGEST or "\n" in text.strip() or _is_a_command(answer):
        return ""
    if asks.what == "zone":
        answer = place_zone(answer)
    elif asks.what == "time":
        return _timed(asks, answer)
    elif asks.what == "length":
        head, days = commands.query_and_days(f"x {seeking.without_polite(answer)}")
        answer = answer if head == "x" and days else ""
    return f"{asks.before}{answer}{asks.after}" if answer else ""


def _timed(asks: Asks, text: str) -> str:
    """The wish with its time, or with the words to look for that were taken for one, in quotation marks."""
    answer = wishes.as_time(text, asks.hour)
    command, _, wanted = asks.before.partition(" ")
    if wanted.strip() and text[1:].casefold().startswith(wanted.strip().casefold()):  # "black friday", whole
        return f"{command} {answer}{asks.after}" if answer else ""
    if wanted.casefold().endswith(_OPENERS):
        answer = _OPENER.sub("", answer)
    return f"{asks.before}{answer}{asks.after}" if answer else ""


def _is_a_command(answer: str) -> bool:
    command = commands.parse(answer)
    return bool(command.name) or answer[:1] in ("/", "／")


def _person(said: Said) -> Person:
    return (said.at.platform, said.at.chat, said.sender.id)
