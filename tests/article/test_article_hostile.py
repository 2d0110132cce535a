"""Whatever a stranger drops ends as an article or as a reason in words, within the worker's budget."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.extract import Clippings, extract_all
from bot.article.html import passages
from bot.domain.errors import OverBudget, UnreadableDocument
from bot.domain.model import Document
from bot.runtime.workers import WorkerPool, WorkerSettings
from tests.article.hostile import corpus, sound
from tests.article.test_article_bad_input import a_whole_article

RECEIVED = datetime(2031, 3, 5, tzinfo=UTC)
SEED = 20310305
STRIDE = int(os.environ.get("COPYDESK_CORPUS_STRIDE", "36"))
"""Every so-manieth file of the corpus is read; `make faults` reads them all."""


def a_document(name: str, data: bytes) -> Document:
    return Document(name=name, data=data, received=RECEIVED)


@pytest.fixture
async def workers() -> AsyncIterator[WorkerPool]:
    pool = WorkerPool(
        WorkerSettings(processes=2, seconds=30, megabytes=1024, preload=("bot.article.extract",))
    )
    yield pool
    await pool.aclose()


async def test_every_file_of_the_corpus_ends_within_its_budget(workers: WorkerPool) -> None:
    tally: Counter[str] = Counter()
    for name, data in islice(corpus(SEED), 0, None, STRIDE):
        try:
            found = await workers.run(extract_all, a_document(name, data))
        except UnreadableDocument as error:
            tally["refused"] += 1
            in_one_sentence(error)
        except OverBudget as error:
            pytest.fail(f"{name}: {error}")
        else:
            tally["read"] += 1
            looked_at(found)
    assert sum(tally.values()) >= 300 // STRIDE
    assert min(tally.values()) >= 60 // STRIDE


def test_many_lists_take_time_by_their_number_and_not_its_square() -> None:
    page = f"<html><body>{'<ul><li>a</ul>' * 21_000}"
    started = process_time()
    found = extract_all(a_document("lists.html", page.encode()))
    assert found.found[0].article.text
    assert process_time() - started < 15  # two or three seconds; by the square of their number it was 22


def test_too_many_paragraphs_are_read_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """trafilatura weighs each paragraph against all others."""
    asked: list[str] = []
    monkeypatch.setattr(passages, "bare_extraction", lambda *_, **__: asked.append("trafilatura"))
    monkeypatch.setattr(passages, "_MOST_PARAGRAPHS", 200)
    told = (
        "<p>The council said on Monday that the bridge over the river would stay shut until the spring.</p>"
    )
    page = f"<html><body><article>{told * 210}</article></body></html>"
    found = extract_all(a_document("paragraphs.html", page.encode()))
    assert not asked
    assert found.found[0].article.text.count("The council said") == 210


def in_one_sentence(error: UnreadableDocument) -> None:
    assert str(error.reason)
    assert "\n" not in str(error.reason)
    assert len(str(error.reason)) < 500, error


def looked_at(found: Clippings) -> None:
    for each in found.found:
        a_whole_article(each.article)
        assert "root:" not in each.article.text  # of /etc/passwd
    for error in found.refused:
        in_one_sentence(error)


def test_the_corpus_is_the_same_for_the_same_seed() -> None:
    first, again = (
        [(name, sha256(data).digest()) for name, data in islice(corpus(SEED), 80)] for _ in range(2)
    )
    assert first == again


SOUND = sound()


@given(st.sampled_from(sorted(SOUND)), st.data())
def test_any_damage_leaves_articles_or_a_reason(name: str, data: st.DataObject) -> None:
    whole = SOUND[name]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    damaged = whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:]
    with contextlib.suppress(UnreadableDocument):
        looked_at(extract_all(a_document(name, damaged)))
