"""The quotations of an article that somebody said, and who.

What counts, between closed marks or to the end of an open paragraph:

- five words or more that the sentence attributes, and six or more that it does not, unless they are a
  title of a work (Every Word Like This);
- fewer words when they are a clause that ends as one (``"We did not fall," said …``), or three
  words or more of fifteen characters that the sentence attributes to a speaker.

The rest are scare quotes, titles and slogans. The speaker is a mention beside the words; where the
article leaves a doubt there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.model import Article, Quote, Span
from bot.quotes.attribution import (
    about,
    asked,
    attributed,
    in_reported_mood,
    is_silent,
    reported,
    signed_below,
)
from bot.quotes.dashes import dash_quotations
from bot.quotes.insertions import without_insertions
from bot.quotes.speakers import Speaker, Speakers
from bot.quotes.uncased import Spoken, is_uncased, spoken
from bot.quotes.verbs import Attribution, is_impersonal
from bot.text.cues import Cues, Words, cues_for
from bot.text.quotation_marks import PARAGRAPH_BREAK, Quotation, quotations
from bot.text.sentences import split
from bot.text.tokens import Token, by_sentence, quoted_token, tokens

MIN_WORDS = 5
MIN_ATTRIBUTED_WORDS = 3
MIN_ATTRIBUTED_CHARACTERS = 13
"""Between the marks; fifteen with them."""

MOOD_REACH = 14
"""Tokens before a quotation within which a verb in reported mood is of its clause."""

_SHOWN = 20
"""Tokens within which a banner or a motto leads to the words behind a colon."""

_APOSTROPHES = frozenset("'’‘‚‛")
"""Single marks count only beside a speaker: apostrophes pair by accident. Doubled apostrophes hold a
sentence together and are not reported."""


_ENDS = frozenset(".?!…,;:")
_LONG_DASHES = frozenset("—–―")
_MAY_OPEN = re.compile(r"^[—–-]", re.MULTILINE)
"""A paragraph that a dash opens may be a quotation."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation and what its sentence, or the one before, says of it.

    ``spoken`` is false for the title of a work and the words on a placard.
    """

    quotation: Quotation
    told: Attribution | None
    speaker: Speaker | None
    spoken: bool = True


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """The quotes in order, disjoint, each a span of the words without their marks."""
    cues = cues_for(article.language)
    paragraphs = _paragraphs(article)
    quoted = [quotations(article.text, span.start, span.end) for span in paragraphs]
    if not any(quoted) and not _MAY_OPEN.search(article.text):
        return ()
    if is_uncased(article.language):
        told = spoken(article.text, paragraphs, quoted, article.language)
        return tuple(_uncased_quote(one) for one in told if _counts_uncased(article.text, one))
    if cues is None:
        said = [_Said(one, None, None) for marks in quoted for one in marks]
    else:
        quoted = [
            some or dash_quotations(article.text, span, cues)
            for some, span in zip(quoted, paragraphs, strict=True)
        ]
        quoted = [without_insertions(article.text, some, cues) for some in quoted]
        said = _Desk(article, paragraphs, quoted, cues).read()
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
        role=said.speaker.person.role if said.speaker and said.speaker.person else None,
    )


def _uncased_quote(one: Spoken) -> Quote:
    words = Span(one.quotation.words_start, one.quotation.words_end)
    return Quote(words=words, speaker=one.mention, speaker_name=one.name, cue=one.cue, role=one.role)


def _counts_uncased(text: str, one: Spoken) -> bool:
    """Like ``_counts``; scripts without spaces are measured in characters, two to a word."""
    words = text[one.quotation.words_start : one.quotation.words_end]
    size = max(len(words.split()), sum(map(_is_unspaced, words)) // 2)
    return size >= (MIN_ATTRIBUTED_WORDS if one.cue else 2 * MIN_WORDS)


def _is_unspaced(character: str) -> bool:
    return "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff"


def _counts(text: str, said: _Said) -> bool:
    start, end = said.quotation.words_start, said.quotation.words_end
    if not said.spoken:
        return False
    mark = text[said.quotation.start]
    if mark in _APOSTROPHES and (said.told is None or text[said.quotation.start + 1] in _APOSTROPHES):
        return False
    words = [word for word in text[start:end].split() if any(map(str.isalnum, word))]
    told = said.told is not None
    led_in = text[max(0, said.quotation.start - 2) : said.quotation.start].rstrip()[-1:] in {",", ":"}
    if end - start < 2 or not words or (_is_title(words) and not (told and led_in)):
        return False
    if len(words) >= MIN_WORDS + (not told):
        return True
    if not told or end - start < MIN_ATTRIBUTED_CHARACTERS:
        return False
    return len(words) >= MIN_ATTRIBUTED_WORDS or (text[end - 1] in ".,?!…" and len(words) >= 2)


def _is_title(words: list[str]) -> bool:
    """Every long word has a capital, as in the name of a book, and neither clause nor sentence ends."""
    long = [word for word in words if len(word) > 3]
    titled = 0 < len(long) <= 12 and all(word[0].isupper() or word[0].isdecimal() for word in long)
    return titled and len(words) > 1 and words[-1][-1] not in ".?!,"


class _Desk:
    """Reads the paragraphs of one article in order and remembers who spoke last."""

    def __init__(
        self, article: Article, paragraphs: Sequence[Span], quoted: Sequence[list[Quotation]], cues: Cues
    ) -> None:
        self._text, self._paragraphs, self._quoted = article.text, paragraphs, quoted
        self._sentences = [
            [
                Span(span.start + one.start, span.start + one.end)
                for one in split(span.of(article.text), article.language)
            ]
            for span in paragraphs
        ]
        self._sentences = [
            _unbroken(sentences, some) for sentences, some in zip(self._sentences, quoted, strict=True)
        ]
        words = [tokens(article.text, span.start, span.end) for span in paragraphs]
        self._found = [
            by_sentence(found, sentences, some)
            for found, sentences, some in zip(words, self._sentences, quoted, strict=True)
        ]
        pairs = zip(self._sentences, self._found, strict=True)
        flat = [one for spans, found in pairs for one in zip(spans, found, strict=True)]
        self._speakers = Speakers(article.text, paragraphs, words, flat, cues)
        self._cues = self._speakers.cues

    def read(self) -> list[_Said]:
        """What is said of each quotation of the article."""
        said: list[_Said] = []
        for number in range(len(self._paragraphs)):
            said += self._paragraph(number, said[-1] if said else None)
        return _carried_back(said, {span.start for span in self._paragraphs})

    def _paragraph(self, number: int, last: _Said | None) -> list[_Said]:
        marks, found = self._quoted[number], self._found[number]
        if not marks:
            for sentence in found:
                self._pass_by(sentence)
            return []
        said: list[_Said] = []
        for place, sentence in enumerate(found):
            begin, silent = self._sentences[number][place].start, is_silent(sentence, self._cues)
            for at, token in enumerate(sentence):
                if token.quotation is None or marks[token.quotation].start < begin:
                    continue
                one = self._said(marks[token.quotation], sentence, at)
                if one.told is None and one.spoken and at + 1 == len(sentence) and place + 1 < len(found):
                    one = self._told_behind(one, sentence, found[place + 1])
                nobody = one.told is None or (silent and one.told.mention is None)
                unsaid = one.told is not None and self._is_impersonal(sentence, at, one.told)
                if (
                    (nobody or unsaid)
                    and one.spoken
                    and (
                        silent
                        or unsaid
                        or in_reported_mood(sentence[max(0, at - MOOD_REACH) : at], self._cues)
                    )
                ):
                    one = self._told_before(one, number, place, said[-1] if said else last)
                if said and said[-1].told and one.quotation.start == one.quotation.words_start:
                    # No mark opens what stands behind a cue inside the marks.
                    one = replace(said[-1], quotation=one.quotation)
                said.append(one)
            self._pass_by(sentence)
        if said and said[-1].told is None and said[-1].spoken:
            said[-1] = self._signed(number, said[-1])
        return said

    def _is_impersonal(self, sentence: list[Token], at: int, told: Attribution) -> bool:
        """Whether a bare "hieß es" follows, so that whoever the sentence before is about said it."""
        if told.mention is not None:
            return False
        cue = next((n for n in range(at, len(sentence)) if sentence[n] is told.cue), None)
        if cue is None or not is_impersonal(sentence, cue, self._cues):
            return False
        return all(
            not token.is_word or token.lower in self._cues.between for token in sentence[cue + 2 : cue + 3]
        )

    def _pass_by(self, sentence: list[Token]) -> None:
        """Remember whom a sentence is about, or whose words it reports."""
        told = None
        if all(token.quotation is None for token in sentence):
            told = (
                reported(sentence, self._cues)
                if any(token.lower in self._cues.say for token in sentence)
                else None
            )
        if told is not None and told.mention is not None and told.mention.kind == "name":
            self._speakers.who(sentence, told)
        else:
            self._speakers.pass_by(sentence)

    def _signed(self, number: int, said: _Said) -> _Said:
        """A paragraph that is one quotation may have its speaker's name in the next one."""
        following = self._found[number + 1 : number + 2]
        whole = Span(said.quotation.start, said.quotation.end) == self._paragraphs[number]
        if not whole or not following or len(following[0]) != 1 or self._quoted[number + 1]:
            return said
        told = signed_below(following[0][0], self._cues)
        return _Said(said.quotation, told, self._speakers.who(following[0][0], told)) if told else said

    def _told_before(self, said: _Said, number: int, place: int, last: _Said | None) -> _Said:
        """A quotation that is a whole sentence goes on with the quotation or the report before it."""
        heir = self._reported(number, place, said, last) if place else self._continued(number, said, last)
        if heir is None and place == 0 and said.quotation.start > self._paragraphs[number].start:
            # Behind "And:", or in the mood of what was said before.
            heir = self._near(number, last)
        return replace(heir, quotation=said.quotation) if heir else said

    def _told_behind(self, said: _Said, sentence: list[Token], following: list[Token]) -> _Said:
        """The quotation seemed to end its sentence, with a question or before a dash."""
        if following[0].text in _LONG_DASHES:
            return self._said(said.quotation, sentence + following, len(sentence) - 1)
        if following[0].text == "-" and (told := signed_below(following, self._cues)):
            return _Said(said.quotation, told, self._speakers.who(following, told))
        if _last_character(self._text, said.quotation) not in "?!…":
            return said
        told = asked(following, self._cues)
        return _Said(said.quotation, told, self._speakers.who(following, told)) if told else said

    def _reported(self, number: int, place: int, said: _Said, last: _Said | None) -> _Said | None:
        """Who speaks in the sentence before ``place``, or in those whose report it goes on with."""
        for at in range(place - 1, -1, -1):
            before, start = self._found[number][at], self._sentences[number][at].start
            if last is not None and last.quotation.end > start:
                return last
            if any(token.quotation is not None for token in before):
                return None
            told = reported(before, self._cues)
            goes_on = in_reported_mood(before, self._cues)
            if told is None and not goes_on:
                told = self._speakers.alone(before, about(before, self._cues))
            if told is not None:
                return _Said(said.quotation, told, self._speakers.who(before, told))
            if not goes_on:
                return None
        return self._near(number, last)

    def _near(self, number: int, last: _Said | None) -> _Said | None:
        """The last quotation, if it stands in the paragraph before."""
        near = last is not None and number > 0 and last.quotation.end > self._paragraphs[number - 1].start
        return last if near else None

    def _continued(self, number: int, said: _Said, last: _Said | None) -> _Said | None:
        """Whose words a quotation goes on with that opens the paragraph and has no cue of its own."""
        mark = self._quoted[number][0]
        if last and not last.quotation.closed:
            return last
        if number == 0 or not self._sentences[number - 1] or mark.start != self._paragraphs[number].start:
            return None
        before = self._sentences[number - 1][-1]
        if self._text[before.end - 1] == ":":
            return self._announced(self._found[number - 1][-1], mark)
        alone = len(self._quoted[number]) == 1 and mark.closed and mark.end == self._paragraphs[number].end
        heading = _last_character(self._text, mark) not in _ENDS
        if not alone or heading:
            return None
        if last and before.holds(_place(last)):
            return last
        return self._reported(number - 1, len(self._sentences[number - 1]), said, last)

    def _announced(self, before: list[Token], mark: Quotation) -> _Said | None:
        """What a paragraph that ends in a colon says of the quotation behind it."""
        found = [*before, quoted_token(mark, 0, mark.start, mark.end)]
        told = attributed(found, len(found) - 1, self._text[mark.words_end - 1], self._cues)
        return _Said(mark, told, self._speakers.who(found, told)) if told else None

    def _said(self, quotation: Quotation, found: list[Token], at: int) -> _Said:
        told = attributed(found, at, _last_character(self._text, quotation), self._cues)
        opening = self._text[quotation.words_start : quotation.words_end].partition(" ")[0].lower()
        named = told is None and opening in self._cues.works
        if named or _is_shown(found, at, told, self._cues):
            return _Said(quotation, None, None, spoken=False)
        return _Said(quotation, told, self._speakers.who(found, told) if told else None)


def _unbroken(sentences: Sequence[Span], quoted: Sequence[Quotation]) -> list[Span]:
    """The sentences, joined where a closed quotation reaches over their end: one that a dash opens does."""
    joined: list[Span] = []
    at = 0
    for sentence in sentences:
        while at < len(quoted) and quoted[at].end <= sentence.start:
            at += 1
        if joined and at < len(quoted) and quoted[at].closed and quoted[at].start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return joined


def _is_shown(found: list[Token], at: int, told: Attribution | None, cues: Cues) -> bool:
    """Whether the words are the name of a work, stand on something that people hold up, or are only imagined."""
    if found[0].lower in cues.imagined or (at > 0 and found[at - 1].lower in cues.sayings):
        return True
    if _hangs_on(found, at, cues.boards, cues):
        return True
    if told is not None and told.mention is not None and told.mention.kind != "description":
        return False
    if _hangs_on(found, at, cues.sayings, cues):
        return True
    before = [token.lower for token in found[max(0, at - 6) : at]]
    behind = [token.lower for token in found[at + 1 : at + 3] if told is None]
    beside = before[-2:] + [word for token in behind for word in token.rpartition("-")[::2]]
    return not cues.placards.isdisjoint(before) or (told is None and not cues.works.isdisjoint(beside))


def _hangs_on(found: list[Token], at: int, nouns: Words, cues: Cues) -> bool:
    """Read "the motto that hangs on the wall: …" and "the banner of the away fans: …", which nobody says."""
    if at < 2 or found[at - 1].text != ":":
        return False
    words = [token.lower for token in found[max(0, at - _SHOWN) : at] if token.is_word]
    return any(word in nouns for word in words) and not any(word in cues.say for word in words)


def _last_character(text: str, quotation: Quotation) -> str:
    """Of the words, not counting the marks of a quotation inside."""
    at = quotation.words_end - 1
    while at > quotation.words_start and text[at] in _APOSTROPHES:
        at -= 1
    return text[at]


def _place(said: _Said) -> Span:
    return Span(said.quotation.start, said.quotation.end)


def _carried_back(said: list[_Said], beginnings: set[int]) -> list[_Said]:
    """A quotation that its paragraph does not close goes on at the beginning of the next paragraph.

    Who speaks there spoke before.
    """
    for at in range(len(said) - 2, -1, -1):
        goes_on = not said[at].quotation.closed and said[at + 1].quotation.start in beginnings
        if goes_on and said[at].told is None:
            said[at] = replace(said[at], told=said[at + 1].told, speaker=said[at + 1].speaker)
    return said
