"""The quotes of five words or more in the real articles, read by eye: who said each, in order.

`None` is silence: "he" after two men, a surname that the article spells in two ways.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.article.extract import extract
from bot.model import Document
from bot.summary.quotes import MIN_WORDS, find_quotes

SPOKE: dict[str, list[str | None]] = {
    "c0578b486361": ["Putin", "Putin", "Lukashenko", "Lukashenko", "Lukashenko"],
    "8787fb40fd02": ["Putin", "Putin", "Putin", "Putin", "Lukashenko", None],
    "bacb48d36e98": ["Putin", "Putin", None, "Putin", None, None, None, None],
    "60e40a99d9f3": ["Putin", "Putin", "Putin", "Lukashenko"],
    "7f5304424f04": ["Putin"],
}
"""By the first twelve digits of the file's SHA-256."""


@pytest.mark.parametrize("key", sorted(SPOKE))
def test_every_real_quote_has_its_speaker(shared: Path, key: str) -> None:
    files = {
        hashlib.sha256(path.read_bytes()).hexdigest()[:12]: path for path in (shared / "seeds").iterdir()
    }
    data = files[key].read_bytes()
    article = extract(Document(name="seed.txt", data=data, received=datetime(2031, 3, 4, tzinfo=UTC)))
    long = [q for q in find_quotes(article) if len(q.words.of(article.text).split()) >= MIN_WORDS]
    assert [q.speaker_name and q.speaker_name.split()[-1] for q in long] == SPOKE[key]
