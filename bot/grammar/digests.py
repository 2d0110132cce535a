"""What a digest, a list or a subscription that people name, or that shall end, is about: "a new digest: oil", "the fruit list", "Lampen-Abo" (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

import re

from bot.domain import query
from bot.domain.times import time_words
from bot.grammar import seeking
from bot.grammar.requests import are_all, ends_a_request, is_said, without_all
from bot.wording import language
from bot.wording.heard.languages import languages
from bot.wording.language import small_words

LONGEST_LABEL = 5
"""Words before a colon that only say for whom."""

_SEEKING = tuple(one.seeking for one in languages().values())
_LIST = re.compile(
    rf"(?:{'|'.join(sorted({word for one in _SEEKING for word in one.articles}))}) (?P<about>[^\s,]+(?: [^\s,]+){{0,2}}) (?:{'|'.join(sorted({word for one in _SEEKING for word in one.lists}))})(?=[\s,]|$)",
    re.IGNORECASE,
)
_ARTICLES, SUBSCRIBED, _NEWLY, _ABOUT = (
    frozenset(phrase for one in _SEEKING for phrase in getattr(one, name))
    for name in ("articles", "subscribed", "newly", "about")
)
# "Housing updates" are what somebody wants to read, and no digest.
_DIGESTS = time_words.DIGESTS.intersection(word for one in _SEEKING for word in one.lists) - {"updates"}
_ONLY = time_words.joined("only")
_NOUNS = frozenset(word for one in _SEEKING for word in (*one.nouns, *one.single))
_FILTERS = query.FILTERS | language.filters().keys()
_LEAVING, _KINDS, _ONES = (
    frozenset(phrase for one in _SEEKING for phrase in getattr(one, name))
    for name in ("leaving", "kinds", "ones")
)
_LEAVING |= {
    phrase for one in languages().values() for phrase in one.sentences.openings.get("unsubscribe", ())
}
_PEOPLE = frozenset(word for one in languages().values() for word in one.talk.people)
_FOR = _ABOUT | {small for one in ("for", "to") for small in small_words(one)}


def of_a_list(text: str) -> str:
    """What the list, or the digest, that stands first is about: "the fruit list at 9 am"."""
    found = _LIST.match(text)
    return f"{found['about']}{text[found.end() :]}" if found else text


def behind_a_colon(text: str) -> str:
    """The text behind words of a request and a colon: "einrichten: Öl"; the same for other words."""
    head, colon, rest = text.partition(": ")
    said = head.casefold().split()
    asks = (
        colon
        and rest
        and said
        and all(is_said(word) or ends_a_request(word) or word in SUBSCRIBED for word in said)
    )
    return rest if asks else text


def labelled(text: str) -> tuple[str, str]:
    """The label before a list, and the list: "rivals: Lumex, Oxley at 9 am"; an empty one for other words."""
    head, colon, rest = text.partition(": ")
    name = head.casefold()
    said = is_said(name) or name in time_words.joined("labels") or name in SUBSCRIBED or name in _FILTERS
    lists = colon and "," in rest and ": " not in rest and head.isalpha() and not (said or _of_time(name))
    return (head, rest) if lists else ("", text)


def without_label(text: str) -> str:
    """The text without the words before a colon that say for whom, that only name news, or name a list: "for the club: rowing", "rivals: Lumex, Oxley"."""
    head, colon, rest = text.partition(": ")
    said = head.casefold().split()
    timed = any(_of_time(word) for word in said) or any(word[0].isdecimal() for word in said)
    names = (
        "," in rest and "," not in head and _ONLY.isdisjoint(said) and not timed
    )  # "10:30 every day: oil, gas"
    label = said and (names or said[0] in time_words.FOR or said[-1] in _NOUNS) and len(said) <= LONGEST_LABEL
    return rest if colon and rest and label else text


def _of_time(word: str) -> bool:
    return word in time_words.DAYS or word in time_words.SETS or word in time_words.PLURAL


def of_a_digest(text: str) -> str:
    """What the digest that stands first behind its article is about: "a new digest: oil", "a digest with oil news"; the same for other words."""
    words = text.split()
    at = next((at for at, word in enumerate(words) if word.casefold() not in _NEWLY), len(words))
    noun = words[at].casefold() if 0 < at < len(words) - 1 else ""
    if noun.rstrip(":") not in _DIGESTS:
        return text
    of = words[at + 1].casefold() in time_words.OF_DIGESTS | _ABOUT
    kept = words[at + 1 + of :] if of or noun.endswith(":") else words
    return " ".join(kept or words)


def of_a_subscription(text: str) -> str:
    """What the subscription is about that the words call one: "new lamps subscription", "Lampen-Abo"; the same for other words."""
    first, _, rest = text.partition(" ")
    if rest and first.casefold().rstrip(":") in SUBSCRIBED:  # "sub oil", "Abo für Öl", "Abo: Öl"
        first, _, of = rest.partition(" ")
        return of if of and first.casefold() in _FOR else rest
    head, _, last = text.rpartition(" ")
    compound, _, noun = last.rpartition("-")
    called = noun.casefold() in SUBSCRIBED
    called = called or (
        text.partition(" ")[0].casefold() in _NEWLY - _ARTICLES and noun.casefold() in _DIGESTS
    )  # "my oil digest"
    if not called or not (head or compound):
        return text
    words = f"{head} {compound}".split()
    while len(words) > 1 and words[0].casefold() in _NEWLY:
        words = words[1:]
    return " ".join(words)


def calls_itself_a_subscription(text: str) -> bool:
    """Whether one of the words says that they are one: "new lamps subscription", "Lampen-Abo"."""
    called = (word.strip(",.!?;:").rpartition("-")[2] for word in text.casefold().split())
    return not SUBSCRIBED.isdisjoint(called)


def names_nothing(text: str) -> bool:
    """Whether the words, of what is wanted, are all of a request: "something interesting"; one word may be a name."""
    words = text.casefold().split()
    return len(words) > 1 and are_all(words) and without_all(text) == text


def ended(text: str) -> str:
    """What shall end, without what people say before it, and why: "me from oil please, it is boring"."""
    text = without_reason(text)
    told = seeking.without_polite(text)
    kept = seeking.without_polite(seeking.without(text, _LEAVING))
    kept = seeking.without(told, _LEAVING) if kept == told else kept
    head, _, last = kept.rpartition(" ")
    return head if head and last.casefold() in (_KINDS if kept == told else _KINDS | _ONES) else kept


def without_reason(text: str) -> str:
    """The text without a sentence behind a comma that says why."""
    for mark in re.finditer(r"[,;.] ", text):
        first, _, rest = text[mark.end() :].partition(" ")
        if mark.start() and rest and first.casefold().replace("’", "'") in _PEOPLE:
            return text[: mark.start()]
    return text
