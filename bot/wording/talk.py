"""Words by which sentences among people are told from commands, in all languages: data alone, in lower case."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


VERBS = _set(
    "is isn't are aren't was wasn't were seems seem looks works work worked does doesn't do did didn't has had will"
    " won't would can can't cannot could should must may might never still always again already just needs need"
    " finds found shows showed keeps came comes came gets got went goes broke breaks takes took says said feels"
    " ist sind war waren hat hatte wird kann soll sollte muss findet zeigt geht ging kommt kam funktioniert"
)
"""Behind a command's word they make a sentence about it: "search is broken"."""

PEOPLE = _set(
    "i i'm i've i'd i'll you you're you've we we're we've they they're he she me us them him her my your our their his"
    " it it's this that these those if because when who whoever anyone everybody everyone somebody someone nobody"
    " ich du wir ihr sie er es mich dich uns euch mir dir mein dein unser euer dies das wenn weil wer jemand jemanden alle"
)
"""People speak of each other and of what was said with these; who asks for news seldom does."""

ASIDE = _set("me us him jemand jemanden wen")
"""Right behind "search" they are looked for by people: "search me", "Suche jemanden für die Spätschicht"."""
