"""Several things in one wish: whether all are wanted or any, and which are left out (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

import re

from bot.domain.times import time_words
from bot.grammar.requests import LONGEST_PREPOSITION, LONGEST_THING, without_article
from bot.wording.heard.languages import languages
from bot.wording.language import small_words

LONGEST_BEHIND = 9
"""Words that are left out."""

_SEEKING = tuple(one.seeking for one in languages().values())
_WITHOUT, _CERTAINLY, _NAMES = (
    frozenset(phrase for one in _SEEKING for phrase in getattr(one, name))
    for name in ("without", "certainly", "names")
)
_BARRING = frozenset(small_words("without"))
"""Before what is left out, or before what something has not: "life without work"."""
_ABOUT = frozenset(word for one in languages().values() for word in one.requests.about)
_PART = re.compile(r'-?(?:\w+:)?"[^"]*"|\S+')
_LIMIT = re.compile(r"-\S|\w+:\S")
_FILTERS = re.compile(r'(?<!\s)(?: \w+:(?:"[^"]*"|[^\s"()]+))+$')
_EITHER = re.compile(r"[,;|]")
_JOINING = frozenset(word for one in small_words("OR") for word in (one, one.lower()))
_AND = frozenset(filter(str.isalpha, time_words.JOINTS))
_KEPT_AS_TYPED = frozenset((*small_words("AND"), *small_words("NOT"))) | _JOINING
_BOTH_FIRST = re.compile(
    rf"^(?:{'|'.join(sorted({one for told in languages().values() for one in told.asking.both}))}) (?=\S)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf" (?:{'|'.join(map(re.escape, sorted(time_words.JOINTS | time_words.ORS)))}) ", re.IGNORECASE
)
_DETERMINERS = re.compile(
    rf"(?P<before>^|[,;(|] ?| (?:{'|'.join(map(re.escape, sorted({*filter(str.isalpha, time_words.JOINTS | time_words.ORS), *_JOINING})))}) )"
    rf"(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.determiners}))}) (?=[A-ZÄÖÜ])"
)
"""What stands before a thing that is written with a capital, where the things of a list begin."""
_BEHIND_A_COMMA = {
    rest
    for first, _, rest in (one.partition(" ") for one in _WITHOUT)
    if rest and first not in _WITHOUT and rest not in _ABOUT
}
"""As "no" of "but no": "oil, no gas"."""


def each_of(text: str) -> tuple[str, str]:
    """The text with OR for "and" between things of a few words, any of which is wanted, and that word; the same where they are longer.

    What limits all of them, a filter or what is left out, stands outside of the brackets. Without such a word it is empty.
    """
    parts = _PART.findall(text)
    core = [at for at, part in enumerate(parts) if not _LIMIT.match(part)]
    begin, end = (core[0], core[-1] + 1) if core else (0, 0)
    joint = next((word for word in parts[begin:end] if word in _AND), "")
    things: list[list[str]] = [[]]
    for word in parts[begin:end] if joint else ():
        if word not in _AND:
            things[-1].append(word.rstrip(",;"))
        if word in _AND or word[-1] in ",;":
            things.append([])
    told = [" ".join(thing) for thing in things if thing]
    told = [re.sub(_BOTH_FIRST, "", told[0]), *told[1:]] if told else []
    few = all(0 < len(_PART.findall(without_article(one))) <= LONGEST_THING for one in told)
    if (
        len(told) < 2
        or not few
        or not _KEPT_AS_TYPED.isdisjoint(parts[begin:end])
        or re.search(r"[()|]", text)
    ):
        return text, joint
    either = " OR ".join(told)
    limited = end - begin < len(parts)
    return " ".join((*parts[:begin], f"({either})" if limited else either, *parts[end:])), joint


def without_determiners(text: str) -> str:
    """The text without "den" and the like before its things: "den Hafen und die Brücke"; "Die Zeit" is a name, and quoted words stay."""
    parts = re.split(r'("[^"]*")', text)
    return "".join(
        part if at % 2 else _DETERMINERS.sub(r"\g<before>", f"\0{part}" if at else part).removeprefix("\0")
        for at, part in enumerate(parts)
    )


def minuses(text: str) -> tuple[str, str]:
    """The text without the words with a minus at its end, and these."""
    words = text.split()
    end = len(words)
    while end > 1 and re.fullmatch(r'-[^\s"()-][^\s"()]*', words[end - 1]):
        end -= 1
    return " ".join(words[:end]), "".join(f" {word}" for word in words[end:])


def filters(text: str) -> tuple[str, str]:
    """The text without the filters at its end, and these."""
    found = _FILTERS.search(text)
    return (text[: found.start()], found[0]) if found and found.start() else (text, "")


def without_both(text: str) -> str:
    """The text without "both" before things that "and" stands between."""
    return _BOTH_FIRST.sub("", text) if not _AND.isdisjoint(text.casefold().split()) else text


def left_out(text: str, *, several: bool = True) -> str:
    """The text with a minus for what it ends with behind "but not" or "ohne"; names such as "Doctors without Borders" stay.

    ``several``: these may be several words, where nothing else is at the end.
    """
    words = text.split()
    for at in range(max(1, len(words) - LONGEST_BEHIND - LONGEST_PREPOSITION), len(words) - 1):
        for length in range(min(LONGEST_PREPOSITION, len(words) - at - 1), 0, -1):
            begin = at + length
            last, said = " ".join(words[begin:]), " ".join(words[at:begin]).casefold()
            if (
                (said in _WITHOUT or (said in _BEHIND_A_COMMA and words[at - 1].endswith(",")))
                and last.casefold() not in _NAMES
                and (left := _each(last, certain=several and _is_certain(said, last)))
            ):
                return f"{grouped(' '.join(words[:at]).rstrip(','))} {left}"
    return text


def _is_certain(said: str, last: str) -> bool:
    """Whether several words behind this one are left out: a name, or a list of words."""
    listed = said in _BARRING and _LISTED.search(last) and all(one.isalpha() for one in _LISTED.split(last))
    return said in _CERTAINLY or last.istitle() or bool(listed)


def perhaps_left_out(text: str) -> tuple[str, str]:
    """Words behind "without" at the end that may be left out, or looked for, with that, and what would leave them out; empty without any."""
    words = text.split()
    at = next((at for at, word in enumerate(words) if at and word.casefold() in _BARRING), len(words))
    last = " ".join(words[at + 1 :])
    fits = len(words) - at - 1 == LONGEST_THING and re.fullmatch(r"[\w '’-]+", last)
    return (" ".join(words[at:]), f'-"{last}"') if fits and last.casefold() not in _NAMES else ("", "")


def _each(text: str, *, certain: bool) -> str:
    """What is left out, each with its minus: one thing, or where it is ``certain`` several, each of a few words; empty for others."""
    if " " not in text or re.fullmatch(r'"[^"]+"|[“„][^"“”„]+[“”]', text):
        return f"-{text}"
    things = [without_article(one) for one in _LISTED.split(text)]
    few = all(0 < len(one.split()) <= LONGEST_THING for one in things)
    if not (certain and few) or re.search(r'["“”„():,]|(?<!\w)-', text):
        return ""
    return " ".join(f'-"{one}"' if " " in one else f"-{one}" for one in things)


def grouped(text: str) -> str:
    """The text in brackets where it is a list of things of which any is wanted."""
    either = _EITHER.search(text) or not _JOINING.isdisjoint(text.split())
    return f"({text})" if either else text
