"""What is new in a mailbox goes to the inbox, letter by letter, and is put away once it lies there.

A letter is known by its number in the folder, so long as the folder keeps its numbers, and by its bytes.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.domain.errors import BotError, InboxError
from bot.domain.ports import Clock
from bot.domain.reasons import Reason
from bot.domain.sourcing import Drop, FetchFailed, Mailbox, Source, SourceState, SourceStore
from bot.inbox.naming import named
from bot.runtime.failpoints import reach
from bot.source_options import MAILBOX_PASSWORD, name_of
from bot.sources.feeds import Round

if TYPE_CHECKING:
    from bot.sources.mailbox.imap import Folder, Imap, Listed
    from bot.sources.mailbox.tokens import AccessTokens

MOST_AT_ONCE = 200
"""Letters that are looked at in a round; where there are more, the next begins within half a minute."""

LONGEST_ROUND = 300.0
"""Seconds after which a round takes no further letter."""

TRIES = 3
"""Rounds in which a letter is asked for that the server does not give, before it is left."""

MOST_TRIED = 10_000

log = logging.getLogger(__name__)


class Mailboxes:
    """Takes what is new. A letter is taken once; if the desk ends amid it, its bytes come twice and are known."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on, and its limits
        self,
        store: SourceStore,
        drop: Drop,
        clock: Clock,
        largest: int,
        seconds: float,
        trusted: Callable[[], ssl.SSLContext] | None = None,
    ) -> None:
        """A letter may have ``largest`` bytes, and a command take ``seconds``.

        ``trusted`` says whom to trust in place of the system's authorities.
        """
        self._store = store
        self._drop = drop
        self._clock = clock
        self._largest = largest
        self._seconds = seconds
        self._trusted = trusted
        self._tokens: AccessTokens | None = None
        self._tried: Counter[str] = Counter()

    @asynccontextmanager
    async def opened(self, source: Source) -> AsyncIterator[Imap]:
        """A connection to the source's mailbox, logged in. Raises FetchFailed."""
        mailbox = source.mailbox
        assert mailbox
        if not (mailbox.password or mailbox.oauth):
            name = name_of(MAILBOX_PASSWORD, source.name)
            raise FetchFailed(Reason("mailbox.password", name=name), lasting=True)
        imap = await (self._by_token(source) if mailbox.oauth else self._connected(mailbox))
        try:
            yield imap
            await imap.close()
        finally:
            imap.abort()

    async def _by_token(self, source: Source) -> Imap:
        """With an access token; one that is refused before its end is tried again with another."""
        from bot.sources.mailbox.tokens import AccessTokens

        assert source.mailbox
        self._tokens = self._tokens or AccessTokens(self._seconds)
        token = await self._tokens.of(source)
        try:
            return await self._connected(replace(source.mailbox, password=token))
        except FetchFailed as error:
            if error.reason.code != "mailbox.login_token":
                raise
            another = await self._tokens.of(source, refused=token)
            if another == token:
                raise
            return await self._connected(replace(source.mailbox, password=another))

    async def _connected(self, mailbox: Mailbox) -> Imap:
        from bot.sources.mailbox.imap import Imap

        imap = Imap(mailbox, self._seconds, self._trusted() if self._trusted else None)
        try:
            await imap.open()
        except BaseException:
            imap.abort()
            raise
        return imap

    async def take(self, source: Source, state: SourceState) -> Round:
        """Take what the folder has and was not taken, from the oldest on. Raises FetchFailed and StoreError."""
        async with self.opened(source) as imap:
            folder = await imap.select()
            last = _last(state.etag, folder.validity)
            if last is None:
                last = await _before_first(imap, folder, source.first if not state.succeeded else None)
            begin = await _place_after(imap, folder, last)
            end = min(begin + MOST_AT_ONCE - 1, folder.letters)
            listed = [one for one in await imap.listed(begin, end) if one.uid > last] if begin <= end else []
            taking = _Taking(source, folder, last)
            await self._take_all(imap, taking, listed)
            more = taking.unfinished or (end < folder.letters and taking.last > last)
        return Round(taking.files, etag=f"{folder.validity}:{taking.last}", more=more)

    async def _take_all(self, imap: Imap, taking: _Taking, listed: Sequence[Listed]) -> None:
        """Take the letters, and put away what lies in the inbox, also where one of them cannot be taken."""
        keys = {one.uid: taking.key(one.uid) for one in listed}
        known = await self._store.known(keys.values())
        clock, away, held = asyncio.get_running_loop().time, list[int](), False
        ends = clock() + LONGEST_ROUND
        for one in listed:
            if clock() > ends:
                taking.unfinished = True
                break
            taken = keys[one.uid] in known or await self._tried_to_take(imap, taking, one)
            if taken:
                away.append(one.uid)
            held = held or taken is None
            if not held:
                taking.last = one.uid
        if away:
            await imap.put_away(away)

    async def _tried_to_take(self, imap: Imap, taking: _Taking, one: Listed) -> bool | None:
        """Whether it lies in the inbox; ``None`` for one that is asked for again in the next round.

        One on which the desk fails is left after some rounds, so that it keeps no other from being taken.
        """
        try:
            return await self._take(imap, taking, one)
        except BotError:
            raise
        except Exception:
            log.exception("%s: the desk failed on a letter", taking.source.name)
            return self._is_left(taking.source, taking.key(one.uid), "the desk fails on a letter")

    async def _take(self, imap: Imap, taking: _Taking, one: Listed) -> bool | None:
        source = taking.source
        assert source.mailbox
        senders, subject = head_of(one.head)
        if not is_from(senders, source.mailbox.senders):
            return False
        if one.size > self._largest:
            log.warning(
                "%s: a letter of %d bytes is too large, and left in its folder", source.name, one.size
            )
            return False
        data = await imap.letter(one.uid, self._largest)
        key = taking.key(one.uid)
        if data is None:
            return self._is_left(source, key, "the server does not give a letter")
        content = _key("letter", sha256(data).hexdigest())
        if not await self._store.known([content]):
            try:
                await self._drop(named(subject or "letter", ".eml", source.name), data)
            except InboxError as error:
                raise FetchFailed(Reason("source.inbox", said=str(error))) from error
            taking.files += 1
            reach("letter-dropped")
        await self._store.taken([key, content], self._clock.now())
        reach("letter-noted")
        return True

    def _is_left(self, source: Source, key: str, why: str) -> bool | None:
        if len(self._tried) > MOST_TRIED:
            self._tried.clear()
        self._tried[key] += 1
        if self._tried[key] < TRIES:
            return None
        del self._tried[key]
        log.warning("%s: %s, which is left in its folder", source.name, why)
        return False

    async def probe(self, source: Source) -> tuple[int, bool]:
        """The letters in the folder, and whether the server tells of new ones. Raises FetchFailed."""
        async with self.opened(source) as imap:
            folder = await imap.select(reading=True)
            return folder.letters, imap.can("IDLE")


class _Taking:
    """A round: ``last`` is the highest number up to which nothing is left to take."""

    def __init__(self, source: Source, folder: Folder, last: int) -> None:
        self.source = source
        self.last = last
        self.files = 0
        self.unfinished = False
        self._folder = f"{source.url}:{folder.validity}"

    def key(self, uid: int) -> str:
        return _key("uid", f"{self._folder}:{uid}")


def is_from(senders: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether each sender is among those that count: addresses, or domains that stand for all of theirs."""
    if not wanted:
        return True
    counts = {one.casefold().removeprefix("@") for one in wanted}
    return bool(senders) and all(one in counts or one.rpartition("@")[2] in counts for one in senders)


def head_of(head: bytes) -> tuple[tuple[str, ...], str]:
    """The senders' addresses in small letters, and the subject; none of either where it cannot be read."""
    parsed = BytesHeaderParser().parsebytes(head)
    try:
        found = getaddresses([str(one) for one in parsed.get_all("From", [])])
    except RecursionError:  # of comments within comments
        found = []
    try:
        subject = str(make_header(decode_header(str(parsed.get("Subject", "")))))
    except (ValueError, LookupError, MessageError):
        subject = ""
    return tuple(address.casefold() for _, address in found if address), subject


async def _before_first(imap: Imap, folder: Folder, first: int | None) -> int:
    """The number before the first letter to take: of all, or of the ``first`` newest."""
    if first is None or first >= folder.letters:
        return 0
    return await imap.uid_at(folder.letters - first)


async def _place_after(imap: Imap, folder: Folder, last: int) -> int:
    """The place of the first letter with a number above ``last``; one behind the end where there is none.

    Numbers rise with places, so few are asked for.
    """
    if not last or not folder.letters:
        return 1
    low, high = 1, folder.letters + 1
    if folder.next_uid and folder.next_uid <= last + 1:
        return high
    while low < high:
        middle = (low + high) // 2
        if await imap.uid_at(middle) > last:
            high = middle
        else:
            low = middle + 1
    return low


def _last(mark: str, validity: int) -> int | None:
    """The number that a mark of an earlier round has; ``None`` without one, or where the folder has new numbers."""
    of, _, last = mark.partition(":")
    return int(last) if of == str(validity) and last.isdecimal() else None


def _key(kind: str, value: str) -> str:
    return sha256(f"{kind}:{value}".encode("utf-8", "replace")).hexdigest()[:32]
