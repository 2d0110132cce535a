"""The language of a text."""

from __future__ import annotations

from functools import cache
from typing import Any

SAMPLE = 1_500
"""Characters looked at: on news, the answer does not change beyond the first few sentences."""

SHORTEST = 24
"""Bytes of letters below which no answer is given: four Western words, eight Chinese characters."""

SUREST = 0.8
"""Least probability of an answer that is given: a single news sentence reaches .93."""


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; ``None`` when it is short or unclear."""
    sample = text[:SAMPLE]
    letters = "".join(filter(str.isalpha, sample))
    if len(letters.encode()) < SHORTEST:
        return None
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= SUREST and len(code) == 2 else None


@cache
def _identifier() -> Any:
    # Importing takes .1 s and the model .7 s: only a process that reads articles pays for them.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
