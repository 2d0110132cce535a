"""A chat that Telegram's desktop program exported as a page: each long message is an article.

In a channel all messages are the channel's own; what was forwarded is that of whom it names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement

from bot.article.fields.url import address_alone
from bot.article.formats.item import Item
from bot.article.html.fragment import passages_with_links
from bot.article.html.tree import tree_of
from bot.article.several.chat_text import FEWEST_WORDS
from bot.article.text.block_kinds import words_in

_EXPORT = re.compile(r'class="message (?:default|service)[^"]{0,40}" id="message')
_SENT = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?$")
_TITLE_WORDS = 32


def is_chat_page(markup: str) -> bool:
    """Whether Telegram's desktop program wrote the page."""
    return "page_header" in markup and _EXPORT.search(markup) is not None


def chat_page_items(markup: str) -> list[Item]:
    """The long messages; none where there is none. Raises TooDeep and Unparsable.

    Each item is told what of the chat stands above it in no item, the last one also what stands below.
    """
    tree = tree_of(markup)
    chat = _text_of(tree, ".//div[@class='page_header']//div[contains(@class, 'text')]")
    found: list[Item] = []
    talk: list[str] = []
    sender = ""
    for message in tree.iterfind(".//div[@class]"):
        if "message" not in message.get("class", "").split():
            continue
        sender = _text_of(message, "./div[@class='body']/div[@class='from_name']") or sender
        item = _item(message, chat if sender == chat else "")
        if words_in(item.text) < FEWEST_WORDS:
            talk.append(" ".join(filter(None, (item.title, item.text))))
        else:
            found.append(replace(item, above="\n\n".join(filter(None, talk))))
            talk = []
    return [*found[:-1], replace(found[-1], below="\n\n".join(filter(None, talk)))] if found else []


def _item(message: HtmlElement, channel: str) -> Item:
    text = next(iter(message.xpath(".//div[@class='text']")), None)
    sent = next(iter(message.xpath("./div[@class='body']/div[contains(@class, 'date')]/@title")), "")
    from_whom = next(
        iter(message.xpath(".//div[contains(@class, 'forwarded')]/div[@class='from_name']")), None
    )
    first_sent = "" if from_whom is None else next(iter(from_whom.xpath("./span/@title")), "")
    passages = (
        [] if text is None else passages_with_links(etree.tostring(text, encoding="unicode", with_tail=False))
    )
    titled = len(passages) > 1 and passages[0].whole and 1 < words_in(passages[0].text) <= _TITLE_WORDS
    body = "\n\n".join(passage.text for passage in passages[titled:])
    links = [passage.links[0][1] for passage in passages if passage.whole and len(passage.links) == 1]
    return Item(
        title=passages[0].text if titled else "",
        text=body,
        published=_iso(str(first_sent or sent)),
        source=channel if from_whom is None else " ".join((from_whom.text or "").split()),
        url=(links[0] if len(links) == 1 else address_alone(body, anywhere=True)) or "",
    )


def _text_of(element: HtmlElement, path: str) -> str:
    found: Sequence[HtmlElement] = element.xpath(path)
    return " ".join((found[0].text or "").split()) if found else ""


def _iso(sent: str) -> str:
    """``12.03.2031 08:02:10 UTC+01:00`` as ISO 8601; without a zone the day alone."""
    said = _SENT.match(sent.strip())
    if said is None:
        return ""
    day = f"{said[3]}-{said[2]}-{said[1]}"
    return f"{day}T{said[4]}{said[5]}" if said[5] else day
