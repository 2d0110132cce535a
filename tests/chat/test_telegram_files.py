"""Documents and forwarded articles that people give to the desk on Telegram: into the inbox, and the receipt back."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.chat.access import AccessSettings
from bot.chat.telegram.files import ARTICLE
from bot.conversation.uploads import UploadAnswers
from bot.domain.errors import Refused
from bot.domain.events import Sender, Upload
from bot.domain.messaging import FileMessenger
from bot.domain.model import Address
from bot.inbox.drop import InboxDrop
from bot.inbox.spool import Spool, SpoolSettings
from bot.ingest.pipeline import Ingest
from bot.wording import uploads
from tests.chat.telegram_far_end import GROUP, desk
from tests.conversation import OPTIONS, Talk
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.telegram_chats import Message
from tests.doubles.telegram_faults import NO_RATES
from tests.doubles.telegram_methods import Methods
from tests.test_forged_presses import answering

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
        """The intake passes once."""
        spool = Spool(SpoolSettings(self.inbox))
        async for _ in self.ingest.spool(spool):
            pass

    async def answer(self, to: Message, user: int = EDITOR) -> str:
        """What stands below the file once it is read."""
        await self.telegram.until(lambda: self.waiting() or self.below(to), 30)
        await self.read()
        await self.telegram.until(lambda: self.below(to), 30)
        (only,) = self.below(to)
        assert only.chat.id == user
        return only.text

    def below(self, to: Message) -> list[Message]:
        return [one for one in self.telegram.messages() if one.reply_to is to]

    def waiting(self) -> list[str]:
        return sorted(path.name for path in self.inbox.glob("[!.]*") if path.is_file())


@asynccontextmanager
async def opened(folder: Path, **more: Any) -> AsyncIterator[Office]:
    inbox = folder / "dropped"
    access = AccessSettings(
        frozenset({f"telegram:{EDITOR}", f"telegram:{READER}", f"telegram:{GROUP}"}),
        frozenset({f"telegram:{EDITOR}"}),
    )
    async with TelegramDouble(rates=NO_RATES, privacy=False) as telegram, desk(telegram) as messenger:
        telegram.chat(GROUP)
        async with answering(folder, messenger) as talk:
            settings = SpoolSettings(inbox, **more)
            talk.answer._uploads = UploadAnswers(InboxDrop(settings), within=30, glance=0.01)
            talk.answer.configure(talk.digests, replace(talk.answer._given, access=access))
            await telegram.listening()
            yield Office(talk, telegram, inbox, Ingest(talk.desk, config.build(OPTIONS, folder, {}).ingest))
        assert telegram.problems == []


async def test_a_document_goes_to_the_inbox_and_is_answered_with_its_receipt(tmp_path):
    async with opened(tmp_path) as office:
        sent = office.telegram.send_document("Harbour wall.txt", ARTICLE_TEXT.encode(), user=EDITOR)
        told = await office.answer(sent)
        assert told.startswith(f"Harbour wall repairs double in price\n{uploads.outcome('new')}")
        assert "Harbour wall.txt" in told
        assert office.waiting() == []
        again = office.telegram.send_document("the same.txt", ARTICLE_TEXT.encode(), user=EDITOR)
        assert uploads.outcome("known") in await office.answer(again)
        office.telegram.say("/search lighthouse", chat=EDITOR, user=EDITOR)
        *_, found = await office.telegram.sent(EDITOR, 3)
        assert "Harbour wall repairs double in price" in found.text


async def test_what_cannot_be_read_is_told_with_the_reason_and_stops_no_other(tmp_path):
    async with opened(tmp_path) as office:
        bad = office.telegram.send_document("scan.pdf", b"%PDF-1.4 broken", user=EDITOR)
        good = office.telegram.send_document("wall.txt", ARTICLE_TEXT.encode(), user=EDITOR)
        assert uploads.outcome("unreadable") in await office.answer(bad)
        assert uploads.outcome("new") in await office.answer(good)


async def test_several_articles_in_one_file_are_counted(tmp_path):
    async with opened(tmp_path) as office:
        lines = "".join(
            f'{{"title": "Bees {n}", "text": "The hives of street {n} hold {n} swarms this year, keepers say."}}\n'
            for n in range(1, 8)
        )
        sent = office.telegram.send_document("bees.jsonl", lines.encode(), user=EDITOR)
        told = await office.answer(sent)
        assert "7 articles: 7 new" in told
        assert "Bees 5" in told
        assert "Bees 6" not in told


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
        assert uploads.outcome("new") in await office.answer(sent)


async def test_a_persons_words_are_forwarded_without_a_source(tmp_path):
    async with opened(tmp_path) as office:
        who = {"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Somebody"}}
        sent = office.telegram.forward(ARTICLE_TEXT, who, user=EDITOR)
        await office.answer(sent)
        found = await office.talk.answer.responder.lookup.find("lighthouse")
        assert found.hits[0].entry.article.source is None


async def test_a_short_forwarded_word_is_a_question(tmp_path):
    async with opened(tmp_path) as office:
        office.telegram.forward("/search apples", WIRE, user=EDITOR)
        (told,) = await office.telegram.sent(EDITOR)
        assert told.text.startswith("Found for “apples”")
        assert len("/search apples") < ARTICLE


async def test_readers_strangers_and_groups_add_nothing(tmp_path):
    async with opened(tmp_path) as office:
        office.telegram.send_document("x.txt", b"x", user=STRANGER)
        office.telegram.send_document("x.txt", b"x", user=EDITOR, chat=GROUP)
        office.telegram.forward(ARTICLE_TEXT, WIRE, user=STRANGER)
        sent = office.telegram.send_document("x.txt", b"x", user=READER)
        assert await office.answer(sent, READER) == uploads.EDITORS_ADD
        assert [office.telegram.messages(chat) for chat in (STRANGER, GROUP)] == [[], []]
        assert office.telegram.called("getFile") == []
        assert list(office.inbox.rglob("*x*.txt*")) == []


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(tmp_path):
    async with opened(tmp_path, max_mb=1) as office:
        sent = office.telegram.send_document("x.pdf", b"x" * (1024 * 1024 + 1), user=EDITOR)
        assert await office.answer(sent) == uploads.too_large(1)
        assert office.telegram.called("getFile") == []


async def test_a_file_of_100_mb_is_refused_whatever_the_inbox_takes(tmp_path):
    async with opened(tmp_path, max_mb=200) as office:
        sent = office.telegram.send_document("x.pdf", b"", user=EDITOR, size=100 << 20)
        assert await office.answer(sent) == uploads.too_large(20)
        assert office.telegram.called("getFile") == []


async def test_telegrams_own_refusal_is_passed_on():
    async with desk_at() as (telegram, messenger):
        big = telegram.send_document("x.pdf", b"", user=EDITOR)
        file = big.extra["document"]["file_id"]
        telegram.methods.files[file] = ("x.pdf", bytes((20 << 20) + 1))
        with pytest.raises(Refused, match="too big"):
            await messenger.fetch(an_upload(file), most=1 << 30)
        telegram.methods.files[file] = ("x.pdf", bytes(2000))
        with pytest.raises(Refused, match="MB"):
            await messenger.fetch(an_upload(file), most=1000)
        with pytest.raises(Refused, match="file_id"):
            await messenger.fetch(an_upload("made-up"), most=1000)
        assert telegram.called("download") == []


async def test_a_file_of_this_machine_is_not_read(tmp_path, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    async with desk_at() as (telegram, messenger):
        file = telegram.send_document("x.txt", b"x", user=EDITOR).extra["document"]["file_id"]
        told = {"file_id": file, "file_unique_id": "u", "file_size": 7, "file_path": str(secret)}
        monkeypatch.setattr(Methods, "get_file", lambda *_: told)
        with pytest.raises(Refused, match="does not say where"):
            await messenger.fetch(an_upload(file), most=1000)


async def test_the_token_in_a_files_address_is_told_to_nobody(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # as the platform's description has it
    async with opened(tmp_path) as office:
        office.telegram.fail("getFile", kind="drop_after")
        lost = office.telegram.send_document("x.txt", b"x", user=EDITOR)
        assert await office.answer(lost) == uploads.LOST
        gone = office.telegram.send_document("y.txt", b"y", user=EDITOR)
        office.telegram.methods.paths = Gone()
        told = await office.answer(gone)
        assert "could not fetch" in told
        assert office.talk.owner.urgent == []  # the file is gone, the token is not
        texts = [told, caplog.text, *office.talk.owner.told, *office.talk.owner.urgent]
        assert not [text for text in texts if TOKEN in text or TOKEN.partition(":")[2] in text]


class Gone(dict[str, bytes]):
    """Nothing can be downloaded."""

    def __setitem__(self, path: str, data: bytes) -> None:
        """Forget it."""


async def test_an_update_that_comes_again_is_taken_once(tmp_path):
    async with opened(tmp_path) as office:
        sent = office.telegram.send_document("wall.txt", ARTICLE_TEXT.encode(), user=EDITOR)
        await office.answer(sent)
        given = Upload("twice", Address("telegram", "7"), Sender("telegram", "7"), "a.txt", text="x" * 400)
        messenger: Any = Silent()
        for _ in range(2):
            await office.talk.answer._taken_in(given, "reader", messenger)
        assert messenger.answers == 1


class Silent:
    """A messenger that counts its answers."""

    largest_file = 1000
    answers = 0

    async def fetch(self, *_: Any, **__: Any) -> bytes:
        raise AssertionError

    async def reply(self, *_: Any) -> None:
        self.answers += 1


async def test_who_waits_too_long_is_told_that_there_is_a_queue(tmp_path):
    answers = UploadAnswers(InboxDrop(SpoolSettings(tmp_path)), within=0.05, glance=0.01)
    given = Upload("1", Address("telegram", "7"), Sender("telegram", "7"), "a b.txt", text="words")
    name = await answers.put(given, "editor", Silent())
    assert isinstance(name, str)
    (only,) = (await answers.receipt(name)).blocks
    assert uploads.waiting("a b.txt") in str(only)


async def test_a_desk_without_an_inbox_says_so():
    given = Upload("1", Address("telegram", "7"), Sender("telegram", "7"), "a.txt", text="words")
    assert uploads.NO_INBOX in str(await UploadAnswers(None).put(given, "editor", Silent()))


def an_upload(file: str) -> Upload:
    return Upload("1", Address("telegram", "7"), Sender("telegram", "7"), "x", file=file)


@asynccontextmanager
async def desk_at() -> AsyncIterator[tuple[TelegramDouble, Any]]:
    async with TelegramDouble(rates=NO_RATES) as telegram, desk(telegram) as messenger:
        assert isinstance(messenger, FileMessenger)
        yield telegram, messenger
