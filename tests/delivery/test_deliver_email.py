"""A due slot of a desk becomes a letter that a real server takes and a mail program reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.model import Address
from tests.chat.email_far_end import desk as mail_desk
from tests.chat.email_far_end import shown
from tests.delivery.test_deliver import Newsroom, a_channel, room
from tests.doubles.smtp import CERTIFICATE, mail_server

__all__ = ["room"]  # a fixture
ADA = Address("email", "ada@reader.example")


async def test_a_due_slot_is_read_as_a_letter_and_a_repeat_is_the_same(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    channel = a_channel(to=ADA)
    room.channels = [channel, replace(channel, id="file:other")]  # another of the same name and place
    async with mail_server() as server, mail_desk(server) as messenger:
        deliver = room.deliver(email=messenger)  # type: ignore[arg-type]  # a real one in the double's place
        await deliver.stage_due()
        server.hang_up.append("kept")  # the first answer is lost: nobody knows, and it is handed over again
        await room.day(deliver, articles=2)
        room.clock.pass_by(minutes=30)
        await deliver.post_waiting(timedelta(hours=1))
        await room.day(deliver)
    mails = [letter.mail for letter in server.letters]
    ids = [mail["Message-ID"] for mail in mails]
    assert (len(ids), len(set(ids))) == (5, 4)  # two days of two subscriptions, and a repeat
    again = [number for number, one in enumerate(ids) if ids.count(one) == 2]
    first, second = (shown(server.letters[number]) for number in again)
    assert first == second
    threads = {mail["References"] for mail in mails}
    assert len(threads) == 2
    for letter, mail in zip(server.letters, mails, strict=True):
        text, page = shown(letter)
        assert mail.get_content_type() == "multipart/alternative"
        assert "Ship " in text
        assert "Ship " in page
        assert mail["In-Reply-To"] == mail["References"]
        assert mail["List-Unsubscribe"] == "<mailto:desk@courier.example?subject=unsubscribe>"
        assert mail["To"] == ADA.chat
