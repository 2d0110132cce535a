"""Letters of a mailbox come to the inbox once each, and are put away once they lie there."""

from __future__ import annotations

import asyncio
import imaplib
import logging
import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.errors import InboxError
from bot.domain.sourcing import FetchFailed, Mailbox, Source, SourceState
from bot.sources.mailbox import letters as taking
from bot.sources.mailbox.letters import TRIES, Mailboxes, head_of, is_from
from tests.builders import NOON
from tests.doubles import dovecot as real
from tests.doubles import imap as double
from tests.doubles.dovecot import Dovecot, dovecot, letter
from tests.doubles.imap import imap_server, says
from tests.doubles.smtp import CERTIFICATE
from tests.fakes import FakeClock
from tests.sources.feeds import MemorySources

needs_dovecot = pytest.mark.skipif(bool(real.WHY_NOT), reason=real.WHY_NOT)


class Desk:
    """A desk with one mailbox, and what lies in its inbox."""

    def __init__(self, mailbox: Mailbox, *, largest: int = 100_000, seconds: float = 10, trusted=None):
        self.store, self.inbox, self.full = MemorySources(), [], False
        self.source = Source("news", mailbox.url, first=None, mailbox=mailbox)
        self.state = SourceState(mailbox.url, NOON, NOON)
        self.mailboxes = Mailboxes(self.store, self._drop, FakeClock(), largest, seconds, trusted)

    async def _drop(self, name: str, data: bytes) -> str:
        if self.full:
            raise InboxError("no room")
        self.inbox.append((name, data))
        return name

    async def round(self) -> int:
        found = await self.mailboxes.take(self.source, self.state)
        self.state = replace(self.state, succeeded=NOON, etag=found.etag)
        self.more = found.more
        return found.files

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.inbox]


async def failure(desk: Desk) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        await asyncio.wait_for(desk.round(), 30)
    return caught.value


# --- a real server ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as made:
        yield made


@needs_dovecot
async def test_letters_come_as_they_are_and_move_to_their_folder(server: Dovecot):
    sent = [letter("Die Brücke ist wieder offen"), letter("The fair begins")]
    server.put("Moved", *sent)
    desk = Desk(server.mailbox("Moved", moved_to="Gelesen & abgelegt"))
    assert await desk.round() == 2
    assert desk.names == ["news/Die-Brücke-ist-wieder-offen.eml", "news/The-fair-begins.eml"]
    assert [data for _, data in desk.inbox] == sent
    assert (server.holds("Moved"), server.holds("Gelesen &- abgelegt")) == (0, 2)
    assert await desk.round() == 0
    server.put("Moved", letter("A third"))
    assert await desk.round() == 1


@needs_dovecot
async def test_letters_that_stay_are_marked_as_read_and_not_taken_again(server: Dovecot):
    server.put("Stay", letter("One"), letter("Two"))
    desk = Desk(server.mailbox("Stay"))
    assert await desk.round() == 2
    assert (server.holds("Stay"), server.holds("Stay", "SEEN")) == (2, 2)
    server.put("Stay", letter("Three"))
    assert await desk.round() == 1
    assert await desk.round() == 0


@needs_dovecot
async def test_a_folder_with_new_numbers_brings_no_letter_twice(server: Dovecot):
    server.put("Anew", letter("One"), letter("Two"))
    desk = Desk(server.mailbox("Anew"))
    await desk.round()
    before = desk.state.etag
    server.recreated("Anew", letter("Two"), letter("Three"))
    assert await desk.round() == 1
    assert desk.names[2:] == ["news/Three.eml"]
    assert desk.state.etag.split(":")[0] != before.split(":")[0]


@needs_dovecot
async def test_what_others_marked_as_deleted_in_the_folder_is_not_deleted():
    without = "IMAP4rev1 UIDPLUS AUTH=PLAIN"
    with dovecot(capability=without) as server:
        server.put("Shared", letter("Theirs", "ann@other.example"), letter("Ours"))
        with server.client() as client:
            client.select("Shared")
            client.store("1", "+FLAGS", r"(\Deleted)")
            client.unselect()
        desk = Desk(server.mailbox("Shared", moved_to="Away", senders=("courier.example",)))
        assert await desk.round() == 1
        assert (server.holds("Shared"), server.holds("Shared", "DELETED"), server.holds("Away")) == (1, 1, 1)


@needs_dovecot
async def test_only_the_senders_that_count_are_taken_and_others_stay(server: Dovecot):
    server.put(
        "From", letter("A", "a@one.example"), letter("B", "b@two.example"), letter("C", "c@two.example")
    )
    desk = Desk(server.mailbox("From", moved_to="From away", senders=("@one.example", "C@two.example")))
    assert await desk.round() == 2
    assert desk.names == ["news/A.eml", "news/C.eml"]
    assert (server.holds("From"), server.holds("From", "UNSEEN")) == (1, 1)


@needs_dovecot
async def test_a_desk_that_ended_between_inbox_and_move_only_moves(server: Dovecot):
    server.put("Killed", letter("One"), letter("Two"))
    desk = Desk(server.mailbox("Killed", moved_to="Killed away"))

    async def killed(*_: object) -> None:
        raise RuntimeError("killed")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.sources.mailbox.imap.Imap.put_away", killed)
        with pytest.raises(RuntimeError, match="killed"):
            await desk.round()
    assert (len(desk.inbox), server.holds("Killed")) == (2, 2)
    assert await desk.round() == 0
    assert (len(desk.inbox), server.holds("Killed"), server.holds("Killed away")) == (2, 0, 2)


@needs_dovecot
async def test_nothing_is_put_away_that_does_not_lie_in_the_inbox(server: Dovecot):
    server.put("Full", letter("One"))
    desk = Desk(server.mailbox("Full", moved_to="Full away"))
    desk.full = True
    assert (await failure(desk)).reason.code == "source.inbox"
    assert server.holds("Full") == 1
    desk.full = False
    assert await desk.round() == 1
    assert server.holds("Full away") == 1


@needs_dovecot
async def test_the_server_is_told_nothing_before_its_certificate_is_trusted(server: Dovecot):
    server.put("Tls", letter("One"))
    encrypted = server.mailbox("Tls", port=server.tls, tls=True)
    error = await failure(Desk(encrypted))
    assert (error.reason.code, error.lasting) == ("mailbox.certificate", True)
    desk = Desk(encrypted, trusted=lambda: ssl.create_default_context(cafile=CERTIFICATE))
    assert await desk.round() == 1
    named_otherwise = replace(encrypted, host="127.0.0.2")
    wrong_host = Desk(named_otherwise, trusted=lambda: ssl.create_default_context(cafile=CERTIFICATE))
    assert (await failure(wrong_host)).reason.code == "mailbox.certificate"


@needs_dovecot
async def test_what_is_wrong_is_said_without_the_password(server: Dovecot, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    wrong = server.mailbox("INBOX", password="not the password")
    error = await failure(Desk(wrong))
    assert (error.reason.code, error.lasting) == ("mailbox.login", True)
    missing = await failure(Desk(server.mailbox("Nowhere")))
    assert "does not open the folder Nowhere" in str(missing)
    told = f"{error!r} {error} {wrong!r} {missing!r} {caplog.text}"
    assert "not the password" not in told
    assert real.PASSWORD not in told


@needs_dovecot
async def test_the_first_newest_alone_are_taken_where_that_is_wished(server: Dovecot):
    server.put("First", *(letter(f"Number {one}") for one in range(5)))
    desk = Desk(server.mailbox("First"))
    desk.source = replace(desk.source, first=2)
    assert await desk.round() == 2
    assert desk.names == ["news/Number-3.eml", "news/Number-4.eml"]
    server.put("First", letter("Number 5"))
    assert await desk.round() == 1


@needs_dovecot
async def test_whoever_asks_learns_how_many_letters_there_are(server: Dovecot):
    server.put("Probed", letter("One"))
    desk = Desk(server.mailbox("Probed"))
    assert await desk.mailboxes.probe(desk.source) == (1, True)
    assert server.holds("Probed", "UNSEEN") == 1


# --- the double ------------------------------------------------------------------------------------------


async def test_the_standard_librarys_client_can_talk_to_the_double():
    async with imap_server(letters={3: letter("One"), 9: letter("Two")}) as server:

        def talk() -> tuple[object, ...]:
            with imaplib.IMAP4("127.0.0.1", server.port, timeout=10) as client:
                client.authenticate("PLAIN", lambda _: b"\0desk\0pw")
                _, [count] = client.select()
                _, one = client.uid("FETCH", "9", "(UID BODY.PEEK[])")
                _, listed = client.fetch("1:2", "(UID)")
                client.uid("MOVE", "3", '"Away"')
                return count, one[0][1], len(listed)

        assert await asyncio.to_thread(talk) == (b"2", letter("Two"), 2)
        assert (list(server.letters), server.moved) == ([9], [3])


async def test_a_large_folder_is_taken_in_batches_and_never_read_whole():
    one = letter("One")
    async with imap_server(letters=dict.fromkeys(range(10, 1_000_010, 10), one)) as server:
        desk = Desk(server.mailbox())
        assert await desk.round() == 1  # all are the same letter
        assert desk.more
        assert desk.state.etag == f"7:{taking.MOST_AT_ONCE * 10}"
        assert server.times("UID FETCH") == taking.MOST_AT_ONCE
        asked = len(server.heard)
        desk.state = replace(desk.state, etag="7:999970")
        await desk.round()
        assert not desk.more
        assert desk.state.etag == "7:1000000"
        assert len(server.heard) - asked < 40


async def test_what_is_too_large_is_left_without_being_fetched(caplog: pytest.LogCaptureFixture):
    async with imap_server(letters={1: letter("Large", body="x" * 3000), 2: letter("Small")}) as server:
        desk = Desk(server.mailbox(moved_to="Away"), largest=2000)
        assert await desk.round() == 1
        assert (desk.names, server.moved) == (["news/Small.eml"], [2])
        assert server.times("UID FETCH 1 ") == 0
        assert "is too large, and left" in caplog.text


async def test_a_letter_that_the_server_does_not_give_is_tried_again_and_holds_up_no_other():
    async with imap_server(letters={1: letter("One"), 2: letter("Two")}) as server:
        server.odd["UID FETCH"] = says(b"NO later")
        desk = Desk(server.mailbox(moved_to="Away"))
        assert await desk.round() == 0
        assert desk.state.etag == "7:0"
        server.odd.clear()
        assert await desk.round() == 2
        server.letters[3] = letter("Three")
        server.odd["UID FETCH"] = says(b"NO never")
        for _ in range(TRIES):
            await desk.round()
        assert desk.state.etag == "7:3"


async def test_a_letter_on_which_the_desk_fails_keeps_no_other_from_being_taken(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def failing(head: bytes) -> tuple[tuple[str, ...], str]:
        if b"Two" in head:
            raise ZeroDivisionError
        return head_of(head)

    monkeypatch.setattr(taking, "head_of", failing)
    async with imap_server(
        letters={n: letter(name) for n, name in enumerate(("One", "Two", "Three"), 1)}
    ) as server:
        desk = Desk(server.mailbox())
        assert await desk.round() == 2
        for _ in range(TRIES - 1):
            assert await desk.round() == 0
        assert desk.state.etag == "7:3"
    assert caplog.messages[-1] == "news: the desk fails on a letter, which is left in its folder"


async def test_a_round_that_takes_too_long_stops_between_two_letters(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(taking, "LONGEST_ROUND", -1.0)
    async with imap_server(letters={1: letter("One")}) as server:
        desk = Desk(server.mailbox())
        assert await desk.round() == 0
        assert desk.more
        monkeypatch.setattr(taking, "LONGEST_ROUND", 300.0)
        assert await desk.round() == 1


@pytest.mark.parametrize(
    ("at", "odd", "code"),
    [
        ("greeting", double.silent, "source.slow"),
        ("greeting", double.dripping, "source.slow"),
        ("greeting", double.raw(b"HTTP/1.1 400 Bad Request\r\n"), "mailbox.protocol"),
        ("greeting", double.hung_up, "source.unreachable"),
        ("AUTHENTICATE", double.silent, "source.slow"),
        ("SELECT", double.endless, "mailbox.too_much"),
        ("SELECT", says(b"NO [NONEXISTENT] none"), "mailbox.folder"),
        ("FETCH", double.endless, "mailbox.too_much"),
        ("FETCH", double.raw(b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n"), "mailbox.too_much"),
        ("FETCH", says(b"BAD what"), "mailbox.refused"),
        ("UID FETCH", double.raw(b"* 1 FETCH (UID 1 BODY[] {999999999}\r\nx"), "mailbox.too_much"),
        ("UID FETCH", double.dripping, "source.slow"),
        ("UID FETCH", double.hung_up, "source.unreachable"),
        ("UID MOVE", says(b"NO [OVERQUOTA] full"), "mailbox.away"),
    ],
)
async def test_a_hostile_server_ends_in_a_reason(at: str, odd: double.Odd, code: str):
    async with imap_server(letters={1: letter("One")}) as server:
        server.odd = {at: odd}
        if code == "mailbox.away":
            server.odd["CREATE"] = says(b"NO no")
        desk = Desk(server.mailbox(moved_to="Away"), seconds=0.3 if code == "source.slow" else 10)
        assert (await failure(desk)).reason.code == code
        assert server.moved == []


async def test_a_server_without_plain_is_logged_into_otherwise():
    async with imap_server(can="IMAP4rev1") as server:
        assert await Desk(server.mailbox(user="the desk", password='a "b" \\c')).round() == 0
        assert 'LOGIN "the desk" "a \\"b\\" \\\\c"' in server.heard
        for password in ("pässword", "a\r\nA1 LOGOUT"):
            error = await failure(Desk(server.mailbox(password=password)))
            assert (error.reason.code, error.lasting) == ("mailbox.ascii", True)
        assert server.times("LOGOUT") == 1


@pytest.mark.parametrize("password", ["correct horse", 'a "b" \\c', "it's \\x"])
@pytest.mark.parametrize("answer", ["NO I do not know {}", 'BAD what is "{}"', "NO \x1b[2J{}"])
async def test_a_server_that_repeats_the_password_does_not_make_it_known(password: str, answer: str):
    async with imap_server(can="IMAP4rev1") as server:
        server.odd["LOGIN"] = says(answer.format(password).encode())
        error = await failure(Desk(server.mailbox(password=password)))
        told = f"{error} {error!r} {error.reason!r} {error.__cause__!r}"
        assert "(password)" in str(error) or answer.startswith("BAD")
        assert "horse" not in told
        assert password.replace("\\", "").replace("'", "") not in told.replace("\\", "").replace("'", "")
        assert "\x1b" not in told


async def test_a_target_folder_that_is_missing_is_made():
    async with imap_server(letters={1: letter("One")}) as server:

        async def missing(writer: asyncio.StreamWriter, tag: bytes) -> None:
            writer.write(tag + b" NO [TRYCREATE] none\r\n")
            del server.odd["UID MOVE"]

        server.odd["UID MOVE"] = missing
        await Desk(server.mailbox(moved_to="Away")).round()
        assert (server.times('CREATE "Away"'), server.moved) == (1, [1])


# --- heads -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "wanted", "counts"),
    [
        (b"From: News <news@one.example>", ["one.example"], True),
        (b"From: News <News@ONE.example>", ["news@one.example"], True),
        (b'From: "news@one.example" <evil@two.example>', ["one.example"], False),
        (b"From: news@one.example, evil@two.example", ["one.example"], False),
        (b"From: news@not-one.example", ["one.example"], False),
        (b"From: news@sub.one.example", ["@one.example"], False),
        (b"From: \xff\xfe", ["one.example"], False),
        (b"", ["one.example"], False),
        (b"", [], True),
    ],
)
def test_who_counts_as_sender(head: bytes, wanted: list[str], counts: bool):
    assert is_from(head_of(head + b"\r\n\r\n")[0], wanted) is counts


def test_what_cannot_be_read_of_a_head_is_none():
    assert head_of(b"Subject: =?nope?b?eA==?=\r\n\r\n")[1] == ""
    assert head_of(b"Subject: =?utf-8?b?a?=\r\n\r\n")[1] == ""
    assert head_of(b"From: " + b"(" * 3_900 + b"\r\nSubject: One\r\n\r\n") == ((), "One")
    assert head_of(b"Subject: =?utf-8?q?Br=C3=BCcke?=\r\n\r\n")[1] == "Brücke"


async def test_without_a_password_nobody_is_asked_and_its_name_is_said():
    async with imap_server() as server:
        error = await failure(Desk(server.mailbox(password="")))
        assert (error.reason.code, error.lasting, server.heard) == ("mailbox.password", True, [])
        assert "MAILBOX_PASSWORD_NEWS" in str(error)
