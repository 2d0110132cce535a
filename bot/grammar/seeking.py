"""What somebody looks for, as people say it in words: "latest news about oil from last week, in german" (pure).

What filters would say stands as filters behind what is wanted; quoted words stay words. Nothing that a person can type raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice, product
from zoneinfo import ZoneInfo

from bot.domain import query, query_nodes
from bot.domain.times import leftover, periods, time_words
from bot.domain.times.days import completed
from bot.grammar import requests, several, simpler
from bot.wording import language
from bot.wording.chat import querying
from bot.wording.heard.languages import languages
from bot.wording.language import small_words

LONGEST = 9
"""Words of one phrase that is looked for."""

_ENDS = ".,;:?!"
_QUOTES = frozenset('"“”„«»')
LONGEST_PREPOSITION = 3
LONGEST_CLOSING = 5
"""Words of "if that is possible"."""

LONGEST_ASKING = 12
"""Words before "about", with days among them: "what was there yesterday about oil"."""

MOST_FILTERS = 8
"""Phrases at the end that are filters."""

MOST_READINGS = 8
"""Ways to read words with typing errors, where one may be either of two: "mont" is "month" and "Monat"."""

SHORTEST_COMPOUND = 4
"""Letters of what stands before a noun in one word."""

MOST_OPENINGS = 3
"""Phrases before what is wanted: "show me", "all news about"."""

_EQUALS = re.compile(
    rf"(?<![^\s(])({'|'.join(sorted(query.FILTERS | language.filters().keys()))})=(?=[^\s=])", re.IGNORECASE
)
"""A filter as programs write it: "sort=new"."""
_ALIASES = {alias: name for one in languages().values() for alias, name in one.seeking.aliases.items()}
_ALIAS = re.compile(rf"(?<![^\s(])({'|'.join(sorted(_ALIASES))})[:=](?=[^\s=])", re.IGNORECASE)
_BRACKETS = str.maketrans("[]", "()")
_BANG, _PLUS = re.compile(r"(?<!\S)!(?=\w)"), re.compile(r"(?<!\S)\+(?=[^\W\d])")
_ALSO = re.compile(
    rf"(?<=\w)(?: /|,? (?:{'|'.join(one for told in languages().values() for one in told.seeking.also)})) (?=\w)",
    re.IGNORECASE,
)
_SEEKING = tuple(one.seeking for one in languages().values())
_ARROW = re.compile(r"(?<!\S)[-=]+>+(?!\S)")
_POLITE_BEFORE = re.compile(
    rf"(?<=\w),? (?:{'|'.join(sorted({one for told in _SEEKING for one in told.polite}))})(?=,? (?:{'|'.join(sorted(filter(str.isalpha, time_words.JOINTS)))}) )",
    re.IGNORECASE,
)
"""As "please" in "oil please and gas"."""
(_POLITE, _OPENING, _NOUNS, _ARTICLES, _ABOUT, _CLOSING, _PUBLISHED, _PLAIN, _KEPT, _ASKING, _ONES) = (
    frozenset[str]().union(*(getattr(one, name) for one in _SEEKING))
    for name in ("polite", "opening", "nouns", "articles", "about", "closing", "told", "plain", "kept", "asking", "ones")
)  # fmt: skip
_OPENING |= {
    phrase
    for one in languages().values()
    for name in ("wish", "bring", "subscribe")
    for phrase in one.sentences.openings.get(name, ())
}
"""As in "/subscribe please send me oil"."""
_DETERMINERS = frozenset(word for one in _SEEKING for word in (*one.articles, *one.determiners))
_SOME = frozenset(phrase for one in _SEEKING for phrase in (*one.vaguely, *one.some))
_COMPOUNDED, _UNCOMPOUNDED = (
    frozenset(word for one in _SEEKING for word in getattr(one, name))
    for name in ("compounded", "uncompounded")
)
_LINKED = tuple(ending for one in _SEEKING for ending in one.linked)
_ORDERS = {phrase: order for one in _SEEKING for phrase, order in one.orders.items()}
_TONGUES = {
    form.format(tongue): code
    for one in _SEEKING
    for form in one.spoken
    for tongue, code in one.tongues.items()
}
"""Each language's code by the phrases that ask for it."""
_BUTS = frozenset(small_words("but"))


def looked_for(text: str) -> query.Parsed:
    """The query of what was read, with a note on what stands at its end like days and is none that can be told."""
    found = query.parse(text, lists=True)
    said, minus = several.perhaps_left_out(several.filters(text)[0])
    if said:
        found = replace(found, notes=(*found.notes, querying.not_left_out(said, minus)))
    words = text.split()
    end = next(
        (at for at in range(len(words), 0, -1) if ":" not in words[at - 1] and words[at - 1] != ")"), 0
    )
    words = words[max(0, end - LONGEST) : end]
    words = words if _QUOTES.isdisjoint("".join(words[-LONGEST:])) else []
    plain = [word.strip("()").casefold().strip(_ENDS) for word in words]
    told = " ".join(words[leftover.unclear(plain) :]).strip("()")
    return replace(found, notes=(*found.notes, querying.not_days(told))) if told else found


def without_days(text: str) -> str:
    """The text without the phrase at its end that tells days: "oil, last month"."""
    found = _end(text, lambda words: periods.read(words, requests.SOME_DAY))
    return found[0] if found else text


def read(text: str, now: datetime, zone: str) -> str:
    """What is searched for, with filters for what its end says of days, languages and order; days are of today in ``zone``."""
    today = now.astimezone(ZoneInfo(zone)).date()
    named = _ALIAS.sub(
        lambda found: f"{_ALIASES.get(found[1].lower(), found[1])}:",  # "ſite" matches "site" and is none
        _EQUALS.sub(r"\1:", requests.quoting(requests.days_behind(simpler.plainly(text)))),
    )
    named, begun = dated(named, today)
    asks = begun or requests.split(named)[0]
    kept, order = wanted(requests.without_end(named) if begun else named)
    kept, tongue = requests.in_tongue(requests.in_headlines(kept))
    kept, aside = requests.tongue_aside(kept)
    kept, left = several.minuses(kept)
    kept, limits = several.filters(kept)  # "the bridge this week source:Courier"
    filters = list(filter(None, (tongue, aside, begun)))
    for _ in range(MOST_FILTERS):
        found = _end(kept, lambda words: periods.read(words, today) or _told(words))
        if not found:
            break
        kept, told = found
        filters.insert(0, told)
        kept = _without_last(_without_last(_without_last(kept, periods.BEFORE), _PUBLISHED), _BUTS)
        kept = bare(without_closing(kept.rstrip(",")))
        days = not told.startswith(tuple(f"{language.filter_word(name)}:" for name in ("lang", "sort")))
        kept = of_news(kept) if days else kept  # "oil stories last week"
        kept = requests.without_end(kept) if asks else kept  # "which articles are there on oil in german"
    kept = several.left_out(f"{kept}{left}{limits}")
    if order:
        filters.append(_sorted(order))
    kept = several.without_determiners(several.without_both(kept))
    if not filters:
        return completed(kept, now, zone)
    bare_request = kept.islower() and all(map(requests.is_said, kept.split()))
    kept = (
        "" if kept.casefold() in _NOUNS or bare_request else kept
    )  # "stories from the weekend", "die von heute"
    return completed(" ".join([several.grouped(kept), *filters]).strip(), now, zone)


def since(text: str, now: datetime, zone: str) -> datetime | None:
    """The moment from which on somebody wants what came: ``since monday``, ``last week``, ``yesterday``, ``what I missed today``; ``None`` for other words."""
    here = now.astimezone(ZoneInfo(zone))
    told = (word.casefold().strip(_ENDS) for word in without_polite(text).split()[-LONGEST:])
    words = list(filter(None, told))
    parts = ((first, last) for first in range(len(words)) for last in range(len(words), first, -1))
    for begin, end in parts:
        asked, kept = all(map(requests.is_said, (*words[:begin], *words[end:]))), words[begin:end]
        for days in (kept, ["since", *kept]) if asked else ():
            for leaf, _ in query_nodes.leaves(query.parse(periods.read(days, here.date())).query):
                if isinstance(leaf, query_nodes.Last):
                    return now - timedelta(hours=leaf.count)  # periods tell no other unit
                if isinstance(leaf, query_nodes.Day) and leaf.relation in ("after", "on"):
                    return datetime.combine(leaf.day, time(), here.tzinfo)
    return None


def dated(text: str, today: date) -> tuple[str, str]:
    """What is wanted of "articles from friday about oil", and the filter of its days, or language; empty where none is told so."""
    words = without_polite(text).split()
    plain = [word.casefold().strip(_ENDS) for word in words]
    for at in [at for at, word in enumerate(plain[:LONGEST_ASKING]) if at and word in _ABOUT]:
        for begin in range(at - 1, -1, -1) if at + 1 < len(words) else ():
            asked = " ".join(plain[:begin]) in _NOUNS | _ASKING or requests.are_all(plain[:begin])
            asked = asked or not (begin or plain[0].isdecimal())  # "yesterday about oil"
            for end in range(at, begin, -1) if asked else ():
                told = plain[begin:end] if all(map(requests.is_said, plain[end:at])) else []
                if told and (
                    found := periods.read(told, today) or periods.on_weekday(told, today) or _tongue(told)
                ):
                    return " ".join(words[at + 1 :]), found
    last = periods.on_weekday(plain[-2:], today) if requests.are_all(plain[:-2]) else ""
    return ("", last) if last else (text, "")  # "what was in the news on tuesday"


def wanted(text: str) -> tuple[str, str]:
    """The text without the words around what is wanted ("all news about"), and the order that they ask for; empty for none."""
    plain = " ".join(text.split())
    first, colon, rest = plain.partition(": ")
    if colon and rest and (asked := _ORDERS.get(first.casefold())):  # "newest first: oil"
        return wanted(rest)[0], asked
    kept, order = without_request(without_closing(without_polite(_signed(plain))))
    behind, first = requests.first_of(kept)
    order = first or order
    behind = without(behind, _ABOUT) if first else behind  # "latest oil news", "the latest on oil"
    head, colon, rest = behind.partition(": ")
    behind = rest if colon and head.casefold() in _NOUNS else behind  # "news: oil"
    behind = opened(behind)
    if not order:  # "show me the latest oil"
        behind, order = requests.first_of(behind)
    behind = several.left_out(bare(without_closing(behind)), several=False)
    return (text if behind == plain else behind), order


def opened(text: str) -> str:
    """The text without phrases before what is wanted: "all news about", "the word", "anything" before a filter."""
    for _ in range(MOST_OPENINGS):
        text = without_polite(without(text, _OPENING))
    text = requests.without_topic(text)
    first, _, rest = text.partition(" ")
    return rest if ":" in rest.partition(" ")[0] and requests.is_said(first.casefold()) else text


def without_request(text: str) -> tuple[str, str]:
    """The text without "could you find me the newest articles about" and the like, and the order that it asks for; empty for none."""
    kept = without_polite(text)
    count, order = requests.split(kept)
    return (requests.without_end(" ".join(kept.split()[count:])), order) if count else (kept, "")


def _signed(text: str) -> str:
    """The text with what programs and people write in short put as queries have it: ``!oil``, ``+oil``, ``oil / gas``."""
    if '"' in text:
        return text
    text = _ARROW.sub(" ", _POLITE_BEFORE.sub("", text))
    return _ALSO.sub(", ", _PLUS.sub("", _BANG.sub("-", text))).translate(_BRACKETS)


def _without_last(text: str, words: frozenset[str]) -> str:
    head, _, last = text.rpartition(" ")
    return head if head and last in words else text


def without_noun(text: str) -> str:
    """A wish in a sentence without the noun at its end: "oil news", "the ferry stories"."""
    head, _, last = text.rpartition(" ")
    return requests.without_all(head) if head and last.casefold() in _NOUNS else text


def of_news(text: str) -> str:
    """The text without the noun at its end, where no word stands before that which it belongs to: "weather stories", not "fake news"."""
    words, filters = several.filters(text)
    if filters:  # "oil stories from the Courier"
        return f"{of_news(words)}{filters}"
    before = text.split()[-2:-1]
    return without_noun(text) if before and before[0].casefold() not in _KEPT else text


def uncounted(text: str) -> str:
    """What a sentence looks for, without how much of it: "some lamps", "a few stories"."""
    return without(text, _SOME)


def ordered(text: str) -> bool:
    """Whether the text ends with an order, which only a search has: "sorted by date", "newest first"."""
    return _end(text, lambda words: _ORDERS.get(" ".join(words), "")) is not None


def bare(text: str) -> str:
    """What is wanted, without a noun at its end that says no more than that it is news: "oil news", not "Fox News"."""
    head, _, last = text.rpartition(" ")
    some = requests.without_all(head)
    compound, dash, noun = last.rpartition("-")
    if dash and noun.casefold() in _NOUNS | requests.ONE_OF_NEWS:  # "Öl-Artikel"
        return f"{head} {compound}".strip()
    if compound := of_compound(last, _COMPOUNDED):  # "Hafennachrichten"
        return f"{head} {compound}".strip()
    named = requests.without_article(head)
    says = last in _PLAIN or (some != head and last in _NOUNS | _ONES)  # "all the oil stories"
    if named != head and last in requests.ONE_OF_NEWS:  # "the oil story"
        return named
    return some if head and says and head.split()[-1].casefold() not in _KEPT else text


def of_compound(word: str, nouns: frozenset[str] = frozenset()) -> str:
    """What news are about whose noun is written as one word with it, as in German: "Hafennachrichten"; empty for other words.

    Without ``nouns`` it may be any that says no more than that it is news; "Sportartikel" is of that sort, and sold in shops.
    """
    plain = word.lower()  # its letters are as many: "Fußball" folds to one more
    for noun in nouns or _NOUNS:
        head = plain.removesuffix(noun)
        if head != plain and len(head) >= SHORTEST_COMPOUND and head not in _UNCOMPOUNDED:
            return word[: len(head) - head.endswith(_LINKED)]
    return ""


def without_article(text: str) -> str:
    """The text without an article or "my" before it."""
    return without(text, _ARTICLES)


def is_determiner(words: Sequence[str]) -> bool:
    """Whether the only word is one that stands before a noun: "the", "den"."""
    return " ".join(words).casefold() in _DETERMINERS


def in_language(text: str) -> str:
    """The text with a filter for the language that it ends with: "oil, only in german"."""
    found = without_language(text)
    return filtered(bare(found[0]), found[1]) if found else text


def filtered(text: str, told: str) -> str:
    """The text with a filter behind it that is of all of it."""
    return f"{several.grouped(text)} {told}"


def without_language(text: str) -> tuple[str, str] | None:
    """The text without the language that it ends with, and the filter for that; ``None`` where it ends otherwise."""
    return _end(text, _tongue)


def without_closing(text: str) -> str:
    """The text without "for me" and the like at its end."""
    words = text.split()
    end = len(words)
    while closing := _closing(words[max(1, end - LONGEST_CLOSING) : end]):
        end -= closing
    return " ".join(words[:end]).rstrip(" ,") if end < len(words) else text


def _closing(words: Sequence[str]) -> int:
    """How many of these words are the longest phrase at their end that says nothing of what is wanted."""
    told = (" ".join(words[begin:]).casefold().strip(f"{_ENDS} ") for begin in range(len(words)))
    return next((len(words) - begin for begin, phrase in enumerate(told) if phrase in _CLOSING), 0)


def without_polite(text: str) -> str:
    """The text without "please" and the like at either end, and without the mark of a question."""
    words = text.split()
    while len(words) > 1 and words[-1].casefold().strip(_ENDS) in _POLITE:
        words = words[:-1]
    while len(words) > 1 and words[0].casefold().strip(_ENDS) in _POLITE:
        words = words[1:]
    kept = " ".join(words)
    return kept.rstrip("?! ,") or kept


def without(text: str, phrases: frozenset[str]) -> str:
    """The text without the longest of these phrases at its beginning, if anything is left."""
    words = text.split()
    for length in range(min(LONGEST, len(words) - 1), 0, -1):
        if " ".join(words[:length]).casefold().rstrip(":,") in phrases:
            return " ".join(words[length:])
    return text


def _end(text: str, meaning: periods.Meaning) -> tuple[str, str] | None:
    """The text without the longest phrase at its end that means something, and that; ``None`` where none does.

    A phrase of one word is all of the text for nobody: "today" is what is looked for.
    """
    words = without_polite(text).split()
    for length in range(min(LONGEST, len(words)), 0, -1):
        told = words[-length:]
        if _QUOTES.isdisjoint("".join(told)) and not (length == len(words) and length < 2):
            plain = [word.strip("()").casefold().strip(_ENDS) for word in told]
            proper = length == 1 and told[0][:1].isupper()  # "USA Today"
            if not proper and all(plain) and (found := meaning(plain) or _slips(plain, meaning)):
                return " ".join(words[:-length]).rstrip(" ,;("), found
    return None


def _slips(words: Sequence[str], meaning: periods.Meaning) -> str:
    """What the words mean but for a typing error in words of time: "lst week", "yesteday"."""
    if len(words) == 1 and len(words[0]) < time_words.LONG:
        return ""
    readings = islice(product(*map(leftover.mended, words)), MOST_READINGS)
    return next(filter(None, (meaning(meant) for meant in readings if meant != tuple(words))), "")


def _told(words: Sequence[str]) -> str:
    """The filter that these words say for a language or an order; empty for none."""
    bare_words = [word for word in words if word not in _NOUNS | _ONES]  # "oldest articles first"
    order = _ORDERS.get(" ".join(words)) or (
        len(words) > len(bare_words) > 1 and _ORDERS.get(" ".join(bare_words))
    )
    return _sorted(order) if order else _tongue(words)


def _tongue(words: Sequence[str]) -> str:
    code = _TONGUES.get(" ".join(words))
    return f"{language.filter_word('lang')}:{code}" if code else ""


def _sorted(order: str) -> str:
    return f"{language.filter_word('sort')}:{language.small_word(order)}"
