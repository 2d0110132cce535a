"""Which passages of a page stand around its article: readers' comments, boxes of offers, rows of teasers.

What such a thing says differs by outlet and language; where it stands and how it is built does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.article.fields.credits import letters
from bot.article.text import appeals, boilerplate
from bot.article.text.block_kinds import ARTICLE, Kind, names_sender, words_in

_ENOUGH = 30  # Words of prose after which an end mark is believed.
_TALK = 12  # Passages after an end mark among which comments show when they were written.
_LONGEST_BOX = 14  # Passages of a box of offers.
_REPEATED = 3  # Times that a line stands on a page when it is the site's.
_AGE = re.compile(boilerplate.phrases(boilerplate.AGES).pattern, re.IGNORECASE)
_WHO = re.compile(r"^[^,·|•–—]{1,30} ?[,·|•–—] ?")  # Whose comment it is, before its age.
_FEW = 2  # Different lines of such a kind.
_LABELLED = 2  # Links behind one label.
_LINES = frozenset({"p", "head"})
_RELEASE_END = boilerplate.phrases(boilerplate.RELEASE_ENDS)
_SAID = re.compile(r"[\"“”„«»「]|^['‘]")
_LABEL = re.compile(r"[^:|»›→]{3,40}[:|»›→]")
_LONGEST_STATE = 120  # Characters of a script's variables that were printed.
_STATE = re.compile(r"(?:\w*[a-z][A-Z]\w*: ?(?:true|false|null|undefined)? ?)+|true|false|null|undefined")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, item or cell as trafilatura marks it."""

    tag: str
    text: str


def surroundings(
    found: Sequence[Passage], kinds: Sequence[Kind], half_linked: AbstractSet[str]
) -> frozenset[int]:
    """The places of the passages that are no part of the article.

    ``half_linked`` are the letters of the lines of which a good part is a link.
    """
    end = _end(found, kinds)
    return frozenset(
        (
            *range(end, len(found)),
            *_boxes(found, kinds),
            *_leave(found, kinds, end),
            *_related(kinds),
            *_repeated(found, kinds, half_linked),
            *(
                at
                for at, one in enumerate(found)
                if len(one.text) <= _LONGEST_STATE and _STATE.fullmatch(one.text)
            ),
        )
    )


def _end(found: Sequence[Passage], kinds: Sequence[Kind]) -> int:
    """Where the comments or the notes under a press release begin.

    A heading says so, or a notice with the ages of comments below it. Two ages say so by themselves
    when what stands under each is less than what stands above the first.
    """
    prose = 0
    for at, (passage, kind) in enumerate(zip(found, kinds, strict=True)):
        if kind is Kind.END and prose >= _ENOUGH:
            ends = _RELEASE_END.match(passage.text.lower()) or names_sender(passage.text)
            if ends and prose > _prose(found[at + 1 :], kinds[at + 1 :]):
                return at
            below = found[at + 1 : at + 1 + _TALK]
            # More prose below than above is no end, unless it shows its age: a heading may say "Discussion".
            less = prose > _prose(found[at + 1 :], kinds[at + 1 :])
            if (
                (less and passage.tag == "head")
                or Kind.PROSE not in kinds[at + 1 :]
                or any(map(_is_age, below))
            ):
                return at
        if kind is Kind.PROSE:
            prose += words_in(passage.text)
    return _first_age(found, kinds)


def _prose(found: Sequence[Passage], kinds: Sequence[Kind]) -> int:
    return sum(words_in(one.text) for one, kind in zip(found, kinds, strict=True) if kind is Kind.PROSE)


def _first_age(found: Sequence[Passage], kinds: Sequence[Kind]) -> int:
    ages = [at for at, passage in enumerate(found) if _is_age(passage)]
    if len(ages) < 2:
        return len(found)
    before = _prose(found[: ages[0]], kinds[: ages[0]])
    each = max(
        sum(words_in(one.text) for one in found[start + 1 : end])
        for start, end in zip(ages, [*ages[1:], len(found)], strict=True)
    )
    return ages[0] if before >= _ENOUGH and before > each else len(found)


def _is_age(passage: Passage) -> bool:
    return len(passage.text) <= 40 and _AGE.match(_WHO.sub("", passage.text, count=1)) is not None


def _related(kinds: Sequence[Kind]) -> Iterator[int]:
    """The lines below the last heading over other articles, where nothing but lines follows it."""
    lines = 0
    while lines < len(kinds) and kinds[-1 - lines] is Kind.LINE:
        lines += 1
    if lines < len(kinds) and kinds[-1 - lines] is Kind.RELATED:
        yield from range(len(kinds) - lines, len(kinds))


def _leave(found: Sequence[Passage], kinds: Sequence[Kind], end: int) -> Iterator[int]:
    """The last passages where each asks something of the readers, and the lines between them."""
    lines: list[int] = []
    for at in range(end - 1, max(-1, end - 1 - _LONGEST_BOX), -1):
        text = found[at].text
        if appeals.takes_leave(text) and not _SAID.search(text):
            yield from (at, *lines)
            lines = []
        elif kinds[at] in ARTICLE and (kinds[at] is Kind.PROSE or _SAID.search(text)):
            return
        else:
            lines.append(at)


def _boxes(found: Sequence[Passage], kinds: Sequence[Kind]) -> Iterator[int]:
    """The passages between and below offers that belong to the same box: headings, lists, further praise."""
    at = 0
    while at < len(found):
        if kinds[at] is not Kind.OFFER:
            at += 1
            continue
        below = found[at + 1 : at + 1 + _LONGEST_BOX]
        boxed = [_in_box(passage, kinds[at + 1 + n]) for n, passage in enumerate(below)]
        last = at + (boxed.index(False) if False in boxed else len(boxed))
        # In mid-article a box ends with its last offer: what follows may be the article's next heading.
        if last + 1 < len(found):
            last = max(place for place in range(at, last + 1) if kinds[place] is Kind.OFFER)
        yield from range(at, last + 1)
        at = last + 1


def _in_box(passage: Passage, kind: Kind) -> bool:
    return kind is not Kind.PROSE or appeals.praises(passage.text)


def _repeated(
    found: Sequence[Passage], kinds: Sequence[Kind], half_linked: AbstractSet[str]
) -> Iterator[int]:
    """The lines that stand again and again, and the links behind a label that does: "Read also: …"."""
    lines = [at for at, one in enumerate(found) if kinds[at] is Kind.LINE and one.tag in _LINES]
    times = Counter(found[at].text for at in lines if words_in(found[at].text) >= 2)
    again = {text for text, count in times.items() if count >= _REPEATED}
    linked = {
        at: label[0]
        for at in lines
        if (label := _LABEL.match(found[at].text)) and letters(found[at].text) in half_linked
    }
    labels = Counter(linked.values())
    for at in lines:
        # A plan of meals or a table repeats many lines, a site one or two.
        if (found[at].text in again and len(again) <= _FEW) or labels[linked.get(at, "")] >= _LABELLED:
            yield at
