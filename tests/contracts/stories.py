"""What every Library promises of stories: what they are found by, and that a merged one stays findable."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.model import Gist, Kept, Member, Window
from bot.domain.ports import Library
from tests.builders import NOON, a_reading, an_article

GIST = Gist(
    terms={"ferri": 800, "brücke": 600},
    head=frozenset({"ferri"}),
    title={"ferri": 1000},
    body={"ferri": 640, "rocks": 768},
    names={"brücke": 600, "橋": 800},
    numbers=frozenset({"14", "1.2"}),
    years=frozenset({"1904"}),
    fullness=0.25,
    source="Gazette 🌉",
    published=NOON - timedelta(microseconds=1),
    fingerprint=(-(2**63), 0, 2**63 - 1),
)


async def told(
    library: Library,
    body: str,
    *,
    story: int | None = None,
    absorbs: tuple[int, ...] = (),
    gist: Gist | None = GIST,
    added: datetime = NOON,
) -> Kept:
    return await library.keep(
        a_reading(an_article(body)),
        origin=body,
        data_key=body,
        added=added,
        story=story,
        gist=gist,
        absorbs=absorbs,
    )


class StoriesContract:
    """For a class with a fixture `library`: an empty one."""

    async def stories(self, library: Library) -> list[int]:
        return [entry.story for entry in await library.after_revision(0, limit=99)]

    async def test_a_gist_is_kept_as_it_is(self, library: Library):
        assert await library.newest_member() == 0
        await told(library, "One.", gist=None)
        two = await told(library, "Two.")
        assert await library.members(since=NOON, after=0, limit=9) == (Member(2, 2, NOON, GIST),)
        assert await library.newest_member() == two.entry

    async def test_entries_without_a_gist_are_named_and_given_one_once(self, library: Library):
        old = NOON - timedelta(days=9)
        await told(library, "Ended.", gist=None, added=old)
        grows = await told(library, "One.", gist=None, added=old)
        two = await told(library, "Two.", gist=None, story=grows.entry)
        three = await told(library, "Three.")
        missing = await library.without_gist(since=NOON, limit=9)
        assert [entry.id for entry in missing] == [grows.entry, two.entry]
        assert await library.without_gist(since=NOON, limit=1) == missing[:1]
        other = replace(GIST, fullness=1.0)
        await library.keep_gists({grows.entry: other, two.entry: other, three.entry: other})
        assert await library.without_gist(since=NOON, limit=9) == ()
        kept = await library.members(since=NOON, after=0, limit=9)
        assert [member.gist for member in kept] == [other, other, GIST]
        await library.keep_gists({})

    async def test_members_are_those_of_stories_that_still_grow_page_by_page(self, library: Library):
        old = NOON - timedelta(days=9)
        grows = await told(library, "One.", added=old)
        await told(library, "Two.", added=old)
        await told(library, "Three.", story=grows.entry)
        found = await library.members(since=NOON, after=0, limit=1)
        rest = await library.members(since=NOON, after=found[-1].entry, limit=9)
        assert [(one.entry, one.story, one.added) for one in (*found, *rest)] == [(1, 1, old), (3, 1, NOON)]

    async def test_stories_that_turn_out_to_be_one_are_merged_and_found_by_their_former_ids(
        self, library: Library
    ):
        for body in ("One.", "Two.", "Three.", "Four."):
            await told(library, body)
        await told(library, "Five.", story=3, absorbs=(4,))
        kept = await told(library, "Six.", story=1, absorbs=(3,))
        assert await self.stories(library) == [1, 2, 1, 1, 1, 1]
        assert [await library.story(one) for one in (1, 2, 3, 4, 99)] == [1, 2, 1, 1, 99]
        assert await library.former({1, 2, 3}) == {1: (3, 4)}
        assert [one.story for one in await library.members(since=NOON, after=0, limit=9)] == [
            1,
            2,
            1,
            1,
            1,
            1,
        ]
        assert [entry.id for entry in await library.moved(Window(kept.revision - 1, kept.revision))] == [
            1,
            3,
            4,
            5,
            6,
        ]
        assert await library.moved(Window(0, 4)) == ()

    async def test_a_merge_moves_no_article_into_another_window(self, library: Library):
        await told(library, "One.")
        await told(library, "Two.")
        kept = await told(library, "Three.", story=1, absorbs=(2,))
        assert [entry.id for entry in await library.after_revision(kept.revision - 1, limit=9)] == [3]

    async def test_who_joins_a_story_that_was_merged_meanwhile_joins_what_it_is_now(self, library: Library):
        await told(library, "One.")
        await told(library, "Two.")
        await told(library, "Three.", story=1, absorbs=(2,))
        kept = await told(library, "Four.", story=2, absorbs=(2, 1))
        assert kept.stored is not None
        assert kept.stored.story == 1
        assert await self.stories(library) == [1, 1, 1, 1]
        assert await library.former({1}) == {1: (2,)}

    async def test_a_known_text_merges_nothing(self, library: Library):
        await told(library, "One.")
        await told(library, "Two.")
        again = await library.keep(
            a_reading(an_article("Two.")),
            origin="b",
            data_key="b",
            added=NOON,
            story=1,
            gist=GIST,
            absorbs=(2,),
        )
        assert again.outcome == "known"
        assert await self.stories(library) == [1, 2]
        assert len(await library.members(since=NOON, after=0, limit=9)) == 2
