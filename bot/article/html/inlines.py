"""Inline markup before extraction: words beside blocks are set apart, letters joined, rows of very many parts simplified.

Extraction joins words that stand straight in a box with those of the box before, or drops them, and takes time
quadratic in the parts of a row.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice, takewhile

from lxml import etree
from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.encoding import dereferenced, tidy
from bot.article.fields.credits import letters
from bot.article.html.fragment import breaks_line, one_line, stands_apart
from bot.article.text.block_kinds import Kind, kind, words_in
from bot.article.text.blocks import Block

MOST_INLINE = 400
"""Inline elements of one block that are left as they are."""

MOST_CELLS = 400
"""Cells of one row of a table."""

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
})  # fmt: skip
_EMPHASIS = frozenset({"b", "em", "i", "small", "span", "strong"})
_TOLD = 8  # Words beside the links of a list that says something; a menu's has none or a few.
_SHORT_LIST = 400  # Characters, with the space of the markup; extraction looks so at lists of 300.
_LINKED = 0.6
"""The part of a block's text that is links where it is a list of them."""

_MOST = 4_000  # Characters of a heading with the spaces of its markup; headings may lie in each other.
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LARGE = frozenset({"4", "5", "6", "7", "+1", "+2", "+3", "+4"})  # Sizes of print above that of a text.
_HEADLINE = (3, 30)  # Words.
_MOST_LARGE = 40  # Pieces of print that are looked at.
_MOST_PIECES = 20
_MAIN = 0.45  # The least share of a heading that is the headline.
ENOUGH = 12  # Letters of a title that another text does not end with by chance.
_CAP = re.compile(
    r"drop-?cap|initial|first-?letter|lettrine|capitular|letra-capital|kapit[äa]l|versal|anfang",
    re.IGNORECASE,
)
_CAPS = XPath("//span[@class]|//b[@class]|//strong[@class]|//em[@class]|//big[@class]")
_WORDS = frozenset("AEIOUYÀÈÉÓАВИКОСУЯІ")
_MOST_PIECES = 4  # Of the text of one letter and the space around it.
_MERGED = "merged"
_BOXES = ("div", "section", "article", "main", "center", "li", "td", "details", "body")
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "div", "dl", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
})  # fmt: skip
_QUOTED = re.compile("[\"“”„‟«»‘’‚‛‹›「」『』']")
_SPOKEN = frozenset({Kind.PROSE, Kind.SENTENCE})
_SENTENCE_ENDS = (".", "!", "?", ":", "…", "。", "！", "？")
_SHOWN_AS_BLOCK = re.compile(r"display\s{0,5}:\s{0,5}block", re.IGNORECASE)
_LEAST = 25
"""Characters of words that are more than a label: a price, a counter or a separator stays where it is."""
_STRESS = re.compile(
    r"</?(?:[abiqsu]|em|strong|span|su[bp]|br|small|cite|mark)\b[^<>]{0,200}>", re.IGNORECASE
)


def merge_inline(tree: HtmlElement) -> int:
    """Take the tags off the inline elements of each block that has more than MOST_INLINE; how many.

    What a reader sees stays. Links and marks of those blocks are lost, so what the page says about
    itself must have been read before; a block that is mostly links becomes one link, which is no prose.
    """
    crowds = _crowds(tree)
    linked = [block for block, inlines in crowds.items() if _is_linked(block, inlines)]
    for inlines in crowds.values():
        for element in inlines:
            element.tag = _MERGED
    if crowds:
        etree.strip_tags(tree, _MERGED)
    for block in crowds:
        # The parser's library keeps a piece of text for each tag; whoever sorts them takes long.
        block.text = block.text
        for child in block:
            child.tail = child.tail
    for block in linked:
        link = block.makeelement("a", {"href": "#"})
        link.text, block.text = block.text, None
        block.insert(0, link)
    return sum(map(len, crowds.values()))


def _is_linked(block: HtmlElement, inlines: list[HtmlElement]) -> bool:
    within = sum(len(element.text_content()) for element in inlines if element.tag == "a")
    return within >= _LINKED * len(block.text_content())


def _crowds(tree: HtmlElement) -> dict[HtmlElement, list[HtmlElement]]:
    """Each block that has too many inline elements, with them; those inside others count."""
    own: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    around: list[HtmlElement] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _INLINE and around:
            if event == "start":
                own[around[-1]].append(element)
        elif event == "start":
            around.append(element)
        else:
            around.pop()
    return {block: inlines for block, inlines in own.items() if len(inlines) > MOST_INLINE}


def join_drop_caps(tree: HtmlElement) -> None:
    """Take out the space between a large first letter and the rest of its word, in place.

    A letter that is a word of some language keeps it: "A man" and "À Paris" may be so set, too.
    """
    for element in _CAPS(tree):
        # One letter, perhaps in a span of its own: a class may well be that of a whole paragraph's words.
        if not _CAP.search(element.get("class") or "") or len(element) > 1:
            continue
        letter = "".join(islice(element.itertext(), _MOST_PIECES)).strip()
        if len(letter) != 1 or not letter.isupper() or letter in _WORDS:
            continue
        at: HtmlElement | None = element
        while at is not None and at.tag in _INLINE and not (at.tail or "").strip():
            at.tail = None
            follower = at.getnext()
            if follower is not None:
                follower.text = (follower.text or "").lstrip()
                break
            at = at.getparent()
        if at is not None and at.tag in _INLINE and at.tail:
            at.tail = at.tail.lstrip()


def keep_in_sentences(tree: HtmlElement) -> None:
    """Make code, quotations and buttons that stand within a sentence a part of it, which extraction ends before them.

    A ``q`` gets the marks that browsers show around it. Other buttons go: extraction drops a short paragraph for one.
    """
    for element in list(tree.iter("button", "code", "q")):
        if element.tag == "q":
            _marked(element)
        if _within_words(element):
            element.tag = "span"
        elif element.tag == "button":
            element.drop_tree()


def free_paragraphs(tree: HtmlElement) -> None:
    """Take from paragraphs and short lists what extraction drops or joins them for: identifiers, paragraphs within, and links of a word or two.

    It takes an identifier for a section's name although many systems number paragraphs with letters at random,
    and two short links in a short list for a menu, even right below a paragraph and whatever is said between them.
    """
    for paragraph in list(tree.iter("p")):
        if next(paragraph.iterdescendants("p"), None) is not None:
            paragraph.tag = "div"  # Browsers end it where the next begins, also within a font.
        elif paragraph.get("id") and kind(Block(paragraph.text_content())) is Kind.PROSE:
            del paragraph.attrib["id"]
    for items in tree.iter("ul", "ol"):
        above, links = items.getprevious(), items.findall(".//a")
        if len(links) > 1 and above is not None and above.tag == "p" and _says_more(items, links):
            etree.strip_tags(items, "a")


def _says_more(items: HtmlElement, links: list[HtmlElement]) -> bool:
    """Whether less than half of a short list is its links."""
    words = items.text_content()
    linked = " ".join(link.text_content() for link in links)
    return len(words) <= _SHORT_LIST and words_in(words) - words_in(linked) >= max(_TOLD, words_in(linked))


def _marked(element: HtmlElement) -> None:
    words = element.text_content().strip()
    if words and not _QUOTED.match(words):
        element.text = f'"{element.text or ""}'
        element.tail = f'"{element.tail or ""}'


def _within_words(element: HtmlElement) -> bool:
    """Whether words of the same block stand beside the element; on both sides of a button, and no sentence ends before it."""
    if (
        any(one.tag not in _INLINE for one in element.iterdescendants())
        or "\n" in element.text_content().strip()
    ):
        return False
    at, parent = element, element.getparent()
    while parent is not None and parent.tag in _INLINE and not _beside(at):
        at, parent = parent, parent.getparent()
    if parent is None or parent.tag == "pre":
        return False
    if element.tag != "button":
        return bool(_beside(at))
    before, after = _sides(at)
    return bool(after) and bool(before) and not before.endswith(_SENTENCE_ENDS)


def _beside(element: HtmlElement) -> str:
    return "".join(_sides(element))


def _sides(element: HtmlElement) -> tuple[str, str]:
    """The words right before and right behind the element, of its parent or of inline elements beside it."""
    previous, following, parent = element.getprevious(), element.getnext(), element.getparent()
    before = (
        parent.text if previous is None and parent is not None else getattr(previous, "tail", None)
    ) or ""
    if not before.strip() and previous is not None and previous.tag in _INLINE:
        before = previous.text_content()
    after = element.tail or ""
    if not after.strip() and following is not None and following.tag in _INLINE:
        after = following.text_content()
    return before.strip(), after.strip()


def split_rows(tree: HtmlElement) -> None:
    """Make rows of at most MOST_CELLS cells of a longer one: extraction counts a row's cells at each of them."""
    for row in list(tree.iter("tr")):
        cells = list(row)
        at = row
        for number, cell in enumerate(cells):
            if number and number % MOST_CELLS == 0:
                following = row.makeelement("tr")
                at.addnext(following)
                at = following
            if at is not row:
                at.append(cell)


def set_apart_loose_text(tree: HtmlElement) -> None:
    """Put the words that stand straight in a box, beside blocks, into a ``p`` each. Changes ``tree``."""
    _as_blocks(tree)
    for box in list(tree.iter(*_BOXES)):
        if not any(child.tag in _BLOCKS for child in box):
            continue
        _wrap(box, None)
        for child in [one for one in box if one.tag in _BLOCKS]:
            _wrap(box, child)


def _wrap(box: HtmlElement, after: HtmlElement | None) -> None:
    """Make a paragraph of the words and inline elements behind ``after``, or at the head of ``box``, up to the next block."""
    words = (box.text if after is None else after.tail) or ""
    following = box.iterchildren() if after is None else after.itersiblings()
    inline = list(takewhile(lambda one: one.tag not in _BLOCKS and isinstance(one.tag, str), following))
    if len(words.strip()) < _LEAST and not any(map(_is_said, inline)) and not _is_told(words, inline):
        return
    made = _paragraph(words)
    if after is None:
        box.text = None
        box.insert(0, made)
    else:
        after.tail = None
        after.addnext(made)
    made.extend(inline)


def _is_told(words: str, inline: Sequence[HtmlElement]) -> bool:
    """Whether ``words`` and the inline elements behind them make a sentence that is told more than linked."""
    if len(inline) > MOST_INLINE:
        return False
    told = words + "".join(one.tail or "" for one in inline)
    if not told.strip():
        return False
    whole = words + "".join(f"{one.text_content()}{one.tail or ''}" for one in inline)
    return 2 * len(told) >= len(whole) and kind(Block(" ".join(whole.split()))) in _SPOKEN


def _is_said(element: HtmlElement) -> bool:
    """Whether an element that marks words, and is no link and no box, is a paragraph by what it says."""
    if element.tag not in _EMPHASIS or any(one.tag not in _INLINE for one in element.iterdescendants()):
        return False
    return kind(Block(element.text_content())) is Kind.PROSE


def _as_blocks(tree: HtmlElement) -> None:
    """Name what a browser shows as a block so that it is taken for one: old and own elements, and boxes of items.

    Inline elements that style alone sets apart get a space between them.
    """
    for element in tree.iter(*_INLINE):
        if breaks_line(element):
            element.tag = "br"
        elif stands_apart(element):
            element.getprevious().tail = " "
    for element in tree.iter("center", "span"):
        if element.tag == "center" or _SHOWN_AS_BLOCK.search(element.get("style") or ""):
            element.tag = "div"
    # Some editors make a section of each paragraph.
    for box in (*tree.iterfind(".//li/div"), *tree.iterfind(".//section")):
        if not any(one.tag in _BLOCKS for one in box.iterdescendants()):
            box.tag = "p"


def _paragraph(words: str) -> HtmlElement:
    made = HtmlElement(words)
    made.tag = "p"
    return made


def unmarked(title: str) -> str:
    """A title without tags that were written into it as text: "The <i>Osprey</i> sails"."""
    return " ".join(_STRESS.sub("", title).split()) if "<" in title else title


def without_accents(key: str) -> str:
    """The letters of a title as they are in capitals as well, which have no accents in Greek and another i in Turkish."""
    if key.isascii():
        return key
    plain = unicodedata.normalize("NFKD", key.replace("ı", "i").replace("ς", "σ"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def heading_words(element: HtmlElement) -> str:
    """What a reader sees of a heading."""
    return " ".join(tidy(dereferenced(one_line(element)[:_MOST])).split())


def own_part(heading: HtmlElement, text: str, titles: Sequence[str]) -> str:
    """The ``text`` of a heading, without a kicker above or a note below that none of the ``titles`` has.

    These are the letters of what else the page calls its title; what stands apart are elements, and lines.
    """
    pieces = list(
        islice(filter(None, (" ".join(piece.split()) for piece in heading.itertext())), _MOST_PIECES)
    )
    if len(pieces) == 1 or any(letters(text) in title for title in titles):
        return text
    for part in (pieces[1:], pieces[:-1]):
        key = letters(rest := tidy(" ".join(part)))
        main = len(key) >= max(ENOUGH, _MAIN * len(letters(text)))
        if main and any(title.startswith(key) or title.endswith(key) for title in titles):
            return rest
    return text


def raise_headline(tree: HtmlElement) -> None:
    """Make a heading of the first large print of a page without headings, in place, where its text follows."""
    if next(tree.iter(*_HEADINGS), None) is not None:
        return
    for print_ in islice(tree.iter("font", "big"), _MOST_LARGE):
        large = print_.tag == "big" or (print_.get("size") or "").strip() in _LARGE
        words = (
            len(str(print_.text_content()).split()) if large and next(print_.iter("a"), None) is None else 0
        )
        if _HEADLINE[0] <= words <= _HEADLINE[1]:
            print_.tag = "h1"
            return
