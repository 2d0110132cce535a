"""A corpus of broken and hostile files, the same for the same seed, made in memory.

Four kinds: files of every format damaged at random, files under a wrong name, two files in one,
and files made to hurt a reader (:mod:`tests.article.bombs`, :mod:`tests.article.badpdfs`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.article import samples
from tests.article.badpdfs import pdfs
from tests.article.bombs import CRAFTED


def sound() -> dict[str, bytes]:
    """A sound file of every format, by name."""
    return {
        "a.txt": samples.TEXT, "a.md": samples.MARKDOWN, "a.html": samples.HTML, "a.mhtml": samples.mhtml(),
        "a.eml": samples.mail(html=samples.HTML.decode(), attached={"b.txt": samples.TEXT, "c.pdf": samples.pdf()}),
        "a.pdf": samples.pdf(), "a.docx": samples.docx(), "a.webarchive": samples.webarchive(), "a.odt": samples.odt(), "a.rtf": samples.rtf(), "a.epub": samples.epub(),
        "a.json": samples.JSON, "a.jsonl": samples.jsonl(4),
        "a.rss": samples.rss(3), "a.atom": samples.atom(3), "a.nitf": samples.NITF, "a.g2.xml": samples.newsml(2),
        "a.zip": samples.zipped({"a.txt": samples.TEXT, "b.html": samples.HTML}), "a.txt.gz": samples.gzipped(samples.TEXT),
    }  # fmt: skip


def corpus(seed: int) -> Iterator[tuple[str, bytes]]:
    """Some four hundred files, each with a name that says what is wrong with it."""
    dice = random.Random(seed)
    whole = sound()
    for name, data in whole.items():
        for number in range(9):
            yield (
                f"{DAMAGE[number % len(DAMAGE)].__name__} {number} {name}",
                DAMAGE[number % len(DAMAGE)](data, dice),
            )
    names = list(whole)
    for name, data in whole.items():
        yield f"wrong name {dice.choice(names)}", data
        other = whole[dice.choice(names)]
        yield f"two in one {name}", data[: dice.randrange(len(data))] + other[dice.randrange(len(other)) :]
    for crafted in (*CRAFTED, pdfs):
        yield from crafted().items()


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def beheaded(data: bytes, dice: random.Random) -> bytes:
    return data[dice.randrange(len(data)) :]


def flipped(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(max(3, len(data) // 200)):
        changed[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(changed)


def holed(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    return data[:start] + bytes(dice.randrange(1, 200)) + data[start + dice.randrange(200) :]


def repeated(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    return data[:start] + data[start : start + 300] * 400 + data[start:]


DAMAGE = (cut, beheaded, flipped, holed, repeated)
