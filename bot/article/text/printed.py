"""What browsers print at the edges of each page: the day, the window's title, the address, "1/3"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

_PAGES = r"(?:[^\W\d_]{1,10}\.? )?(?P<page>\d{1,3}) ?(?:/|of|von|de|di|van|sur|av|af|z|из|sayfa) ?(?P<pages>\d{1,3})"
_STAMP = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? (?:at |um |à |kl\.? )?\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[AP]\.?M\.?)?(?: Uhr)?"
_ADDRESS = r"(?:https?|file|about|chrome-extension):\S{2,500}"
_FOOT = re.compile(rf"(?P<url>{_ADDRESS})\s{{1,200}}{_PAGES}")
_DATED_FOOT = re.compile(rf"{_PAGES}\s{{1,200}}{_STAMP}", re.IGNORECASE)
_NUMBERED = re.compile(_PAGES)
_LONE = re.compile(_ADDRESS)
_HEADS = (
    re.compile(rf"{_STAMP}\s{{1,200}}(?P<title>\S.{{2,300}})", re.IGNORECASE),
    re.compile(rf"(?P<title>\S.{{2,300}}?)\s{{1,200}}{_STAMP}", re.IGNORECASE),
)
_ADDRESSED_HEAD = re.compile(rf"(?P<title>\S.{{2,300}}?)\s{{1,200}}(?P<url>{_ADDRESS})")
_STAMPED = re.compile(_STAMP, re.IGNORECASE)
_REFERENCES = "\nReferences\n"
_REFERENCE = re.compile(rf"(?:\d{{1,4}}\. {_ADDRESS}|(?:Visible|Hidden) links:?)$")
_NUMBER = re.compile(r"\[\d{1,4}\](?=[^\W\d_]|#)")
_LONGEST = 900  # Characters of a line at a page's edge.
_FULL = 40  # Characters of a line of prose that a page's end cuts.
_STOPS = tuple('.!?:;"”’»)…。')


@dataclass(frozen=True, slots=True)
class Sheets:
    """The ``text`` without the edges of its pages, under the title that they had, and the address that they named."""

    text: str
    url: str | None


def unprinted(text: str) -> Sheets:
    """The ``text`` of a page that a browser printed; any other as it is.

    A page's edge is known by an address or a day with the number of the page beside it.
    """
    if "://" not in text:
        return Sheets(text, None)
    lines = text.replace("\f", "\n").split("\n")
    bare = [line.strip() if len(line) <= _LONGEST else "" for line in lines]
    edges, urls = _feet(bare)
    if not edges:
        return Sheets(text, None)
    title, heads = _heads(bare, edges, urls)
    address = next((url for url, _ in urls.most_common() if url.startswith("http") and "…" not in url), None)
    kept = _joined(lines, edges | heads)
    return Sheets("\n".join((title, "", *kept) if title else kept), address)


def undumped(text: str) -> str:
    """The ``text`` of a page that Lynx printed, without the list of its links and their numbers; any other as it is."""
    head, mark, foot = text.rpartition(_REFERENCES)
    rows = [line.strip() for line in foot.split("\n") if line.strip()]
    numbered = [row for row in rows if _REFERENCE.match(row)]
    if not mark or not rows or len(numbered) < len(rows):
        return text
    return _NUMBER.sub("", head)


def _feet(bare: Sequence[str]) -> tuple[set[int], Counter[str]]:
    """The places of the lines that tell the page's number beside an address or a day, and the addresses."""
    edges: set[int] = set()
    urls: Counter[str] = Counter()
    last = -1  # the line above that is not empty
    for at, line in enumerate(bare):
        if not line:
            continue
        if (found := _FOOT.fullmatch(line)) and _counts(found):
            edges.add(at)
            urls[found["url"]] += 1
        elif (found := _DATED_FOOT.fullmatch(line)) and _counts(found):
            edges.add(at)
        elif (
            last >= 0
            and (found := _NUMBERED.fullmatch(line))
            and _counts(found)
            and _LONE.fullmatch(bare[last])
        ):
            edges.update((last, at))
            urls[bare[last]] += 1
        last = at
    return edges, urls


def _counts(found: re.Match[str]) -> bool:
    return 0 < int(found["page"]) <= int(found["pages"])


def _heads(bare: Sequence[str], feet: AbstractSet[int], urls: Counter[str]) -> tuple[str | None, set[int]]:
    """The window's title at the head of the pages, and the places of the lines that show it or the day.

    It stands there again and again, or, on a single page, on top. Where no foot has an address, one that
    stands beside it is counted in ``urls``.
    """
    patterns = _HEADS if urls else (*_HEADS, _ADDRESSED_HEAD)
    filled = [at for at, line in enumerate(bare) if line and at not in feet]
    stamps = {at for at in filled if _STAMPED.fullmatch(bare[at])}
    titled = {
        below: bare[below] for above, below in pairwise(filled) if above in stamps and below not in stamps
    }
    addresses: dict[int, str] = {}
    for at in filled:
        found = next(filter(None, (pattern.fullmatch(bare[at]) for pattern in patterns)), None)
        if found and at not in stamps:
            titled[at] = found["title"]
            addresses.update({at: found["url"]} if "url" in found.re.groupindex else {})
    title, most = next(iter(Counter(titled.values()).most_common(1)), (None, 0))
    alone = {at for at in filled if bare[at] == title}
    if most == 1 and not alone - set(titled):  # On a single sheet it stands on top.
        title = next((titled[at] for at in filled[:2] if at in titled), None)
    heads = [at for at, one in titled.items() if one == title]
    urls.update(addresses[at] for at in heads if at in addresses)
    return title, stamps.union(heads, alone if title and most > 1 else ())


def _joined(lines: Sequence[str], edges: AbstractSet[int]) -> Iterator[str]:
    """The lines without the ``edges``; a sentence that they cut goes on without an empty line."""
    last = ""
    cut = gap = False
    for at, line in enumerate(lines):
        if at in edges:
            cut = True
        elif not line.strip():
            gap = True
        else:
            goes_on = cut and not last.endswith(_STOPS) and (line.lstrip()[0].islower() or len(last) >= _FULL)
            if gap and not (last and goes_on):
                yield ""
            yield line
            last, cut, gap = line.rstrip(), False, False
