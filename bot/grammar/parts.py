"""What a sentence may be about that is not understood as a whole, by its parts wherever they stand; and which words hardly stand in what anybody looks for (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from bot.domain.times import periods, time_words
from bot.domain.times.time_words import Token
from bot.grammar import bare_words, digests, remarks, requests, seeking, simpler, timely
from bot.wording.heard.languages import languages
from bot.wording.language import filter_word, small_word, small_words

LONGEST = 400
"""Characters of a sentence; more is a text."""

LONGEST_PERIOD = 4
"""Words of days that are looked for: "in the last week"."""

LONGEST_MARK = 3
"""Words before an outlet, or before what is left out."""

LONGEST_NAME = 4
"""Words of an outlet's name."""

SHORTEST = 3
"""Letters of a word that says something, but for an acronym."""

NEAR = 4
"""Words among which one says that something shall stop."""

MOST = 8
"""Words of what a sentence is about: of more it is a text."""

_ENDS = ".,;:?!()[]{}*_~`"


def _words(name: str) -> frozenset[str]:
    """The words or phrases of all languages for one purpose, the name of a field of ``Parts`` of the wording."""
    return frozenset(word for one in languages().values() for word in getattr(one.parts, name))


_STRAY, _THINGS, _EDGES, _OWN, _NOT = map(_words, ("stray", "things", "edges", "own", "refusing"))
_QUALIFYING = _words("qualifying")
_REGULARLY, _STOPPING, _BARRING, _AUTHORS = map(_words, ("regularly", "stopping", "barring", "authors"))
_MINDING, _FOR_WHOM = map(_words, ("minding", "benefiting"))
_CITING, _WHOEVER, LIKENED, _LOUD = map(_words, ("citing", "whoever", "likened", "loud"))
_NOTHING = _STRAY | _EDGES | _words("idle")
_QUOTES = frozenset(word for one in ("quote", "quotes", "remarks") for word in small_words(one))
_STOPPING_SO = tuple(f" {phrase} " for phrase in _STOPPING if " " in phrase)
_SEEKING = tuple(one.seeking for one in languages().values())
_NOUNS = frozenset(word for one in _SEEKING for word in (*one.nouns, *one.single))
_FROM = frozenset(phrase for one in _SEEKING for phrase in one.outlets) - _words("inside")
_TONGUES = frozenset(tongue for one in _SEEKING for tongue in one.tongues)
_JOINING = time_words.JOINTS | time_words.ORS | {";", "/"}
_PASSED = frozenset(word for one in _SEEKING for word in (*one.articles, *one.determiners))
_PASSED |= {*small_words("my"), *small_words("our")}
_UNBARRED = _PASSED.union(*(one.about | one.some for one in _SEEKING))
_ONLY = time_words.joined("only")
_OPENERS = time_words.ON | time_words.EVERY | time_words.AT
_KEPT = re.compile(r"\w+:\S|\"[^\"]+\"|[“„][^“”„]+[“”]")  # a filter, or quoted words
_UNQUOTED = re.compile(r'"[^"]*"|\w+:\S+')
_MARKED = re.compile(
    rf"\w(?<!OR)(?<!AND)(?<!NOT) \((?=[^()]*[a-z])[^()|\"]*\)(?! OR)|\w (?:{'|'.join(sorted(_AUTHORS))}) (?=[A-ZÄÖÜ]\w+ [A-ZÄÖÜ])|(?:^| )[|=<>]+ \w|\w:\"[^\"]*\" (?:{'|'.join(sorted(filter(str.isalpha, time_words.JOINTS | time_words.ORS)))}) (?!\w+:)"
)
"""What stands in brackets behind what is wanted and is no list, whose it is, "oil by Ada Quill", and signs alone."""


@dataclass(frozen=True, slots=True)
class Parts:
    """``core`` are the words that say something, ``limits`` the outlet, the language and what is left out; ``days`` are looked for, and ``time`` says when it shall come.

    ``runs`` are its words as they stand side by side; ``named`` is who may have said something, ``held`` what alone is left out. Words of it ``stop`` something, want it ``regularly``, or are of what
    there is ``already``; ``placed`` names an outlet, it ``asks`` what was said, and ``denies`` something by a no.
    """

    core: str = ""
    runs: tuple[str, ...] = ()
    limits: str = ""
    time: str = ""
    days: str = ""
    named: str = ""
    held: str = ""
    stops: bool = False
    regularly: bool = False
    already: bool = False
    placed: bool = False
    asks: bool = False
    denies: bool = False

    @property
    def about(self) -> str:
        """What is to be looked for, or to come."""
        return f"{self.core} {self.limits}".strip()


def read(text: str) -> Parts:
    """The parts of a sentence; none of a long text."""
    if len(text) > LONGEST:
        return Parts()
    text = bare_words.without_opening(simpler.in_full(simpler.without_pictures(text)))
    found = _told(digests.without_label(text))
    return found if found.core or found.held else _told(text)  # "oil: fridays, 4 pm" has no label


def _told(text: str) -> Parts:
    words = time_words.tokens(text)
    timed, days = list(timely.times(words)), _days(words)
    if any(
        one[0] <= days[0] < days[1] <= one[1] and one != days for one in timed
    ):  # "at 7:20, not at the weekend"
        days = (0, 0)
    within = set(range(*days))
    timed = [one for one in timed if within.isdisjoint(range(*one))]
    within |= {at for span in timed for at in range(span[0] - timely.is_denied(words, span), span[1])}
    found = _gathered(words, within)
    main = found.main
    said = [word.plain.strip(_ENDS) for at, word in enumerate(words) if at not in within]
    plain = {word.plain.strip(_ENDS) for word in words}
    said_so = bool(said) and (remarks.says(text) or not (_QUOTES | _CITING).isdisjoint(plain))
    return Parts(
        core=" ".join(main) if len(main) <= MOST else "",
        runs=tuple(found.runs()) if len(main) <= MOST else (),
        limits=" ".join(found.behind) if len(main) <= MOST else "",
        placed=found.placed,
        time=timely.time_of(text, words, timed),
        days=timely.text_of(text, words, days),
        asks=said_so and requests.is_talk(said[0]),
        named="" if not said_so or said[0] in _WHOEVER else _named(main, found.places),
        held=" ".join(found.held) if not main else "",
        stops=_stops(said),
        denies=not found.held and timely.denies(said) and _MINDING.isdisjoint(said),
        regularly=not _REGULARLY.isdisjoint(plain),
        already=not (_OWN | bare_words.CHANGING).isdisjoint(plain),
    )


def _stops(said: Sequence[str]) -> bool:
    """Whether words say that something shall come no more: one of them near the beginning or at the end, or several anywhere."""
    near = {*said[:NEAR], *said[-1:]}
    if not _MINDING.isdisjoint(said):  # "don't forget to send me oil"
        return False
    whole = f" {' '.join(said)} "
    return not _STOPPING.isdisjoint(near) or any(phrase in whole for phrase in _STOPPING_SO)


def stray(text: str) -> bool:
    """Whether words stand in what is wanted that hardly stand in what anybody looks for: "topic: oil", "oil as well", "our club oil"; names stay, as "May Day" and "WHO"."""
    words = [word for word in _UNQUOTED.sub(" X ", text).split() if re.search(r"\w", word)]
    plain = [word.casefold().strip(_ENDS).lstrip("-").replace("’", "'") for word in words]
    named = {
        at
        for at, (word, behind) in enumerate(zip_longest(words, words[1:], fillvalue=""))
        if (word.istitle() and re.match(r"[\dA-ZÄÖÜ]", behind)) or (len(word) > 1 and word.isupper())
    }
    named |= {at + 1 for at in named if words[at].istitle() and words[at + 1 :] and words[at + 1].istitle()}
    pairs = zip_longest(plain, plain[1:], fillvalue="and")
    passed = {at for at, (one, behind) in enumerate(pairs) if one in _THINGS or _qualifies(one, behind)}
    shouted = text.isupper() and len(words) > 1
    said = [one for at, one in enumerate(plain) if at not in passed and (at not in named or shouted)]
    if not said:
        return False
    ends = {
        plain[0] if words[0].islower() and plain[0] not in _PASSED else "",
        plain[-1] if words[-1].islower() else "",
    }
    labelled = any(typed[-1:] == ":" or "@" in typed for typed in words) or _MARKED.search(text)
    spoken = any(one in _TONGUES and before in _IN for before, one in pairwise(plain))
    for_whom = any(one in _FOR_WHOM and behind in _PASSED for one, behind in pairwise(plain))
    return (
        bool(labelled or spoken or for_whom)
        or not ends.isdisjoint(_EDGES - {"is"})
        or not _STRAY.isdisjoint(said)
        or requests.is_talk(" ".join(said))
    )


def _qualifies(word: str, behind: str) -> bool:
    """Whether a word stands before a thing that it says more of: "short selling", and not "oil, short"."""
    return word in _QUALIFYING and behind not in _NOTHING


def _days(words: Sequence[Token]) -> tuple[int, int]:
    """Where days stand that are looked for, "since friday", "last week", as tokens; one empty span without."""
    plain = [word.plain.strip(_ENDS).removesuffix("'s") for word in words]
    for length in range(LONGEST_PERIOD, 0, -1):
        for at in range(len(plain) - length + 1):
            span = plain[at : at + length]
            opens = span[0] in _OPENERS or span[0][:1].isdigit()
            regular = opens or (at > 0 and plain[at - 1] in time_words.DAYS)  # "mo bis sa"
            if all(span) and not regular and periods.read(span, requests.SOME_DAY):
                return at, at + length
    return 0, 0


@dataclass(slots=True)
class _Found:
    """The words that say something and where they stand, what limits them behind, and what is left out of them, as it would be muted."""

    main: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    joint: str = ""
    placed: bool = False

    def add(self, word: str, at: int) -> None:
        """A word that says something, with what joins it to the one before."""
        if self.joint == "," and self.main:
            self.main[-1] += ","
        elif self.joint and self.main:
            self.main.append(self.joint)
            self.places.append(-1)
        self.main.append(word)
        self.places.append(at)
        self.joint = ""

    def leave_out(self, words: str) -> None:
        self.behind.append(f'-"{words}"' if " " in words else f"-{words}")
        self.held.append(words)

    def runs(self) -> Iterator[str]:
        """The words that stand side by side, or are joined."""
        begin = 0
        for at in range(1, len(self.main) + 1):
            apart = at < len(self.main) and self.places[at] > self.places[at - 1] + 1 > 0
            if at == len(self.main) or (apart and self.main[at - 1][-1] != ","):
                yield " ".join(self.main[begin:at])
                begin = at

    def settle(self) -> None:
        """What limits nothing is what it is about: "from the Courier"."""
        if not self.main and self.behind and not self.behind[0].startswith("-"):
            limit = self.behind.pop(0)
            name = limit.partition(':"')[2].rstrip('"') or limit
            self.main = [word for word in name.split() if not word.islower()]
            self.places, self.placed = list(range(len(self.main))), False
        self.behind = self.behind if self.main else []


def _gathered(words: Sequence[Token], within: set[int]) -> _Found:
    found, at = _Found(), 0
    while at < len(words):
        token, end = words[at], at + 1
        if at in within:
            found.joint = ""
        elif end < len(words) and token.text[-1] == ":" and words[end].start == token.end:  # source:"Courier"
            found.behind.append(token.text + words[end].text)
            end += 1
        elif (barred := _barred(words, at, within))[1]:
            end, out = barred
            found.leave_out(out)
        elif told := _limit(words, at, within):
            end, limit = told
            found.behind += [limit] if limit else []
            found.placed = found.placed or words[at].plain.strip(_ENDS) not in _IN
        elif _is_main(words, at, found.main):
            found.add(_of_compound(_bare(token)), at)
        elif token.text in _JOINING or token.plain in _JOINING:
            found.joint = "," if token.text in {",", ";"} else _joint(token)
        elif token.plain not in _PASSED:
            found.joint = ""
        at = end
    found.settle()
    return found


def _of_compound(word: str) -> str:
    """What a word is about that is one with what news are called: "Bergbahn-News", "Fährenartikel"; else the word."""
    return (seeking.of_compound(word) or word).rstrip("-")


def _is_main(words: Sequence[Token], at: int, main: Sequence[str]) -> bool:
    behind = at + 1 < len(words) and says_something(words[at + 1])
    if words[at].plain in time_words.PARTS and not behind:  # "in the afternoon", and not "morning show"
        return False
    beside = behind or (at > 0 and main[-1:] == [_bare(words[at - 1])])
    thing = beside and words[at].plain.strip(_ENDS) in _THINGS  # "mobile library"
    return thing or says_something(words[at]) or _goes_on(words, at, main)


def _joint(token: Token) -> str:
    """The word that stands between two things, for a sign as well."""
    either = token.text in {"/", "|"}
    return token.text if token.text.isalpha() else small_word("OR" if either else "and")


def _goes_on(words: Sequence[Token], at: int, main: Sequence[str]) -> bool:
    """Whether a name goes on with a word that else is one of requests: "Norrin Post"."""
    word, before = words[at], words[at - 1].text if at else ""
    named = word.text[:1].isupper() and before[:1].isupper() and main[-1:] == [before]
    plain = word.plain.strip(_ENDS)
    return named and plain not in _STRAY | _NOUNS and not requests.is_talk(plain)


def _barred(words: Sequence[Token], at: int, within: set[int]) -> tuple[int, str]:
    """Where ends what is left out there, and what it is; nothing where nothing is."""
    for length in range(LONGEST_MARK, 0, -1):
        said = " ".join(word.plain for word in words[at : at + length])
        behind_a_mark = at > 0 and words[at - 1].text[-1] in ",;-–(" and said in _NOT
        if said in _BARRING or behind_a_mark:
            begin = end = at + length
            while begin < len(words) and words[begin].plain in _UNBARRED:
                begin, end = begin + 1, end + 1
            while end < len(words) and end - begin < 2 and end not in within and says_something(words[end]):
                end += 1
            return end, " ".join(_bare(word) for word in words[begin:end])
    return at, ""


def _limit(words: Sequence[Token], at: int, within: set[int]) -> tuple[int, str] | None:
    """Where an outlet, an author or a language that stands there ends, as it is wanted: "from the Courier", "in german"."""
    if told := _language(words, at):
        return told
    for length in range(LONGEST_MARK, 0, -1):
        begin = at + length
        said = " ".join(word.plain for word in words[at:begin])
        end = _name_end(words, begin, within) if said in _FROM | _AUTHORS else begin
        if end > begin:
            name = " ".join(_bare(word) for word in words[begin:end])
            typed = " ".join(word.text for word in words[at:begin])
            return end, f'{filter_word("by")}:"{name}"' if said in _AUTHORS else f"{typed} {name}"
    return None


def _name_end(words: Sequence[Token], begin: int, within: set[int]) -> int:
    """Where the name ends that begins there; there where none does."""
    end = begin
    while end < min(len(words), begin + LONGEST_NAME) and end not in within:
        goes_on = end > begin and words[end].text.istitle() and words[end].plain not in _STRAY
        if not (goes_on or (words[end].text[:1].isupper() and says_something(words[end]))):
            break
        end += 1
        if words[end - 1].text[-1] in _ENDS:
            break
    return end


def _language(words: Sequence[Token], at: int) -> tuple[int, str] | None:
    """Where a language that stands there ends, as it is wanted; of two nothing is."""
    plain = [word.plain.strip(_ENDS) for word in words[at : at + 5]]
    if code := requests.tongue_of(plain[0]):
        only = at > 0 and words[at - 1].plain in _ONLY
        if only or len(plain) == 1 or plain[1] in _NOUNS | _ONLY:
            return at + 1, f"{filter_word('lang')}:{code}"
    length = next((one for one in (2, 1) if " ".join(plain[:one]) in _IN and plain[one : one + 1]), 0)
    if not length or plain[length] not in _TONGUES:
        return None
    if len(plain) > length + 2 and plain[length + 1] in _JOINING and plain[length + 2] in _TONGUES:
        return at + length + 3, ""
    return at + length + 1, " ".join(word.text for word in words[at : at + length + 1]).rstrip(_ENDS)


_IN = (
    frozenset(form.removesuffix(" {}") for one in _SEEKING for form in one.spoken if form.endswith(" {}"))
    - _ONLY
)


def _bare(word: Token) -> str:
    return word.text if _KEPT.match(word.text) else re.sub(r"['’]s$", "", word.text.strip(_ENDS))


def says_something(word: Token) -> bool:
    """Whether the word is none of requests, of people, or of time."""
    if _KEPT.match(word.text):
        return True
    bare = _bare(word)
    plain = bare.casefold().replace("’", "'")
    if not re.search(r"[^\W_]", plain) or "@" in plain:
        return False
    acronym = bare.isupper() and bare.isalpha() and len(bare) > 1
    long_enough = len(bare) >= SHORTEST or acronym
    nothing = plain in _NOTHING or bare_words.says_nothing(plain)
    return (acronym and plain not in _LOUD) or (long_enough and not nothing)


def _named(main: Sequence[str], places: Sequence[int]) -> str:
    """The first words with a capital that stand together, which are perhaps somebody's name; else the first word."""
    begin = next((at for at, word in enumerate(main) if word[:1].isupper()), 0 if len(main) < NEAR else -1)
    if begin < 0:
        return ""
    end = begin + 1
    while end < len(main) and main[end][:1].isupper() and places[end] == places[end - 1] + 1:
        end += 1
    return " ".join(main[begin:end])
