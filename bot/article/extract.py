"""A document becomes an article."""

from __future__ import annotations

from bot.article.encoding import decode
from bot.article.fingerprint import content_key, fingerprint
from bot.article.frontmatter import Head, behead
from bot.article.language import language
from bot.article.lines import blocks
from bot.article.markdown import is_markdown, unmarked
from bot.article.media import refusal_of_bytes, refusal_of_text
from bot.article.page import Found, find
from bot.article.publication import day_of
from bot.errors import UnreadableDocument
from bot.model import Article, Document, Span


def extract(document: Document) -> Article:
    """The article in ``document``: its body without site furniture, and what the page says about it.

    Raises UnreadableDocument when the document is empty, too large, not text, in no known encoding,
    or nothing of it is body text. Takes time and memory linear in the document's size.
    """
    head, text = behead(_text(document))
    if head.fenced or is_markdown(document.name, text):
        text = unmarked(text)
    found = find(blocks(text), document.received)
    if found is None:
        raise UnreadableDocument(
            document.name,
            "no body text is left once menus and notices are taken away; drop the article's own text",
        )
    return _article(head, found, document)


def _text(document: Document) -> str:
    reason = refusal_of_bytes(document.data)
    if reason is None:
        text = decode(document.data)
        if text is None:
            reason = "its characters are in no encoding that is known here; save it as UTF-8 text"
        else:
            reason = refusal_of_text(text)
            if reason is None:
                return text
    raise UnreadableDocument(document.name, reason)


def _article(head: Head, found: Found, document: Document) -> Article:
    named = head.fields
    published = day_of(named.get("date", ""), document.received) or found.published
    body = "\n\n".join(found.paragraphs)
    return Article(
        title=named.get("title") or found.title,
        text=body,
        paragraphs=_spans(found.paragraphs),
        content_key=content_key(body),
        fingerprint=fingerprint(body),
        language=language(body),
        published=published.at if published else None,
        published_precision=published.precision if published else None,
        source=named.get("source") or found.source,
        byline=named.get("byline") or found.byline,
        section=named.get("section"),
        url=url if (url := named.get("url", "")).startswith(("https://", "http://")) else None,
    )


def _spans(paragraphs: tuple[str, ...]) -> tuple[Span, ...]:
    spans: list[Span] = []
    start = 0
    for paragraph in paragraphs:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    return tuple(spans)
