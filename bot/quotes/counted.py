"""Which quotations are somebody's words: long enough, and no title, motto or placard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.quotes.attribution.verbs import Attribution
from bot.quotes.people.person import Speaker
from bot.quotes.uncased import Spoken
from bot.text.cues import Cues, Words
from bot.text.quotation_marks import Quotation
from bot.text.tokens import Token

MIN_WORDS = 5
MIN_ATTRIBUTED_WORDS = 3
MIN_ATTRIBUTED_CHARACTERS = 13
"""Between the marks; fifteen with them."""
MIN_SMALL_CHARACTERS = 8
"""The same where a speaker is told and, as nouns have capitals, the small beginning tells a title: „ein Skandal“."""


_NOUN = 5
"""Tokens within which the article of a noun stands before what it is called."""
_READ = 8
"""Tokens behind the words within which "read a sign on the door" stands."""
_SHOWN = 20
"""Tokens within which a banner or a motto leads to the words behind a colon."""


_CODE = frozenset("{}\\")
"""Characters that nobody says."""
_NEAR = 10
"""Characters before a quotation in which the small word before it stands."""
_JOINED = re.compile(r"-\w")
"""Behind the closing mark, of a word that a title or saying is part of: „Best of Beton“-Preis."""
APOSTROPHES = frozenset("'’‘‚‛")
"""Single marks count only beside a speaker: apostrophes pair by accident. Doubled apostrophes hold a
sentence together and are not reported."""


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation and what its sentence, or the one before, says of it.

    ``spoken`` is false for the title of a work and the words on a placard.
    """

    quotation: Quotation
    told: Attribution | None
    speaker: Speaker | None
    spoken: bool = True


def counts_uncased(text: str, one: Spoken) -> bool:
    """Like ``counts``; scripts without spaces are measured in characters, two to a word."""
    words = text[one.quotation.words_start : one.quotation.words_end]
    size = max(len(words.split()), sum(map(_is_unspaced, words)) // 2)
    return size >= (MIN_ATTRIBUTED_WORDS if one.cue else 2 * MIN_WORDS)


def _is_unspaced(character: str) -> bool:
    return "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff"


def counts(text: str, said: Said, cues: Cues | None) -> bool:
    """Whether the quotation is somebody's words, by its length, its marks and what its sentence says of it."""
    start, end = said.quotation.words_start, said.quotation.words_end
    code = said.speaker is None and not _CODE.isdisjoint(text[start:end])
    if not said.spoken or code or _JOINED.match(text, said.quotation.end):
        return False
    mark = text[said.quotation.start]
    if mark in APOSTROPHES and (said.told is None or text[said.quotation.start + 1] in APOSTROPHES):
        return False
    words = [word for word in text[start:end].split() if any(map(str.isalnum, word))]
    told = said.told is not None
    led_in = text[max(0, said.quotation.start - 2) : said.quotation.start].rstrip()[-1:] in {",", ":"}
    predicate = said.speaker and cues and _word_before(text, said.quotation).lower() in cues.predicates
    if end - start < 2 or not words or (_is_title(words, cues) and not (told and led_in) and not predicate):
        return False
    size = len(words)
    aside = said.told is None or said.told.mention is None or _is_in_a_row(text, said.quotation)
    listed = aside and _is_listed(words, cues)
    if said.told is None or listed:
        return size > MIN_WORDS and not listed
    named = said.speaker is not None and said.speaker.name is not None and said.told.cue.is_word
    if size >= MIN_WORDS or (size > 1 and _is_cut(text, said.quotation, behind_colon=named)):
        return True
    told_by = said.speaker is not None and said.told.cue.is_word
    small = told_by and cues is not None and _opens_small(words, cues)
    part = named and not _is_title(words, cues)  # of what the named one said: "would be “utterly necessary”"
    ends = size > 1 and (small or part or text[end - 1] in ".,?!…")
    least = MIN_SMALL_CHARACTERS if small else MIN_ATTRIBUTED_CHARACTERS
    return end - start >= least and (size >= MIN_ATTRIBUTED_WORDS or ends)


def _word_before(text: str, quotation: Quotation) -> str:
    near = text[max(0, quotation.start - _NEAR) : quotation.start]
    return near.rpartition("\n")[2].strip().rpartition(" ")[2]


def _is_cut(text: str, quotation: Quotation, *, behind_colon: bool) -> bool:
    """Whether a comma follows what opens a sentence, behind the mark as in German: „Wir warten“, so Lee, „…“.

    ``behind_colon``: or a full stop what a colon leads in: Lee dijo: «Llegamos tarde».
    """
    if behind_colon and text[quotation.end : quotation.end + 1] == ".":
        return text[max(0, quotation.start - 2) : quotation.start].strip() == ":"
    before = text[max(0, quotation.start - 2) : quotation.start].rstrip()[-1:]
    return text[quotation.end : quotation.end + 2] == ", " and before in {
        "",
        ".",
        ":",
        "!",
        "?",
        "“",
        "”",
        '"',
    }


def _is_title(words: list[str], cues: Cues | None) -> bool:
    """Every long word has a capital, as in the name of a book, and neither clause nor sentence ends.

    Where every noun has one, a verb tells: "Das Haus am Hang" is a title, "Das ist das Ende" none.
    """
    long = [word for word in words if len(word) > 3]
    titled = 0 < len(long) <= 12 and all(word[0].isupper() or word[0].isdecimal() for word in long)
    if titled and cues and (any(word in cues.finite for word in words) or _opens_small(words, cues)):
        return False
    return titled and len(words) > 1 and words[-1][-1] not in ".?!,"


def _is_listed(words: list[str], cues: Cues | None) -> bool:
    """Whether it is a title with the comma of its sentence inside the marks, as American papers have it."""
    return words[-1][-1] == "," and _is_title([*words[:-1], words[-1][:-1] or ","], cues)


def _is_in_a_row(text: str, quotation: Quotation) -> bool:
    """Whether another quotation stands right before or behind it, as in a list of titles."""
    behind = text[quotation.end : quotation.end + 2].lstrip()[:1]
    before = text[max(0, quotation.start - 2) : quotation.start].rstrip()[-1:]
    return (behind != "" and behind in '“"‘„') or (before != "" and before in '”"’“')


def _opens_small(words: list[str], cues: Cues) -> bool:
    """Whether, where nouns have capitals, it begins with a small word, as no title does."""
    return cues.capital_nouns and words[0][0].islower()


def is_shown(found: Sequence[Token], at: int, told: Attribution | None, cues: Cues) -> bool:
    """Whether the words are the name of a work, stand on something that people hold up, or are only imagined."""
    if found[0].lower in cues.imagined or (at > 0 and found[at - 1].lower in cues.sayings):
        return True
    if (
        (cues.verb_final and _is_inscribed(found, at, cues))
        or _hangs_on(found, at, cues.boards, cues)
        or _is_named_work(found, at, cues)
    ):
        return True
    if told is not None and told.mention is not None and told.mention.kind != "description":
        nobody = found[told.mention.first].lower not in cues.he | cues.she  # "on peut lire", "está escrito"
        return (
            told.mention.kind == "pronoun" and nobody and _is_read_on(found[max(0, at - _SHOWN) : at], cues)
        )
    if (
        _is_inscribed(found, at, cues)
        or _is_called(found, at, cues)
        or _hangs_on(found, at, cues.sayings, cues)
    ):
        return True
    before = [token.lower for token in found[max(0, at - 6) : at]]
    behind = [token.lower for token in found[at + 1 : at + 3] if told is None]
    beside = before[-2:] + [word for token in behind for word in token.rpartition("-")[::2]]
    return not cues.placards.isdisjoint(before) or (told is None and not cues.works.isdisjoint(beside))


def _is_inscribed(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "Auf dem Stein steht “…”" and "The plinth bears the words “…”": what stands on something nobody says.

    What stands in a letter, or on somebody's page, is told by whoever wrote it.
    """
    near = found[max(0, at - _SHOWN) : at]
    if _is_read_on(near, cues) or _is_read_on(found[at + 1 : at + 1 + _READ], cues):
        return True
    if any(token.lower in cues.bears for token in near):
        return True
    if cues.verb_final:
        place = found[at - 1].lower if at else ""
        return place.endswith(tuple(cues.upon)) and any(
            token.lower in cues.stands for token in found[at + 1 : at + _SHOWN]
        )
    where = {token.lower for token in near}
    if where.isdisjoint(cues.stands):
        return False
    dated = len(found) > 1 and (found[1].lower in cues.days or found[1].lower in cues.times)
    upon = (
        found[0].lower in cues.upon
        and not dated
        and where.isdisjoint(cues.documents | cues.groups | cues.pages)
    )
    return upon or not where.isdisjoint(cues.placards)


def _is_read_on(words: Sequence[Token], cues: Cues) -> bool:
    """Read "Auf der ersten Seite steht", "se lee en la puerta" and "a note taped to the window read": it stands on a thing.

    A page that is called by its owner, or as one of the web, is somebody's.
    """
    places = [n for n, token in enumerate(words) if token.lower in cues.surfaces]
    if not places or not any(token.lower in cues.stands for token in words):
        return False
    of = words[places[-1] + 1 : places[-1] + 2]
    owned = bool(of) and (of[0].lower in cues.owners or of[0].is_capital)
    lower = {token.lower for token in words}
    return not owned and lower.isdisjoint(
        cues.theirs | cues.he_forms | cues.she_forms | (cues.pages - cues.surfaces)
    )


def _is_called(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "a new piece called “…”" and "cries of “…”", which is what a thing is called, or a crowd's."""
    if at < 2:
        return False
    if found[at - 1].lower in cues.owners and found[at - 2].lower in cues.sayings:
        return True
    thing = found[at - 2]
    lists = (cues.persons, cues.titles, cues.groups, cues.pronouns, cues.between, cues.passive, cues.stops)
    named = found[at - 1].lower in cues.named and thing.text.islower()
    articled = any(token.lower in cues.articles for token in found[max(0, at - _NOUN) : at - 2])
    return named and articled and not any(thing.lower in words for words in lists)


def _is_named_work(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read `in his book "…"`, whoever says it; not `they show "…"`."""
    if at < 2 or found[at - 1].lower not in cues.works - cues.wordings:
        return False
    return found[at - 2].lower not in cues.pronouns


def _hangs_on(found: Sequence[Token], at: int, nouns: Words, cues: Cues) -> bool:
    """Read "the motto that hangs on the wall: …" and "the banner of the away fans: …", which nobody says."""
    if at < 2 or found[at - 1].text != ":":
        return False
    words = [token.lower for token in found[max(0, at - _SHOWN) : at] if token.is_word]
    return any(word in nouns for word in words) and not any(word in cues.say for word in words)
