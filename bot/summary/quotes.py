"""The quotations of an article that somebody said, and who.

What counts, between closed marks or to the end of an open paragraph:

- five words or more, unless they are a title of a work (Every Word Like This);
- fewer words when they are a clause that ends as one (``"We did not fall," said …``), or three
  words or more of fifteen characters that the sentence attributes to a speaker.

The rest are scare quotes, titles and slogans. The speaker is a mention beside the words; where the
article leaves a doubt there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Article, Quote, Span
from bot.summary.attribution import Attribution, attributed
from bot.summary.cues import Cues, cues_for
from bot.summary.marks import PARAGRAPH_BREAK, Quotation, quotations
from bot.summary.sentences import split
from bot.summary.speakers import Speaker, Speakers
from bot.summary.tokens import Token, tokens

MIN_WORDS = 5
MIN_ATTRIBUTED_WORDS = 3
MIN_ATTRIBUTED_CHARACTERS = 13
"""Between the marks; fifteen with them."""

_APOSTROPHES = frozenset("'’‘‚‛")
"""Single marks count only beside a speaker: apostrophes pair by accident. Doubled apostrophes hold a
sentence together and are not reported."""

_OPEN_ENDS = frozenset(",?!…—–-")


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation and what its sentence, or the one before, says of it."""

    quotation: Quotation
    told: Attribution | None
    speaker: Speaker | None


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """The quotes in order, disjoint, each a span of the words without their marks."""
    cues = cues_for(article.language)
    paragraphs = _paragraphs(article)
    quoted = [quotations(article.text, span.start, span.end) for span in paragraphs]
    if cues is None:
        said = [_Said(one, None, None) for marks in quoted for one in marks]
    else:
        desk = _Desk(article, paragraphs, quoted, cues)
        said = [one for span, marks in zip(paragraphs, quoted, strict=True) for one in desk.read(span, marks)]
    return tuple(_quote(one) for one in said if _counts(article.text, one))


def _paragraphs(article: Article) -> tuple[Span, ...]:
    if article.paragraphs:
        return article.paragraphs
    edges = [0, *(n for gap in PARAGRAPH_BREAK.finditer(article.text) for n in gap.span()), len(article.text)]
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def _quote(said: _Said) -> Quote:
    return Quote(
        words=Span(said.quotation.words_start, said.quotation.words_end),
        speaker=said.speaker.mention if said.speaker else None,
        speaker_name=said.speaker.name if said.speaker else None,
        cue=Span(said.told.cue.start, said.told.cue.end) if said.told else None,
    )


def _counts(text: str, said: _Said) -> bool:
    start, end = said.quotation.words_start, said.quotation.words_end
    mark = text[said.quotation.start]
    if mark in _APOSTROPHES and (said.told is None or text[said.quotation.start + 1] in _APOSTROPHES):
        return False
    words = [word for word in text[start:end].split() if any(map(str.isalnum, word))]
    told = said.told is not None
    if end - start < 2 or not words:
        return False
    if len(words) >= MIN_WORDS:
        return told or not _is_title(words)
    if not told:
        return False
    if text[end - 1] in ".,?!…" and len(words) >= 2 and end - start >= MIN_ATTRIBUTED_CHARACTERS:
        return True
    return len(words) >= MIN_ATTRIBUTED_WORDS and end - start >= MIN_ATTRIBUTED_CHARACTERS


def _is_title(words: list[str]) -> bool:
    """Every long word has a capital, as in the name of a book, and no sentence ends."""
    long = [word for word in words if len(word) > 3]
    return 0 < len(long) <= 12 and words[-1][-1] not in ".?!" and all(word[0].isupper() for word in long)


class _Desk:
    """Reads the paragraphs of one article in order and remembers who spoke last."""

    def __init__(
        self, article: Article, paragraphs: Sequence[Span], quoted: Sequence[list[Quotation]], cues: Cues
    ) -> None:
        self._text, self._language, self._cues = article.text, article.language, cues
        self._speakers = Speakers(article.text, paragraphs, quoted, cues)
        self._last: _Said | None = None

    def read(self, span: Span, quoted: list[Quotation]) -> list[_Said]:
        """What is said of each quotation of the paragraph."""
        said: list[_Said] = []
        continued = self._last if self._last and not self._last.quotation.closed else None
        for sentence in split(span.of(self._text), self._language):
            begin = span.start + sentence.start
            found = tokens(self._text, begin, span.start + sentence.end, quoted)
            alone = True
            for at, token in enumerate(found):
                alone = alone and not token.is_word
                if token.quotation is not None and quoted[token.quotation].start >= begin:
                    heir = (said[-1] if said else continued) if alone else None
                    said.append(self._said(quoted[token.quotation], found, at, heir))
        if said:
            self._last = said[-1]
        return said

    def _said(self, quotation: Quotation, found: list[Token], at: int, heir: _Said | None) -> _Said:
        told = attributed(found, at, self._cues, open_ended=self._open_ended(quotation, found, at))
        if told is not None:
            return _Said(quotation, told, self._speakers.who(found, told))
        if heir is not None:
            return _Said(quotation, heir.told, heir.speaker)
        return _Said(quotation, None, None)

    def _open_ended(self, quotation: Quotation, found: list[Token], at: int) -> bool:
        last = self._text[max(0, quotation.words_end - 1)]
        comma = at + 1 < len(found) and found[at + 1].text == ","
        return comma or last in _OPEN_ENDS or (last != "." and at == 0)
