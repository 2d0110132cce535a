"""Whole pages, ours and the five real ones, come out as their articles and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.article.extract import extract
from bot.domain.model import Article, Document

PAGES = Path(__file__).parent / "pages"
RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)


def read(path: Path, received: datetime = RECEIVED) -> Article:
    return extract(Document(name=path.name, data=path.read_bytes(), received=received))


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.[tm]*")), ids=lambda path: path.stem)
def test_page(path: Path) -> None:
    article = read(path)
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = {
        "title": article.title,
        "source": article.source,
        "agency": article.agency,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "published": article.published.isoformat() if article.published else None,
        "precision": article.published_precision,
        "language": article.language,
    }
    edges = [
        (text[: len(start)], text[-len(end) :])
        for text, (start, end) in zip(paragraphs(article), expected["paragraphs"], strict=False)
    ]
    assert found == {key: expected[key] for key in found}
    assert len(article.paragraphs) == len(expected["paragraphs"])
    assert edges == [tuple(pair) for pair in expected["paragraphs"]]


def paragraphs(article: Article) -> list[str]:
    return [span.of(article.text) for span in article.paragraphs]


SEEDS = {
    "000_440db191710f3cfc": (
        None,
        None,
        "2023-04-03T00:00",
        "day",
        9,
        308,
        "Russian President",
        "from the West.",
    ),
    "001_daed9db5ba0fe4eb": (
        "Putin thanks Lukashenko for “joint work” to ensure the security of Russia and Belarus",
        "EUROPE PRESS",
        "2023-04-05T00:00",
        "day",
        8,
        319,
        "The President of Russia",
        "achieve the goals.”",
    ),
    "002_81cbbcd1e3b44f68": (
        None,
        "global bihari bureau",
        None,
        None,
        9,
        484,
        "Russian President",
        "outcome of our talks”.",
    ),
    "003_283e66cc2711870b": (
        "Putin, Lukashenko meet to strengthen Russian-Belarusian ties",
        "Xinhua",
        "2022-12-20T00:00",
        "day",
        7,
        216,
        "Russian President",
        'of our economies," he said.',
    ),
    "004_e42e1bba66b9d22c": (
        "Putin, Lukashenko pledge to boost integration between Russia, Belarus",
        "IANS",
        "2023-04-07T02:17",
        "minute",
        10,
        316,
        "Russian President",
        "Russia-Belarus integration.",
    ),
}


@pytest.mark.parametrize("name", SEEDS)
def test_real_article(shared: Path, name: str) -> None:
    title, source, published, precision, count, words, first, last = SEEDS[name]
    article = read(shared / "seeds" / f"{name}.txt", datetime(2026, 11, 22, tzinfo=UTC))
    assert (article.title, article.source, article.published_precision) == (title, source, precision)
    assert (article.published.isoformat()[:16] if article.published else None) == published
    assert (len(article.paragraphs), len(article.text.split())) == (count, words)
    assert article.text.startswith(first)
    assert article.text.endswith(last)
    assert article.language == "en"
