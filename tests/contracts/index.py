"""What every index promises, whatever it is made of.

A subclass gives `index`, a fixture; where it wants to test an index that is opened again before
each question, it also overrides `asked`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.model import Article, Entry, Window
from bot.domain.ports import Index
from bot.domain.query import expand, parse
from tests.builders import NOON, a_quote, an_article, an_entry


class Shelf:
    """The questions of a library that an index asks, over entries in a list.

    `refused` is the revision of a file that could not be read: it counts, but has no entry.
    """

    def __init__(self, *entries: Entry, refused: int = 0) -> None:
        self.entries = list(entries)
        self.refused = refused
        self.merged: dict[int, tuple[int, int]] = {}
        self.removed: list[tuple[int, int]] = []

    def put(self, entry: Entry) -> None:
        self.entries = [other for other in self.entries if other.id != entry.id] + [entry]

    async def after_revision(self, revision: int, *, limit: int) -> tuple[Entry, ...]:
        later = (entry for entry in self.entries if entry.revision > revision)
        return tuple(sorted(later, key=lambda entry: entry.revision)[:limit])

    def merge(self, story: int, *, into: int, revision: int) -> None:
        self.merged[story] = into, revision
        self.entries = [replace(one, story=into) if one.story == story else one for one in self.entries]

    async def gone(self, window: Window) -> tuple[int, ...]:
        return tuple(one for one, revision in self.removed if window.after < revision <= window.upto)

    def remove(self, id: int, *, revision: int) -> None:
        self.entries = [entry for entry in self.entries if entry.id != id]
        self.removed.append((id, revision))

    async def moved(self, window: Window) -> tuple[Entry, ...]:
        made = {into for into, revision in self.merged.values() if window.after < revision <= window.upto}
        return tuple(entry for entry in self.entries if entry.story in made)

    async def former(self, of: Collection[int]) -> Mapping[int, tuple[int, ...]]:
        into = {into for into, _ in self.merged.values()} & set(of)
        return {
            one: tuple(story for story, (other, _) in self.merged.items() if other == one) for one in into
        }

    async def revision(self) -> int:
        changes = (*(entry.revision for entry in self.entries), *(revision for _, revision in self.removed))
        return max([self.refused, *changes])


def a_speech() -> tuple[Article, Entry]:
    article = an_article(
        "The council met on the future of the port.",
        '"Inflation is too high," said Ada Vane. "Growth is too weak," said Bruno Holt.',
        title="Council quarrels over money",
        standfirst="Aldermen weigh a toll on lorries",
        source="Evening Courier",
        agency="Halvenian Press Agency",
        byline="Carla Prent",
    )
    vane = a_quote(article, "Inflation is too high", "Ada Vane", "Ada Vane")
    holt = a_quote(article, "Growth is too weak", "Bruno Holt", "Bruno Holt")
    return article, an_entry(article, vane, holt, id=2)


SPEECH, SPEECH_ENTRY = a_speech()
ENTRIES = (
    an_entry(id=1),
    SPEECH_ENTRY,
    an_entry(
        an_article(
            "Die Brücken über den Fluss sind gesperrt.",
            title="Straßen zu",
            language="de",
            source="Abendblatt",
            published=NOON - timedelta(days=9),
        ),
        id=3,
        story=1,
    ),
    an_entry(an_article("中央银行提高利率。市场下跌。", title="利率", language="zh", source="港报"), id=4),
    an_entry(
        an_article("The C++ desk of AT&T sends e-mail. O'Brien’s café is in Łódź.", title=None, source=None),
        id=5,
    ),
)


MEANT = {
    "": [1, 2, 3, 4, 5],
    "bridge": [1],
    "BRIDGES": [1],
    "repairs": [1],  # of the title
    "ferries bridge": [1],
    "ferries council": [],
    "ferries OR council": [1, 2],
    "(ferries OR council) -port": [1],
    "-ferries": [2, 3, 4, 5],
    "NOT (ferries OR council)": [3, 4, 5],
    '"harbour bridge"': [1],
    '"bridge harbour"': [],
    "bri*": [1, 5],  # and O'Brien
    "bridg*": [1],
    "ridge": [],
    "title:bridge": [1],
    "title:ferries": [],
    'title:"bridge closes"': [1],
    "source:courier": [2],
    'source:"evening courier"': [2],
    "source:halvenian": [2],
    "lorry toll": [2],
    '"toll on lorries"': [2],
    "alder*": [2],
    "title:lorries": [],
    "-lorries lang:en": [1, 5],
    "by:prent": [2],
    "lang:de": [3],
    "story:1": [1, 3],
    "topic:unknown": [],
    "brucke": [3],
    "Brücken": [3],
    "strassen": [3],
    "利率": [4],
    "银行提高": [4],
    "行银": [],
    "市*": [4],
    "c++": [5],
    "AT&T": [5],
    "e-mail": [5],
    "O’Brien's": [5],
    "o'brien": [5],
    "cafe lodz": [5],
    "after:2031-03-04": [1, 2, 4, 5],
    "before:2031-03-04": [3],
    "on:2031-02-23": [3],
    "last:3h": [1, 2, 4, 5],
    "last:1h": [],
    "last:2w": [1, 2, 3, 4, 5],
    "🚢": [1, 2, 3, 4, 5],  # nothing to look for, as the parser notes
}
"""What is typed, and the entries that it means."""


class IndexContract:
    async def asked(self, index: Index, shelf: Shelf) -> Index:
        await index.follow(shelf)  # type: ignore[arg-type]  # the part of a library that it needs
        return index

    async def ids(self, index: Index, text: str, shelf: Shelf | None = None, limit: int = 20) -> list[int]:
        return await self.found(await self.asked(index, shelf or Shelf(*ENTRIES)), text, limit)

    async def found(self, asked: Index, text: str, limit: int = 20) -> list[int]:
        found = await asked.search(parse(text).query, now=NOON, limit=limit)
        assert found.total >= len(found.matches)
        return [] if found.tolerant else sorted(match.entry for match in found.matches)

    async def test_finds_what_the_query_means(self, index: Index):
        asked = await self.asked(index, Shelf(*ENTRIES))
        assert {text: await self.found(asked, text) for text in MEANT} == MEANT

    async def test_counts_what_narrowing_would_leave(self, index: Index):
        asked = await self.asked(index, Shelf(*ENTRIES))
        found = await asked.facets(parse("").query, now=NOON)
        assert (found.total, found.looked) == (5, 5)
        assert found.speakers == {"Ada Vane": 1, "Bruno Holt": 1}
        assert list(found.months.items()) == [("2031-03", 4), ("2031-02", 1)]
        assert {
            "Abendblatt": 1,
            "Evening Courier": 1,
            "Halvenian Press Agency": 1,
        }.items() < found.outlets.items()
        filters = {f'source:"{name}"': count for name, count in found.outlets.items()}
        filters |= {f'said:"{name}"': count for name, count in found.speakers.items()}
        for text, count in filters.items():
            assert (await asked.search(parse(text).query, now=NOON, limit=1)).total == count
        said = await asked.facets(parse("growth lang:en").query, now=NOON)
        assert (said.total, said.speakers) == (1, {"Bruno Holt": 1})
        assert (await asked.facets(parse("inflatoin").query, now=NOON)).speakers == {"Ada Vane": 1}
        assert (await asked.facets(parse("zeppelin").query, now=NOON)).total == 0

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('said:"Ada Vane"', [2]),
            ('said:"Vane, Ada"', [2]),
            ("said:vane", [2]),
            ("said:van*", [2]),
            ("said:vane inflation", [2]),
            ("said:holt inflation", []),
            ("said:holt (inflation OR growth)", [2]),
            ("(said:holt OR said:vane) inflation", [2]),
            ("said:vane said:holt", [2]),
            ("said:vane port", []),  # the article's word, not hers
            ("said:vane title:quarrels", [2]),
            ("said:vane -port", []),
            ("-said:vane council", []),
            ("said:vane OR ferries", [1, 2]),
            ("said:council", []),
        ],
    )
    async def test_words_beside_a_speaker_stand_in_that_speakers_quote(
        self, index: Index, text: str, expected: list[int]
    ):
        assert await self.ids(index, text) == expected

    async def test_each_language_is_stemmed_by_its_own_rules(self, index: Index):
        shelf = Shelf(
            an_entry(an_article("The bank of the river.", title=None, language="en"), id=1),
            an_entry(an_article("En bank i byen.", title=None, language="da"), id=2),
            an_entry(an_article("Bank mjesta.", title=None, language="hr"), id=3),
        )
        assert await self.ids(index, "banks", shelf) == [1, 2]  # Croatian has no stemmer
        assert await self.ids(index, "banker", shelf) == [2]  # Danish for banks, in English somebody else
        assert await self.ids(index, "bank", shelf) == [1, 2, 3]

    async def test_title_and_lead_weigh_more_than_the_rest(self, index: Index):
        filler = ("Nothing else is told here.", "The weather was mild in the valley on that day.")
        shelf = Shelf(
            an_entry(an_article(*filler, "A dredger came.", title="Quiet day"), id=1),
            an_entry(an_article("A dredger came.", *filler, title="Quiet day"), id=2),
            an_entry(an_article(*filler, "Somebody came.", title="Dredger here"), id=3),
        )
        asked = await self.asked(index, shelf)
        found = await asked.search(parse("dredger").query, now=NOON, limit=9)
        assert [match.entry for match in found.matches] == [3, 2, 1]

    async def test_of_equal_matches_the_newer_comes_first(self, index: Index):
        ages = (5, 1, 9)
        shelf = Shelf(
            *(
                an_entry(an_article(published=NOON - timedelta(days=age)), id=number)
                for number, age in enumerate(ages, start=1)
            )
        )
        asked = await self.asked(index, shelf)
        for text in ("bridge", ""):
            found = await asked.search(parse(text).query, now=NOON, limit=9)
            assert [match.entry for match in found.matches] == [2, 1, 3]

    @pytest.mark.parametrize(
        "text",
        ["brigde", "fery OR ferreis", "said:vnae", "said:Vane inflatoin", "concil OR sorce", "title:clsoes"],
    )
    async def test_with_no_match_typing_errors_are_forgiven(self, index: Index, text: str):
        asked = await self.asked(index, Shelf(*ENTRIES))
        found = await asked.search(parse(text).query, now=NOON, limit=9)
        assert found.tolerant
        assert found.total == len(found.matches) == 1

    async def test_short_words_numbers_and_what_is_unwanted_are_taken_as_typed(self, index: Index):
        asked = await self.asked(index, Shelf(*ENTRIES))
        for text in ("tne", "2031", "ferries -birdge -bridge"):
            found = await asked.search(parse(text).query, now=NOON, limit=9)
            assert (found.total, found.tolerant) == (0, False)

    async def test_what_an_exclusion_empties_was_not_mistyped(self, index: Index):
        asked = await self.asked(index, Shelf(*ENTRIES))
        whole = await asked.search(parse("ferries").query, now=NOON, limit=9)
        assert whole.total
        for text in ("ferries -ferries", "ferries -(brigde OR ferries)", "ferries -ferry last:900w"):
            found = await asked.search(parse(text).query, now=NOON, limit=9)
            assert (found.total, found.tolerant, found.excluded) == (0, False, whole.total)
        assert (await asked.search(parse("fery -bridge").query, now=NOON, limit=9)).excluded == 0

    async def test_pages_are_slices_of_one_order(self, index: Index):
        asked = await self.asked(index, Shelf(*(an_entry(id=number) for number in range(1, 8))))
        query = parse("bridge").query
        whole = await asked.search(query, now=NOON, limit=50)
        pages = [
            await asked.search(query, now=NOON, limit=3, offset=offset) for offset in (0, 3, 6, 9, 10**9)
        ]
        assert [match for page in pages for match in page.matches] == list(whole.matches)
        assert {page.total for page in pages} == {7}
        assert (await asked.search(query, now=NOON, limit=0)).matches == ()

    async def test_matching_gives_every_entry_of_the_window_in_order(self, index: Index):
        shelf = Shelf(*(an_entry(id=number, revision=100 - number) for number in range(1, 60)))
        asked = await self.asked(index, shelf)
        window = Window(50, 95)
        assert await asked.matching(parse("").query, window, now=NOON) == tuple(range(49, 4, -1))
        assert await asked.matching(parse("bridge -oil").query, window, now=NOON) == tuple(range(49, 4, -1))
        assert await asked.matching(parse("-bridge").query, window, now=NOON) == ()
        assert await asked.matching(parse("").query, Window(99, 99), now=NOON) == ()

    async def test_a_changed_entry_is_found_as_it_is_now(self, index: Index):
        shelf = Shelf(*ENTRIES)
        assert await self.ids(index, "said:vane", shelf) == [2]
        shelf.put(an_entry(an_article("Only a lighthouse remains."), id=2, revision=6, story=9))
        assert await self.ids(index, "said:vane OR council", shelf) == []
        assert await self.ids(index, "lighthouse story:9", shelf) == [2]
        assert await self.ids(index, "", shelf) == [1, 2, 3, 4, 5]

    async def test_follow_reaches_the_librarys_revision(self, index: Index):
        shelf = Shelf(*ENTRIES)
        assert await index.follow(shelf) == 5  # type: ignore[arg-type]
        shelf.refused = 8  # a file that could not be read: a revision without an entry
        assert await index.follow(shelf) == 8  # type: ignore[arg-type]
        assert await index.follow(Shelf(*ENTRIES, an_entry(id=9))) == 9  # type: ignore[arg-type]

    async def test_a_topic_searches_for_its_text(self, index: Index):
        asked = await self.asked(index, Shelf(*ENTRIES))
        query = expand(parse("topic:Port").query, {"port": "ferries OR council"})
        assert (await asked.search(query, now=NOON, limit=9)).total == 2

    async def test_a_merged_story_is_found_by_all_its_ids_and_nothing_is_changed_anew(self, index: Index):
        shelf = Shelf(*ENTRIES)
        asked = await self.asked(index, shelf)
        shelf.refused = 9  # the file whose article showed that the two are one
        shelf.merge(2, into=1, revision=9)
        for text in ("story:1", "story:2"):
            assert await self.ids(asked, text, shelf) == [1, 2, 3]
        assert await asked.matching(parse("").query, Window(5, 9), now=NOON) == ()

    async def test_an_empty_index_answers(self, index: Index):
        found = await index.search(parse("bridge").query, now=NOON, limit=5)
        assert (found.total, found.matches) == (0, ())
        assert await index.matching(parse("").query, Window(0, 9), now=NOON) == ()

    async def test_what_was_removed_is_found_no_more_by_any_index(self, index: Index):
        shelf = Shelf(*ENTRIES)
        assert await self.ids(index, "council", shelf) == [2]
        shelf.remove(2, revision=6)
        assert await self.ids(index, "council OR said:Vane", shelf) == []
        assert await self.ids(index, "", shelf) == [1, 3, 4, 5]
