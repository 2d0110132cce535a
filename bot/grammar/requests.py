"""How somebody asks for what they want before they name it: "could you find me the newest articles about oil", and what they leave out behind it (pure)."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import date

from bot.domain.times import periods, time_words
from bot.wording import language
from bot.wording.heard.languages import languages
from bot.wording.language import any_word, small_words

LONGEST = 16
"""Words of a request."""

LONGEST_PREPOSITION = 3
"""Words of "the very latest"."""

LONGEST_NOUN = 6
"""Words before "about" of "all the german articles"."""


LONGEST_THING = 2
"""Words of one of several things, without quotation marks and its article."""

LONGEST_PERIOD = 4
"""Words of "the week before last's"."""

SOME_DAY = date(2000, 1, 15)
"""A day of which it is asked whether words are days: any would do."""

_ENDS = ".,;:?!"
_TALK = frozenset(
    word
    for one in languages().values()
    for word in (*(one.talk.verbs - one.talk.things), *one.talk.people, *one.talk.asking)
)
_THIS_WEEK = re.compile(
    rf"\b(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.periods if ' ' in one}))})\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?<=\w)['’]s$")
_REQUESTS = tuple(one.requests for one in languages().values())
_WORDS, _ABOUT, _ASKING, _BEHIND = (
    frozenset[str]().union(*(getattr(one, name) for one in _REQUESTS))
    for name in ("words", "about", "asking", "behind")
)
_TOPIC = frozenset(small_words("topic")[1:])
"""What may stand behind "about" and before what it is, in languages where it has no article: "zum Thema"."""
_ORDERS = {word: order for one in _REQUESTS for word, order in one.orders.items()}
_SAID_BY = re.compile(rf"(?:^|(?<=\s)){any_word('said by')}\s+", re.IGNORECASE)
_WRITTEN_BY = re.compile(rf"(?:^|(?<=\s)){any_word('written by')}\s+", re.IGNORECASE)
_BY = re.compile(rf"(?<=\w)\s{any_word('by')}\s+(?-i:(?=[^\W\d_a-z]))", re.IGNORECASE)
_SAID_ABOUT = re.compile(
    rf"^(?P<name>[^\W\d_a-zäöü][\w.'’-]*(?: [^\W\d_a-zäöü][\w.'’-]*){{0,2}}) {any_word('said', 'says')} (?=(?i:{any_word('about', 'on', 'regarding')}) \S)"
)
"""As in "Teague said about oil"."""
_ABOUT_IT = re.compile(rf"\s{any_word('about', 'on', 'regarding')}\s", re.IGNORECASE)
_SEEKING = tuple(one.seeking for one in languages().values())
_TOPICS, _ONE = frozenset(small_words("topic")), frozenset(word for one in _SEEKING for word in one.one)
_TONGUES_OF = {
    form: code
    for one in _SEEKING
    for tongue, code in one.tongues.items()
    for form in (tongue, *(f"{tongue}{end}" for end in one.inflected))
}
"""Each language's code by the words that stand before what is in it."""
_ASIDE = re.compile(
    rf"(?P<about>[^,;:|]*[^\s,;:|(])(?:, ?| \()(?P<tongue>{'|'.join(sorted({tongue for one in _SEEKING for tongue in one.tongues}))})\)?",
    re.IGNORECASE,
)
_IN_HEADLINES = frozenset(phrase for one in _SEEKING for phrase in one.headlines)
_ONES = frozenset(word for one in _SEEKING for word in one.ones)
_PLACING = frozenset(phrase.partition(" ")[0] for one in _SEEKING for phrase in one.outlets)
"""Words before an outlet."""
_LAST = frozenset(word for one in _SEEKING for word in one.last)
_WHEN = frozenset(phrase for one in _SEEKING for phrase in (*one.periods, *one.last, *one.latest))
_EVERY = frozenset(word for one in _SEEKING for word in one.every)
_NEWS = frozenset(word for one in _SEEKING for word in one.nouns)
_FIRST = {
    phrase: order
    for one in _SEEKING
    for order, told in (("new", one.latest), ("old", one.oldest))
    for phrase in told
}
"""The order that is asked for by phrases before what is wanted."""
_KEPT = frozenset(word for one in _SEEKING for word in one.kept)
ONE_OF_NEWS = frozenset(word for one in _SEEKING for word in one.single)
"""As "story" of "the oil story"."""
_ABOUT_SUCH = frozenset(word for one in _SEEKING for word in one.about)
_DAYS = time_words.joined("days")
_IT = frozenset(small_words("it")) - {"it"}
_COPIES = frozenset(word for one in _REQUESTS for word in one.copies)
_OF = frozenset(word for one in _SEEKING for word in one.of)
_OF_AN_ARTICLE = frozenset(f"{word}s" for word in ONE_OF_NEWS)
"""As in "Kopie des Artikels"; of several articles, too."""
_ARTICLES = frozenset(phrase for one in _SEEKING for phrase in one.articles)


def split(text: str) -> tuple[int, str]:
    """How many words ask for what stands behind them, and the order that they ask for; 0 where none do.

    Each of them is one that says nothing of what is wanted, and the last is "about" or the like.
    """
    plain = [word.casefold().strip(_ENDS).replace("’", "'") for word in text.split(maxsplit=LONGEST + 1)]
    end = 0
    for at, word in enumerate(plain[:LONGEST]):
        if (
            at
            and word in _ABOUT
            and at + 1 < len(plain)
            and not (_ASKING | _ORDERS.keys()).isdisjoint(plain[:at])
        ):
            end = at + 1 + (at + 2 < len(plain) and plain[at + 1] in _TOPIC)
        if not is_said(word):
            break
    return end, next((_ORDERS[word] for word in plain[:end] if word in _ORDERS), "") if end else ""


def in_headlines(text: str) -> str:
    """The words with a filter where they are wanted "in headlines only"."""
    words = text.split()
    for length in range(LONGEST_PREPOSITION + 1, 1, -1):
        plain = [word for word in words[:-length] if re.fullmatch(r"\w[\w-]*", word)]
        if (
            plain
            and len(plain) == len(words) - length
            and " ".join(words[-length:]).casefold() in _IN_HEADLINES
        ):
            return " ".join(f"{language.filter_word('title')}:{word}" for word in plain)
    return text


def in_tongue(text: str) -> tuple[str, str]:
    """What is wanted of "german articles about oil", and the filter for the language; empty where none is told so."""
    words = text.split()
    plain = [word.casefold() for word in words[:LONGEST_NOUN]]
    for at, word in enumerate(plain):
        told = _TONGUES_OF.get(word, "")
        if told and plain[at + 1 : at + 2] and plain[at + 1] in _NEWS and all(map(is_said, plain[:at])):
            behind = words[at + 2 :]
            if behind and behind[0].casefold() in _ABOUT_SUCH:
                return " ".join(behind[1:]), f"{language.filter_word('lang')}:{told}"
    return text, ""


def tongue_aside(text: str) -> tuple[str, str]:
    """What is wanted of "oil, german" and "oil (german)", and the filter for the language; empty where none stands so at the end."""
    found = _ASIDE.fullmatch(text.rstrip(_ENDS))
    told = _TONGUES_OF.get(found["tongue"].casefold(), "") if found else ""  # "englısh" matches and is none
    return (found["about"], f"{language.filter_word('lang')}:{told}") if found and told else (text, "")


def quoting(text: str) -> str:
    """The text with a filter for whose words, or articles, are wanted: "anything said by Teague about oil", "oil, written by Teague"."""
    text = _SAID_ABOUT.sub(lambda told: f"{small_words('said by')[0]} {told['name']} ", text, count=1)
    said, written = _SAID_BY.search(text), _WRITTEN_BY.search(text)
    found = said or written or _BY.search(text)
    head = text[: found.start()] if found else ""
    asks = all(map(is_said, head.casefold().split()))
    if not found or '"' in text or not (asks or written):
        return text
    name, _, subject = _ABOUT_IT.sub("\0", text[found.end() :], count=1).partition("\0")
    name, days = _without_days(name.strip())
    by = f'{language.filter_word("said" if said else "by")}:"{name}"'
    told = f"{by} {subject}" if asks else f"{head.strip(' ,')} {by} {subject}"
    named = re.fullmatch(r"\w[\w.'’ -]{1,60}", name) and name.casefold() not in _DAYS  # "news by Friday"
    return f"{told.strip()}{days}" if named else text


def _without_days(name: str) -> tuple[str, str]:
    """The name without the days behind it, and these: "Quill from last month"."""
    words = name.split()
    for begin in range(max(1, len(words) - LONGEST_PERIOD), len(words)):
        if periods.read([word.casefold() for word in words[begin:]], SOME_DAY):
            return " ".join(words[:begin]), f" {' '.join(words[begin:])}"
    return name, ""


def from_outlet(text: str) -> str:
    """The text without a request around the filter for an outlet that stands first: "news source:Courier about oil"."""
    found = re.match(
        rf'(?P<asked>[^":]*)\b(?P<by>{language.filter_word("source")}:"[^"]+") (?P<about>\w+) (?=\w)', text
    )
    asks = found and all(map(is_said, found["asked"].casefold().split())) and found["about"] in _ABOUT_SUCH
    return f"{found['by']} {text[found.end() :]}" if found and asks else text


def tongue_of(word: str) -> str:
    """The code of the language that a word, in lower case, names before or behind what is in it: "german", "deutsche"; empty for others."""
    return _TONGUES_OF.get(word, "")


def is_talk(text: str) -> bool:
    """Whether words of a sentence are among them: a verb, people, a question; "this week" is a time, and so is "Do"."""
    words = [word.strip(_ENDS).replace("’", "'") for word in _THIS_WEEK.sub("", text).split()]
    words = [
        word for at, word in enumerate(words) if not (at and word.istitle() and word.casefold() in _DAYS)
    ]
    said = {word.casefold() for word in words}
    return not _TALK.isdisjoint(said)


def is_said(word: str) -> bool:
    """Whether the word, in lower case, is one of requests."""
    return (
        word in _WORDS
        or word in _ASKING
        or word in _ABOUT
        or word in _ORDERS
        or word in time_words.COUNTS
        or word.isdecimal()
    )


def ends_a_request(word: str) -> bool:
    """Whether the word, in lower case, ends a request: "zeigen"."""
    return word in _BEHIND


def without_end(text: str) -> str:
    """What is wanted without the end of a request: "... zeigen", "... first"."""
    words = text.split()
    while len(words) > 1 and (end := next((one for one in (1, 2) if _ends_one(words[-one:], one)), 0)):
        words = words[:-end]
    return " ".join(words)


def _ends_one(words: Sequence[str], count: int) -> bool:
    """Whether so many words end a request: "zeigen", "gibt es"."""
    first, *rest = (word.casefold().strip(_ENDS) for word in words)
    return len(words) == count and first in _BEHIND and all(word in _IT for word in rest)


def without_one(text: str) -> str:
    """The text without "one" or the like at its end: "the oil one"."""
    head, _, last = text.rpartition(" ")
    return head if head and last.casefold() in _ONES else text


def without_said(text: str, kept: Container[str]) -> str:
    """The text without words of a request before it, up to one of ``kept``: "what are the", "all"."""
    words = text.split()
    begin = 0
    while begin < len(words) - 1 and is_said(word := words[begin].casefold()) and word not in kept:
        begin += 1
    return " ".join(words[begin:])


def without_all(text: str) -> str:
    """The text without "all the" and the like before it."""
    head, _, rest = text.partition(" ")
    return without_article(rest) if rest and head.casefold() in _EVERY else text


def says_when(text: str) -> bool:
    """Whether the words only say which one of several in time: "today's", "the latest"."""
    words = without_article(text).casefold().split()
    return " ".join(re.sub(r"['’]s$", "", word) for word in words) in _WHEN


def first_of(text: str) -> tuple[str, str]:
    """What is wanted of "the latest oil story", or "the oldest article about oil", and the order; the same and none of others.

    "The oldest bridge" are words.
    """
    words = _uncounted(text.split())
    for length in range(min(LONGEST_PREPOSITION, len(words) - 1), 0, -1):
        rest, plain = words[length:], [word.casefold().strip(_ENDS) for word in words[length:]]
        phrase = " ".join(words[:length]).casefold().rstrip(_ENDS)
        last = without_article(phrase) in _LAST and plain[0] in _NEWS  # "the last articles on oil"
        if order := _FIRST.get(phrase) or ("new" if last else ""):
            about = plain[0] in _NEWS | ONE_OF_NEWS and plain[1:2] and plain[1] in _ABOUT and plain[2:]
            one = len(rest) > 1 and plain[-1] in _NEWS | ONE_OF_NEWS and plain[-2] not in _KEPT
            kept = rest[2:] if about else rest[:-1] if one else rest
            return (" ".join(kept), order) if about or one or order == "new" else (text, "")
    return text, ""


def names_a_topic(text: str) -> bool:
    """Whether what is wanted is called a topic: "the fruit topic", "topic fruit for me"."""
    words = set(text.casefold().split()[:LONGEST_PREPOSITION])
    return not (words <= _TOPICS | _ARTICLES | _ONE or _TOPICS.isdisjoint(words))


def without_topic(text: str) -> str:
    """The text without "Thema" before what it is, as it stands behind a preposition in German."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.casefold() in _TOPIC else text


def _uncounted(words: list[str]) -> list[str]:
    """The words without the number beside an order at their beginning: "the five newest", "the latest 3 stories"."""
    plain = [word.casefold() for word in words[: LONGEST_PREPOSITION + 2]]
    for at in range(min(LONGEST_PREPOSITION, len(plain) - 1)):
        counted = plain[at].isdecimal() or plain[at] in time_words.COUNTS
        before = plain[at - 1] if at else ""
        beside = (
            plain[at + 1] in _ORDERS
            or (before in _ORDERS and words[-1].casefold() in _NEWS)
            or (before in _LAST and plain[at + 1] in _NEWS)
        )
        if counted and beside:
            return words[:at] + words[at + 1 :]
    return words


def of_the_first(text: str) -> str:
    """What stands behind the words of a request from "the latest" or the like on, where it ends with news: "latest oil story"; empty without."""
    words = text.split()
    plain = [word.casefold().strip(_ENDS).replace("’", "'") for word in words[:LONGEST]]
    first = next((at for at, word in enumerate(plain) if word in _ORDERS), -1)
    of_news = bool(words) and words[-1].casefold().strip(_ENDS) in _NEWS | ONE_OF_NEWS
    asks = 0 <= first < len(words) - 2 and of_news and all(map(is_said, plain[:first]))
    return " ".join(words[first:]).strip(_ENDS) if asks else ""


def are_all(words: Sequence[str]) -> bool:
    """Whether the words, in lower case, all are of a request, and at least one asks."""
    return all(map(is_said, words)) and not _ASKING.isdisjoint(words)


def asks(words: Sequence[str]) -> bool:
    """Whether one of the words, in lower case, asks for something."""
    return not _ASKING.isdisjoint(words)


def of_an_article(words: Sequence[str]) -> bool:
    """Whether the words ask for an article itself, and do not say for which: "could I get a copy of the article", "the full text"."""
    plain = without_end(" ".join(words).casefold()).rstrip(_ENDS).split()
    last = ONE_OF_NEWS | _COPIES | _OF_AN_ARTICLE
    asks = 1 < len(plain) <= LONGEST and plain[-1] in last and not _COPIES.isdisjoint(plain)
    return asks and all(is_said(word) or word in _OF | last for word in plain)


def without_order(text: str) -> str:
    """The text without "recently" and the like at its end."""
    head, _, last = text.rpartition(" ")
    return head if head and last.casefold() in _ORDERS else text


def days_behind(text: str) -> str:
    """The text with the days behind it that stand before news as their owner: "last week's news about oil", "today's oil stories"."""
    words = text.split()
    for owner in [at for at, word in enumerate(words[:LONGEST]) if _OWN.search(word)]:
        last = {word.casefold().strip(_ENDS) for word in (*words[owner + 1 : owner + 2], *words[-1:])}
        few = len(words) - owner - 1 in (1, LONGEST_THING) and last.isdisjoint(time_words.DIGESTS)
        for begin in range(max(0, owner - LONGEST_PERIOD + 1), owner + 1):
            asked = begin and all(is_said(word) or word in _OF for word in map(str.casefold, words[:begin]))
            days = [*words[begin:owner], _OWN.sub("", words[owner])]
            if not ((asked and few) or not last.isdisjoint(_NEWS)):  # "today's oil"
                continue
            if owner + 1 < len(words) and periods.read([word.casefold() for word in days], SOME_DAY):
                kept = " ".join((*words[:begin], *words[owner + 1 :])).rstrip(_ENDS)
                return f"{kept} {' '.join(days)}"
    return text


def days_last(text: str) -> str:
    """The text with the days behind it that stand in a request, before an outlet or what it is about: "what was in the Courier last week about oil"."""
    words = text.split()
    plain = [word.casefold().strip(_ENDS) for word in words[:LONGEST]]
    for begin in range(1, len(plain)):
        for end in range(min(begin + LONGEST_PERIOD, len(plain) - 1), begin, -1):
            goes_on = plain[end] in _ABOUT or plain[end] in _PLACING
            if goes_on and not is_said(plain[end - 1]) and periods.read(plain[begin:end], SOME_DAY):
                return " ".join((*words[:begin], *words[end:], *words[begin:end]))
    return text


def without_article(text: str) -> str:
    """The text without "the" or the like before it."""
    head, _, rest = text.partition(" ")
    return rest if rest and head.casefold() in _ARTICLES else text
