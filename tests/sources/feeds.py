"""Feeds as a test writes them, articles long enough to be one, and a store in memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from xml.sax.saxutils import escape

from bot.domain.sourcing import Source, SourceState

STREETS = ("Quay", "Mill", "Rope", "Salt", "Tar", "Net", "Sail", "Mast")


def story(subject: str) -> str:
    """Some two hundred words on the subject, in paragraphs."""
    return "".join(
        f"<p>The council of the harbour town decided on Tuesday that {subject} in {street} Street is to be repaired "
        f"before the summer fair, as its engineers had asked for since a fall in the winter of {2015 + number}.</p>"
        for number, street in enumerate(STREETS)
    )


def page(subject: str) -> bytes:
    title = f"Repairs to {subject} decided"
    head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{story(subject)}</article></body></html>".encode()


def an_item(title: str, link: str = "", body: str = "", guid: str = "") -> str:
    return (
        f"<item><title>{escape(title)}</title>"
        + (f"<link>{escape(link)}</link>" if link else "")
        + (f'<guid isPermaLink="false">{guid}</guid>' if guid else "")
        + f"<description>{escape(body)}</description></item>"
    )


def rss(*items: str) -> bytes:
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay Courier</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


def atom(title: str, link: str, body: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay Courier</title>'
        f'<entry><id>x</id><title>{escape(title)}</title><link href="{escape(link)}"/>'
        f'<content type="html">{escape(body)}</content></entry></feed>'
    ).encode()


def json_feed(title: str, link: str, body: str) -> bytes:
    item = {"id": "1", "url": link, "title": title, "content_html": body}
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "The Quay Courier", "items": [item]}
    return json.dumps(whole).encode()


class MemorySources:
    """What sources remember, for one test."""

    def __init__(self, *imported: Source) -> None:
        self.listed = imported
        self.kept: dict[str, SourceState] = {}
        self.times: Counter[str] = Counter()

    async def imported(self) -> tuple[Source, ...]:
        return self.listed

    async def states(self) -> Mapping[str, SourceState]:
        return dict(self.kept)

    async def keep(self, state: SourceState) -> None:
        self.kept[state.url] = state

    async def known(self, keys: Collection[str]) -> Mapping[str, int]:
        return {key: self.times[key] for key in keys if key in self.times}

    async def taken(self, keys: Iterable[str], _: datetime) -> None:
        self.times.update(dict.fromkeys(keys, 1))

    async def seen(self, keys: Iterable[str], _: datetime) -> None:
        assert all(key in self.times for key in keys)
