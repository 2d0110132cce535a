"""A message as Slack's Block Kit: rich text, so that no words of an article are ever markup. Pure.

Text is untrusted. It stands in ``rich_text`` elements and ``plain_text`` objects alone, which Slack
reads as they are; the one place that Slack reads as mrkdwn is the notification's ``text``, and it
is escaped where it is written. Limits: docs.slack.dev/reference/block-kit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.chat.slack import text as slack_text
from bot.chat.slack.parts import Json, Part, TextBlock, parts, pieces
from bot.chat.slack.text import cut, escaped, is_visible, safe, size
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
)
from bot.domain.model import Address
from bot.wording import phrases

LONGEST_HEADER = 150
LONGEST_TEXT = 3_000
"""Units of one rich text block. Slack publishes no limit for them; a section's is 3,000."""

LONGEST_LEAD = 1_000
"""Units of a heading or source line that is held together with what follows it."""

MOST_ITEMS = 100
"""Items of one list, for which Slack publishes no limit either."""

LONGEST_NOTE = 2_000
"""Units of a context block's text."""

LONGEST_LABEL = 75
LONGEST_VALUE = 2_000
LONGEST_ACTION = 200
"""Units of an action; Slack takes 255, and a number may follow."""

MOST_BUTTONS = 25
LONGEST_NOTIFICATION = 3_000
"""Units of the fallback text after escaping; chat.update refuses beyond 4,000."""

TWIN = "#"
"""Stands before the number of a button whose action another button of its row has."""

DATE = "{date_short_pretty} {time}"
"""How a moment is told, in the zone and language of each reader."""

LONGEST_MOMENT = 100
"""Units of the words of a moment."""

BULLET = "• "
RULE = TextBlock({"type": "divider"}, "", 0)


def render(message: Message) -> tuple[Payload, ...]:
    """The message in as few parts as Slack's limits allow; none when there is nothing to see.

    A body holds the fields of chat.postMessage that do not depend on the chat.
    """
    return rendered(message, _render)


def call(to: Address, payload: Payload, parent: str = "") -> Json:
    """The fields of chat.postMessage for this chat; there are no threads inside a thread."""
    said: Json = json.loads(payload.body) | ({"channel": to.chat} if to.chat else {})
    thread = to.thread or parent
    return {**said, "thread_ts": thread} if thread else said


def _render(message: Message) -> tuple[Payload, ...]:
    stories = [
        [text_block for block in story for text_block in _text_blocks(block)]
        for is_break, story in groupby(message.blocks, lambda block: isinstance(block, Break))
        if not is_break
    ]
    return tuple(_payload(part) for part in parts([story for story in stories if story], RULE))


def action_of(action_id: str) -> str:
    """The action of the button that got this id."""
    return action_id.partition(TWIN)[0]


def _payload(part: Part) -> Payload:
    plain = "\n".join(text_block.plain for text_block in part if text_block.plain or text_block is RULE)
    body = {
        "text": _notification(plain),
        "blocks": [text_block.block for text_block in part],
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return Payload(json.dumps(body, ensure_ascii=False, separators=(",", ":")), plain)


def _notification(plain: str) -> str:
    """Whole lines as far as they fit: half a sentence would not be the article's."""
    kept: list[str] = []
    left = LONGEST_NOTIFICATION - 2
    for line in plain.splitlines():
        shown = escaped(line)
        if size(shown) > left:
            return "\n".join([*kept, phrases.MORE]) if kept else escaped(cut(line, left // 5))
        kept.append(shown)
        left -= size(shown) + 1
    return "\n".join(kept) or phrases.MORE


# --- one block ---------------------------------------------------------------------------------------


def _text_blocks(block: Block) -> Iterator[TextBlock]:
    """The Slack blocks of one block; none where nothing can be seen."""
    match block:
        case Heading(runs=runs, level=level):
            yield from _heading(_clean(runs), level)
        case Paragraph(runs=runs, quiet=True):
            yield from _quiet(_clean(runs))
        case Paragraph(runs=runs):
            for piece in _texts(_clean(runs)):
                yield _rich([_section(piece)], _words(piece), _units(piece))
        case Items(items=items, first=None):
            yield from _list([_clean(item) for item in items], _bullets)
        case Items(items=items, first=int(first)):
            numbered = ((Run(f"{number}. "), *item) for number, item in enumerate(items, start=first))
            yield from _list([_clean(item) for item in numbered], _lines)
        case Quotation():
            yield from _quotation(block)
        case Buttons(buttons=buttons):
            yield from _actions(buttons)


def _clean(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs as they may be shown: the one place where a text of a message is made harmless."""
    cleaned = [_saying(run, safe(run.text), slack_text.address(run.url)) for run in runs]
    on_one_line = (_saying(run, run.text.replace("\n", " "), run.url) if run.url else run for run in cleaned)
    return tuple(_told(run) for run in on_one_line if run.text)


def _saying(run: Run, text: str, url: str | None) -> Run:
    """The run with this text and address: itself where it has them, as nearly all do."""
    return run if run.text == text and run.url == url else replace(run, text=text, url=url)


def _told(run: Run) -> Run:
    """The run, its moment only where one may be told."""
    return run if run.moment is None or _is_short(run) else replace(run, moment=None)


def _is_short(run: Run) -> bool:
    """Whether it may be an element that tells a moment, which no cut parts and no link covers."""
    return not run.url and is_visible(run.text) and size(run.text) <= LONGEST_MOMENT


def _texts(runs: tuple[Run, ...], most: int = LONGEST_TEXT) -> list[tuple[Run, ...]]:
    """The runs in pieces without blanks at their ends; pieces of which nothing can be seen are left out.

    A cut may part a bidirectional mark from its end, so each piece is made harmless again.
    """
    trimmed = [_trimmed(piece) for piece in pieces(runs, most)]
    return [piece for piece in trimmed if is_visible(_words(piece))]


def _trimmed(piece: tuple[Run, ...]) -> tuple[Run, ...]:
    held = [_saying(run, safe(run.text), run.url) for run in piece]
    while held and not held[0].text.strip():
        held.pop(0)
    while held and not held[-1].text.strip():
        held.pop()
    if held:
        held[0] = _saying(held[0], held[0].text.lstrip(), held[0].url)
        held[-1] = _saying(held[-1], held[-1].text.rstrip(), held[-1].url)
    return tuple(run for run in held if run.text)


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _units(runs: Sequence[Run]) -> int:
    return sum(size(run.text) + size(run.url or "") for run in runs)


def _heading(runs: tuple[Run, ...], level: int) -> Iterator[TextBlock]:
    line = " ".join(_words(runs).split())
    if level == 1 and is_visible(line) and size(line) <= LONGEST_HEADER and not any(run.url for run in runs):
        text = {"type": "plain_text", "text": line, "emoji": False}
        yield TextBlock({"type": "header", "text": text}, line, size(line), leads=True)
        return
    for piece in _texts(tuple(replace(run, tone="strong") for run in runs)):
        units = _units(piece)
        yield _rich([_section(piece)], _words(piece), units, leads=units <= LONGEST_LEAD)


def _quiet(runs: tuple[Run, ...]) -> Iterator[TextBlock]:
    if any(run.url for run in runs):  # a context block has links in mrkdwn only
        for piece in _texts(runs):
            yield _rich([_section(piece)], _words(piece), _units(piece), leads=_units(piece) <= LONGEST_LEAD)
        return
    for piece in _texts(runs, LONGEST_NOTE):
        words = _words(piece)
        note = {"type": "plain_text", "text": words, "emoji": False}
        block = {"type": "context", "elements": [note]}
        yield TextBlock(block, words, size(words), leads=size(words) <= LONGEST_LEAD)


def _list(
    items: Sequence[tuple[Run, ...]], shown: Callable[[Sequence[tuple[Run, ...]]], TextBlock]
) -> Iterator[TextBlock]:
    """The items, in lists that are short enough; an item longer than that goes on in the next."""
    held: list[tuple[Run, ...]] = []
    units = 0
    for piece in (piece for item in items for piece in _texts(item)):
        if held and (units + _units(piece) > LONGEST_TEXT or len(held) == MOST_ITEMS):
            yield shown(held)
            held, units = [], 0
        held.append(piece)
        units += _units(piece)
    if held:
        yield shown(held)


def _bullets(items: Sequence[tuple[Run, ...]]) -> TextBlock:
    listed = {"type": "rich_text_list", "style": "bullet", "elements": [_section(item) for item in items]}
    plain = "\n".join(BULLET + _words(item) for item in items)
    return _rich([listed], plain, sum(map(_units, items)))


def _lines(items: Sequence[tuple[Run, ...]]) -> TextBlock:
    """Items that bring their numbers: Slack would count anew what is continued in a further list."""
    runs = [run for item in items for run in (Run("\n"), *item)][1:]
    return _rich([_section(runs)], _words(runs), sum(map(_units, items)))


def _quotation(block: Quotation) -> Iterator[TextBlock]:
    if not is_visible(safe(block.words)):
        return
    credit = phrases.attribution(block.speaker, block.source, block.role)
    runs = [Run(phrases.quoted(block.words, block.marks))]
    if credit:
        runs += [Run("\n"), Run(credit, "quiet")]
    if block.proof:
        runs += [Run(" "), block.proof]
    for piece in _texts(_clean(runs)):
        yield _rich([{**_section(piece), "type": "rich_text_quote"}], _words(piece), _units(piece))


def _rich(elements: list[Json], plain: str, units: int, *, leads: bool = False) -> TextBlock:
    return TextBlock({"type": "rich_text", "elements": elements}, plain, units, leads)


def _section(runs: Sequence[Run]) -> Json:
    return {"type": "rich_text_section", "elements": [_element(run) for run in runs]}


def _element(run: Run) -> Json:
    if run.moment:
        seconds = int(run.moment.timestamp())
        return {"type": "date", "timestamp": seconds, "format": DATE, "fallback": run.text}
    style = {"strong": "bold", "marked": "bold", "code": "code"}.get(run.tone)
    element: Json = {"type": "link", "url": run.url} if run.url else {"type": "text"}
    element["text"] = run.text
    return {**element, "style": {style: True}} if style else element


def _actions(buttons: Sequence[Button]) -> Iterator[TextBlock]:
    """The buttons in rows. One whose action or value Slack would refuse for its length is left out."""
    fit = [one for one in buttons if size(one.action) <= LONGEST_ACTION and size(one.value) <= LONGEST_VALUE]
    for start in range(0, len(fit), MOST_BUTTONS):
        row = fit[start : start + MOST_BUTTONS]
        seen: dict[str, int] = {}
        elements = []
        for button in row:
            seen[button.action] = turn = seen.get(button.action, 0) + 1
            elements.append(_button(button, turn))
        units = sum(size(one["text"]["text"]) for one in elements)
        yield TextBlock({"type": "actions", "elements": elements}, "", units)


def _button(button: Button, turn: int) -> Json:
    """Slack refuses two equal action ids in a row of buttons: the second is told by its number."""
    label = cut(" ".join(safe(button.label).split()), LONGEST_LABEL)
    name = button.action if turn == 1 else f"{button.action}{TWIN}{turn}"
    text = {"type": "plain_text", "text": label if is_visible(label) else phrases.MORE, "emoji": False}
    element: Json = {"type": "button", "action_id": name, "text": text}
    return {**element, "value": button.value} if button.value else element
