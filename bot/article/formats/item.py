"""An article with its fields apart, as feeds, agencies, mails and JSON files give it.

A document that holds several such items is taken apart into documents of one item each, written as
JSON (:func:`packed`), so that each is read, kept and answered for by itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Literal

from bot.article.encoding import tidy, with_marks
from bot.article.fields import agencies
from bot.article.fields.credits import authors, letters
from bot.article.fields.embargo import stated as embargo
from bot.article.fields.publication import day_of
from bot.article.fields.stated import LONGEST_STANDFIRST
from bot.article.fields.url import address_alone, canonical, host
from bot.article.html.fragment import TooDeep, looks_like_html, plain
from bot.article.html.inlines import unmarked
from bot.article.text.block_kinds import words_in
from bot.article.text.blocks import blocks
from bot.article.text.page import Found, find
from bot.domain.unicode import well_formed

MEDIA_TYPE = "application/vnd.copydesk.item+json"
"""Of a document that :func:`packed` wrote."""

LONGEST_FIELD = 500
"""Characters of a title, a name or an address; a longer one is something else and is left out."""

_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|enc|i|vs)(?:\[\d{1,2}\])? ?: ?)+", re.IGNORECASE)
_TAG = re.compile(r"\s{0,9}\[([^\[\]]{2,60})\]\s{0,9}")
_OUTSIDE = re.compile(
    r"(?:external|ext|extern|externe|externo|esterno|spam|bulk|newsletter|caution)(?: e?-?mail| sender| message)?[:!]?",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"[\s:|,–—-]{0,5}(?:(?:issue|no|nr|nº|n°|vol(?:ume)?|ausgabe|edition|édition|edición|numero|número)\.? ?#?|#)\d{1,5}\s{0,9}$",
    re.IGNORECASE,
)
"""The number of a letter behind its name."""

_LANGUAGE = re.compile(r"[A-Za-z]{2}(?=$|[-_])")
_WORD = re.compile(r"\w{3,}")

Trust = Literal["whole", "body", "letter"]


@dataclass(frozen=True, slots=True)
class Item:
    """One article's fields as they stand in the document; an empty string for what it does not say.

    The body is ``text``, or ``html`` where that is empty. ``trust`` says what it is: ``whole`` is the
    article and nothing else, ``body`` may have a site's boilerplate around it, and a ``letter`` may be
    no article at all. ``subject`` stands in for a title where the text has none. ``above`` and ``below``
    are what the document has before and after it that is in no item: paragraphs, an empty line between.
    """

    title: str = ""
    subject: str = ""
    text: str = ""
    html: str = ""
    published: str = ""
    byline: str = ""
    source: str = ""
    standfirst: str = ""
    agency: str = ""
    section: str = ""
    language: str = ""
    url: str = ""
    hold_until: str = ""
    expires: str = ""
    trust: Trust = "body"
    above: str = ""
    below: str = ""


def packed(item: Item) -> bytes:
    """The item as JSON, its texts well-formed; the same bytes for the same item."""
    record = {each.name: well_formed(with_marks(getattr(item, each.name))) for each in fields(item)}
    return json.dumps({name: value for name, value in record.items() if value}).encode()


def unpacked(data: bytes) -> Item:
    """The item that :func:`packed` wrote."""
    return Item(**json.loads(data))


def read_item(item: Item, received: datetime) -> Found | None:
    """What the item says; ``None`` when it has no text. Raises TooDeep for markup of that kind."""
    text = tidy(item.text if item.text.strip() else plain(item.html))
    found = _read(item, text, received)
    if found is None:
        return None
    stated = day_of(line(item.published) or "", received)
    url = canonical(item.url.strip()) or (address_alone(text) if item.trust == "letter" else None)
    source = line(item.source) or found.source or host(url)
    own_date_first = item.trust == "letter" and found.published is not None
    return replace(
        found,
        title=_bare(line(item.title), source) or _titled(found.title, line(item.subject), source),
        source=source,
        standfirst=standfirst(item.standfirst) or found.standfirst,
        agency=line(item.agency) or agencies.named(line(item.byline)) or found.agency,
        byline=_byline(item, source, found.byline),
        published=found.published if own_date_first else stated or found.published,
        section=line(item.section) or found.section,
        url=url,
        language=language_code(item.language),
        hold_until=embargo(item.hold_until),
        expires=embargo(item.expires),
    )


def _byline(item: Item, source: str | None, found: str | None) -> str | None:
    """Who wrote it: of a letter, whom its text names before the people of its head."""
    stated = authors(line(item.byline), {letters(source or "")})
    return (found or stated) if item.trust == "letter" else (stated or found)


def _bare(title: str | None, source: str | None) -> str | None:
    """A title without markup that was written into it, and without the source at its end."""
    return unmarked(title).removesuffix(f" - {source}") if title else None


def line(value: str, longest: int = LONGEST_FIELD) -> str | None:
    """A field as one clean line; ``None`` when it is empty or too long to be one."""
    value = " ".join(tidy(value[: longest * 4]).split())
    return value if value and len(value) <= longest else None


def standfirst(value: str) -> str | None:
    """A field that is a standfirst as one clean line, without markup; ``None`` for an empty or longer one."""
    value = value[: LONGEST_STANDFIRST * 4]
    if looks_like_html(value):
        try:
            value = plain(value)
        except TooDeep:
            return None
    return line(value, LONGEST_STANDFIRST)


def language_code(value: str) -> str | None:
    """The two letters of a tag such as ``en-GB``."""
    found = _LANGUAGE.match(value.strip())
    return found[0].lower() if found else None


def _read(item: Item, text: str, received: datetime) -> Found | None:
    every = blocks(text)
    found = None if item.trust == "whole" else find(every, received, menus=False)
    if found is None and item.trust != "letter" and any(words_in(block.text) for block in every):
        paragraphs = tuple(block.text for block in every)
        return Found(paragraphs=paragraphs, title=None, source=None, byline=None, published=None)
    return found


def _titled(found: str | None, subject: str | None, source: str | None) -> str | None:
    """The headline that the text has, if the subject speaks of the same or is the letter's name; else the subject."""
    if subject is None:
        return found
    name = letters(source or "").removeprefix("the")
    subject = _unmarked(subject, name)
    if found is None or not subject:
        return subject or found
    if name and letters(_ISSUE.sub("", subject)).removeprefix("the") == name:
        return found
    words = set(_WORD.findall(subject.casefold()))
    return (
        found
        if len(words) < 2 or len(words & set(_WORD.findall(found.casefold()))) * 2 >= len(words)
        else subject
    )


def _unmarked(subject: str, name: str) -> str:
    """A subject without what programs set before it: "Re:", "[EXTERNAL]", the letter's ``name`` in brackets."""
    while True:
        tag = _TAG.match(subject)
        told = tag and (_OUTSIDE.fullmatch(tag[1]) or letters(tag[1]).removeprefix("the") == name)
        found = _REPLY.match(subject) or (tag if told else None)
        if found is None or not subject[found.end() :].strip():
            return subject.strip()
        subject = subject[found.end() :]
