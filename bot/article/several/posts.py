"""A page of several posts, each whole: the archive of a newsletter, the front page of a blog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from bot.article.fields.credits import letters
from bot.article.fields.url import canonical
from bot.article.formats.item import Item
from bot.article.html.meta_tags import tagged
from bot.article.html.tree import tree_of
from bot.article.text.block_kinds import words_in

FEWEST_POSTS = 3
"""Posts that make a page of several; an article may have two others below it."""

FEWEST_WORDS = 60
"""Words of a post's paragraphs: one with less is a link to read elsewhere."""

_MOST_OF = 0.6  # Part of all words that the longest may have; else the others stand beside it.
_OPENED = re.compile(r"<article\b", re.IGNORECASE)
_ONE = re.compile(
    r"og:type[\"']?\s{1,9}content=[\"']?article|article:published_time|LiveBlogPosting|[\"'](?:News|Blog|Reportage|Opinion)?(?:Article|Posting)[\"']",
    re.IGNORECASE,
)
_HEADING = ".//h1|.//h2|.//h3|.//h4"


def may_have_posts(markup: str) -> bool:
    """Whether the page has the elements, and says of itself in no tag that it is one article."""
    return len(_OPENED.findall(markup)) >= FEWEST_POSTS and _ONE.search(markup) is None


def posts_of(markup: str) -> list[Item]:
    """The posts of the page; none where it is one article or a list of teasers. Raises Unparsable."""
    tree = tree_of(markup)
    tags = tagged(tree)
    titles = [letters(text or "") for text in (tags.title, tree.findtext(".//title"))]
    found = [
        (post, heading, _words(post))
        for post in tree.iter("article")
        if next(post.iterancestors("article"), None) is None
        for heading in _first(post)
    ]
    posts = [one for one in found if one[2] >= FEWEST_WORDS]
    if len({heading.tag for _, heading, _ in posts}) > 1:
        return []  # A page of posts sets them alike: one of another level is the page's own.
    whole = sum(words for _, _, words in posts)
    if len(posts) < FEWEST_POSTS or max(words for _, _, words in posts) > _MOST_OF * whole:
        return []
    keys = [letters(heading.text_content()) for _, heading, _ in posts]
    if any(key and key in title for key in keys for title in titles):
        return []  # It is the page's own, and the others are beside it.
    return [_item(post, heading, tags.site, tags.url) for post, heading, _ in posts]


def _first(post: HtmlElement) -> Iterator[HtmlElement]:
    """The post's first heading, where it has words."""
    headings = post.xpath(_HEADING)
    if headings and headings[0].text_content().strip():
        yield headings[0]


def _words(post: HtmlElement) -> int:
    return sum(words_in(paragraph.text_content()) for paragraph in post.iter("p"))


def _item(post: HtmlElement, heading: HtmlElement, site: str | None, page: str | None) -> Item:
    link = next(heading.iter("a"), None)
    link = link if link is not None else next(heading.iterancestors("a"), None)
    told = next((time.get("datetime") for time in post.iter("time") if time.get("datetime")), "")
    title = " ".join(heading.text_content().split())
    heading.drop_tree()
    return Item(
        title=title,
        html=etree.tostring(post, encoding="unicode", with_tail=False),
        published=told or "",
        source=site or "",
        url=_address(link, page) or "",
    )


def _address(link: HtmlElement | None, page: str | None) -> str | None:
    href = "" if link is None else (link.get("href") or "").strip()
    try:
        return canonical(urljoin(page or "", href)) if href else None
    except ValueError:
        return None
