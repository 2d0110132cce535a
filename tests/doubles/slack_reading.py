"""What a reader would see of a Slack message, whom it would ping and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.doubles.slack_blocks import Json

_ANGLE = re.compile(r"<([^<>\n]{1,20000})>")  # a link of 3,000 letters, each of which may be written as five
_ENTITY = re.compile(r"&(lt|gt|amp);")
_SIGNS = {"lt": "<", "gt": ">", "amp": "&"}
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_PING = re.compile(r"(?:!(?:channel|here|everyone)|!subteam\^\w+|@[UWB]\w+)\Z")
_NAMED = re.compile(r"(?<![\w@])@(?:channel|here|everyone)\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """One text as it was sent: `marked` when Slack reads mrkdwn in it, not when it is plain_text."""

    raw: str
    marked: bool = True
    parsed: bool = False  # sent with parse=full or link_names: bare @channel pings too

    @property
    def shown(self) -> str:
        """The words on the screen: links are their labels, entities are their signs."""
        if not self.marked:
            return self.raw
        return _ENTITY.sub(lambda found: _SIGNS[found[1]], _ANGLE.sub(_label, self.raw))

    @property
    def pings(self) -> list[str]:
        """The marks that would notify somebody, `<!channel>` or `<@U1>`."""
        if not self.marked:
            return []
        found = [match[0] for match in _ANGLE.finditer(self.raw) if _PING.match(match[1].split("|")[0])]
        return found + (_NAMED.findall(self.raw) if self.parsed else [])

    @property
    def links(self) -> list[tuple[str, str]]:
        """Where each explicit link leads, and its label."""
        pairs = [match[1].partition("|") for match in _ANGLE.finditer(self.raw) if self.marked]
        return [(to, label or to) for to, _, label in pairs if _ADDRESS.match(to)]


def _label(match: re.Match[str]) -> str:
    target, bar, label = match[1].partition("|")
    if _ADDRESS.match(target):
        return label or target
    if target[:1] in "@#" and len(target) > 1:
        return target[0] + (label.lstrip("@#") if bar else target[1:])
    if target.startswith("!date^"):
        return label
    if target.startswith("!"):
        return label or "@" + target[1:].partition("^")[0]
    return match[0]


def pieces(text: str, blocks: Any, *, parsed: bool = False) -> list[Piece]:
    """Every text of a message: the notification's first, then the blocks' from top to bottom."""
    head = [Piece(text, parsed=parsed)] if text else []
    return head + list(_inside(blocks or []))


def _inside(value: Any) -> Iterator[Piece]:
    if isinstance(value, list):
        for item in value:
            yield from _inside(item)
    elif isinstance(value, dict):
        yield from _inside_object(value)


def _inside_object(value: Json) -> Iterator[Piece]:
    kind = value.get("type", "")
    if kind in ("mrkdwn", "plain_text", "markdown") and isinstance(value.get("text"), str):
        yield Piece(value["text"], marked=kind != "plain_text")
    elif kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        yield Piece("".join(map(_rich, value.get("elements", []))))
    else:
        if isinstance(value.get("alt_text"), str):
            yield Piece(value["alt_text"], marked=False)
        for item in value.values():
            yield from _inside(item)


_RICH: dict[str, Callable[[Json], str]] = {
    "link": lambda one: f"<{one['url']}|{_escaped(one.get('text') or one['url'])}>",
    "user": lambda one: f"<@{one['user_id']}>",
    "usergroup": lambda one: f"<!subteam^{one['usergroup_id']}>",
    "broadcast": lambda one: f"<!{one['range']}>",
    "channel": lambda one: f"<#{one['channel_id']}>",
    "emoji": lambda one: f":{one['name']}:",
    "date": lambda one: _escaped(str(one.get("fallback", ""))),
}


def _rich(element: Json) -> str:
    """A rich text element as the mrkdwn that reads the same."""
    write = _RICH.get(element.get("type", ""))
    return write(element) if write else _escaped(str(element.get("text", "")))


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
