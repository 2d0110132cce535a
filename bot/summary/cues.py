"""What a language says beside a quotation, read from the data file of the language at import."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

_FILES = ("en",)
"""A language is a file ``cues_CODE.toml`` beside this one, and its code here."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The word lists of one language, all in lower case; the data file says what each is for."""

    say: frozenset[str]
    call: frozenset[str]
    saying: frozenset[str]
    between: frozenset[str]
    passive: frozenset[str]
    unsaid: frozenset[str]
    accord: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    other_pronouns: frozenset[str]
    titles: frozenset[str]
    of_titles: frozenset[str]
    modifiers: frozenset[str]
    bodies: frozenset[str]
    place_starts: frozenset[str]
    groups: frozenset[str]
    openers: frozenset[str]
    stops: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    nationality: MappingProxyType[str, frozenset[str]]

    @property
    def pronouns(self) -> frozenset[str]:
        """Every word that stands for a person and names none."""
        return self.he | self.she | self.other_pronouns


def _read(code: str) -> Cues:
    text = (files("bot.summary") / f"cues_{code}.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    places = {word: frozenset(found.split()) for word, found in raw.pop("nationality").items()}
    lists = {name: frozenset(found.split()) for name, found in raw.items()}
    return Cues(**lists, nationality=MappingProxyType(places))


_CUES = {code: _read(code) for code in _FILES}


ENGLISH = _CUES["en"]
"""The cues of the language that the desk reads best."""


def cues_for(language: str | None) -> Cues | None:
    """The cues of an ISO 639-1 code; English where the language is unknown, none where it is foreign."""
    return _CUES.get((language or "en").split("-")[0].lower())
