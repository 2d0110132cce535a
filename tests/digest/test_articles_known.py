"""What a composer knows already: each article is sent once, and anew where it was forgotten or is another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.digest import articles_known
from bot.digest.articles_known import Heads, Known, Lacking, Name, Sent
from bot.domain.model import Entry, Window
from tests.builders import an_entry

WINDOW = Window(0, 9)


class Shelf:
    """A library of entries, which notes what is asked for."""

    def __init__(self, *entries: Entry) -> None:
        self.kept = {entry.id: entry for entry in entries}
        self.asked: list[list[int]] = []

    async def entries(self, ids: Sequence[int]) -> tuple[Entry, ...]:
        self.asked.append(list(ids))
        return tuple(self.kept[one] for one in ids if one in self.kept)


def entry(id: int, *, revision: int = 0, bulk: bool = False) -> Entry:
    return replace(an_entry(), id=id, revision=revision or id, story=id, bulk=bulk)


async def test_each_article_is_read_and_sent_once() -> None:
    shelf = Shelf(*map(entry, (1, 2, 3)))
    heads, known = Heads(shelf), Known()  # type: ignore[arg-type]  # no more of a library is needed
    first = await heads.found([1, 2], 3, WINDOW, bulk=True)
    assert known.entries(first) == (shelf.kept[1], shelf.kept[2])
    second = await heads.found([3, 1], 3, WINDOW, bulk=True)
    assert known.entries(second) == (shelf.kept[3], shelf.kept[1])
    assert second.entries == (shelf.kept[3],)
    assert shelf.asked == [[1, 2], [3]]


async def test_what_a_composer_lost_is_sent_again() -> None:
    shelf = Shelf(*map(entry, (1, 2)))
    heads = Heads(shelf)  # type: ignore[arg-type]  # as above
    await heads.found([1, 2], 2, WINDOW, bulk=True)
    restarted = Known()
    sent = await heads.found([1, 2], 2, WINDOW, bulk=True)
    assert restarted.entries(sent) == Lacking((1, 2))
    heads.forget((1, 2))
    assert restarted.entries(await heads.found([1, 2], 2, WINDOW, bulk=True)) == tuple(shelf.kept.values())


async def test_an_article_that_was_changed_is_another() -> None:
    shelf = Shelf(entry(1))
    heads, known = Heads(shelf), Known()  # type: ignore[arg-type]  # as above
    known.entries(await heads.found([1], 1, WINDOW, bulk=True))
    for changed in (replace(entry(1), story=5), replace(entry(1), reread=7)):
        shelf.kept[1] = changed
        assert known.entries(await heads.found([1], changed.story + changed.changed, WINDOW, bulk=True)) == (
            changed,
        )


@pytest.mark.parametrize(
    ("bulk", "window", "found"),
    [(True, WINDOW, [1, 2, 3]), (False, WINDOW, [1, 3]), (True, Window(1, 2), [2])],
)
async def test_only_what_is_the_windows_is_named(bulk: bool, window: Window, found: list[int]) -> None:
    shelf = Shelf(entry(1), entry(2, bulk=True), entry(3))
    sent = await Heads(shelf).found([1, 2, 3, 4], 3, window, bulk=bulk)  # type: ignore[arg-type]  # as above
    assert [name.entry for name in sent.names] == found
    assert [one.id for one in sent.entries] == found


def test_another_desks_articles_have_the_same_ids() -> None:
    known, one, other = Known(), entry(1), replace(entry(1), origin="other.html")
    name = Name.of(one)
    assert known.entries(Sent(1, (name,), (one,))) == (one,)
    assert known.entries(Sent(2, (name,))) == Lacking((1,))
    assert known.entries(Sent(2, (name,), (other,))) == (other,)


def test_a_composer_keeps_a_limited_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles_known, "MOST", 2)
    known, every = Known(), tuple(map(entry, (1, 2, 3)))
    names = tuple(map(Name.of, every))
    assert known.entries(Sent(1, names, every)) == every  # more than are kept are told all the same
    assert known.entries(Sent(1, names)) == Lacking((1,))
