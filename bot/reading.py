"""One document read: Document to Article, Summary and Quotes, in one pure and picklable call."""

from __future__ import annotations

from dataclasses import dataclass

from bot.article.extract import extract
from bot.model import Document, Reading
from bot.summary.quotes import find_quotes
from bot.summary.summarizers import summarizer


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """``method`` chooses at most ``sentences`` sentences."""

    method: str = "lead"
    sentences: int = 3


def read(document: Document, settings: ReadingSettings) -> Reading:
    """What the document says. Raises UnreadableDocument."""
    article = extract(document)
    summary = summarizer(settings.method)(article, sentences=settings.sentences)
    return Reading(article=article, summary=summary, quotes=find_quotes(article))
