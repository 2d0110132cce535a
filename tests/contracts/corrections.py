"""What every Library promises about corrections: a newer text in the place of an older one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.errors import NoSuchEntry
from bot.domain.model import Arrival, Article, Kept, Window
from bot.domain.ports import Library
from bot.domain.reasons import Reason, in_words
from tests.builders import NOON, a_quote, a_reading, an_article

EVERYTHING = Window(0, 1_000_000)
MINUTE = timedelta(minutes=1)
PAGE = "https://gazette.example/news/bridge"
LONG = "Bridge " * 3000


async def bring(
    library: Library,
    article: Article | str,
    origin: str,
    *,
    revises: int | None = None,
    bulk: bool = False,
    story: int | None = None,
    minutes: int = 0,
) -> Kept:
    """Keep the article; its bytes are its text."""
    reading = a_reading(an_article(article) if isinstance(article, str) else article)
    key, added = reading.article.text, NOON + minutes * MINUTE
    return await library.keep(
        reading, origin=origin, data_key=key, added=added, story=story, bulk=bulk, revises=revises
    )


class CorrectionsContract:
    """Inherit, and give a fixture `library`: an empty one."""

    async def test_a_correction_takes_the_place_of_a_text(self, library: Library):
        first = await bring(library, "Eleven.", "a.txt")
        second = await bring(library, "Other.", "b.txt", story=first.entry)
        article = an_article(
            "“Twelve,” said Mara Ilves.", title="New", url=PAGE, byline="B", fingerprint=(1, 2)
        )
        reading = a_reading(article, a_quote(article, "Twelve", "Mara Ilves", "Mara Ilves"))
        kept = await library.keep(
            reading,
            origin="c.txt",
            data_key="c",
            added=NOON + MINUTE,
            story=99,
            bulk=True,
            revises=second.entry,
        )
        assert kept == Kept(second.entry, 3, "corrected")
        entry = await library.entry(second.entry)
        assert kept.stored == entry
        assert (entry.article, entry.summary, entry.quotes) == (article, reading.summary, reading.quotes)
        assert (entry.id, entry.revision, entry.story) == (second.entry, 3, first.entry)
        assert (entry.added, entry.origin, entry.bulk) == (NOON, "c.txt", True)
        assert [one.id for one in await library.after_revision(0, limit=9)] == [first.entry, second.entry]
        assert [one.id for one in await library.after_revision(2, limit=9)] == [second.entry]

    async def test_a_correction_is_an_arrival_with_its_reason(self, library: Library):
        first = await bring(library, "Eleven.", "a.txt")
        await bring(library, an_article("Twelve.", title=None), "b.txt", revises=first.entry, minutes=1)
        await bring(library, "Thirteen.", "c.txt", revises=first.entry, minutes=2)
        assert await library.arrivals(Window(1, 9)) == (
            Arrival(
                "b.txt",
                "corrected",
                NOON + MINUTE,
                2,
                first.entry,
                Reason("correction.of_headline", headline="Harbour bridge closes for repairs"),
            ),
            Arrival(
                "c.txt",
                "corrected",
                NOON + 2 * MINUTE,
                3,
                first.entry,
                Reason("correction.of_file", file="b.txt"),
            ),
        )
        seen = await library.seen("Twelve.")
        assert seen is not None
        assert (seen.outcome, seen.entry) == ("corrected", first.entry)
        assert await library.revision_at(NOON + MINUTE) == 2

    async def test_the_same_correction_is_made_once(self, library: Library):
        first = await bring(library, "Eleven.", "a.txt")
        corrected = await bring(library, "Twelve.", "b.txt", revises=first.entry)
        again = await bring(library, "Twelve.", "b.txt", revises=first.entry)
        assert again == Kept(first.entry, corrected.revision, "known")
        assert await library.revision() == 2
        copy = await bring(library, "Twelve.", "copy.txt", revises=first.entry)
        assert copy == Kept(first.entry, 3, "known")
        assert (await library.entry(first.entry)).revision == 2
        assert (await library.arrivals(Window(2, 3)))[0].reason == Reason("known.same", file="b.txt")

    async def test_a_text_that_was_corrected_does_not_come_back(self, library: Library):
        first = await bring(library, "Eleven.", "a.txt")
        await bring(library, "Twelve.", "b.txt", revises=first.entry)
        await bring(library, "Thirteen.", "c.txt", revises=first.entry)
        for text, revises in (("Eleven.", first.entry), ("Twelve.", None)):
            late = await bring(library, text, "late.txt", revises=revises)
            assert (late.entry, late.outcome) == (first.entry, "known")
        assert (await library.entry(first.entry)).article.text == "Thirteen."
        assert (await library.arrivals(EVERYTHING))[-1].reason == Reason("known.earlier", file="c.txt")

    async def test_a_correction_that_is_the_text_of_another_entry_is_known(self, library: Library):
        first, second = await bring(library, "One.", "a.txt"), await bring(library, "Two.", "b.txt")
        kept = await bring(library, "Two.", "c.txt", revises=first.entry)
        assert kept == Kept(second.entry, 3, "known")
        assert (await library.entry(first.entry)).article.text == "One."

    @pytest.mark.parametrize("id", [0, 2, -1])
    async def test_a_correction_of_nothing_is_refused_and_leaves_no_trace(self, library: Library, id: int):
        await bring(library, "One.", "a.txt")
        with pytest.raises(NoSuchEntry) as caught:
            await bring(library, "Two.", "b.txt", revises=id)
        assert caught.value.id == id
        assert await library.revision() == 1
        assert len(await library.arrivals(EVERYTHING)) == 1
        assert (await bring(library, "Two.", "b.txt")).outcome == "new"

    async def test_a_refused_file_can_turn_out_to_be_a_correction(self, library: Library):
        first = await bring(library, "One.", "a.txt")
        await library.refuse(origin="b.txt", data_key="Two.", reason=in_words("no reader"), added=NOON)
        kept = await bring(library, "Two.", "b.txt", revises=first.entry)
        assert kept == Kept(first.entry, 3, "corrected")
        assert [(one.name, one.outcome) for one in await library.arrivals(Window(1, 9))] == [
            ("b.txt", "corrected")
        ]

    async def test_namesakes_have_the_address_or_the_title_of_an_outlet(self, library: Library):
        async def found(article: Article, minutes: int = 0) -> list[int]:
            return [one.id for one in await library.namesakes(article, since=NOON + minutes * MINUTE)]

        page = (await bring(library, an_article("A.", title="Older", url=PAGE), "a")).entry
        title = (await bring(library, an_article("B.", title="Brücke zu!", source="Gazette"), "b")).entry
        both = (
            await bring(library, an_article("C.", title="Brücke zu!", source="Gazette", url=PAGE), "c")
        ).entry
        await bring(library, an_article("D.", title="Brücke zu!", source="Courier"), "d")
        await bring(library, an_article("E.", title=None, source="Gazette"), "e")
        same_page = an_article("X.", title=None, url="http://www.gazette.example/news/bridge/")
        same_title = an_article("X.", title="BRÜCKE  zu", source="gazette")
        assert await found(same_page) == await found(same_page, 999) == [both, page]
        assert await found(same_title) == [both, title]
        assert await found(same_title, 1) == []
        assert await found(an_article("X.", title="Brücke zu!", source=None)) == []
        assert await found(an_article("X.", title=None, url="https://gazette.example/")) == []
        assert await found(an_article("X.", title=None, url=f"{PAGE}?page=2")) == []

    async def test_namesakes_follow_the_corrected_text(self, library: Library):
        first = await bring(library, an_article("A.", title="Old", url=PAGE), "a")
        await bring(library, an_article("B.", title="New", url=f"{PAGE}-2"), "b", revises=first.entry)
        assert await library.namesakes(an_article("X.", title="Old", url=PAGE), since=NOON) == ()
        (found,) = await library.namesakes(an_article("X.", title="New"), since=NOON)
        assert (found.id, found.article.text) == (first.entry, "B.")

    async def test_namesakes_are_the_newest_and_few(self, library: Library):
        for n in range(30):
            await bring(library, an_article(f"Briefing {n}.", title="Briefing", url=PAGE), f"{n}", minutes=n)
        asked = an_article("X.", title="Briefing", url=PAGE)
        found = [one.revision for one in await library.namesakes(asked, since=NOON)]
        assert 0 < len(found) <= 20
        assert found == list(range(30, 30 - len(found), -1))

    @pytest.mark.parametrize("url", [f"https://gazette.example/{LONG}", "http://[broken", "\ud800\0/x", ""])
    async def test_any_title_and_address_can_be_looked_for(self, library: Library, url: str):
        article = an_article("A.", title=f"{LONG}\0", source=f"\udcff{LONG}", url=url)
        kept = await bring(library, article, "a")
        found = await library.namesakes(article, since=NOON)
        assert [one.id for one in found] == [kept.entry]
