"""Who speaks where no capital begins a name, by patterns around the quotation: ``uncased.toml``.

A speaker has a title, or a family name or first name that the language's list knows; what has
neither is nobody, because without capitals nothing else shows where a name begins. Zulu and Xhosa
write a small prefix before a name's capital, which shows it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from bot.domain.model import Span
from bot.text.quotation_marks import Quotation

_SENTENCE_END = re.compile(r"[。！？．.!?؟\n]")
LONGEST = 40
"""Characters of a name."""
_WITH_FAMILY_NAME = (3, 4, 2)
"""Signs of a Chinese name, the likeliest first."""
_FULL = 2
"""Words of a name that a title stands behind: "سلوى الحداد، وزيرة النقل"."""
_BETWEEN = " ・"
"""What parts a name from its title."""
_SURNAME = 2
"""Signs of a surname without a title that may be somebody's."""
_AGED = re.compile(r"[（(]\d{1,3}歳?[）)]")
_ARTICLE = "ال"
"""The Arabic article; it is written with its noun."""
REACH = 150
"""Characters before and behind a quotation that are looked at: the search stays linear."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation with its cue, speaker and full name as far as the text tells them."""

    quotation: Quotation
    cue: Span | None = None
    mention: Span | None = None
    name: str | None = None
    role: Span | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: tuple[re.Pattern[str], ...]
    behind: tuple[re.Pattern[str], ...]
    cue: re.Pattern[str] | None
    pronoun: re.Pattern[str]
    pronoun_behind: re.Pattern[str] | None
    alone: re.Pattern[str] | None
    person: re.Pattern[str] | None
    topic: re.Pattern[str] | None
    titled: re.Pattern[str] | None
    kin: re.Pattern[str] | None
    nobody: re.Pattern[str] | None
    goes_on: re.Pattern[str] | None
    marked: bool
    carries: bool
    titles: tuple[str, ...]
    courtesy: frozenset[str]
    names: tuple[str, ...]
    stops: frozenset[str]
    indefinite: tuple[str, ...]


def is_uncased(language: str | None) -> bool:
    """Whether the language is one of those that have patterns."""
    return _code(language) in _data()


def spoken(
    text: str, paragraphs: Sequence[Span], quoted: Sequence[Sequence[Quotation]], language: str | None
) -> list[Spoken]:
    """What the text says of each quotation, in order."""
    patterns = _patterns(_code(language))
    found: list[Spoken] = []
    for paragraph, marks in zip(paragraphs, quoted, strict=True):
        for number, mark in enumerate(marks):
            start = max(paragraph.start, mark.start - REACH, marks[number - 1].end if number else 0)
            stop = min(paragraph.end, mark.end + REACH)
            if number + 1 < len(marks):
                stop = min(stop, marks[number + 1].start)
            found.append(_one(text, (start, stop), mark, patterns, found[-1] if found else None))
    full = {one.name for one in found if one.name}
    if patterns.person is not None and full:
        full |= {
            match["name"]
            for span in paragraphs
            for match in patterns.person.finditer(text, span.start, span.end)
        }
    return [_in_full(text, one, full) for one in found]


def _one(
    text: str, around: tuple[int, int], mark: Quotation, patterns: _Patterns, last: Spoken | None
) -> Spoken:
    ahead = _sentence_before(text, around[0], mark.start)
    cue = patterns.cue.match(text[mark.end : around[1]]) if patterns.cue else None
    place = Span(mark.end + cue.start(), mark.end + cue.end()) if cue else None
    behind = text[mark.end : around[1]]
    leading = text[ahead : mark.start]
    after = patterns.behind if not leading.strip() else patterns.behind[:1]
    if leading.rstrip().endswith((":", "：")):
        after = ()  # what a colon leads in is of whoever stands before it
    for pattern, piece, base in (
        *((one, behind, mark.end) for one in after),
        *((one, leading, ahead) for one in patterns.before),
    ):
        match = pattern.search(piece)
        if match is None or (patterns.cue and not cue and base != mark.end):
            continue
        announced = base != mark.end and piece.rstrip().endswith((":", "：", "，")) and patterns.cue is None
        announced = announced and not patterns.pronoun.search(piece)
        who = _who(match, base, patterns, announced=announced)
        if who is not None:
            cue_place = place or Span(base + match.start(), base + match.end())
            return Spoken(mark, cue_place, *who)
    told = _not_named(text, (ahead, around[1]), Spoken(mark, place), patterns, last)
    if not patterns.carries or place is None or (last is not None and last.quotation.end > around[0]):
        return told
    opens = not leading.strip() or patterns.pronoun.search(leading) is not None
    who = _subject_before(text, around[0], ahead, patterns) if opens else None
    return Spoken(mark, place, *who) if who is not None else told


def _subject_before(
    text: str, start: int, end: int, patterns: _Patterns
) -> tuple[Span, str | None, Span | None] | None:
    """Whom the sentence that ends there is about, as "田中市長は決定を擁護した。" is about Tanaka."""
    stop = len(text[:end].rstrip(" 。.\n"))
    if stop <= start:
        return None
    begin = _sentence_before(text, start, stop)
    match = patterns.before[0].search(text[begin:stop])
    return _who(match, begin, patterns, announced=False) if match is not None else None


def _not_named(
    text: str, around: tuple[int, int], one: Spoken, patterns: _Patterns, last: Spoken | None
) -> Spoken:
    """The quotation, with the cue behind it, of a body, of a surname, or of whoever spoke last."""
    mark, place = one.quotation, one.cue
    ahead, behind = around[0], text[mark.end : around[1]]
    alone = patterns.pronoun.search(text[ahead : mark.start]) if ahead < mark.start else None
    after = patterns.pronoun_behind.match(behind) if patterns.pronoun_behind else None
    same = last is not None and last.quotation.end == ahead
    same = same and (patterns.goes_on is None or bool(patterns.goes_on.match(text[ahead : mark.start])))
    topic = (
        patterns.topic.search(text[ahead : mark.start]) if patterns.topic and place and not alone else None
    )
    if topic is not None:
        return Spoken(mark, place, Span(ahead + topic.start("who"), ahead + topic.end("who")))
    between = text[last.quotation.end : mark.start] if last is not None and after is not None else ""
    if patterns.kin is not None and patterns.kin.search(between):
        return Spoken(
            mark, Span(mark.end, mark.end + after.end()) if after else place
        )  # "His wife Lo Siulan keeps the books. “…,” she said"
    surname = patterns.alone.search(text[ahead : mark.start]) if patterns.alone else None
    own = surname is not None and last is not None and (last.name or "").endswith(surname["who"])
    if surname is not None and not own:
        alone_there = Span(ahead + surname.start("who"), ahead + surname.end("who"))
        return Spoken(mark, Span(ahead, alone_there.start), alone_there)
    goes_on = alone is not None or after is not None or same or own
    if goes_on and last and last.mention and (place or not patterns.cue):
        return Spoken(mark, place or last.cue, last.mention, last.name, last.role)
    if alone is not None and place is None:
        place = Span(ahead + alone.start(), ahead + alone.end())
    return Spoken(mark, place)


def _sentence_before(text: str, start: int, end: int) -> int:
    """Where the sentence begins that leads to ``end``, from ``start`` on."""
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        begin = match.end()
    return begin


def _who(
    match: re.Match[str], base: int, patterns: _Patterns, *, announced: bool
) -> tuple[Span, str | None, Span | None] | None:
    """The mention, the name in it, and what stands beside the name as a role.

    ``announced``: a colon before the quotation says that the words between it and the verb are the speaker.
    """
    who, start, end = match["who"], match.start("who"), match.end("who")
    held = [one for one in patterns.titles if one in who]
    title = max(held, key=lambda one: (who.rfind(one) + len(one), len(one)), default=None)
    behind = match.string[end : end + REACH].lstrip()
    apposed = behind[:1] == "،" and behind[1:].lstrip().startswith(patterns.titles)
    mention = Span(base + start, base + end)
    if patterns.names and len(who.split()) > 1:
        name = _behind_spaces(who, title, patterns, apposed=apposed)
        if name is None:
            return (mention, None, None) if title or announced else None
    else:
        name = _unspaced(match, title, patterns)
    aged = _AGED.match(match.string, end) is not None
    known = title is not None or apposed or aged or patterns.marked or name.startswith(patterns.names)
    if not known or not 1 <= len(name) <= LONGEST:
        return (mention, None, None) if announced else None
    if patterns.nobody is not None and patterns.nobody.search(name):
        return mention, None, None  # "外務省の報道官"
    at = match.start() + match.group().find(name, start - match.start())
    role = (start, at) if at > start else (at + len(name), end)
    return mention, name, _role(match.string, role, base, patterns) if title else None


def _role(text: str, place: tuple[int, int], base: int, patterns: _Patterns) -> Span | None:
    """What stands there beside a name, without an age and what parts it from the name; no "Mr"."""
    told = text[place[0] : place[1]]
    age = _AGED.match(told)
    rest = told[age.end() :] if age else told
    begin = place[1] - len(rest.lstrip(_BETWEEN))
    rest = rest.strip(_BETWEEN)
    held = rest and rest not in patterns.courtesy
    return Span(base + begin, base + begin + len(rest)) if held else None


def _behind_spaces(who: str, title: str | None, patterns: _Patterns, *, apposed: bool) -> str | None:
    """The name that a known first name begins, or an office before it shows: there words have spaces between."""
    words = who.split()
    first = next((at for at, word in enumerate(words) if word in patterns.names), None)
    called = patterns.titled.match(who) if patterns.titled and first is None else None
    if called is not None:
        return str(called["name"])
    if first is None and apposed and len(words) == _FULL:
        first = 0
    elif first is None and title is not None and _is_behind_office(words, patterns.titles):
        first = len(words) - _FULL
    if first is None:
        return None
    end = next((at for at in range(first + 1, len(words)) if words[at] in patterns.stops), len(words))
    return " ".join(words[first:end])


def _unspaced(match: re.Match[str], title: str | None, patterns: _Patterns) -> str:
    """The name in a phrase without spaces: behind the title, before one that ends it, or from the family name on."""
    who, name = match["who"], match["name"]
    if title is None:
        known = name.startswith(patterns.names) or patterns.marked
        return name if known else _from_family_name(who, patterns) or name
    rest = who[who.rfind(title) + len(title) :].strip()
    if patterns.names and rest:
        return rest
    if patterns.names and _is_family(who.removesuffix(title), patterns.names):
        return who.removesuffix(title)  # "林南山院士"
    return name.removeprefix(next((one for one in patterns.titles if name.startswith(one)), ""))


def _from_family_name(who: str, patterns: _Patterns) -> str | None:
    """The name that ends a phrase without spaces and begins with a known family name: the "钱大壮" of "老农钱大壮"."""
    if any(word in who for word in patterns.indefinite):
        return None
    ends = (who[-size:] for size in _WITH_FAMILY_NAME if len(who) > size)
    return next((end for end in ends if patterns.names and end.startswith(patterns.names)), None)


def _is_family(name: str, names: tuple[str, ...]) -> bool:
    """Whether it is a whole name behind a known family name."""
    return min(_WITH_FAMILY_NAME) <= len(name) <= max(_WITH_FAMILY_NAME) and name.startswith(names)


def _is_behind_office(words: Sequence[str], titles: Sequence[str]) -> bool:
    """Whether the last of the words are a name that the article of what an office is of parts from it: "وزير النقل سامر الحداد"."""
    if len(words) <= _FULL or words[-3] in titles:
        return False
    return words[-3].startswith(_ARTICLE) and not words[-2].startswith(_ARTICLE)


def _in_full(text: str, one: Spoken, full: set[str]) -> Spoken:
    """A surname alone means the one full name that it begins or ends; one of a single sign is no name."""
    alone = one.name or (one.mention.of(text) if one.mention else "")
    if one.name is None and len(alone) < _SURNAME:
        return one
    ends = (f" {alone}", f"・{alone}", f"·{alone}")
    longer = [name for name in full if name != alone and (name.startswith(alone) or name.endswith(ends))]
    name = longer[0] if alone and len(longer) == 1 else one.name
    return replace(one, name=name if name and len(name) > 1 else None)


def _code(language: str | None) -> str:
    return (language or "").replace("_", "-").split("-")[0].lower()


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("bot.quotes").joinpath("uncased.toml").read_text(encoding="utf-8"))


@cache
def _patterns(code: str) -> _Patterns:
    data = _data()[code]

    def compiled(pattern: str) -> re.Pattern[str]:
        pattern = pattern.replace("{core}", str(data.get("core", "")))
        for name in ("verbs", "titles", "manner"):
            words = sorted(map(re.escape, str(data.get(name, "")).split()), key=len, reverse=True)
            pattern = pattern.replace("{" + name + "}", "|".join(words))
        return re.compile(pattern)

    def perhaps(kind: str) -> re.Pattern[str] | None:
        return compiled(data[kind]) if kind in data else None

    return _Patterns(
        before=tuple(compiled(data[kind]) for kind in ("before", "turned") if kind in data),
        behind=tuple(map(compiled, data["behind"])),
        cue=perhaps("cue"),
        pronoun=compiled(data["pronoun"]),
        pronoun_behind=perhaps("pronoun_behind"),
        alone=perhaps("alone"),
        person=perhaps("person"),
        topic=perhaps("topic"),
        titled=perhaps("titled"),
        kin=perhaps("kin"),
        nobody=perhaps("nobody"),
        goes_on=perhaps("goes_on"),
        marked="marked" in data,
        carries="carries" in data,
        titles=tuple(data["titles"].split()),
        courtesy=frozenset(data.get("courtesy", "").split()),
        names=tuple(data.get("names", "").split()),
        stops=frozenset(data.get("stops", "").split()),
        indefinite=tuple(data.get("indefinite", "").split()),
    )
