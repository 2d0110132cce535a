"""The address of the very words: a page's with a text fragment, at which a browser scrolls to them and marks them. Pure.

https://wicg.github.io/scroll-to-text-fragment/: ``#:~:text=[prefix-,]start[,end][,-suffix]``. A browser takes the
first ``start`` on the page whose ``prefix`` and ``suffix`` agree, and the first ``end`` behind it, whatever the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from bot.domain.digests import Part
from bot.domain.model import Article, Span

LONGEST = 1_000
"""Characters of an address: Telegram's renderer leaves out longer ones. Without room the page alone is the proof."""

SHORT = 60
"""Characters of words that are named whole: of longer ones the first and the last, which alone must be on the page."""

FEWEST = 3
"""Words of a beginning, an end, a prefix or a suffix; where they are not enough, more are tried."""

AROUND = 300
"""Characters before and behind the words among which a prefix or a suffix is looked for."""


@lru_cache(
    maxsize=512
)  # of each line it is asked for the message and for the record of it, and so by the next destination
def proof(article: Article, span: Span, part: Part = "text") -> str | None:
    """The address at which a browser shows these words of the article's ``part``; ``None`` where the article has none.

    Where its words are not to be told apart on the page, or do not fit, it is the page's.
    """
    if not article.url or not article.url.startswith(("http://", "https://")):
        return None
    address = f"{article.url}#:~:text="
    head, text = f"{article.title or ''} {article.standfirst or ''} ", article.text
    if part == "standfirst":
        head, text = f"{article.title or ''} ", f"{article.standfirst or ''}\n{article.text}"
    for directive in _directives(head, text, span):
        if len(address) + len(directive) <= LONGEST:
            return address + directive
    return article.url


def _directives(head: str, text: str, span: Span) -> Iterator[str]:
    """What leads a browser to the words and to nothing before them, in ``head`` and ``text``, the plainest first."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_edges(words)))
    end = span.end - len(words) + len(words.rstrip(_edges(words)))
    said = " ".join(text[start:end].split())
    if not said:
        return
    above = head + text[:start]
    page = _folded(above + text[start : end + AROUND])
    at = len(_folded(f"{above}|")) - 1
    if len(said) > SHORT:
        yield from _ranges(said.split(" "), page, at)
    whole = _folded(said)
    if page.find(whole) == at:
        yield _written(said)
        return
    for before in _growing(above[-AROUND:].split()[::-1]):
        prefix = " ".join(before[::-1])
        if _first(page, _folded(prefix), whole) == page.rfind(_folded(prefix), 0, at):
            yield f"{_written(prefix)}-,{_written(said)}"
            return
    for after in _growing(text[end : end + AROUND].split()):
        suffix = " ".join(after)
        if _first(page, whole, _folded(suffix)) == at:
            yield f"{_written(said)},-{_written(suffix)}"
            return


def _first(page: str, one: str, other: str) -> int:
    """Where the two stand first behind one another, with or without a space between them; -1 for nowhere."""
    places = [page.find(f"{one}{gap}{other}") for gap in ("", " ")]
    return min((place for place in places if place >= 0), default=-1)


def _edges(words: str) -> str:
    """The signs of the words that are no letter and no figure: pages and articles may set them in other ways."""
    return "".join({char for char in words if not char.isalnum()})


def _ranges(words: list[str], page: str, at: int) -> Iterator[str]:
    """A beginning that stands nowhere before, and an end that stands nowhere between the two."""
    half, last = len(words) // 2, at + len(_folded(" ".join(words)))
    starts = (" ".join(words[:count]) for count in range(FEWEST, half + 1))
    start = next((one for one in starts if page.find(_folded(one)) == at), None)
    ends = (" ".join(words[-count:]) for count in range(FEWEST, half + 1))
    for end in ends if start else ():
        if start and page.find(_folded(end), at + len(_folded(start))) == last - len(_folded(end)):
            yield f"{_written(start)},{_written(end)}"
            return


def _growing(words: list[str]) -> Iterator[list[str]]:
    """The first three words, the first four, and so on to nine; fewer where there are no more."""
    for count in range(min(FEWEST, len(words)) or 1, min(len(words), 3 * FEWEST) + 1):
        yield words[:count]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _written(words: str) -> str:
    """Percent-encoded, with what the directive's own syntax is made of: ``&``, ``-`` and ``,``."""
    return quote(words, safe="").replace("-", "%2D")
