"""Documents and forwarded articles that people give to the desk on Telegram: into the inbox, and the receipt back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.chat.access import AccessSettings
from bot.chat.telegram.files import ARTICLE
from bot.domain.conversations import NothingPosted
from bot.domain.errors import Refused
from bot.domain.events import Gave, Sender
from bot.domain.messaging import Capabilities
from bot.domain.model import Address
from bot.inbox.spool import Spool, SpoolSettings
from bot.ingest.pipeline import Ingest
from bot.wording.chat import gifts
from tests.chat.hostile_archives import archives
from tests.chat.telegram_far_end import GROUP, desk
from tests.conversation import OPTIONS, Talk
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.telegram_chats import Message
from tests.doubles.telegram_faults import NO_RATES
from tests.doubles.telegram_methods import Methods
from tests.platforms.test_forged_presses import answering

EDITOR, READER, STRANGER = 7, 42, 666
ARTICLE_TEXT = (
    "Harbour wall repairs double in price\n\n"
    "Repairs to the harbour wall at Mardle will cost twice what the council was told in spring, its treasurer said on "
    "Tuesday. The stone has to come from further away, and divers found a second breach below the lighthouse.\n\n"
    "Work is to begin in May and to end before the autumn storms, the treasurer said, whatever the stone may cost.\n"
)
WIRE = {"type": "channel", "message_id": 12, "chat": {"id": -1000000000901, "type": "channel", "title": "Harbour Wire"}}  # fmt: skip


@dataclass
class Office:
    """A desk that takes files in, and those who send them."""

    talk: Talk
    telegram: TelegramDouble
    inbox: Path
    ingest: Ingest

    async def read(self) -> None:
        """The intake passes once, and tells who gave each file."""
        self.talk.clock.pass_by(days=1)  # whatever lies there has not changed for long
        spool = Spool(SpoolSettings(self.inbox, quiet=timedelta(0)))
        await self.ingest._emptied(spool, asyncio.Event())

    async def give(self, sent: Message, user: int = EDITOR) -> str:
        """What the desk says at once of what was sent."""
        (told,) = await self.told(sent, 1, user)
        return told

    async def answer(self, sent: Message) -> str:
        """What became of the file, once it is read."""
        await self.told(sent, 1)
        await self.read()
        return (await self.told(sent, 2))[-1]

    async def told(self, sent: Message, count: int, user: int = EDITOR) -> list[str]:
        """What the desk said in their conversation since; as much as that."""

        def since() -> list[str]:
            said = [one for one in self.telegram.messages(user) if one.id > sent.id]
            return [one.text for one in said if one.sender == self.telegram.world.bot]

        await self.telegram.until(lambda: len(since()) >= count, 30)
        return since()

    def waiting(self) -> list[str]:
        return sorted(path.name for path in self.inbox.glob("[!.]*") if path.is_file())


@asynccontextmanager
async def opened(folder: Path, *, max_mb: float = 20) -> AsyncIterator[Office]:
    access = AccessSettings(
        frozenset({f"telegram:{EDITOR}", f"telegram:{READER}", f"telegram:{GROUP}"}),
        frozenset({f"telegram:{EDITOR}"}),
    )
    async with TelegramDouble(rates=NO_RATES, privacy=False) as telegram, desk(telegram) as messenger:
        telegram.chat(GROUP)
        async with answering(folder, messenger) as talk:
            settings = config.build(OPTIONS, folder, {})
            inbox: Any = talk.answer.gifts._inbox
            inbox.largest = int(max_mb * (1 << 20))
            talk.answer.configure(talk.digests, replace(talk.answer._given, access=access))
            await telegram.listening()
            ingest = Ingest(talk.desk, settings.ingest)
            ingest.settled = partial(talk.answer.gifts.settled, messengers={"telegram": messenger})
            yield Office(talk, telegram, settings.inbox.path, ingest)
        assert telegram.problems == []


async def test_a_document_goes_to_the_inbox_and_is_answered_with_its_receipt(tmp_path):
    async with opened(tmp_path) as office:
        sent = office.telegram.send_document("Harbour wall.txt", ARTICLE_TEXT.encode(), user=EDITOR)
        assert await office.give(sent) == gifts.taken_in("Harbour wall.txt")
        told = await office.answer(sent)
        assert told == gifts.receipt("Harbour wall.txt", "new", "Harbour wall repairs double in price")
        assert office.waiting() == []
        again = office.telegram.send_document("the same.txt", ARTICLE_TEXT.encode(), user=EDITOR)
        assert "“the same.txt” was in the library already" in await office.answer(again)
        last = office.telegram.say("/search lighthouse", chat=EDITOR, user=EDITOR)
        (found,) = await office.told(last, 1)
        assert "Harbour wall repairs double in price" in found


async def test_a_command_below_a_document_is_answered_beside_its_receipt(tmp_path):
    async with opened(tmp_path) as office:
        bare = office.telegram.send_document(
            "wall.txt", ARTICLE_TEXT.encode(), user=EDITOR, caption="Our wall"
        )
        assert await office.give(bare) == gifts.taken_in("wall.txt")
        sent = office.telegram.send_document(
            "w.txt", ARTICLE_TEXT.encode(), user=EDITOR, caption="/search tolls"
        )
        told = await office.told(sent, 2)
        assert gifts.taken_in("w.txt") in told
        assert any("Found for “tolls”" in one for one in told)


async def test_what_cannot_be_read_is_told_with_the_reason_and_stops_no_other(tmp_path):
    async with opened(tmp_path) as office:
        bad = office.telegram.send_document("scan.pdf", b"%PDF-1.4 broken", user=EDITOR)
        office.telegram.send_document("wall.txt", ARTICLE_TEXT.encode(), user=EDITOR)
        await office.told(bad, 2)
        await office.read()
        told = "\n".join(await office.told(bad, 4))
        assert "“scan.pdf” could not be read (" in told
        assert "“wall.txt” is in the library" in told


async def test_a_forwarded_article_names_its_channel_and_is_kept_word_for_word(tmp_path):
    async with opened(tmp_path) as office:
        chat = WIRE["chat"] | {"username": "harbourwire"}
        sent = office.telegram.forward(ARTICLE_TEXT, WIRE | {"chat": chat}, user=EDITOR)
        assert "Harbour wall repairs double in price" in await office.answer(sent)
        found = await office.talk.answer.responder.lookup.find("lighthouse")
        article = found.hits[0].entry.article
        assert (article.source, article.url) == ("Harbour Wire", "https://t.me/harbourwire/12")
        assert "divers found a second breach below the lighthouse." in article.text
        assert article.published is not None


@pytest.mark.parametrize("title", ["X\nhold_until: 2099-01-01", "---", "\u202e\x00---\n", '"', "a: b"])
async def test_a_hostile_channel_adds_no_field(tmp_path, title):
    async with opened(tmp_path) as office:
        chat = WIRE["chat"] | {"title": title}
        sent = office.telegram.forward(ARTICLE_TEXT, WIRE | {"chat": chat}, user=EDITOR, photo=True)
        assert "is in the library" in await office.answer(sent)


async def test_a_persons_words_are_forwarded_without_a_source(tmp_path):
    async with opened(tmp_path) as office:
        who = {"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Somebody"}}
        sent = office.telegram.forward(ARTICLE_TEXT, who, user=EDITOR)
        await office.answer(sent)
        found = await office.talk.answer.responder.lookup.find("lighthouse")
        assert found.hits[0].entry.article.source is None


async def test_a_picture_or_a_recording_without_words_draws_one_line_and_an_album_no_more(tmp_path):
    file = {"file_id": "p", "file_unique_id": "up"}
    picture, voice = {"photo": [file | {"width": 9, "height": 9}]}, {"voice": file | {"duration": 3}}
    origin = {"forward_origin": {"date": 1} | WIRE}
    async with opened(tmp_path) as office:
        send = partial(office.telegram._send, "", EDITOR, None)
        for facts in (picture, voice):
            assert await office.give(send(facts)) == gifts.WORDLESS
        first = send(picture | {"media_group_id": "7"})
        for album in ({"media_group_id": "7"}, {"media_group_id": "8"} | origin):
            send(picture | album)
        last = office.telegram.say("/search lighthouse", chat=EDITOR, user=EDITOR)
        await office.told(last, 1)
        assert (await office.told(first, 2))[:-1] == [gifts.WORDLESS]
        assert office.waiting() == []


async def test_what_the_desk_wrote_itself_is_not_taken_in(tmp_path):
    async with opened(tmp_path) as office:
        desk = {"type": "user", "sender_user": office.telegram.world.bot}
        sent = office.telegram.forward(ARTICLE_TEXT, desk, user=EDITOR)
        assert await office.give(sent, EDITOR) == gifts.OWN
        assert office.waiting() == []


async def test_what_the_desk_posted_in_a_channel_is_not_taken_in(tmp_path):
    async with opened(tmp_path) as office:
        office.talk.answer.gifts._posted = OwnPosts({("-1000000000901", "12"), ("@harbourwire", "13")})
        named = WIRE | {"chat": WIRE["chat"] | {"username": "HarbourWire"}}
        for own in (WIRE, named | {"message_id": 13}):
            assert await office.give(office.telegram.forward(ARTICLE_TEXT, own, user=EDITOR)) == gifts.OWN
        assert office.waiting() == []
        somebodys = office.telegram.forward(ARTICLE_TEXT, named | {"message_id": 14}, user=EDITOR)
        assert await office.give(somebodys) != gifts.OWN


@dataclass
class OwnPosts(NothingPosted):
    """A desk that posted these messages, each by its chat and its id."""

    messages: set[tuple[str, str]]

    async def wrote(self, places: Collection[Address], message: str) -> bool:
        return any((place.chat.lower(), message) in self.messages for place in places)


async def test_a_short_forwarded_word_is_a_question(tmp_path):
    async with opened(tmp_path) as office:
        office.telegram.forward("/search apples", WIRE, user=EDITOR)
        (told,) = await office.telegram.sent(EDITOR)
        assert told.text.startswith("Found for “apples”")
        assert len("/search apples") < ARTICLE


async def test_a_short_forwarded_post_is_no_question(tmp_path):
    async with opened(tmp_path) as office:
        words = "Search for the missing trawler goes on at first light"
        for user in (EDITOR, READER):
            office.telegram.forward(words, WIRE, user=user)
            (told,) = await office.telegram.sent(user)
            assert told.text == gifts.short("")
        post = f"{words} https://wire.example/trawler."
        office.telegram.forward(post, WIRE, user=READER)
        told = (await office.telegram.sent(READER, 2))[-1]
        assert told.text == gifts.short("https://wire.example/trawler")
        who = {"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Somebody"}}
        for number, origin in enumerate(
            (WIRE, who), start=3
        ):  # whoever forwards a picture did not write below it
            office.telegram.forward("/unsubscribe apples", origin, user=READER, photo=True)
            office.telegram.forward(words, origin, user=READER, photo=True)
            assert (await office.telegram.sent(READER, number))[-1].text == gifts.short("")


async def test_a_persons_short_words_that_are_forwarded_are_a_question(tmp_path):
    async with opened(tmp_path) as office:
        who = {"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Somebody"}}
        office.telegram.forward("search apples", who, user=EDITOR)
        (told,) = await office.telegram.sent(EDITOR)
        assert told.text.startswith("Found for “apples”")


async def test_a_reader_adds_in_their_own_conversation_and_strangers_and_groups_add_nothing(tmp_path):
    async with opened(tmp_path) as office:
        office.telegram.send_document("x.txt", b"x", user=STRANGER)
        office.telegram.send_document("x.txt", b"x", user=EDITOR, chat=GROUP)
        office.telegram.forward(ARTICLE_TEXT, WIRE, user=STRANGER)
        sent = office.telegram.send_document("y.txt", b"y", user=READER)
        assert await office.give(sent, READER) == gifts.taken_in("y.txt")
        assert [office.telegram.messages(chat) for chat in (STRANGER, GROUP)] == [[], []]
        assert len(office.telegram.called("getFile")) == 1
        assert [name[0] for name in office.waiting()] == ["y"]


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(tmp_path):
    async with opened(tmp_path, max_mb=1) as office:
        sent = office.telegram.send_document("x.pdf", b"x" * (3 << 20), user=EDITOR)
        assert await office.give(sent) == gifts.too_large("x.pdf", 3, 1)
        assert office.telegram.called("getFile") == []


async def test_a_file_of_100_mb_is_refused_whatever_the_inbox_takes(tmp_path):
    async with opened(tmp_path, max_mb=200) as office:
        sent = office.telegram.send_document("x.pdf", b"", user=EDITOR, size=100 << 20)
        assert await office.give(sent) == gifts.too_large("x.pdf", 100, 20)
        assert office.telegram.called("getFile") == []


async def test_telegrams_own_refusal_is_passed_on():
    async with desk_at() as (telegram, messenger):
        big = telegram.send_document("x.pdf", b"", user=EDITOR)
        file = big.extra["document"]["file_id"]
        telegram.methods.files[file] = ("x.pdf", bytes((20 << 20) + 1))
        with pytest.raises(Refused, match="too big"):
            await messenger.fetch(file, OWN, 1 << 30)
        telegram.methods.files[file] = ("x.pdf", bytes(2000))
        assert await messenger.fetch(file, OWN, 1000) is None
        with pytest.raises(Refused, match="file_id"):
            await messenger.fetch("made-up", OWN, 1000)
        assert telegram.called("download") == []


async def test_a_file_of_this_machine_is_not_read(tmp_path, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    async with desk_at() as (telegram, messenger):
        file = telegram.send_document("x.txt", b"x", user=EDITOR).extra["document"]["file_id"]
        told = {"file_id": file, "file_unique_id": "u", "file_size": 7, "file_path": str(secret)}
        monkeypatch.setattr(Methods, "get_file", lambda *_: told)
        with pytest.raises(Refused, match="does not say where"):
            await messenger.fetch(file, OWN, 1000)


async def test_the_token_in_a_files_address_is_told_to_nobody(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # as the platform's description has it
    async with opened(tmp_path) as office:
        office.telegram.fail("getFile", kind="drop_after")
        lost = await office.give(office.telegram.send_document("x.txt", b"x", user=EDITOR))
        assert lost.startswith("I could not fetch “x.txt”")
        gone = office.telegram.send_document("y.txt", b"y", user=EDITOR)
        office.telegram.methods.paths = Gone()
        told = await office.give(gone)
        assert told.startswith("I could not fetch “y.txt”")
        assert office.talk.owner.urgent == []  # the file is gone, the token is not
        texts = [
            lost,
            told,
            caplog.text,
            *map(str, office.talk.owner.told),
            *map(str, office.talk.owner.urgent),
        ]
        assert not [text for text in texts if TOKEN in text or TOKEN.partition(":")[2] in text]


class Gone(dict[str, bytes]):
    """Nothing can be downloaded."""

    def __setitem__(self, path: str, data: bytes) -> None:
        """Forget it."""


async def test_an_update_that_comes_again_is_taken_once(tmp_path):
    async with opened(tmp_path) as office:
        gave = Gave("twice", OWN, Sender("telegram", "7"), "a.txt", direct=True, fetch=a_letter)
        silent: Any = Silent()
        for _ in range(2):
            await office.talk.answer._answered(gave, "reader", silent, 0.0)
        assert silent.answers == 1
        assert len(office.waiting()) == 1


OWN = Address("telegram", "7")


async def a_letter(most: int) -> bytes:
    return b"x"[:most]


class Silent:
    """A messenger that counts its answers."""

    capabilities = Capabilities(history=False, private=False, edits=False)
    answers = 0

    async def reply(self, *_: Any) -> None:
        self.answers += 1


async def test_a_desk_without_an_inbox_says_so(tmp_path):
    async with opened(tmp_path) as office:
        office.talk.answer.gifts._inbox = None
        told = await office.give(office.telegram.send_document("x.txt", b"x", user=EDITOR))
        assert told == gifts.NO_INBOX


@asynccontextmanager
async def desk_at() -> AsyncIterator[tuple[TelegramDouble, Any]]:
    async with TelegramDouble(rates=NO_RATES) as telegram, desk(telegram) as messenger:
        yield telegram, messenger


async def test_hostile_archives_harm_nobody_and_are_answered_each(tmp_path):
    async with opened(tmp_path) as office:
        for name, data in archives().items():
            sent = office.telegram.send_document(f"{name}.zip", data, user=EDITOR)
            assert await office.give(sent) == gifts.taken_in(f"{name}.zip")
        last = office.telegram.send_document("wall.txt", ARTICLE_TEXT.encode(), user=EDITOR)
        await office.told(last, 1)
        await office.read()
        told = await office.told(last, 2 + len(archives()))
        assert all(any(f"“{name}.zip”" in one for one in told) for name in archives())
        assert any("“wall.txt” is in the library" in one for one in told)
        assert "root:" not in "".join(told)
        assert not [path for path in tmp_path.rglob("*") if path.is_symlink()]
        assert not [path for path in tmp_path.rglob("evil*") if path.is_file()]
        assert office.waiting() == []
