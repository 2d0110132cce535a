"""A document becomes an article, and one that holds several becomes several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.article.encoding import decode
from bot.article.fields import agencies
from bot.article.fields.credits import authors, letters
from bot.article.fields.embargo import stated
from bot.article.fields.fingerprint import content_key, fingerprint
from bot.article.fields.language import settled
from bot.article.fields.publication import day_of
from bot.article.fields.signatures import interviewer
from bot.article.fields.url import address_alone, canonical, host
from bot.article.formats import item
from bot.article.formats.docx import read_docx
from bot.article.formats.front_matter import split_front_matter
from bot.article.formats.item import line, standfirst
from bot.article.formats.opendocument import read_odt
from bot.article.formats.rtf import read_rtf
from bot.article.guard import guarded
from bot.article.html.fragment import TooDeep
from bot.article.media_type import Media, media_of, refusal_of_text
from bot.article.pdf.pages import read_pdf
from bot.article.text.blocks import blocks
from bot.article.text.markdown import is_markdown, unmarked, unquoted
from bot.article.text.page import Found, find
from bot.article.text.printed import undumped, unprinted
from bot.article.text.repeated import once
from bot.article.unpack import Unpacked, none_of, unpack
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document, Span
from bot.domain.reasons import Reason
from bot.domain.unicode import well_formed


@dataclass(frozen=True, slots=True)
class Clipping:
    """One article of a document, with the name of its place there, such as ``feed.xml#3``."""

    name: str
    article: Article


@dataclass(frozen=True, slots=True)
class Clippings:
    """The articles of a document in their order, and the parts that were refused, each with its reason."""

    found: tuple[Clipping, ...]
    refused: tuple[UnreadableDocument, ...] = ()


def extract(document: Document) -> Article:
    """The article in ``document``: its body without site boilerplate, and what the page says about it.

    Raises UnreadableDocument when the document is empty, too large, of an unknown format, in no
    known encoding, damaged, when nothing of it is body text, or when it holds several articles: those
    are had one by one from :func:`bot.article.unpack.unpack`, or from :func:`extract_all`.
    Takes time and memory linear in the document's size for the formats that are ours to parse.
    """
    opened = extract_or_unpack(document)
    if isinstance(opened, Article):
        return opened
    if len(opened.documents) == 1:
        return _extracted(opened.documents[0])
    raise UnreadableDocument(document.name, Reason("document.several", count=len(opened.documents)))


def extract_or_unpack(document: Document) -> Article | Unpacked:
    """The article in ``document``; its documents, unread, when it holds several or a part was refused.

    Raises UnreadableDocument as :func:`extract` does.
    """
    unpacked_document = unpack(document)
    if len(unpacked_document.documents) == 1 and not unpacked_document.refused:
        return _extracted(unpacked_document.documents[0])
    return unpacked_document


def extract_all(document: Document) -> Clippings:
    """Every article in ``document``. Raises UnreadableDocument when there is none."""
    unpacked_document = unpack(document)
    found: list[Clipping] = []
    refused = list(unpacked_document.refused)
    for one in unpacked_document.documents:
        try:
            found.append(Clipping(one.name, _extracted(one)))
        except UnreadableDocument as error:
            refused.append(error)
    if not found:
        raise (
            refused[0]
            if len(refused) == 1
            else UnreadableDocument(document.name, none_of(len(refused), refused[0].name, refused[0].reason))
        )
    return Clippings(tuple(found), tuple(refused))


def _extracted(document: Document) -> Article:
    return _article(found_in(document))


def found_in(document: Document) -> Found:
    """What a document of one article says. Raises UnreadableDocument as :func:`extract` does."""
    reader = _read_item if document.media_type == item.MEDIA_TYPE else _READERS[media_of(document)]
    found = _well_formed(guarded(reader, document))
    if found is None:
        raise UnreadableDocument(document.name, Reason("document.no_body"))
    return found


def _read_text(document: Document) -> Found | None:
    whole = decode(document.data)
    if whole is None:
        raise UnreadableDocument(document.name, Reason("text.encoding"))
    if refusal := refusal_of_text(whole):
        raise UnreadableDocument(document.name, refusal)
    whole = unquoted(undumped(whole) if "://" in whole else whole)
    sheets = unprinted(whole) if "://" in whole else None  # as few texts have, of what is printed all
    head, text = split_front_matter(sheets.text if sheets else whole)
    address = address_alone(text)
    if head.fenced or is_markdown(document.name, text):
        text = unmarked(text)
    found = find(blocks(text), document.received)
    if found is None:
        return None
    named = {name: line(value) for name, value in head.fields.items()}
    url = canonical(head.fields.get("url")) or address or canonical(sheets.url if sheets else None)
    source = named.get("source") or found.source or host(url)
    return replace(
        found,
        title=named.get("title") or found.title,
        published=day_of(named.get("date") or "", document.received) or found.published,
        standfirst=standfirst(head.fields.get("standfirst", "")) or found.standfirst,
        source=source,
        agency=named.get("agency") or agencies.named(named.get("byline")) or found.agency,
        byline=authors(named.get("byline"), {letters(source or "")}) or found.byline,
        section=named.get("section"),
        url=url,
        hold_until=stated(head.fields.get("hold_until")),
        expires=stated(head.fields.get("expires")),
    )


def _read_html(document: Document) -> Found | None:
    from bot.article.html.page import read_html  # trafilatura: 300 ms that a text does not need

    return read_html(document.data, document)


def _read_mhtml(document: Document) -> Found | None:
    from bot.article.html.page import read_mhtml

    return read_mhtml(document.data, document)


def _read_item(document: Document) -> Found | None:
    try:
        return item.read_item(item.unpacked(document.data), document.received)
    except TooDeep as error:
        raise UnreadableDocument(document.name, Reason("html.too_deep")) from error


_READERS: dict[Media, Callable[[Document], Found | None]] = {
    Media.TEXT: _read_text,
    Media.HTML: _read_html,
    Media.MHTML: _read_mhtml,
    Media.PDF: read_pdf,
    Media.DOCX: read_docx,
    Media.ODT: read_odt,
    Media.RTF: read_rtf,
}
"""How each format that holds one article is read; the others are taken apart first."""


def _well_formed(found: Found | None) -> Found | None:
    """The same with every text well-formed: whatever a reader forgot, the article is one that can be kept."""
    if found is None:
        return None
    values = {each.name: getattr(found, each.name) for each in fields(found)}
    texts: dict[str, Any] = {
        name: well_formed(value) for name, value in values.items() if isinstance(value, str)
    }
    paragraphs = once(tuple(filter(None, map(well_formed, found.paragraphs))))
    return replace(found, paragraphs=paragraphs, **texts) if paragraphs else None


def _article(found: Found) -> Article:
    body = "\n\n".join(found.paragraphs)
    return Article(
        title=found.title,
        text=body,
        paragraphs=_spans(found.paragraphs),
        content_key=content_key(body),
        fingerprint=fingerprint(body),
        language=settled(found.language, body),
        published=found.published.at if found.published else None,
        published_precision=found.published.precision if found.published else None,
        utc_offset=found.published.offset if found.published else None,
        source=found.source,
        byline=found.byline
        or interviewer((found.standfirst or "", found.paragraphs[0], found.paragraphs[-1])),
        section=found.section,
        url=found.url,
        standfirst=_standfirst(found),
        agency=found.agency,
        hold_until=found.hold_until,
        expires=found.expires,
    )


def _standfirst(found: Found) -> str | None:
    """The standfirst, unless it says no more than the title, or all that the body says."""
    words = found.standfirst.casefold() if found.standfirst else ""
    same = words in {(found.title or "").casefold(), "\n\n".join(found.paragraphs).casefold()}
    return None if same else found.standfirst


def _spans(paragraphs: tuple[str, ...]) -> tuple[Span, ...]:
    spans: list[Span] = []
    start = 0
    for paragraph in paragraphs:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    return tuple(spans)
