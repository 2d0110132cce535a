"""The playground: its guard, and the page as a person uses it, in Chromium."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.doubles.slack_workspace import BOT_USER
from tests.doubles.telegram_rules import Text
from tests.playground.__main__ import open_playground
from tests.playground.chromium import PROGRAM, Page, page
from tests.playground.scene import Scene, Wrong
from tests.playground.server import Playground, serving
from tests.running import CHAT, Town, town

HOSTILE = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"
ARTICLE = f"""Ferries to Skerry stop for a week

The ferries between Mardle and Skerry will stop for a week, the harbour authority {HOSTILE} said on Friday.

"Nobody likes a harbour without ships, and we like it least of all," said Orla Tennick, the harbour master.
"""


@pytest.fixture
async def quiet(tmp_path: Path) -> AsyncIterator[tuple[Town, Playground]]:
    """A page without a desk behind it."""
    async with town(tmp_path) as place, serving(Scene(place)) as playground:
        yield place, playground


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def token_of(playground: Playground, web: aiohttp.ClientSession) -> str:
    async with web.get(playground.address) as answer:
        found = re.search(r'name="token" content="([^"]+)"', await answer.text())
    assert found
    return found[1]


async def acted(
    playground: Playground, web: aiohttp.ClientSession, what: Any, **headers: str
) -> tuple[int, Any]:
    if not headers:
        headers = {"X-Token": await token_of(playground, web)}
    async with web.post(f"{playground.address}act", json=what, headers=headers) as answer:
        body = await answer.text()
        return answer.status, await answer.json() if answer.content_type == "application/json" else body


async def test_the_page_loads_nothing_from_elsewhere(
    quiet: tuple[Town, Playground], web: aiohttp.ClientSession
):
    _, playground = quiet
    async with web.get(playground.address) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        addresses = re.findall(r'(?:src|href)="([^"]+)"', await answer.text())
    assert addresses
    for address in addresses:
        async with web.get(playground.address.rstrip("/") + address) as answer:
            assert answer.status == 200
            assert not re.search(r"https?://(?!127)", (await answer.text()).replace("^https?:", ""))


@pytest.mark.parametrize("host", ["bad.example", "bad.example:80", "127.0.0.1", "127.0.0.1.bad.example"])
async def test_a_name_that_was_made_to_lead_here_gets_nothing(
    quiet: tuple[Town, Playground], web: aiohttp.ClientSession, host: str
):
    async with web.get(quiet[1].address, headers={"Host": host}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("token", ["", "guessed", "é"])
async def test_only_the_page_acts_and_listens(
    quiet: tuple[Town, Playground], web: aiohttp.ClientSession, token: str
):
    place, playground = quiet
    what = {"act": "telegram.say", "chat": CHAT, "text": "/help"}
    assert (await acted(playground, web, what, **{"X-Token": token}))[0] == 403
    async with web.get(f"{playground.address}events", params={"token": token}) as answer:
        assert answer.status == 403
    assert not place.telegram.world.chats[CHAT].messages


@pytest.mark.parametrize(
    "what",
    [
        [], {}, {"act": "fly"}, {"act": "slack.say"}, {"act": "slack.say", "channel": "C9", "text": "hello"},
        {"act": "slack.press", "channel": "C1", "action": "more"}, {"act": "telegram.press", "chat": 5, "message": 1, "data": "x"},
        {"act": "slack.submit", "view": "V1", "values": {}},
    ],
)  # fmt: skip
async def test_what_cannot_be_done_is_said_to_be_wrong(
    quiet: tuple[Town, Playground], web: aiohttp.ClientSession, what: Any
):
    status, said = await acted(quiet[1], web, what)
    assert status == 400
    assert said["wrong"]


async def test_what_one_sees_alone_is_shown_and_pressed_in_the_place_of_its_chat(
    quiet: tuple[Town, Playground],
):
    telegram, scene = quiet[0].telegram, Scene(quiet[0])
    chat = telegram.chat(CHAT)
    markup = {"inline_keyboard": [[{"text": "Next", "callback_data": "page:1"}]]}
    telegram.ephemeral.add(chat, 42, Text("for you"), sender=telegram.world.bot, by_bot=True, markup=markup)
    telegram.ephemeral.add(chat, 7, Text("for somebody else"), sender=telegram.world.bot, by_bot=True)
    (shown,) = next(one["messages"] for one in scene.seen()["telegram"]["chats"] if one["id"] == CHAT)
    assert (shown["text"], bool(shown["alone"])) == ("for you", True)
    pressed = {"act": "telegram.press", "chat": CHAT, "message": 0, "data": "page:1", "alone": shown["alone"]}
    await scene.act(pressed)
    (update,) = [one for one in telegram.updates.queue if one.kind == "callback_query"]
    assert update.body["message"]["ephemeral_message_id"] == shown["alone"]
    with pytest.raises(Wrong):
        await scene.act(pressed | {"alone": 7})


async def test_a_file_may_be_too_large(quiet: tuple[Town, Playground]):
    with pytest.raises(Wrong, match="5 MB"):
        await Scene(quiet[0]).act({"act": "drop", "name": "a.txt", "text": "a" * (5 * 2**20 + 1)})


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.txt", "a.txt"),
        ("../../b.txt", "b.txt"),
        ("/etc/c.txt", "c.txt"),
        ("..", "dropped.txt"),
        (".d\0e.txt", "d_e.txt"),
    ],
)
async def test_a_dropped_file_lies_in_the_inbox_and_nowhere_else(
    quiet: tuple[Town, Playground], web: aiohttp.ClientSession, name: str, kept: str
):
    place, playground = quiet
    before = {path for path in place.folder.rglob("*") if path.is_file()}
    assert (await acted(playground, web, {"act": "drop", "name": name, "text": "words"}))[0] == 200
    (new,) = {path for path in place.folder.rglob("*") if path.is_file()} - before
    assert new == place.folder / "inbox" / kept


async def test_talk_among_people_is_theirs(quiet: tuple[Town, Playground], web: aiohttp.ClientSession):
    place, playground = quiet
    assert (await acted(playground, web, {"act": "slack.say", "channel": "C1", "text": "lunch?"}))[0] == 200
    (said,) = place.slack.desk.channels["C1"].messages.values()
    assert (said["user"], said["text"]) == ("U1", "lunch?")
    assert BOT_USER not in said["text"]


# --- in a browser --------------------------------------------------------------------------------


async def write(shown: Page, where: str, text: str) -> None:
    """Type into a platform's field and send."""
    await shown.value(f"document.getElementById('{where}-text').value = {text!r}")
    await shown.value(f"document.getElementById('{where}-form').requestSubmit()")


def says(where: str, words: str) -> str:
    """Whether a platform's messages show the words."""
    return f"document.getElementById('{where}-messages').innerText.includes({words!r})"


def press(where: str, label: str) -> str:
    """Press the newest button of this label."""
    return f"[...document.querySelectorAll('#{where}-messages button')].findLast(b => b.innerText === {label!r}).click()"


@pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine")
async def test_a_person_reads_asks_presses_and_drops_a_file(tmp_path: Path):
    desk, profile = tmp_path / "desk", tmp_path / "profile"
    desk.mkdir()
    async with open_playground(desk) as (_, playground), page(playground.address, profile) as shown:
        for where in ("slack", "telegram"):
            await shown.until(says(where, "Tamber Bridge closed after inspectors find cracks"))
        await write(shown, "slack", "/copydesk search halvenia OR averne OR crowns")
        await shown.until(says("slack", "only visible to you"))
        await shown.until(says("slack", "Found for"))
        await shown.value(press("slack", "Next ›"))
        await shown.until(says("slack", "6–"))
        await write(shown, "telegram", "/search halvenia OR averne OR crowns")
        await shown.until(says("telegram", "Found for"))
        await shown.value(press("telegram", "Next ›"))
        await shown.until(says("telegram", "6–"))
        await shown.value(press("telegram", "2"))
        await shown.until(says("telegram", "only visible to you"))
        await shown.value(press("telegram", "Mute this story"))
        await shown.value(
            f"drop = new DataTransfer(), drop.items.add(new File([{ARTICLE!r}], 'ferries.txt')),"
            "document.getElementById('file').files = drop.files,"
            "document.getElementById('file').dispatchEvent(new Event('change'))"
        )
        await shown.until("document.getElementById('files').innerText.includes('ferries.txt')")
        await shown.until(
            "[...document.querySelectorAll('#files li')].some(l => l.innerText.startsWith('ferries.txt') && l.querySelector('details'))"
        )
        await write(shown, "slack", "/copydesk search skerry")
        await shown.until(says("slack", "Ferries to Skerry stop for a week"))
        await shown.until(says("slack", HOSTILE[:20]))
        assert await shown.value("window.hacked") is None
        assert shown.refused == []
