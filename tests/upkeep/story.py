"""Days of a library on which its commands are killed, one beside the other, and what is left of its promises."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.runtime.failpoints import POINTS
from bot.store.library import SqlLibrary
from bot.store.sql.database import StoreSettings, open_store
from bot.store.transfer import copies
from bot.wording import forgetting as texts
from tests.builders import NOON, a_reading, an_article
from tests.upkeep.compared import amiss, one_moment
from tests.upkeep.house import SEVERAL, House, Told, a_word, title_of

INDEXING = ("index-writing", "index-written")
REBUILDING = ("index-built", "index-parted", "index-swapped")
COPYING = ("copy-begun", "copy-written")
KILLED_AT = {
    "ingest": (*(point for point in POINTS if point.startswith(("inbox", "ingest"))), *INDEXING),
    "forget": (*(point for point in POINTS if point.startswith("forget")), *REBUILDING),
    "backup": COPYING,
    "export": COPYING,
    "reindex": REBUILDING,
    "import": ("merge-writing", "merge-committed", *INDEXING),
    "restore": ("copy-poured", "copy-restored", *REBUILDING),
}
"""Each command with the points on its way."""

ANY = "any moment"
PER_DAY, NEIGHBOURS = 2, 40
AGAIN = 0.3
"""How often the desk that takes up what is left is killed, too: a file on which it was twice is set aside."""

AT_MOST = 0.8
"""Seconds after its start at which a command is killed at any moment."""


@dataclass
class Result:
    """How often each command was killed where, and every promise that was broken."""

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    lives: Counter[str] = field(default_factory=Counter)
    aside: int = 0
    forgotten: int = 0
    copies: int = 0
    articles: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass
class Story:
    """A library, what is known to be in it (each article by its word), and a neighbour whose exports are merged into it."""

    house: House
    dice: random.Random
    at_moments: bool
    result: Result = field(default_factory=Result)
    words: set[str] = field(default_factory=set)
    dropped: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    neighbours: list[tuple[Path, list[str]]] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)
    day: int = 0
    files: int = 1
    _forgetting: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)
    _decks: dict[str, list[str]] = field(default_factory=dict)
    _merging: set[str] = field(default_factory=set)
    """Words that somebody was killed over: there or not, but the same everywhere."""

    async def begin(self, neighbours: int) -> None:
        """The first articles come; the neighbour's exports are there, each with more than the one before."""
        (self.house.folder / "copies").mkdir()
        words = [a_word(self.dice) for _ in range(neighbours)]
        url = f"sqlite:///{self.house.folder / 'copies' / 'neighbour.db'}"
        async with await open_store(StoreSettings(url)) as database:
            for number, word in enumerate(words):
                lead = f"The tug {word} came by with {number} empty barges."
                reading = a_reading(an_article(lead, title=title_of(word)))
                key = hashlib.sha256(word.encode()).hexdigest()
                await SqlLibrary(database).keep(
                    reading, origin=f"{number}", data_key=key, added=NOON, story=None
                )
                if number % 2:
                    file = self.house.folder / "copies" / f"neighbour-{number}.jsonl"
                    await copies.export(database, file)
                    self.neighbours.append((file, words[: number + 1]))
        self._drop()
        await self._lived("ingest")

    def _drop(self) -> None:
        for _ in range(PER_DAY):
            number = self.files
            self.files += 1
            words = [a_word(self.dice) for _ in range(1 if number % SEVERAL else 2)]
            self.house.drop(number, *words)
            self.dropped |= dict.fromkeys(words, number)
            self.words |= set(words)

    async def live(self) -> None:
        """A day: files come, and are taken in beside other work; then a person sees to it that all is well."""
        self.day += 1
        self._drop()
        before = self._there()
        others = self.dice.sample(["forget", "forget", "backup", "export", "reindex", "import"], 2)
        works = {"ingest": self._ingested, "forget": self._forgotten, "import": self._imported}
        await asyncio.gather(*(works.get(name, self._plain)(name, before) for name in ("ingest", *others)))
        await self.recover()
        await self._restore_copies()

    async def recover(self) -> None:
        """The desk takes in what is left, what was set aside is brought back, `check --repair` does the rest."""
        for _ in range(9):
            await (
                self._killed(self.house, "ingest") if self.dice.random() < AGAIN else self._lived("ingest")
            )
            self.result.aside += (back := self.house.bring_back())
            if not back and not self.house.waits():
                break
        for words in (("check", "--repair"), ("check",)):
            told = await self._lived(*words)
            if told.code:
                self._break([f"{' '.join(words)}: {told.out}{told.errors}"])
        there = self._there()
        self.words -= self._merging - there
        self.gone |= self._forgetting - there
        self._merging.clear()
        self._forgetting.clear()
        wrong = await amiss(self.house, self.dropped, self.words - self.gone, self.gone)
        self._break(wrong)

    def _there(self) -> set[str]:
        return {row.title.split()[1] for row in self.house.rows()}

    def _break(self, wrong: Iterable[str], where: str = "") -> None:
        """Promises that are broken, each where it was seen first."""
        for told in wrong:
            if told not in self._seen:
                self._seen.add(told)
                self.result.broken.append(f"day {self.day}: {where}{told}")

    async def _lived(self, *words: str) -> Told:
        self.result.lives[words[0]] += 1
        return await self.house.run(*words)

    async def _killed(self, house: House, *words: str) -> Told:
        """A life that is ended at one of its points, at any moment, or not."""
        name = words[0]
        point = self._point(name)
        passes = self.dice.randint(1, PER_DAY) if point.startswith(("inbox", "ingest")) else 1
        self.result.lives[name] += 1
        if point == ANY:
            told = await house.run(*words, for_seconds=self.dice.uniform(0.0, AT_MOST))
        else:
            told = await house.run(*words, failpoint=f"{point}:{passes}" if point else "")
        told = replace(told, at=point)
        if told.killed:
            self.result.kills[name, point] += 1
        elif told.code not in {0, 1} or "Traceback" in told.errors:
            self._break([f"{' '.join(words)} ended with {told.code}: {told.errors[-900:]}"])
        return told

    def _point(self, name: str) -> str:
        """Each in its turn, in an order by chance; none, too."""
        if not self._decks.get(name):
            self._decks[name] = [*KILLED_AT[name], *([ANY] if self.at_moments else []), ""]
            self.dice.shuffle(self._decks[name])
        return self._decks[name].pop()

    async def _ingested(self, name: str, _: set[str]) -> None:
        await self._killed(self.house, name)

    async def _plain(self, name: str, _: set[str]) -> None:
        """What changes nothing; a copy that is whole is kept for later."""
        if name == "reindex":
            await self._killed(self.house, name)
            return
        file = self.house.folder / "copies" / f"{self.day}.{'db' if name == 'backup' else 'jsonl'}"
        told = await self._killed(self.house, name, str(file))
        if told.code == 0 or (told.at == ANY and file.exists()):  # that may be right behind its last step
            self.made.append(file)
        elif file.exists():
            self._break([f"{file.name} is there, and {name} was not done with it"])

    async def _forgotten(self, name: str, before: set[str]) -> None:
        new = self.words - before - self.gone  # perhaps its file is in hand, perhaps it is not there yet
        word = self.dice.choice(sorted(new if new and self.dice.random() < 0.3 else before))
        number = next((f"#{row.entry}" for row in self.house.rows() if row.title == title_of(word)), word)
        told = await self._killed(self.house, name, self.dice.choice((word, number)), "--yes")
        if told.killed:
            self._forgetting.add(word)
            found = await self._lived("search", "--json", word)
            if title_of(word) in found.out and word not in self._there():
                self._break([f"{word} is forgotten, and a search still finds it"])
        elif texts.articles([""], done=True)[0] in told.out:
            self.gone.add(word)
            self.result.forgotten += 1

    async def _imported(self, name: str, _: set[str]) -> None:
        """An export of the neighbour, or an old one of the library itself, which brings nothing back."""
        own = [file for file in self.made if file.suffix == ".jsonl"]
        if own and self.dice.random() < 0.3:
            await self._killed(self.house, name, str(self.dice.choice(own)))
            return
        file, words = self.dice.choice(self.neighbours[: 1 + self.day])
        told = await self._killed(self.house, name, str(file))
        if told.code:
            self._merging |= set(words) - self.words
        self.words |= set(words)

    async def _restore_copies(self) -> None:
        """Each copy of the day is restored elsewhere, by however many tries, and is the library of one moment."""
        rows = self.house.rows()
        for file in [one for one in self.made if one.stem == str(self.day)]:
            other = House(self.house.folder / "copies" / f"house-{file.name}")
            again = ("restore", str(file), "--yes")
            if (await self._killed(other, *again)).killed:
                await other.run(*again)
            told = await other.run("check")
            if told.code:
                self._break([f"check: {told.out}{told.errors}"], f"{file.name}, restored: ")
            self._break(one_moment(other, rows, self.gone), f"{file.name}: ")
            there = {row.title.split()[1] for row in other.rows()}
            wrong = await amiss(other, {}, there, self.words - there)
            self._break(wrong, f"{file.name}, restored: ")
            self.result.copies += 1


async def story(
    folder: Path, kills: int, seed: int, *, at_moments: bool = False, neighbours: int = NEIGHBOURS
) -> Result:
    """Days of work, until there were ``kills`` deaths; ``at_moments``: some of them at no point in particular."""
    told = Story(House(folder), random.Random(seed), at_moments)
    await told.begin(neighbours)
    while told.result.kills.total() < kills:
        await told.live()
    return replace(told.result, articles=len(told.house.rows()))


def table(result: Result) -> str:
    """The result as docs/reliability.md has it."""
    names = [name for name in KILLED_AT if any(one == name for one, _ in result.kills)]
    points = [*(point for point in POINTS if any(at == point for _, at in result.kills)), ANY]
    rows = [
        f"| {point} | {' | '.join(str(result.kills[name, point] or '') for name in names)} |"
        for point in points
    ]
    totals = [str(sum(count for (one, _), count in result.kills.items() if one == name)) for name in names]
    return "\n".join(
        (
            f"| killed at | {' | '.join(names)} |",
            f"|---|{'---|' * len(names)}",
            *rows,
            f"| all {result.kills.total()} | {' | '.join(totals)} |",
            "",
            f"{result.lives.total()} lives: {dict(result.lives)};",
            f"{result.articles} articles at the end; forgotten: {result.forgotten}; copies restored: {result.copies};",
            f"files brought back that two deaths had set aside: {result.aside};",
            f"promises broken: {len(result.broken)}",
            *result.broken,
        )
    )
