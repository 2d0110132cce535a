"""What every Library promises, whatever keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.domain.errors import NoSuchEntry
from bot.domain.model import Arrival, Kept, Reading, Window
from bot.domain.ports import Library
from bot.domain.reasons import Reason, in_words
from tests.builders import NOON, a_quote, a_reading, an_article
from tests.contracts.arriving import ArrivingContract
from tests.contracts.corrections import CorrectionsContract
from tests.contracts.stories import StoriesContract

EVERYTHING = Window(0, 1_000_000)
MINUTE = timedelta(minutes=1)


async def keep(
    library: Library,
    body: str,
    *,
    origin: str = "a.txt",
    data: str | None = None,
    added: datetime = NOON,
    story: int | None = None,
) -> Kept:
    """Keep an article of one paragraph; its bytes are its body unless told otherwise."""
    reading = a_reading(an_article(body))
    return await library.keep(reading, origin=origin, data_key=data or body, added=added, story=story)


def a_full_reading() -> Reading:
    article = an_article(
        "“We shall not close,” said Mara Ilves, the mayor. “Never.”",
        "Ferries run every ten minutes. 🚢 العبّارات تعمل.",
        title="Bridge 🌉",
        byline="Tomas Rand",
        section="City",
        standfirst="Islanders cross by ferry, “free of charge” 🚢",
        agency="dpa",
        url="https://gazette.example/bridge",
        published=NOON - timedelta(microseconds=1),
        precision="second",
        fingerprint=(0, 7, 2**64 - 1),
    )
    return a_reading(
        article,
        a_quote(article, "We shall not close", "Mara Ilves", "Mara Ilves", "the mayor"),
        a_quote(article, "Never"),
        sentences=("Ferries run every ten minutes.",),
    )


class LibraryContract(ArrivingContract, CorrectionsContract, StoriesContract):
    """Inherit, and give a fixture `library`: an empty one."""

    async def test_nothing_has_arrived_in_an_empty_library(self, library: Library):
        assert await library.revision() == 0
        assert await library.revision_at(NOON) == 0
        assert await library.after_revision(0, limit=10) == ()
        assert await library.arrivals(EVERYTHING) == ()
        assert await library.seen("bytes") is None

    async def test_what_is_kept_comes_back_whole(self, library: Library):
        reading = a_full_reading()
        added = NOON + timedelta(microseconds=123_457)
        kept = await library.keep(reading, origin="wire/a.html", data_key="k", added=added, story=None)
        assert kept == Kept(entry=kept.entry, revision=1, outcome="new")
        entry = await library.entry(kept.entry)
        assert kept.stored == entry
        assert (entry.article, entry.summary, entry.quotes) == (
            reading.article,
            reading.summary,
            reading.quotes,
        )
        assert (entry.id, entry.revision, entry.origin, entry.added) == (kept.entry, 1, "wire/a.html", added)

    async def test_an_article_of_bare_text_comes_back_with_nothing_added(self, library: Library):
        article = an_article("Only words.", title=None, source=None, language=None, published=None)
        kept = await library.keep(a_reading(article), origin="a", data_key="k", added=NOON, story=None)
        assert (await library.entry(kept.entry)).article == article

    async def test_a_moment_of_another_zone_comes_back_in_utc(self, library: Library):
        there = NOON.astimezone(timezone(timedelta(hours=5, minutes=45)))
        kept = await keep(library, "One.", added=there)
        added = (await library.entry(kept.entry)).added
        assert added == there
        assert added.utcoffset() == timedelta(0)

    async def test_an_entry_founds_a_story_or_joins_one(self, library: Library):
        first = await keep(library, "One.")
        second = await keep(library, "Two.", story=first.entry)
        third = await keep(library, "Three.")
        stories = [entry.story for entry in await library.entries([first.entry, second.entry, third.entry])]
        assert stories == [first.entry, first.entry, third.entry]

    async def test_the_same_text_is_stored_once(self, library: Library):
        first = await keep(library, "One.", origin="first.txt", data="html")
        again = await keep(library, "One.", origin="second.txt", data="mail", story=99)
        assert again == Kept(entry=first.entry, revision=2, outcome="known")
        assert len(await library.after_revision(0, limit=10)) == 1
        assert (await library.entry(first.entry)).story == first.entry
        new, known = await library.arrivals(EVERYTHING)
        assert new == Arrival("first.txt", "new", NOON, 1, first.entry)
        assert (known.name, known.outcome, known.entry, known.revision) == (
            "second.txt",
            "known",
            first.entry,
            2,
        )
        assert known.reason is not None
        assert "first.txt" in str(known.reason)

    async def test_the_same_file_is_recorded_once(self, library: Library):
        first = await keep(library, "One.")
        again = await keep(library, "One.", added=NOON + MINUTE)
        assert again == Kept(entry=first.entry, revision=first.revision, outcome="known")
        assert await library.revision() == 1
        assert [arrival.outcome for arrival in await library.arrivals(EVERYTHING)] == ["new"]

    async def test_what_became_of_a_file_is_remembered_until_it_is_answered(self, library: Library):
        file = {"origin": "a.txt", "data_key": "One."}
        assert await library.unanswered(**file) is None
        await keep(library, "One.")
        await keep(library, "One.")
        assert await library.unanswered(**file) == "new"
        await library.answered([("b.txt", "One."), ("a.txt", "One."), ("never.txt", "came")], (), NOON)
        assert await library.unanswered(**file) is None
        await keep(library, "One.")
        assert await library.unanswered(**file) is None

    async def test_the_same_file_under_a_second_name_is_recorded_once_more(self, library: Library):
        await keep(library, "One.", origin="a.txt")
        await keep(library, "One.", origin="b.txt")
        await keep(library, "One.", origin="b.txt")
        assert [(each.name, each.outcome) for each in await library.arrivals(EVERYTHING)] == [
            ("a.txt", "new"),
            ("b.txt", "known"),
        ]

    async def test_a_new_content_under_an_old_name_is_new(self, library: Library):
        await keep(library, "Monday.", origin="report.txt")
        assert (await keep(library, "Tuesday.", origin="report.txt")).outcome == "new"
        assert await library.revision() == 2

    async def test_a_refused_file_is_recorded_once(self, library: Library):
        for minutes in range(3):
            await library.refuse(
                origin="a.pdf", data_key="k", reason=Reason("file.empty"), added=NOON + minutes * MINUTE
            )
        assert await library.arrivals(EVERYTHING) == (
            Arrival("a.pdf", "unreadable", NOON, 1, None, Reason("file.empty")),
        )
        assert await library.seen("k") is None

    async def test_a_refused_file_that_can_be_read_later_becomes_new(self, library: Library):
        await library.refuse(origin="a.pdf", data_key="k", reason=in_words("no reader"), added=NOON)
        await keep(library, "Other.", origin="b.txt")
        kept = await keep(library, "One.", origin="a.pdf", data="k", added=NOON + MINUTE)
        assert (kept.outcome, kept.revision) == ("new", 3)
        assert [(each.name, each.outcome, each.revision) for each in await library.arrivals(EVERYTHING)] == [
            ("b.txt", "new", 2),
            ("a.pdf", "new", 3),
        ]

    async def test_a_file_that_was_read_once_is_not_refused_later(self, library: Library):
        await keep(library, "One.", data="k")
        await library.refuse(origin="a.txt", data_key="k", reason=in_words("out of memory"), added=NOON)
        assert await library.revision() == 1
        assert [each.outcome for each in await library.arrivals(EVERYTHING)] == ["new"]

    async def test_seen_tells_the_first_arrival_of_the_bytes(self, library: Library):
        await library.refuse(origin="0.txt", data_key="k", reason=in_words("vanished"), added=NOON)
        first = await keep(library, "One.", origin="1.txt", data="k")
        await keep(library, "One.", origin="2.txt", data="k")
        seen = await library.seen("k")
        assert seen is not None
        assert (seen.name, seen.outcome, seen.entry) == ("1.txt", "new", first.entry)
        assert await library.seen("other") is None

    async def test_entries_come_in_the_order_asked_for(self, library: Library):
        one, two, three = [(await keep(library, body)).entry for body in ("One.", "Two.", "Three.")]
        found = await library.entries([three, 999, one, two, one, -1, 10**30])
        assert [entry.id for entry in found] == [three, one, two, one]
        assert await library.entries([]) == ()

    async def test_many_entries_can_be_asked_for_at_once(self, library: Library):
        one = (await keep(library, "One.")).entry
        assert [entry.id for entry in await library.entries(range(70_000))] == [one]

    @pytest.mark.parametrize("id", [1, 0, -1, 2**63, 10**30])
    async def test_an_entry_that_does_not_exist_is_named(self, library: Library, id: int):
        with pytest.raises(NoSuchEntry) as caught:
            await library.entry(id)
        assert caught.value.id == id

    async def test_changes_come_in_pages_by_revision(self, library: Library):
        ids = [(await keep(library, f"Text {n}.")).entry for n in range(5)]
        page = await library.after_revision(0, limit=3)
        rest = await library.after_revision(page[-1].revision, limit=3)
        assert [entry.id for entry in page + rest] == ids
        assert [entry.revision for entry in page + rest] == [1, 2, 3, 4, 5]
        assert await library.after_revision(5, limit=3) == ()

    async def test_every_change_has_the_next_revision(self, library: Library):
        await keep(library, "One.", origin="a")
        await library.refuse(origin="b", data_key="b", reason=in_words("empty"), added=NOON)
        await keep(library, "One.", origin="c")
        await keep(library, "Two.", origin="d")
        arrivals = await library.arrivals(EVERYTHING)
        assert [(each.name, each.revision) for each in arrivals] == [("a", 1), ("b", 2), ("c", 3), ("d", 4)]
        assert await library.revision() == 4

    async def test_a_window_leaves_out_its_start_and_has_its_end(self, library: Library):
        for n in range(4):
            await keep(library, f"Text {n}.", origin=f"{n}")
        assert [each.name for each in await library.arrivals(Window(1, 3))] == ["1", "2"]
        assert await library.arrivals(Window(2, 2)) == ()

    async def test_a_moment_has_the_revision_of_then(self, library: Library):
        for n in range(3):
            await keep(library, f"Text {n}.", added=NOON + n * MINUTE)
        instant = timedelta(microseconds=1)
        moments = [NOON - instant, NOON, NOON + MINUTE - instant, NOON + MINUTE, NOON + 9 * MINUTE]
        assert [await library.revision_at(moment) for moment in moments] == [0, 1, 1, 2, 3]

    async def test_a_clock_that_was_set_back_hides_nothing(self, library: Library):
        await keep(library, "One.", added=NOON)
        await keep(library, "Two.", added=NOON + 10 * MINUTE)
        await keep(library, "Three.", added=NOON + 5 * MINUTE)
        since = await library.revision_at(NOON + 7 * MINUTE)
        assert [each.revision for each in await library.arrivals(Window(since, 3))] == [2, 3]

    @pytest.mark.parametrize(
        "name",
        [
            "line\nbreak.txt",
            "🗞️ ملف.txt",
            "'; DROP TABLE entries; --",
            '"quoted" %s :x {y}.txt',
            "d/" * 2040 + "long.txt",
            " " * 9,
        ],
    )
    async def test_any_name_comes_back(self, library: Library, name: str):
        await keep(library, "One.", origin=name)
        await keep(library, "One.", origin="second")
        arrivals = await library.arrivals(EVERYTHING)
        assert [each.name for each in arrivals] == [name, "second"]

    async def test_names_that_are_no_text_stay_apart(self, library: Library):
        await keep(library, "One.", origin="\udcff.txt", data="k")
        await keep(library, "One.", origin="\udcfe.txt", data="k")
        assert [each.name for each in await library.arrivals(EVERYTHING)] == ["\ufffd.txt", "\ufffd.txt"]

    async def test_characters_that_no_database_takes_leave_the_spans_in_place(self, library: Library):
        sound = an_article("A_B and _ C.", "“Enough” he said.")
        article = replace(sound, text=sound.text.replace("_ ", "\ud800 ").replace("_", "\0"), title="T\0")
        reading = a_reading(article, a_quote(article, "Enough"))
        kept = await library.keep(reading, origin="a", data_key="k\0", added=NOON, story=None)
        assert kept.stored == await library.entry(kept.entry)
        entry = await library.entry(kept.entry)
        assert entry.article.text.startswith("A\ufffdB and \ufffd C.")
        assert entry.quotes[0].words.of(entry.article.text) == "Enough"
        assert await library.seen("k\0") is not None

    async def test_a_megabyte_of_text_comes_back(self, library: Library):
        body = "Ten chars. " * 100_000
        kept = await keep(library, body, data="k")
        assert (await library.entry(kept.entry)).article.text == body
