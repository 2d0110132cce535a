"""What in a sentence says when something shall come, wherever that stands: at its beginning, inside, or as a condition (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise, zip_longest

from bot.domain.times import clauses, edges, time_words
from bot.domain.times.clauses import Clause
from bot.domain.times.doubts import is_like_a_time
from bot.domain.times.time_words import Words
from bot.grammar import bare_words, commands, requests, seeking, several, wishes
from bot.grammar.commands import Command
from bot.grammar.questions import points
from bot.wording.heard.languages import languages
from bot.wording.language import any_word, filter_word, small_words

LONGEST_CONDITION = 3
"""Words of "as soon as"."""

LONGEST_SUBJECT = 3
"""Words of what a sentence may want that is not understood."""

MOST_TIMES = 4
"""Times of one sentence that are looked at."""

Meaning = Callable[[str], Command | None]
"""What a sentence is without its time."""

_ENDS = ".,;:?!"
_SENTENCES = tuple(one.sentences for one in languages().values())
_CONDITIONS, _URGENT, _NOTIFYING, _OCCURRING, _ARRIVING = (
    frozenset(phrase for one in _SENTENCES for phrase in getattr(one, name))
    for name in ("conditions", "urgent", "notifying", "occurring", "arriving")
)
_ALERTS = frozenset(word for one in _SENTENCES for word in one.alerts)
_PERIODS = time_words.joined("periods")
_NEGATING = frozenset(word for one in languages().values() for word in one.parts.negating)
_BOUNDING = frozenset(
    word
    for one in (told.seeking for told in languages().values())
    for word in (*one.before, *one.after, *one.until)
)
_PASSED = frozenset(
    word for one in languages().values() for word in (*one.seeking.articles, *one.seeking.determiners)
)
_BUT = tuple(one.excepting[0] for one in time_words.LANGUAGES if one.excepting)
_TOLD = frozenset({"times", "days", "step", "alerts", "part", "often", "weekly", "zone"})
_COUNTED = frozenset((*time_words.DAYS, *time_words.PARTS, *time_words.ALTERNATE, *time_words.SETS))
_MOVING = re.compile(
    rf" (?:{'|'.join(sorted((re.escape(phrase) for one in _SENTENCES for phrase in one.moving), key=len, reverse=True))}) ",
    re.IGNORECASE,
)
_SOMETHING = frozenset(
    word for one in languages().values() for word in (*one.requests.something, *small_words("new"))
)
_WRITTEN = f"(?:{'|'.join(sorted({word for one in languages().values() for word in one.requests.writing if len(word) > len('have')}))})"
_WRITES = re.compile(
    rf"(?P<name>(?i:(?:{'|'.join(sorted({word for one in languages().values() for word in one.seeking.articles}))}) )?[^\W\d_a-zäöü][\w.'’-]*(?: [^\W\d_a-zäöü][\w.'’-]*){{0,2}})"
    rf"(?P<writes> (?i:{_WRITTEN}))?(?: (?i:{any_word('something', 'anything')}))? (?i:{any_word('about', 'on', 'regarding', 'on, perhaps')}) (?P<about>.+?)(?P<wrote> (?i:{_WRITTEN}))?"
)
"""As in "when the Courier writes about oil"."""
_HAPPENING = sorted(_OCCURRING, key=len, reverse=True)
_ABOUT = frozenset(word for one in languages().values() for word in (*one.seeking.about, *one.requests.about))
_AT = frozenset(word for one in ("at", "with", "in", "from") for word in small_words(one))
"""Where, or with whom, there is something new."""
_WISHING = frozenset(
    word
    for one in _SENTENCES
    for name in ("wish", "bring")
    for phrase in (*one.openings.get(name, ()), *(end for _, end in one.around.get(name, ())))
    for word in phrase.split()
)
_CERTAIN = frozenset({"times", "step", "alerts", "part"})
_SAYS = re.compile(
    rf"(?P<name>[^\W\d_a-zäöü][\w.'’-]*(?: [^\W\d_a-zäöü][\w.'’-]*){{0,2}})(?P<says> (?i:{any_word('says')}))?(?: (?i:{any_word('something', 'anything')}))?"
    rf"(?: (?i:{any_word('about', 'on', 'regarding', 'on, perhaps')}) (?P<about>.+?))?(?(says)| (?i:{any_word('says')}))"
)
"""As in "when Teague says something about oil"."""


def found(text: str, typed: str, meaning: Meaning) -> Command | None:
    """The wish of a sentence in which its time stands apart; ``None`` for others. ``typed`` is it with the words of courtesy before it."""
    return _begun(text, typed, meaning) or _inside(text, meaning)


def _begun(text: str, typed: str, meaning: Meaning) -> Command | None:
    """The wish of a sentence that begins with its time: "every Monday at 9 am I'd like news about oil", "please, every weekday at 7:30 oil"."""
    words = time_words.tokens(text)
    begin, told = _run(words)
    begin = time_words.passed(words, begin)
    if told and begin < len(words):
        at = words[begin].start
        if wish := _with_time(meaning(text[at:]), text[:at]):
            return wish
    return _asked_for(text) if seeking.without_polite(text) != typed else None


def _asked_for(rest: str) -> Command | None:
    """What is wanted where a time comes first and no verb: "please, every weekday at 7:30 oil"."""
    wish = wishes.read(rest)
    clear = wish.query and wish.when.at and not (wish.doubt or wish.refusal or requests.is_talk(wish.query))
    behind = clear and rest.find(wish.query.split()[-1]) > 0
    return Command("subscribe", bare_words.without_end(rest), "") if behind else None


def _inside(text: str, meaning: Meaning) -> Command | None:
    """The wish of a sentence in whose middle its time stands: "send me at 8 am what's new on oil"."""
    for begin, end in _times(text):
        rest = f"{text[:begin].rstrip(' ,')} {text[end:].lstrip(' ,')}"
        if wish := _with_time(meaning(rest.strip()), text[begin:end]):
            return wish
    return None


def _times(text: str) -> Iterator[tuple[int, int]]:
    """Where words of time stand in the text that say an hour, or at once, as offsets."""
    words = time_words.tokens(text)
    certain = (
        (words[begin].start, words[end - 1].end)
        for begin, end, told in _runs(words, 1)
        if any(one.kind in _CERTAIN and not one.weak for one in told)
    )
    return islice(certain, MOST_TIMES)


def _runs(words: Words, at: int) -> Iterator[tuple[int, int, Sequence[Clause]]]:
    """Where words of time stand from there on, as tokens, and their clauses."""
    while at < len(words):
        first = clauses.clause(words, at)
        length, told = _run(words[at:]) if first and first.kind != "filler" else (0, ())
        if length:
            yield at, at + length, told
        at += max(length, 1)


def _run(words: Words) -> tuple[int, Sequence[Clause]]:
    """Where the time ends with which the words begin, and its clauses; words such as "send" behind it are none of it."""
    told = list(edges.head(words)[1])
    while told and told[-1].kind == "filler":
        told.pop()
    return (told[-1].end, told) if told else (0, ())


def _with_time(command: Command | None, time: str) -> Command | None:
    """The wish for what is looked for, or subscribed to, at that time; ``None`` where that is not clear."""
    if command is None or command.name not in ("subscribe", "search") or not command.argument:
        return None
    whole = f"{command.argument} {time.strip(' ,')}"
    told = wishes.is_regular(whole) or wishes.is_unclear(whole)  # "at half six", which is asked about
    return Command("subscribe", whole, command.typed) if told else None


def moved(text: str) -> Command | None:
    """The list of what can be changed, for a thing and its new time: "lamps to 6 am", "Lampen lieber um 6"."""
    for found in _MOVING.finditer(text):
        thing, time = text[: found.start()], text[found.end() :]
        words = time_words.tokens(thing)
        wishes_it = not _WISHING.isdisjoint(word.plain for word in words) or commands.parse(thing).name
        few = 0 < len(words) <= LONGEST_SUBJECT and not wishes_it
        few = few and not words[-1].plain.isdecimal()  # "oil from 1 to 10 february"
        told = (wishes.read(f"x {opens}{time}") for opens in ("", "at ", "on ") if few)
        if any(one.query == "x" and (one.timed or one.refusal) and not one.doubt for one in told) and not any(
            clauses.clause(words, at) for at in range(len(words))
        ):
            return Command("subscriptions", "", found[0].strip())
    return None


def only_points(rest: str, wish: wishes.Wish) -> bool:
    """Whether words that only point at something say when: what there is shall come then."""
    first, _, behind = seeking.without_polite(rest).partition(" ")
    told = wish.timed or wish.refusal or is_like_a_time(wish.doubt.partition(" ")[0].casefold())
    only = points(first) and (wish.query == first or not requests.split(behind)[0])
    return bool(behind and only) and (bool(told) or seeking.without_days(rest) != rest)


def conditional(text: str) -> Command | None:
    """The wish to be told when there is something: "let me know when anything on oil comes in", "as soon as there's news of oil, tell me"."""
    head, comma, last = text.rpartition(", ")
    if comma and _notifies(last.casefold().split()):
        text = f"{last} {head}"
    words = text.split()
    plain = [word.casefold().strip(_ENDS).replace("’", "'") for word in words]
    for at in range(1, len(plain)):
        length = next(
            (one for one in range(LONGEST_CONDITION, 0, -1) if " ".join(plain[at : at + one]) in _CONDITIONS),
            0,
        )
        if not _said(plain[at - 1]):
            return None
        if length and _notifies(plain[:at]):
            about = _subject(words[at + length :])
            urgent = not _URGENT.isdisjoint((" ".join(plain[at : at + length]), *plain[:at]))
            return _asked(about, " ".join(plain[: at + length]), urgent=urgent) if about else None
    return None


def begins_as_condition(text: str) -> bool:
    """Whether a sentence begins with what shall happen: "whenever there is something about oil"."""
    words = text.casefold().split()[:LONGEST_CONDITION]
    return any(" ".join(words[:length]) in _CONDITIONS for length in range(1, LONGEST_CONDITION + 1))


def _asked(about: str, typed: str, *, urgent: bool) -> Command:
    told = f"{about} at once" if urgent and not wishes.read(about).timed else about
    return Command("subscribe", told, typed)


def at_once(command: Command) -> Command:
    """The wish at once, where its opening says so: "tell me as soon as there is news about"."""
    told = f" {command.typed} "
    urgent = command.name == "subscribe" and any(f" {phrase} " in told for phrase in _URGENT | _ALERTS)
    return _asked(command.argument, command.typed, urgent=True) if urgent else command


def _subject(words: list[str]) -> str:
    """What there shall be something about: "there is anything about oil", "oil is in the news"; empty where that is not said."""
    plain = [word.casefold().strip(_ENDS).replace("’", "'") for word in words]
    about = next((at for at, word in enumerate(plain) if word in _ABOUT or word in _AT), len(plain))
    opened = about or (plain and plain[0] in _ABOUT | _AT)
    if opened and about < len(plain) - 1 and all(map(_said, plain[:about])):
        end = len(words)
        while end - 1 > about + 1 and plain[end - 1] in _ARRIVING | _SOMETHING:
            end -= 1
        return bare_words.without_end(seeking.without_polite(" ".join(words[about + 1 : end])))
    text = seeking.without_polite(" ".join(words)).rstrip(_ENDS)
    written = _WRITES.fullmatch(text)
    if written and (written["writes"] or written["wrote"]):
        return f"{written['about']} {small_words('from')[0]} {requests.without_article(written['name'])}"
    if says := _SAYS.fullmatch(text):
        return f'{filter_word("said")}:"{says["name"]}" {says["about"] or ""}'.rstrip()
    happens = next((one for one in _HAPPENING if text.casefold().endswith(f" {one}")), "")
    thing = several.without_determiners(text[: -len(happens) - 1]) if happens else ""
    return "" if requests.is_talk(thing) else thing


def _said(word: str) -> bool:
    return requests.is_said(word) or word in _NOTIFYING or word in _URGENT


def _notifies(plain: list[str]) -> bool:
    """Whether the words, in lower case, ask to be told: "let me know", "please tell me"."""
    told = [word.strip(_ENDS) for word in plain]
    polite = [seeking.without_polite(f"x {word}") == "x" for word in told]
    return not _NOTIFYING.isdisjoint(told) and all(
        _said(word) or aside for word, aside in zip(told, polite, strict=True)
    )


def recurs(text: str, wanted: str) -> bool:
    """Whether a sentence says how often something shall come, "monthly", "every other day", and what is ``wanted`` of it says no more of that."""
    plain = [token.plain.strip(_ENDS) for token in time_words.tokens(text)]
    told = {one for one in plain if one in _PERIODS}
    told |= {one for one, behind in pairwise(plain) if one in time_words.EVERY and behind in _COUNTED}
    return not told <= set(wanted.casefold().split())


def times(words: Words) -> Iterator[tuple[int, int]]:
    """Where words of time stand, as tokens: a day alone only at an end."""
    for begin, end, told in _runs(words, 0):
        sure = words[begin].plain in time_words.AT or begin == 0 or end == len(words)
        if any(one.kind in _TOLD and (sure or not one.weak) for one in told):
            yield begin, end


def time_of(text: str, words: Words, timed: Sequence[tuple[int, int]]) -> str:
    """All that says when, as typed, or the first of it that can be read by itself; days that are not wanted behind "except"."""
    spans = [(is_denied(words, one), _without_digest(text_of(text, words, one))) for one in timed]
    spans.sort(key=lambda one: one[0])  # "no weekends, 7:20"
    means = (" ".join(f"{but} {time}" if denied else time for denied, time in spans) for but in _BUT)
    ways = (*means, *(time for denied, time in spans if not denied))
    return next((way for way in ways if way and wishes.read(f"x {way}").query == "x"), "")


def is_denied(words: Words, span: tuple[int, int]) -> bool:
    """Whether a time is one that is not wanted: "never on sundays"."""
    return span[0] > 0 and words[span[0] - 1].plain in _NEGATING


def denies(said: Sequence[str]) -> bool:
    """Whether a word says that something is not wanted: "no", and not one of a bound, "not before noon"."""
    pairs = zip_longest(said, said[1:], fillvalue="")
    return any(one in _NEGATING and behind not in _BOUNDING for one, behind in pairs)


def _without_digest(time: str) -> str:
    """A time without the digest that stands beside it: "a daily briefing on"."""
    words = time.split()
    digest = not time_words.DIGESTS.isdisjoint(time.casefold().split())
    kept = (
        [word for word in words if word.casefold() not in time_words.DIGESTS | _PASSED] if digest else words
    )
    ends = len(kept) < len(words) and kept and kept[-1].casefold() in time_words.OF_DIGESTS
    return " ".join(kept[:-1] if ends else kept)


def text_of(text: str, words: Words, span: tuple[int, int]) -> str:
    """What stands in the text where these tokens are; empty for none."""
    begin, end = span
    return text[words[begin].start : words[end - 1].end].strip(" ,;:.?!") if begin < end else ""
