"""NITF and NewsML-G2, the XML that news agencies send (iptc.org/standards)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from bot.article.encoding import decoded
from bot.article.fields import agencies
from bot.article.formats.item import Item
from bot.article.formats.safe_xml import parser, unsound
from bot.article.guard import Refusal
from bot.domain.reasons import Reason

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SPACE = re.compile(r"\s+")
_BLOCKS = (
    "p",
    "hl2",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "bq",
    "block-quote",
    "pre",
    "note",
)
_LEFT_OUT = ("media", "figure", "script", "style", "img", "table-of-contents")
# IPTC's roles of headlines (hlrole: or headlinerole:) and descriptions (drol:), under any prefix.
_SUB = re.compile(r":(?:sub|subheadline|subhead|subtitle)$", re.IGNORECASE)
_SUMMARY = re.compile(r":(?:summary|teaser|standfirst)$", re.IGNORECASE)
_TEXT_ITEM = "ninat:text"
_NITF_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?$")


class NoAgencyXml(Refusal):
    """The XML cannot be read."""


def agency_items(data: bytes) -> list[Item | Reason]:
    """The news items in their order, or why one of them is no article. Nothing is fetched or expanded.

    Raises NoAgencyXml.
    """
    root = _root(data)
    if _tag(root) == "nitf":
        return [_nitf(root)]
    items = [root] if _tag(root) == "newsItem" else list(_every(root, "newsItem"))
    return [_news_item(item) for item in items]


def _root(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        text = decoded(data)
        if text is None or "encod" not in str(error).lower():
            raise NoAgencyXml(unsound(error)) from error
    # It is not in the charset that it declares.
    try:
        return etree.fromstring(_DECLARATION.sub("", text).encode(), parser())
    except etree.XMLSyntaxError as error:
        raise NoAgencyXml(unsound(error)) from error


def _nitf(root: etree._Element) -> Item | Reason:
    body = _one(root, "body.content") if _one(root, "body.content") is not None else _one(root, "body")
    text = _body(body)
    if not text:
        return Reason("news.no_paragraphs")
    issue, pubdata = _one(root, "date.issue"), _one(root, "pubdata")
    issued = issue.get("norm", "") if issue is not None else ""
    return Item(
        title=_words(root, "hl1", "headline", "title"),
        text=text,
        published=_date(issued or (pubdata.get("date.publication", "") if pubdata is not None else "")),
        byline=_writers(_one(root, "byline")),
        source=(pubdata.get("name", "") if pubdata is not None else "")
        or _words(root, "distributor", "doc.rights"),
        standfirst=next((_words(hedline, "hl2") for hedline in _every(root, "hedline")), ""),
        agency=_words(root, "distributor") or agencies.named(_words(root, "byline")) or "",
        section=pubdata.get("position.section", "") if pubdata is not None else "",
        language=root.get(f"{_XML}lang", ""),
        url=pubdata.get("ex-ref", "") if pubdata is not None else "",
        hold_until=_norm(root, "date.release"),
        expires=_norm(root, "date.expire"),
        trust="whole",
    )


_XML = "{http://www.w3.org/XML/1998/namespace}"


def _news_item(root: etree._Element) -> Item | Reason:
    kind = _one(root, "itemClass")
    if kind is not None and kind.get("qcode", _TEXT_ITEM) != _TEXT_ITEM:
        return Reason("news.class", name=kind.get("qcode", "")[:60])
    content = _one(root, "contentSet")
    text = _content(content)
    if not text:
        return Reason("news.no_text")
    language = next((each.get("tag", "") for each in _every(root, "language")), "") or root.get(
        f"{_XML}lang", ""
    )
    return Item(
        title=_headline(root),
        standfirst=_standfirst(root),
        agency=_provided(root),
        text=text,
        published=_words(root, "contentCreated", "firstCreated", "versionCreated"),
        byline=_byline(_words(root, "by", "byline")),
        source=_provider(root),
        section=_section(root),
        language=language,
        url=next((each.get("href", "") for each in _every(root, "canonicalLink", "link")), ""),
        hold_until=_words(root, "embargoed"),
        trust="whole",
    )


def _content(content: etree._Element | None) -> str:
    if content is None:
        return ""
    inline = next(_every(content, "inlineXML"), None)
    if inline is not None:
        body = _one(inline, "body.content")
        return _body(body if body is not None else inline)
    data = next(_every(content, "inlineData"), None)
    return "".join(data.itertext()) if data is not None else ""


def _headline(root: etree._Element) -> str:
    main = [each for each in _every(root, "headline") if not _SUB.search(each.get("role", ""))]
    return next(filter(None, map(_flat, main)), "") or _words(root, "hl1", "title")


def _standfirst(root: etree._Element) -> str:
    """The headline that has the role of a second one; else the description that is a summary or a teaser."""
    seconds = [each for each in _every(root, "headline") if _SUB.search(each.get("role", ""))]
    summaries = [each for each in _every(root, "description") if _SUMMARY.search(each.get("role", ""))]
    return next(filter(None, map(_flat, (*seconds, *summaries))), "")


def _provided(root: etree._Element) -> str:
    """Who sent the item over the wire: its provider, by name or by IPTC's code of it."""
    for provider in _every(root, "provider"):
        code = provider.get("qcode", "")
        name = _words(provider, "name") or provider.get("literal", "")
        return name or (code.partition(":")[2] if code.startswith("nprov:") else "")
    return agencies.named(_words(root, "creditline")) or ""


def _provider(root: etree._Element) -> str:
    for each in _every(root, "creditline"):
        return _flat(each)
    for provider in _every(root, "provider", "infoSource"):
        return _words(provider, "name") or provider.get("literal", "")
    return ""


def _section(root: etree._Element) -> str:
    subjects = [_words(each, "name") for each in _every(root, "subject")]
    return subjects[0] if len(subjects) == 1 else ""


def _body(body: etree._Element | None) -> str:
    """The paragraphs of a body, an empty line between them; a body without any is one."""
    if body is None:
        return ""
    etree.strip_elements(body, *(f"{{*}}{tag}" for tag in _LEFT_OUT), with_tail=False)
    found = [each for each in _every(body, *_BLOCKS) if next(_below(each), None) is None]
    paragraphs = [f"• {_flat(each)}" if _tag(each) == "li" else _flat(each) for each in found]
    return "\n\n".join(filter(None, paragraphs)) if found else _flat(body)


def _below(block: etree._Element) -> Iterator[etree._Element]:
    return (each for each in _every(block, *_BLOCKS) if each is not block)


def _writers(byline: etree._Element | None) -> str:
    """The people of NITF's byline; what is marked as the title of one is no name."""
    if byline is None:
        return ""
    people = ", ".join(filter(None, map(_flat, _every(byline, "person"))))
    return people or _byline(
        _SPACE.sub(" ", " ".join(byline.xpath(".//text()[not(ancestor::*[local-name()='byttl'])]"))).strip()
    )


def _byline(value: str) -> str:
    return re.sub(r"^(?:by|von|par|por) ", "", value, flags=re.IGNORECASE)


def _date(value: str) -> str:
    """ISO 8601 of NITF's basic form (20310304T071500Z)."""
    found = _NITF_DATE.match(value.strip())
    if found is None:
        return value
    day = f"{found[1]}-{found[2]}-{found[3]}"
    return f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}{found[7] or ''}" if found[4] else day


def _norm(root: etree._Element, name: str) -> str:
    """The date of an element that gives it in NITF's form."""
    found = _one(root, name)
    return _date(found.get("norm", "")) if found is not None else ""


def _words(root: etree._Element, *names: str) -> str:
    """The words of the first element that has any, by the order of ``names``."""
    for name in names:
        for each in _every(root, name):
            if words := _flat(each):
                return words
    return ""


def _flat(element: etree._Element) -> str:
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


def _one(root: etree._Element, name: str) -> etree._Element | None:
    return next(_every(root, name), None)


def _every(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    yield from root.iter(*(f"{{*}}{name}" for name in names))


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
