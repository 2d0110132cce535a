"""Letters to a mail server that has troubles of its own."""

from __future__ import annotations

import pytest

from bot.chat.email.errors import PAUSE
from bot.domain.errors import BadCredentials, ConfigError, MessengerError, Refused, RetryLater, Unconfirmed
from bot.domain.model import Address
from bot.platforms import PLATFORMS, parse_address
from tests.chat.email_far_end import EmailFarEnd, desk, told
from tests.contracts.messenger import a_message
from tests.doubles.smtp import CERTIFICATE, PASSWORD, MailServer, mail_server

HOME = EmailFarEnd.home


@pytest.fixture(autouse=True)
def _known_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


async def posted(server: MailServer, **more: str) -> str:
    """The id of a letter that was posted."""
    async with desk(server, **more) as messenger:
        (payload,) = messenger.render(a_message("Ferries run"))
        return (await messenger.post(HOME, payload, key="k")).id


async def refusal(server: MailServer, **more: str) -> MessengerError:
    with pytest.raises(MessengerError) as raised:
        await posted(server, **more)
    assert PASSWORD not in f"{raised.value!r} {raised.value} {raised.value.__cause__!r}"
    return raised.value


@pytest.mark.parametrize(("encrypted", "scheme"), [(True, "smtps"), (False, "smtp")])
async def test_letters_are_encrypted_from_the_first_byte_or_by_starttls(encrypted: bool, scheme: str):
    async with mail_server(encrypted=encrypted) as server:
        posted_as = await posted(server, scheme=scheme)
        (letter,) = server.letters
        assert letter.mail["Message-ID"] == posted_as
        assert letter.mail["From"] == "The Desk <desk@courier.example>"
        assert (letter.sender, letter.to) == ("desk@courier.example", (HOME.chat,))
        assert letter.options == (f"SIZE={len(letter.data)}",)


async def test_no_password_is_told_in_the_clear():
    async with mail_server(starttls=False) as server:
        server.authenticate = None  # type: ignore[method-assign,assignment]  # whoever asks it, fails
        refused = await refusal(server)
        assert isinstance(refused, BadCredentials)
        assert "encrypted" in str(refused)
        assert server.letters == []


async def test_a_server_that_wants_no_password_takes_letters_without():
    async with mail_server(starttls=False, auth=False) as server:
        await posted(server, user="")
        assert len(server.letters) == 1


@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
async def test_an_unknown_certificate_is_not_trusted(monkeypatch: pytest.MonkeyPatch, scheme: str):
    monkeypatch.delenv("SSL_CERT_FILE")
    async with mail_server(encrypted=scheme == "smtps") as server:
        refused = await refusal(server, scheme=scheme)
        assert isinstance(refused, BadCredentials)
        assert "certificate" in str(refused)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer", ["421 4.3.2 going down", "450 4.2.0 greylisted", "452 4.3.1 no room"])
async def test_what_is_refused_for_now_is_offered_again(command: str, answer: str):
    async with mail_server() as server:
        server.answers[command] = [answer]
        refused = await refusal(server)
        assert isinstance(refused, RetryLater)
        assert refused.after == PAUSE
        assert answer[:3] in str(refused)
        assert server.letters == []


@pytest.mark.parametrize(
    ("command", "answer", "closed"),
    [
        ("RCPT", "550 5.1.1 no such mailbox", True),
        ("RCPT", "553 5.1.3 bad address", True),
        ("MAIL", "550 5.7.1 not from you", True),
        ("DATA", "552 5.3.4 too much", False),
        ("DATA", "554 5.7.1 looks like spam\nat us", False),
    ],
)
async def test_what_is_refused_for_good_says_whether_it_is_the_place_or_the_letter(
    command: str, answer: str, closed: bool
):
    async with mail_server() as server:
        server.answers[command] = [answer]
        refused = await refusal(server)
        assert isinstance(refused, Refused)
        assert refused.closed is closed
        assert answer[:9] in str(refused)


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
async def test_a_connection_lost_before_the_letter_is_no_doubt(command: str):
    async with mail_server() as server:
        server.hang_up.append(command)
        assert isinstance(await refusal(server), RetryLater)


async def test_a_connection_lost_within_the_letter_is_one():
    async with mail_server() as server:
        server.hang_up.append("DATA")
        assert isinstance(await refusal(server), Unconfirmed)


async def test_check_asks_the_server_for_the_place_and_sends_nothing():
    async with mail_server() as server, desk(server) as messenger:
        assert await messenger.ready() is None
        assert await messenger.reach(HOME) is None
        assert await messenger.name_of(HOME) == HOME.chat
        server.strangers.add(HOME.chat)
        assert "no such mailbox" in (await messenger.reach(HOME) or "")
        assert server.letters == []


async def test_nobody_is_heard_until_the_listening_ends():
    async with mail_server() as server, desk(server) as messenger:
        assert messenger.healthy()
        stream = messenger.incoming()
        await messenger.stop_listening()
        assert [said async for said in stream] == []


# --- what is set up ------------------------------------------------------------------------------


def test_an_address_is_a_mailbox():
    assert parse_address("email:ada.l+news@reader.example") == Address("email", "ada.l+news@reader.example")
    for wrong in ("email:ada", "email:a b@c.example", "email:a@b.example\n", "email:@b.example", 'email:"a"@b.example',
                  "email:a@b", f"email:{'a' * 65}@b.example", f"email:a@{'b.' * 120}example"):  # fmt: skip
        with pytest.raises(ValueError, match="not an address"):
            parse_address(wrong)


@pytest.mark.parametrize(
    ("options", "url", "about"),
    [
        ({}, "smtps://u:hidden@mail.example", "email.sender"),
        ({"sender": "Desk <desk@courier.example>"}, "mail.example:hidden", "SMTP_URL"),
        ({"sender": "Desk <desk@courier.example>"}, "smtps://u:hidden@mail.example:port", "SMTP_URL"),
        ({"sender": "Desk <desk@courier.example>"}, "imap://u:hidden@mail.example", "SMTP_URL"),
    ],
)
def test_what_is_missing_is_named_and_no_password_repeated(options: dict[str, str], url: str, about: str):
    email = PLATFORMS["email"]
    with pytest.raises(ConfigError) as raised:
        email.settings(email.options(**options), {"SMTP_URL": url})
    assert about in str(raised.value)
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sender": "Desk"},
        {"sender": "Desk\n <a@b.example>"},
        {"unsubscribe": "http://bad.example"},
        {"unsubscribe": "mailto:x"},
    ],
)
def test_options_that_cannot_be_are_refused(wrong: dict[str, str]):
    with pytest.raises(ValueError, match="write"):
        PLATFORMS["email"].options(**wrong)


async def test_ports_follow_the_scheme():
    async with mail_server() as server:
        assert told(server).port == server.port
    email = PLATFORMS["email"]
    options = email.options(sender="desk@courier.example")
    made = [email.settings(options, {"SMTP_URL": f"{scheme}://mail.example"}) for scheme in ("smtps", "smtp")]
    assert [(one.port, one.encrypted, one.user) for one in made] == [(465, True, ""), (587, False, "")]
    assert PASSWORD not in repr(
        email.settings(
            options, {"SMTP_URL": f"smtp://u:{PASSWORD.replace('/', '%2F').replace('@', '%40')}@m.example"}
        )
    )
