"""Which sentences cannot stand in a summary, and which cannot stand there alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice

from bot.article.prefilter import Prefiltered

OPENERS = "\"'“”‘’„«»([¿¡—–- "
_CLOSERS = "\"'“”‘’»)]}›」』"
_ENDS = frozenset(".!…。！｡։།॥။។።؟？۔।")
_AND = ("and", "und", "et", "y")
_CLAUSE = re.compile(rf"[,;–—]|\b(?:{'|'.join(_AND)})\b")
_WORD = re.compile(r"[^\W\d_]+")
_COUNTED = re.compile(r"\s*\d[^,;]{0,30}(?:[,;] \d[^,;]{0,30})+")
_CAPTION = re.compile(
    r"[^\W\d_a-z][\w.’'-]+(?: [^\W\d_a-z][\w.’'-]+){1,3}, [^.,;:]{3,120} \((?:19|20)\d\d\)\.?"
)
"""A picture's: "Tom Reyes, harbour master of Brindle (2041)."."""

_LABELLED = re.compile(
    r"(?:Summary|Verdict|Takeaways?|Bottom [Ll]ine|Key (?:[Pp]oints?|[Tt]akeaways?)|Fazit|Zusammenfassung) [A-ZÀ-ÖØ-Þ][a-zäöüß’']+ "
)
"""A heading that stands in one line with the sentence below it."""

_CUT = re.compile(r"\s(?:…|\.{3,})\W*$")
"""By a page that shows no more of it to who does not pay."""

_TAIL = 12
"""Characters of a text in which it breaks off."""

_QUOTATION = frozenset('"“”„«»')
_QUESTIONS = frozenset("?？؟՞፧;")


@dataclass(frozen=True, slots=True)
class Openings:
    """The words of one language, lower case; ``openings.toml`` says what each kind is for."""

    language: str = ""
    pronouns: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    teasers: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    subjects: frozenset[str] = frozenset()
    connectors: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    demonstratives: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    askers: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    inverted: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    impersonal: frozenset[str] = frozenset()
    epithets: Prefiltered | None = None
    announcing: Prefiltered | None = None
    scenes: re.Pattern[str] | None = None


def _read() -> dict[str, Openings]:
    found = tomllib.loads(files("bot.summary").joinpath("openings.toml").read_text(encoding="utf-8"))
    return {
        language: Openings(
            language=language,
            pronouns=frozenset(kinds["pronouns"]),
            links=frozenset(kinds["links"]),
            times=frozenset(kinds.get("times", ())),
            teasers=tuple(kinds.get("teasers", ())),
            credits=tuple(kinds.get("credits", ())),
            subjects=frozenset(kinds.get("subjects", ())),
            connectors=frozenset(kinds.get("connectors", ())),
            prepositions=frozenset(kinds.get("prepositions", ())),
            places=frozenset(kinds.get("places", ())),
            joiners=frozenset(kinds.get("joiners", ())),
            demonstratives=frozenset(kinds.get("demonstratives", ())),
            verbs=frozenset(kinds.get("verbs", ())),
            askers=frozenset(kinds.get("askers", ())),
            phrases=tuple(kinds.get("phrases", ())),
            inverted=frozenset(kinds.get("inverted", ())),
            last=frozenset(kinds.get("last", ())),
            impersonal=frozenset(kinds.get("impersonal", ())),
            epithets=Prefiltered(kinds["epithets"]) if "epithets" in kinds else None,
            announcing=Prefiltered(kinds["announcing"]) if "announcing" in kinds else None,
            scenes=re.compile(kinds["scenes"]) if "scenes" in kinds else None,
        )
        for language, kinds in found.items()
    }


_OPENINGS = _read()
_NONE = Openings()
_WRITTEN_AS = {"nb": "no", "nn": "no"}
"""Codes of a language that has two written forms."""


def openings_of(language: str | None) -> Openings:
    """The openings of an ISO 639-1 code; of a language without a list, none."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    return _OPENINGS.get(_WRITTEN_AS.get(code, code), _NONE)


def barred(text: str, openings: Openings, *, alone: bool) -> bool:
    """Whether a sentence is a question (asked, or only announced), a caption, a heading, a lead-in, a teaser, an instruction, or cut.

    A row of figures is none either ("3 goals, 2 assists."). What is ``alone`` in its paragraph and ends without a full stop is a heading or
    a caption, and what begins small there an item of a list.
    """
    last = text.rstrip(_CLOSERS)[-1:]
    if last in _QUESTIONS or last in ":：" or _CUT.search(text[-_TAIL:]):
        return True
    if alone and ((last not in _ENDS and not _unspaced(last)) or _is_item(text)):
        return True
    if _unattributed(text) or _bracketed(text) or _LABELLED.match(text):
        return True
    if _COUNTED.fullmatch(text) or _CAPTION.fullmatch(text):
        return True
    if openings.askers and _only_asks(text, openings):
        return True
    low = text[:200].lower().lstrip(OPENERS)
    return low.startswith(openings.teasers) or any(map(low.__contains__, openings.credits))


def _is_item(text: str) -> bool:
    """Whether its first word is small, as in a list, where a sentence's is not."""
    first = _WORD.match(text)
    return first is not None and first.group().islower()


def _unattributed(text: str) -> bool:
    """Whether it is all somebody's words, or the first part of them: nobody says whose."""
    bare = text.strip().rstrip(".!?…, ")
    if bare[:1] not in _QUOTATION:
        return False
    marks = sum(map(text.count, _QUOTATION))
    return marks == 1 or (marks == 2 and bare[-1] in _QUOTATION)


def _bracketed(text: str) -> bool:
    """Whether it is an aside in brackets, or the part of a sentence in which one is opened and not closed."""
    bare = text.strip().rstrip(".!")
    return bare.count("(") > bare.count(")") or (bare[:1] == "(" and bare.find(")") == len(bare) - 1)


def withholds(text: str, openings: Openings) -> bool:
    """Whether it tells that somebody tells something, and not what, or when and where a scene begins, and no news.

    As in "The minister explains why the bridge is shut." and "It is just after eight on a grey morning."
    """
    return any(one is not None and one.search(text) for one in (openings.announcing, openings.scenes))


def announces(text: str, openings: Openings) -> bool:
    """Whether a clause behind another one tells what is answered: "Im Gespräch erklärt sie, warum die Brücke zu ist."."""
    for clause in islice(_clauses(text[:300]), 1, None):
        found = _WORD.search(clause)
        if found and found.group().lower() in openings.askers:
            return True
    return False


def _only_asks(text: str, openings: Openings) -> bool:
    """Whether each clause tells what is answered and not the answer: "What the tanker carried, and why it was stopped."."""
    first = _WORD.search(text[:300].lower())
    if first is None or not (first[0] in _AND or _may_ask(first[0], openings)):
        return False  # at sight, as of nearly all
    asked = False
    for clause in _clauses(text[:300]):
        found = [match.group() for match in islice(_WORD.finditer(clause.lower()), 2)]
        joined = found[:1] and (found[0] in openings.links or found[0] in openings.prepositions)
        if found and openings.askers.isdisjoint(
            found if joined else found[:1]
        ):  # "Builders who found it" do not ask
            return False
        asked |= bool(found)
    return asked


def _may_ask(word: str, openings: Openings) -> bool:
    """Whether a clause that begins with the word may tell what is answered."""
    return any(word in words for words in (openings.askers, openings.links, openings.prepositions))


def _clauses(text: str) -> Iterator[str]:
    """The clauses one by one: the first nearly always tells enough."""
    begin = 0
    for gap in _CLAUSE.finditer(text):
        yield text[begin : gap.start()]
        begin = gap.end()
    yield text[begin:]


def is_question(text: str) -> bool:
    """Whether a sentence asks."""
    return text.rstrip(_CLOSERS)[-1:] in _QUESTIONS


def _unspaced(last: str) -> bool:
    """Thai, Lao and Khmer end their sentences with a space, so with no mark at all."""
    return "\u0e00" <= last <= "\u0eff" or "\u1780" <= last <= "\u17ff"
