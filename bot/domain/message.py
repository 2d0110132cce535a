"""The neutral message: what to say, before any platform decides how it looks.

Text here is plain and untrusted; each renderer escapes it, at one place. Nothing else in the house
knows a platform's markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.wording import forgetting

Tone = Literal["plain", "strong", "quiet", "marked", "code"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one tone; with ``url`` it is a link.

    ``advice`` is of the desk's own making, and names commands as they are begun with a slash. ``moment`` is what the text
    tells in the zone of a schedule or of the desk: a platform that can tells it in the reader's own in its place.
    """

    text: str
    tone: Tone = "plain"
    url: str | None = None
    advice: bool = False
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a part. ``level`` 1 names the message, 2 a story or section."""

    runs: tuple[Run, ...]
    level: Literal[1, 2] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of running text; ``quiet`` ones are secondary (a date line, sources, a footer)."""

    runs: tuple[Run, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, each item a line of runs; numbered from ``first`` where that is given.

    ``details`` may be folded where the message is long and the platform can.
    """

    items: tuple[tuple[Run, ...], ...]
    first: int | None = None
    details: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Someone's words, verbatim, and the ``marks`` to show them between.

    ``speaker`` is ``None`` when unsure; ``role`` says who that is, ``source`` who printed the words.
    ``proof`` leads to them. ``details`` as in a list.
    """

    words: str
    speaker: str | None = None
    source: str | None = None
    role: str | None = None
    marks: tuple[str, str] = ("“", "”")
    proof: Run | None = None
    details: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: ``action`` names the command, ``value`` is its argument."""

    label: str
    action: str
    value: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons side by side."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """Where a long message may best be cut: between two stories."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What stands in the thread of the post that the blocks since the last break make; holds no other threads."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A line to type into on a person's own page: what is typed is pressed as the value of ``action``. Messages have none."""

    label: str
    action: str


Block = Heading | Paragraph | Items | Quotation | Buttons | Break | Thread | Box


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a form, filled with ``value``; with ``choices``, of values and their labels, one of them is chosen."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody fills in, on platforms with forms; handed in, it is a press of ``answer`` with its fields.

    ``told`` stands above the fields.
    """

    title: str
    fields: tuple[Field, ...]
    answer: Button
    told: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Asks:
    """What a bare answer completes: the command before it and behind it, and what it may be; ``hour`` is one that is asked about."""

    before: str
    after: str = ""
    what: Literal["words", "time", "zone", "length"] = "words"
    hour: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks in reading order. ``private``: for the asker alone, where the platform can.

    ``beside``: as an answer to a button, it leaves the message that carries the button as it is.
    ``aside``: as an answer to a button, it is a word to who pressed it, that nobody else sees, and
    that is not said where the platform cannot say it so; nothing is edited. As an answer to words it is of use to
    who said them alone, and is told them elsewhere where the platform cannot tell them there. ``question`` is the token of
    what it answers, where its readers may ask on or its buttons carry it. ``asks`` is what it asks who spoke. ``form``
    is shown in place of the blocks. ``refused`` says, as an answer to a form, by its fields what cannot be taken: the
    form stays as it was filled in. ``silent``: nobody is to be disturbed by it now, where the platform can post so.
    ``series`` is the id of the subscription that it is of: what has one belongs together, where readers see it so.
    """

    blocks: tuple[Block, ...]
    private: bool = False
    beside: bool = False
    aside: bool = False
    question: str = ""
    asks: Asks | None = None
    form: Form | None = None
    refused: tuple[tuple[str, str], ...] = ()
    silent: bool = False
    series: str = ""


def taken_back() -> Message:
    """What stands in the place of a message that cannot be deleted."""
    return Message((Paragraph((Run(forgetting.taken_back()),), quiet=True),))
