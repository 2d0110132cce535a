"""What a block is: prose of an article, a short line, or a kind of site boilerplate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from bot.article.fields.dates import only_a_date
from bot.article.fields.publication import stamped
from bot.article.text import appeals, asides, boilerplate
from bot.article.text.blocks import Block

_LONGEST_PHRASE = 600  # Boilerplate is short; a longer block is judged by its shape alone.
_LONGEST_SIGNS = 60  # Characters.
_LONGEST_APPEAL = 90  # Words.
_SHORT_UNSPACED = 40  # Characters of one short sentence in a script without spaces.
_LONGEST_CALL = 12  # Words of a heading or a button that says to read on.
_JOINTS = (
    "'",
    "’",
    "-",
    "\u0307",
)  # Within a word; the last is what a Turkish capital leaves in small letters.
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,:%]*")
_FINAL = re.compile(r"[.!?…。！？؟।][\"'”’»)\]*]{0,3}$|[.!?,][\"”’»]$|:$")
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S{4,500}")
_SPOKEN = re.compile(r"[^\W_]")
_ENDING = 6  # Characters at the end within which it is found: five, and a newline.
_LETTERS_OF_SENTENCES = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Kind(Enum):
    """The part that a block plays on the page."""

    PROSE = "a paragraph"
    SENTENCE = "a short sentence"
    LINE = "a short line: a heading, a name, a link"
    CAPTION = "words to a picture"
    END = "comments of readers, or notes below the end"
    RELATED = "a heading over other articles"
    TEASER = "a link to another article, or the text of a picture, that stands twice"
    OFFER = "a subscription or newsletter"
    RIGHTS = "copyright, terms, imprint"
    COOKIES = "a cookie or browser notice"
    SHARE = "share buttons and counts"
    CHROME = "menus, players, tags, dates of the page"
    NOTE = "the outlet about the text"
    DATE = "a date on a line of its own"


ARTICLE = frozenset({Kind.PROSE, Kind.SENTENCE, Kind.LINE})
"""What may be part of a body; everything else is boilerplate."""

_BOILERPLATE = tuple(
    (kind, boilerplate.phrases(words))
    for kind, words in (
        (Kind.DATE, (*boilerplate.DATES, *boilerplate.AGES)),
        (Kind.END, boilerplate.RELEASE_ENDS),
        (Kind.RIGHTS, boilerplate.RIGHTS),
        (Kind.CHROME, boilerplate.CHROME),
        (Kind.END, boilerplate.ENDS),
        (Kind.RELATED, (*boilerplate.RELATED, *boilerplate.RELATED_ELSEWHERE)),
        (Kind.SHARE, boilerplate.SHARES),
        (Kind.OFFER, (*boilerplate.WALLS, *boilerplate.WALLS_ELSEWHERE, *boilerplate.CHANNELS)),
        (Kind.COOKIES, boilerplate.CONSENT),
        (Kind.OFFER, boilerplate.OFFERS),
        (Kind.COOKIES, boilerplate.COOKIES),
        (Kind.NOTE, boilerplate.NOTES),
        (Kind.CAPTION, boilerplate.CAPTIONS),
    )
)

_EASTERN = {
    Kind.CHROME: boilerplate.phrases(boilerplate.EASTERN_CHROME),
    Kind.NOTE: boilerplate.phrases(boilerplate.EASTERN_NOTES),
    Kind.CAPTION: boilerplate.phrases(boilerplate.EASTERN_CAPTIONS),
}
"""More phrases of these kinds, of which each has a letter of :data:`_HAN`."""
_SIGNS = boilerplate.phrases(boilerplate.SIGNS)
_RELEASE_END = boilerplate.phrases(boilerplate.RELEASE_ENDS)
_SENDERS = boilerplate.phrases(boilerplate.SENDERS)
_SENDER = 4  # Blocks above a press contact among which who sends the release stands.
_LONGEST_HEADING = 80  # Characters.
_FOOTNOTE = re.compile(r"\[\^[\w-]{1,20}\]: ")  # As Markdown writes it.
_DISCLAIMER = boilerplate.phrases(boilerplate.DISCLAIMERS)
_HAN = re.compile("[\u3400-\u9fff]")
_NOTICE = boilerplate.phrases(
    (*boilerplate.WALLS, *boilerplate.WALLS_ELSEWHERE, *boilerplate.CHANNELS, *boilerplate.CONSENT)
)
_TO_READERS = frozenset({Kind.OFFER, Kind.COOKIES})
_NEVER_REPORTS = frozenset({Kind.CAPTION, Kind.RIGHTS})
_ADDRESSED = re.compile(
    r"\b(?:you|your|our|us|we|my|sie|ihre?n?|wir|uns(?:ere?)?|vous|votre|nous|nos|usted|tu|su|nuestr[oa]s?)\b"
    r"|^(?:subscribe|sign|register|join|get|click|enter|download|receive|become)\b"
)
_QUOTED = re.compile(r"[\"“”„«»].{1,600}[\"“”„«»]|\b(?:said|says|told|added)\b")


def kind(block: Block) -> Kind:
    """The kind of ``block``, by its words and its shape alone."""
    form = shape(block.text)
    text = asides.straight(block.text)
    plain = text.lower()
    if _FOOTNOTE.match(text) or _DISCLAIMER.match(plain):
        return Kind.NOTE if text.startswith("[") else Kind.RIGHTS
    if len(plain) > _LONGEST_PHRASE:
        return form
    if only_a_date(plain) or stamped(plain):
        return Kind.DATE
    if asides.corrects(plain):
        return form
    bare = plain.lstrip("*†‡>»«|•·[ ") or plain
    eastern = {} if bare.isascii() or _HAN.search(bare) is None else _EASTERN
    for found, pattern in _BOILERPLATE:
        if pattern.match(bare) or (found in eastern and eastern[found].match(bare)):
            return form if form is Kind.PROSE and _reports(found, plain) else found
    return _appeal(text, _runs_of_letters(block.text), form) or form


def with_senders(texts: Sequence[str], kinds: Sequence[Kind]) -> list[Kind]:
    """The kinds, where the heading over who sends a press release ends it, which a press contact below shows.

    So "About the Port of Averne", a paragraph, "Press contact".
    """
    told = list(kinds)
    for at, (text, one) in enumerate(zip(texts, kinds, strict=True)):
        if one is Kind.END and _RELEASE_END.match(text.lower()):
            above = range(at - 1, max(0, at - _SENDER), -1)
            heading = next((n for n in above if names_sender(texts[n])), None)
            if heading is not None:
                told[heading] = Kind.END
    return told


def names_sender(text: str) -> bool:
    """Whether a line is a heading over who sends a press release."""
    return len(text) <= _LONGEST_HEADING and _SENDERS.match(asides.straight(text).lower()) is not None


def says_nothing(text: str) -> bool:
    """Whether ``text`` has no letter and no digit ("___", "⁂", "◆◆◆"), or is nothing but an address."""
    return _SPOKEN.search(text) is None or _ADDRESS.fullmatch(text) is not None


def signs(text: str) -> bool:
    """Whether ``text`` is nothing but the signs of those who wrote and edited a report: "kno/mir/"."""
    return len(text) <= _LONGEST_SIGNS and _SIGNS.match(text.lower()) is not None


def _appeal(text: str, words: Sequence[str], form: Kind) -> Kind | None:
    """The kind of what speaks to the readers, whatever its phrases are; none for a report and a longer text.

    ``words`` are its runs of letters.
    """
    size = len(words) + (not _is_letter(text[:1])) + (not _is_letter(text[-1:]))
    unspaced = not text.isascii() and _LETTERS_OF_SENTENCES.search(text) is not None
    if size > _LONGEST_APPEAL or not (unspaced or appeals.spoken_of(words)):
        return None
    short = form is not Kind.PROSE or (unspaced and len(text) <= _SHORT_UNSPACED)
    if not short and _QUOTED.search(text.lower()):
        return None
    if appeals.closes_a_mail(text):
        return Kind.RIGHTS
    if short and size <= _LONGEST_CALL and appeals.calls_to_read_on(text):
        return Kind.OFFER
    if appeals.invites_comments(text):
        return Kind.END
    asks = appeals.sells(text, short=short) or appeals.begs(text, short=short)
    return Kind.OFFER if asks else None


def _runs_of_letters(text: str) -> list[str]:
    """The runs of letters in ``text``, in small letters: of each of its words one, or several where it is joined."""
    joined = " ".join([word for word in _words(text) if _is_letter(word[0])]).lower()
    for joint in _JOINTS:
        joined = joined.replace(joint, " ")
    return joined.split()


def _is_letter(character: str) -> bool:
    return character.isalnum() and not character.isdecimal()


def _reports(found: Kind, plain: str) -> bool:
    """Whether a paragraph that has boilerplate's words is the article's own all the same.

    An offer or a notice speaks to the reader; a paragraph that quotes somebody is a report.
    """
    if found in _TO_READERS and not (_ADDRESSED.search(plain) or _NOTICE.match(plain)):
        return True
    return found not in _NEVER_REPORTS and _QUOTED.search(plain) is not None


def shape(text: str) -> Kind:
    """Whether ``text`` is built like a paragraph, a sentence or a line."""
    words = _words(text)
    count = len(words) + _unspaced_words(text)
    final = _FINAL.search(text, max(0, len(text) - _ENDING)) is not None
    lower = len([word for word in words if not (word[0].isupper() or word[0].isdigit())])
    if count >= 10 and final and lower * 5 >= len(words) * 2:
        return Kind.PROSE
    if count >= 22 and lower * 2 >= len(words) and _flows(text, words, count):
        return Kind.PROSE
    return Kind.SENTENCE if final and count >= 3 and lower * 10 >= len(words) * 3 else Kind.LINE


def _flows(text: str, words: list[str], count: int) -> bool:
    """Whether words without a full stop make sentences: a cloud of tags has commas or no small words."""
    small = sum(1 for word in words if len(word) <= 3)
    return count > len(words) or (small * 8 >= len(words) and text.count(",") * 4 <= count)


def words_in(text: str) -> int:
    """How many words ``text`` has; two characters of a script without spaces count as one."""
    return len(_words(text)) + _unspaced_words(text)


@lru_cache(maxsize=64)  # Of a block, first its kind is asked and then its size.
def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _unspaced_words(text: str) -> int:
    return 0 if text.isascii() else len(_LETTERS_OF_SENTENCES.findall(text)) // 2
