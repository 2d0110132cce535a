"""The body of a web page as paragraphs: what trafilatura finds, without the boilerplate that it leaves in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from lxml.etree import XPath, _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from bot.article.encoding import dereferenced, tidy
from bot.article.fields.credits import byline, is_job, letters, only_by
from bot.article.fields.dates import only_a_date
from bot.article.html.inlines import (
    free_paragraphs,
    join_drop_caps,
    keep_in_sentences,
    merge_inline,
    set_apart_loose_text,
    split_rows,
)
from bot.article.html.links import NEARLY_ALL, leads_on, linked_lines, without_cards
from bot.article.html.sections import frame_captions, free_body, join_sections, name_body
from bot.article.html.tree import without_layout_tables
from bot.article.text import boilerplate
from bot.article.text.block_kinds import ARTICLE, Kind, kind, with_senders, words_in
from bot.article.text.blocks import Block, broken_sentence
from bot.article.text.markdown import is_markdown, unmarked
from bot.article.text.surroundings import Passage, surroundings
from bot.article.text.writers import around, names_in

_NESTED = frozenset({"list", "table", "quote"})
_CELLS = frozenset({"row", "table"})
_BLOCKS = frozenset({"p", "head", "list", "item", "table", "row", "cell", "quote", "code", "div"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SPLITTING = (
    *_HEADINGS, "p", "div", "li", "blockquote", "td", "header", "section", "article", "address", "figcaption",
)  # fmt: skip
_LINKABLE = frozenset({"p", "list"})
_SPOKEN = frozenset({Kind.PROSE, Kind.SENTENCE})
_OPENING = 4  # Passages from the top among which the title may stand again.
_LEAST = 8  # Words of a body without a sentence, such as a table of results.
_FULL_LINK = 20  # Words of a linked paragraph that is more than the headline of another article.
_SHORT_LINK = 20  # Letters below which a linked line inside the body may be a name in a list.
_HEAD = 8  # Passages above the first sentence that can be a page's head; a longer row is a table or a poem.
_FULLER = 4  # How many times longer the stated body must be to replace the one that was found.
_ENOUGH = 500  # Letters of a stated body that can replace the one that was found.
_MOSTLY = 0.5
_START = 16  # Letters by which a passage is known.
_HALF = 0.4  # The part of a line that is link where a label stands before it.
_OWN = 36  # Letters beside a link that are more than a label: seven words.
_TITLE = 20  # Letters of a title that is known within a longer line.
_TEASER = 5  # Words of a list's item that is half a link when it leads to another article.
_LABEL = 3  # Words of a heading that names a section.
_SHARED = 3  # Words that two headlines of one article have in common, at least,
_SAME = 0.4  # and the part of the title's.
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_KICKED = 1.8  # How many times longer the line may be.
_KNOWN = 5_000  # Characters of a passage whose kind is remembered: others would fill the memory.
_LARGE = 10_000  # Elements; the largest of 1,700 news pages has 9,751.
_MOST_PARAGRAPHS = 20_000
_CREDITS = 4  # Passages from a standfirst within which the byline stands.
_GLUED = 2_000  # Characters of a short page's text that may be all of it in one.
_BREAK = "\v"  # A line break within a paragraph.
_BROKEN = 12  # Lines that are looked at for one sentence.
_SHORTCODE = re.compile(r"^(?:\+\+\+[\w-]{0,40}|\[#\w{1,40}:? [^\[\]\n]{1,500}\]|#{1,6}(?= ))", re.MULTILINE)
_ELEMENTS = XPath("count(//*)")
_PARAGRAPHS = XPath("count(//p)")
_EMBED = re.compile("|".join(boilerplate.EMBEDS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of a body in their order, the lines ``above`` it, and those ``below`` it that sign or credit it."""

    paragraphs: tuple[str, ...]
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page before its body is: its ``title``, and who wrote it.

    ``titles`` are the letters of all that it calls its title; ``stated`` is the body that its linked data gives.
    """

    title: str | None
    titles: AbstractSet[str]
    stated: str | None
    byline: str | None


def passages(tree: HtmlElement, known: Known) -> Body:
    """The body of a page; without paragraphs when it has none. ``tree`` must hold nothing hidden, and is changed."""
    without_cards(tree)
    shares = linked_lines(tree)
    without_layout_tables(tree)
    join_sections(tree)
    frame_captions(tree)
    join_drop_caps(tree)
    keep_in_sentences(tree)
    free_paragraphs(tree)
    merge_inline(tree)
    set_apart_loose_text(tree)
    split_rows(tree)
    whole = _whole(tree)
    found = _kept(whole, known, shares)
    if known.stated and (fuller := _stated(known.stated, found)):
        return Body(fuller)
    # A page of menus alone: "Home", "Sport".
    if sum(words_in(passage.text) for passage in found) < _LEAST and not any(map(_says, found)):
        return Body(())
    around_it = around(found, [_kind(passage) for passage in found], names_in(known.byline))
    kept = tuple(passage.text for at, passage in enumerate(found) if at not in around_it)
    last = max(at for at in range(len(found)) if at not in around_it)
    below = tuple(found[at].text for at in sorted(around_it) if at > last)
    return Body(kept, below, tuple(one.text for one in takewhile(lambda one: not _says(one), whole[:_HEAD])))


def _says(passage: Passage) -> bool:
    return kind(Block(passage.text)) in _SPOKEN


def _whole(tree: HtmlElement) -> list[Passage]:
    """What extraction finds, with the headings and lists that it leaves out where it knows no box as the body."""
    found = _extracted(tree)
    lost = free_body(tree, letters("".join(passage.text for passage in found)))
    if lost or (found and name_body(tree, {passage.tag for passage in found})):
        found = max(_extracted(tree), found, key=lambda passages: sum(len(one.text) for one in passages))
    return _completed(found, tree)


def _completed(found: list[Passage], tree: HtmlElement) -> list[Passage]:
    """``found`` with the paragraphs of prose that stand on the page between two of its own, in the same box.

    Extraction drops one for a long link in it. What is mostly links stays out, unless it is long.
    """
    places = {letters(passage.text): at for at, passage in enumerate(found)}
    starts = {key[:_START] for key in places}
    missing: dict[int, list[Passage]] = defaultdict(list)
    waiting: list[Passage] = []
    box, last = None, -1
    for paragraph in tree.iter("p"):
        if (around := _around(paragraph)) is not box:
            box, last, waiting = around, -1, []
        text = _tidied(paragraph.text_content())
        at = places.get(letters(text), -1)
        if at >= 0:
            missing[last].extend(waiting if last >= 0 else ())
            last, waiting = at, []
        elif last >= 0 and _is_told(paragraph, text) and not _begins_one(letters(text), starts):
            waiting.append(Passage("p", text))
    return [one for at, passage in enumerate(found) for one in (passage, *missing.get(at, ()))]


def _around(paragraph: HtmlElement) -> HtmlElement | None:
    """The box that a paragraph stands in beside others, around boxes that hold nothing but it."""
    box = paragraph.getparent()
    while box is not None and box.tag == "div" and len(box) == 1 and not (box.text or "").strip():
        box = box.getparent()
    return box


def _begins_one(key: str, starts: AbstractSet[str]) -> bool:
    """Whether a paragraph's letters begin with a passage: one that was found in pieces."""
    return any(key[:size] in starts for size in range(1, _START + 1))


def _is_told(paragraph: HtmlElement, text: str) -> bool:
    linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
    told = linked < _MOSTLY * len(text) or words_in(text) >= _FULL_LINK
    return told and kind(Block(text)) is Kind.PROSE


def _extracted(tree: HtmlElement) -> list[Passage]:
    """What trafilatura finds; nothing on a page of too many paragraphs, whose time grows with their square.

    The second opinions that it asks for grow so with all elements, and are left out of pages larger than any.
    """
    if int(_PARAGRAPHS(tree)) > _MOST_PARAGRAPHS:
        return []
    large = int(_ELEMENTS(tree)) > _LARGE
    found = bare_extraction(tree, include_comments=False, with_metadata=False, fast=large)
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    passages = [passage for element in found.body for passage in _passages(element)]
    if len(passages) == 1 and len(passages[0].text) <= _GLUED:
        return _split(passages[0].text, tree) or passages
    return passages


def _split(glued: str, tree: HtmlElement) -> list[Passage]:
    """One paragraph as the blocks of the page that it holds one after another, but for captions; none where it does not.

    Of a page with little text trafilatura gives all text in one.
    """
    pieces: list[Passage] = []
    for element in tree.iter(*_SPLITTING):
        if next(element.iterdescendants(*_SPLITTING), None) is not None:
            continue
        line = _tidied(element.text_content())
        if line and (glued == line or glued.startswith(f"{line} ")):
            if element.tag != "figcaption":
                pieces.append(Passage("head" if element.tag in _HEADINGS else "p", line))
            glued = glued[len(line) + 1 :]
    return pieces if not glued else []


def _kept(found: Sequence[Passage], known: Known, shares: dict[str, float]) -> list[Passage]:
    kinds = with_senders([one.text for one in found], [_kind(passage) for passage in found])
    links = {line for line, share in shares.items() if share >= NEARLY_ALL}
    half_linked = {
        line for line, share in shares.items() if share >= _HALF and len(line) * (1 - share) < _OWN
    }
    around = surroundings(found, kinds, half_linked)
    teasers = _teasers(found, kinds, half_linked)
    prose = [at for at, one in enumerate(kinds) if one is Kind.PROSE]
    spoken = next((at for at, one in enumerate(kinds) if one in _SPOKEN), 0)
    last = prose[-1] if prose else len(found)
    kept: list[Passage] = []
    for at, (passage, one) in enumerate(zip(found, kinds, strict=True)):
        key = letters(passage.text)
        if at < _OPENING and (key in known.titles or (one is Kind.LINE and _is_titled(key, known.titles))):
            continue
        if one not in ARTICLE or at in around:
            continue
        linked = passage.tag in _LINKABLE and key in links and (len(key) >= _SHORT_LINK or at > last)
        leads = passage.tag == "p" and leads_on(passage.text, key, shares.get(key, 0.0))
        if leads or (linked and not _runs_on(found, kinds, at, links)):
            continue
        if at in teasers and (not spoken < at < last or words_in(passage.text) >= _TEASER):
            continue
        if one is Kind.LINE and (_heads(passage, at, spoken, known) or (at > last and passage.tag == "head")):
            continue
        if at < spoken and only_by(f"{passage.text.rstrip(' :')}:"):
            continue
        if one is Kind.LINE and spoken < at < min(spoken + _CREDITS, last) and _signs(passage, known):
            continue
        kept.append(passage)
    while kept and kept[-1].tag == "head":
        kept.pop()
    return kept


def _runs_on(found: Sequence[Passage], kinds: Sequence[Kind], at: int, links: AbstractSet[str]) -> bool:
    """Whether a passage that is all link is one of the text: long prose, with prose that is no link above and below it."""
    beside = (at - 1, at + 1)
    return (
        kinds[at] is Kind.PROSE
        and words_in(found[at].text) >= _FULL_LINK
        and all(
            0 <= one < len(found)
            and found[one].tag == "p"
            and kinds[one] is Kind.PROSE
            and letters(found[one].text) not in links
            for one in beside
        )
    )


def _teasers(
    found: Sequence[Passage], kinds: Sequence[Kind], half_linked: AbstractSet[str]
) -> frozenset[int]:
    """The items of lists that lead to other articles; none on a page that is a list of links."""
    places = frozenset(
        at
        for at, passage in enumerate(found)
        if kinds[at] is Kind.LINE and passage.tag == "list" and letters(passage.text) in half_linked
    )
    return places if len(places) * 2 < sum(1 for kind in kinds if kind in ARTICLE) else frozenset()


def _is_titled(key: str, titles: AbstractSet[str]) -> bool:
    """Whether a line is a title with its kicker before it, or with the site's name behind it."""
    return any(
        len(title) >= _TITLE
        and len(key) <= _KICKED * len(title)
        and (key.endswith(title) or key.startswith(title))
        for title in titles
    )


def _kind(passage: Passage) -> Kind:
    """The kind of a passage; a cell of a table is a line whatever its words are."""
    return (_known_kind if len(passage.text) <= _KNOWN else _told_kind)(passage)


def _told_kind(passage: Passage) -> Kind:
    if passage.tag in _CELLS:
        return Kind.LINE
    return Kind.COOKIES if _EMBED.match(passage.text) else kind(Block(passage.text))


# Asked again once the body is known, and a hostile page has one line a thousand times.
_known_kind = lru_cache(maxsize=512)(_told_kind)


def _heads(passage: Passage, at: int, spoken: int, known: Known) -> bool:
    """Whether a line stands above the first sentence, where trails, bylines and reading times do.

    A heading there is a section's name where it is one to three words, and the headline in other words
    where it shares them with the title; else it may be the article's own first heading, or its standfirst.
    """
    if not at < spoken < _HEAD or passage.tag not in {"p", "head", "div"}:
        return False
    if passage.tag == "div":  # Lines that breaks set apart may be anything.
        dated = only_a_date(passage.text.partition(" - ")[0])  # "March 4, 2031 - Port Gazette"
        return dated or byline([passage.text]) is not None or is_job(passage.text)
    if passage.tag == "p" or words_in(passage.text) <= _LABEL:
        return True
    title = _content(known.title or "")
    shared = title & _content(passage.text)
    return at == 0 and len(shared) >= max(_SHARED, _SAME * len(title))


def _signs(passage: Passage, known: Known) -> bool:
    """Whether a line between a standfirst and the lead is the byline with more behind it ("Par Anne Lebrun avec AFP").

    One that ends with the names goes later, with the short lines below it.
    """
    named, said = letters(known.byline or ""), letters(passage.text)
    beyond = bool(named) and named in said and not said.endswith(named)
    return beyond and byline([passage.text]) is not None


def _content(text: str) -> set[str]:
    return set(_LONG_WORD.findall(text.casefold()))


def _stated(stated: str, found: Sequence[Passage]) -> tuple[str, ...]:
    """The body that the page states, when it is so much longer that the markup cannot hold it all."""
    have = sum(len(letters(passage.text)) for passage in found)
    if is_markdown("", stated):  # Of several houses it is the source that their editors write.
        stated = _SHORTCODE.sub("", unmarked(stated))
    paragraphs = tuple(text for line in stated.split("\n") if (text := _tidied(line)))
    alone = not have and any(kind(Block(text)) is Kind.PROSE for text in paragraphs)
    return paragraphs if alone or len(letters(stated)) >= max(_FULLER * have, _ENOUGH) else ()


def _passages(element: _Element) -> Iterator[Passage]:
    tag = str(element.tag)
    if tag == "row":
        yield from _lone(tag, " ".join("".join(_runs(element)).replace(_BREAK, "\n").split("\n")))
        return
    if tag in _NESTED and len(element):
        yield from _lone(tag, element.text)
        for child in element:
            for passage in _passages(child):
                yield passage if tag == "table" else Passage(tag, passage.text)
            yield from _lone(tag, child.tail)
        return
    for text in "".join(_runs(element)).split("\n"):
        for line in _rejoined([_tidied(line) for line in text.split(_BREAK)]):
            yield from _lone(tag, line)


def _rejoined(lines: list[str]) -> Iterator[str]:
    """Lines as they stand, but a sentence in one that line breaks cut."""
    at = 0
    while at < len(lines):
        end = at + broken_sentence(lines[at : at + _BROKEN])
        yield " ".join(lines[at:end])
        at = end


def _lone(tag: str, text: str | None) -> Iterator[Passage]:
    if text and (tidied := _tidied(text)):
        yield Passage(tag, tidied)


def _runs(element: _Element) -> Iterator[str]:
    """The text of an element; the ends of the blocks in it alone become newlines, and its line breaks ``_BREAK``."""
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if child.tag == "lb":
            yield _BREAK
        elif child.tag in _BLOCKS:
            yield "\n"
            yield from _runs(child)
            yield "\n"
        else:
            yield from _runs(child)
        yield (child.tail or "").replace("\n", " ")


def _tidied(text: str) -> str:
    return " ".join(tidy(dereferenced(text)).split())
