"""A message as Telegram's HTML, in as few parts as its limits allow. Pure.

Only `&lt; &gt; &amp; &quot;` and the tags `a b i code blockquote` (also `expandable`) and `tg-time` are used: Telegram's parser
refuses or shows most others. Text goes through ``clean``, ``row`` and ``escaped`` of
:mod:`bot.chat.telegram.rows` and nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from bot.chat.telegram.rows import FULL, Row, Span, Weight, clean, row
from bot.chat.telegram.settings import GENERAL
from bot.chat.threads import rendered
from bot.domain.events import Payload
from bot.domain.message import (
    Block,
    Break,
    Button,
    Buttons,
    Heading,
    Items,
    Message,
    Paragraph,
    Quotation,
    Run,
    Tone,
)
from bot.domain.model import Address
from bot.wording import phrases

LONGEST_URL = 1000
DATA_BYTES = 64
BUTTONS, BUTTONS_IN_ROW, ROW_LETTERS = 100, 8, 36
"""Telegram's limits, and how many letters of labels a phone shows side by side."""
LONGEST_LABEL = 40
LONG = 2000
"""UTF-16 units from which on details are folded: two screens of a phone."""
BULLET = "• "
BREAKING = phrases.MORE
"""What stands over buttons that come without a word: Telegram takes no empty message."""

TAGS: dict[Tone, tuple[str, ...]] = {
    "plain": (),
    "strong": ("b",),
    "quiet": ("i",),
    "marked": ("b",),
    "code": ("code",),
}
_LEAST = Weight(200, 9, 3000)
"""Less room than this under a long heading is not begun with."""

# A link leads to a name with a dot: Telegram drops others, and a name before @ can pose as the place.
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:[0-9]{1,5})?")


def render(message: Message) -> tuple[Payload, ...]:
    """The message in parts of at most 4096 UTF-16 units, cut between stories where that is possible.

    A part that goes on never ends with a heading. Buttons stand under the last part. A message
    with nothing to see has no parts.
    """
    return rendered(message, _render)


def call(to: Address, payload: Payload, parent: str = "") -> dict[str, Any]:
    """The fields of sendMessage for this chat, in JSON."""
    body: dict[str, Any] = {}
    if to.chat:
        body["chat_id"] = int(to.chat) if to.chat.removeprefix("-").isdecimal() else to.chat
    body |= json.loads(payload.body)
    topic = int(to.thread) if to.thread.isdecimal() else 0
    if topic > GENERAL:
        body["message_thread_id"] = topic
    if parent.isdecimal():
        # A message that somebody deleted holds nothing back.
        body["reply_parameters"] = {"message_id": int(parent), "allow_sending_without_reply": True}
    return body


def _render(message: Message) -> tuple[Payload, ...]:
    stories = _stories(message.blocks)
    if _weight(one for story in stories for one in story).units > LONG:
        stories = _stories(message.blocks, folding=True)
    parts = [part for part in _parts(stories) if part]
    keyboard = _keyboard(message.blocks)
    if keyboard and not parts:
        parts = [[Row((Span(BREAKING),))]]
    last = len(parts) - 1
    return tuple(
        _payload(part, keyboard if number == last else [], silent=message.silent)
        for number, part in enumerate(parts)
    )


def _payload(part: Sequence[Row], keyboard: Sequence[Sequence[Button]], *, silent: bool) -> Payload:
    body: dict[str, Any] = {
        "text": _joined(part, [one.html() for one in part]),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if silent:
        body["disable_notification"] = True
    if keyboard:
        rows = [[{"text": one.label, "callback_data": _data(one)} for one in line] for line in keyboard]
        body["reply_markup"] = {"inline_keyboard": rows}
    return Payload(json.dumps(body, ensure_ascii=False), _joined(part, [one.text for one in part]))


def _joined(part: Sequence[Row], shown: Sequence[str]) -> str:
    gaps = ["", *("\n" if one.close else "\n\n" for one in part[1:])]
    return "".join(gap + text for gap, text in zip(gaps, shown, strict=True))


# --- parts ---------------------------------------------------------------------------------------


def _parts(stories: Iterable[Sequence[Row]]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for story in stories:
        if part and not _weight([*part, *story]).fits(FULL) and _weight(story).fits(FULL):
            done, part = _without_heads(part)
            yield done
        for one in story:
            if not _weight([*part, one]).fits(FULL):
                done, part = _without_heads(part)
                yield done
            if not _weight([*part, one]).fits(FULL):
                *full, part = _spread(part, one)
                yield from full
            else:
                part.append(one)
    yield part


def _spread(heads: list[Row], one: Row) -> Iterator[list[Row]]:
    """A row that is too long for one message, over several; the last is not yet full."""
    if heads and not _LEAST.fits(room := FULL - _weight(heads)):
        yield heads
        heads, room = [], FULL
    elif not heads:
        room = FULL
    for piece in one.pieces(room):
        yield [*heads, piece]
        heads = []


def _without_heads(part: list[Row]) -> tuple[list[Row], list[Row]]:
    """The part, and the heads at its end, which wait for what they are about."""
    end = len(part)
    while end and part[end - 1].head:
        end -= 1
    return part[:end], part[end:]


def _weight(part: Iterable[Row]) -> Weight:
    return sum((one.weight for one in part), Weight())


# --- rows ----------------------------------------------------------------------------------------


def _stories(blocks: Iterable[Block], *, folding: bool = False) -> list[list[Row]]:
    stories: list[list[Row]] = [[]]
    above: list[Block] = []
    for block in blocks:
        if isinstance(block, Break):
            stories.append([])
        elif not isinstance(block, Buttons):
            shown = [one for one in _rows(block, above, folding=folding) if one]
            stories[-1] += shown
            above += [block] if shown else []
    return stories


def _rows(block: Block, above: Sequence[Block], *, folding: bool) -> Iterator[Row | None]:
    match block:
        case Heading(runs=runs):
            yield row(_spans(runs, ("b",), one_line=True), head=True)
        case Paragraph(runs=runs, quiet=quiet):
            under = bool(above) and isinstance(above[-1], Heading)
            tags = ("i",) if quiet else ()
            yield row(_spans(runs, tags), head=quiet and under, close=_clings(block, above))
        case Items(details=True) if folding:
            items = [[*one.spans, Span("\n")] for one in _items(block)]
            yield row([span for item in items for span in item], quote=True, folded=True)
        case Items():
            yield from _items(block)
        case Quotation():
            folded = folding and block.details
            yield row(_quotation(block), close=_clings(block, above), quote=True, folded=folded)


def _items(block: Items) -> Iterator[Row]:
    for number, item in enumerate(block.items):
        mark = BULLET if block.first is None else f"{block.first + number}. "
        if row(shown := list(_spans(item, one_line=True))) and (
            one := row([Span(mark), *shown], close=number > 0)
        ):
            yield one


def _clings(block: Block, above: Sequence[Block]) -> bool:
    """No empty line under a story's heading and its source line, nor between a text and its quotes."""
    match (*above[-2:], block):
        case (*_, Heading(), Paragraph(quiet=True)) | (*_, Heading(level=2), Paragraph()):
            return True
        case (Heading(level=2), Paragraph(quiet=True), Paragraph()):
            return True
        case (*_, Heading() | Paragraph() | Quotation(), Quotation()):
            return True
        case _:
            return False


def _quotation(block: Quotation) -> Iterator[Span]:
    yield from _spans((Run(phrases.quoted(clean(block.words).strip(), block.marks)),))
    if credit := phrases.attribution(block.speaker, block.source, block.role):
        yield from _spans((Run("\n"), Run(credit, "quiet")))
    if block.proof:
        yield from _spans((Run(" "), block.proof))


def _spans(runs: Iterable[Run], tags: tuple[str, ...] = (), *, one_line: bool = False) -> Iterator[Span]:
    for run in runs:
        text = clean(run.text).replace("\n", " ") if one_line else clean(run.text)
        if run.tone == "code":  # stands alone: Telegram lets nothing else cover it
            yield Span(text, TAGS["code"])
        else:
            link = _link(run.url)
            # Telegram lets a link cover no moment.
            unix = int(run.moment.timestamp()) if run.moment and not link else 0
            yield Span(text, tuple(dict.fromkeys((*tags, *TAGS[run.tone]))), link, unix)


def _link(url: str | None) -> str:
    """The address as Telegram keeps it, or nothing where it is none, or leads to no public place."""
    if not url or len(url) > LONGEST_URL or not url.isprintable():
        return ""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or port == 0 or not _HOST.fullmatch(parts.netloc):
        return ""
    tail = quote(parts._replace(scheme="", netloc="").geturl(), safe="/?#[]@!$&'()*+,;=:%~-._")
    return f"{parts.scheme}://{parts.netloc}{tail}"


# --- buttons -------------------------------------------------------------------------------------


def _keyboard(blocks: Iterable[Block]) -> list[list[Button]]:
    """The buttons that Telegram can carry, side by side as far as a phone is wide."""
    rows: list[list[Button]] = []
    left = BUTTONS
    for block in blocks:
        fresh = True
        for button in block.buttons if isinstance(block, Buttons) else ():
            shown = _button(button)
            if not shown or not left:
                continue
            letters = sum(len(one.label) for one in rows[-1]) + len(shown.label) if rows else 0
            if fresh or len(rows[-1]) >= BUTTONS_IN_ROW or letters > ROW_LETTERS:
                rows.append([])
            rows[-1].append(shown)
            fresh, left = False, left - 1
    return rows


def _button(button: Button) -> Button | None:
    """The button with a label that fits, or nothing where Telegram could not bring its value back."""
    label = row([Span(clean(button.label).replace("\n", " "))])
    if not label or ":" in button.action or not button.action:
        return None
    text = label.text if len(label.text) <= LONGEST_LABEL else label.text[:LONGEST_LABEL] + phrases.MORE
    shown = Button(text, button.action, button.value)
    try:
        return shown if len(_data(shown).encode()) <= DATA_BYTES else None
    except UnicodeEncodeError:
        return None


def _data(button: Button) -> str:
    return f"{button.action}:{button.value}"
