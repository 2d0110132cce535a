"""What readers call the outlet of a web page."""

from __future__ import annotations

import re

from bot.article.fields.credits import letters
from bot.article.fields.stated import Stated
from bot.article.fields.url import host

_COMPANY = re.compile(
    r"\b(?:ag|gmbh|kg|se|inc|ltd|llc|plc|corp|corporation|company|s\.?l\.?u?\.?|s\.?a\.?(?:s|rl)?\.?|s\.?p\.?a|s\.?r\.?l"
    r"|b\.?v|n\.?v|oy|oyj|ab|a/s|asa|a\.?ş|pty|limited|holdings?|group|gruppe|foundation|stiftung|publishing|publications"
    r"|verlag|verlagsgesellschaft|mediengruppe|blogger|wordpress|substack|medium)\b\.?",
    re.IGNORECASE,
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}$", re.IGNORECASE)


def outlet(data: Stated, tags: Stated, beside_title: str | None, url: str | None) -> str | None:
    """The site's own name, else the publisher's, else the name beside the title, else the host of ``url``.

    Linked data often names the company that owns the outlet: a name that a company or a publishing
    platform has comes last, and a site that calls itself by its host gives way to a name in words.
    """
    site, publisher = tags.site, data.source or tags.source
    if site and publisher and letters(site) == letters(publisher):
        return max(publisher, site, key=_capitals)
    named = [name for name in (site, publisher, beside_title) if name and not _COMPANY.search(name)]
    words = [name for name in named if not _HOST.match(name)]
    return next(iter((*words, *named, *filter(None, (site,)))), None) or host(url) or publisher


def _capitals(name: str) -> tuple[int, int]:
    return sum(word[0].isupper() for word in name.split()), name.count(" ")
