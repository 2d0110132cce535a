"""The cues of each language, read from the data files of all when the first is asked for (60 ms, 4 MB)."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from bot.text.cues import ARABIC, NONE, Cues, Words, joined

_PREFIX = "cues_"
_OTHERS = (
    "articles", "contractions", "determiners", "stops", "openers", "he", "she", "other_pronouns", "prepositions",
    "owners", "belongs", "joins", "conjunctions",
)  # fmt: skip
"""Lists of small words: one that is in them is no particle of names from elsewhere, as is the Spanish "al"."""


def _read(text: str) -> Cues:
    raw = tomllib.loads(text)
    places = {word: frozenset(found.split()) for word, found in raw.pop("nationality", {}).items()}
    roles = {word: frozenset(found.split()) for word, found in raw.pop("same_roles", {}).items()}
    forms, cases, verbs = (raw.pop(name, {}) for name in ("name_forms", "title_cases", "verb_forms"))
    short = raw.pop("abbreviated", {})
    ends, title_ends = _by_length(forms), _by_length(raw.pop("title_forms", {}))
    unknown = raw.keys() - {one.name for one in fields(Cues)}
    if unknown:
        raise ValueError(f"a cues file has lists that nobody reads: {sorted(unknown)}")
    lists: dict[str, Any] = {
        name: frozenset(found.split()) if isinstance(found, str) else found for name, found in raw.items()
    }
    lists["say"] |= _conjugated(lists["say"], verbs)
    lists["titles"] |= lists.get("regal", NONE)
    for name in ("titles", "title_endings", "male_titles"):
        lists[name] = lists.get(name, NONE) | _inflected(lists.get(name, NONE), cases)
    if lists["title_endings"]:
        # "Innenminister" is as much a man's title as "Minister".
        for sexed in ("male_titles", "female_titles"):
            lists[sexed] |= joined(lists["titles"], lists[sexed], lists[sexed])
    lists["particles"] = lists.get("particles", NONE) | ARABIC.difference(
        *(lists.get(name, NONE) for name in _OTHERS)
    )
    lists |= {"nationality": MappingProxyType(places), "same_roles": MappingProxyType(roles)}
    lists["abbreviated"] = MappingProxyType(short)
    return Cues(**lists, name_forms=ends, title_forms=title_ends)


def _by_length(forms: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Ends of words with the ends of what they are forms of, the longest first."""
    return tuple(sorted(((end, own.strip("_")) for end, own in forms.items()), key=lambda one: -len(one[0])))


def _inflected(titles: Words, cases: dict[str, str]) -> set[str]:
    """The titles in other cases: by how a title ends, what is added to it."""
    ends = tuple(cases)
    likely = [word for word in titles if word.endswith(ends)]
    return {word + cases[next(end for end in ends if word.endswith(end))] for word in likely}


def _conjugated(verbs: Words, forms: dict[str, str]) -> set[str]:
    """Further forms of the verbs: by how one ends, the ends of others ("rigole": "rigolait")."""
    return {
        verb.removesuffix(end) + other
        for end, others in forms.items()
        for verb in verbs
        if verb.endswith(end) and len(verb) > len(end) + 2
        for other in others.split()
    }


@cache
def _own() -> dict[str, Cues]:
    """Every ``cues_CODE.toml`` beside this module, by its code: a new file is a new language."""
    found = sorted(files("bot.text").iterdir(), key=lambda one: one.name)
    return {
        one.name.removeprefix(_PREFIX).removesuffix(".toml"): _read(one.read_text(encoding="utf-8"))
        for one in found
        if one.name.startswith(_PREFIX) and one.name.endswith(".toml")
    }


@cache
def _first_names() -> tuple[Words, Words]:
    """The first names of men in any language that are no woman's in another, and of women."""
    male = NONE.union(*(cues.male for cues in _own().values()))
    female = NONE.union(*(cues.female for cues in _own().values()))
    return male - female, female - male


@cache
def _with_foreign_names(code: str) -> Cues | None:
    """News is full of people from elsewhere: their first names count where the language has no own view."""
    cues = _own().get(code)
    if cues is None:
        return None
    male, female = _first_names()
    taken = cues.given | cues.titles | cues.openers | cues.stops | cues.between | cues.bodies | cues.groups
    return replace(
        cues,
        male=cues.male | (male - taken),
        female=cues.female | (female - taken),
        family_first=NONE.union(*(one.family_first for one in _own().values())) - taken - cues.given,
        doubtful=cues.doubtful | (((male | female) & cues.openers) - cues.given),
    )


_SAME = {"no": "nb", "nn": "nb"}
"""Codes that share the cues of another."""


def languages() -> tuple[str, ...]:
    """The ISO 639-1 codes that have cues, in order."""
    return tuple(_own())


@cache
def every_title() -> Words:
    """The titles of all languages."""
    return NONE.union(*(cues.titles for cues in _own().values()))


def cues_for(language: str | None) -> Cues | None:
    """The cues of an ISO 639-1 code; English where the language is unknown, none where it is foreign."""
    code = (language or "en").replace("_", "-").split("-")[0].lower()
    return _with_foreign_names(_SAME.get(code, code))
