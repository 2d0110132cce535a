"""What every Library promises of articles that come together: stored as one by one, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.arriving import Arriving
from bot.domain.model import Window
from bot.domain.ports import Library
from tests.builders import NOON, a_reading, an_article
from tests.contracts.stories import GIST

PAGE = "https://gazette.example/ferry"
ALL = Window(0, 999)
THREE = tuple(
    Arriving(
        a_reading(an_article(f"Ship {n} sails\x00.", title=f"Ship {n}")),
        f"{n}.txt",
        f"bytes {n}",
        NOON + timedelta(seconds=n),
        bulk=n == 2,
        gist=GIST,
    )
    for n in (1, 2, 3)
)
LIKE = (
    replace(THREE[0], origin="other.txt", data_key="other"),  # its text
    replace(THREE[0], reading=a_reading(an_article("Other."))),  # its file
    Arriving(a_reading(an_article("Other.", title="SHIP, 1")), "4", "4", NOON),  # its title and outlet
    Arriving(a_reading(an_article("Other.", url=PAGE + "/")), "4", "4", NOON),
)


async def one_by_one(library: Library, *coming: Arriving) -> None:
    for one in coming:
        await library.keep(
            one.reading,
            origin=one.origin,
            data_key=one.data_key,
            added=one.added,
            story=one.story,
            bulk=one.bulk,
            gist=one.gist,
            absorbs=one.absorbs,
        )


async def all_of(library: Library) -> tuple[object, ...]:
    return (
        await library.after_revision(0, limit=99),
        await library.arrivals(ALL),
        await library.members(since=NOON, after=0, limit=99),
        await library.former(range(9)),
        await library.revision_at(NOON + timedelta(seconds=2)),
        await library.unanswered(origin="1.txt", data_key="bytes 1"),
    )


class ArrivingContract:
    """For a class with the fixtures `library` and `another`: empty ones."""

    async def test_those_that_come_together_are_as_if_they_came_one_by_one(
        self, library: Library, another: Library
    ):
        first, second, third = THREE
        coming = (first, replace(second, story=1), third, replace(third, absorbs=(1,), story=3))
        last = replace(
            coming[3], reading=a_reading(an_article("The end.", title=None)), origin="4", data_key="4"
        )
        coming = (*coming[:3], last)
        await one_by_one(another, *coming)
        unknown = await library.unknown(coming, since=NOON)
        assert (unknown.count, unknown.revision, unknown.entry) == (4, 0, 0)
        kept = await library.keep_all(coming, at=0)
        assert kept is not None
        assert [(one.entry, one.revision, one.outcome) for one in kept] == [
            (n, n, "new") for n in (1, 2, 3, 4)
        ]
        assert await all_of(library) == await all_of(another)

    async def test_nothing_is_stored_where_the_library_has_changed_meanwhile(self, library: Library):
        await one_by_one(library, THREE[0])
        before = await all_of(library)
        assert await library.keep_all(THREE[1:], at=0) is None
        assert await all_of(library) == before
        assert await library.keep_all(THREE[1:], at=1)

    async def test_one_that_resembles_another_is_not_unknown(self, library: Library):
        paged = replace(THREE[1], reading=a_reading(an_article("Paged.", title=None, url=PAGE)))
        for like in LIKE:
            assert (await library.unknown((THREE[0], paged, like, THREE[2]), since=NOON)).count == 2
        await one_by_one(library, THREE[0], paged)
        for like in LIKE:
            unknown = await library.unknown((THREE[2], like), since=NOON)
            assert (unknown.count, unknown.revision, unknown.entry) == (1, 2, 2)
        later = NOON + timedelta(minutes=1)  # a title counts for a while
        counts = [(await library.unknown((like,), since=later)).count for like in LIKE]
        assert counts == [0, 0, 1, 0]
