"""What somebody wants to hear of, and when, told apart in one line (pure).

Words of time stand before or behind what is wanted, in any order. What still looks like a time or a day, and
what may be one or a word to search for, is doubtful: it is for who typed it to say. Quoted words are never a
time. Nothing that a person can type raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.times import clauses, doubts, edges, time_words
from bot.domain.times.clauses import Clause
from bot.domain.times.doubts import EMPTY, MINE, VAGUE, cut, doubt_of, is_like_a_time, may_be_time
from bot.domain.times.time_words import Token, joined
from bot.domain.times.when import When, meant
from bot.grammar import digests, requests, seeking, several
from bot.wording.heard.languages import languages
from bot.wording.language import say, small_words

LONGEST_NAME = 3
"""Words of a name that somebody forgets to quote."""

LONGEST_LENGTH = 6
"""Words that say how long: "for the rest of the week"."""

LONGEST_TIME = 8
"""Words of a time that are looked at again: more would take long."""

LONGEST_PART = 60
"""Characters in which a time begins behind "for me"."""

MOST_MINE = 20
"""Places of one text where "my time" may stand."""

_BARE = re.compile(r"(?<![\w:.,-])\d{1,2}(?![\w:.-])")
_LIKE_A_ZONE = re.compile(
    r"[A-Z]\w+/\w+"
)  # As "Europe/Berlin" is written, whether there is one of that name or not.
_DOT = re.compile(r"(?<=\w{4})\.$")
"""At the end of a word that is hardly abbreviated."""
_QUOTED = re.compile(r'["“„][^"“”„]+["“”]')
_MARKS = "\"“”„'‘’"


@dataclass(frozen=True, slots=True)
class Wish:
    """The query as typed, and what was understood of the rest.

    ``doubt`` are words that may be a time, or may not; ``refusal`` is the sentence that says why the times cannot be kept.
    ``mine`` is where the text says that the times are of the speaker's own zone. ``kept`` are the words of days, a zone, quiet
    hours or a name beside times that are refused: they stay when a clearer time is told. ``place`` are words that say
    where it shall go, or how, among the doubtful. ``timed`` where any words say when, be it "daily", as it comes anyway.
    """

    query: str
    name: str = ""
    when: When = field(default_factory=When)
    doubt: str = ""
    refusal: str = ""
    mine: tuple[int, int] | None = None
    kept: str = ""
    place: str = ""
    timed: bool = False


_EVERYTHING, _LASTING, _UPTO = joined("everything"), joined("lasting"), joined("upto")
_ONLY_DAYS = re.compile(
    rf"(?:,? (?:{'|'.join(sorted(small_words('but')))})|,)? (?:{'|'.join(sorted(joined('only')))}) "
    rf"(?=(?:(?:{'|'.join(sorted(map(re.escape, time_words.ON)))}) )?(?:{'|'.join(sorted(map(re.escape, time_words.DAYS.keys() | time_words.PLURAL.keys() | time_words.SETS.keys())))})\b)",
    re.IGNORECASE,
)
"""What stands before days, as in "oil at noon, but only on fridays"."""
_EACH_WEEK = joined("plural")
_REGULAR = frozenset({"times", "step", "often", "part"})
_MINE = frozenset(phrase[0] for phrase in MINE)
_AGAIN = re.compile(
    rf" (?P<joint>{'|'.join(map(re.escape, sorted({one for one in time_words.JOINTS | time_words.ORS if one.isalpha()})))})"
    rf" (?:{'|'.join(sorted(' '.join(one) for one in time_words.phrases('about')))}) (?=[^\s])",
    re.IGNORECASE,
)
"""As in "to oil and to gas"."""
_ABOUT, _SELVES, _GROUPS = time_words.phrases("about"), joined("selves"), joined("groups")
_BEHIND_TIMES = tuple((word,) for told in languages().values() for word in told.seeking.about)
_DETERMINERS = frozenset((*small_words("the"), *small_words("my"), *small_words("our")))
_BEFORE_PARTS = tuple(f"{' '.join(phrase)} " for phrase in time_words.phrases("before_parts"))
_HALVES = (time_words.PARTS.keys() - time_words.CLOCK.keys()) | {"am", "pm", "a.m.", "p.m."}
"""What tells one of two hours."""
_A_DIGEST = re.compile(
    rf"(?:(?:{'|'.join(sorted(small_words('add')))}) )?(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.one}))}) "
    rf"(?=(?:{'|'.join(sorted(time_words.LONE))}) (?:[^\s,]+ ){{0,3}}(?:{'|'.join(sorted(time_words.DIGESTS - {'news'}))})\b)",
    re.IGNORECASE,
)
"""What stands before "daily harbour digest"."""
_WEEKLY = re.compile(
    rf"(?:(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.one}))}) )?"
    rf"(?:{'|'.join(sorted(time_words.BEFORE_DAYS))}) (?:{'|'.join(sorted(time_words.DIGESTS | joined('places')))})"
    rf" (?:{'|'.join(sorted(time_words.OF_DIGESTS))}) (?=\S)",
    re.IGNORECASE,
)
"""What stands before what a digest is about whose days are told."""
_FOR_ONESELF = re.compile(
    rf"(?<=\w),? (?:{'|'.join(sorted(one for told in languages().values() for one in told.seeking.closing if one.split()[-1] in told.talk.people and len(one.split()) == 2))})(?=,? )",
    re.IGNORECASE,
)
"""As "for me" in "oil for me, at 9 am": it comes to who asks anyway."""
_ONLY = f"(?:{'|'.join(sorted(joined('only')))})"
_IN_TONGUES = {
    form.partition(" ")[0]
    for told in languages().values()
    for form in told.seeking.spoken
    if form.partition(" ")[2] == "{}"
} - joined("only")
_TONGUE_ONLY = re.compile(
    rf"(?<=\w),? (?:(?P<first>{_ONLY}) )?(?P<tongue>(?:{'|'.join(sorted(_IN_TONGUES))}) (?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.tongues}))}))(?(first)| (?:{_ONLY}))(?=[ ,]|$)",
    re.IGNORECASE,
)
"""As in "oil in english only, 6 pm"."""
_SAYING = re.compile(
    rf"^(?:(?:{'|'.join(sorted({re.escape(one) for told in languages().values() for one in told.talk.saying}))})[,:]? )+(?=\S)",
    re.IGNORECASE,
)
"""What people say before an answer: "let's say"."""


def read(text: str) -> Wish:
    """The wish in ``text``; all of what is no time is the query, but for "to", "about" and "the topic" before it."""
    text = digests.behind_a_colon(text)
    label, listed = digests.labelled(text)
    if label and "," in (found := read(listed)).query and not found.name:  # "rivals: Lumex, Oxley"
        return replace(found, name=label)
    text = text if '"' in text else _FOR_ONESELF.sub(_unless_words_follow, text, count=MOST_MINE)
    text = _TONGUE_ONLY.sub(r" \g<tongue>", text)
    if digest := _A_DIGEST.match(text):  # "add a daily harbour digest for 17:30"
        text = text[digest.end() :]
    if weekly := _WEEKLY.match(text):  # "a weekly email about oil on mondays"
        found = read(text[weekly.end() :])
        if found.when.days != When().days:
            return found
    words = time_words.tokens(text)
    if mine := _mine(words):
        found = _read(f"{text[: mine[0]]} {text[mine[1] :]}")
        if found.query and (found.when.at or found.refusal) and not (found.doubt or found.when.zone):
            return replace(found, mine=mine)
    if spoken := seeking.without_language(text):  # "oil at 8 am in german"
        found = _read(spoken[0])
        if found.query:
            return replace(found, query=seeking.filtered(found.query, spoken[1]))
    return _read(text)


def _unless_words_follow(found: re.Match[str]) -> str:
    """Nothing for "for me" before a mark or a time: not in "songs for us all"."""
    rest = found.string[found.end() : found.end() + LONGEST_PART]
    return "" if rest[:1] == "," or clauses.clause(time_words.tokens(rest), 0) else found[0]


def is_regular(text: str) -> bool:
    """Whether bare words say what is wanted and when: "oil every weekday at 8"."""
    wish = read(text)
    return may_be_regular(wish) and bool(wish.when.at or wish.when.alerts)


def calls_itself_one(text: str) -> bool:
    """Whether bare words say that they are a wish, and when: "new lamps subscription at 10:00"."""
    return digests.calls_itself_a_subscription(text) and is_regular(text)


def is_unclear(text: str) -> bool:
    """Whether an hour of bare words is asked about: "oil, every 2 days at 8"."""
    words = time_words.tokens(text)
    found = (clauses.clause(words, at) for at in range(1, len(words)))
    if not any(one and one.kind in ("times", "step", "part", "often", "weekly") for one in found):
        return False
    wish = read(text)
    return bool(wish.query and (wish.doubt or wish.refusal)) and seeking.without_days(text) == text


def tells_each_week(text: str) -> bool:
    """Whether a word behind the first tells days of each week: "oil, fridays around 9"."""
    return any(word.plain in _EACH_WEEK for word in time_words.tokens(text)[1:])


def says_when(words: Sequence[str]) -> bool:
    """Whether the words before "about" say when something shall come: "every two days news", "tomorrow at 9 everything"."""
    told = time_words.tokens(" ".join(words))
    return any(
        word.plain in _EACH_WEEK | time_words.LONE
        or (word.plain in time_words.EVERY and told[at + 1 :] and is_like_a_time(told[at + 1].plain))
        or ((found := clauses.clause(told, at)) and found.kind in _REGULAR and not found.weak)
        for at, word in enumerate(told)
    )


def leaves_out(text: str, wish: Wish) -> bool:
    """Whether the doubt of the wish is only about what is left out of it, and that is no time: "oil except ferries"."""
    kept = several.left_out(text) if wish.doubt and not is_like_a_time(text.casefold().split()[-1]) else text
    clear = _read(kept) if kept != text else wish
    return kept != text and not (clear.timed or clear.doubt or clear.refusal)


def may_be_regular(wish: Wish) -> bool:
    """Whether it is clear what is wanted, and on which days or when: "oil on mondays", too."""
    return bool(wish.query and wish.timed) and not (wish.doubt or wish.refusal)


def _mine(words: Sequence[Token]) -> tuple[int, int] | None:
    """Where "my time" stands behind a time, as offsets of the text."""
    for _, at in zip(
        range(MOST_MINE), (at for at in range(1, len(words)) if words[at].plain in _MINE), strict=False
    ):
        for phrase in MINE:
            if tuple(word.plain for word in words[at : at + len(phrase)]) == phrase:
                begin = at - (words[at - 1].plain == "in")
                _, told = edges.tail(words[max(0, begin - LONGEST_TIME) : begin], 0, named=False)
                if told and told[-1].kind != "filler":
                    return words[begin].start, words[at + len(phrase) - 1].end
    return None


def _read(text: str) -> Wish:
    words = time_words.tokens(text := _ONLY_DAYS.sub(" ", text))
    begin, before = edges.head(words)
    end, behind = edges.tail(words, begin)
    if behind and all(
        one.kind == "filler" and one.value != "alone" for one in behind
    ):  # "girls only" is no time
        polite = before and all(word.plain in EMPTY for word in words[end:])  # "daily at 8 am oil please"
        end, behind = (end if polite else len(words)), ()
    if before and doubts.is_called_so(before[-1], (*before[:-1], *behind)):  # "night buses weekdays"
        before = before[:-1]
        begin = time_words.passed(words, before[-1].end) if before else 0
    begin = _about(words, begin, end) if before or begin < end else begin
    query = _DOT.sub("", several.left_out(_wanted(cut(text, words[begin:end]))))
    begin = _where(text, query, words, (begin, end))
    names = [one for one in behind if one.kind == "name"]
    name = next((str(one.value).strip(_MARKS) for one in names), "")
    found = (*before, *behind)
    digest = before and _is_a_digest(words, (begin, end), behind)  # "daily ferry digest at 17:00"
    query = _again(query.rpartition(" ")[0] if digest else query)
    if any(one.kind != "filler" for one in found):
        query = digests.of_a_digest(digests.of_a_subscription(query))
    query = several.without_determiners(query)
    doubt = doubt_of(text, words, (begin, end), () if digest else before, behind)
    if words[begin:end] and all(word.plain in _EVERYTHING for word in words[begin:end]):
        query = "*"
    doubt = doubt or _beside_what_is_wanted(text, words, (begin, end), names)
    if doubt:
        return Wish(query, name, doubt=doubt, place=doubts.place_of(text, words, (begin, end)))
    if not names and (long := _long_name(words[begin:end])) and any(one.kind != "filler" for one in behind):
        return Wish(
            query, refusal=say('a name of several words stands in quotation marks: as "{name}"', name=long)
        )
    try:
        return Wish(query, name, meant(found), timed=any(one.kind not in ("filler", "name") for one in found))
    except ValueError as error:
        kept = " ".join((*_kept(text, words, 0, before), *_kept(text, words, end, behind)))
        return Wish(query, name, refusal=str(error), kept=kept)


def _beside_what_is_wanted(
    text: str, words: Sequence[Token], span: tuple[int, int], names: Sequence[Clause]
) -> str:
    """What limits no query: "everything in Mars/Base", and the second of two names: "as well as the mayor"."""
    begin, end = span
    if end - begin > 1 and words[begin].plain in _EVERYTHING and _LIKE_A_ZONE.fullmatch(words[end - 1].text):
        return cut(text, words[begin + 1 :])
    return cut(text, words[names[0].end - 2 :]) if len(names) > 1 else ""


def _again(query: str) -> str:
    """What is wanted without a second "to" in it, as in "to oil and to gas"; quoted words stay."""
    return query if '"' in query else _AGAIN.sub(r" \g<joint> ", query)


def _is_a_digest(words: Sequence[Token], span: tuple[int, int], behind: Sequence[Clause]) -> bool:
    """Whether what is wanted ends with what a digest is called, and its hour is told: so words before it are its days."""
    begin, end = span
    told = end - begin > 1 and words[end - 1].plain in time_words.DIGESTS and words[end - 1].plain != "news"
    return told and any(one.kind == "times" for one in behind)


def _wanted(text: str) -> str:
    """What is wanted, in which language, and whose: "english articles about oil", "news on oil in german", "articles by Teague"."""
    text = text if text.partition(" ")[0].casefold() in _EVERYTHING else requests.quoting(text)
    told, tongue = requests.in_tongue(text)
    told, tongue = (told, tongue) if tongue else requests.tongue_aside(text)
    return seeking.of_news(seeking.wanted(f"{told} {tongue}" if tongue else seeking.in_language(text))[0])


def _where(text: str, query: str, words: Sequence[Token], span: tuple[int, int]) -> int:
    """The first token of the query, as it is without the words before what is wanted."""
    begin, end = span
    first = text.find(query, words[begin].start) if query and begin < end else -1
    return next((at for at in range(begin, end) if words[at].start >= first), begin)


def _kept(text: str, words: Sequence[Token], at: int, found: Sequence[Clause]) -> Iterator[str]:
    """The words of the clauses that say no hour and no single day, as typed."""
    for one in found:
        if one.kind in ("days", "zone", "quiet", "name"):
            yield cut(text, words[time_words.passed(words, at) : one.end])
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


def hour_of(text: str) -> str:
    """The only time among the words, as typed, without what opens it; empty without one, or with several."""
    words, at, found = time_words.tokens(text), 0, list[str]()
    while at < len(words):
        one = clauses.clause(words, at)
        if one and one.kind == "times":
            found.append(cut(text, words[at + (words[at].plain in time_words.AT) : one.end]))
        at = one.end if one else at + 1
    return found[0] if len(found) == 1 else ""


def as_time(answer: str, hour: str = "") -> str:
    """The answer to a question for a time, as it stands in a wish; empty for what is none.

    ``hour`` is the one that is asked about: "am", "morning" and "in the morning" complete it.
    """
    answer = seeking.without_polite(_SAYING.sub("", answer))
    told = {word.plain for word in time_words.tokens(answer)}
    if hour and not _HALVES.isdisjoint(told) and not any(word[:1].isdigit() for word in told):
        parts = (f"{hour} {before}{answer}" for before in ("", *_BEFORE_PARTS))
        if whole := next((one for one in parts if _clear(f"x {one}") or _clear(f"x at {one}")), ""):
            return whole
    if _QUOTED.fullmatch(answer):  # words to look for, after all
        return answer
    readings = {words: read(f"x {words}") for words in (answer, f"at {answer}")}
    for words, found in readings.items():
        if _is_clear(found):
            return words
    unclear = any(found.refusal or found.doubt.endswith(answer) for found in readings.values())
    like = all(is_like_a_time(word.plain) for word in time_words.tokens(answer))
    return answer if unclear and like else ""


def _clear(text: str) -> bool:
    return _is_clear(read(text))


def _is_clear(wish: Wish) -> bool:
    """Whether "x" is wished for at a time."""
    return wish.query == "x" and wish.when != When() and not (wish.doubt or wish.refusal)


def unclear_length(text: str) -> str:
    """What stands at the end as if it said how long: ``until friday``, ``for a while``, ``48 hours``, ``7dyas``; empty without such."""
    words = time_words.tokens(text)
    if len(words) > 1 and (words[-1].plain in _LASTING or doubts.is_like_a_length(words[-1])):
        return cut(text, words[-1:])
    for at in range(max(0, len(words) - LONGEST_LENGTH), len(words) - 1):
        if at and words[at].plain in _UPTO:
            return cut(text, words[at:])
        begins = words[at].plain in _LASTING or (at and doubts.is_counted(words[at]))
        vague = words[-1].plain in VAGUE or doubts.is_slip(words[-1].plain)
        if begins and (vague or may_be_time(words, at + 1, len(words), first=False)):
            return cut(text, words[at:])
    return ""


def _about(words: Sequence[Token], begin: int, end: int) -> int:
    """Where what is wanted begins behind "to" or "about"; words that are all of it stay."""
    for phrase in _ABOUT if not begin else (*_ABOUT, *_BEHIND_TIMES):
        told = tuple(word.plain for word in words[begin : begin + len(phrase)])
        if told == phrase and begin + len(phrase) < end:
            return begin + len(phrase)
    first, last = words[begin].plain if begin < end else "", min(begin + LONGEST_NAME + 2, end - 1)
    if first in _SELVES or first in _DETERMINERS:  # "me and my team to oil", "the mayor's office to oil"
        tos = (at for at in range(begin + 1, last) if words[at].plain == "to")
        return next((at + 1 for at in tos if first in _SELVES or words[at - 1].plain in _GROUPS), begin)
    return begin
