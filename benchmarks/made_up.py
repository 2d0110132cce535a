"""A library of made-up articles, for measures of size: the same seed gives the same articles.

Words are drawn by Zipf's law from 40,000, in sentences and paragraphs with curly quotes, some of which
somebody said; one article in eight is in German, with umlauts.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count, islice
from pathlib import Path
from typing import NamedTuple, Protocol

from bot.domain.model import Article, Entry, Quote, Span, Summary
from bot.store.sql.database import StoreSettings, open_store
from bot.store.sql.library_schema import counters, entries
from bot.store.sql.rows import entry_row

START = datetime(2026, 1, 1, tzinfo=UTC)
VOCABULARY = 40_000
OUTLETS = ("Port Gazette", "Harbour Times", "Averne Courier", "Skerry Post", "Norrin Herald", "Fennick Echo")
_ENGLISH = [
    a + b for a in "bcdfghlmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ing", "ed", "ol")
]
_GERMAN = [
    a + b for a in ("b", "d", "f", "g", "h", "k", "sch", "st") for b in ("ä", "ei", "ü", "en", "ö", "ung")
]


class _Language(NamedTuple):
    code: str
    words: list[str]
    share: list[float]


def _language(code: str, syllables: list[str], draw: random.Random) -> _Language:
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        # Frequent words are short, as they are in every language.
        words["".join(draw.choices(syllables, k=draw.randint(1, 1 + min(4, len(words) // 20))))] = None
    return _Language(code, list(words), list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY))))


class Writes(Protocol):
    """Writes a library's articles, numbered from 1."""

    def entries(self) -> Iterator[Entry]: ...


class Writer:
    """Writes articles of about ``length`` words, one after the other; :attr:`english` are its words, the frequent first."""

    def __init__(self, seed: int = 7, length: int = 700) -> None:
        self._draw = random.Random(seed)
        self._length = length
        self._languages = [
            _language("en", _ENGLISH, self._draw),
            _language("de", _GERMAN, self._draw),
        ]
        self.english = self._languages[0].words

    def entries(self, first: int = 1) -> Iterator[Entry]:
        """Without end, with ids and revisions from ``first`` on."""
        return map(self._entry, count(first))

    def _entry(self, id: int) -> Entry:
        draw = self._draw
        language = self._languages[draw.random() < 1 / 8]
        text, paragraphs, quotes = self._text(language)
        article = Article(
            title=self._sentence(language, 8)[:-1],
            text=text,
            paragraphs=paragraphs,
            content_key=hashlib.sha256(f"{id} {text}".encode()).hexdigest(),
            fingerprint=tuple(sorted(draw.sample(range(2**62), 64))),
            language=language.code,
            published=START + timedelta(minutes=id),
            published_precision="minute",
            source=draw.choice(OUTLETS),
            byline=self._name(language),
            standfirst=self._sentence(language, 15) if id % 3 == 0 else None,
        )
        return Entry(
            id=id,
            revision=id,
            article=article,
            summary=Summary(paragraphs[:2], "newsrank"),
            quotes=quotes,
            origin=f"{id}.txt",
            added=START + timedelta(minutes=id),
            story=id,
        )

    def _text(self, language: _Language) -> tuple[str, tuple[Span, ...], tuple[Quote, ...]]:
        draw, pieces, paragraphs, quotes, at, left = self._draw, [], [], [], 0, self._length
        while left > 0:
            sentences = [self._sentence(language, draw.randint(8, 30)) for _ in range(draw.randint(1, 4))]
            left -= sum(sentence.count(" ") + 1 for sentence in sentences)
            paragraph = " ".join(sentences)
            if draw.random() < 0.3:
                said, who = sentences[0][:-1], self._name(language)
                paragraph = f"“{said},” {who} said. {paragraph}"
                words, speaker = Span(at + 1, at + 1 + len(said)), at + len(said) + 4
                quotes.append(Quote(words, Span(speaker, speaker + len(who)), who))
            pieces.append(paragraph)
            paragraphs.append(Span(at, at + len(paragraph)))
            at += len(paragraph) + 2
        return "\n\n".join(pieces), tuple(paragraphs), tuple(quotes)

    def _sentence(self, language: _Language, length: int) -> str:
        words = self._draw.choices(language.words, cum_weights=language.share, k=length)
        words[length // 2] += ","
        return " ".join(words).capitalize() + "."

    def _name(self, language: _Language) -> str:
        return " ".join(self._draw.choice(language.words[1000:5000]).title() for _ in range(2))


async def library(path: Path, size: int, writer: Writes) -> StoreSettings:
    """A store at ``path`` with ``size`` articles, written past the way in."""
    settings = StoreSettings(f"sqlite:///{path}")
    articles = writer.entries()
    async with await open_store(settings) as database:
        for start in range(0, size, 1000):
            rows = [entry_row(entry) for entry in islice(articles, min(1000, size - start))]
            async with database.writing() as connection:
                await connection.execute(entries.insert(), rows)
        async with database.writing() as connection:
            await connection.execute(counters.update().values(revision=size, entry=size))
    return settings
