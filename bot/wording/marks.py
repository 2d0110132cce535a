"""Which quotation marks a language is set in. Pure.

The first pair is that of Unicode's CLDR 47 (unicode-org/cldr-json 47.0.0, ``delimiters.json``, compared
language by language), but for Spanish, where CLDR has English marks and the Real Academia asks for angular
ones first, and for the space that French sets inside its marks. The other pairs are what the language's
press is also set in, taken where the article has them.
"""

from __future__ import annotations

import re

Pair = tuple[str, str]

ENGLISH: Pair = ("“", "”")
_LOW_HIGH: Pair = ("„", "“")
_LOW_RIGHT: Pair = ("„", "”")
_RIGHT: Pair = ("”", "”")
_POINTING_OUT: Pair = ("«", "»")
_POINTING_IN: Pair = ("»", "«")
_SPACED: Pair = ("«\u00a0", "\u00a0»")
_CORNERS: Pair = ("「", "」")

_PAIRS: dict[str, tuple[Pair, ...]] = {
    "am": (_POINTING_OUT,),
    "ar": (("”", "“"), _POINTING_OUT, ENGLISH),
    "be": (_POINTING_OUT, _LOW_HIGH),
    "bg": (_LOW_HIGH,),
    "bs": (_LOW_RIGHT,),
    "ca": (_POINTING_OUT, ENGLISH),
    "cs": (_LOW_HIGH, _POINTING_IN),
    "da": (ENGLISH, _POINTING_IN, _RIGHT),
    "de": (_LOW_HIGH, _POINTING_OUT, _POINTING_IN),
    "el": (_POINTING_OUT, ENGLISH),
    "en": (ENGLISH,),
    "es": (_POINTING_OUT, ENGLISH),
    "et": (_LOW_HIGH,),
    "eu": (_POINTING_OUT, ENGLISH),
    "fa": (_POINTING_OUT,),
    "fi": (_RIGHT, _POINTING_IN),
    "fr": (_SPACED, ENGLISH),
    "gl": (ENGLISH, _POINTING_OUT),
    "he": (_RIGHT,),
    "hr": (_LOW_HIGH, _LOW_RIGHT, _POINTING_IN),
    "hu": (_LOW_RIGHT,),
    "hy": (_POINTING_OUT,),
    "is": (_LOW_HIGH,),
    "it": (_POINTING_OUT, ENGLISH),
    "ja": (_CORNERS,),
    "ka": (_LOW_HIGH,),
    "kk": (_POINTING_OUT,),
    "ky": (_POINTING_OUT,),
    "lb": (_LOW_HIGH,),
    "lt": (_LOW_HIGH,),
    "lv": (ENGLISH, _LOW_HIGH, _POINTING_OUT),
    "mk": (_LOW_HIGH,),
    "nb": (_POINTING_OUT, ENGLISH),
    "nn": (_POINTING_OUT, ENGLISH),
    "no": (_POINTING_OUT, ENGLISH),
    "nl": (("‘", "’"), ENGLISH),
    "pl": (_LOW_RIGHT, _POINTING_OUT),
    "pt": (ENGLISH, _POINTING_OUT),
    "rm": (_POINTING_OUT,),
    "ro": (_LOW_RIGHT,),
    "ru": (_POINTING_OUT, _LOW_HIGH),
    "sk": (_LOW_HIGH, _POINTING_IN),
    "sl": (_LOW_HIGH, _POINTING_IN),
    "sq": (_POINTING_OUT, _LOW_HIGH),
    "sr": (_LOW_RIGHT, _LOW_HIGH),
    "sv": (_RIGHT, _POINTING_IN),
    "uk": (_POINTING_OUT, _LOW_HIGH),
    "ur": (("”", "“"),),
    "zh": (ENGLISH, _CORNERS),
}
"""By ISO 639-1; whatever is not here has English marks in CLDR, or nothing that we know of."""


def marks_for(language: str | None, opening: str = "") -> Pair:
    """The marks of an ISO 639-1 code: those that open with ``opening`` where they are the language's, too."""
    code = (language or "en").replace("_", "-").split("-")[0].lower()
    pairs = _PAIRS.get(code, (ENGLISH,))
    return next((pair for pair in pairs if opening and pair[0].startswith(opening)), pairs[0])


DASHES = "֊־᐀᠆‐‑‒–—―⁃⸗⸚⸺⸻⹀⹝〜〰゠︱︲﹘﹣－−⁻₋˗➖"
"""Every dash and minus of Unicode but the ASCII one, and what people take for one: phones put them in its place."""

_DOUBLE = str.maketrans(dict.fromkeys("“”„‟«»〝〞〟＂「」『』", '"'))
_SINGLE = re.compile(r"""("[^"]*")|(?<!\w)['‘’‚‛‹›]([^"'‘’‚‛‹›\s]+\s[^"'‘’‚‛‹›]*)(?<=\S)['‘’‛‹›](?!\w)""")


def plain(text: str) -> str:
    """The text with ``"`` for quotation marks of any language; single ones are some where they enclose several words."""
    return _SINGLE.sub(lambda found: found[1] or f'"{found[2]}"', text.translate(_DOUBLE))
