"""Quotations that no mark ends but their cue: inside the marks, or behind the dash that opens a paragraph.

«Да, — сказал он, — и ещё раз да», « Non, dit Lee. Jamais. », "– Vi är glada, säger hon."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.domain.model import Span
from bot.text.cues import Cues
from bot.text.quotation_marks import Quotation

_INSERTED = re.compile(r"\s[—–-]\s?([^\W\d_][^—–«»“”\n]{2,80}[^\s—–«»“”])\s?[—–-][,.]?(?=\s)")
"""Between two dashes at most eighty characters, so that the search stays linear."""


_CLAUSE = re.compile(r",\s(?P<verb>[^\W\d_][\w'’-]*)(?=(?P<rest>[^.?!…;«»“”\n]{0,160}))")
"""A comma and what follows it, up to the end of its sentence."""
_NAME = re.compile(r"\s(?:(?:M\.|Mme|le|la|l'|l’)\s?)?(?:[\w'’-]+\s){0,3}?[^\W\d_a-zà-ÿ][\w'’-]+")
_ROLE = re.compile(r"\s(?:le\s|la\s|l'|l’|un\s|une\s)(?P<role>[\w-]+)")
_GOES_ON = re.compile(r",\s(?P<word>[\w-]+(?:['’](?=\w))?)")
_PRONOUNS = ("-il", "-elle", "-ils", "-elles", "-on")


def without_insertions(text: str, quoted: Sequence[Quotation], cues: Cues) -> list[Quotation]:
    """The quotations, each cut where a cue interrupts it; all as they were in other languages."""
    if cues.cue_inside:
        return [part for one in quoted for part in _parts(text, one, cues)]
    if cues.cue_within_commas:
        return [part for one in quoted for part in _around_clauses(text, one, cues)]
    return list(quoted)


def _around_clauses(text: str, quotation: Quotation, cues: Cues) -> Iterator[Quotation]:
    """What stands before and behind ", explique Ann Lee, maire du port." and ", dit-elle,"."""
    start = quotation
    for match in _CLAUSE.finditer(text, quotation.words_start, quotation.words_end):
        size = _clause_size(match["verb"].lower().replace("’", "'"), match["rest"], cues)
        if size is None or match.start() < start.words_start:
            continue
        words = match.start("rest") + size
        while words < quotation.words_end and not text[words].isalnum():
            words += 1
        if match.start() > start.words_start:
            yield replace(start, end=match.start(), words_end=match.start(), closed=True)
        if words >= quotation.words_end:
            return
        start = replace(quotation, start=words, words_start=words)
    yield start


def _clause_size(verb: str, rest: str, cues: Cues) -> int | None:
    """Characters of ``rest`` that are of the cue.

    "dit-il" and "a-t-elle dit" end at a comma; "explique Ann Lee" with its sentence, because what stands
    behind a comma may say who she is, or where words follow that can only go on with what is said.
    """
    stem = next((verb.removesuffix(end) for end in _PRONOUNS if verb.endswith(end)), None)
    if stem is None:
        half, _, behind = rest.lstrip().partition(" ")
        if verb in cues.between and half in cues.say:
            rest, lead = " " + behind, len(rest) - len(behind) - 1
        elif verb in cues.say:
            lead = 0
        else:
            return None
        role = _ROLE.match(rest)
        if not _NAME.match(rest) and not (role and role["role"] in cues.titles):
            return None
        resumed = next(
            (one for one in _GOES_ON.finditer(rest) if one["word"].replace("’", "'") in cues.resumes), None
        )
        return lead + (resumed.start() if resumed else len(rest))
    clause = rest.partition(",")[0]
    alone = not clause and rest[:1] in {"", ","}  # ", rit-elle.": nothing but a cue is so short
    said = alone or stem.removesuffix("-t") in cues.say or clause.strip().partition(" ")[0] in cues.say
    return len(clause) if said else None


def _parts(text: str, quotation: Quotation, cues: Cues) -> Iterator[Quotation]:
    start = quotation
    for match in _INSERTED.finditer(text, quotation.words_start, quotation.words_end):
        first, _, rest = match[1].partition(" ")
        if first.lower() not in cues.say and rest.partition(" ")[0].strip(",.").lower() not in cues.say:
            continue
        words = match.end() + 1
        if match.start() <= start.words_start or words >= quotation.words_end:
            continue
        yield replace(start, end=match.start(), words_end=match.start(), closed=True)
        start = replace(quotation, start=words, words_start=words)
    yield start


_OPENING = re.compile(r"[—–-]\s?(?=[^\W_]|[¿¡«\"“„(])")
_CUE = re.compile(
    r"(?:(?P<comma>[,?!…])|\s?(?P<dash>[—–-]))\s{0,2}(?P<first>[^\W\d_]+)(?:\s(?P<second>[^\W\d_]+))?"
)
"""A comma or a dash, and the two words behind it: a say-verb is the first, or the second ("a dit", "hän sanoo")."""
_RESUMED = re.compile(r"[—–-][.,;:]{0,2}\s(?=[^\s—–-])")

_REACH = 4000
"""Characters of a paragraph that are looked at."""


def dash_quotations(text: str, paragraph: Span, cues: Cues) -> list[Quotation]:
    """What a paragraph quotes that opens with a dash and has a cue; nothing where it has none."""
    opening = _OPENING.match(text, paragraph.start, paragraph.end)
    if opening is None:
        return []
    stop = min(paragraph.end, opening.end() + _REACH)
    for match in _CUE.finditer(text, opening.end(), stop):
        if not _is_cue(match, cues) or match.start() <= opening.end():
            continue
        end = match.start() + (match["comma"] is not None and match["comma"] != ",")
        first = Quotation(opening.start(), end, opening.end(), end, closed=True)
        if match["dash"] is None:
            return [first]
        resumed = _RESUMED.search(text, match.end(), stop)
        if resumed is None or resumed.end() >= paragraph.end:
            return [first]
        rest = Quotation(resumed.end(), paragraph.end, resumed.end(), paragraph.end, closed=True)
        return [first, rest]
    return []


_SENTENCE_DASH = re.compile(r"(?:(?<=[.?!…:] )|\A)[–—-] (?=[^\W\d_a-zà-ÿżźćśńłąęóа-яё])")
"""A dash that opens somebody's sentence, at the beginning of a paragraph or between sentences."""
_CLOSING_DASH = re.compile(r",? [–—-] (?=[^\W\d_])")
_CUE_END = re.compile(r"[.?!…](?= |\Z)| (?=[–—-] )")
_CLOSES = 6
"""Dashes of a sentence that are looked at for the one before its cue."""


def dashed(text: str, paragraph: Span, cues: Cues) -> list[Quotation]:
    """What a paragraph quotes between dashes wherever a sentence begins, where a cue may stand inside a quotation.

    Polish: "Przyjechała. – Zdążymy – powiedziała Lee. – Na pewno." The first needs a cue, the next may go on.
    """
    if not cues.cue_inside:
        return _before_commas(text, paragraph, cues) if cues.definite_ends else []
    piece = text[paragraph.start : min(paragraph.end, paragraph.start + _REACH)]
    found: list[Quotation] = []
    at = last = 0
    while (opening := _SENTENCE_DASH.search(piece, at)) is not None:
        at = opening.end()
        closing = islice(_CLOSING_DASH.finditer(piece, at), _CLOSES)
        close = next((one for one in closing if _is_said(piece, one.end(), cues)), None)
        goes_on = bool(found) and not piece[last : opening.start()].strip()
        if close is None and not goes_on:
            continue
        end = close.start() if close else len(piece)
        start = paragraph.start
        found.append(Quotation(start + opening.start(), start + end, start + at, start + end, closed=True))
        cue = _CUE_END.search(piece, close.end()) if close else None
        at = last = cue.end() if cue else len(piece)
    return found


def _before_commas(text: str, paragraph: Span, cues: Cues) -> list[Quotation]:
    """The Norwegian "Hun nikket. – Vi er glade, sier Lee. – Svært glade." behind other sentences of its paragraph."""
    stop = min(paragraph.end, paragraph.start + _REACH)
    openings = [one.end() for one in _SENTENCE_DASH.finditer(text[paragraph.start : stop])]
    if not openings or (len(openings) == 1 and text[paragraph.start] in "—–-"):
        return []
    found: list[Quotation] = []
    for at, behind in zip(openings, [*openings[1:], stop - paragraph.start + 2], strict=True):
        start, end = paragraph.start + at, paragraph.start + behind - 2
        cue = next(
            (one for one in _CUE.finditer(text, start, end) if one["comma"] and _is_cue(one, cues)), None
        )
        if cue is None and not found:
            continue
        close = cue.start() + (cue["comma"] != ",") if cue else len(text[:end].rstrip())
        found.append(Quotation(start - 2, close, start, close, closed=True))
    return found


def _is_said(text: str, at: int, cues: Cues) -> bool:
    """Whether a say-verb stands at ``at``, or a small word that is all of the cue."""
    words = _CUE_WORDS.match(text, at)
    if words is None:
        return False
    first, second = words["first"].lower(), (words["second"] or "").lower()
    alone = (
        words["second"] is None
        and first == words["first"]
        and text[words.end() : words.end() + 1] in {".", ""}
    )
    return first in cues.say or (first in cues.between and second in cues.say) or alone


_CUE_WORDS = re.compile(r"(?P<first>[^\W\d_]+)(?:\s(?P<second>[^\W\d_]+))?")


def undivided(text: str, paragraph: Span) -> list[Quotation]:
    """The paragraph as one quotation, if a dash opens it and it is sentences."""
    opening = _OPENING.match(text, paragraph.start, paragraph.end)
    if opening is None or not text[opening.end()].isupper() or text[paragraph.end - 1] not in ".?!":
        return []
    return [Quotation(paragraph.start, paragraph.end, opening.end(), paragraph.end, closed=True)]


def _is_cue(match: re.Match[str], cues: Cues) -> bool:
    first, second = match["first"].lower(), (match["second"] or "").lower()
    leads = first in cues.between or first in cues.he | cues.she or match["first"][0].isupper()
    impersonal = first in cues.say_it and second in cues.it
    return first in cues.say or impersonal or (leads and second in cues.say)
