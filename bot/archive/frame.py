"""What every page has around it: its head, the search, the landmarks. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.archive.html import Child, Node, element, html, link
from bot.web.links import Grant, Links
from bot.web.settings import Excerpt
from bot.wording.language import say, spoken
from bot.wording.phrases import SEPARATOR
from bot.wording.web import archive

STYLE = files("bot.archive").joinpath("style.css").read_text("utf-8")
STYLE_NAME = f"style-{hashlib.sha256(STYLE.encode()).hexdigest()[:12]}.css"
"""Changes with what it holds, so that browsers may keep it for good."""

LONGEST_QUERY = 500
"""Letters that may be searched for."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a page is for: what their link opens, when and where they read. What a page links to opens no more."""

    links: Links
    grant: Grant
    now: datetime
    zone: str
    excerpt: Excerpt = "paragraph"

    def to(self, *names: str, fragment: str = "", **query: str) -> str:
        """The path to another page."""
        return self.links.to(self.grant, *names, fragment=fragment, **query)

    def address(self, *names: str, **query: str) -> str:
        """The whole address of a page."""
        return self.links.address(self.grant, *names, **query)

    def here(self, moment: datetime) -> datetime:
        """The moment where they are."""
        return moment.astimezone(ZoneInfo(self.zone))


def page(reader: Reader, title: str, *content: Child, feed: str = "", query: str = "") -> str:
    """A page of this title; ``feed`` is the path of what tells of new things on it, ``query`` what was searched for."""
    body = (
        link("#main", say(archive.TO_THE_TEXT), class_="skip"),
        element("header", element("p", "Copydesk", class_="desk"), _search(reader, query)),
        element("main", *content, id="main", tabindex="-1"),
        element("footer", _feed(feed)) if feed else None,
    )
    return whole(title, body, feed)


def notice(title: str, why: str) -> str:
    """A page that says why there is none; it links nowhere, for who asks may be anybody."""
    return whole(title, element("main", element("h1", title), element("p", why), id="main"))


def whole(title: str, body: Child, feed: str = "") -> str:
    """The document."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("title", archive.titled(title, "Copydesk")),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("link", rel="stylesheet", href=Links.style(STYLE_NAME)),
        element("link", rel="alternate", type="application/atom+xml", href=feed, title=title)
        if feed
        else None,
    )
    return html(element("html", head, element("body", body), lang=spoken()))


def quiet(*parts: Child) -> Node | None:
    """A line beside the point, of those parts that there are."""
    there = [part for part in parts if part is not None and part != ""]
    return element("p", _apart(there), class_="quiet") if there else None


def turns(newer: str, older: str) -> Node | None:
    """Links to the pages beside this one."""
    shown: list[Child] = [
        *([link(newer, say(archive.NEWER), rel="prev")] if newer else []),
        *([link(older, say(archive.OLDER), rel="next")] if older else []),
    ]
    return element("nav", _apart(shown), aria_label=say(archive.PAGES)) if shown else None


def _apart(parts: list[Child]) -> Iterator[Child]:
    for number, part in enumerate(parts):
        yield SEPARATOR if number else None
        yield part


def _search(reader: Reader, query: str) -> Node:
    key = reader.links.key(reader.grant, "search")
    return element(
        "form",
        element("label", say(archive.SEARCH), for_="q"),
        element(
            "input",
            type="search",
            name="q",
            id="q",
            value=query,
            maxlength=str(LONGEST_QUERY),
            aria_describedby="q-hint",
        ),
        element("input", type="hidden", name="key", value=key) if key else None,
        element("button", say(archive.SEARCH), type="submit"),
        element("span", say(archive.SEARCH_FOR), id="q-hint", class_="quiet"),
        role="search",
        method="get",
        action=reader.links.to(Grant(), "search"),
    )


def _feed(path: str) -> Node:
    return element("p", link(path, say(archive.SUBSCRIBE), type="application/atom+xml"))
