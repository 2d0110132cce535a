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

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.model import Article, Quote, Span
from bot.quotes.attribution.ahead import announced, announcing
from bot.quotes.attribution.beside import asked, attributed
from bot.quotes.attribution.reports import (
    about,
    in_reported_mood,
    is_silent,
    may_report,
    recalled,
    reported,
    signed_behind,
    signed_below,
)
from bot.quotes.attribution.subjects import is_long
from bot.quotes.attribution.verbs import Attribution, is_impersonal
from bot.quotes.attribution.wordings import handed_on
from bot.quotes.counted import APOSTROPHES, Said, counts, counts_uncased, is_shown
from bot.quotes.marked import between_marks, is_unmarked, paragraphs_of, with_unmarked
from bot.quotes.people.speakers import Speakers
from bot.quotes.propagation import (
    carried_back,
    carried_on,
    interviewed,
    is_answer,
    of_one_voice,
    repeated,
)
from bot.quotes.uncased import Spoken, is_uncased, spoken
from bot.text.cue_files import cues_for
from bot.text.cues import Cues
from bot.text.quotation_marks import Quotation
from bot.text.sentences import split
from bot.text.tokens import Token, by_sentence, quoted_token, tokens

MOOD_REACH = 14
"""Tokens before a quotation within which a verb in reported mood is of its clause."""
BACK = 20
"""Sentences of a paragraph before a quotation within which a report begins that it goes on with."""
PLAIN = 1
"""Sentences about nobody between a report and the words of its paragraph that go on with it."""
NAMED = 20
"""Characters of a name between marks; more are somebody's words if nothing tells otherwise."""


_ENDS = frozenset(".?!…,;:")
_SENTENCE_ENDS = frozenset(".?!…")
_LONG_DASHES = frozenset("—–―")


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """The quotes in order, disjoint, each a span of the words without their marks."""
    cues = cues_for(article.language)
    paragraphs = paragraphs_of(article)
    quoted = between_marks(article.text, paragraphs)
    if not quoted:
        return ()
    if is_uncased(article.language):
        told = spoken(article.text, paragraphs, quoted, article.language)
        return tuple(_uncased_quote(one) for one in told if counts_uncased(article.text, one))
    if cues is None:
        said = [Said(one, None, None) for marks in quoted for one in marks]
    else:
        quoted = with_unmarked(article.text, paragraphs, quoted, cues)
        said = _Desk(article, paragraphs, quoted, cues).read()
    return tuple(_quote(one) for one in said if counts(article.text, one, cues))


def _quote(said: Said) -> Quote:
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
        self._before_question: Said | None = None
        self._above: dict[int, Said] = {}
        """What stands above the first of a row of open paragraphs, if the last of them does not tell who spoke in all."""
        self._speakers = Speakers(article, paragraphs, words, flat, cues)
        self._cues = self._speakers.cues

    def read(self) -> list[Said]:
        """What is said of each quotation of the article."""
        said: list[Said] = []
        last = max((number for number, marks in enumerate(self._quoted) if marks), default=-1)
        # Behind the last quotation, whom the text speaks of tells nothing more.
        for number in range(last + 1):
            said += self._paragraph(number, said[-1] if said else None)
        beginnings = {span.start for span in self._paragraphs}
        said = carried_back(said, beginnings)
        said = [self._told_above(one) for one in said] if self._above else said
        said = carried_on(self._text, said, beginnings)
        said = of_one_voice(self._text, repeated(self._text, said))
        told = any(one.speaker is not None or one.told is not None for one in said)
        return said if told else interviewed(self._text, said, self._speakers.guest)

    def _paragraph(self, number: int, last: Said | None) -> list[Said]:
        marks, found = self._quoted[number], self._found[number]
        if not marks:
            for sentence in found:
                self._pass_by(sentence)
            return []
        if is_unmarked(marks[0]) and marks[0].start == self._paragraphs[number].start:
            return self._posted(number, marks[0])
        said: list[Said] = []
        latest = last
        for place, sentence in enumerate(found):
            begun = self._begun(marks, number, place)
            silent = bool(begun) and is_silent(sentence, self._cues)
            colons = announcing(sentence) if begun else []
            behind = found[place + 1] if place + 1 < len(found) else []
            for at, mark in begun:
                one = self._said(mark, sentence, at)
                ends = bool(behind) and not any(token.is_word for token in sentence[at:])
                if one.told is None and one.spoken and ends:
                    one = self._told_behind(one, sentence, behind)
                if self._is_left_open(one, sentence, at, silent=silent):
                    one = self._led(one, sentence, colons[at]) or self._told_before(
                        one, number, place, latest
                    )
                if said and said[-1].told and is_unmarked(one.quotation):
                    # No mark opens what stands behind a cue inside the marks.
                    one = replace(said[-1], quotation=one.quotation)
                said.append(one)
                self._before_question = latest
                latest = one if _may_be_spoken(one) else latest
            self._pass_by(sentence)
        if said and said[-1].told is None and said[-1].spoken:
            said[-1] = self._signed(number, said[-1])
        return said

    def _begun(self, marks: Sequence[Quotation], number: int, place: int) -> list[tuple[int, Quotation]]:
        """The quotations that begin in the sentence, each with its token's place; most sentences have none."""
        begin = self._sentences[number][place].start
        quoted = [
            (at, marks[token.quotation])
            for at, token in enumerate(self._found[number][place])
            if token.quotation is not None
        ]
        return [(at, mark) for at, mark in quoted if mark.start >= begin]

    def _is_left_open(self, one: Said, sentence: list[Token], at: int, *, silent: bool) -> bool:
        """Whether the sentence does not say whose the words are, and may go on with what was told before."""
        nobody = one.told is None or (one.told.mention is None and (silent or one.told.cue.text == ":"))
        unsaid = one.told is not None and self._is_impersonal(sentence, at, one.told)
        if not (nobody or unsaid) or not one.spoken:
            return False
        near = sentence[max(0, at - MOOD_REACH) : at]
        return silent or unsaid or in_reported_mood(near, self._cues)

    def _is_impersonal(self, sentence: list[Token], at: int, told: Attribution) -> bool:
        """Whether a bare "hieß es" follows, so that whoever the sentence before is about said it."""
        if told.mention is not None:
            return False
        cue = bisect_left(sentence, told.cue.start, key=lambda token: token.start)
        if sentence[cue : cue + 1] != [told.cue] or not is_impersonal(sentence, cue, self._cues):
            return False
        if cue < at:
            return cue + 3 == at and sentence[at - 1].text == ":"
        return all(
            not token.is_word or token.lower in self._cues.between for token in sentence[cue + 2 : cue + 3]
        )

    def _pass_by(self, sentence: list[Token]) -> None:
        """Remember whom a sentence is about, or whose words it reports."""
        told = None
        if all(token.quotation is None for token in sentence):
            told = reported(sentence, self._cues) if may_report(sentence, self._cues) else None
        if told is not None and told.mention is not None and told.mention.kind == "name":
            self._speakers.who(sentence, told)
        else:
            self._speakers.pass_by(sentence)

    def _signed(self, number: int, said: Said) -> Said:
        """A paragraph that is one quotation may have its speaker's name in the next one."""
        following = self._found[number + 1 : number + 2]
        paragraph = self._paragraphs[number]
        behind = self._text[said.quotation.end : paragraph.end].strip(" .,")
        whole = said.quotation.start == paragraph.start and not behind
        if not whole or not following or len(following[0]) != 1 or self._quoted[number + 1]:
            return said
        told = signed_below(following[0][0], self._cues)
        return Said(said.quotation, told, self._speakers.who(following[0][0], told)) if told else said

    def _posted(self, number: int, post: Quotation) -> list[Said]:
        """The post of a paragraph, if the line below it names a person and not a body."""
        line = [token for sentence in self._found[number + 1] for token in sentence]
        told = signed_below(line, self._cues)
        name = line[told.mention.first : told.mention.last + 1] if told and told.mention else []
        known = self._cues.given | self._cues.people
        body = any(token.text.isupper() and len(token.text) > len("J.") for token in name)
        if told is None or body or not any(token.lower in known for token in name):
            return []
        return [Said(post, told, self._speakers.who(line, told))]

    def _led(self, said: Said, sentence: list[Token], colon: int) -> Said | None:
        """Read `X tried to calm them: There had been "no danger"`: the words are X's, or of nobody known.

        What stands before the colon without anybody ("And further:") goes on with whoever spoke before.
        """
        told = announced(sentence, colon, self._cues)
        if told is None or told.mention is None:
            alone = told is None or self._speakers.passes_over(sentence[: sentence.index(told.cue)])
            return None if alone else said
        return Said(said.quotation, told, self._speakers.who(sentence, told))

    def _told_before(self, said: Said, number: int, place: int, last: Said | None) -> Said:
        """A quotation that is a whole sentence goes on with the quotation or the report before it."""
        heir = self._reported(number, place, said, last) if place else self._continued(number, said, last)
        if heir is None and place == 0 and said.quotation.start > self._paragraphs[number].start:
            # Behind "And:", or in the mood of what was said before.
            heir = self._near(number, last)
        return replace(heir, quotation=said.quotation) if heir else said

    def _told_behind(self, said: Said, sentence: list[Token], following: list[Token]) -> Said:
        """The quotation seemed to end its sentence, with a question or before a dash."""
        told = handed_on(following, self._cues) or recalled(following, self._cues)
        if told is None and _last_character(self._text, said.quotation) in _SENTENCE_ENDS:
            told = signed_behind(following, self._cues)
        if told is not None:
            return Said(said.quotation, told, self._speakers.who(following, told))
        if sentence[-1].quotation is None:
            return said
        if following[0].text in _LONG_DASHES:
            return self._said(said.quotation, sentence + following, len(sentence) - 1)
        if following[0].text == "-" and (told := signed_below(following, self._cues)):
            return Said(said.quotation, told, self._speakers.who(following, told))
        if _last_character(self._text, said.quotation) not in "?!…" or following[0].text == "(":
            return said
        told = asked(following, self._cues)
        return Said(said.quotation, told, self._speakers.who(following, told)) if told else said

    def _reported(self, number: int, place: int, said: Said, last: Said | None) -> Said | None:
        """Who speaks in the sentence before ``place``, or in those whose report it goes on with."""
        plain = 0 if said.quotation.start < self._paragraphs[number].end else PLAIN
        for at in range(place - 1, max(0, place - BACK) - 1, -1):
            before, start = self._found[number][at], self._sentences[number][at].start
            if last is not None and last.quotation.end > start:
                return self._answering(last) if is_answer(self._text, last, said, self._cues) else last
            if any(is_long(token) for token in before):
                return None
            told = recalled(before, self._cues) or reported(before, self._cues)
            goes_on = in_reported_mood(before, self._cues)
            if told is None and not goes_on:
                told = self._speakers.alone(before, about(before, self._cues))
                told = told or self._speakers.lone(before)
            if told is not None:
                return Said(said.quotation, told, self._speakers.who(before, told))
            plain += not goes_on
            within = plain <= PLAIN or self._is_within(number, last)
            if not goes_on and not (within and self._speakers.passes_over(before)):
                return None
        return self._near(number, last) if place <= BACK else None

    def _is_within(self, number: int, last: Said | None) -> bool:
        """Whether the last quotation stands in the same paragraph."""
        return last is not None and last.quotation.start >= self._paragraphs[number].start

    def _near(self, number: int, last: Said | None) -> Said | None:
        """The last quotation, if it stands in the paragraph before."""
        near = last is not None and number > 0 and last.quotation.end > self._paragraphs[number - 1].start
        return last if near else None

    def _continued(self, number: int, said: Said, last: Said | None) -> Said | None:
        """Whose words a quotation goes on with that opens the paragraph and has no cue of its own."""
        mark = self._quoted[number][0]
        open_one = last if last and not last.quotation.closed else None
        if number == 0 or not self._sentences[number - 1] or mark.start != self._paragraphs[number].start:
            return open_one
        before = self._sentences[number - 1][-1]
        if self._text[before.end - 1] == ":":
            return self._announced(self._found[number - 1][-1], mark) or open_one
        if open_one:
            return open_one
        alone = len(self._quoted[number]) == 1 and mark.end == self._paragraphs[number].end
        heading = _last_character(self._text, mark) not in _ENDS
        if not alone or heading or not (mark.closed or self._goes_on_below(number)):
            return None
        if last and before.holds(Span(last.quotation.start, last.quotation.end)):
            told = self._answering(last)
        else:
            told = self._reported(number - 1, len(self._sentences[number - 1]), said, last)
        if told is not None and not mark.closed:
            if told.speaker is not None:
                self._above[mark.start] = told
            return None
        return told

    def _told_above(self, said: Said) -> Said:
        above = self._above.get(said.quotation.start) if said.told is None else None
        return replace(above, quotation=said.quotation) if above else said

    def _goes_on_below(self, number: int) -> bool:
        """Whether a quotation opens the next paragraph, so that a mark that nobody closes is no stray one."""
        below = [marks[0].start for marks in self._quoted[number + 1 : number + 2] if marks]
        return below == [self._paragraphs[number + 1].start] if below else False

    def _answering(self, last: Said) -> Said | None:
        """Who goes on behind the last quotation: behind a question whoever spoke before it, if that is somebody else."""
        if last.told is None or last.told.cue.lower not in self._cues.ask:
            return last
        before = self._before_question
        other = before and before.speaker and last.speaker and before.speaker.mention != last.speaker.mention
        return before if other else None

    def _announced(self, before: list[Token], mark: Quotation) -> Said | None:
        """What a paragraph that ends in a colon says of the quotation behind it."""
        found = [*before, quoted_token(mark, 0, mark.start, mark.end)]
        told = attributed(found, len(found) - 1, self._text[mark.words_end - 1], self._cues)
        if is_shown(found, len(found) - 1, told, self._cues):
            return Said(mark, None, None, spoken=False)
        return Said(mark, told, self._speakers.who(found, told)) if told else None

    def _said(self, quotation: Quotation, found: list[Token], at: int) -> Said:
        told = attributed(found, at, _last_character(self._text, quotation), self._cues)
        opening = self._text[quotation.words_start : quotation.words_end].partition(" ")[0].lower()
        named = told is None and opening in self._cues.works
        if named or is_shown(found, at, told, self._cues):
            return Said(quotation, None, None, spoken=False)
        return Said(quotation, told, self._speakers.who(found, told) if told else None)


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


def _last_character(text: str, quotation: Quotation) -> str:
    """Of the words, not counting the marks of a quotation inside."""
    at = quotation.words_end - 1
    while at > quotation.words_start and text[at] in APOSTROPHES:
        at -= 1
    return text[at]


def _may_be_spoken(one: Said) -> bool:
    """Whether somebody may have said it: it is no name between marks."""
    return one.told is not None or one.quotation.words_end - one.quotation.words_start > NAMED
