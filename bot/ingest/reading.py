"""One document read: Document to Article, Summary and Quotes, in pure and picklable calls.

The libraries that reading needs are imported by the calls, which a worker makes: whoever only asks
for it starts 0.2 s sooner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.model import Article, Document, LeftOut, Reading
from bot.runtime.workers import WorkerSettings

if TYPE_CHECKING:
    from bot.article.unpack import Unpacked

READERS = WorkerSettings(
    processes=2,
    preload=("bot.article.extract", "bot.quotes.find", "bot.summary.summarizers", "bot.stories.revision"),
)
"""Workers that have loaded what reading needs."""


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """``method`` chooses at most ``sentences`` sentences, within ``words`` and ``seconds`` of reading."""

    method: str = "newsrank"
    sentences: int = 3
    words: int | None = None
    seconds: float | None = None


def read_or_unpack(document: Document, settings: ReadingSettings) -> Reading | Unpacked:
    """What the document says; or, when it holds several articles, its parts, unread.

    Each part is then to be read by itself, so that it has a budget of its own and the slow or broken
    ones harm no other. Raises UnreadableDocument.
    """
    from bot.article.extract import extract_or_unpack
    from bot.article.unpack import Unpacked

    opened = extract_or_unpack(document)
    return opened if isinstance(opened, Unpacked) else _reading(opened, settings)


def left_out(document: Document, article: Article) -> tuple[LeftOut, ...]:
    """What of a document, which holds one article, is in no part of it; raises UnreadableDocument."""
    from bot.article.left_out import left_out

    return left_out(document, article)


def _reading(article: Article, settings: ReadingSettings) -> Reading:
    from bot.quotes.find import find_quotes
    from bot.summary.summarizers import summarizer

    summary = summarizer(settings.method)(
        article, sentences=settings.sentences, words=settings.words, seconds=settings.seconds
    )
    return Reading(article=article, summary=summary, quotes=find_quotes(article))
