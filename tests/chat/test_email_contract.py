"""E-mail keeps the promises of every messenger that posts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.chat.email.errors import PAUSE
from bot.domain.errors import Unconfirmed
from tests.chat.email_far_end import EmailFarEnd, desk
from tests.contracts.messenger import Opened, PostingContract, a_message
from tests.doubles.smtp import CERTIFICATE, mail_server


class TestEmail(PostingContract):
    PAUSE = PAUSE

    @pytest.fixture
    async def opened(self, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opened]:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        async with mail_server() as server, desk(server) as messenger:
            yield Opened(messenger, EmailFarEnd(server))

    async def test_a_lost_answer_is_unconfirmed_and_never_repeated(self, opened: Opened):
        """A letter that is handed over again is the same one: so nobody has to know."""
        opened.far.lose_reply()
        (payload,) = opened.messenger.render(a_message("Once"))
        with pytest.raises(Unconfirmed):
            await opened.messenger.post(opened.far.home, payload, key="lost")
        assert await opened.far.texts(opened.far.home) == ["Once"]
        assert await opened.messenger.find(opened.far.home, "lost", since=datetime.now(UTC)) is None
        posted = await opened.messenger.post(opened.far.home, payload, key="lost")
        assert isinstance(opened.far, EmailFarEnd)
        assert {letter.mail["Message-ID"] for letter in opened.far.server.letters} == {posted.id}
