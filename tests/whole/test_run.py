"""`copydesk run`, whole: a folder on one side, Slack and Telegram on the other."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot

from tests.desk import FERRY, ORCHARD, an_article_file
from tests.doubles.telegram import TOKEN
from tests.folders import nested
from tests.running import CHAT, PERSON, WITHIN, Log, Town, town


@pytest.fixture
async def place(tmp_path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


def drop(place: Town, name: str = "ferry.txt") -> None:
    """Write the article beside the inbox and move it in, as careful senders do."""
    path = an_article_file(place.folder, name, "Ferries to run every ten minutes", *FERRY)
    (place.folder / "inbox").mkdir(exist_ok=True)
    path.rename(place.folder / "inbox" / name)


async def test_a_dropped_article_is_found_from_both_platforms(place):
    log = await place.open()
    drop(place)
    await log.until("searchable: 1")
    asked = await place.slack.slash("/copydesk", "search ferries", user="U1", channel="C1")
    assert asked.acknowledged
    await place.slack.until(lambda: bool(asked.responses))
    assert "Ferries to run every ten minutes" in str(asked.responses)
    place.telegram.say("/search ferries", chat=PERSON)
    (answer,) = await place.telegram.sent(PERSON)
    assert "Ferries to run every ten minutes" in answer.text
    assert await log.close() == 0
    assert "the desk is closed" in log.lines[-1]


async def test_a_digest_asked_for_in_chat_reaches_the_channel_and_the_group(place):
    place.configure(
        channels=[
            {"name": "news", "to": "slack:C1"},
            {"name": "group", "to": f"telegram:{CHAT}"},
        ]
    )
    log = await place.open()
    drop(place)
    await log.until("searchable: 1")
    for name in ("news", "group"):
        sent = await place.start("digest", "send", name)
        _, told = await sent.communicate()
        assert sent.returncode == 0, told
        assert b"posts it within a minute" in told
    log.desk.send_signal(signal.SIGHUP)  # reading the configuration again wakes the way out
    await place.slack.until(lambda: bool(place.slack.posted("C1")))
    await place.telegram.sent(CHAT)
    for texts in (place.slack.texts("C1"), place.telegram.texts(CHAT)):
        assert "Nobody should have to plan a working day around one old engine" in "\n".join(texts)
    assert place.slack.pings("C1") == []
    assert await log.close() == 0


async def test_without_a_desk_what_is_sent_is_posted_and_told(place):
    place.configure(channels=[{"name": "news", "to": "slack:C1"}, {"name": "gone", "to": "slack:C404"}])
    for name, words, status in (
        ("news", b"posted 1 part to slack:C1\n", 0),
        ("gone", b"gets no more digests", 1),
    ):
        sent = await place.start("digest", "send", name)
        _, told = await sent.communicate()
        assert words in told
        assert sent.returncode == status
    place.slack.fail("chat.postMessage", kind="429", seconds=90)
    sent = await place.start("digest", "send", "news")
    _, told = await sent.communicate()
    assert b"the next part is due at " in told


async def test_strangers_get_no_answer_and_check_names_them(place):
    log = await place.open()
    place.telegram.chat(7, state="member")
    place.telegram.say("/search ferries", chat=7, user=7)
    place.telegram.say("/help", chat=PERSON)
    await place.telegram.sent(PERSON)
    assert place.telegram.messages(7) == []
    assert await log.close() == 0
    check = await place.start("check")
    told, _ = await check.communicate()
    assert b"telegram:7" in told
    assert "may be let in under [access] as telegram:7\n" in "".join(log.lines)


async def test_a_second_desk_says_who_holds_the_token_and_leaves(place):
    log = await place.open()
    second = await place.start()
    _, told = await second.communicate()
    assert second.returncode == 2
    assert b"another desk" in told
    assert f"-{log.desk.pid}~".encode() in told
    assert await log.close() == 0


async def test_a_killed_desk_is_succeeded_at_once(place):
    log = await place.open()
    log.desk.kill()
    await log.desk.communicate()
    drop(place)
    log = await place.open()
    await log.until("ferry.txt: new")
    assert await log.close() == 0


async def test_the_configuration_is_read_again_and_a_bad_one_changes_nothing(place):
    log = await place.open()
    (place.folder / "config.toml").write_text("timezone = 'Mars'\n", encoding="utf-8")
    log.desk.send_signal(signal.SIGHUP)
    assert "is not a time zone" in await log.until("stays as it was")
    place.configure(topics={"ships": "ferry OR ship"})
    log.desk.send_signal(signal.SIGHUP)
    await log.until("was read again")
    place.telegram.say("/topics", chat=PERSON)
    (answer,) = await place.telegram.sent(PERSON)
    assert "ships" in answer.text
    assert await log.close() == 0


async def test_a_dead_token_ends_one_platform_and_no_token_is_logged(place):
    place.telegram.revoke()
    log = Log(await place.start())
    await log.until("nobody is heard on telegram")
    drop(place)
    await log.until("searchable: 1")
    asked = await place.slack.slash("/copydesk", "help", user="U1", channel="C1")
    assert asked.acknowledged
    assert await log.close() == 0
    written = "".join(log.lines)
    assert TOKEN not in written
    assert place.slack.bot_token not in written


async def test_a_rival_for_telegrams_updates_does_not_end_the_desk(place):
    log = await place.open()
    async with Bot(TOKEN, base_url=place.telegram.base_url) as rival:
        asked = asyncio.ensure_future(rival.get_updates(timeout=10))
        await log.until("another program asks for this bot's updates")
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
    drop(place)
    await log.until("searchable: 1")
    place.telegram.say("/help", chat=PERSON)
    (answer,) = await place.telegram.sent(PERSON)
    assert "What I can do" in answer.text
    assert await log.close() == 0


async def test_what_was_asked_before_the_desk_closes_is_answered(place):
    log = await place.open()
    place.telegram.fail("sendMessage", kind="429", seconds=1)
    place.telegram.say("/help", chat=PERSON)
    await place.telegram.until(lambda: place.telegram.called("sendMessage"))
    assert await log.close() == 0
    (answer,) = place.telegram.messages(PERSON)
    assert "What I can do" in answer.text


async def test_a_flood_of_questions_keeps_the_pace_and_does_not_hold_the_desk(place):
    log = await place.open()
    for _ in range(24):
        place.telegram.say("/topics", chat=CHAT)
    await place.telegram.sent(CHAT, count=4)
    assert await log.close() == 0
    assert len(place.telegram.messages(CHAT)) < 24, "the desk left, as docker wants, and did not answer all"
    assert "telegram: the desk closes and leaves" in "".join(log.lines)
    assert place.telegram.refused_for_rate == 0


async def test_health_names_the_platform_on_which_nobody_is_heard(place, unused_tcp_port):
    at = f"http://127.0.0.1:{unused_tcp_port}"
    place.configure(slack={"api": place.slack.url, "mode": "http"}, web={"port": unused_tcp_port})
    place.telegram.revoke()
    log = Log(await place.start(environ={"SLACK_SIGNING_SECRET": place.slack.signing_secret}))
    await log.until("nobody is heard on telegram")
    await place.slack.until(lambda: place.slack.called("auth.test"))
    async with aiohttp.ClientSession() as session, session.get(f"{at}/health") as health:
        assert health.status == 503
        assert (await health.json())["reasons"] == ["nobody is heard on: telegram"]
    assert await log.close() == 0


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
async def test_the_desk_closes_in_order(place, sent):
    log = await place.open()
    log.desk.send_signal(sent)
    _, told = await asyncio.wait_for(log.desk.communicate(), WITHIN)
    assert log.desk.returncode == 0
    # asyncio's debug mode adds lines on callbacks that took long, also the count of them at the very end.
    lines = [line for line in told.decode().splitlines() if " took " not in line]
    assert any(line.endswith("closing: finishing what is in hand") for line in lines)
    assert lines[-1].endswith("the desk is closed")


def a_pipe_for_a_configuration(place: Town) -> Path:
    """Whoever opens the pipe to write goes on when the desk reads: its first moment is known."""
    path = place.folder / "config.toml"
    real = path.rename(place.folder / "the configuration")
    os.mkfifo(path)
    return real


@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
@pytest.mark.sampled(1)
async def test_a_signal_before_the_desk_is_open_is_heeded(place, sent):
    real = a_pipe_for_a_configuration(place)
    pipe = real.with_name("config.toml")
    log = Log(await place.start_cold())
    with await asyncio.to_thread(pipe.open, "w", encoding="utf-8") as file:
        log.desk.send_signal(sent)
        if sent != signal.SIGHUP:
            _, told = await asyncio.wait_for(log.desk.communicate(), WITHIN)
            assert (log.desk.returncode, told) == (0, b"")
            return
        file.write(real.read_text(encoding="utf-8"))
        real.replace(pipe)
    await log.until("the configuration was read again")
    assert await log.close() == 0


@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
@pytest.mark.sampled(1)
async def test_a_signal_while_the_store_is_opened_is_heeded(place, sent):
    asked, close_connections = asyncio.Event(), asyncio.Event()

    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await close_connections.wait()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        desk = await place.start_cold({"DATABASE_URL": f"postgresql://desk@127.0.0.1:{port}/desk"})
        await asyncio.wait_for(asked.wait(), WITHIN)
        desk.send_signal(sent)
        if sent == signal.SIGHUP:
            close_connections.set()
        _, told = await asyncio.wait_for(desk.communicate(), WITHIN)
        close_connections.set()
    assert desk.returncode == (1 if sent == signal.SIGHUP else 0), told
    assert b"Traceback" not in told


async def test_half_written_files_are_waited_for(place):
    inbox = place.folder / "inbox"
    inbox.mkdir()
    log = await place.open()
    with (inbox / "orchard.txt").open("w", encoding="utf-8") as file:
        file.write("Frost takes two thirds of the apples\n\n")
        file.flush()
        file.write("\n\n".join(ORCHARD))
    await log.until("searchable: 1")
    place.telegram.say('/search "come from abroad"', chat=PERSON)
    (answer,) = await place.telegram.sent(PERSON)
    assert "Frost takes two thirds" in answer.text
    assert await log.close() == 0


async def test_requests_are_received_over_http_where_the_platforms_send_them(place, unused_tcp_port):
    at = f"http://127.0.0.1:{unused_tcp_port}"
    place.configure(
        slack={"api": place.slack.url, "mode": "http"},
        telegram={
            "api": place.telegram.base_url.removesuffix("/bot"),
            "mode": "webhook",
            "webhook_url": f"{at}/telegram",
        },
        web={"port": unused_tcp_port},
    )
    place.slack.deliver_to(f"{at}/slack")
    log = Log(await place.start(environ={"SLACK_SIGNING_SECRET": place.slack.signing_secret}))
    await log.until("the desk is open")
    asked = await place.slack.slash("/copydesk", "help", user="U1", channel="C1")
    assert asked.acknowledged
    await place.slack.until(lambda: bool(asked.responses))
    await place.telegram.until(lambda: bool(place.telegram.called("setWebhook")))
    place.telegram.say("/help", chat=PERSON)
    (answer,) = await place.telegram.sent(PERSON)
    assert "What I can do" in answer.text
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{at}/health") as health:
            assert (health.status, (await health.json())["reasons"]) == (200, [])
        async with session.post(f"{at}/telegram", json={"update_id": 1}) as forged:
            assert forged.status == 401
        async with session.post(f"{at}/slack", data="command=/copydesk") as forged:
            assert forged.status == 401
    assert await log.close() == 0


async def test_a_group_that_becomes_a_supergroup_keeps_its_access_and_its_channel(place):
    basic = -500
    place.telegram.chat(basic, title="Town")
    place.configure(
        channels=[{"name": "town", "to": f"telegram:{basic}"}],
        access={"allow": [f"telegram:{basic}"], "editors": [f"telegram:{basic}"]},
    )
    log = await place.open()
    new = place.telegram.migrate(basic)
    place.telegram.say("/subscriptions", chat=new)
    (answer,) = await place.telegram.sent(new)
    assert "town" in answer.text
    assert await log.close() == 0
    assert f"telegram:{basic} is telegram:{new} now" in "".join(log.lines)
    log = await place.open()
    place.telegram.say("/digest now", chat=new)
    await place.telegram.until(lambda: len(place.telegram.messages(new)) >= 3)
    assert await log.close() == 0


async def test_a_folder_of_endless_folders_stops_nothing(place):
    inbox = place.folder / "inbox"
    inbox.mkdir()
    with nested(inbox, 1_500):
        log = await place.open()
        drop(place)
        await log.until("searchable: ")
        assert await log.close() == 0
        log = await place.open()  # nor after a restart
        drop(place, "again.txt")
        await log.until("searchable: ")
        assert await log.close() == 0
