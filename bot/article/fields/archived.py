"""Copies in web archives: the address that was copied, and the page without the archive's own bar and statements."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.article.fields.stated import Stated

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HOSTS = r"archive\.(?:today|ph|is|li|md|fo|vn)"
_ADDRESSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"https?://(?:web\.|www\.)?archive\.org/(?:web/)?(?:\d{4,14}|\*)(?:[a-z]{2}_)?/(?P<url>.+)",
        rf"https?://{_HOSTS}/(?:o/\w{{1,9}}/|(?:\d{{4}}\.\d\d\.\d\d-\d{{6}}|\d{{14}}|newest|oldest)/)(?P<url>.+)",
        r"https://[\w-]{1,100}\.cdn\.ampproject\.org/[cv]/(?P<s>s/)?(?P<url>.+)",
        r"https?://(?:www\.)?google\.[a-z.]{2,6}/amp/(?P<s>s/)?(?P<url>.+)",
        r"https?://webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]{6,20}:)?(?P<url>[^+&\s]+).*",
    )
)
_ARCHIVE = re.compile(
    rf"(?:https?://)?(?:(?:web\.|www\.)?archive\.org|{_HOSTS}|webcache\.googleusercontent\.com)(?:[/:]|$)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(https?):/+", re.IGNORECASE)
_ASKED = "string(//*[@id='HEADER']//input[@name='q']/@value)"
_WAYBACK = "//*[starts-with(@id, 'wm-ipp') or @id='donato']"
_OTHERS = "//*[@id='HEADER' or @id='FOOTER' or contains(@id, 'google-cache-hdr')]"
_MOST = 20  # Bars that are taken off.


def original(url: str) -> str:
    """The address whose copy ``url`` is, for an address of the Wayback Machine, archive.today, Google's cache or a cache of AMP pages."""
    for pattern in _ADDRESSES:
        if found := pattern.fullmatch(url):
            copied = _SCHEME.sub(r"\1://", found["url"], count=1)
            scheme = "https" if found.groupdict().get("s") else "http"
            return copied if _SCHEME.match(copied) else f"{scheme}://{copied}"
    return url


def is_archive(name: str | None) -> bool:
    """Whether ``name``, an address or a host, is a web archive's."""
    return bool(name and _ARCHIVE.match(name.strip()))


def unwrapped(tree: HtmlElement, tags: Stated, saved_from: str | None) -> Stated:
    """``tags`` without what an archive says about its copy; its bars leave ``tree``.

    archive.today states the time of capture as the date of publication, and itself as the site; what the page
    itself stated is gone there, but for what a reader sees. The other archives leave its statements alone.
    """
    names_itself = is_archive(tags.site)
    asked = tree.xpath(_ASKED) if names_itself else ""
    bars = tree.xpath(_WAYBACK)
    if names_itself or is_archive(tags.url) or is_archive(saved_from):
        bars += tree.xpath(_OTHERS)
    for bar in bars[:_MOST]:
        if bar.getparent() is not None:
            bar.drop_tree()
    if not names_itself:
        return tags
    copied = tags.url if tags.url and original(tags.url) != tags.url else asked or tags.url
    return replace(tags, url=copied, site=None, published=None, dated=None, described=())
