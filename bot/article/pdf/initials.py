"""A large letter that is set into the first lines of a text belongs to the word beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from bot.article.pdf.reading_order import Line

_LARGE = 1.8  # Times the usual size of such a letter.
_NEAR = 2.0  # Parts of the usual size that the word may stand away from it.
_MOST = 40


def with_initials(words: Sequence[Line]) -> list[Line]:
    """The words of a page, in any order, with each large letter before the word that it begins.

    That is the first of the uppermost line at its right. A letter that is a word itself stays one where the page has that word, too.
    """
    if not words:
        return []
    usual = median(word.size for word in words)
    large = [
        word for word in words if len(word.text) == 1 and word.text.isupper() and word.size >= _LARGE * usual
    ]
    found = list(words)
    for letter in large[:_MOST]:
        beside = [
            at
            for at, word in enumerate(found)
            if word.size < letter.size / _LARGE
            and -usual < word.x - letter.right < _NEAR * usual
            and letter.y - usual / 4 <= word.y <= letter.y + letter.size
            and word.text[:1].isalpha()
        ]
        if not beside:
            continue
        at = max(beside, key=lambda at: (found[at].y, -found[at].x))
        word = found[at]
        known = word.text.islower() and any(other.text == word.text for other in words if other is not word)
        apart = " " if known else ""
        found[at] = replace(word, text=f"{letter.text}{apart}{word.text}", x=letter.x)
        found.remove(letter)
    return found
