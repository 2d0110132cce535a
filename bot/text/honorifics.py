"""What stands before a person's name and is none of it: "Ms", "Dr.", "Frau", "Minister". Pure."""

from __future__ import annotations

from bot.text.cue_files import every_title

_FORMS_OF_ADDRESS = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "madam", "dr", "prof", "st", "herr", "frau", "monsieur", "madame", "mademoiselle", "m", "mme", "mlle", "señor", "señora", "señorita", "sr", "sra", "don", "doña", "signor", "signora", "sig", "senhor", "senhora", "meneer", "mevrouw", "mw", "dhr", "hr", "fru", "herra", "rouva", "pan", "pani", "bay", "bayan"]
)  # fmt: skip


def without_titles(name: str) -> str:
    """The name without the titles and forms of address that it begins with; one that is nothing else stays."""
    words = name.split()
    for number, word in enumerate(words[:-1]):
        if not _is_title(word):
            return " ".join(words[number:])
    return words[-1] if words else ""


def _is_title(word: str) -> bool:
    bare = word.casefold().rstrip(".")
    return bare in _FORMS_OF_ADDRESS or not every_title().isdisjoint({bare, f"{bare}."})
