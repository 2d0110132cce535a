"""What of a document is in no part of its article, and why: for people who ask, never for ordinary reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.article.encoding import tidy
from bot.article.extract import found_in
from bot.article.formats import item
from bot.article.media_type import Media, media_of
from bot.article.text.block_kinds import ARTICLE, Kind, kind
from bot.article.text.blocks import Block
from bot.article.text.writers import names_in, tells_of
from bot.article.unpack import unpack
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document, LeftOut

_TOKEN = re.compile(r"\w+")
_RUN = 3  # Words in a row that prove that a text was taken from the other.
_CLAUSE = 5  # Letters of a script without spaces that are one.
_MOSTLY = 0.3  # Part of a block's words that are missing when the block as a whole is.
_HEADS = frozenset({Kind.END, Kind.OFFER, Kind.RELATED})  # What goes on below such a line belongs to it.
_OUTSIDE = "text around the article"
_INSIDE = "a line within the article"
_WRITER = "about who wrote it"
_BESIDE = "beside the article in its letter"


def left_out(document: Document, article: Article) -> tuple[LeftOut, ...]:
    """The texts of ``document`` that ``article`` does not hold, in their order, each with its reason.

    ``article`` is what was read from the document, which must be one that holds one article. Each word
    that a reader of the document sees stands in the article or in one of the texts. Raises
    UnreadableDocument as reading does. Takes as long as reading it once more.
    """
    runs, writers = _Runs(article), names_in(article.byline)
    blocks = [block for part in unpack(document).documents for block in _blocks(part)]
    missing = [runs.missing(text) for text, _ in blocks]
    own = [at for at, (text, _) in enumerate(blocks) if not missing[at] and len(_TOKEN.findall(text)) > _RUN]
    first, last = (own[0], own[-1]) if own else (0, 0)
    found: list[LeftOut] = []
    above: Kind | None = None
    for at, (_, part) in enumerate(blocks):
        place = _INSIDE if first < at < last else _OUTSIDE
        for text in missing[at]:
            what = kind(Block(text))
            if tells_of(text, writers):
                place = _WRITER
            reason = what.value if what not in ARTICLE else part or (above.value if above else place)
            found.append(LeftOut(text, reason))
            above = what if what in _HEADS else above
        above = above if missing[at] else None
    return tuple(found)


def _blocks(document: Document) -> Iterator[tuple[str, str | None]]:
    """The document's texts, each with what its place in the markup says of it."""
    markup = _markup(document)
    if markup is None:
        beside = item.unpacked(document.data) if document.media_type == item.MEDIA_TYPE else item.Item()
        yield from ((text, _BESIDE) for text in beside.above.split("\n\n"))
        yield from ((block.text, None) for block in found_in(document).shown)
        yield from ((text, _BESIDE) for text in beside.below.split("\n\n"))
        return
    from bot.article.html.tree import Unparsable, page_text, tree_of
    from bot.article.shown import shown

    text = markup if isinstance(markup, str) else page_text(markup)
    try:
        tree = tree_of(text or "")
    except Unparsable as cause:
        raise UnreadableDocument(document.name, cause.reason) from cause
    for one in shown(tree):
        yield one.text, one.part


def _markup(document: Document) -> str | bytes | None:
    """The HTML of a page, of a snapshot or of an item that has nothing else."""
    if document.media_type == item.MEDIA_TYPE:
        one = item.unpacked(document.data)
        return None if one.text.strip() else one.html
    media = media_of(document)
    if media is Media.MHTML:
        from bot.article.html.mhtml import opened

        snapshot = opened(document.data)
        return snapshot.markup if snapshot else b""
    return document.data if media is Media.HTML else None


class _Runs:
    """The words of an article as runs of three, and its short texts whole."""

    def __init__(self, article: Article) -> None:
        names = (
            article.title,
            article.standfirst,
            article.source,
            article.agency,
            article.byline,
            article.section,
        )
        texts = [
            _tokens(text)
            for text in (*(span.of(article.text) for span in article.paragraphs), *filter(None, names))
        ]
        self._whole = frozenset(map(tuple, texts))
        # Where no spaces are, a word is a clause.
        self._clauses = frozenset(
            word
            for text in texts
            for word in text
            if len(word) >= _CLAUSE and "\u3040" <= word[-1] <= "\u9fff"
        )
        self._runs = frozenset(
            run for text in texts for run in zip(*(text[n:] for n in range(_RUN)), strict=False)
        )

    def missing(self, text: str) -> list[str]:
        """The pieces of ``text`` that are not in the article: all of it where much of it is not."""
        clean = tidy(text)
        places = list(_TOKEN.finditer(clean))
        words = [place[0].casefold() for place in places]
        if not words or tuple(words) in self._whole:
            return []
        clauses = self._clauses.intersection(words)
        held = [kept or word in clauses for kept, word in zip(self._held(words), words, strict=True)]
        if held.count(False) > _MOSTLY * len(held) and not clauses:
            return [text]
        pieces = groupby(zip(places, held, strict=True), key=lambda pair: pair[1])
        runs = [[place for place, _ in group] for kept, group in pieces if not kept]
        return [clean[run[0].start() : run[-1].end()] for run in runs]

    def _held(self, words: Sequence[str]) -> list[bool]:
        held = [False] * len(words)
        for at in range(len(words) - _RUN + 1):
            if tuple(words[at : at + _RUN]) in self._runs:
                held[at : at + _RUN] = [True] * _RUN
        return held


def _tokens(text: str) -> list[str]:
    return [word.casefold() for word in _TOKEN.findall(tidy(text))]
