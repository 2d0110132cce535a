"""What a text has twice or glued to its end: pull quotes with their names, "Read more"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.article.text.block_kinds import Kind, shape, words_in

_FEWEST, _MOST = 5, 45  # Words of a pull quote.
_MARKS = "\"'“”„‟«»‹›‘’「」『』.,!? "
_OPENING = frozenset('"“„«‹‘「『')
_LONGER = 10  # Characters that the paragraph has beside it, from which it was pulled.
_MOST_PULLED = (
    60  # Lines that are looked for in others; so a long text takes no time that grows with its square.
)
_NAME = 6  # Words of the name below it.
_SAID = re.compile(r"[.!?…:;][\"'”’»)]{0,2}$")
_READ_ON = re.compile(
    r"(?<=[.!?…\"'”’»)\]。」])\s{0,3}(?:\[(?:…|\.\.\.)\] ?)?[\[(<]?(?i:(?:click (?:here )?to )?read (?:more|on|the full (?:story|article))|(?:continue|keep) reading|weiterlesen|mehr lesen|(?:hier )?weiter ?lesen"
    r"|lire la suite|(?:leer|ver) más|seguir leyendo|leggi tutto|continua a leggere|leia mais|continue lendo|lees (?:verder|meer)|läs (?:mer|vidare)|les mer|læs mere"
    r"|czytaj (?:więcej|dalej)|číst dál|celý článek|читать (?:далее|дальше|полностью)|читати далі|devamını oku|続きを読む|阅读全文|閱讀全文|더 ?보기)[\])>]?[ .…»›>→⟶]{0,4}$"
)
_ENDING = 60  # Characters at the end of a paragraph within which it stands.


def once(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs without what they hold twice; as they are where no sentence would be left.

    A pull quote is words that another, longer paragraph has within quotation marks; its name is the short line below it.
    """
    texts = [_ended(text) for text in paragraphs]
    dropped = set(_pulled(texts))
    kept = tuple(text for at, text in enumerate(texts) if at not in dropped)
    return kept if any(shape(text) is not Kind.LINE for text in kept) else tuple(paragraphs)


def _ended(text: str) -> str:
    found = _READ_ON.search(text, max(0, len(text) - _ENDING))
    return text[: found.start()].rstrip() if found and found.start() else text


def _pulled(texts: Sequence[str]) -> Iterator[int]:
    short = [at for at, text in enumerate(texts) if at and _FEWEST <= words_in(text[:600]) <= _MOST]
    for at in short[:_MOST_PULLED]:
        words = texts[at].strip(_MARKS)
        if not any(_quotes(other, words) for other in texts if len(other) >= len(texts[at]) + _LONGER):
            continue
        yield at
        below = texts[at + 1].lstrip("–—- ") if at + 1 < len(texts) else ""
        named = below and words_in(below) <= _NAME and not _SAID.search(below)
        if named and any(below in other for other in (*texts[: at + 1], *texts[at + 2 :])):
            yield at + 1


def _quotes(text: str, words: str) -> bool:
    at = text.find(words)
    return at > 0 and text[at - 1] in _OPENING
