"""Words, stop words and stems: what sumy needs to know of a language, without NLTK's downloads."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import islice

from bot.text.languages import name_of

Stemmer = Callable[[str], str]

_WORD = re.compile(
    # Letters, and behind a mark of theirs or an apostrophe more of them: each run is one step, where a letter is none.
    r"[^\W\d_]+(?:(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e]|['’\-](?=[^\W\d_]))[^\W\d_]*)*"
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")

_FEW = 20
"""Characters for each word that is asked for, up to which a text's words are all found: that is quicker."""

MAX_WORDS = 100
"""Words of one sentence that a method looks at: TextRank and Reduction compare every pair."""


class Tokenizer:
    """All that sumy asks of a tokenizer, for one language."""

    def __init__(self, language: str | None) -> None:
        self.language = language

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The sentences of a paragraph, verbatim."""
        from bot.text.sentences import split  # with Punkt, which whoever asks for stop words can do without

        return tuple(span.of(paragraph) for span in split(paragraph, self.language))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The first :data:`MAX_WORDS` words of a sentence, as they are written."""
        return words(sentence, limit=MAX_WORDS)


def words(text: str, *, limit: int | None = None) -> tuple[str, ...]:
    """The words of ``text`` without numbers; scripts without spaces count by pairs of characters."""
    if text.isascii() or not _UNSPACED.search(text):
        if limit is None or len(text) <= _FEW * limit:
            return tuple(_WORD.findall(text)[:limit])
        return tuple([match[0] for match in islice(_WORD.finditer(text), limit)])
    found: list[str] = []
    for match in _WORD.finditer(text):
        if limit is not None and len(found) >= limit:
            break
        word = match.group()
        if _UNSPACED.match(word):
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        else:
            found.append(word)
    return tuple(found[:limit])


@lru_cache(maxsize=64)
def stop_words(language: str | None) -> frozenset[str]:
    """The words that carry no subject, lower case; empty for a language that sumy has no list of."""
    name = name_of(language)
    if name is None:
        return frozenset()
    # sumy.utils reads the same file, once it has loaded a client of the web and all the world's languages (.1 s).
    try:
        data = pkgutil.get_data("sumy", f"data/stopwords/{name}.txt")
    except OSError:
        return frozenset()
    return frozenset(word.rstrip() for word in (data or b"").decode().splitlines() if word)


@lru_cache(maxsize=64)
def stemmer(language: str | None) -> Stemmer:
    """The Snowball (or sumy's own) stemmer of the language; lower case where there is none."""
    from sumy.nlp.stemmers import Stemmer as Snowball

    name = name_of(language)
    if name is None:
        return str.lower
    try:
        found: Stemmer = Snowball(name)
    except LookupError:
        return str.lower
    return found
