"""A message as a letter: its subject, its text and its HTML. Pure.

Text is escaped by ``_escaped`` and nowhere else. The HTML has inline styles only, for many mail
programs drop every other, and nothing that is loaded from elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from bot.chat.printable import safe
from bot.chat.threads import unthreaded
from bot.domain.events import Payload
from bot.domain.message import Block, Break, Buttons, Heading, Items, Message, Paragraph, Quotation, Run, Tone
from bot.wording import phrases
from bot.wording.language import say

LONGEST_SUBJECT = 150
LONGEST_URL = 2000
"""Letters: what mail programs show of a subject, and what they follow of an address."""

_LINK = re.compile(r"https?://[^\s/@:\[\]<>\"]+(:\d{1,5})?([/?#][!-~]*)?")
"""An address of printable ASCII; no name before an @ can pose as the place."""

_QUIET: Final = "margin:4px 0;color:#666;font-size:14px"
_TONES: dict[Tone, tuple[str, str]] = {
    "plain": ("", ""),
    "strong": ("<b>", "</b>"),
    "quiet": ('<span style="color:#666">', "</span>"),
    "marked": ("<b>", "</b>"),
    "code": ("<code>", "</code>"),
}
_PAGE = """\
<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body style="margin:0;padding:16px"><div dir="auto" style="max-width:640px;margin:0 auto;\
font:16px/1.5 -apple-system,'Segoe UI',Roboto,sans-serif;overflow-wrap:break-word">
{body}
</div></body></html>
"""


def render(message: Message) -> tuple[Payload, ...]:
    """The message as one letter, none when there is nothing to see. Buttons are left out: nobody hears a press."""
    shown = [block for block in unthreaded(message).blocks if not isinstance(block, Break | Buttons)]
    text = "\n\n".join(part for part in map(_text, shown) if part)
    if not text.strip():
        return ()
    subject = _subject(shown)
    html = _PAGE.format(title=_escaped(subject), body="\n".join(part for part in map(_html, shown) if part))
    body = {"subject": subject, "text": f"{text}\n", "html": html, "series": message.series}
    return (Payload(json.dumps(body, ensure_ascii=False), text),)


def _subject(blocks: Iterable[Block]) -> str:
    """What the message calls itself: the same each day, so that mail programs keep its letters together."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph) and (line := _line(block.runs)):
            return line if len(line) <= LONGEST_SUBJECT else line[:LONGEST_SUBJECT].rstrip() + phrases.MORE
    return say(phrases.UNTITLED)


# --- text ----------------------------------------------------------------------------------------


def _text(block: Block) -> str:
    match block:
        case Heading(runs=runs, level=level):
            title = _line(runs)
            return f"{title}\n{'=' * min(len(title), 72)}" if level == 1 else _linked(runs)
        case Paragraph(runs=(Run(url=str()),) as runs, quiet=False):
            return _linked(runs)
        case Paragraph(runs=runs):
            return "".join(safe(run.text) for run in runs).strip()
        case Items(items=items, first=first):
            marks = ("*" if first is None else f"{first + number}." for number in range(len(items)))
            rows = zip(marks, items, strict=True)
            return "\n".join(f"{mark} {_linked(item)}" for mark, item in rows if _line(item))
        case Quotation():
            lines = [phrases.quoted(safe(block.words).strip(), block.marks), *_credit(block)]
            return "\n".join(f"> {line}" for line in "\n".join(lines).split("\n"))
        case _:
            return ""


def _linked(runs: Iterable[Run]) -> str:
    """A line, and below it where it leads."""
    links = dict.fromkeys(link for run in runs if (link := _link(run.url)))
    return "\n  ".join((_line(runs), *links))


def _line(runs: Iterable[Run]) -> str:
    return " ".join(safe("".join(run.text for run in runs)).split())


def _credit(block: Quotation) -> Iterator[str]:
    if credit := phrases.attribution(block.speaker, block.source, block.role):
        yield " ".join(safe(credit).split())


# --- HTML ----------------------------------------------------------------------------------------


def _html(block: Block) -> str:
    match block:
        case Heading(runs=runs, level=1):
            return f'<h1 style="font-size:22px;margin:0 0 4px">{_inline(runs)}</h1>'
        case Heading(runs=runs):
            return f'<h2 style="font-size:18px;line-height:1.3;margin:24px 0 4px">{_inline(runs)}</h2>'
        case Paragraph(runs=runs, quiet=quiet):
            return f'<p style="{_QUIET if quiet else "margin:8px 0"}">{_inline(runs)}</p>'
        case Items(items=items, first=first):
            lines = "".join(f'<li style="margin:4px 0">{_inline(item)}</li>' for item in items if _line(item))
            tag, start = ("ul", "") if first is None else ("ol", f' start="{first}"')
            return f'<{tag}{start} style="margin:8px 0;padding-left:20px">{lines}</{tag}>' if lines else ""
        case Quotation():
            words = _escaped(phrases.quoted(safe(block.words).strip(), block.marks))
            credit = "".join(
                f'<br><span style="color:#666">{_escaped(line)}</span>' for line in _credit(block)
            )
            return (
                '<blockquote style="margin:8px 0;padding-left:12px;border-left:3px solid #ccc">'
                f"{words}{credit}</blockquote>"
            )
        case _:
            return ""


def _inline(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    before, after = _TONES[run.tone]
    text = f"{before}{_escaped(safe(run.text))}{after}"
    link = _link(run.url)
    return f'<a href="{_escaped(link)}" style="color:#1155cc">{text}</a>' if link else text


def _link(url: str | None) -> str:
    """The address, or nothing where it is none or leads elsewhere than it seems."""
    return url if url and len(url) <= LONGEST_URL and _LINK.fullmatch(url) else ""


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")
