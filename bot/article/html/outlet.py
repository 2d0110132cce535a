"""What readers call the outlet of a web page."""

from __future__ import annotations

import re
from itertools import chain

from bot.article.fields.credits import letters, without_place
from bot.article.fields.stated import Stated
from bot.article.fields.url import host

_COMPANY = re.compile(
    r"\b(?:ag|gmbh|kg|se|inc|ltd|llc|plc|corp|corporation|company|s\.?l\.?u?\.?|s\.?a\.?(?:s|rl)?\.?|s\.?p\.?a|s\.?r\.?l"
    r"|a\.s|s\.?r\.?o|sp\. z o\.o|d\.o\.o|kft|zrt|b\.?v|n\.?v|oy|oyj|ab|a/s|asa|a\.?ş|pty|limited|holdings?|group|gruppe|foundation|stiftung|publishing|publications"
    r"|verlag|verlagsgesellschaft|mediengruppe|blogger|wordpress|substack|medium)\b\.?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"copyright\b|.{0,40}(?:©|&(?:amp;)?copy|\(c\))|[{}]|[\W\d_]*$", re.IGNORECASE)
"""Rights, what a template was to fill in, and numbers."""

_BESIDE = re.compile(r" (?:[|•·–—-]|//) |: ")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}$", re.IGNORECASE)


_TELLING = 4  # Letters of a host's label that is looked for within a name.


def outlet(data: Stated, tags: Stated, beside_title: str | None, url: str | None) -> str | None:
    """The site's own name, else the publisher's, else the name beside the title, else the host of ``url``.

    Linked data often names the company that owns the outlet: a name that a company or a publishing
    platform has comes last, and a site that calls itself by its host gives way to a name in words.
    """
    site, publisher = (
        without_place(_without_slogan(name, url)) if name and not _NO_NAME.match(name) else None
        for name in (tags.site, data.source or tags.source)
    )
    if site and publisher and letters(site) == letters(publisher):
        return max(publisher, site, key=_capitals)
    if publisher and _is_author(publisher, data, tags, url):
        publisher = None
    named = [name for name in (site, publisher, beside_title) if name and not _COMPANY.search(name)]
    words = [name for name in named if not _HOST.match(name)]
    return next(iter((*words, *named, *filter(None, (site,)))), None) or host(url) or publisher


def _is_author(publisher: str, data: Stated, tags: Stated, url: str | None) -> bool:
    """Whether the page calls its author its publisher, who is not the one whose host it is."""
    if letters(publisher) not in map(letters, filter(None, (data.byline, tags.byline))):
        return False
    labels = [letters(label) for label in (host(url) or "").split(".")]
    return bool(labels) and letters(publisher) not in labels


def _without_slogan(name: str, url: str | None) -> str:
    """The part of ``name`` that the host of ``url`` is called by, where it has parts: "Gazette | News of the port"."""
    parts = _BESIDE.split(name)
    labels = [letters(label) for label in (host(url) or "").split(".")[:-1]]
    same = (part for part in parts if letters(part) in labels)
    more = (
        part for part in parts if any(len(label) >= _TELLING and label in letters(part) for label in labels)
    )
    return next(chain(same, more, (name,))) if len(parts) > 1 else name


def _capitals(name: str) -> tuple[int, int]:
    return sum(word[0].isupper() for word in name.split()), name.count(" ")
