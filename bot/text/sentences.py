"""Sentences as spans, by Punkt, with quotations kept whole.

Punkt (Kiss and Strunk 2006) knows the abbreviations of each language; what it does not know is
that a full stop inside quotation marks does not end the sentence around them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Protocol, cast

import punkt

from bot.domain.model import Span
from bot.text.abbreviations import before_names
from bot.text.cue_files import cues_for
from bot.text.cues import Cues
from bot.text.languages import name_of
from bot.text.quotation_marks import PARAGRAPH_BREAK, Quotation, quotations

_NEAREST = {"ukrainian": "russian", "slovak": "czech", "chinese": "english", "japanese": "english"}
"""Languages without a model of their own, and the one whose abbreviations come nearest. Chinese and
Japanese full stops are ``_HARD_END``; what needs a model there is the Latin text between them."""

_HARD_END = re.compile(r"[。！？｡．؟۔।॥։።፧፨။។]+")
"""Marks that end a sentence in every script that uses them, with or without a space behind."""

_CLOSING = frozenset("\"'”’»)]}」』》）›")
_LIST_MARK = re.compile(
    r"[\s(\[]*(?:[•▪◦·*⁃]\s{0,3})?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[•▪◦·*\-–⁃])[.)\]:]*\s*"
)
_LIST_LINE = re.compile(r"\n\s*(?=(?:[•▪◦·*⁃–-]|\(?\d{1,3}[.)])\s)")
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Rev|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Capt|Sgt|Cpl|Pvt|Maj|Adm|Cmdr|Insp|Supt|Det|Cllr|Del|Prof|Hon|Fr|Br|Messrs|Mme|Mlle|Mt|Mts|Ft|Skt|Sr|Sra|Srta|Ing|Avv|Dott|Sig|Amb|Pres)\.\s*"
)
"""A full stop behind these ends no sentence while a name follows."""
_MONTHS = (
    "jan|ene|gen|janv|feb|fév|févr|mar|mär|märz|mars|apr|abr|avr|mai|may|mag|maj|jun|juin"
    "|giu|jul|juil|lug|aug|ago|août|sep|sept|set|oct|okt|ott|out|nov|dec|dez|déc|dic|dek|des|янв|фев|мар|апр|июн|июл|авг|сен"
    "|сент|окт|ноя|нояб|дек|січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|list|gru"
)
_CUT_SHORT = re.compile(
    rf"(?:\b(?:al|viz|cf|ca|kl|nr|núm|págs?|ung|jfr|str|tel)|\d{{1,2}}\.?\s(?:de\s)?(?:{_MONTHS}))\.\s*(?=[\d(—–-])"
    r"|\bEE\.\s*(?=UU\b)",
    re.IGNORECASE,
)
"""A name, a month or a measure cut short before a figure, a bracket or a dash: "Lee et al. (2031)", "3 nov. (Agency)"."""
_DAY = re.compile(rf"\d{{1,2}}\.\s*(?=(?:{_MONTHS})\.)", re.IGNORECASE)
"""A day before a month cut short: "3. Nov."."""
_DATELINE = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]{1,40}, [A-Z][^\W\d_]{1,5}\.\s*(?=[—–-])")
"""A place in capitals and its state cut short, before a dash: "BRINDLE, Md. — "."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}\s*")
_NO_NAME = frozenset(
    ("a.d.", "a.m.", "b.a.", "b.c.", "d.c.", "e.u.", "e.v.", "i.r.", "l.a.", "m.a.", "m.d.", "n.y.")
)
_NO_NAME |= frozenset(
    ("p.m.", "u.k.", "u.n.", "u.s.", "u.s.a.", "u.a.e.", "z.b.", "d.h.", "u.a.", "o.ä.", "s.a.")
)
"""Initials that are nobody's: a sentence may end with them."""
_OTHERS = frozenset(("al.", "coll.", "m.fl.", "e.a.", "u.a.", "vd.", "kol.", "wsp."))
"""Behind the first of several authors, in Latin, French, Nordic, Dutch, German, Turkish, Czech, Polish."""
_LAST_RUN = re.compile(r"^.*[\s(\[’']", re.DOTALL)
_NEW_NAME = re.compile(r"\b(?:sp|spp|gen|comb|fam|nom)\.\s?nov\.\s*$")
"""Behind a name that a naturalist gives for the first time: "Larus brevis sp. nov. Marlow"."""
_ORDINAL = re.compile(r"(?<!\w)([^\W\d_]+)\s\d{1,2}\.\s*")
_ORDINALS = frozenset(("da", "de", "nb", "nn", "no", "cs", "sk", "pl", "sl", "hr", "hu", "fi", "et", "tr"))
"""Languages that write "20th" as "20."."""
_DETERMINER = re.compile(
    r"(?:d(?:er|ie|as|em|en|es)|(?:mein|dein|sein|ihr|unser|eur|ein|kein|jed|dies|jen)e[rmns]?|zu[mr]|[ai]m|vom|beim)"
)
"""Stands before a German ordinal, whatever its case: "mit ihrer 20. Staffel"."""
_OWN_END = {"hy": re.compile(r":(?=\s)|։"), "el": re.compile(r"[;\u037e](?=\s)")}
"""Marks that end a sentence in one language only: the Armenian full stop is often typed as a colon,
the Greek question mark as a semicolon."""

_MANY_DOTS = re.compile(r"\.{4,6}\s{1,3}(?=[^\W\d_])")
"""An ellipsis and the full stop behind it."""

_GLUED = re.compile(r"[.!?](?<=[a-zß-öø-ÿа-яёіїєґ]{3}.)(?=[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ][a-zß-öø-ÿа-яёіїєґ]{0,20}\s)")
"""A full stop whose space was lost ("closed.The ferry"); a name such as "node.js" or an address has no
capital behind the stop and a space behind that word."""

_REMEMBERED = 4_000
"""Characters of a paragraph up to which the sentences of many are remembered for the next who asks."""

_FOLLOWING = re.compile(r"[^\W\d_][^\W_]*")
_ABBREVIATION = 8
"""Characters behind a full stop that tell whether it ends a sentence."""
_ABBREVIATED = 40
"""Characters before a full stop that tell whether it ends a sentence."""


class _Punkt(Protocol):
    def span_tokenize(self, text: str) -> Iterator[tuple[int, int]]: ...


@lru_cache(maxsize=2)  # An article is split for its summary and again for its quotes.
def split(text: str, language: str | None) -> tuple[Span, ...]:
    """The sentences of ``text``: trimmed, ordered, disjoint, none empty; linear in the text.

    An empty line always ends a sentence; nothing inside a closed quotation does. ``language`` is
    an ISO 639-1 code; one without a model is split by the English one.
    """
    found: list[Span] = []
    start = 0
    for gap in PARAGRAPH_BREAK.finditer(text):
        found += _paragraph(text, start, gap.start(), language)
        start = gap.end()
    return (*found, *_paragraph(text, start, len(text), language))


@cache
def _said_after() -> re.Pattern[str]:
    """A few words and an English say-verb."""
    english = cues_for("en")
    say = "|".join(sorted(english.say if english else ()))
    return re.compile(rf"(?:[\w.'’-]{{1,30}} ){{0,6}}(?:{say})\b")


@lru_cache(maxsize=64)
def _tokenizer(name: str) -> _Punkt:
    # The curated prefixes keep "e.g.", "No. 5" and "Fig. 2" whole.
    return cast("_Punkt", punkt.tokenizer_for(_NEAREST.get(name, name), prefixes=True))


def _paragraph(text: str, start: int, end: int, language: str | None) -> Iterable[Span]:
    piece = text[start:end]
    spans = (_remembered if end - start <= _REMEMBERED else _remembered_long)(piece, language)
    return spans if start == 0 else (Span(start + span.start, start + span.end) for span in spans)


@lru_cache(maxsize=512)
def _remembered(text: str, language: str | None) -> tuple[Span, ...]:
    """As :func:`_sentences`: summary and quotes ask for the same paragraphs, one after the other."""
    return _sentences(text, language)


@lru_cache(maxsize=4)  # Few, because each holds its text.
def _remembered_long(text: str, language: str | None) -> tuple[Span, ...]:
    return _sentences(text, language)


def _sentences(text: str, language: str | None) -> tuple[Span, ...]:
    return tuple(_cut(text, 0, len(text), language))


def _cut(text: str, start: int, end: int, language: str | None) -> Iterator[Span]:
    quoted = quotations(text, start, end)
    openings = [quotation.start for quotation in quoted]
    begin = start
    edges = {mark.end for mark in quoted if _ends_as_a_sentence(text, mark)}
    edges |= {mark.start for mark in quoted if _begins_a_sentence(text, mark)}
    for at in sorted(edges | _breaks(text, start, end, language)):
        stop = _moved_behind_closing(text, at, end)
        if stop <= begin or stop >= end or _inside(quoted, openings, stop):
            continue
        if _goes_on(text, begin, stop) or _is_cut_short(text, begin, stop, language):
            continue
        yield from _trimmed(text, begin, stop)
        begin = stop
    yield from _trimmed(text, begin, end)


def _ends_as_a_sentence(text: str, quotation: Quotation) -> bool:
    """A quotation of several words up to a full stop; Punkt overlooks closing marks it has not met."""
    words = quotation.words_start, quotation.words_end
    return quotation.closed and text[words[1] - 1] == "." and text.find(" ", *words) >= 0


def _begins_a_sentence(text: str, quotation: Quotation) -> bool:
    """A sentence in marks with a space inside, as in French, behind one that has ended: ". « Il a plu. »"."""
    start, words = quotation.start, quotation.words_start
    before = text[max(0, start - 2) : start]
    spaced = text[words - 1].isspace() and text[words : words + 1].isupper()
    return spaced and len(before) > 1 and before[0] in ".!?…" and before[1].isspace()


def _breaks(text: str, start: int, end: int, language: str | None) -> set[int]:
    """Where a sentence may begin."""
    piece = text[start:end]
    spans = _tokenizer(name_of(language) or "english").span_tokenize(piece)
    found = {start + first for first, _ in spans}
    if not piece.isascii():
        found |= {match.end() for match in _HARD_END.finditer(text, start, end)}
    if "\n" in piece:
        found |= {match.end() for match in _LIST_LINE.finditer(text, start, end)}
    if "...." in piece:
        found |= {match.end() for match in _MANY_DOTS.finditer(text, start, end)}
    found |= {match.end() for match in _GLUED.finditer(text, start, end)}
    if own := _OWN_END.get((language or "")[:2].lower()):
        found |= {match.end() for match in own.finditer(text, start, end)}
    return found


def _moved_behind_closing(text: str, at: int, end: int) -> int:
    """A break before closing marks belongs behind them, and behind the space that follows."""
    if at and not text[at - 1].isspace():
        while at < end and text[at] in _CLOSING:
            at += 1
    while at < end and text[at].isspace():
        at += 1
    return at


def _inside(quoted: list[Quotation], openings: list[int], at: int) -> bool:
    """Whether ``at`` would cut a quotation that has both its marks."""
    nearest = bisect_right(openings, at - 1) - 1
    return nearest >= 0 and quoted[nearest].closed and at < quoted[nearest].end


def _goes_on(text: str, begin: int, at: int) -> bool:
    """Whether the sentence that began at ``begin`` goes on at ``at`` all the same."""
    if at - begin < 12 and _LIST_MARK.fullmatch(text, begin, at):
        return True
    before = text[at - 1]
    if not before.isspace():
        return not _HARD_END.match(before) and before not in "」』" and not _GLUED.match(text, at - 1)
    last = _last_solid(text, begin, at)
    if text[last] == "." and _TITLE.fullmatch(text, _last_word(text, begin, last), at):
        return text[at].isupper()
    if "\n" not in text[last:at] and _in_lower_case(text, at):
        return True
    if text[last] not in _CLOSING:
        return False
    return text[last - 1] in "?!" and _said_after().match(text, at) is not None


def _is_cut_short(text: str, begin: int, at: int, language: str | None) -> bool:
    """Whether the full stop before ``at`` is of an abbreviation, of somebody's initials or of an ordinal."""
    head = max(begin, at - _ABBREVIATED)
    stop = min(len(text), at + _ABBREVIATION)
    if _may_be_cut_short(text, head, at) and any(
        match.end() == at for short in (_CUT_SHORT, _DAY) for match in short.finditer(text, head, stop)
    ):
        return True
    dateline = _DATELINE.match(text, begin, at + 1)
    if dateline is not None and dateline.end() == at:
        return True
    run = _LAST_RUN.sub("", text[head:at].strip()).lower()
    if run.removesuffix(".") in before_names(language) and text[at : at + 1].isupper():
        return True
    following = _FOLLOWING.match(text, at)
    cues = cues_for(language)
    if following is None or cues is None or following.group().lower() in cues.openers:
        return False
    if run in _OTHERS or (run.endswith("nov.") and _NEW_NAME.search(text, head, at)):
        return True
    return _is_initials(text, head, at, following.group()) or _is_ordinal(text, head, at, language, cues)


def _may_be_cut_short(text: str, head: int, at: int) -> bool:
    """Whether what stands around ``at`` is as :data:`_CUT_SHORT` or :data:`_DAY` has it; quick, and true of few."""
    following = text[at : at + 1]
    day = text[head:at].rstrip()[-2:-1]
    return following.isdecimal() or following in "(—–-Uu" or day.isdecimal()


def _is_initials(text: str, head: int, at: int, following: str) -> bool:
    """Whether initials end there and a name or another initial follows."""
    initials = max(text.rfind(" ", head, at - 1), head - 1) + 1
    match = _INITIALS.fullmatch(text, initials, at)
    if match is None or match.group().strip().lower() in _NO_NAME:
        return False
    return len(following) == 1 or following[1:].islower()


def _is_ordinal(text: str, head: int, at: int, language: str | None, cues: Cues) -> bool:
    """Whether "20." ends there behind a word that stands before a noun, where that is how "20th" is written."""
    if (language or "")[:2].lower() not in _ORDINALS:
        return False
    ordinal = next((one for one in _ORDINAL.finditer(text, head, at) if one.end() == at), None)
    if ordinal is None:
        return False
    before = ordinal[1].lower()
    german = cues.verb_second and _DETERMINER.fullmatch(before) is not None
    return german or before in cues.articles | cues.stops | cues.prepositions


def _in_lower_case(text: str, at: int) -> bool:
    """Whether what comes is no beginning: a small letter, also behind a dash; "iPhone" may begin."""
    while at < len(text) and text[at] in "—–- ":
        at += 1
    return text[at : at + 1].islower() and not text[at + 1 : at + 2].isupper()


def _last_word(text: str, begin: int, last: int) -> int:
    """Where the word that ends at ``last`` begins; no title is longer than nine characters."""
    while last > begin and text[last - 1].isalpha() and last > begin:
        last -= 1
    return last


def _last_solid(text: str, begin: int, at: int) -> int:
    last = at - 1
    while last > begin and text[last].isspace():
        last -= 1
    return last


def _trimmed(text: str, begin: int, end: int) -> Iterator[Span]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        yield Span(begin, end)
