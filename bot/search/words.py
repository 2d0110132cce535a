"""Text becomes the words that the index holds; a query must go the same way.

Folded first (case, accents, vowel points), then cut, then stemmed. Scripts that write without
spaces, and Korean, become one word a character, so that a run of characters is found as a phrase.
Stems come from Snowball, in the languages that tantivy has it for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from tantivy import Filter, PreTokenizedString, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

LONGEST = 80
"""Bytes of a word; longer runs are data, not words."""
GAP = "\x1e"
"""Stands for a longer run among words; no word has it."""
PLAIN = "copydesk-plain"
SPACED = "copydesk-spaced"
"""Tokenizers of :func:`tokenizers`."""
_REMEMBERED = 50_000  # words of a language, some 8 MB
_APART = {code: " " for code in range(128) if not chr(code).isalnum()}
UNSTEMMED = ""
"""The language code under which words stay as they are written."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = rf"[{_UNSPACED}]\p{{M}}*|[\p{{L}}\p{{N}}\p{{M}}--[{_UNSPACED}]]+(?:\+\+|#)?"  # C++, C#
_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "nb": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_MARKS = "‘’“”„–—…«»\xa0"  # without which most English text is ASCII, and is cut faster


def _folding() -> dict[int, str | None]:
    accented = (
        range(0xC0, 0x250),
        range(0x370, 0x400),
        range(0x1E00, 0x2000),
        range(0xFB00, 0xFB07),
        range(0xFF10, 0xFF5F),
    )
    table: dict[int, str | None] = {}
    for code in (code for block in accented for code in block):
        letters = unicodedata.normalize("NFKD", chr(code))
        table[code] = "".join(c for c in letters if not unicodedata.combining(c))
    special: dict[str, str | None] = {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
    alike: dict[str, str | None] = {"ς": "σ", "ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا"}
    table.update(str.maketrans(special | alike))
    table.update({ord(mark): " " for mark in _MARKS})
    silent = (range(0x300, 0x370), range(0x591, 0x5C8), range(0x64B, 0x660), range(0x200B, 0x2010))
    silent_too = (0xAD, 0x640, 0x670, 0xFEFF, *range(0x202A, 0x202F), *range(0x2060, 0x206A))
    table.update(dict.fromkeys([code for block in silent for code in block] + list(silent_too)))
    return table


_FOLDING = _folding()
_LENGTHENED = {c for code in _FOLDING for c in (chr(code), chr(code).upper()) if len(c) == 1}
# What one of these becomes is none of the others.
_ALONE = {chr(code): to or "" for code, to in _FOLDING.items() if not to or to.isascii()}
_CHANGES_LENGTH = re.compile(
    f"[{re.escape(''.join(c for c in _LENGTHENED if len(c.lower().translate(_FOLDING)) != 1))}]"
)
# Only these are folded one by one: most of a Latin text is ASCII, which stays as it is.
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_FEW = 24  # different characters, which are sooner replaced all at once than where they stand
_CLUSTER = re.compile("(?s).[\u0300-\u036f]*")


def fold(text: str) -> str:
    """The text without case, accents and vowel points; lone surrogates become ``?``."""
    if text.isascii():
        return text.lower()
    whole = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode().lower()
    for mark in _MARKS:
        whole = whole.replace(mark, " ")
    if whole.isascii():
        return whole
    foreign = set("".join(_FOREIGN.findall(whole)))
    if len(foreign) > _FEW or not all(map(_ALONE.__contains__, foreign)):
        return _FOREIGN.sub(_folded, whole)
    for character in foreign:
        whole = whole.replace(character, _ALONE[character])
    return whole


def _folded(run: re.Match[str]) -> str:
    return run[0].translate(_FOLDING)


def folded_with_origins(text: str) -> tuple[str, list[int] | range]:
    """The folded text, and for each of its characters the place in ``text`` that it comes from.

    One more place than characters: the last is the end of ``text``.
    """
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _CHANGES_LENGTH.search(text)):
        return fold(text), range(len(text) + 1)
    pieces: list[str] = []
    origins: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        pieces.append(fold(cluster[0]))
        origins.extend([cluster.start()] * len(pieces[-1]))
    return "".join(pieces), [*origins, len(text)]


def stemmer_of(language: str | None) -> str:
    """The code of the stemmer for this language, or :data:`UNSTEMMED`."""
    code = (language or "").partition("-")[0].lower()
    return code if code in _STEMMERS else UNSTEMMED


def plain(folded: str) -> bool:
    """Whether tantivy's simple tokenizer cuts the folded text as the regex does, ten times faster."""
    return folded.isascii() and "++" not in folded and "#" not in folded


class _Stems(dict[str, str]):
    """The stem of each word of ASCII that was asked for lately; KeyError for one that has none, or is too long.

    Texts say the same words over and over: of seven hundred, tantivy is asked for some thirty.
    """

    def __init__(self, stemmer: str) -> None:
        super().__init__()
        self._analyzer = _built(stemmer, Tokenizer.simple)

    def __missing__(self, word: str) -> str:
        (stem,) = self._analyzer.analyze(word) or ("",)
        if not stem:
            raise KeyError(word)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = stem
        return stem


_stems = cache(_Stems)


def _analyzer(folded: str, stemmer: str) -> TextAnalyzer:
    return _built(stemmer, Tokenizer.simple if plain(folded) else _by_regex)


def _by_regex() -> Tokenizer:
    return Tokenizer.regex(_WORD)


@cache
def _built(stemmer: str, tokenizer: Callable[[], Tokenizer]) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(tokenizer()).filter(Filter.remove_long(LONGEST))
    if stemmer:
        builder = builder.filter(Filter.stemmer(_STEMMERS[stemmer]))
    return builder.build()


def cut(folded: str, stemmer: str) -> PreTokenizedString:
    """The words of a folded text, stemmed, with their places in characters of it."""
    return _analyzer(folded, stemmer).pre_tokenize(folded)


def spaced(folded: str, stemmer: str) -> str | None:
    """The words of :func:`cut` with a space between; ``None`` where they would lose their places that way."""
    return " ".join(found) if (found := _known(folded, stemmer)) is not None else None


def _known(folded: str, stemmer: str) -> list[str] | None:
    """The words of :func:`cut`, where the text is plain and none of them is left out."""
    if not plain(folded):
        return None
    try:
        return list(map(_stems(stemmer).__getitem__, folded.translate(_APART).split()))
    except KeyError:
        return None


def in_places(text: str, stemmer: str) -> list[str]:
    """The words of a text as a field of that stemmer holds them, with :data:`GAP` where one is too long to be held."""
    folded = fold(text)
    if (known := _known(folded, stemmer)) is not None:
        return known
    if all(len(run) * (1 if run.isascii() else 4) <= LONGEST for run in folded.split()):
        return list(_analyzer(folded, stemmer).analyze(folded))
    found: list[str] = []
    for token in cut(folded, stemmer).tokens:
        found += [GAP] * (token.position - len(found))
        found.append(token.text)
    return found


def tokenizers() -> dict[str, TextAnalyzer]:
    """What cuts a :func:`plain` text, and a :func:`spaced` one, inside tantivy: by the names that fields know them by."""
    return {PLAIN: _built(UNSTEMMED, Tokenizer.simple), SPACED: _built(UNSTEMMED, Tokenizer.whitespace)}


def words(text: str, stemmer: str = UNSTEMMED) -> tuple[str, ...]:
    """The words of a text as a field of that stemmer holds them."""
    folded = fold(text)
    return tuple(_analyzer(folded, stemmer).analyze(folded))


def stems(text: str, stemmers: Iterable[str]) -> dict[tuple[str, ...], frozenset[str]]:
    """The words of a text in each of the stemmers, and which of them agree."""
    agreed: dict[tuple[str, ...], frozenset[str]] = {}
    for stemmer in stemmers:
        found = words(text, stemmer)
        agreed[found] = agreed.get(found, frozenset()) | {stemmer}
    return agreed


def unspaced(word: str) -> bool:
    """Whether the word is one character of a script without spaces."""
    return len(words(f"a{word}")) > 1


def without_possessive(text: str) -> str:
    """A query's text without a last ``'s``, which splits off as a word of its own in texts."""
    return text[:-2] if text[-2:-1] in ("'", "’") and text[-1:] in ("s", "S") else text
