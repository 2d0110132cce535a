"""The title of a web page: among its heading, its linked data, its tags and its window title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.fields.credits import letters, masthead
from bot.article.fields.stated import Stated
from bot.article.html.inlines import heading_words, own_part, unmarked, without_accents
from bot.article.html.links import heads_teasers, is_link, is_logo
from bot.article.html.outlet import LONGEST, Beside, site_names, undated, without_date

_MOST = 4_000  # Characters of a heading.
_HEADINGS = 6  # First-level headings that are looked at.
_SURE = 12  # Letters of a title that another text does not end with by chance.
_WORD = re.compile(r"[^\W_]{4,}")
_MARK = re.compile(
    r" [|–—·•»«›‹>:~⋆*/\\♥-]{1,3} | ?[|»«｜ㅣ│] ?|(?<=[\u3040-\u9fff！？”」』）])[_-](?=[\u3040-\u9fff])"
)
_CLOSE_MARK = re.compile(r"(?<=\S)[:：・_／/-](?=\S)")
_BARS = frozenset("|｜ㅣ│")
_LEAST = 8  # Letters of a title before such a mark.
_NAMED_SO = XPath(
    "//body//*[@itemprop='headline' or (@role='heading' and @aria-level='1')"
    " or re:test(@class, '(^|[ _-])(article|entry|post|story|news)[_-]*(title|headline)($| )', 'i')]",
    namespaces={"re": "http://exslt.org/regular-expressions"},
)
_UNREAD = re.compile(r"^\(\d{1,3}\+?\) ")  # How many messages wait: "(2) Bridge closes".
_DANGLING = re.compile(r"\s[|–—·•:│-]{1,3}$")
_QUOTED = re.compile(r"(?<!\S)(?:«\S[^«»]{0,200}(?<=\S)»|»\S[^«»]{0,200}(?<=\S)«)(?!\S)")
# What a place is worth: the declared headline settles it; else the reader's heading, if alone, outweighs a
# tag, and two that agree outweigh a third. Swept on 770 pages of the two sets that have titles.
_DECLARED, _TAG, _ONLY_HEADING, _FIRST_HEADING, _HEADING, _WINDOW = 5.0, 1.0, 1.6, 0.9, 0.6, 0.4
_CLOSING = frozenset("\"'")
_HEADLINE = 20  # Letters of a headline that stands at two places by no chance.
_SECOND_TAG = 0.3  # With the tag and the window's title more than the only heading.


@dataclass(frozen=True, slots=True)
class Titled:
    """The ``title``, without the name of the ``site`` that stood beside it."""

    title: str | None
    site: str | None


def page_title(tree: HtmlElement, data: Stated, tags: Stated, url: str | None) -> Titled:
    """The title on which the page's places agree, or else the best of them; never the site's name."""
    sites = site_names(data, tags, url)
    window_title = _window(tree)
    logos, plain = _first_headings(
        tree, [letters(text or "") for text in (tags.title, data.title, window_title)]
    )
    logos |= _last_named(tree, plain, (tags.title or "", data.title or ""))
    plain = [text for text in plain if letters(text) not in logos]
    beside = Beside(tree, data, tags, sites | logos)
    shown = {letters(tags.title or ""), letters(data.title or "")}
    named = (letters(tags.title or ""), letters(window_title))
    headings = [
        without_date(_without_name(text, sites, shown), named)
        for text in _headings(tree, plain, beside, tags.title or "")
    ]
    declared = _without_site(data.title, sites, tags.title or "")
    known = {key for text in headings if len(key := letters(text)) >= _SURE or " " in text}
    known.add(letters(declared or ""))
    known.update(key for text in (*data.described, *tags.described) if len(key := letters(text)) >= _SURE)
    known.update(list(map(without_accents, known)))
    tag, window = (_cut(text, known, beside) for text in (tags.title or "", window_title))
    headline = tag.title or window.title
    if headings and headline and _heads_lower(tree, headline, headings):
        return Titled(headline, beside.outlet(tag.site, window.site, url))
    others = (*headings, tag.title or "", window.title or "")
    if _for_search(declared, tag.title, headings, window.title) or _describes(declared, data, tags, others):
        declared = None
    agreed = _agreed(headings, declared, tag.title, window.title)
    fuller = [*headings, *filter(None, (window.title,))]
    declared, shown_by_tag = (_unshortened(text, fuller, agreed) for text in (declared, tag.title))
    candidates = _candidates(declared, shown_by_tag, headings, window.title)
    if headings and _strange(headings[0], tag.title or ""):
        candidates += [(_cut(text, known, beside).title, _SECOND_TAG) for text in tags.also_titled]
    return Titled(
        _elected(candidates, sites, (tag.title or "", declared or "")),
        beside.outlet(tag.site, window.site, url),
    )


def shown_titles(tree: HtmlElement, tags: Stated) -> list[str]:
    """The first headings of the first level, the tag and the window's title, those that there are."""
    headings = (heading_words(h1) for h1 in islice(tree.iter("h1"), _HEADINGS))
    return [*filter(None, (*headings, tags.title, _window(tree)))]


def heading_letters(tree: HtmlElement) -> set[str]:
    """The letters of each heading of the first level."""
    return {letters(h1.text_content()[:_MOST]) for h1 in tree.iter("h1")}


def _for_search(declared: str | None, tag: str | None, headings: list[str], window: str | None) -> bool:
    """Whether heading and tag agree, and only the window's title, written for search engines, says what is declared."""
    shown, named = letters(tag or ""), letters(declared or "")
    return bool(headings) and letters(headings[0]) == shown and letters(window or "") == named != shown


def _agreed(headings: list[str], declared: str | None, tag: str | None, window: str | None) -> str | None:
    """The first heading, where the tag has all of it, or the window's title does and tag and declared headline differ."""
    first = letters(headings[0]) if headings else ""
    differ = letters(declared or "") != letters(tag or "")
    same = first == letters(tag or "") or (differ and first == letters(window or ""))
    return headings[0] if first and same else None


def _unshortened(text: str | None, fuller: Sequence[str], agreed: str | None) -> str | None:
    """``text``, or the one of the ``fuller`` ones that was cut off to it.

    An ellipsis says so, or a quotation mark behind it, which ended the attribute, or that the longer one is ``agreed`` on.
    """
    bare = (text or "").rstrip(" .…")
    for whole in fuller if bare else ():
        if len(bare) < len(whole.rstrip(" .…")) and whole.startswith(bare):
            rest = whole[len(bare) :]
            if whole == agreed or bare != text or rest.lstrip()[:1] in _CLOSING:
                return whole
    return text


def _heads_lower(tree: HtmlElement, tag: str, headings: Sequence[str]) -> bool:
    """Whether the tag stands as a heading of the second level that is no link, and those of the first are in other words.

    Then the first level is a line for search engines in the page's trail, and readers see the other.
    """
    key, words = letters(tag), set(_WORD.findall(tag.casefold()))
    if len(key) < _HEADLINE or any(letters(text).endswith(key) for text in headings):
        return False
    for text in headings:
        own = set(_WORD.findall(text.casefold()))
        if words <= own or own <= words:
            return False
    unlinked = (text for text, linked in _second_headings(tree) if not linked)
    return any(text.endswith(key) and len(text) < 2 * len(key) for text in map(letters, unlinked))


def _describes(declared: str | None, data: Stated, tags: Stated, others: tuple[str, ...]) -> bool:
    """Whether what is declared as the headline, and is none of ``others``, describes the thing and does not title it.

    Then it is a description that the page states too, it begins in lower case where every title begins with a
    capital, or the linked data names the thing as a title does ("Tamber Bridge"; "road bridge in Halvenia").
    """
    key, shown = letters(declared or ""), {letters(text) for text in others if text}
    if not declared or not shown or key in shown:
        return False
    named = any(letters(text) in shown for text in data.also_titled)
    said = any(letters(text) == key for text in tags.described)
    return named or said or (declared[0].islower() and all(text[0].isupper() for text in others if text))


def _strange(heading: str, tag: str) -> bool:
    """Whether a heading shares no word with the tag: one that does is a headline in other words.

    A tag of one or two words ("About us") proves nothing.
    """
    return tag.count(" ") > 1 and set(_WORD.findall(heading.casefold())).isdisjoint(
        _WORD.findall(tag.casefold())
    )


def _elected(
    candidates: list[tuple[str | None, float]], sites: set[str], others: tuple[str, ...]
) -> str | None:
    """The title that gathers most, in the spelling of most places, not in capitals; of as many, the first place's."""
    votes: dict[str, float] = {}
    spellings: dict[str, Counter[str]] = {}
    for text, worth in candidates:
        key = without_accents(letters(text or ""))
        if text and len(key) > 2 and letters(text) not in sites:
            votes[key] = votes.get(key, 0.0) + worth
            spellings.setdefault(key, Counter())[text] += 1
    if not votes:
        return None
    best = max(votes, key=lambda key: votes[key])
    keys = (without_accents(letters(text)) for text in others)
    spelt = spellings[_without_kicker(best, [key for key in keys if key in votes])]
    return undated(min(spelt, key=lambda text: (text.isupper(), -spelt[text])))


def _candidates(
    declared: str | None, tag: str | None, headings: list[str], window: str | None
) -> list[tuple[str | None, float]]:
    alone = len(headings) == 1 or (
        headings and _is_long(headings[0]) and not any(map(_is_long, headings[1:]))
    )
    first = _ONLY_HEADING if alone else _FIRST_HEADING
    # One or two words are often a section or the site.
    worths = [
        (first if at == 0 else _HEADING) * (1 if text.count(" ") > 1 else 0.5)
        for at, text in enumerate(headings)
    ]
    return [(tag, _TAG), (declared, _DECLARED), *zip(headings, worths, strict=True), (window, _WINDOW)]


def _without_kicker(best: str, others: list[str]) -> str:
    """A heading often holds the kicker above it as well; the tag then has the headline alone."""
    for key in others:
        if key != best and best.endswith(key) and len(key) * 2 >= len(best):
            return key
    return best


def _first_headings(tree: HtmlElement, titles: Sequence[str]) -> tuple[set[str], list[str]]:
    """The letters of the first-level headings that are nothing but a link to the front page, and the other headings.

    Beside one that is no link and stands once, those that lead elsewhere or stand several times are of other boxes, but
    for one of three words that is among the letters of the ``titles``.
    """
    logos: set[str] = set()
    plain: list[tuple[str, bool]] = []
    for h1 in tree.iter("h1"):
        text = heading_words(h1)
        if len(key := letters(text)) <= 2:
            continue
        if is_logo(h1):
            logos.add(key)
        elif len(text) <= LONGEST and len(plain) < _HEADINGS:
            plain.append((own_part(h1, text, titles), is_link(h1)))
    counted = Counter(text for text, _ in plain)
    own = [
        text
        for text, linked in plain
        if (counted[text] == 1 and not linked)
        or (_is_long(text) and any(letters(text) in title for title in titles))
    ]
    return logos, own or [text for text, _ in plain]


def _last_named(tree: HtmlElement, headings: Sequence[str], titles: tuple[str, ...]) -> set[str]:
    """The letters of the first-level headings that name the site: the last part of the window, behind another heading.

    Without a window's title it is the tag's, the first of ``titles``. None that a tag or the linked data calls the title.
    """
    window = _window(tree) or titles[0]
    marks = list(_MARK.finditer(window))
    last = letters(window[marks[-1].end() :]) if marks else ""
    named = {key for key in map(letters, headings) if key == last and key not in map(letters, titles)}
    if not named:
        return named
    before = letters(window[: marks[-1].start()])
    others = (letters(text) for text in chain(headings, (text for text, _ in _second_headings(tree))))
    return named if any(len(key) >= _SURE and key in before for key in others) else set()


def _headings(tree: HtmlElement, plain: Sequence[str], beside: Beside, tag: str) -> list[str]:
    """The headings that can be the headline: ``plain`` ones, else the one of the second level in the window."""
    found = [text for text in plain if letters(text) not in beside.sites]
    if found:
        return found
    # The outlet took the first level for its name: the headline is then the one that the window or the tag repeats, the longest.
    window = letters(_window(tree) or tag)
    lower = (text for text, _ in _second_headings(tree, "h2", "h3"))
    repeated = sorted((text for text in lower if _is_long(text) and letters(text) in window), key=len)[-1:]
    return repeated or _only_lower(tree, beside, tag)


def _only_lower(tree: HtmlElement, beside: Beside, tag: str) -> list[str]:
    """What markup calls the headline, or the only heading of the second level that is no link, on a page whose titles say no more than the outlet's name."""
    titles = [text for text in (_window(tree), tag) if text]
    if any(letters(text) not in beside.sites and masthead([text]) is None for text in titles):
        return []
    called = [
        text
        for one in _NAMED_SO(tree)[:_HEADINGS]
        if " " in (text := heading_words(one)) and len(text) <= LONGEST
    ]
    if called:
        return called[:1]
    found = [text for text, linked in _second_headings(tree) if not linked and " " in text]
    thirds = list(islice(tree.iter("h3"), 2)) if not (found or titles) else []
    if len(thirds) == 1 and " " in (text := heading_words(thirds[0])) and not is_link(thirds[0]):
        found = [text]
    alone = len(found) == 1 and letters(found[0]) not in beside.sites
    heading = (
        next((h2 for h2 in tree.iter("h2", "h3") if heading_words(h2) == found[0]), None) if alone else None
    )
    return found if heading is not None and not heads_teasers(heading) else []


def _is_long(text: str) -> bool:
    """Whether a heading has three words, or as many letters of a script without spaces as a headline has."""
    return text.count(" ") > 1 or (not text.isascii() and " " not in text and len(letters(text)) >= _SURE)


def _second_headings(tree: HtmlElement, *levels: str) -> Iterator[tuple[str, bool]]:
    """The first headings of the second level, or of these ``levels``, each with whether it leads to another page."""
    for h2 in islice(tree.iter(*(levels or ("h2",))), _HEADINGS * 4):
        if not is_logo(h2):
            yield heading_words(h2), is_link(h2)


def _window(tree: HtmlElement) -> str:
    title = tree.find(".//title")
    return _UNREAD.sub("", unmarked(heading_words(title)[:LONGEST])) if title is not None else ""


def _cut(text: str, known: set[str], beside: Beside) -> Titled:
    """``text`` without the parts that the page shows nowhere as its title, or that name the site."""
    text = _without_last(_DANGLING.sub("", text[:LONGEST]), beside.sites)
    name, colon, rest = text.partition(": ")
    if colon and len(letters(rest)) >= _SURE and letters(text) not in known and _names_site(name, beside):
        return Titled(rest, name)
    unquoted = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), text)
    marks = [found.span() for found in _MARK.finditer(unquoted)][:8]
    if not marks or letters(text) in known or letters(text) in beside.sites:
        return Titled(text or None, None)
    starts, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(text)]
    runs = sorted(
        ((start, end) for at, start in enumerate(starts) for end in ends[at:]),
        key=lambda run: run[0] - run[1],
    )
    for start, end in runs:
        key = letters(text[start:end])
        if len(key) >= 8 and not known.isdisjoint((key, without_accents(key))) and key not in beside.sites:
            first = text[: marks[0][0]]
            over = first if start and (beside.is_site(first) or masthead([first])) else None
            return Titled(text[start:end], text[starts[-1] :] if end < len(text) else over)
    end = _end(text, marks, beside)
    first = letters(text[: marks[0][0]])
    start = marks[0][1] if end > marks[0][1] and (first in beside.sites or first in beside.labels) else 0
    if end < len(text) or _shown(text[: marks[-1][0]], known):
        return Titled(text[start:end], text[starts[-1] :])
    return Titled(text[start:end], text[: marks[0][0]] if start else None)


def _names_site(name: str, beside: Beside) -> bool:
    """Whether ``name`` is the site's: it says so itself, or a link to its front page and the noun of an outlet do."""
    return letters(name) in beside.sites or (letters(name) in beside.labels and masthead([name]) is not None)


def _without_last(text: str, sites: AbstractSet[str]) -> str:
    """``text`` without a site's whole name behind a mark that stands without spaces: "嵐が港を襲う：港新聞"."""
    for mark in islice(_CLOSE_MARK.finditer(text), 20):
        if letters(text[mark.end() :]) in sites and len(letters(text[: mark.start()])) >= _LEAST:
            return text[: mark.start()]
    return text


def _end(text: str, marks: list[tuple[int, int]], beside: Beside) -> int:
    """Where the title in ``text`` ends: before its last parts that name the site, or the first that is its name alone.

    With neither, what stands behind the last bar is no part of it where it is the shorter half: a slogan, a section.
    """
    end, closes = len(text), [*(start for start, _ in marks[1:]), len(text)]
    for (start, after), close in zip(marks, closes, strict=True):
        if beside.is_site(text[after:close]) and len(letters(text[:start])) >= _SURE:
            end = start
            break
    for start, after in reversed([mark for mark in marks if mark[0] < end]):
        if not beside.has(text[after:end]):
            break
        end = start
    last, after = marks[-1]
    barred = end == len(text) and not _BARS.isdisjoint(text[last:after]) and len(text) - after <= last
    return last if barred and text.count(" ", 0, last) > 1 and len(letters(text[:last])) >= _SURE else end


def _without_site(text: str | None, sites: set[str], tag: str) -> str | None:
    """A declared headline without the names of sites behind its last marks, or without what the tag does not have."""
    if text is None or len(text) > LONGEST:
        return text
    for mark in reversed(list(_MARK.finditer(text))):
        if letters(text[mark.end() :]) not in sites:
            break
        text = text[: mark.start()]
    for mark in _MARK.finditer(text):
        if len(key := letters(text[: mark.start()])) >= _SURE and key == letters(tag):
            return text[: mark.start()]
    return text


def _without_name(heading: str, sites: set[str], shown: set[str]) -> str:
    """A heading without what stands behind its last mark: the site's name, or what the page's titles leave out."""
    marks = list(_MARK.finditer(heading))
    before, behind = (
        (heading[: marks[-1].start()], letters(heading[marks[-1].end() :])) if marks else ("", "")
    )
    repeated = len(key := letters(before)) >= _SURE and key in shown
    return before if before and behind and (repeated or behind in sites) else heading


def _shown(text: str, known: set[str]) -> bool:
    """Whether ``text`` ends with what the page shows as its title, such as "Gallery: …"."""
    key = letters(text)
    return any(len(one) >= _SURE and key.endswith(one) for one in known)
