"""What of a posted digest an article says otherwise by now, and the digest with the words of now. Pure.

A line that still stands in the article is left alone, wherever it stands; one whose words changed is found again as the
most similar sentence that is new. Where the most of an article was written anew there is nothing to correct: that is
another version of it, and what it brings is for the next digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from bot.digest.compose import headline_of
from bot.digest.facts import figures_of, folded_whole, marks_of
from bot.domain.digests import Brief, Change, Corrected, Digest, Facts, KeyQuote, Line, Part, part_of
from bot.domain.model import Entry, Quote, Span
from bot.stories.similarity import folded
from bot.text.sentences import split

SIMILAR = 0.6
"""The part of their words, in their order, that a sentence and its corrected wording share at least."""

KEPT = 0.6
"""The part of its sentences that an article keeps in a correction; with fewer it is another version."""


def corrected(digest: Digest, former: Entry, present: Entry) -> Corrected | None:
    """The digest, laid out with ``former``, with ``present`` in its place.

    ``None`` where words that were shown are gone from an article that was written anew.
    """
    work = _Correction(former, present)
    briefs = tuple(work.brief(brief) for brief in digest.briefs)
    also = tuple(replace(brief, entries=work.entries(brief.entries)) for brief in digest.also)
    also = tuple(
        replace(brief, headline=headline_of(brief.entries[0]))
        if brief.entries[0] is present and brief.headline == headline_of(former)
        else brief
        for brief in also
    )
    if any(change.new is None for change in work.changes) and not work.is_mostly_kept():
        return None
    return Corrected(replace(digest, briefs=briefs, also=also), tuple(work.changes), _learned(work.changes))


class _Correction:
    """One pass over a digest; ``changes`` are in its order."""

    def __init__(self, former: Entry, present: Entry) -> None:
        self._former = former
        self._present = present
        self.changes: list[Change] = []
        self._sentences: dict[Part, tuple[Span, ...]] = {}

    def brief(self, brief: Brief) -> Brief:
        """The story as it is now."""
        if all(entry.id != self._former.id for entry in brief.entries):
            return brief
        headline, changed = self._headline(brief)
        before = len(self.changes)
        lines = tuple(line for line in map(self._line, brief.lines) if line)
        quotes = tuple(quote for quote in map(self._quote, brief.quotes) if quote)
        gone = sum(change.new is None for change in self.changes[before:])
        differing = tuple(line for line in map(self._line, brief.differing) if line)
        if any(line.corrected for line in differing) or len(differing) < len(brief.differing):
            differing = ()  # whether the figures still differ is for the next digest to find out
        return replace(
            brief,
            headline=headline,
            lines=lines,
            quotes=quotes,
            entries=self.entries(brief.entries),
            corrected=brief.corrected or changed,
            withdrawn=brief.withdrawn + gone,
            differing=differing,
        )

    def entries(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The entries, with the article of now in place of the former one."""
        return tuple(self._present if entry.id == self._former.id else entry for entry in entries)

    def is_mostly_kept(self) -> bool:
        """Whether the article is the same but for some sentences."""
        before = [folded(span.of(self._former.article.text)) for span in _split(self._former, "text")]
        now = {folded(span.of(self._present.article.text)) for span in self._now("text")}
        return sum(words in now for words in before) >= KEPT * len(before)

    def _headline(self, brief: Brief) -> tuple[str, bool]:
        if brief.entries[0].id != self._former.id or brief.headline != headline_of(self._former):
            return brief.headline, False
        now = headline_of(self._present)
        if folded(now) == folded(brief.headline):
            return now, False
        self.changes.append(Change(self._present, brief.headline, now))
        return now, True

    def _line(self, line: Line) -> Line | None:
        if line.entry.id != self._former.id:
            return line
        found = self._standing(line.text, line.part, line.span.start)
        if found is not None:
            return replace(line, entry=self._present, span=found)
        found = self._reworded(line.text, line.part)
        new = None if found is None else found.of(part_of(self._present.article, line.part))
        same = new is not None and folded(new) == folded(line.text)
        if not same:
            self.changes.append(Change(self._present, line.text, new, found, line.part))
        if found is None:
            return None
        return replace(line, entry=self._present, span=found, corrected=line.corrected or not same)

    def _quote(self, key: KeyQuote) -> KeyQuote | None:
        if key.entry.id != self._former.id:
            return key
        text = self._present.article.text
        quotes = self._present.quotes
        same = next((one for one in quotes if folded(one.words.of(text)) == folded(key.text)), None)
        if same is not None:
            changed = self._attribution(key, same)
            return replace(key, entry=self._present, quote=same, corrected=key.corrected or changed)
        found = self._standing(key.text, "text", key.quote.words.start)
        if found is not None:
            return self._in_place(key, found)
        before = {folded(one.words.of(self._former.article.text)) for one in self._former.quotes}
        new = [one for one in quotes if folded(one.words.of(text)) not in before]
        near = _nearest(key.text, [one.words.of(text) for one in new])
        if near is None:
            self.changes.append(Change(self._present, key.text, None))
            return None
        words = new[near].words
        self.changes.append(Change(self._present, key.text, words.of(text), words))
        return replace(key, entry=self._present, quote=new[near], corrected=True)

    def _in_place(self, key: KeyQuote, found: Span) -> KeyQuote:
        """The quote where its words stand now: in what a longer one says, or where nobody is seen to say them."""
        within = next((one for one in self._present.quotes if one.words.holds(found)), None)
        if within is None:
            return replace(key, entry=self._present, quote=Quote(found))
        changed = self._attribution(key, within)
        quote = replace(within, words=found)
        return replace(key, entry=self._present, quote=quote, corrected=key.corrected or changed)

    def _attribution(self, key: KeyQuote, now: Quote) -> bool:
        """Whether somebody else is said to have said it."""
        said, says = _speaker(key.quote, self._former), _speaker(now, self._present)
        if not (said and says) or folded(said) == folded(says):
            return False
        words = now.words.of(self._present.article.text)
        self.changes.append(Change(self._present, f"{words} — {said}", f"{words} — {says}", now.words))
        return True

    def _standing(self, words: str, part: Part, near: int) -> Span | None:
        """Where the article still says the very words, nearest to where it said them."""
        text = part_of(self._present.article, part)
        places, at = [], text.find(words)
        while at >= 0:
            places.append(at)
            at = text.find(words, at + 1)
        start = min(places, key=lambda place: abs(place - near), default=None)
        if start is None or _goes_on(text, start, start + len(words), words):
            return None
        return Span(start, start + len(words))

    def _reworded(self, words: str, part: Part) -> Span | None:
        """The sentence of now that is most like the words, of those that are new."""
        former = part_of(self._former.article, part)
        before = {folded(span.of(former)) for span in _split(self._former, part)} - {folded(words)}
        text = part_of(self._present.article, part)
        new = [span for span in self._now(part) if folded(span.of(text)) not in before]
        near = _nearest(words, [span.of(text) for span in new])
        return None if near is None else new[near]

    def _now(self, part: Part) -> tuple[Span, ...]:
        if part not in self._sentences:
            self._sentences[part] = _split(self._present, part)
        return self._sentences[part]


def _split(entry: Entry, part: Part) -> tuple[Span, ...]:
    return split(part_of(entry.article, part), entry.article.language)


def _goes_on(text: str, start: int, end: int, words: str) -> bool:
    """Whether the words are the inside of longer ones: ``2 people died`` of ``12 people died``."""
    before, after = text[:start][-1:], text[end:][:1]
    return (before.isalnum() and words[:1].isalnum()) or (after.isalnum() and words[-1:].isalnum())


def _nearest(words: str, texts: Sequence[str]) -> int | None:
    """The place of the text that is most like the words; ``None`` where none is like them."""
    said = folded(words)
    likeness = [SequenceMatcher(None, said, folded(text), autojunk=False).ratio() for text in texts]
    best = max(range(len(texts)), key=lambda at: likeness[at], default=None)
    return best if best is not None and likeness[best] >= SIMILAR else None


def _speaker(quote: Quote, entry: Entry) -> str | None:
    mention = quote.speaker.of(entry.article.text) if quote.speaker else None
    return quote.speaker_name or mention


def _learned(changes: Sequence[Change]) -> Facts:
    said = [change.new for change in changes if change.new]
    return Facts(
        frozenset(word for text in said for word in folded_whole(text)),
        frozenset(figure for text in said for figure in figures_of(text)),
        frozenset(_marks(changes)),
    )


def _marks(changes: Sequence[Change]) -> Iterator[int]:
    for change in changes:
        if change.span is not None and change.part == "text":
            yield from marks_of(change.span, change.entry.article.text)
