"""The language of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SAMPLE = 1_500
"""Characters looked at: on news, the answer does not change beyond the first few sentences."""

GLANCE = 400
"""Characters that are looked at first."""

PLAIN = 0.999
"""Probability from which on they are enough: on 305 pages in 25 languages the rest changed nothing then."""

SHORTEST = 24
"""Bytes of letters below which no answer is given: four Western words, eight Chinese characters."""

LONG = 200
"""Bytes of letters from which on a text may outweigh what its page says."""

CERTAIN = 0.97
"""Least probability with which it does: right for all 175 news pages in 25 languages that were looked at."""

_RELATIVES = (
    frozenset(("da", "nb", "nn", "no", "sv")),
    frozenset(("bs", "hr", "sr", "sl", "mk", "bg")),
    frozenset(("cs", "sk")),
    frozenset(("id", "ms", "jv")),
    frozenset(("es", "ca", "gl", "pt", "an", "oc", "ast")),
    frozenset(("de", "lb", "nl", "af")),
    frozenset(("ru", "uk", "be")),
    frozenset(("hi", "mr", "ne")),
    frozenset(("fa", "ar", "ur", "ps")),
)
"""Languages that are easily taken for each other: between them the page decides."""

_KANA, _HANGUL, _HAN = map(re.compile, ("[\u3041-\u30fa]", "[\uac00-\ud7a3]", "[\u3400-\u9fff]"))
_SENTENCE = 16  # Characters of a short sentence of Chinese.

SUREST = 0.8
"""Least probability of an answer that is given: a single news sentence reaches .93."""


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; ``None`` when it is short or unclear."""
    sample = text[:SAMPLE]
    if not _has_letters(sample, SHORTEST):
        return None
    code, probability = _classified(sample)
    return code if probability >= SUREST and len(code) == 2 else _by_script(_letters(sample))


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _has_letters(sample: str, least: int) -> bool:
    """Whether its letters have so many bytes; nearly always those at its head have them."""
    return any(len(_letters(part).encode()) >= least for part in (sample[: 2 * least], sample))


def _by_script(letters: str) -> str | None:
    """The language that the script alone says: kana and Hangul have one each, Chinese has no kana in a whole sentence."""
    kana, hangul, han = (len(script.findall(letters)) for script in (_KANA, _HANGUL, _HAN))
    if 2 * (kana + hangul + han) < len(letters):
        return None
    if hangul > kana + han:
        return "ko"
    return "ja" if kana else "zh" if han >= _SENTENCE else None


def settled(stated: str | None, text: str) -> str | None:
    """The language of ``text``, of which its page says that it is ``stated``.

    A page's word is a template's as often as an editor's: a long text in another language, and in no
    near relative, outweighs it.
    """
    if stated is None:
        return language(text)
    sample = text[:SAMPLE]
    if not _has_letters(sample, LONG):
        return stated
    code, probability = _classified(sample)
    own = stated.replace("_", "-").split("-")[0].lower()
    near = any(own in family and code in family for family in _RELATIVES)
    return stated if code == own or near or len(code) != 2 or probability < CERTAIN else code


def _classified(sample: str) -> tuple[str, float]:
    """The likeliest language and its probability; by a first look where that leaves no doubt."""
    code, probability = _identifier().classify(sample[:GLANCE])
    if probability < PLAIN and len(sample) > GLANCE:
        code, probability = _identifier().classify(sample)
    return str(code), float(probability)


@cache
def _identifier() -> Any:
    # Importing takes .1 s and the model .7 s: only a process that reads articles pays for them.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
