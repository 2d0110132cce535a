"""The console as a channel: a message as text for a terminal, or for a pipe.

Text is untrusted. It reaches rich only as ``Text``, never as markup, after control characters are
gone and bidirectional marks are balanced, so that no article can colour, move or reorder anything.
rich is imported where it is used: it takes 60 ms, and most commands never print a message.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from bot.chat.printable import safe
from bot.chat.threads import unthreaded
from bot.domain.message import (
    Block,
    Break,
    Buttons,
    Heading,
    Items,
    Message,
    Paragraph,
    Quotation,
    Run,
    Tone,
)
from bot.wording import phrases

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDEST = 88
"""Columns of running text: longer lines are hard to read (the eye loses the next one)."""

NARROWEST = 24
LONGEST_URL = 2000

STYLES: dict[Tone, str] = {
    "plain": "",
    "strong": "bold",
    "quiet": "dim",
    "marked": "bold yellow",
    "code": "cyan",
}

_URL = re.compile(r"https?://[!-~]+")


def show(message: Message, stream: TextIO) -> None:
    """Write the message: coloured and with links on a terminal, plain where ``stream`` is piped.

    What the stream's encoding lacks is written as a question mark, not raised.
    """
    colour = _is_colourful(stream)
    text = render(message, width=None if stream.isatty() else _told_width(), colour=colour)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()


def render(message: Message, *, width: int | None = None, colour: bool | None = None) -> str:
    """The message in lines of at most ``width`` columns, at most ``WIDEST``; ends with a newline.

    Without ``colour`` it has no escape sequence at all. ``None`` asks standard output.
    """
    columns = max(NARROWEST, min(width or shutil.get_terminal_size().columns, WIDEST))
    wanted = _is_colourful(sys.stdout) if colour is None else colour
    console = _console(columns, colour=wanted)
    above: list[Block] = []
    for block in unthreaded(message).blocks:
        if isinstance(block, Break):
            continue
        if above and not _clings(block, above):
            console.print()
        for line in _lines(block, console, columns):
            console.print(line, no_wrap=True, overflow="ignore", crop=False)
        above.append(block)
    assert isinstance(console.file, StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def _told_width() -> int:
    """What COLUMNS says of a pipe's reader; whose width is not known otherwise."""
    told = os.environ.get("COLUMNS", "")
    return int(told) if re.fullmatch(r"[1-9][0-9]{0,3}", told) else WIDEST


def _is_colourful(stream: TextIO) -> bool:
    """https://no-color.org: any value of NO_COLOR but the empty one asks for plain text."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _console(columns: int, *, colour: bool) -> Console:
    from rich.console import Console

    return Console(
        file=StringIO(),
        width=columns,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def _clings(block: Block, above: Sequence[Block]) -> bool:
    """No empty line between a heading and its source line, nor between that and the sentences."""
    match (*above[-2:], block):
        case (*_, Heading(), Paragraph(quiet=True)):
            return True
        case (*_, Heading(level=2), Paragraph()) | (Heading(level=2), Paragraph(quiet=True), Paragraph()):
            return True
        case _:
            return False


def _lines(block: Block, console: Console, width: int) -> Iterator[Text]:
    wrapped = partial(_wrapped, console=console, width=width)
    match block:
        case Heading(runs=runs, level=1):
            yield from _ruled(list(wrapped(runs, style="bold")), width)
        case Heading(runs=runs):
            yield from wrapped(runs, style="bold")
        case Paragraph(runs=runs, quiet=quiet):
            yield from wrapped(runs, style="dim" if quiet else "")
        case Items(items=items, first=first):
            for number, item in enumerate(items):
                mark = "•" if first is None else f"{first + number}."
                yield from wrapped(item, first=f"  {mark} ", rest=" " * (3 + len(mark)))
        case Quotation():
            yield from _quotation(block, console, width)
        case Buttons(buttons=buttons):
            yield from wrapped(tuple(Run(f"[{button.label}] ", "quiet") for button in buttons))


def _ruled(title: Sequence[Text], width: int) -> Iterator[Text]:
    """The title in a rule: ``── The morning digest ────``; a long one stands above the rule."""
    from rich.text import Text

    if len(title) == 1 and title[0].cell_len <= width - 8:
        tail = "─" * (width - title[0].cell_len - 4)
        yield Text.assemble(("── ", "dim"), title[0], (f" {tail}", "dim"))
    else:
        yield from title
        yield Text("─" * width, style="dim")


def _quotation(block: Quotation, console: Console, width: int) -> Iterator[Text]:
    words = (Run(phrases.quoted(safe(block.words), block.marks)),)
    credit = phrases.attribution(block.speaker, block.source, block.role)
    proof = (Run(" "), block.proof) if block.proof else ()
    said = words if credit else (*words, *proof)
    yield from _wrapped(said, console, width, style="italic", first="  │ ", rest="  │ ")
    if credit:
        yield from _wrapped((Run(credit), *proof), console, width, style="dim", first="  │ ", rest="  │   ")


def _wrapped(  # noqa: PLR0913 - what, where and how it looks
    runs: Sequence[Run], console: Console, width: int, *, style: str = "", first: str = "", rest: str = ""
) -> Iterator[Text]:
    """The runs in lines of ``width`` columns, wide characters counted as two."""
    from rich.text import Text

    body = Text(style=style)
    for run in runs:
        body.append(safe(run.text), _style(run))
    for number, line in enumerate(body.wrap(console, width - len(rest or first), overflow="fold")):
        line.rstrip()
        yield Text.assemble((rest if number else first, "dim"), line)


def _style(run: Run) -> str:
    link = f" link {run.url}" if run.url and len(run.url) <= LONGEST_URL and _URL.fullmatch(run.url) else ""
    return f"{STYLES[run.tone]}{link}".strip()
