"""Language codes as the outside tools name them."""

from __future__ import annotations

NAMES: dict[str, str] = {
    "ar": "arabic",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "he": "hebrew",
    "hu": "hungarian",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "ml": "malayalam",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sl": "slovene",
    "sv": "swedish",
    "th": "thai",
    "tr": "turkish",
    "uk": "ukrainian",
    "zh": "chinese",
}
"""ISO 639-1 code to the lower-case English name that Punkt and sumy use."""


def name_of(language: str | None) -> str | None:
    """The English name of a code such as ``en`` or ``pt-BR``; ``None`` when it is not in the table."""
    return NAMES.get((language or "").replace("_", "-").split("-")[0].lower())
