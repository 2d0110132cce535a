"""Which entry an article revises, else which story it belongs to: asked before it is kept, noted after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import OverBudget
from bot.domain.model import Article, Gist, Kept, Member, Window
from bot.domain.ports import Desk
from bot.stories.recent import RecentStories
from bot.stories.revision import revised

STORY_MEMORY = timedelta(days=7)
"""How long a story waits for its next article, and how far back an article may correct one of its title."""

AT_ONCE = 1000
"""Members read in one query."""

_ANY = 2**63 - 1
"""A revision that none exceeds."""

COMPLETED_AT_ONCE = 20
"""Articles placed once more between two looks into the library: others wait no longer than for these."""


@dataclass(frozen=True, slots=True)
class Place:
    """The entry that an article is a new revision of; else the story to join, and those that it makes one with it.

    Without either, a story of its own.
    """

    revises: int | None = None
    story: int | None = None
    gist: Gist | None = None
    absorbs: tuple[int, ...] = ()


class Placing:
    """Knows the stories of the last days, in memory; what it knows follows from what the library keeps.

    One that starts anew finds the same places, and so does one beside which another process kept an article.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._recent = RecentStories()
        self._newest = 0
        self._looked = 0

    async def place(self, article: Article, now: datetime) -> Place:
        """Its place among what there is; it revises nothing where comparing took too much."""
        library = self._desk.library
        namesakes = await library.namesakes(article, since=now - STORY_MEMORY)
        if namesakes:
            try:
                found = await self._desk.workers.run(revised, article, namesakes, arrived=now)
            except OverBudget:
                found = None
            if found is not None:
                return Place(revises=found)
        await self.recall(now)
        return self.joined(article)

    def joined(self, article: Article) -> Place:
        """Its story among those of the last :meth:`recall`, and of what was noted since."""
        placed = self._recent.place(article)
        return Place(story=placed.story, gist=placed.gist, absorbs=placed.absorbs)

    def note(self, place: Place, kept: Kept) -> None:
        """Know from now on what the library keeps."""
        if kept.outcome != "new" or kept.stored is None or place.gist is None:
            return
        story = kept.stored.story
        if place.story is not None and story != place.story:
            self.doubt()  # merged by another process meanwhile
            return
        self.expect(place, kept.entry, kept.stored.added)

    def expect(self, place: Place, entry: int, added: datetime) -> None:
        """Know a new article that is going to be kept as ``entry``; where that fails, what is known is to be doubted."""
        assert place.gist is not None
        story = entry if place.story is None else place.story
        self._recent.merge(story, place.absorbs)
        self._recent.remember(Member(entry, story, added, place.gist))
        self._newest = entry

    def doubt(self) -> None:
        """Recall everything before the next article."""
        self._newest = -1

    async def recall(self, now: datetime) -> None:
        """Read the stories anew where the library has others than those of the last look."""
        library, since = self._desk.library, now - STORY_MEMORY
        newest = await library.newest_member()
        if newest != self._newest or self._newest == 0 or await library.gone(Window(self._looked, _ANY)):
            self._looked = await library.revision()
            await self._complete(since)
            newest = await library.newest_member()
            self._recent, after = RecentStories(), 0
            while members := await library.members(since=since, after=after, limit=AT_ONCE):
                for member in members:
                    self._recent.remember(member)
                after = members[-1].entry
            self._newest = max(newest, after)
        self._recent.forget(since)

    async def _complete(self, since: datetime) -> None:
        """Make what is missing of articles that an earlier version kept, as if they came once more in their order."""
        library, recent = self._desk.library, RecentStories()
        while entries := await library.without_gist(since=since, limit=COMPLETED_AT_ONCE):
            found: dict[int, Gist] = {}
            for entry in entries:
                found[entry.id] = recent.place(entry.article).gist
                recent.remember(Member(entry.id, entry.story, entry.added, found[entry.id]))
            await library.keep_gists(found)
