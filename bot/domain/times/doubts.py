"""What in a wish may be a time, and may be words to search for: it is asked about (pure)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from functools import lru_cache

from bot.domain.times import clauses, edges, time_words, unkept
from bot.domain.times.clauses import Clause
from bot.domain.times.time_words import LANGUAGES, LONG, Token, joined, slipped
from bot.domain.times.zones import place_zone
from bot.wording.heard.languages import languages
from bot.wording.timing import ALL, EVENING, MORNING, NOON

ALIKE = 0.75
"""How like a word of time a mistyped one is, of 1: "mondey", "evry"."""

LONGEST_PLACE = 3
"""Words of what is called a channel or the like."""

MOST_NAMED = 8
"""Words of a list such as "2nd and 4th friday"."""

_LIKE_A_TIME = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}-[a-z]{1,9}day|(?:at|um|ab|bis|by|till|from)\d{1,2}(?:[:.]\d\d)?(?:[ap]m|h|uhr)?|\d{1,2}(?:/\d{1,2})+h|\d{4}[a-z]|q\d{1,2}h|\d{1,2}/(?:d|day|h|hour|wk|week|tag)|\d{1,2}:\d{2}:\d{2}|\d{1,2}(?:[:.]\d{2})?h(?:rs)?|\d{1,2}(?:uhr|(?:[:.]\d{2})?(?:[ap]m)?-?ish|mal|[x×]|[ap])"
)
_CLEAR_TIME = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm|h|uhr)|\d{1,2}:\d\d")
_ARROW = re.compile(r"-*[>→»⇒➜➡]+|=+>")
_SET = re.compile(r"--\w|\w+=\w")
"""A setting as programs write it: "--at", "days=mon-fri"."""
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}")
_NAMED_PLACE = re.compile(r"[#@]\w")
_HOUR = re.compile(r"1?\d|2[0-4]")
_MARKS_OF_LISTS = frozenset(",;:-")
_GOES_ON_BEHIND_DAYS = _MARKS_OF_LISTS | joined("at") | time_words.FOR
_LABELS = joined("labels")
_DETERMINERS = time_words.ARTICLES | {word for one in languages().values() for word in one.seeking.articles}
_VOWELS = frozenset("aeiouäöü")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_OFTEN = frozenset({"x", "×", "times", "mal"})
"""Behind a number and at the end they say how often, which the desk cannot keep."""

VAGUE, EMPTY = joined("vague"), joined("empty")
MINE = time_words.phrases("mine")
_VAGUELY, _EVERY, _PERIODS = joined("vaguely"), joined("every"), joined("periods")
_TELLING, _FAR, _HAPPENING = joined("telling"), joined("far"), joined("happening")
_MONTHS = frozenset(time_words.MONTHS)
_SEASONS, _TIMELY = joined("seasons"), tuple(joined("timely"))
_GOING_ON = _TELLING | joined("lasting") | joined("going_on")
_MOST = frozenset(phrase[0] for phrase in time_words.phrases("most") if len(phrase) == 1)
_ONLY, _COUNTED, _BESIDE = (
    joined("only"),
    joined("counted"),
    time_words.by_first(time_words.phrases("beside")),
)
_DAYS_TOLD = joined("told")
_PARTS = time_words.PARTS.keys() | time_words.CLOCK.keys()
_SINGULAR, _PLURAL = joined("days"), joined("plural")
_OPENERS = joined("at") | joined("on") | _EVERY
_NAMES = frozenset(word for one in LANGUAGES for word in (*one.days, *one.plural, *one.sets) if len(word) > 4)
_TIMES = (
    _NAMES
    | joined("hourly")
    | {
        word
        for word in VAGUE | {one[0] for one in time_words.phrases("once") if len(one) == 1}
        if len(word) > 5
    }
)
_REAL, _EDGES, _WAYS, _PLACES = joined("real"), joined("edges"), joined("ways"), joined("places")
_ALIKE = sorted(_NAMES | joined("mistyped"))
_ENDINGS = tuple(joined("parted") | {word for word in joined("lone") if len(word) > 5})
_EACH = joined("lone") | _PLURAL


def cut(text: str, words: Sequence[Token]) -> str:
    """The text of these words, without marks of lists at its ends."""
    told = text[words[0].start : words[-1].end].strip(" ,;:") if words else ""
    told = re.sub(r"(?:\.{2,}|…|\s[([]+)$", "", told)
    return told if told.count(")") + told.count("]") else told.rstrip(" ,;:([")


def doubt_of(
    text: str,
    words: Sequence[Token],
    span: tuple[int, int],
    before: Sequence[Clause],
    behind: Sequence[Clause],
) -> str:
    """The words that may be a time or not, as typed; empty without any."""
    begin, end = span
    if begin < end:
        told = [one for one in before if one.kind != "filler"]
        seldom = _too_seldom((*before, *behind))
        first = seldom and any(one.kind == "often" for one in before)
        if any(one.unsure for one in before) or _is_weak(told, words, last=True) or first:
            return cut(text, words[:begin])
        at = (end if seldom else 0) or _doubtful_behind(words, end, behind)
        if at := at or _days_before(words, begin, end):
            return cut(text, words[at:])
        opening = list(edges.head(words[begin:end])[1]) if begin else []
        opening = [one for one in opening if one.kind != "filler"]
        named = len(opening) == 1 and is_called_so(opening[0], (*before, *behind))
        if opening and not named:  # "to mon noon oil"
            return cut(text, words[begin:])
        if begin + 1 < end and words[begin].plain in _PERIODS:  # "weekly oil"
            return words[begin].text
        if told and _goes_on(words, begin, end):
            return cut(text, words[:end])
    at = _vague(words, begin, end)
    return cut(text, words[at:]) if at < end else ""


def is_called_so(one: Clause, others: Sequence[Clause]) -> bool:
    """Whether a part of the day before what is wanted is its name, as other clauses tell: "night buses weekdays", "midnight oil at 8:00"."""
    kinds = {other.kind for other in others}
    if one.weak and one.kind == "days":  # "sun and wind power fridays"
        return "days" in kinds
    if not one.weak or one.kind not in ("part", "times"):
        return False
    if isinstance(one.value, tuple) and one.value[0].minute is None:  # "every morning at 9"
        return False
    unkept = one.kind == "part" and one.value not in (MORNING, NOON, EVENING)
    return bool(kinds & ({"times", "part", "step", "alerts"} | ({"days"} if unkept else set())))


def _goes_on(words: Sequence[Token], begin: int, end: int) -> bool:
    """Whether what stands behind a time may be of it: "every day for 4 times oil", "mondays starting jan 1 oil"."""
    begin += begin + 1 < end and words[begin].plain in time_words.ARTICLES
    word, following = words[begin].plain, words[begin + 1].plain if begin + 1 < end else ""
    if word in _GOING_ON or (word in time_words.PARTS and following in joined("everything")):
        return True
    counted = _is_a_count(word) or _ORDINAL.fullmatch(word) is not None
    return counted and (following in VAGUE | _OFTEN or following in time_words.MONTHS)


def _doubtful_behind(words: Sequence[Token], end: int, behind: Sequence[Clause]) -> int:
    """Where the words that may be a time begin, of those behind the query, which ends at ``end``; 0 without any."""
    told = [one for one in behind if one.kind not in ("name", "filler")]
    parted = len(told) > 1 and words[end - 1].plain in _MARKS_OF_LISTS  # "oil, monday at 8 am"
    if any(one.unsure for one in behind) or (_is_weak(told, words) and not parted):
        return end
    timed = any(one.kind == "times" for one in behind)
    if timed and words[end - 1].plain in _SINGULAR:  # "Sa 10 Uhr"
        return end - 1
    last = end - 1
    while last and words[last].plain in _MARKS_OF_LISTS:
        last -= 1
    if behind and behind[0].kind != "name" and last and _opens_or_abbreviates(words[last]):
        return last
    filled = bool(behind) and behind[0].kind == "filler" and not behind[0].value
    return end if filled and words[end].plain not in EMPTY else 0


def _too_seldom(found: Sequence[Clause]) -> bool:
    """Whether it says how many times a day it shall be, and not at which times."""
    told = sum(len(one.value) for one in found if one.kind == "times" and isinstance(one.value, tuple))
    return any(one.kind == "often" and one.value != told for one in found)


def _days_before(words: Sequence[Token], begin: int, end: int) -> int:
    """Where days stand in the query, which are hardly to be looked for: "weekdays b4 9am", "mondays gg. 10"; 0 without any."""
    each = (at for at in range(begin + 1, end) if words[at].plain in _EACH)
    return next((at for at in each if time_words.SETS.get(words[at].plain) != ALL), 0)


def _opens_or_abbreviates(word: Token) -> bool:
    """Whether a time behind the word may be of it: "before 9:00", "wtgl. 8:00", or what is wanted hardly ends so: "to me 9:00"."""
    abbreviates = re.fullmatch(r"[^\W\d_]{2,6}\.", word.text) is not None
    labels = (word.text.endswith(":") and word.plain in _LABELS) or word.plain.startswith("w/")
    return labels or word.plain in _VAGUELY or (word.text.islower() and (abbreviates or word.plain in _EDGES))


def _is_weak(found: Sequence[Clause], words: Sequence[Token], *, last: bool = False) -> bool:
    """Whether what stands next to the query may belong to it: "black friday", "daily mail", "the morning"."""
    if not found:
        return False
    beside, alone = found[-1 if last else 0], len(found) == 1
    bare = beside.kind == "times" and isinstance(beside.value, tuple) and beside.value[0].minute is None
    if not beside.weak or bare:  # "at 8" is a time for certain, if not a clear one
        return False
    if beside.kind == "days" and not last:
        return words[beside.end - 1].plain in _SINGULAR or (alone and words[beside.end - 1].plain in _PLURAL)
    return alone or (beside.kind in ("days", "part") and not last)


def _vague(words: Sequence[Token], begin: int, end: int) -> int:
    """The first word of the query that looks like a time; ``end`` where none does."""
    looks = (
        at for at in range(begin, end) if _tells(words, at, begin, end) or _place_end(words, at, end) > at
    )
    if (first := next(looks, end)) < end:
        return first
    last = end - 1  # but for marks, and words such as "please"
    while last > begin and (
        words[last].plain in time_words.FILLERS or not re.search(r"\w", words[last].text)
    ):
        last -= 1
    dated = begin < last and words[last - 1].plain in time_words.ARTICLES | time_words.ON  # "the 24th"
    vague = begin <= last and (
        _is_vague(words[last])
        or _may_be_day(words, last)
        or (dated and _ORDINAL.fullmatch(words[last].plain) is not None)
    )
    if begin < last and words[last].plain.isdecimal() and words[last - 1].plain in _PARTS:  # "evening 7"
        return last - 1
    if (
        vague
        and begin < last - 1
        and words[last - 1].plain in time_words.ARTICLES
        and words[last].plain in VAGUE
    ):
        return last - 1  # "3 stories a day"
    return last if vague or (begin < last and is_slip(words[last].plain)) else end


def _tells(words: Sequence[Token], at: int, begin: int, end: int) -> bool:
    """Whether the word there looks like the beginning of a time, of a query from ``begin`` to ``end``."""
    found, word = clauses.clause(words, at), words[at].plain
    if found and not found.weak and found.kind not in ("filler", "span"):
        return True
    if at > begin and (
        (word in _TELLING and (at + 1 == end or words[at + 1].plain))  # not: excluding "town hall"
        or (word in time_words.LONE and at + 1 < end and words[at + 1].plain in _GOES_ON_BEHIND_DAYS)
        or (at + 1 < end and word in _ONLY)
        or (word in _PERIODS and _opens(words, at + 1, end))
    ):
        return True
    if _is_nth(words, at, end) or _is_far(words, at, end) or (at > begin and _is_when(words, at, end)):
        return True
    often = at + 2 == end and words[at + 1].plain in _OFTEN | time_words.HOUR
    marked = word.strip("~<>≈=|^") != word and _CLEAR_TIME.fullmatch(word.strip("~<>≈=|^"))
    slashed = at > begin and at + 1 == end and _SLASHED.fullmatch(word)
    if marked or slashed or _LIKE_A_TIME.fullmatch(word) or (often and _is_a_count(word)):
        return True
    opens = word in _OPENERS | _VAGUELY and may_be_time(words, at + 1, end, first=at == begin)
    hour = begin < at == end - 2 and word in time_words.FOR and _HOUR.fullmatch(words[at + 1].plain)
    if opens or hour or _says_how(words, at, begin, end):
        return True
    return any(tuple(one.plain for one in words[at : at + len(mine)]) == mine for mine in MINE)


def _says_how(words: Sequence[Token], at: int, begin: int, end: int) -> bool:
    """Whether a setting stands there: ``--at``, ``days=mon-fri``, ``under the name``, ``5`` before ``... stories``, or a sentence goes on."""
    if _SET.match(words[at].text) or unkept.circumstance(words, at, begin, end):
        return True
    word, follows = words[at].plain, at + 1 < end
    last = words[end - 2 if words[end - 1].plain in _MOST else end - 1].plain  # "5 stories max"
    counted = word.isdecimal() and len(word) < 3 and last in _COUNTED
    return follows and (counted or (at > begin and time_words.follows(words, at, _BESIDE) > at))


def _opens(words: Sequence[Token], at: int, end: int) -> bool:
    return at < end and words[at].plain in _OPENERS | _VAGUELY | time_words.DIGESTS


def place_of(text: str, words: Sequence[Token], span: tuple[int, int]) -> str:
    """The words that say where to send it, or how, as typed: ``in #press``, ``by email``; empty without any."""
    begin, end = span
    ends = ((at, _place_end(words, at, end)) for at in range(begin, end))
    return next((cut(text, words[at:upto]) for at, upto in ends if upto > at), "")


def _place_end(words: Sequence[Token], at: int, end: int) -> int:
    """Where it ends: ``in #press``, ``for @anna``, ``by email``, ``to the news channel``, ``-> #press``; ``at`` for none."""
    if _ARROW.fullmatch(words[at].plain):
        return min(at + 2, end) if at + 1 < end else at
    begin = at + 1 + (at + 2 < end and words[at + 1].plain in time_words.ARTICLES | _EDGES)
    if words[at].plain in time_words.FOR:
        return begin + 1 if begin < end and _NAMED_PLACE.match(words[begin].text) else at
    told = range(begin, min(end, begin + LONGEST_PLACE) if words[at].plain in _WAYS else begin)
    return next((one + 1 for one in told if _is_called_a_place(words[one])), at)


def _is_called_a_place(word: Token) -> bool:
    return _NAMED_PLACE.match(word.text) is not None or word.plain.rpartition("-")[2] in _PLACES


def _is_nth(words: Sequence[Token], at: int, end: int) -> bool:
    """Whether ``2nd fri``, ``2nd and 4th Thu``, ``35th day`` stands there."""
    if not _ORDINAL.fullmatch(words[at].plain):
        return False
    upto, begin = min(end, at + MOST_NAMED), at
    while at < upto and (_ORDINAL.fullmatch(words[at].plain) or words[at].plain in time_words.JOINTS):
        at += 1
    if at == end:  # "on the 15th and 30th"
        return at > begin + 1 and _ORDINAL.fullmatch(words[at - 1].plain) is not None
    return at < end and (words[at].plain in _SINGULAR or words[at].plain in VAGUE)


def _is_far(words: Sequence[Token], at: int, end: int) -> bool:
    """Whether ``in 30 minutes``, ``for 2 weeks``, ``in week 12`` stands there."""
    if words[at].plain not in _FAR or at + 2 >= end + 1:
        return False
    told, behind = words[at + 1].plain if at + 1 < end else "", words[at + 2].plain if at + 2 < end else ""
    if told in VAGUE and behind.isdecimal():
        return True
    return (_is_a_count(told) or told in time_words.ARTICLES) and behind in VAGUE | _SEASONS


def _is_when(words: Sequence[Token], at: int, end: int) -> bool:
    """Whether ``after the market closes``, ``noon in London`` stands there."""
    word, last = words[at].plain, words[end - 1].plain
    if word in _VAGUELY and at + 1 < end and last in _HAPPENING:
        return True
    placed = at + 2 < end and words[at + 1].plain in ("in", "(") and word in time_words.CLOCK
    return placed and bool(place_zone(" ".join(one.text for one in words[at + 2 : end]).strip("() ")))


def _is_vague(told: Token) -> bool:
    """Whether it looks like a time, if need be behind something: "14-tägig", "semi-weekly", "spätabends"."""
    word = told.plain
    last = re.sub(r"^(?:.*-|\d+)", "", word)
    letters = "/" in word and all(part in time_words.LETTERS for part in word.split("/"))  # "M/W"
    known = {word, last, word.removesuffix("s") if len(word) > LONG else word} & VAGUE
    return letters or bool(known) or word in time_words.SETS or word.endswith(_ENDINGS) or _is_short(told)


def _is_short(told: Token) -> bool:
    """Whether it is a word of time cut short, or without its vowels: "vierteljährl.", "wkly"."""
    word = told.plain
    if told.text.endswith(".") and len(word) > 3 and any(one.startswith(word) for one in VAGUE | _NAMES):
        return True
    if len(word) < 3 or not word.isalpha() or not _VOWELS.isdisjoint(word):
        return False
    letters = re.compile(".*".join(word))
    return any(letters.fullmatch(one) for one in VAGUE | _NAMES)


def _is_a_count(word: str) -> bool:
    return word.isdecimal() or word in time_words.COUNTS


def _may_be_day(words: Sequence[Token], at: int) -> bool:
    found = clauses.clause(words, at)
    return found is not None and found.kind in ("days", "part") and found.end == at + 1


def may_be_time(words: Sequence[Token], at: int, end: int, *, first: bool) -> bool:
    """Whether a time, a day, or what is nearly one stands there behind a word that opens such."""
    at += at < end and words[at].plain in _DETERMINERS
    if at >= end:
        return False
    plain = words[at].plain
    if plain in VAGUE or _may_be_day(words, at) or _is_misspelt(plain) or plain in _MONTHS:
        return True
    timed = at + 2 == end and words[at + 1].plain in ("time", "zeit")  # "at tea time"
    if timed or plain in _SEASONS or plain.endswith(_TIMELY):
        return True
    goes_on = at + 1 == end or words[at + 1].plain in time_words.JOINTS | time_words.ORS
    if plain in time_words.COUNTS and goes_on:  # "at five", "at nine or ten"
        return True
    told = plain[:1].isdigit()
    either = (
        at + 3 == end and words[at + 1].plain in time_words.ORS and words[at + 2].plain[:1].isdigit()
    )  # "at 8 or 9"
    parted = at + 2 < end and words[at + 1].plain in time_words.JOINTS  # "oil at 9 and gas"
    if told and (first or either or parted or at + 1 == end):
        return True
    numbered = told or plain in _VAGUELY or plain in time_words.COUNTS or plain in time_words.ALTERNATE
    return numbered and at + 1 < end and (_is_vague(words[at + 1]) or _may_be_day(words, at + 1))


@lru_cache(maxsize=4096)
def is_slip(word: str) -> bool:
    """Whether it is a word of time with a typing error, and no other word: "daly", "tomorow", not "mourning"."""
    return len(word) > 3 and word not in _TIMES | _REAL and any(slipped(word, name) for name in _TIMES)


@lru_cache(maxsize=4096)
def _is_misspelt(word: str) -> bool:
    if not 3 <= len(word) <= 12:
        return False
    turned = any(sorted(word) == sorted(name) for name in _ALIKE)
    return turned or bool(difflib.get_close_matches(word, _ALIKE, n=1, cutoff=ALIKE))


def is_counted(word: Token) -> bool:
    """Whether a unit of time behind the word says how long: "48 hours", "this weekend", "the rest of the day"."""
    return _is_a_count(word.plain) or word.plain in _VAGUELY


def is_like_a_length(word: Token) -> bool:
    """Whether a word alone says how long: "7dyas", "48h", "today"."""
    found = re.fullmatch(r"\d{1,3}([^\W\d_]+)", word.plain)
    told = found[1] if found else ""
    return (
        word.plain in _DAYS_TOLD
        or told in VAGUE | time_words.HOUR
        or any(slipped(told, one) for one in VAGUE)
    )


def is_like_a_time(word: str) -> bool:
    """Whether a word alone may be of a time: a number, a day, what opens either."""
    return word[:1].isdigit() or word in VAGUE | _OPENERS | _SINGULAR | _PLURAL or word in time_words.COUNTS
