"""The language that is spoken now, and texts in it.

English sentences in the code are the source. A catalogue (a module of :mod:`bot.wording.catalogues`, data alone) has
for each of them what another language says; what it lacks is said in English. Which language is spoken is context
(:class:`~contextvars.ContextVar`): it is set at the edge, once for each answer and each digest, around what lays a
message out and renders it, with :func:`speaking`. Everywhere else, and so in logs and on the command line, it is
English. Pure otherwise.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from types import ModuleType
from typing import Any

from bot.wording import catalogues
from bot.wording.marks import ENGLISH as ENGLISH_MARKS
from bot.wording.marks import Pair

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language, by its ISO 639-1 ``code``; ``name`` is what it calls itself.

    ``texts`` have the placeholders of their English source. Of a text with a count, the source is the English
    plural, and there are several, of which ``form`` tells which is said of a number. ``marks`` are the quotation
    marks of the desk's own sentences. ``commands`` are further words for commands, ``words`` for the small words
    inside them and in queries, by the English one. ``filters`` are further names for the filters of queries. ``day`` is how a day is written in a query.
    How people write in the language is :class:`bot.wording.heard.languages.Heard`.
    """

    code: str
    name: str
    texts: Mapping[str, str | Forms] = field(default_factory=dict)
    form: Callable[[int], int] = lambda count: int(count != 1)
    marks: Pair = ENGLISH_MARKS
    thousands: str = ","
    decimal: str = "."
    commands: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    day: str = "{0.year:04}-{0.month:02}-{0.day:02}"


ENGLISH = Catalogue("en", "English")

_spoken: ContextVar[Catalogue] = ContextVar("spoken", default=ENGLISH)


class _Filling(Formatter):
    """Fills in as :meth:`str.format` does, numbers as the spoken language sets them apart."""

    def format_field(self, value: Any, format_spec: str) -> str:
        told = str(super().format_field(value, format_spec))
        spoken = _spoken.get()
        if isinstance(value, int | float) and (spoken.thousands, spoken.decimal) != (",", "."):
            return told.translate({ord(","): spoken.thousands, ord("."): spoken.decimal})
        return told


_filling = _Filling()


def say(text: str, /, **values: object) -> str:
    """The English ``text`` in the language spoken now, its placeholders filled in.

    Raises LookupError for a placeholder without a value.
    """
    said = _spoken.get().texts.get(text, text)
    return _filling.vformat(said if isinstance(said, str) else text, (), values)


def counted(number: int, one: str, many: str, /, **values: object) -> str:
    """``one`` or ``many`` in the language spoken now, as it counts; ``{count}`` in them is the number."""
    spoken = _spoken.get()
    said = spoken.texts.get(many)
    text = said[spoken.form(number)] if isinstance(said, tuple) else one if number == 1 else many
    return _filling.vformat(text, (), {"count": f"{_filling.format_field(number, ',')}", **values})


def marks() -> Pair:
    """The quotation marks of the desk's own sentences."""
    return _spoken.get().marks


def spoken() -> str:
    """The code of the language spoken now."""
    return _spoken.get().code


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within this the language of ``code`` is spoken; English for one that is not there."""
    before = _spoken.set(languages().get(known(code), ENGLISH))
    try:
        yield
    finally:
        _spoken.reset(before)


@cache
def languages() -> Mapping[str, Catalogue]:
    """Every language there is, by its code; English first."""
    return {one.code: one for one in (ENGLISH, *(module.CATALOGUE for module in modules()))}


def modules() -> list[ModuleType]:
    """The modules of :mod:`bot.wording.catalogues`, one a language."""
    return [
        importlib.import_module(f"{catalogues.__name__}.{module.name}")
        for module in pkgutil.iter_modules(catalogues.__path__)
    ]


def commands() -> Mapping[str, str]:
    """Further words for commands, of all languages."""
    return {word: command for one in languages().values() for word, command in one.commands.items()}


def filters() -> Mapping[str, str]:
    """Further names for the filters of queries, of all languages."""
    return {name: meant for one in languages().values() for name, meant in one.filters.items()}


def command_word(command: str) -> str:
    """What the command is called in the language spoken now."""
    return next((word for word, named in _spoken.get().commands.items() if named == command), command)


def small_words(word: str) -> tuple[str, ...]:
    """The English word inside a command, and what stands for it in any language."""
    return (word, *(other for one in languages().values() for other in one.words.get(word, ())))


def any_word(*words: str) -> str:
    """A regular expression for these English words inside commands, and for what stands for them in any language."""
    told = {re.escape(other) for word in words for other in small_words(word)}
    return f"(?:{'|'.join(sorted(told, key=len, reverse=True))})"


def small_word(word: str) -> str:
    """The English word inside a command or a query in the language spoken now."""
    return next(iter(_spoken.get().words.get(word, ())), word)


def filter_word(name: str) -> str:
    """What the filter is called in the language spoken now."""
    return next((word for word, meant in _spoken.get().filters.items() if meant == name), name)


def day(date: object) -> str:
    """A :class:`~datetime.date` as a query has it in the language spoken now."""
    return _spoken.get().day.format(date)


def known(*codes: str) -> str:
    """The first of these that is there, whatever its region (``de-AT``, ``de_DE``); empty where none is."""
    bases = (code.replace("_", "-").partition("-")[0].casefold() for code in codes)
    return next((base for base in bases if base in languages()), "")
