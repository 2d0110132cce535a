"""The quotes of five words or more in the real articles, read by eye: where they stand, and who spoke."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.article.extract import extract
from bot.domain.model import Document
from bot.quotes.counted import MIN_WORDS
from bot.quotes.find import find_quotes

SPOKE: dict[str, list[tuple[int, int, str | None]]] = {
    "c0578b486361": [
        (189, 464, "Putin"),
        (814, 937, "Putin"),
        (1093, 1117, "Lukashenko"),
        (1121, 1352, "Lukashenko"),
        (1466, 1639, "Lukashenko"),
    ],
    "8787fb40fd02": [
        (108, 131, "Putin"),
        (656, 694, "Putin"),
        (701, 752, "Putin"),
        (756, 933, "Putin"),
        (1123, 1169, "Lukashenko"),
        (1945, 1979, "Peskov"),
    ],
    "bacb48d36e98": [
        (178, 275, "Putin"),
        (551, 870, "Putin"),
        (1323, 1512, "Putin"),
        (1517, 1980, "Putin"),
        (2164, 2377, "Putin"),
        # The article spells the surname in two ways and the full name only in the other one; "he"
        # then follows a sentence about two men.
        (2463, 2602, None),
        (2615, 2711, None),
        (2752, 3061, None),
    ],
    "60e40a99d9f3": [
        (189, 360, "Putin"),
        (452, 493, "Putin"),
        (892, 1140, "Putin"),
        (1315, 1463, "Lukashenko"),
    ],
    "7f5304424f04": [(538, 773, "Putin")],
}
"""By the first twelve digits of the file's SHA-256: start, end, last name; ``None`` is silence."""


@pytest.mark.parametrize("key", sorted(SPOKE))
def test_every_real_quote_has_its_speaker(shared: Path, key: str) -> None:
    files = {
        hashlib.sha256(path.read_bytes()).hexdigest()[:12]: path for path in (shared / "seeds").iterdir()
    }
    data = files[key].read_bytes()
    article = extract(Document(name="seed.txt", data=data, received=datetime(2031, 3, 4, tzinfo=UTC)))
    long = [one for one in find_quotes(article) if len(one.words.of(article.text).split()) >= MIN_WORDS]
    found = [
        (one.words.start, one.words.end, one.speaker_name and one.speaker_name.split()[-1]) for one in long
    ]
    assert found == SPOKE[key]
