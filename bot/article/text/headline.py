"""The headline among the lines that stand before the body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.article.fields.credits import byline, masthead, people
from bot.article.fields.dates import names_a_day
from bot.article.text.block_kinds import Kind, shape
from bot.article.text.body import Part

_FEWEST, _MOST = 3, 34  # Words of a headline; with two it is often a section, with more a standfirst.
_COMMON = 4  # Letters of a word that says what a headline is about.
_STANDFIRST = 8  # Words of a standfirst at least.
_PLAIN = 6  # Words of a line above a standfirst that is no kicker.
_SAID = 20  # Words of a headline that is a sentence; a longer one is the first of the body.
_REACH = 40  # Parts before the body that are looked at, beside the first three of the page.
_TOP = 3  # Parts below the first line, among which the body or a date says that it is a headline.
_LEAST = 0.34  # Least share of a headline's content words that its body repeats.
_MARKS = r"[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e\u064b-\u065f]"  # that stand within words
_CONTENT = re.compile(  # Four letters or more; most words have them in a row, which is one step.
    rf"[^\W\d_](?:[^\W\d_]{{3,}}(?:{_MARKS}+[^\W\d_]*)*|(?:[^\W\d_]|{_MARKS}){{3,}})"
)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2,}")
_SUFFIX = re.compile(r"^(?P<title>.{12,300}?\S) (?P<mark>[|–—·:»-]) (?P<site>[^|–—·»]{2,40})$")
_SITE_WORDS = re.compile(
    r"\b(?:news|times|post|gazette|herald|journal|daily|tribune|chronicle|telegraph|guardian|observer|mail|press|"
    r"magazine|blog|online|today|report|review|weekly|tv|radio|media|zeitung|tageblatt|anzeiger|nachrichten|le|el|la|"
    r"diario|periódico|noticias)\b|\.(?:com|org|net|co|in|de|fr|es|uk|news)\b",
    re.IGNORECASE,
)
_NOT_A_TITLE = re.compile(  # A release's name, a credit, a clock, a trail of sections, an address.
    r"(?:for immediate release|press release|(?:presse|medien)(?:mitteilung|information)|communiqué de presse|comunicado (?:de|à) (?:prensa|imprensa)|comunicato stampa"
    r"|persbericht|press(?:e?meddelande|emelding|emeddelelse)|lehdistötiedote|informacja prasowa|tisková zpráva|пресс-релиз|basın (?:bülteni|açıklaması)"
    r"|報道関係(?:者)?(?:各)?位|(?:プレス|ニュース)リリース|보도 ?자료|新[闻聞]稿) ?[:：!]?$|"
    r"(?:by|von|par|por) (?-i:(?:[^\W\d_a-z]\S{0,30} ?){1,5})(?:$|[,|–—-])"
    r"|.{0,60}\d{1,2}[:.]\d\d ?(?:[ap]m\b|$)"
    r"|.{0,80}(?:[|>»›]|(?<![^\W\d_])/).{1,40}(?:[|>»›]|(?<![^\W\d_])/)|(?:[\w&-]{1,20}(?: [\w&-]{1,20})?/){2}|.{0,120}(?:https?:|www\.)",
    re.IGNORECASE,
)
_DATED = re.compile(r".{0,40}\b(?:19|20)\d\d\b.{0,12}$")
_SHORT = re.compile(r"[^\W\d_]{2,20} [^\W\d_A-Z]{4,20}[.?!]?")  # "Mayor resigns"; a name has two capitals.
_SECTION = re.compile(
    r"(?:top|latest|breaking|local|world|national|press|news|live|media|opinion|letters?|sports?|business|our|more|main)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Headline:
    """The words of a headline, the part of the page that they stand in, and the site that it named."""

    title: str
    at: int
    site: str | None = None


@dataclass(frozen=True, slots=True)
class _Beside:
    """Where the body starts, whether that or a date is near the top, the places of lines above it, and its words."""

    start: int
    near_top: bool
    known: Mapping[str, int]
    words: frozenset[str]


def headline(page: Sequence[Part], start: int, body: str) -> Headline | None:
    """The line before ``start`` that heads ``body``; ``None`` when no line does.

    The line that says what the body says, or that the page repeats. The site's name is cut off
    where the page shows elsewhere where the title ends, or the name is an outlet's by its words.
    """
    near = range(max(0, start - _REACH), start)
    places = sorted({*range(min(3, start)), *near})
    lines = [(at, page[at].block.text) for at in places if _may_head(page, at, body)]
    known = {page[at].block.text.casefold(): at for at in range(start)}
    dated = any(part.kind is Kind.DATE for part in page[1 : _TOP + 1])
    beside = _Beside(start, start <= _TOP or dated, known, frozenset(_content(body)))
    marked = [at for at, _ in lines if page[at].block.level == 1]
    if marked:  # Over the headline a letterhead may stand, as large.
        at = max(marked, key=lambda at: (_said(_content(page[at].block.text), beside.words), -at))
        text = page[at].block.text
        cut = _cut(text, at, known)
        return cut if cut.site else Headline(text, at, _site_behind(text, page[:at]))
    rated = [(_rating(line, at, beside, signed=signed_below(page, at)), -at) for at, line in lines]
    if not rated:
        return None
    rating, where = max(rated)
    if rating < _LEAST:
        return None
    at = _over_standfirst(page, -where, beside.words, body)
    return _cut(page[at].block.text, at, known)


def _site_behind(title: str, above: Sequence[Part]) -> str | None:
    """The site that stands behind the ``title`` where a line above repeats it, as a window's title does."""
    found = (_SUFFIX.match(part.block.text) for part in above)
    return next((one["site"] for one in found if one and one["title"].casefold() == title.casefold()), None)


def asks(text: str) -> bool:
    """Whether ``text`` ends as a question or an exclamation does."""
    return text.rstrip("\"'”’»").endswith(("?", "!"))


def signed_below(page: Sequence[Part], at: int) -> bool:
    """Whether the part ``at`` opens the page and may be its headline by length, with a byline or a date below it."""
    return bool(page) and not at and page[0].words <= _SAID and _signed_under(page, 0)


def _signed_under(page: Sequence[Part], at: int) -> bool:
    if at + 1 >= len(page):
        return False
    below = page[at + 1]
    if below.kind is Kind.DATE or (below.kind is Kind.LINE and byline([below.block.text]) is not None):
        return True
    # A name alone, perhaps with a job and a handle, before the day.
    dated = any(part.kind is Kind.DATE for part in page[at + 2 : at + 2 + _TOP])
    return dated and below.kind is Kind.LINE and people(below.block.text) is not None


def _may_head(page: Sequence[Part], at: int, body: str) -> bool:
    part = page[at]
    text = part.block.text
    if part.kind in {Kind.CAPTION, Kind.RIGHTS, Kind.COOKIES, Kind.SHARE}:
        return False
    if part.kind in {Kind.SENTENCE, Kind.PROSE} and not (asks(text) or signed_below(page, at)):
        return False
    if part.words > _MOST or _NOT_A_TITLE.match(text) or byline([text]) is not None:
        return False
    if _DATED.match(text) and names_a_day(text):
        return False
    if part.words >= _FEWEST:
        return True
    # A section is a noun, and is not what the byline or the date stands right below; a name has no word that is common.
    signed = signed_below(page, at) and (_SHORT.fullmatch(text) or _has_common_word(text, body))
    short = part.block.level == 1 or bool(signed)
    return part.words > 1 and short and not _SECTION.match(text) and masthead([text]) is None


def _has_common_word(line: str, body: str) -> bool:
    """Whether a word of a line in title case stands small in the text: "Pool Sold", where a pool is."""
    common = (word.lower() for word in line.split()[:_FEWEST] if word.istitle() and len(word) >= _COMMON)
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", body) for word in common)


def _content(text: str) -> set[str]:
    """The words that say what ``text`` is about; of Chinese and Japanese each two signs that stand side by side."""
    words = set(_CONTENT.findall(text.casefold()))
    if text.isascii() or _UNSPACED.search(text) is None:
        return words
    pairs = {run[at : at + 2] for run in _UNSPACED.findall(text) for at in range(len(run) - 1)}
    return {word for word in words if not _UNSPACED.search(word)} | pairs


def _said(content: set[str], body: frozenset[str]) -> float:
    """How much of a line the body says; so weighed that a section of two words does not win over a long line."""
    return len(content & body) / max(6, len(content)) if content else 0.0


def _rating(line: str, at: int, beside: _Beside, *, signed: bool) -> float:
    title = _SUFFIX.match(line)
    content = _content(title["title"] if title else line)
    if not content:
        return 0.0
    shared = len(content & beside.words) / len(content)
    twice = beside.known.get(line.casefold(), at) - at >= 2 or (
        title is not None and title["title"].casefold() in beside.known
    )
    opens = at == 0 and (beside.near_top or (title is not None and shared >= 0.4))
    near = 0.1 * (1 - min(beside.start - at, _REACH) / _REACH)
    spoken = 0.1 if shape(line) is Kind.SENTENCE and not signed else 0.0
    return _said(content, beside.words) + (0.4 if twice else 0.0) + (_LEAST if opens else 0.0) + near - spoken


def _over_standfirst(page: Sequence[Part], at: int, said: frozenset[str], body: str) -> int:
    """The place of the headline of which the part ``at`` is the standfirst; ``at`` where it is the headline itself.

    Right above it, near the top, stands a shorter line of the same matter, and right below it a credit. A line of
    few words above one without a full stop is a kicker.
    """
    if not 1 <= at <= _TOP or not _signed_under(page, at) or not _may_head(page, at - 1, body):
        return at
    over, under = page[at - 1], page[at]
    least = _FEWEST if under.block.text.endswith(".") else _FEWEST + 1
    content = _content(over.block.text)
    same = len(content & said) >= _LEAST * max(1, len(content))
    plain = over.words >= _PLAIN and under.words > over.words  # no kicker has so many words
    longer = under.words >= _STANDFIRST and (plain or under.words * 2 >= over.words * 3)
    return at - 1 if over.words >= least and longer and same else at


def _cut(line: str, at: int, known: dict[str, int]) -> Headline:
    found = _SUFFIX.match(line)
    if found is None:
        return Headline(line, at)
    title, site = found["title"], found["site"].strip()
    shown = title.casefold() in known
    if shown or site.casefold() in known or _SITE_WORDS.search(site) or found["mark"] == "|":
        return Headline(title, known.get(title.casefold(), at) if shown else at, site)
    return Headline(line, at)
