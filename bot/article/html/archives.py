"""Pages that were saved from a web archive: the archive's own bar and statements are taken off."""

from __future__ import annotations

from dataclasses import replace

from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.fields.archived import is_archive, original
from bot.article.fields.stated import Stated

_ASKED = XPath("string(//*[@id='HEADER']//input[@name='q']/@value)")
_WAYBACK = XPath("//*[starts-with(@id, 'wm-ipp') or @id='donato']")
_OTHERS = XPath("//*[@id='HEADER' or @id='FOOTER' or contains(@id, 'google-cache-hdr')]")
_MOST = 20  # Bars that are taken off.


def unwrapped(tree: HtmlElement, tags: Stated, saved_from: str | None) -> Stated:
    """``tags`` without what an archive says about its copy; its bars leave ``tree``.

    archive.today states the time of capture as the date of publication, and itself as the site; what the page
    itself stated is gone there, but for what a reader sees. The other archives leave its statements alone.
    """
    names_itself = is_archive(tags.site)
    asked = _ASKED(tree)
    bars = _WAYBACK(tree)
    if names_itself or is_archive(tags.url) or is_archive(saved_from):
        bars += _OTHERS(tree)
    for bar in bars[:_MOST]:
        if bar.getparent() is not None:
            bar.drop_tree()
    if not names_itself:
        return tags
    copied = tags.url if tags.url and original(tags.url) != tags.url else asked or tags.url
    return replace(tags, url=copied, site=None, published=None, dated=None, described=())
