"""What readers call the outlet of a web page, and what else may stand beside its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain, islice
from unicodedata import normalize
from urllib.parse import urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.fields.credits import letters, masthead, rights_holder, without_place
from bot.article.fields.stated import Stated
from bot.article.fields.url import host
from bot.article.html.inlines import ENOUGH

_COMPANY = re.compile(
    r"\b(?:ag|gmbh|kg|se|inc|ltd|llc|plc|corp|corporation|company|s\.?l\.?u?\.?|s\.?a\.?(?:s|rl)?\.?|s\.?p\.?a|s\.?r\.?l"
    r"|a\.s|s\.?r\.?o|sp\. z o\.o|d\.o\.o|kft|zrt|b\.?v|n\.?v|oy|oyj|ab|a/s|asa|a\.?ş|pty|limited|holdings?|group|gruppe|foundation|stiftung|publishing|publications"
    r"|verlag|verlagsgesellschaft|mediengruppe|blogger|wordpress|substack|medium)\b\.?",
    re.IGNORECASE,
)
_SOCIETY = re.compile(r"\be\. ?V\.?$", re.IGNORECASE)
_NO_NAME = re.compile(r"copyright\b|.{0,40}(?:©|&(?:amp;)?copy|\(c\))|[{}]|[\W\d_]*$", re.IGNORECASE)
"""Rights, what a template was to fill in, and numbers."""

_BESIDE = re.compile(r" (?:[|•·–—-]|//) |: ")
_RESERVED = "版权所有"  # "All rights reserved", which Chinese sites add to their name.
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}$", re.IGNORECASE)

LONGEST = 400
"""Characters of a title, or of what may stand beside it, that are looked at."""

_CHANNEL = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:网|網|频道|頻道|新闻|新聞|日报|日報|早报|早報|晚报|晚報|晨报|时报|時報|在线|网站|網站|传媒|傳媒|电视台|電視台|客户端|門戶|门户)"
)  # Of Chinese sites.
DATE = re.compile(
    r"\b\d{1,2}[./-](?:\d{1,2}[./-]| ?[^\W\d_]{3,12} )(?:20)?\d\d|\b20\d\d-\d\d-\d\d|\b[^\W\d_]{3,12}\.? \d{1,2}, 20\d\d|\b\d{1,2} [^\W\d_]{3,12}\.? 20\d\d"
)
"""A day, as it stands beside titles."""

_OPENING_DATE = re.compile(rf"(?:{DATE.pattern})(?!\w) ?[|–—-] (?=\S)")
_RIGHTS = XPath("//body//text()[contains(., '©') or contains(., 'Copyright')]")
_MOST_RIGHTS = 5
_FRONT = re.compile(r"(?:(?:https?:)?//([^/?#]{1,100}))?/?")
_DATED = 30  # Characters of a part that is a date and a time of day.
_LINKS = 200  # Links among which those to the front page are looked for.
_PIECES = 10  # Pieces of text of such a link.
_LONG_PART = 12  # Words of a part that names a site.
_MORE = 4  # Words that a part may have beside the site's name: "Daily Gazette Online".
_EDGES = " –—-|·•:"
"""What a template leaves at the edge of a name whose other half it has not."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_LEAST_INITIALS = 3  # Two stand at the head of a host by chance.
_TELLING = 4  # Letters of a host's label that is looked for within a name.


def outlet(data: Stated, tags: Stated, beside_title: str | None, url: str | None) -> str | None:
    """The site's own name, else the publisher's, else the name beside the title or in linked data, else the host of ``url``.

    Linked data often names the company that owns the outlet: a name that a company or a publishing
    platform has comes last, and a site that calls itself by its host gives way to a name in words.
    """
    site, publisher, website = (
        without_place(_without_slogan(name.removesuffix(_RESERVED).strip(_EDGES), url)).removeprefix("www.")
        if name and name.strip(_EDGES) and not _NO_NAME.match(name)
        else None
        for name in (tags.site, data.source or tags.source, data.site)
    )
    if site and publisher and letters(site) == letters(publisher):
        return max(publisher, site, key=_capitals)
    if publisher and (
        _is_author(publisher, data, tags, url) or not (data.source or _is_known(publisher, url))
    ):
        publisher = None
    if site and publisher and url and not _COMPANY.search(publisher):
        # Some pages call their section the site.
        site = publisher if spelled_alike(publisher, url) and not spelled_alike(site, url) else site
    named = [name for name in (site, publisher, beside_title, website) if name and not _COMPANY.search(name)]
    words = [name for name in named if not _HOST.match(name)]
    return next(iter((*words, *named, *filter(None, (site,)))), None) or host(url) or publisher


def shown_outlet(tree: HtmlElement) -> str | None:
    """The name that the page's link to its front page shares with its line of rights, or with its window's whole title."""
    fronts = {key for name in _fronts(tree) if len(key := letters(name)) > 2}
    names = (*_holders(tree), " ".join((tree.findtext(".//title") or "")[:LONGEST].split())) if fronts else ()
    return next(
        (name for name in names if letters(name) in fronts and not (_HOST.match(name) or name.islower())),
        None,
    )


def _is_author(publisher: str, data: Stated, tags: Stated, url: str | None) -> bool:
    """Whether the page calls its author its publisher, who is not the one whose host it is."""
    if letters(publisher) not in map(letters, filter(None, (data.byline, tags.byline))):
        return False
    labels = [letters(label) for label in (host(url) or "").split(".")]
    return bool(labels) and letters(publisher) not in labels


def _is_known(publisher: str, url: str | None) -> bool:
    """Whether the publisher of a ``meta`` element, often the person that runs the site, is called as its host or by an outlet's noun."""
    return not url or spelled_alike(publisher, url) or masthead([publisher]) is not None


def _without_slogan(name: str, url: str | None) -> str:
    """The part of ``name`` that the host of ``url`` is called by, where it has parts: "Gazette | News of the port"."""
    parts, labels = _BESIDE.split(name), _labels(url)
    same = (part for part in parts if letters(part) in labels)
    more = (
        part for part in parts if any(len(label) >= _TELLING and label in letters(part) for label in labels)
    )
    return next(chain(same, more, (name,))) if len(parts) > 1 else name


def spelled_alike(name: str, url: str) -> bool:
    """Whether the host of ``url`` may be spelled after ``name``: after one of its words, how it begins, or its initials.

    A name in another script than hosts are written in may be anybody's.
    """
    labels = list(filter(None, _labels(url)))
    return any(_is_after(label, words) for words in _spellings(name) for label in labels)


def _labels(url: str | None) -> list[str]:
    """The labels of the host, in letters, but the last."""
    return [letters(label) for label in (host(url) or "").split(".")[:-1]]


def _is_after(label: str, words: list[str]) -> bool:
    initials = "".join(word[0] for word in words)
    if not initials or initials == label or (len(initials) >= _LEAST_INITIALS and label.startswith(initials)):
        return True
    first, whole = words[0], "".join(words)
    if (
        label in words
        or whole.startswith(label)
        or (len(first) >= _LEAST_INITIALS and label.startswith(first))
    ):
        return True
    return (len(label) >= _TELLING and label in whole) or any(
        word in label for word in words if len(word) >= _TELLING
    )


def _spellings(name: str) -> Iterator[list[str]]:
    """The words of ``name`` in the letters of hosts: "Süd" is spelled "sud" and "sued"."""
    for spelled in dict.fromkeys((name.casefold(), name.casefold().translate(_UMLAUTS))):
        plain = normalize("NFKD", spelled.translate(_STROKES)).encode("ascii", "ignore").decode()
        yield [word for part in re.split(r"[\s_-]+", plain) if (word := letters(part))]


def _capitals(name: str) -> tuple[int, int]:
    return sum(word[0].isupper() for word in name.split()), name.count(" ")


class Beside:
    """What may stand beside a title, in letters: names of the ``sites``; what its section and front page are called."""

    def __init__(self, tree: HtmlElement, data: Stated, tags: Stated, sites: AbstractSet[str]) -> None:
        self.sites = sites
        self._tree = tree
        self._sections = (data.section or "", tags.section or "")

    @cached_property
    def labels(self) -> AbstractSet[str]:
        """The section, whose rights the page states, and what links to front pages are called: the site, and "Home".

        Few pages need them.
        """
        return self._owners | {key for name in self._sections if len(key := letters(name)) > 2}

    @cached_property
    def _owners(self) -> AbstractSet[str]:
        names = (*_fronts(self._tree), *_holders(self._tree))
        return {key for name in names if len(key := letters(name)) > 2}

    def outlet(self, in_tag: str | None, in_window: str | None, url: str | None) -> str | None:
        """Which of what stood beside the title in the tag and in the window's title is the outlet's name.

        A section, a day, a slogan or the number of a page stands there as well: where the address is known, something else must
        call the site so, or be spelled like it.
        """
        names = [name for name in (in_tag, in_window) if name]
        return next((name for name in names if not url or self._calls(name, url)), None)

    def _calls(self, name: str, url: str) -> bool:
        key = letters(name)
        if key.isdigit() or (len(name) <= _DATED and DATE.match(name)):
            return False
        if self.is_site(name) or key in self._owners or masthead([name]) or _HOST.fullmatch(name.strip()):
            return True
        return (_CHANNEL.fullmatch(name) or _SOCIETY.search(name)) is not None or spelled_alike(name, url)

    def is_site(self, part: str) -> bool:
        """Whether ``part`` is one of the site's names; where nothing is known of it, any host: "ledger.example"."""
        return letters(part) in self.sites or (not self.sites and _HOST.fullmatch(part.strip()) is not None)

    def has(self, part: str) -> bool:
        """Whether ``part`` of a text names the site, a section or a channel, or is a date.

        Where nothing is known of the site, it also is any host, and what an outlet's noun ends: "Port Gazette".
        """
        key = letters(part)
        if len(key) < 3:
            return False
        part = part.strip()
        if self.is_site(part) or key in self.labels or (not self.sites and masthead([part])):
            return True
        if _CHANNEL.fullmatch(part) or (len(part) <= _DATED and DATE.match(part)):
            return True
        return any(
            site.startswith(key) or site.endswith(key) or _holds(part, key, site) for site in self.sites
        )


def _holders(tree: HtmlElement) -> Iterator[str]:
    """Whose rights the page states, by its last lines that do."""
    for text in _RIGHTS(tree)[-_MOST_RIGHTS:]:
        box = text.getparent()
        line = " ".join(box.text_content()[:LONGEST].split()) if box is not None else ""
        if name := rights_holder([line]):
            yield name


def _holds(part: str, key: str, site: str) -> bool:
    """Whether ``site`` stands in ``part`` as whole words, beside few others."""
    if site not in key:
        return False
    words = [letters(word) for word in part.split()]
    if len(words) == 1:  # In scripts without spaces: "港新聞デジタル".
        return key.startswith(site) and not key.isascii()
    if len(words) > _LONG_PART:
        return False
    least = max(1, len(words) - _MORE)
    return any(
        "".join(words[at : at + size]) == site
        for size in range(least, len(words))
        for at in range(len(words) - size + 1)
    )


def site_names(data: Stated, tags: Stated, url: str | None) -> set[str]:
    """The names under which the site may stand beside a title."""
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    names = {data.source or "", tags.source or "", tags.site or "", host, host.rpartition(".")[0]}
    return {key for name in names if len(key := letters(name)) > 2}


def _fronts(tree: HtmlElement) -> Iterator[str]:
    """What each link to a front page says, the names of its pictures, and its host."""
    for link in islice(tree.iter("a"), _LINKS):
        front = _FRONT.fullmatch((link.get("href") or "").strip()[:LONGEST])
        if front is None or not front[0]:
            continue
        yield "".join(islice(link.itertext(), _PIECES))[:LONGEST]
        yield link.get("title") or ""
        yield from ((image.get("alt") or "")[:LONGEST] for image in islice(link.iter("img"), 2))
        yield (front[1] or "").removeprefix("www.").rpartition(".")[0]


def without_date(heading: str, named: tuple[str, ...]) -> str:
    """A heading without a date that opens it, or one behind it and what follows that, where no title has them."""
    for found in DATE.finditer(heading):
        rest = heading[found.end() :] if not heading[: found.start()].strip() else heading[: found.start()]
        key = letters(rest)
        if len(key) >= ENOUGH and any(key in name and letters(heading) not in name for name in named):
            return rest.strip(" :|·•–—-")
    return heading


def undated(title: str) -> str:
    """A title without the day of publication that opens it: "04.03.2031 - Harbour bridge closes"."""
    found = _OPENING_DATE.match(title)
    return title[found.end() :] if found and len(letters(title[found.end() :])) >= ENOUGH else title
