"""What a person asked for: a line of chat becomes a command (pure).

Queries, times and days stay as they were typed; their rooms read them. Nothing that a person can
type raises.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from dataclasses import dataclass

from bot.chat import requests, seeking
from bot.domain.times import time_words
from bot.wording.language import any_word, commands, small_words
from bot.wording.marks import DASHES

LONGEST = 12_000
"""Characters of a command that are read; what follows is cut off. Slack and Telegram pass on fewer, and a query tells where it was cut."""

ENGLISH = {
    "search": "search",
    "add": "add",
    "quotes": "quotes",
    "topics": "topics",
    "subscribe": "subscribe",
    "unsubscribe": "unsubscribe",
    "subscriptions": "subscriptions",
    "schedule": "schedule",
    "story": "story",
    "catchup": "catchup",
    "context": "context",
    "mute": "mute",
    "unmute": "unmute",
    "digest": "digest",
    "forget": "forget",
    "sources": "sources",
    "privacy": "privacy",
    "help": "help",
    "language": "language",
    "settings": "settings",
    "start": "help",
}
"""What may be typed in English, and the command that it names."""

WORDS = {**commands(), **ENGLISH}
"""The same in any language that there is."""

CLOSE = 0.7
"""How alike a mistyped word and a command are, of 1: "serch" is suggested "search", "good" nothing."""

# No store keeps them: PostgreSQL refuses NUL, and lone surrogates have no bytes.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_COMMAND = re.compile(
    r"(?P<slash>[/／]+)? ?(?P<word>[A-Za-z]+)(@\w+)?"
    r"( ?:(?=\s|$)|:(?=[\w\"“])|(?=\s|$)|(?(slash)(?: ?[,;.!:،、。，；：．！]+(?=\s|$)|[,;،、，；](?=\S))|(?!)))"
)
"""Behind a slash any mark of punctuation ends the word; without one a sentence may begin so."""
_BULLET = re.compile(rf"^(?:>+ ?|[•‣◦·▪*{DASHES}-] |\d{{1,2}}[.)] )+")
_WRAPPED = re.compile(r"^[`*_~|\"“”„‟«»‹›「『〝＂'‘’‚‛]{1,8} ?")
_EMPHASISED = re.compile(r"(?P<mark>[`*_~|]{1,3})(?P<word>[/／]?[A-Za-z]+)(?P=mark)(?=\s|$)")
_CLOSING = {
    "“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』", "〝": "〞〟", "‘": "’",
    "‚": "‘’", "‛": "’",
}  # fmt: skip
"""What closes a mark, where that is not the mark itself."""
_FULL_WIDTH = re.compile(r"^\W*[Ａ-Ｚａ-ｚ]+[：，；．！]?")
_BLANKS = str.maketrans(dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", " "))
_IDLE_JOINERS = re.compile("(?:(?<=[\x00-\x7f])|^)[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\x7f]|$)")
"""Joiners beside what no script joins: Persian and emoji have them between their own letters."""
_CHANGE = re.compile(r"([A-Za-z0-9_-]{16}):([a-z]{1,12})")
_OPENED = re.compile(r"([A-Za-z0-9_-]{16}):([0-9]{1,15})")
_PICKED = re.compile(r"([A-Za-z0-9_-]{16})(?::([0-9a-f]{12}))?")
_ABOUT = re.compile(rf"(?:^|\s){any_word('about')}:?(?=\s|$)", re.IGNORECASE)
_HOW = {word: how for how in ("now", "preview", "why") for word in small_words(how)}
_ON = re.compile(rf"\s{any_word('on', 'regarding', 're', 'concerning')}:?\s", re.IGNORECASE)
_PERHAPS_ON = re.compile(rf"\s{any_word('on, perhaps')}:?\s", re.IGNORECASE)
_SLIPPED = re.compile(r" ([abotu]{4,6}) ", re.IGNORECASE)
_SUBJECT_OF = re.compile(
    rf"^{any_word('subject of', 'topic of', 'matter of', 'issue of', 'question of')} (?=\S)", re.IGNORECASE
)
_OF_NOBODY = re.compile(rf"{any_word('about', 'on', 'regarding', 'on, perhaps')} (?=\S)")
_BY_LAST = re.compile(rf" {any_word('by', 'from')} ", re.IGNORECASE)
_QUOTED_BEHIND = re.compile(r"(?<=\w) (?=[\"“„«][^\"“”„«»]+[\"”“»]$)")
"""Before what somebody is asked to have said, word for word."""
_ABOUT_THAT = re.compile(rf"\s(?P<that>{any_word('about that')})$", re.IGNORECASE)
"""One word for it, as German has."""
_NAMED = re.compile(r"(?<=\w)(?:: ?| ?/ ?)(?=\w)")
_WHAT = re.compile(
    rf"{any_word('what else did', 'what did', 'what has', 'what does', 'what')}\s+", re.IGNORECASE
)
_THINKS, _OF_WHAT = (
    re.compile(rf"{any_word('what thinks')}\s", re.IGNORECASE),
    re.compile(rf"\s{any_word('of')}\s", re.IGNORECASE),
)
"""As in "was hält Teague von Öl", where the verb comes first and "of" stands for "about"."""
_ASKED = re.compile(rf"{any_word('did', 'has', 'everything', 'anything', 'all')}\s+", re.IGNORECASE)
_SAID = re.compile(
    rf"(?:^|\s)(?:{any_word('anything', 'something')}\s)?(?:{any_word('have to say', 'had to say', 'been saying', 'been telling', 'saying', 'say', 'said', 'says', 'think', 'thinks', 'comment', 'commented', 'tell', 'told', 'claim', 'claimed')}|{any_word('make', 'made')}(?=\s{any_word('of')}\s))(?:\s{any_word('anything', 'something', 'reporters', 'journalists', 'the press')})?(?P<of>\s{any_word('of')})?(?=\s|$)",
    re.IGNORECASE,
)
"""What somebody does who says something; "of" behind it stands for "about"."""
_OF = re.compile(rf"^{any_word('by', 'from', 'of', 'said by')} (?=\S)", re.IGNORECASE)
_ANYTHING = re.compile(rf"(?<=\w) {any_word('anything', 'something')}$", re.IGNORECASE)
_REMARKS = any_word(
    "quotes",
    "quote",
    "remarks",
    "remark",
    "comments",
    "comment",
    "statements",
    "statement",
    "words",
    "anything",
    "something",
)
_REMARKS_OF = re.compile(
    rf"^(?:{any_word('the', 'a', 'an')} )?{_REMARKS} (?P<asked>(?:\w+ ){{0,4}}?)(?={any_word('by', 'from', 'of')} )",
    re.IGNORECASE,
)
_REMARKS_BY = re.compile(rf"\b{_REMARKS} {any_word('by', 'from', 'of')} ", re.IGNORECASE)
_THEIR_REMARKS = re.compile(rf"(?<=\w)['’]s? {_REMARKS}$", re.IGNORECASE)
_QUOTES_BEHIND = re.compile(
    rf"(?P<who>[^\W\d]\S*(?: [^\W\d]\S*){{0,3}}?)(?:['’]s? {_REMARKS}|(?:['’]s?)? {any_word('quotes', 'quote', 'in his own words', 'in her own words', 'in their own words', 'verbatim', 'word for word')})"
    rf"(?:$| {any_word('about', 'on', 'regarding', 'on, perhaps')} (?P<subject>.+))",
    re.IGNORECASE,
)
_ARTICLE = re.compile(rf"^{any_word('the', 'a', 'an')} (?=\S)", re.IGNORECASE)
_PAGE = re.compile(r"([A-Za-z0-9_-]{16}):([0-9]{1,4})")
_COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "the next": 1,
    "next": 1,
    "a couple of": 2,
}
_UNITS = {
    "d": 1,
    "day": 1,
    "days": 1,
    "w": 7,
    "week": 7,
    "weeks": 7,
    "wk": 7,
    "wks": 7,
    "month": 30,
    "months": 30,
    "fortnight": 14,
}
_NUMBERS = dict(time_words.COUNTS) | {
    other: number for word, number in (_COUNTS | _UNITS).items() for other in small_words(word)
}
_LENGTH = rf"(?:{any_word('the next', 'next')}\s+)?(?P<count>[1-9]\d{{0,2}}|{any_word(*_COUNTS)}|{'|'.join(time_words.COUNTS)})\s*(?P<unit>{any_word(*_UNITS)})"
_FOR = re.compile(rf"(?:^|\s){any_word('for')}\s+{_LENGTH}\s*$", re.IGNORECASE)
_FIRST_FOR = re.compile(rf"^{any_word('for')}\s+{_LENGTH}\s+(?=\S)", re.IGNORECASE)
_UNTIL = re.compile(rf"\s{any_word('until', 'till', 'til')}$", re.IGNORECASE)
_BARE_LENGTH = re.compile(rf"\s{_LENGTH}\s*$", re.IGNORECASE)
_FOR_EVER = re.compile(
    rf"\s+{any_word('until further notice', 'till further notice', 'for ever', 'forever', 'for good', 'for now', 'for the moment', 'for the time being')}\s*$",
    re.IGNORECASE,
)
_MARKS = "\"“”„'‘’‚«»‹›「」"


@dataclass(frozen=True, slots=True)
class Command:
    """``name`` is one of the values of WORDS, or ``""`` for words that are no command."""

    name: str
    argument: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a button does to the subscription that stands behind a stored question."""

    question: str
    to: str

    def __str__(self) -> str:
        return f"{self.question}:{self.to}"


@dataclass(frozen=True, slots=True)
class Picked:
    """What a button takes out of what stands behind a stored question, by its mark; all of it without."""

    question: str
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.question}:{self.mark}" if self.mark else self.question


@dataclass(frozen=True, slots=True)
class Opened:
    """An article of the answer to a stored question, whose story a button opens."""

    question: str
    entry: int

    def __str__(self) -> str:
        return f"{self.question}:{self.entry}"


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of which stored question a button turns to."""

    question: str
    offset: int

    def __str__(self) -> str:
        return f"{self.question}:{self.offset}"


def parse(text: str) -> Command:
    """The command in ``text``; the leading slash may be left out, as may case.

    What people and their programs set around a command is seen through: bullets, marks of quotation and of
    emphasis, "/ search", "search:", "／search".
    """
    text = " ".join(_CONTROLS.sub(" ", _without_formats(text[:LONGEST])).split())
    text = _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text, count=1)
    bare = _unwrapped(text)
    found = _COMMAND.match(bare)
    if not found:
        return Command("", text, text)
    name = WORDS.get(found["word"].lower(), "")
    if not name:
        return Command("", text, found[0])
    argument = bare[found.end() :].strip()
    again = _COMMAND.match(argument)
    if again and again["slash"] and WORDS.get(again["word"].lower()) == name:  # "/search /search oil"
        argument = argument[again.end() :].strip()
    return Command(name, argument, found[0].rstrip(",;.!:،、。，；：．！ "))


def _without_formats(text: str) -> str:
    """Without the invisible characters that keyboards and programs slip in; blanks that are letters become spaces."""
    kept = "".join(one for one in text if unicodedata.category(one) != "Cf" or one in "\u200c\u200d")
    return _IDLE_JOINERS.sub("", kept.replace("\u034f", "").translate(_BLANKS))


def _unwrapped(text: str) -> str:
    """Without the marks around a command: those of emphasis on both sides, others before it."""
    text = _BULLET.sub("", text, count=1)
    if (wrapped := _WRAPPED.match(text)) and (
        named := _EMPHASISED.match(text) or _COMMAND.match(text[wrapped.end() :])
    ):
        if named.re is _EMPHASISED:  # *search* ferries
            return f"{named['word']}{text[named.end() :]}"
        text = text[wrapped.end() :]
        for mark in wrapped[0].strip():
            text = text[:-1].rstrip() if text[-1:] in {mark, *_CLOSING.get(mark, "")} else text
    return text


def page(value: str) -> Page | None:
    """The page that a button's value names; ``None`` for a value that the desk cannot have given."""
    found = _PAGE.fullmatch(value)
    return Page(found[1], int(found[2])) if found else None


def change(value: str) -> Change | None:
    """The change that a button's value names; ``None`` for a value that the desk cannot have given."""
    found = _CHANGE.fullmatch(value)
    return Change(found[1], found[2]) if found else None


def picked(value: str) -> Picked | None:
    """What a button's value names; ``None`` for a value that the desk cannot have given."""
    found = _PICKED.fullmatch(value)
    return Picked(found[1], found[2] or "") if found else None


def opened(value: str) -> Opened | None:
    """The article that a button's value names; ``None`` for a value that the desk cannot have given."""
    found = _OPENED.fullmatch(value)
    return Opened(found[1], int(found[2])) if found else None


def mark(text: str) -> str:
    """What a text is known by in a button, where it may be too long to stand there."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def suggestion(typed: str) -> str:
    """The command that was probably meant by ``typed``; empty when nothing is close."""
    found = _COMMAND.match(typed[:80])
    near = difflib.get_close_matches(found["word"].lower(), WORDS, n=1, cutoff=CLOSE) if found else []
    return WORDS[near[0]] if near else ""


def says(text: str) -> bool:
    """Whether somebody says something, as the words have it."""
    return _SAID.search(text) is not None


def is_what(text: str) -> bool:
    """Whether the words begin as a question of what somebody said does, a request before it aside."""
    return _WHAT.match(_without_request(text)) is not None


def remarks_by(text: str) -> str:
    """Whose words, and about what, "statements by Teague" and "Teague quotes on oil" ask for; empty for other words."""
    if (found := _REMARKS_OF.match(text)) and all(map(requests.is_said, found["asked"].casefold().split())):
        return text[found.end() :]
    kept = seeking.without_days(text)
    owned = _QUOTES_BEHIND.match(kept)
    if owned and all(map(requests.is_said, owned["who"].casefold().split())):  # "any quotes on oil"
        return ""
    return (
        f"{' about '.join(filter(None, owned.group('who', 'subject')))}{text[len(kept) :]}" if owned else ""
    )


def name_and_subject(argument: str) -> tuple[str, str]:
    """The parts of `NAME about SUBJECT`, the subject without its article; it is empty when it is not given."""
    asked = seeking.without_closing(seeking.without_polite(" ".join(argument.split())))
    asked = _without_request(asked)
    if of_nobody := _OF_NOBODY.match(asked):  # "quotes on oil", "quotes on oil by Teague"
        subject, by, name = _BY_LAST.sub("\0", asked[of_nobody.end() :], count=1).partition("\0")
        return (name if by else ""), _ARTICLE.sub("", subject)
    what = _WHAT.match(asked) or (_SAID.search(asked) and _ASKED.match(asked))
    if what:  # "what did Teague say about oil?"
        thinks = _THINKS.match(asked)
        told = _SAID.sub(lambda said: " about" if said["of"] else "", asked[what.end() :], count=1)
        told = _QUOTED_BEHIND.sub(" about ", told, count=1) if not _ABOUT.search(told) else told
        asked = with_a_subject((_OF_WHAT.sub(" about ", told, count=1) if thinks else told).strip())
    asked = _ABOUT_THAT.sub(r" about \g<that>", asked, count=1)
    if not _ABOUT.search(asked):
        asked = _SLIPPED.sub(_mended_about, asked, count=1)
        asked = asked if _ON.search(asked) else _NAMED.sub(" about ", asked, count=1)
    head, *rest = (_ABOUT if _ABOUT.search(asked) else _ON).split(asked, maxsplit=1)
    head = _ANYTHING.sub("", head.strip()) if what else head
    head = _THEIR_REMARKS.sub("", _REMARKS_OF.sub("", head.strip()))
    head = requests.without_end(_OF.sub("", head))
    about = requests.without_end(requests.without_order(rest[0].strip())) if rest else ""
    subject = _SUBJECT_OF.sub("", _ARTICLE.sub("", about))
    return head.strip(f"{_MARKS},;:"), subject


def _without_request(text: str) -> str:
    """The text from "what" or "quotes by" on, where all before it asks for it: "I would like to know what Teague said"."""
    for pattern in (_WHAT, _REMARKS_BY):
        found = pattern.search(text)
        if found and found.start() and all(map(requests.is_said, text[: found.start()].casefold().split())):
            return text[found.start() :]
    return text


def _mended_about(found: re.Match[str]) -> str:
    """The word "about" for one with a typing error in it: "abuot", "abot"."""
    return " about " if time_words.slipped(found[1].lower(), "about") else found[0]


def with_a_subject(argument: str) -> str:
    """`NAME about SUBJECT` for what may be that or a name: "Teague zu Öl", "Teague, oil", "Wied zu Wied"; the same where it may not."""
    if _ABOUT.search(argument):
        return argument
    parted = _PERHAPS_ON.sub(" about ", argument, count=1)
    return parted if parted != argument else re.sub(r", (?=\w)", " about ", argument, count=1)


def when_and_name(argument: str) -> tuple[str, str]:
    """The parts of `[now|preview|why] [NAME]`; the first is `preview` when it is not given."""
    head, _, rest = argument.partition(" ")
    if how := _HOW.get(head.casefold()):
        return how, rest.strip().strip(_MARKS)
    return "preview", argument.strip().strip(_MARKS)


def query_and_days(argument: str) -> tuple[str, int | None]:
    """The parts of `QUERY [for 7d]`, the length in days, a month having 30; ``None`` where none is given."""
    argument = _FOR_EVER.sub("", argument)
    first = _FIRST_FOR.match(argument)
    found = first or _FOR.search(argument) or _BARE_LENGTH.search(argument)
    if found and _UNTIL.search(argument[: found.start()]):  # "until next week"
        found = None
    if not found:
        return argument.strip(), None
    count = found["count"].casefold()  # "for 7 dayſ", which only case ignored is "days"
    days = (int(count) if count.isdigit() else _NUMBERS[count]) * _NUMBERS[found["unit"].casefold()]
    return (argument[found.end() :] if first else argument[: found.start()]).strip(), days
