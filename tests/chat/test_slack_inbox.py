"""Files and messages that people hand to the desk on Slack: to the inbox, and answered with their receipts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot import config
from bot.chat.access import AccessSettings
from bot.chat.slack.api import is_slacks
from bot.inbox.spool import Spool, SpoolSettings
from bot.ingest.pipeline import Ingest
from bot.wording.chat import gifts
from tests.chat.hostile_archives import archives
from tests.chat.slack_far_end import FAST, desk, shown
from tests.conversation import OPTIONS, Talk
from tests.doubles.slack import SlackDouble
from tests.platforms.test_forged_presses import answering

ARTICLE = (
    b"Lock keepers vote for longer hours\n\n"
    b"The keepers of the canal at Brindle voted on Friday to open the locks until ten in the evening from May.\n\n"
    b"Boats had waited for up to nine hours at the three locks last summer, the canal company said on Saturday.\n"
)


@dataclass
class Room:
    slack: SlackDouble
    talk: Talk
    folder: Path

    @property
    def inbox(self) -> list[Path]:
        found = self.folder / "inbox"
        return sorted(path for path in found.iterdir() if path.is_file()) if found.is_dir() else []

    def answers(self) -> list[str]:
        return [shown(one) for one in self.slack.posted(self.slack.desk.direct("U1").id)]

    async def share(self, *files: Any, answers: int = 1, **more: Any) -> list[str]:
        before = len(self.answers())
        assert (await self.slack.share(*files, **more)).acknowledged
        await self.slack.until(lambda: len(self.answers()) >= before + answers)
        return self.answers()[before:]

    async def take_in(self) -> None:
        """One pass of the intake, and what it tells."""
        settings = config.build(OPTIONS, self.folder, {})
        messengers = {"slack": self.messenger}
        gifts = self.talk.answer.gifts
        ingest = Ingest(self.talk.answer._desk, settings.ingest)
        ingest.settled = lambda receipt: gifts.settled(receipt, messengers)
        self.talk.clock.pass_by(days=400)  # whatever lies there has not changed for long
        spool = Spool(SpoolSettings(self.folder / "inbox", quiet=timedelta(0)))
        await ingest._emptied(spool, asyncio.Event())

    messenger: Any = None


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with (
        SlackDouble(pace=FAST) as slack,
        desk(slack) as messenger,
        answering(tmp_path, messenger, "slack:T1") as talk,
    ):
        access = AccessSettings(frozenset({"slack:T1"}), frozenset({"slack:U1"}))
        talk.answer.configure(talk.digests, replace(talk.answer._given, access=access))
        await slack.until(lambda: slack.links)
        yield Room(slack, talk, tmp_path, messenger)


async def test_a_file_goes_to_the_inbox_and_is_answered_with_its_receipt(room):
    told = await room.share(room.slack.add_file("locks.txt", ARTICLE))
    assert told == ["“locks.txt” lies in the inbox. I tell you here what becomes of it."]
    (path,) = room.inbox
    assert path.read_bytes() == ARTICLE
    await room.take_in()
    assert room.answers()[-1] == "“locks.txt” is in the library: “Lock keepers vote for longer hours”."
    assert room.inbox == []
    assert list((room.folder / "inbox" / "done").rglob("locks-*.receipt.json"))
    await room.share(room.slack.add_file("again.txt", ARTICLE))
    await room.take_in()
    assert "“again.txt” was in the library already" in room.answers()[-1]
    await room.share(room.slack.add_file("odd.pdf", b"%PDF-1.7 nothing", mimetype="application/pdf"))
    await room.take_in()
    assert room.answers()[-1].startswith("“odd.pdf” could not be read (")


async def test_several_files_are_several_and_a_repeated_event_brings_none(room):
    files = [room.slack.add_file(f"{name}.txt", ARTICLE + name.encode()) for name in "ab"]
    outcome = await room.slack.share(*files)
    await room.slack.until(lambda: len(room.answers()) == 2)
    await room.slack.again(outcome)
    await room.share(room.slack.add_file("c.txt", b"c"))
    assert [path.name[0] for path in room.inbox] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", ".evil.txt", "evil\x00\n.txt", "e" * 300]
)
async def test_a_hostile_name_stays_inside_the_inbox(room, name):
    before = {path for path in room.folder.rglob("*") if "inbox" not in path.parts}
    (told,) = await room.share(room.slack.add_file(name, ARTICLE))
    assert "lies in the inbox" in told
    (path,) = room.inbox
    assert path.name.startswith("e")
    assert {one for one in room.folder.rglob("*") if "inbox" not in one.parts} == before


async def test_what_is_said_to_be_too_large_is_not_fetched(room):
    (told,) = await room.share(room.slack.add_file("big.pdf", b"x", size=100 << 20))
    assert told == "“big.pdf” has 100.0 MB, and a file may have 20.0 MB at most."
    assert room.slack.desk.fetched == []
    assert room.inbox == []


async def test_what_is_larger_than_it_is_said_to_be_is_not_kept(room):
    room.talk.answer.gifts._inbox.largest = 1_000
    (told,) = await room.share(room.slack.add_file("big.txt", b"x" * 200_000, size=10))
    assert "is too large" in told
    (told,) = await room.share(room.slack.add_file("none.txt", b""))
    assert told == "“none.txt” is empty."
    assert room.inbox == []


@asynccontextmanager
async def a_thief() -> AsyncIterator[tuple[str, list[dict[str, str]]]]:
    """A server of somebody else's, and the headers of what came there."""
    seen: list[dict[str, str]] = []

    async def take(request: web.Request) -> web.Response:
        seen.append(dict(request.headers))
        return web.Response(body=b"stolen")

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/x", seen
    finally:
        await runner.cleanup()


async def test_the_token_goes_to_slack_alone(room, caplog):
    caplog.set_level(logging.DEBUG)
    async with a_thief() as (address, seen):
        (told,) = await room.share(room.slack.add_file("a.txt", ARTICLE, url_private_download=address))
        assert "it does not lie at Slack" in told
        sent = room.slack.add_file("b.txt", ARTICLE)
        room.slack.desk.files[sent["id"]].sent_to = address
        (told,) = await room.share(sent)
        assert "does not hand it out (302)" in told
        assert seen == []
    assert room.inbox == []
    assert room.slack.bot_token not in caplog.text
    assert room.slack.bot_token not in "".join(room.slack.texts())
    assert room.slack.bot_token not in "".join(room.talk.owner.told)


@pytest.mark.parametrize(
    ("url", "is_theirs"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a", True),
        ("http://files.slack.com/files-pri/T1-F1/a", False),
        ("https://files.slack.com.evil.example/a", False),
        ("https://files.slack.com@evil.example/a", False),
        ("https://evil.example/files.slack.com", False),
        ("https://files.slack.com:8443/a", False),
        ("https://slack.com/api/x", True),
        ("https://slack.com:99999/a", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_which_addresses_are_slacks(url, is_theirs):
    assert is_slacks(url, "https://slack.com/api/") is is_theirs


async def test_a_page_to_sign_in_is_no_article(room):
    page = room.slack.add_file("a.pdf", b"%PDF", mimetype="application/pdf")
    room.slack.desk.files[page["id"]].page = True
    (told,) = await room.share(page)
    assert "files:read" in told
    gone = room.slack.add_file("b.txt", b"x", url_private="", url_private_download="")
    del room.slack.desk.files[gone["id"]]
    (told,) = await room.share(gone)
    assert "the file is gone" in told
    assert room.inbox == []


async def test_a_file_of_another_workspace_is_asked_for(room):
    told = room.slack.add_file("a.txt", ARTICLE)
    hidden = {name: value for name, value in told.items() if not name.startswith("url_")}
    await room.share({**hidden, "file_access": "check_file_info"})
    (path,) = room.inbox
    assert path.read_bytes() == ARTICLE
    assert room.slack.called("files.info")


async def test_what_lies_elsewhere_or_has_no_shape_is_left_alone(room):
    odd = [{"id": 5}, {"id": "F1", "mode": "tombstone"}, {"id": "F2", "is_external": True}, "x", None]
    assert (await room.slack.share(*odd)).acknowledged
    await room.share(room.slack.add_file("a.txt", ARTICLE))
    assert len(room.answers()) == 1


@pytest.mark.parametrize("user", ["U1", "U2"])
async def test_a_strangers_file_is_not_fetched(tmp_path, user):
    async with (
        SlackDouble(pace=FAST) as slack,
        desk(slack) as messenger,
        answering(tmp_path, messenger, "slack:U9") as talk,
    ):
        await slack.until(lambda: slack.links)
        await slack.share(slack.add_file("a.txt", ARTICLE), user=user)
        await slack.until(lambda: talk.answer._strangers)
        assert (slack.desk.fetched, slack.posted(slack.desk.direct(user).id)) == ([], [])


# --- the shortcut on a message -------------------------------------------------------------------------


async def test_a_message_and_its_files_are_added_and_answered_to_who_did_it(room):
    said = room.slack.desk.post(
        room.slack.desk.channels["C1"], {"user": "U2", "text": ARTICLE.decode()}, by_bot=False
    )
    await room.slack.choose("inbox", said["ts"])
    await room.slack.until(lambda: room.slack.ephemerals)
    assert "“message.txt” lies in the inbox" in shown(room.slack.ephemerals[0])
    assert room.slack.ephemerals[0]["to"] == "U1"
    await room.take_in()
    assert "“Lock keepers vote for longer hours”" in shown(room.slack.ephemerals[-1])
    told = room.slack.add_file("a.txt", ARTICLE + b"More.")
    with_file = {"user": "U2", "text": "look", "files": [told]}
    said = room.slack.desk.post(room.slack.desk.channels["C1"], with_file, by_bot=False)
    await room.slack.choose("inbox", said["ts"])
    await room.slack.until(lambda: len(room.slack.ephemerals) == 3)
    assert [path.name[:2] for path in room.inbox] == ["a-"]
    assert room.slack.posted("C1") == []


async def test_in_a_channel_only_editors_add(room):
    said = room.slack.desk.post(room.slack.desk.channels["C1"], {"user": "U1", "text": "x"}, by_bot=False)
    await room.slack.choose("inbox", said["ts"], user="U2")
    await room.slack.until(lambda: room.slack.ephemerals)
    assert shown(room.slack.ephemerals[0]) == gifts.EDITORS_ADD
    assert room.inbox == []


async def test_a_digest_of_the_desks_own_is_not_added(room):
    said = room.slack.desk.post(room.slack.desk.channels["C1"], {"text": ARTICLE.decode()})
    await room.slack.choose("inbox", said["ts"])
    await room.slack.until(lambda: room.slack.ephemerals)
    assert shown(room.slack.ephemerals[0]) == gifts.OWN
    assert room.inbox == []


async def test_another_shortcut_on_a_message_does_nothing(room):
    said = room.slack.desk.post(room.slack.desk.channels["C1"], {"user": "U2", "text": "x"}, by_bot=False)
    assert (await room.slack.choose("other", said["ts"])).acknowledged
    await room.share(room.slack.add_file("a.txt", ARTICLE))
    assert room.slack.ephemerals == []
    assert len(room.inbox) == 1


async def test_hostile_archives_harm_nobody_and_are_answered_each(room):
    before = {path for path in room.folder.rglob("*") if "inbox" not in path.parts}
    for name, data in archives().items():
        (told,) = await room.share(room.slack.add_file(f"{name}.zip", data, mimetype="application/zip"))
        assert "lies in the inbox" in told
    await room.share(room.slack.add_file("locks.txt", ARTICLE))
    await room.take_in()
    said = room.answers()[-len(archives()) - 1 :]
    assert [one for name in archives() for one in said if f"“{name}.zip”" in one]
    assert len([one for one in said if "“locks.txt”" in one and "library" in one]) == 1
    assert "root:" not in "".join(room.answers())
    outside = {one for one in room.folder.rglob("*") if "inbox" not in one.parts} - before
    assert not [path for path in outside if "evil" in path.name]
    assert not [path for path in room.folder.rglob("*") if path.is_symlink()]
    assert room.inbox == []
