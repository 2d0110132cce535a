"""Which box of a page holds its body: one of several alike, or one that nothing names, becomes the one to read; forms go."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set as AbstractSet
from itertools import islice, takewhile

from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.fields.credits import letters
from bot.article.html.links import is_link
from bot.article.text.block_kinds import Kind, kind
from bot.article.text.blocks import Block

_LEVELS = 4  # Ancestors whose names must be alike.
_LONG = 80  # Characters of a paragraph that counts.
_SHARE = 0.6  # Part of the page's long paragraphs that the boxes must hold.
_SET_BETWEEN = {"head": ("h2", "h3", "h4", "h5", "h6"), "list": ("ul", "ol")}
_BOXES = ("div", "section", "article", "main")
_FEWEST = 2  # Long paragraphs of a body that was lost,
_MOST_LOST = 0.8  # the part of them that was not found,
_FAR_MORE = 4  # and how many times more they say than what was found; else they may be the next article.
_OF_ONE_OF_MANY = frozenset({"li", "dl", "aside", "footer", "nav", "form"})
_FRAMES = frozenset({"a", "center", "div", "picture", "section", "span"})
_STRESSED = frozenset({"em", "i", "small"})
_WITHIN = frozenset({"a", "b", "br", "em", "i", "small", "span", "strong"})
_CAPTION = (25, 220)  # Characters of words to a picture.
_MOST_TEXTS = 4  # Of a caption: its words, a link in them, whose picture it is.
_MOST_PIECES = 40  # Texts of a box, with the space between elements.
_TEASER = 600  # Characters of an article that is shown within another, and of what is known of a page.
_MOST = 40  # Boxes; a longer row is a list of posts.
_CHOICES = XPath(".//input[@type='radio']")
_FIELDS = XPath("//input[@type='radio' or @type='email']")
_POLLS = XPath(
    "//*[{}]".format(
        " or ".join(
            f"contains(@class, '{word}')"
            for word in (
                "poll",
                "Poll",
                "umfrage",
                "sondage",
                "encuesta",
                "sondaggio",
                "enquete",
                "peiling",
                "anket",
            )
        )
    )
)
_POLL = re.compile(
    r"(?:^|[\s_-])(?:[Pp]olls?|umfragen?|sondage|encuesta|sondaggio|enquete|peiling|anket)(?:$|[\s_-])"
)
_TOLD = XPath(".//p[string-length() >= 60]")
_MOST_FIELDS = 40
_LONGEST_FORM = 60  # Words with those around it.
_NO_FORM = frozenset({"html", "body", "main", "article"})
_REPEATED = (
    "article",
    "li",
)  # Each post, comment or teaser has one of its own; parts of a body share theirs.


def join_sections(tree: HtmlElement) -> None:
    """Move what stands in the later boxes into the first, in place, when together they hold the body.

    Extraction takes the first box that looks like a body, and on such a page would stop at the first
    advertisement.
    """
    boxes: dict[HtmlElement, list[int]] = defaultdict(lambda: [0, 0])
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        length = len(paragraph.text_content())
        if parent is not None and length >= _LONG:
            boxes[parent][0] += 1
            boxes[parent][1] += length
    whole = sum(length for _, length in boxes.values())
    rows: dict[tuple[str, ...], list[HtmlElement]] = defaultdict(list)
    for box, (count, _) in boxes.items():
        if count >= 2 and box.get("class"):
            rows[_signature(box)].append(box)
    for row in rows.values():
        held = sum(boxes[box][1] for box in row)
        if 2 <= len(row) <= _MOST and held >= _SHARE * whole and _one_body(row):
            _join(row)


def frame_captions(tree: HtmlElement) -> None:
    """Make figures, in place, of small boxes that hold nothing but pictures and one short text: words to a picture.

    On 30 outlets 420 of 425 such texts are no part of the body. On a page that tells more in them than in long
    paragraphs beside them they are its steps or its gallery, and stay.
    """
    boxes = {
        box: size
        for image in tree.iter("img")
        if (box := _told_box(image)) is not None and (size := _caption(box))
    }
    _frame_loose(tree)
    if not boxes:
        return
    beside = sum(
        len(paragraph.text_content())
        for paragraph in tree.iter("p")
        if boxes.keys().isdisjoint(islice(paragraph.iterancestors(), _LEVELS))
    )
    if sum(boxes.values()) <= beside:
        for box in boxes:
            box.tag = "figure"


def _frame_loose(tree: HtmlElement) -> None:
    """Make a caption of the few words that stand loose between a picture and the first of several paragraphs."""
    for image in list(tree.iter("img")):
        last, box = image, image.getparent()
        while box is not None and box.tag in {"a", "picture"} and not last.tail:
            last, box = box, box.getparent()
        below = list(takewhile(lambda one: one.tag != "p", islice(last.itersiblings(), _MOST_TEXTS)))
        if box is None or any(one.tag not in _WITHIN for one in below):
            continue
        if len(list(islice(box.iterchildren("p"), _FEWEST))) < _FEWEST:
            continue
        words = (last.tail or "") + "".join(f"{one.text_content()}{one.tail or ''}" for one in below)
        if (last.tail or "").strip() and _CAPTION[0] <= len(" ".join(words.split())) <= _CAPTION[1]:
            caption = last.makeelement("figcaption")
            caption.text, last.tail = last.tail, None
            last.addnext(caption)
            caption.extend(below)


def without_forms(tree: HtmlElement) -> None:
    """Take out the boxes in which readers choose among answers, with the question above them, or give their address, and what readers have chosen."""
    for poll in _POLLS(tree)[:_MOST_FIELDS]:
        if _is_poll(poll) and poll.getparent() is not None:
            poll.drop_tree()
    told = _told(tree)
    taken: set[HtmlElement] = set()
    for field in _FIELDS(tree)[:_MOST_FIELDS]:
        box = _asking(field, told) if field.get("type") == "email" else _ballot(field)
        if box is not None and box.getparent() is not None and taken.isdisjoint(box.iterancestors()):
            taken.add(box)
            box.drop_tree()


def _is_poll(box: HtmlElement) -> bool:
    """Whether a small box that is called after a poll has parts of a hundred in it, and tells nothing else."""
    called = box.tag not in _NO_FORM and _POLL.search(box.get("class") or "") is not None
    return called and _is_small(box) and not _told(box) and "%" in box.text_content()


def _ballot(choice: HtmlElement) -> HtmlElement | None:
    """The largest small box around a choice among several, without any paragraph."""
    box = None
    for at in choice.iterancestors():
        if at.tag in _NO_FORM or not _is_small(at) or _told(at):
            break
        box = at
    return box if box is not None and len(_CHOICES(box)) > 1 else None


def _asking(field: HtmlElement, told: int) -> HtmlElement | None:
    """The form around a field for an address, with the box that says what for: in no more than one paragraph of all that is ``told``."""
    form = next(field.iterancestors("form"), None)
    if form is None or not _is_small(form):
        return None
    box, pitched = form, False
    for at in form.iterancestors():
        held, more = _told(at), len(at.text_content().split()) > len(box.text_content().split())
        if (
            at.tag in _NO_FORM
            or not _is_small(at)
            or (more and pitched)
            or len(_TOLD(at)) > 1
            or 2 * held > told
        ):
            break
        box, pitched = at, pitched or more
    return box


def without_dated_terms(tree: HtmlElement) -> None:
    """Take out the lists of terms that say when the page was published, and what else is known of it."""
    for terms in list(tree.iter("dl")):
        said = " ".join(terms.text_content().split())
        rows = (
            f"{term.text_content()} {term.getnext().text_content()}"
            for term in terms.iter("dt")
            if term.getnext() is not None
        )
        if len(said) <= _TEASER and any(kind(Block(" ".join(row.split()))) is Kind.DATE for row in rows):
            terms.drop_tree()


def _told(box: HtmlElement) -> int:
    return sum(len(paragraph.text_content()) for paragraph in _TOLD(box))


def _is_small(box: HtmlElement) -> bool:
    return len(str(box.text_content()).split()) <= _LONGEST_FORM and next(box.iter("h1"), None) is None


def _caption(box: HtmlElement) -> int:
    """The characters of a box that may be a picture's; 0 for one that says more, leads elsewhere, heads or quotes."""
    texts = _few_texts(box)
    size = sum(map(len, texts))
    stressed = box.tag == "p" and len(texts) == 1 and box[-1].tag in _STRESSED
    if (
        not (stressed or box.tag in _BOXES[:2])
        or not _CAPTION[0] <= size <= _CAPTION[1]
        or len(texts) > _MOST_TEXTS
    ):
        return 0
    if next(box.iter("h1", "h2", "h3", "h4", "blockquote", "li"), None) is not None:
        return 0
    around = box.getparent()
    beyond = around is not None and sum(map(len, islice(around.itertext(), _MOST_PIECES))) >= _FAR_MORE * size
    linked = sum(len(text) for link in box.iter("a") for text in _few_texts(link))
    return size if beyond and 2 * linked < size else 0


def _told_box(image: HtmlElement) -> HtmlElement | None:
    """The nearest box around an image that has words."""
    box = image.getparent()
    while (
        box is not None
        and box.tag in _FRAMES
        and not any(text.strip() for text in islice(box.itertext(), _MOST_PIECES))
    ):
        box = box.getparent()
    return box


def _few_texts(box: HtmlElement) -> list[str]:
    return [" ".join(text.split()) for text in islice(box.itertext(), _MOST_PIECES) if text.strip()]


def name_body(tree: HtmlElement, found: AbstractSet[str]) -> bool:
    """Name the box that holds most of the page's long paragraphs as its body, in place; whether that may add to it.

    It may where headings or lists stand between those paragraphs and ``found``, what extraction found, has no "head"
    or no "list": of a page whose boxes have no name that it knows, it takes the paragraphs alone.
    """
    held: dict[HtmlElement, int] = defaultdict(int)
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        length = len(paragraph.text_content())
        if parent is not None and length >= _LONG:
            held[parent] += length
    box = max(held, key=held.__getitem__, default=None)
    if box is None or held[box] < _SHARE * sum(held.values()) or _talk(box) or not _set_between(box, found):
        return False
    _name(box)
    return True


def free_body(tree: HtmlElement, found: str) -> bool:
    """Take the names from the boxes around most of the page's long paragraphs, in place, when ``found`` has few of them.

    ``found`` are the letters of what extraction found. It goes by names: a body in a box called "abstract author" or
    "commentOnSelection" is taken for a byline or for comments. Each comment has a box of its own, and so is none of this.
    """
    held: dict[HtmlElement, list[str]] = defaultdict(list)
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if (
            parent is not None
            and len(text := paragraph.text_content()) >= _LONG
            and not _is_linked(paragraph, text)
        ):
            held[parent].append(letters(text))
    sizes = {box: sum(map(len, texts)) for box, texts in held.items()}
    box = max(sizes, key=sizes.__getitem__, default=None)
    if box is None or len(held[box]) < _FEWEST or sizes[box] < _SHARE * sum(sizes.values()):
        return False
    around = (box, *box.iterancestors())
    lost = sum(len(text) for text in held[box] if text not in found)
    if lost < _MOST_LOST * sizes[box] or any(one.tag in _OF_ONE_OF_MANY for one in around):
        return False
    if len(found) * _FAR_MORE > sizes[box]:
        return False
    for one in around:
        for name in ("class", "id", "role"):
            one.attrib.pop(name, None)
    _name(box)
    return True


def _is_linked(paragraph: HtmlElement, text: str) -> bool:
    return sum(len(link.text_content()) for link in paragraph.iter("a")) * 2 > len(text)


def _name(box: HtmlElement) -> None:
    if box.tag not in _BOXES:
        within = box.makeelement("div")
        within.extend(list(box))
        box.append(within)
        box = within
    box.set("itemprop", "articleBody")


def _set_between(box: HtmlElement, found: AbstractSet[str]) -> bool:
    """Whether headings or lists that were not found stand between the first and the last paragraph of a box."""
    children = list(box)
    places = [at for at, child in enumerate(children) if child.tag == "p"]
    between = {_held_tag(child) for child in children[places[0] : places[-1]] if child.text_content().strip()}
    return any(between.intersection(tags) for kind, tags in _SET_BETWEEN.items() if kind not in found)


def _held_tag(child: HtmlElement) -> str:
    """The tag of a child, or of the one element that a box holds."""
    while child.tag == "div" and len(child) == 1 and not (child.text or "").strip():
        child = child[0]
    return str(child.tag)


def join_posts(tree: HtmlElement) -> None:
    """Make one article of a live blog's posts, in place: those that stand in one box, each in a box of its own.

    Only for a page that says that it is a live blog: on any other such a row is a list of teasers. Their names go, for
    extraction reads the first box that is called a post, and what it finds of the others it puts behind that.
    """
    rows: dict[HtmlElement, dict[HtmlElement, None]] = defaultdict(dict)
    held: dict[HtmlElement, int] = defaultdict(int)
    for paragraph in tree.iter("p"):
        around = takewhile(lambda one: one.tag in (*_BOXES, "li"), paragraph.iterancestors())
        for post in islice(around, _LEVELS):
            if (box := post.getparent()) is not None:
                rows[box][post] = None
                held[box] += len(paragraph.text_content())
    box = max((box for box, row in rows.items() if len(row) > 1), key=held.__getitem__, default=None)
    if box is None:
        return
    for post in rows[box]:
        post.tag = "div"
        for name in ("class", "id", "itemprop"):
            post.attrib.pop(name, None)
    body = next((one for one in (box, *box.iterancestors()) if one.tag in {"article", "main"}), box)
    if body.tag != "body":
        _name(body)


def _signature(box: HtmlElement) -> tuple[str, ...]:
    names: list[str] = []
    for element in (box, *box.iterancestors()):
        names.append(f"{element.tag} {element.get('class') or ''}")
        if len(names) == _LEVELS:
            break
    return tuple(names)


def _one_body(row: list[HtmlElement]) -> bool:
    owners = {next(box.iterancestors(*_REPEATED), None) for box in row}
    inside = {ancestor for box in row for ancestor in box.iterancestors()}
    return len(owners) == 1 and not inside.intersection(row) and not any(map(_talk, row))


def _talk(box: HtmlElement) -> bool:
    return any("comment" in (one.get("class") or "").lower() for one in (box, *box.iterancestors()))


def _join(row: list[HtmlElement]) -> None:
    first = row[0]
    for box in row[1:]:
        for child in list(box):
            first.append(child)


def without_next_articles(tree: HtmlElement, title: str | None) -> None:
    """Drop, in place, the articles that a page loads below its own: each has a headline of the first level.

    Its own is the one whose headline is ``title``; where none is, nothing is dropped. Short ones within it whose heading
    leads to them go, too.
    """
    key = letters(title or "")
    headed = {article: letters(h1.text_content()) for h1 in tree.iter("h1") for article in _owner(h1)}
    own = next((article for article, heading in headed.items() if key and key in heading), None)
    for article, heading in headed.items():
        inside = own is None or own in article.iterancestors() or article in own.iterancestors()
        if article is not own and not inside and key not in heading:
            article.drop_tree()
    for inner in list(own.iterdescendants("article")) if own is not None else ():
        teased = len(inner.text_content()) <= _TEASER and any(map(is_link, inner.iter(*_SET_BETWEEN["head"])))
        if teased and inner.getparent() is not None:
            inner.drop_tree()


def _owner(element: HtmlElement) -> list[HtmlElement]:
    return list(islice(element.iterancestors("article"), 1))
