"""What somebody wants to hear of, and when, told apart in one line (pure).

Words of time stand before or behind what is wanted, in any order. What still looks like a time or a day, and
what may be one or a word to search for, is doubtful: it is for who typed it to say. Quoted words are never a
time. Nothing that a person can type raises.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.times import clauses, time_words
from bot.domain.times.clauses import Clause
from bot.domain.times.time_words import LANGUAGES, Token
from bot.domain.times.when import When, meant
from bot.wording.language import say
from bot.wording.timing import ALL

ALIKE = 0.75
"""How like a word of time a mistyped one is, of 1: "mondey", "evry"."""

_LIKE_A_TIME = re.compile(
    r"\d{1,2}:\d{2}:\d{2}|\d{1,2}(?:[:.]\d{2})?h(?:rs)?|\d{1,2}(?:uhr|(?:[:.]\d{2})?(?:[ap]m)?-?ish|mal|[x×]|[ap])"
)
LONGEST_NAME = 3
"""Words of a name that somebody forgets to quote."""

LONGEST_TIME = 8
"""Words of a time that are looked at again: more would take long."""

LONG = 7
"""Letters of a word that is no other word with one letter changed: "daily" and "dairy" are two, "werktags" is one."""

_VOWELS = frozenset("aeiouäöü")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_OFTEN = frozenset({"x", "×", "times", "mal"})
"""Behind a number and at the end they say how often, which the desk cannot keep."""
_BARE = re.compile(r"(?<![\w:.,-])\d{1,2}(?![\w:.-])")
_QUOTED = re.compile(r'["“„][^"“”„]+["“”]')
_MARKS = "\"“”„'‘’"


@dataclass(frozen=True, slots=True)
class Wish:
    """The query as typed, and what was understood of the rest.

    ``doubt`` are words that may be a time, or may not; ``refusal`` is the sentence that says why the times cannot be kept.
    ``mine`` is where the text says that the times are of the speaker's own zone. ``kept`` are the words of days, a zone, quiet
    hours or a name beside times that are refused: they stay when a clearer time is told.
    """

    query: str
    name: str = ""
    when: When = field(default_factory=When)
    doubt: str = ""
    refusal: str = ""
    mine: tuple[int, int] | None = None
    kept: str = ""


def _all(name: str) -> frozenset[str]:
    return frozenset(word for one in LANGUAGES for word in getattr(one, name))


_VAGUE, _VAGUELY, _EVERY, _EVERYTHING = (_all(name) for name in ("vague", "vaguely", "every", "everything"))
_SINGULAR, _PLURAL = _all("days"), _all("plural")
_OPENERS = _all("at") | _all("on") | _EVERY
_ABOUT = sorted((tuple(phrase.split()) for phrase in _all("about")), key=len, reverse=True)
_MINE = sorted((tuple(phrase.split()) for phrase in _all("mine")), key=len, reverse=True)
_NAMES = frozenset(word for one in LANGUAGES for word in (*one.days, *one.plural, *one.sets) if len(word) > 4)
_ALIKE = sorted(_NAMES | _all("mistyped"))
_EMPTY = _all("empty")
_ENDINGS = tuple(_all("parted") | {word for word in _all("lone") if len(word) > 5})
_EACH = _all("lone") | _PLURAL
_LASTING, _PERIODS = _all("lasting"), _all("periods")


def read(text: str) -> Wish:
    """The wish in ``text``; all of what is no time is the query, but for "to", "about" and "the topic" before it."""
    words = time_words.tokens(text)
    if mine := _mine(words):
        found = _read(f"{text[: mine[0]]} {text[mine[1] :]}")
        if found.query and (found.when.at or found.refusal) and not (found.doubt or found.when.zone):
            return replace(found, mine=mine)
    return _read(text)


def _mine(words: Sequence[Token]) -> tuple[int, int] | None:
    """Where "my time" stands behind a time, as offsets of the text."""
    for at in range(1, len(words)):
        for phrase in _MINE:
            if tuple(word.plain for word in words[at : at + len(phrase)]) == phrase:
                begin = at - (words[at - 1].plain == "in")
                _, told = clauses.tail(words[max(0, begin - LONGEST_TIME) : begin], 0, named=False)
                if told and told[-1].kind != "filler":
                    return words[begin].start, words[at + len(phrase) - 1].end
    return None


def _read(text: str) -> Wish:
    words = time_words.tokens(text)
    begin, before = clauses.head(words)
    end, behind = clauses.tail(words, begin)
    if behind and all(one.kind == "filler" for one in behind):  # "girls only" is no time
        polite = before and all(word.plain in _EMPTY for word in words[end:])  # "daily at 8 am oil please"
        end, behind = (end if polite else len(words)), ()
    begin = _about(words, begin, end) if before or begin < end else begin
    query = _cut(text, words[begin:end])
    names = [one for one in behind if one.kind == "name"]
    name = next((str(one.value).strip(_MARKS) for one in names), "")
    found = (*before, *behind)
    doubt = _doubt(text, words, (begin, end), before, behind)
    if words[begin:end] and all(word.plain in _EVERYTHING for word in words[begin:end]):
        query = "*"
    if len(names) > 1:  # "as well as the mayor"
        doubt = doubt or _cut(text, words[names[0].end - 2 :])
    if doubt:
        return Wish(query, name, doubt=doubt)
    if not names and (long := _long_name(words[begin:end])) and any(one.kind != "filler" for one in behind):
        return Wish(
            query, refusal=say('a name of several words stands in quotation marks: as "{name}"', name=long)
        )
    try:
        return Wish(query, name, meant(found))
    except ValueError as error:
        kept = " ".join((*_kept(text, words, 0, before), *_kept(text, words, end, behind)))
        return Wish(query, name, refusal=str(error), kept=kept)


def _kept(text: str, words: Sequence[Token], at: int, found: Sequence[Clause]) -> Iterator[str]:
    """The words of the clauses that say no hour and no single day, as typed."""
    for one in found:
        if one.kind in ("days", "zone", "quiet", "name"):
            yield _cut(text, words[time_words.passed(words, at) : one.end])
        at = one.end


def _long_name(words: Sequence[Token]) -> str:
    """The words behind the only "as", where they are two or three: with a time behind them they may be a name."""
    called = [at for at, word in enumerate(words) if at and word.plain in time_words.CALLED]
    told = words[called[0] + 1 :] if len(called) == 1 else ()
    return " ".join(word.text for word in told) if 2 <= len(told) <= LONGEST_NAME else ""


def gap(text: str, wish: Wish) -> tuple[str, str] | None:
    """What stands before and behind the words that a clearer time takes the place of; ``None`` where nothing is left."""
    begin = text.find(wish.doubt) if wish.doubt else -1
    end = begin + len(wish.doubt)
    if begin < 0:
        bare = list(_BARE.finditer(text))
        begin, end = bare[0].span() if len(bare) == 1 else (len(text), len(text))
        return (text[:begin], text[end:]) if len(bare) == 1 else (f"{wish.query} {wish.kept} ", "")
    words = wish.doubt.split()
    for kept in range(min(len(words) - 1, LONGEST_TIME), 0, -1):  # "on mon-fri" of "on mon-fri at five"
        head = text[:begin] + " ".join(words[:kept])
        clear = _read(head)
        if clear.when != When() and not (clear.doubt or clear.refusal):
            return f"{head} ", text[end:]
    return (text[:begin], text[end:]) if (text[:begin] + text[end:]).strip() else None


def as_time(answer: str) -> str:
    """The answer to a question for a time, as it stands in a wish; empty for what is none."""
    if _QUOTED.fullmatch(answer):  # words to look for, after all
        return answer
    readings = {words: read(f"x {words}") for words in (answer, f"at {answer}")}
    for words, found in readings.items():
        if found.query == "x" and found.when != When() and not (found.doubt or found.refusal):
            return words
    unclear = any(found.refusal or found.doubt.endswith(answer) for found in readings.values())
    like = all(_is_like_a_time(word.plain) for word in time_words.tokens(answer))
    return answer if unclear and like else ""


def _is_like_a_time(word: str) -> bool:
    return word[:1].isdigit() or word in _VAGUE | _OPENERS | _SINGULAR | _PLURAL or word in time_words.COUNTS


def unclear_length(text: str) -> str:
    """What stands at the end as if it said how long: ``until friday``, ``for a while``; empty without such."""
    words = time_words.tokens(text)
    for at in range(max(0, len(words) - 4), len(words)):
        if words[at].plain not in _LASTING or at + 1 == len(words):
            continue
        if words[-1].plain in _VAGUE or _may_be_time(words, at + 1, len(words), first=False):
            return _cut(text, words[at:])
    return ""


def _cut(text: str, words: Sequence[Token]) -> str:
    """The text of these words, without marks of lists at its ends."""
    return text[words[0].start : words[-1].end].strip(" ,;:") if words else ""


def _about(words: Sequence[Token], begin: int, end: int) -> int:
    """Where what is wanted begins behind "to" or "about"; words that are all of it stay."""
    for phrase in _ABOUT:
        told = tuple(word.plain for word in words[begin : begin + len(phrase)])
        if told == phrase and begin + len(phrase) < end:
            return begin + len(phrase)
    return begin


def _doubt(
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
        if any(one.unsure for one in before) or _is_weak(told, words, last=True):
            return _cut(text, words[:begin])
        if at := _doubtful_behind(words, end, behind) or _days_before(words, begin, end, behind):
            return _cut(text, words[at:])
        opening = clauses.head(words[begin:end])[1] if begin else ()
        if any(one.kind != "filler" for one in opening):  # "to mon noon oil"
            return _cut(text, words[begin:])
        if begin + 1 < end and words[begin].plain in _PERIODS:  # "weekly oil"
            return words[begin].text
    at = _vague(words, begin, end)
    return _cut(text, words[at:]) if at < end else ""


def _doubtful_behind(words: Sequence[Token], end: int, behind: Sequence[Clause]) -> int:
    """Where the words that may be a time begin, of those behind the query, which ends at ``end``; 0 without any."""
    told = [one for one in behind if one.kind not in ("name", "filler")]
    if any(one.unsure for one in behind) or _is_weak(told, words):
        return end
    timed = any(one.kind == "times" for one in behind)
    if timed and words[end - 1].plain in _SINGULAR:  # "Sa 10 Uhr"
        return end - 1
    if behind and behind[0].kind != "name" and _opens_or_abbreviates(words[end - 1]):
        return end - 1
    return end if behind and behind[0].kind == "filler" and words[end].plain not in _EMPTY else 0


def _days_before(words: Sequence[Token], begin: int, end: int, behind: Sequence[Clause]) -> int:
    """Where days stand in the query that may be of the time behind it: "weekdays b4 9am"; 0 without any."""
    if not any(one.kind == "times" for one in behind):
        return 0
    each = (at for at in range(begin + 1, end) if words[at].plain in _EACH)
    return next((at for at in each if time_words.SETS.get(words[at].plain) != ALL), 0)


def _opens_or_abbreviates(word: Token) -> bool:
    """Whether a time behind the word may be of it: "before 9:00", "wtgl. 8:00"."""
    return word.plain in _VAGUELY or (
        word.text.islower() and re.fullmatch(r"[^\W\d_]{2,6}\.", word.text) is not None
    )


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
    for at in range(begin, end):
        found = clauses.clause(words, at)
        if found and not found.weak and found.kind not in ("filler", "span"):
            return at
        often = at + 2 == end and words[at + 1].plain in _OFTEN | time_words.HOUR
        if at > begin and at + 2 < end and words[at].plain in _EACH and words[at + 1].plain in _OPENERS:
            return at  # "workdays at opening"
        if _LIKE_A_TIME.fullmatch(words[at].plain) or (often and _is_a_count(words[at].plain)):
            return at
        if words[at].plain in _OPENERS | _VAGUELY and _may_be_time(words, at + 1, end, first=at == begin):
            return at
        if any(tuple(word.plain for word in words[at : at + len(mine)]) == mine for mine in _MINE):
            return at
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
    return last if vague or (begin < last and _is_slip(words[last].plain)) else end


def _is_vague(told: Token) -> bool:
    """Whether it looks like a time, if need be behind something: "14-tägig", "semi-weekly", "spätabends"."""
    word = told.plain
    last = re.sub(r"^(?:.*-|\d+)", "", word)
    letters = "/" in word and all(part in time_words.LETTERS for part in word.split("/"))  # "M/W"
    known = {word, last, word.removesuffix("s") if len(word) > LONG else word} & _VAGUE
    return letters or bool(known) or word in time_words.SETS or word.endswith(_ENDINGS) or _is_short(told)


def _is_short(told: Token) -> bool:
    """Whether it is a word of time cut short, or without its vowels: "vierteljährl.", "wkly"."""
    word = told.plain
    if told.text.endswith(".") and len(word) > 3 and any(one.startswith(word) for one in _VAGUE | _NAMES):
        return True
    if len(word) < 3 or not word.isalpha() or not _VOWELS.isdisjoint(word):
        return False
    letters = re.compile(".*".join(word))
    return any(letters.fullmatch(one) for one in _VAGUE | _NAMES)


def _is_a_count(word: str) -> bool:
    return word.isdecimal() or word in time_words.COUNTS


def _may_be_day(words: Sequence[Token], at: int) -> bool:
    found = clauses.clause(words, at)
    return found is not None and found.kind in ("days", "part") and found.end == at + 1


def _may_be_time(words: Sequence[Token], at: int, end: int, *, first: bool) -> bool:
    """Whether a time, a day, or what is nearly one stands there behind a word that opens such."""
    at += at < end and words[at].plain in time_words.ARTICLES
    if at >= end:
        return False
    plain = words[at].plain
    if plain in _VAGUE or _may_be_day(words, at) or _is_misspelt(plain):
        return True
    if plain in time_words.COUNTS and at + 1 == end:  # "at five"
        return True
    told = plain[:1].isdigit()
    if told and (first or at + 1 == end):
        return True
    return (
        at + 1 < end
        and (told or plain in _VAGUELY)
        and (words[at + 1].plain in _VAGUE or _may_be_day(words, at + 1))
    )


def _is_slip(word: str) -> bool:
    """Whether it is a word for days with one letter lost, doubled or turned round, in a long one also another: "daly", "werktgas"."""
    return len(word) > 3 and word not in _NAMES and any(_slipped(word, name) for name in _NAMES)


def _slipped(word: str, name: str) -> bool:
    if len(word) == len(name):
        wrong = [at for at, letter in enumerate(name) if word[at] != letter]
        turned = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and word[wrong[0]] == name[wrong[1]]
        return (turned and sorted(word) == sorted(name)) or (len(wrong) == 1 and len(name) >= LONG)
    long, short = (name, word) if len(name) > len(word) else (word, name)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(1, len(long))
    )


def _is_misspelt(word: str) -> bool:
    if not 3 <= len(word) <= 12:
        return False
    turned = any(sorted(word) == sorted(name) for name in _ALIKE)
    return turned or bool(difflib.get_close_matches(word, _ALIKE, n=1, cutoff=ALIKE))
