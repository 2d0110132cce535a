"""Full-text search over a library, on tantivy: derived, on local disk, rebuilt at any time.

The writer is opened for one batch at a time, so processes that follow the same library take turns
at its lock. A document says which revision the index has reached; it is committed with the
entries, so that a process killed at any moment leaves an index that says where to go on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from math import log2
from pathlib import Path
from typing import ParamSpec, TypeVar

import tantivy
from tantivy import FieldType, Occur, Order

from bot.domain.errors import IndexBusy, IndexDamaged
from bot.domain.model import Article, Entry, Match, Matches, Snippet, Window
from bot.domain.ports import Facets, Library
from bot.domain.query import Query
from bot.domain.query_nodes import SearchOrder, without_exclusions
from bot.runtime.failpoints import reach
from bot.search import folder
from bot.search.compile import Compiler, expired
from bot.search.facets import facets
from bot.search.fields import ARTICLE, FRESHEST, MARK, SCHEMA, documents, mark
from bot.search.snippet import passage

BATCH = 500
"""Entries of one commit."""

_BUILDERS = 2
"""Threads of tantivy's that build an index anew, beside the one that makes the documents."""

_BUILDER = 100_000_000
"""Bytes of each. The more, the fewer parts the index has, each of which a search has to look into."""

_FURTHER = 200
"""Matches behind the page that are looked at: a newer one of these may belong on it."""

_GLANCE = 0.05  # seconds between two looks at what another process has reached
P = ParamSpec("P")
T = TypeVar("T")
Hit = tuple[float, tantivy.DocAddress]


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Where the index lives; ``patience`` is how many seconds to wait for another writer."""

    path: Path
    patience: float = 5.0


@dataclass(frozen=True, slots=True)
class Batch:
    """What changed after the revision ``seen`` up to ``upto``: entries with the former ids of their stories, and what is gone."""

    entries: Sequence[Entry]
    former: Mapping[int, Sequence[int]]
    gone: Sequence[int]
    seen: int
    upto: int


def open_index(settings: IndexSettings) -> TantivyIndex:
    """The index at this path, made where there is none; reads a few small files.

    Raises IndexDamaged for one that cannot be read or that another version made (:func:`rebuild`
    helps, and :mod:`bot.search.mending` calls it), SearchError for a folder that holds something else.
    """
    index = TantivyIndex(settings)
    index.reached()
    return index


Progress = Callable[[int, int], None]
"""Hears of the revision reached, and of the newest."""


async def rebuild(
    settings: IndexSettings, library: Library, progress: Progress = lambda *_: None, *, locked: bool = False
) -> int:
    """Index the whole library aside, then put that in place; the revision reached.

    Until then searches go on in the old index, whatever its state. Raises IndexRebuilding when
    another process does this (``locked``: the caller holds :func:`folder.rebuilding`), IndexBusy
    when one writes the old index at the moment of the change.
    """
    aside = replace(settings, path=settings.path.with_name(f"{settings.path.name}.new"))
    with nullcontext() if locked else folder.rebuilding(settings.path):
        await asyncio.to_thread(folder.empty, aside.path)
        index = open_index(aside)
        await index.begin(library, progress)
        revision = await index.follow(library, progress)
        reach("index-built")
        await asyncio.to_thread(_replace, aside.path, settings.path)
    return revision


def _replace(new: Path, path: Path) -> None:
    try:
        with folder.writing(path):
            folder.swap(new, path)
    except IndexDamaged:
        folder.swap(new, path)


class TantivyIndex:
    """The :class:`bot.domain.ports.Index` on a folder; made by :func:`open_index`."""

    def __init__(self, settings: IndexSettings) -> None:
        self._path = settings.path
        self._patience = settings.patience
        self._index = folder.opened(settings.path)
        self._turn = asyncio.Lock()

    # --- following the library ---------------------------------------------------------------

    async def begin(self, library: Library, progress: Progress = lambda *_: None) -> None:
        """Take in what the library has by now into this empty index, in one commit; nothing where that fails.

        No entry comes twice, so nothing is looked for to be replaced: one that changes meanwhile has a
        later revision than this ends at, and is left to :meth:`follow`, as is what is merged or removed.
        """
        target = await library.revision()
        async with self._turn:
            building = folder.writing(self._path, threads=_BUILDERS, memory=_BUILDER)
            with folder.translated(self._path), ExitStack() as opened:
                writer = await _whole(opened.enter_context, building)
                try:
                    await _fill(writer, library, target, progress)
                    await _whole(_commit, writer, target)
                finally:
                    await _whole(opened.close)

    async def follow(self, library: Library, progress: Progress = lambda *_: None) -> int:
        """Take in what the library has and the index has not; the revision reached.

        While another process writes, waits for it to reach the library's revision, or for its
        lock; raises IndexBusy when that takes more than the settings' patience, and IndexDamaged
        when the index is ahead of the library, as after restoring an older copy of that.
        """
        loop = asyncio.get_running_loop()
        async with self._turn:
            target = await library.revision()
            deadline = loop.time() + self._patience
            while True:
                try:
                    return await self._catch_up(library, target, progress)
                except IndexBusy:
                    if loop.time() >= deadline:
                        raise
                    await asyncio.sleep(_GLANCE)

    async def _catch_up(self, library: Library, target: int, progress: Progress) -> int:
        least = 0
        while (reached := await asyncio.to_thread(self.reached)) < target:
            if reached < least:
                raise IndexDamaged(str(self._path), "it was deleted")
            least = reached
            entries = await library.after_revision(reached, limit=BATCH)
            # A short batch has everything up to `target`, which was read before it: refused files
            # have revisions too, but no entries.
            full = len(entries) == BATCH
            last = entries[-1].changed if entries else reached
            upto = last if full else max(last, target)
            changed = {entry.id: entry for entry in (*await library.moved(Window(reached, upto)), *entries)}
            former = await library.former({entry.story for entry in changed.values()})
            # An index that begins has nothing of what is gone.
            gone = await library.gone(Window(reached, upto)) if reached else ()
            batch = Batch(tuple(changed.values()), former, gone, reached, upto)
            await asyncio.to_thread(self._write, batch)
            progress(last, target)
        if reached > target and reached > (newest := await library.revision()):
            raise IndexDamaged(str(self._path), f"it has revision {reached}, the library only {newest}")
        return reached

    def _write(self, batch: Batch) -> None:
        with folder.writing(self._path) as writer:
            if self.reached() != batch.seen:
                return  # another process was faster
            if batch.seen:  # else there is nothing yet that could be replaced
                _delete(writer, [*batch.gone, *(entry.id for entry in batch.entries)])
            _add(writer, batch.entries, batch.former)
            reach("index-writing")
            _commit(writer, batch.upto)
            reach("index-written")

    def reached(self) -> int:
        """The revision of the library up to which everything can be found; 0 at first."""
        return self._read(_reached)

    def stamps(self) -> set[tuple[int, int, int]]:
        """Id, revision and moment of adding (microseconds since 1970) of each entry that can be found."""

        def all_of(searcher: tantivy.Searcher) -> set[tuple[int, int, int]]:
            wanted = tantivy.Query.term_query(SCHEMA, "kind", ARTICLE)
            hits = searcher.search(wanted, limit=_bounded(searcher.num_docs, searcher), count=False).hits
            addresses = [address for _, address in hits]
            fields = (searcher.fast_field_values(name, addresses) for name in ("id", "revision", "added"))
            return {
                (int(one or 0), int(two or 0), int(at or 0)) for one, two, at in zip(*fields, strict=True)
            }

        return self._read(all_of)

    # --- searching ---------------------------------------------------------------------------

    async def search(
        self, query: Query, *, now: datetime, limit: int, offset: int = 0, order: SearchOrder = "best"
    ) -> Matches:
        """The best matches first, of equal ones the newer, or in another order; with none, once more tolerating typing errors.

        What matches but for what the query leaves out was not mistyped: it is counted in place of that.
        """

        def page(searcher: tantivy.Searcher) -> Matches:
            exact = _page(searcher, _compiler(searcher, now), query, limit, offset, order)
            if exact.total:
                return exact
            wanted = without_exclusions(query)
            if wanted != query and (more := _page(searcher, _compiler(searcher, now), wanted, 0, 0).total):
                return Matches(0, (), excluded=more)
            return _page(searcher, _compiler(searcher, now, tolerant=True), query, limit, offset, order)

        return await asyncio.to_thread(self._read, page)

    async def matching(self, query: Query, window: Window, *, now: datetime) -> tuple[int, ...]:
        """Every entry of the window that the query matches, in the order of revisions."""

        def everything(searcher: tantivy.Searcher) -> tuple[int, ...]:
            changed = tantivy.Query.range_query(
                SCHEMA, "revision", FieldType.Unsigned, window.after, window.upto, include_lower=False
            )
            wanted = _compiler(searcher, now).articles(query)
            both = tantivy.Query.boolean_query([(Occur.Must, wanted), (Occur.Must, changed)])
            return _ids(searcher, both, order="revision")

        return await asyncio.to_thread(self._read, everything)

    async def facets(self, query: Query, *, now: datetime) -> Facets:
        """What the matches of a search are counted by."""

        def counted(searcher: tantivy.Searcher) -> Facets:
            exact = facets(searcher, _compiler(searcher, now), query)
            return exact if exact.total else facets(searcher, _compiler(searcher, now, tolerant=True), query)

        return await asyncio.to_thread(self._read, counted)

    def snippet(self, article: Article, query: Query) -> Snippet | None:
        """The passage of the article that answers the query best; pure, no disk."""
        return passage(article, query)

    def _read(self, ask: Callable[[tantivy.Searcher], T]) -> T:
        with folder.translated(self._path):
            self._index.reload()
            return ask(self._index.searcher())


async def _fill(writer: tantivy.IndexWriter, library: Library, target: int, progress: Progress) -> None:
    """Add what the library has up to ``target``: the next batch is read while one is added."""
    reached, coming = 0, await library.after_revision(0, limit=BATCH)
    while entries := [entry for entry in coming if entry.changed <= target]:
        former = await library.former({entry.story for entry in entries})
        adding = asyncio.create_task(_whole(_add, writer, entries, former))
        reached = entries[-1].changed
        try:
            coming = await library.after_revision(reached, limit=BATCH)
        finally:
            await adding
        progress(reached, target)


async def _whole(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The function's result, from a thread; cancelled, waits for its end: what it works on is closed next."""
    running = asyncio.create_task(asyncio.to_thread(function, *args, **kwargs))
    try:
        return await asyncio.shield(running)
    finally:
        if not running.done():
            await asyncio.wait({running})


def _delete(writer: tantivy.IndexWriter, ids: Sequence[int]) -> None:
    # By query: tantivy-py 0.27 deletes nothing by the term of an unsigned field.
    if ids:
        writer.delete_documents_by_query(tantivy.Query.term_set_query(SCHEMA, "id", list(ids)))


def _add(writer: tantivy.IndexWriter, entries: Sequence[Entry], former: Mapping[int, Sequence[int]]) -> None:
    for entry in entries:
        for document in documents(entry, former.get(entry.story, ())):
            writer.add_document(document)


def _commit(writer: tantivy.IndexWriter, revision: int) -> None:
    writer.delete_documents_by_term("kind", MARK)
    writer.add_document(mark(revision))
    writer.commit()


def _compiler(searcher: tantivy.Searcher, now: datetime, *, tolerant: bool = False) -> Compiler:
    stemmers = tuple(code for code, _ in searcher.terms_with_prefix("stemmer", ""))
    return Compiler(
        now,
        stemmers,
        lambda query: sorted(set(_ids(searcher, query))),
        tolerant=tolerant,
        expiring=bool(searcher.search(expired(now), limit=1, count=False).hits),
    )


def _page(  # noqa: PLR0913, PLR0917 - whom to ask for what, and which of it
    searcher: tantivy.Searcher,
    compiler: Compiler,
    query: Query,
    limit: int,
    offset: int,
    order: SearchOrder = "best",
) -> Matches:
    wanted, limit, offset = compiler.articles(query), max(limit, 0), min(max(offset, 0), searcher.num_docs)
    if order == "best":
        total, hits = _best(searcher, wanted, limit, offset)
    else:
        found = searcher.search(
            wanted,
            limit=_bounded(limit, searcher),
            offset=offset,
            order_by_field="revision",
            order=Order.Asc if order == "old" else Order.Desc,
        )
        total: int = found.count  # type: ignore[attr-defined,no-redef]  # tantivy.pyi leaves it out
        hits = [(0.0, address) for _, address in found.hits[:limit]]
    ids = searcher.fast_field_values("id", [address for _, address in hits])
    matches = tuple(Match(int(entry or 0), score) for entry, (score, _) in zip(ids, hits, strict=True))
    return Matches(total, matches, tolerant=compiler.tolerant and total > 0)


def _best(
    searcher: tantivy.Searcher, wanted: tantivy.Query, limit: int, offset: int
) -> tuple[int, Sequence[Hit]]:
    """How many match, and the page of them by score times freshness.

    To have tantivy weigh every match by its freshness takes three times as long as to find it. Freshness changes a
    score by so little that the best by the score alone hold the page, unless very many are equally good.
    """
    last = offset + limit
    most = max(1, min(last + _FURTHER, searcher.num_docs))
    found = searcher.search(wanted, limit=most)
    total: int = found.count  # type: ignore[attr-defined]  # tantivy.pyi leaves it out
    fresh = searcher.fast_field_values("freshness", [address for _, address in found.hits])
    ranked = [
        (float(score) * log2(2.0 + float(one or 0.0)), address)
        for one, (score, address) in zip(fresh, found.hits, strict=True)
    ]
    ranked.sort(key=lambda hit: -hit[0])
    if limit and total > most and ranked[last - 1][0] < float(found.hits[-1][0]) * FRESHEST:
        weighed = searcher.search(
            wanted, limit=limit, count=False, offset=offset, weight_by_field="freshness"
        ).hits
        return total, [(float(score), address) for score, address in weighed]
    return total, ranked[offset:last]


def _ids(
    searcher: tantivy.Searcher, query: tantivy.Query, *, limit: int | None = None, order: str | None = None
) -> tuple[int, ...]:
    wanted = searcher.num_docs if limit is None else limit
    hits = searcher.search(
        query, limit=_bounded(wanted, searcher), count=False, order_by_field=order, order=Order.Asc
    ).hits
    addresses = [address for _, address in hits[: max(wanted, 0)]]
    return tuple(int(entry or 0) for entry in searcher.fast_field_values("id", addresses))


def _bounded(limit: int, searcher: tantivy.Searcher) -> int:
    return max(1, min(limit, searcher.num_docs))  # tantivy panics at 0 and reserves memory for the limit


def _reached(searcher: tantivy.Searcher) -> int:
    marks = searcher.search(tantivy.Query.term_query(SCHEMA, "kind", MARK), limit=1).hits
    values = searcher.fast_field_values("reached", [address for _, address in marks])
    return int(values[0] or 0) if values else 0
