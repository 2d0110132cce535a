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

from bot.domain.model import Span
from bot.text.quotation_marks import Quotation

_SENTENCE_END = re.compile(r"[。！？．.!?؟\n]")
LONGEST = 40
"""Characters of a name."""
_FULL = 2
"""Words of a name that a title stands behind: "سلوى الحداد، وزيرة النقل"."""
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
    before: re.Pattern[str]
    behind: re.Pattern[str]
    cue: re.Pattern[str] | None
    pronoun: re.Pattern[str]
    pronoun_behind: re.Pattern[str] | None
    alone: re.Pattern[str] | None
    person: re.Pattern[str] | None
    topic: re.Pattern[str] | None
    titled: re.Pattern[str] | None
    kin: re.Pattern[str] | None
    marked: bool
    titles: tuple[str, ...]
    courtesy: frozenset[str]
    names: tuple[str, ...]


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
    return [_in_full(one, full) for one in found]


def _one(
    text: str, around: tuple[int, int], mark: Quotation, patterns: _Patterns, last: Spoken | None
) -> Spoken:
    ahead = _sentence_before(text, around[0], mark.start)
    cue = patterns.cue.match(text[mark.end : around[1]]) if patterns.cue else None
    place = Span(mark.end + cue.start(), mark.end + cue.end()) if cue else None
    behind = text[mark.end : around[1]]
    for pattern, piece, base in (
        (patterns.behind, behind, mark.end),
        (patterns.before, text[ahead : mark.start], ahead),
    ):
        match = pattern.search(piece)
        if match is None or (patterns.cue and not cue and base != mark.end):
            continue
        announced = base != mark.end and piece.rstrip().endswith((":", "：")) and patterns.cue is None
        who = _who(match, base, patterns, announced=announced)
        if who is not None:
            told = place or Span(base + match.start(), base + match.end())
            return Spoken(mark, told, *who)
    alone = patterns.pronoun.search(text[ahead : mark.start]) if ahead < mark.start else None
    after = patterns.pronoun_behind.match(behind) if patterns.pronoun_behind else None
    same = last is not None and last.quotation.end == ahead
    topic = patterns.topic.search(text[ahead : mark.start]) if patterns.topic and cue and not alone else None
    if topic is not None:
        return Spoken(mark, place, Span(ahead + topic.start("who"), ahead + topic.end("who")))
    between = text[last.quotation.end : mark.start] if last is not None and after is not None else ""
    if patterns.kin is not None and patterns.kin.search(between):
        return Spoken(
            mark, Span(mark.end, mark.end + after.end()) if after else place
        )  # "His wife Lo Siulan keeps the books. “…,” she said"
    if (surname := _surname_of_another(text, ahead, mark, patterns, last)) is not None:
        return Spoken(mark, Span(ahead, surname.start), surname)
    goes_on = alone is not None or after is not None or same
    if goes_on and last and last.mention and (cue or not patterns.cue):
        return Spoken(mark, place or last.cue, last.mention, last.name, last.role)
    if alone is not None and place is None:
        place = Span(ahead + alone.start(), ahead + alone.end())
    return Spoken(mark, place)


def _surname_of_another(
    text: str, ahead: int, mark: Quotation, patterns: _Patterns, last: Spoken | None
) -> Span | None:
    """The surname that stands alone before a quotation, if it is not of whoever spoke last."""
    found = patterns.alone.search(text[ahead : mark.start]) if patterns.alone else None
    if found is None or (last and (last.name or "").endswith(found["who"])):
        return None
    return Span(ahead + found.start("who"), ahead + found.end("who"))


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
    name, start, end = match["name"], match.start("who"), match.end("who")
    title = max((one for one in patterns.titles if one in match["who"]), key=len, default=None)
    if title is not None and name.startswith(patterns.titles):
        name = name.removeprefix(next(one for one in patterns.titles if name.startswith(one)))
    behind = match.string[match.end("who") : match.end("who") + REACH].lstrip()
    apposed = behind[:1] == "،" and behind[1:].lstrip().startswith(patterns.titles)
    head = match["who"].rfind(title) + len(title) if title and patterns.names else -1
    words = match["who"].split()
    first = next((at for at, word in enumerate(words) if word in patterns.names), None)
    if len(words) > 1 and patterns.names:
        # Words with spaces between: a first name shows where the name begins.
        called = patterns.titled.match(match["who"]) if patterns.titled and first is None else None
        if called is not None:
            first = len(words) - len(called["name"].split())
        elif first is None and apposed and len(words) == _FULL:
            first = 0
        elif first is None and title is not None and _is_behind_office(words, patterns.titles):
            first = len(words) - _FULL
        if first is None:
            return (Span(base + start, base + end), None, None) if title or announced else None
        name = " ".join(words[first:])
    elif 0 < head < len(match["who"]):
        name = match["who"][head:].strip()
    known = title is not None or apposed or patterns.marked or name.startswith(patterns.names)
    if not known or not 1 <= len(name) <= LONGEST:
        return None
    at = match.start() + match.group().find(name, start - match.start())
    role = (start, at) if at > start else (at + len(name), end)
    told = match.string[role[0] : role[1]]
    begin = role[0] + len(told) - len(told.lstrip())
    held = bool(title and told.strip()) and told.strip() not in patterns.courtesy
    span = Span(base + begin, base + begin + len(told.strip())) if held else None
    return Span(base + start, base + end), name, span


def _is_behind_office(words: Sequence[str], titles: Sequence[str]) -> bool:
    """Whether the last of the words are a name that the article of what an office is of parts from it: "وزير النقل سامر الحداد"."""
    if len(words) <= _FULL or words[-3] in titles:
        return False
    return words[-3].startswith(_ARTICLE) and not words[-2].startswith(_ARTICLE)


def _in_full(one: Spoken, full: set[str]) -> Spoken:
    """A surname alone means the one full name that it begins or ends; one of a single sign is no name."""
    alone = one.name or ""
    longer = [
        name
        for name in full
        if alone and name != alone and (name.startswith(alone) or name.endswith(f" {alone}"))
    ]
    name = longer[0] if len(longer) == 1 else one.name
    return replace(one, name=name if name and len(name) > 1 else None)


def _code(language: str | None) -> str:
    return (language or "").replace("_", "-").split("-")[0].lower()


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("bot.quotes").joinpath("uncased.toml").read_text(encoding="utf-8"))


@cache
def _patterns(code: str) -> _Patterns:
    data = _data()[code]

    def compiled(kind: str) -> re.Pattern[str]:
        lists = {
            name: "|".join(sorted(map(re.escape, data.get(name, "").split()), key=len, reverse=True))
            for name in ("verbs", "titles")
        }
        pattern = data[kind]
        for name, words in lists.items():
            pattern = pattern.replace("{" + name + "}", words)
        return re.compile(pattern)

    return _Patterns(
        before=compiled("before"),
        behind=compiled("behind"),
        cue=compiled("cue") if "cue" in data else None,
        pronoun=compiled("pronoun"),
        pronoun_behind=compiled("pronoun_behind") if "pronoun_behind" in data else None,
        alone=compiled("alone") if "alone" in data else None,
        person=compiled("person") if "person" in data else None,
        topic=compiled("topic") if "topic" in data else None,
        titled=compiled("titled") if "titled" in data else None,
        kin=compiled("kin") if "kin" in data else None,
        marked="marked" in data,
        titles=tuple(data["titles"].split()),
        courtesy=frozenset(data.get("courtesy", "").split()),
        names=tuple(data.get("names", "").split()),
    )
