"""How people say in words what the filters of a search say: what a language has of it, and English; data alone, in lower case.

What other languages have stands in their catalogues.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from bot.wording.timing import word_set

Unit = Literal["day", "week", "weekend", "month", "quarter", "year"]
Order = Literal["new", "old", "best"]

_NEWS = (
    "about",
    "on",
    "regarding",
    "concerning",
    "around",
    "related to",
    "mentioning",
    "that mention",
    "with",
    "containing",
    "from",
)


@dataclass(frozen=True, slots=True)
class Seeking:
    """One language.

    ``polite`` words say nothing at either end, ``opening`` phrases nothing before what is wanted, ``closing`` ones nothing behind it; ``nouns`` are what is wanted, where it
    is called so ("news"; ``single`` are one of them, as behind the latest and the oldest), of which ``every`` one before it means all, and ``some`` a few of it, ``latest`` words before it ask for the newest first and ``oldest`` for the oldest, as ``orders`` do behind it. ``tongues`` are languages by their code, each in
    a phrase of ``spoken``, and before a noun with an ending of ``inflected`` or without. What stands before one of ``headlines`` is looked for there. ``periods`` are a number of units back from today's, behind a word of ``of``, months and years behind one of ``months`` (words of ``month`` may stand between), and ``dangling`` ones before them say no more; ``last`` words stand
    before a weekday, or a number of ``units``, ``rolling`` phrases before one unit back from today, which have days (``one`` is a number, too, and so are ``vaguely`` told ones); ``ago`` phrases hold a number and a unit.
    ``since``, ``until``, ``before`` and ``after`` stand before a day or a period, ``between`` before two with one of
    ``to`` in between, ``on`` before a date, ``onwards`` behind one, ``now`` ends days that go on, ``within`` before a month is a day of it, ``older`` and ``newer`` stand before a length, ``outlets`` before an outlet, ``leaving`` before what somebody does not want any more and ``kinds`` behind it (``ones`` behind both), ``lists`` behind what a list is about and ``subscribed`` behind what a subscription is, ``newly`` ones before that, ``ahead`` stands before what no filter tells, and ``named`` are days, or such, behind it, ``compounded`` nouns are news in one word with what they are about, unless that is ``uncompounded``, and behind a ``linked`` ending of it an s is left out, ``determiners`` stand in small letters before a noun, which that language writes with a capital, ``also`` stands between things of which any is wanted, ``aliases`` are further names of filters, ``without`` before a word that is left out, unless it is of ``names``, and those of them that are ``certainly`` such also before several. ``plain`` nouns say nothing behind what is wanted either, unless a word of ``kept`` stands before them, nor do ``told`` words before days; days may stand
    behind a phrase of ``asking``, too.
    """

    polite: frozenset[str] = frozenset()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()
    latest: tuple[str, ...] = ()
    oldest: tuple[str, ...] = ()
    orders: Mapping[str, Order] = field(default_factory=dict)
    tongues: Mapping[str, str] = field(default_factory=dict)
    spoken: tuple[str, ...] = ()
    inflected: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    of: frozenset[str] = frozenset()
    month: frozenset[str] = frozenset()
    dangling: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    one: frozenset[str] = frozenset()
    vaguely: Mapping[str, int] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    every: frozenset[str] = frozenset()
    some: frozenset[str] = frozenset()
    periods: Mapping[str, tuple[Unit, int]] = field(default_factory=dict)
    last: frozenset[str] = frozenset()
    rolling: tuple[str, ...] = ()
    units: Mapping[str, int] = field(default_factory=dict)
    ago: tuple[str, ...] = ()
    since: frozenset[str] = frozenset()
    until: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    onwards: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    within: Mapping[str, int] = field(default_factory=dict)
    older: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()
    about: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    asking: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    certainly: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    subscribed: frozenset[str] = frozenset()
    newly: frozenset[str] = frozenset()
    ones: frozenset[str] = frozenset()
    compounded: frozenset[str] = frozenset()
    uncompounded: frozenset[str] = frozenset()
    linked: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    ahead: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


def combined(*parts: Iterable[str]) -> tuple[str, ...]:
    """The phrases of one of each part, side by side; an empty one is left out."""
    return tuple(" ".join(one for one in told if one) for told in product(*parts))


ENGLISH = Seeking(
    polite=word_set("please pls plz thanks thx ta cheers ty tnx"),
    told=word_set("published posted written released printed dated only just"),
    plain=word_set("news articles headlines pieces"),
    asking=(*combined(("what",), ("happened", "came", "came in", "was there", "was reported", "was written", "did we have", "do we have")), *combined(("anything", "something", "any news"), ("",))),
    opening=(
        "for",
        "either",
        *combined(("", "all", "any"), ("mention", "mentions", "coverage"), ("of",)),
        *combined(("kindly",), ("send", "share", "show", "give", "post", "forward", "provide", "find", "search", "track", "remove"), ("", "me", "us")),
        "for me",
        "me",
        "me 2", "us 2", "results for", "results on", "results about",
        *combined(("words", "things", "stuff", "anything", "stories", "articles", "news", "topics"), ("like", "such as", "containing", "with", "mentioning", "that mention", "that mentions", "that contain", "that contains")),
        *combined(("these", "the", "the following"), ("topics", "words", "keywords", "terms")),
        *combined(("the",), ("word", "term", "phrase", "keyword")),
        "the following", "more about", "more on",
        "add",
        *combined(("", "add", "set up", "create", "start"), ("a subscription", "a digest"), ("for", "to", "on", "about", "of")),
        *combined(("", "can you", "could you", "please"), ("show me", "find me", "find", "give me", "get me", "look for", "search for", "tell me about", "i am looking for", "i'm looking for", "i want", "i need")),
        *combined(
            ("", "for"),
            ("", "all", "any", "the", "some", "more", "all the", "an", "a"),
            ("news", "articles", "stories", "updates", "headlines", "reports", "coverage", "anything", "everything", "something", "stuff", "info", "information", "update", "clips", "clippings", "cuttings", "posts", "pieces"),
            _NEWS,
        ),
        *combined(("a", "an", "the"), ("overview", "summary", "digest", "roundup", "update", "alert", "notification", "newsletter", "briefing", "bulletin", "list"), ("of", "about", "on", "for")),
        *combined(("", "for"), ("all", "all there is", "what there is", "what is new", "what's new", "whats new"), ("about", "on", "with")),
    ),
    closing=("exactly", "precisely", "verbatim", "word for word", "if possible", "if that is possible", "if you can", "thank you", "thank you very much", "thanks a lot", "many thanks", "cheers", "for me", "for us", "to me", "to us", "to this channel", "in this channel", "to this chat", "and stuff", "and stuff like that", "and things like that", "or something like that", "and the like", "and so on", "and so forth", "etc", "in here", "on here", "over here", "on this channel", "here", "in the news", "in the papers"),
    nouns=word_set("news articles stories updates headlines reports coverage"),
    single=word_set("article story piece headline report item post one"),
    latest=combined(("", "the", "your", "our"), ("latest", "very latest", "newest", "most recent", "recent")),
    oldest=combined(("", "the", "your", "our"), ("oldest", "very oldest", "earliest", "very first")),
    orders={
        **dict.fromkeys(
            (
                *combined(("", "the"), ("newest", "latest", "most recent", "recent"), ("first", "1st", "on top", "")),
                *combined(("", "sort", "sorted", "sort it", "order", "ordered"), ("by",), ("date", "newest", "newest first", "latest", "recency", "time", "most recent")),
                *combined(("sort", "sorted", "order"), ("newest", "newest first", "date", "latest first")),
                "recently", "lately",
                *combined(("", "kindly", "please"), ("show",), ("", "the"), ("latest", "newest", "most recent"), ("", "first", "ones", "ones first")),
            ),
            "new",
        ),
        **dict.fromkeys((*combined(("", "the", "sort", "sort by", "sorted by"), ("oldest",), ("first", "on top", "")), "earliest first"), "old"),
        **dict.fromkeys((*combined(("sort by", "sorted by", "by"), ("relevance", "best match")), "best first", "best match first"), "best"),
    },
    tongues={"english": "en", "eng": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl", "polish": "pl", "portuguese": "pt", "turkish": "tr", "russian": "ru", "ukrainian": "uk", "arabic": "ar", "chinese": "zh", "japanese": "ja", "danish": "da", "swedish": "sv", "norwegian": "no", "hindi": "hi", "bengali": "bn", "tamil": "ta", "urdu": "ur", "korean": "ko", "greek": "el", "hebrew": "he", "czech": "cs", "hungarian": "hu", "romanian": "ro", "finnish": "fi", "persian": "fa", "farsi": "fa", "vietnamese": "vi", "indonesian": "id", "welsh": "cy", "irish": "ga", "catalan": "ca", "basque": "eu", "croatian": "hr", "serbian": "sr", "bulgarian": "bg", "slovak": "sk", "slovenian": "sl", "estonian": "et", "latvian": "lv", "lithuanian": "lt", "thai": "th", "malay": "ms", "swahili": "sw", "marathi": "mr", "telugu": "te", "punjabi": "pa"},
    spoken=("in {}", "only in {}", "in {} only", "{} only", "only {}", "{} articles", "{} articles only", "only {} articles", "{} language", "in {} language", "{} ones only", "only the {} ones"),
    headlines=(*combined(("in",), ("", "the", "its", "their"), ("headline", "headlines", "title", "titles"), ("", "only")), *combined(("only in",), ("", "the"), ("headline", "headlines", "title", "titles"))),
    of=word_set("from of in during over within for earlier"),
    vaguely={"couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 3},
    month=word_set("month of"),
    dangling=word_set("at"),
    months=word_set("from in during"),
    one=word_set("a an one"),
    articles=word_set("the"),
    every=word_set("all any every"),
    some=word_set("some any"),
    periods={
        "today": ("day", 0), "this day": ("day", 0), "this morning": ("day", 0), "this afternoon": ("day", 0), "yesterday": ("day", 1), **{f"yesterday {part}": ("day", 1) for part in ("morning", "afternoon", "evening", "night")}, "yday": ("day", 1), "last night": ("day", 1),
        "this week": ("week", 0), "last week": ("week", 1), "previous week": ("week", 1), "week before last": ("week", 2),
        "this weekend": ("weekend", 0), "last weekend": ("weekend", 1), "weekend": ("weekend", 0),
        "this month": ("month", 0), "last month": ("month", 1), "previous month": ("month", 1),
        "this quarter": ("quarter", 0), "last quarter": ("quarter", 1), "previous quarter": ("quarter", 1), "past quarter": ("quarter", 1),
        "this year": ("year", 0), "last year": ("year", 1), "previous year": ("year", 1),
        "day before yesterday": ("day", 2),
        **{f"{begin} of {article} {unit}": (unit, 0) for begin in ("beginning", "start") for article in ("the", "this") for unit in ("week", "month", "year")},
    },
    last=word_set("last past previous"),
    rolling=combined(("in", "over", "within", "during", "for"), ("the last", "the past")),
    units={"day": 1, "days": 1, "d": 1, "week": 7, "weeks": 7, "wk": 7, "wks": 7, "month": 30, "months": 30, "year": 365, "years": 365, "fortnight": 14},
    ago=("{} ago", "since {} ago"),
    since=word_set("since"),
    until=word_set("until till"),
    before=word_set("before"),
    after=word_set("after"),
    between=word_set("between from"),
    to=word_set("and to - until till"),
    on=word_set("on from of dated"),
    onwards=word_set("on onwards onward"),
    now=word_set("now"),
    within={"early": 1, "beginning of": 1, "start of": 1, "mid": 15, "middle of": 15, "end of": 28, "late": 22},
    older=("older than",),
    newer=("newer than", "not older than", "no older than", "younger than"),
    about=word_set("about on regarding concerning"),
    outlets=("from", "from the", "in the", "by the"),
    without=(*combined(("", "but", "and", "but please", "and please"), ("leave out", "leaving out", "skip", "skipping", "omit", "ignore")), "without", "but without", "w/o", "and nothing about", "but nothing about", "but nothing on", "nothing about", "and nothing on", "not", "but not", "but no", "except", "except for", "excluding", "minus", "and not", "not about", "but not about", "other than"),
    certainly=(*combined(("", "but", "and", "but please", "and please"), ("leave out", "leaving out", "skip", "omit")), "excluding", "but without", "and nothing about", "but nothing about", "nothing about", "but nothing on", "but not", "but no", "except", "except for", "other than", "but not about"),
    names=word_set("borders frontiers more longer thanks thank"),
    kept=word_set("in fake live breaking false good bad fox sky bbc cbs nbc abc cnn yahoo google world"),
    ahead=word_set("this next coming upcoming week q1 q2 q3 q4"),
    named=word_set("quarter weekend hours hour hrs minutes decade century season today tomorrow yesterday ago spring summer autumn fall winter easter christmas monday tuesday wednesday thursday friday saturday sunday"),
    ones=word_set("one ones thing stuff"),
    also=("comma", "and also", "or else", "as well as"),
    aliases={"since": "after", "till": "until", "language": "lang", "outlet": "source", "publisher": "source", "author": "by"},
    subscribed=word_set("subscription subscriptions sub subs"),
    newly=word_set("a an the my our new another one media monitoring press short quick brief regular"),
    lists=word_set("list digest newsletter bulletin briefing feed updates"),
    kinds=word_set("alert notification notifications digest digests subscription subscriptions news updates alerts messages posts"),
    leaving=(*combined(("", "me", "us", "this channel", "this chat", "this group"), ("from",), ("", "the", "my", "news about", "everything about")), "the", "my", "me", "us", *combined(("i", "we"), ("no longer",), ("want", "need", "wish to get")), *combined(("kindly", "please"), ("remove", "stop", "end", "cancel"), ("", "the", "my", "me from"))),
)  # fmt: skip
