"""The playground: its guard, and the page as a person uses it, in Chromium."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.doubles.slack_workspace import BOT_USER
from tests.doubles.telegram_rules import Text
from tests.playground.__main__ import open_playground
from tests.playground.chromium import PROGRAM, page
from tests.playground.person import MODAL, SLACK, TELEGRAM, Person
from tests.playground.scene import Scene, Wrong
from tests.playground.server import Playground, serving
from tests.running import CHAT, Town, town

HOSTILE = "<img/src='x'/onerror='window.hacked=1'><script>window.hacked=1</script>"
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
        {"act": "slack.submit", "view": "V1", "values": {}}, {"act": "slack.close", "view": "V1"},
        {"act": "slack.shortcut", "shortcut": "inbox", "channel": "C1", "ts": "1"},
        {"act": "telegram.choose", "query": "1", "result": "1", "chat": CHAT},
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


async def test_a_command_that_the_menu_says_is_ephemeral_is_seen_by_who_types_it_alone(
    quiet: tuple[Town, Playground],
):
    telegram, scene = quiet[0].telegram, Scene(quiet[0])
    told = [
        {"command": "search", "description": "Find", "is_ephemeral": True},
        {"command": "digest", "description": "Post"},
    ]
    telegram.methods.commands["all_group_chats", "lang:"] = told
    for text in ("/search ferries", "/digest", "/searching", "hello"):
        await scene.act({"act": "telegram.say", "chat": CHAT, "text": text})
    (place,) = (one for one in scene.seen()["telegram"]["chats"] if one["id"] == CHAT)
    assert place["menu"] == told
    assert [one["text"] for one in place["messages"] if one["alone"]] == ["/search ferries"]
    assert len(place["messages"]) == 4


async def test_what_is_told_in_answer_to_a_press_is_for_who_pressed(quiet: tuple[Town, Playground]):
    telegram, scene = quiet[0].telegram, Scene(quiet[0])
    telegram.say("hello", chat=CHAT)
    for user, text in ((42, "no longer good"), (7, "for somebody else"), (42, "")):
        query = telegram.press(1, "x", user=user, chat=CHAT, forged=True)
        telegram.methods.answer({"callback_query_id": query, "text": text, "show_alert": "true"})
    told = scene.seen()["telegram"]["told"]
    assert (told["text"], told["alert"]) == ("no longer good", True)


async def test_where_no_desk_answers_slack_shows_trouble(quiet: tuple[Town, Playground]):
    with pytest.raises(Wrong, match="dispatch_failed"):
        await Scene(quiet[0]).act({"act": "slack.shortcut", "shortcut": "subscribe"})


async def test_a_view_is_shown_to_its_person_and_the_newest_modal_until_it_is_closed(
    quiet: tuple[Town, Playground],
):
    desk, scene = quiet[0].slack.desk, Scene(quiet[0])
    words = {"type": "plain_text", "text": "Title"}
    for user in ("U2", "U1"):
        desk.show_view({"type": "home", "blocks": []}, user=user, name=f"VHOME{user}")
    first, second = (
        desk.show_view({"type": "modal", "title": words, "blocks": []}, user=None)["id"] for _ in "12"
    )
    seen = scene.seen()["slack"]
    assert (seen["home"]["id"], seen["modal"]["id"], seen["modal"]["title"]) == ("VHOMEU1", second, "Title")
    await scene.act({"act": "slack.close", "view": second})
    assert scene.seen()["slack"]["modal"]["id"] == first


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


async def search_on_both(person: Person) -> None:
    for place in (SLACK, TELEGRAM):
        await person.reads(place, "Tamber Bridge closed after inspectors find cracks")
    await person.write("slack", "/copydesk search halvenia OR averne OR crowns")
    await person.write("telegram", "/search halvenia OR averne OR crowns")
    await person.reads(SLACK, "only visible to you")
    for place in (SLACK, TELEGRAM):
        await person.reads(place, "Found for")
        await person.press(place, "Next ›")
        await person.reads(place, "6–")


async def mute_a_story_where_nobody_else_sees_it(person: Person) -> None:
    await person.press(TELEGRAM, "2")
    await person.reads(TELEGRAM, "only visible to you")
    await person.press(TELEGRAM, "Mute this story")


async def subscribe_in_a_dialog(person: Person) -> None:
    """From App Home; a time that is none is told beside its field, where the focus is then."""
    await person.press("#slack-places", "Home")
    await person.press(SLACK, "Subscribe …")
    await person.reads(MODAL, "What about?")
    for field, may in (("#telegram-text", True), ("#slack-places button", False)):  # it is Slack's alone
        at = f"document.querySelector('{field}')"
        assert await person.shown.value(f"({at}.focus(), document.activeElement === {at})") is may
    await person.type(f"{MODAL} input", HOSTILE)
    await person.type(f"{MODAL} .field:nth-of-type(2) input", "at 25:00")
    await person.press(MODAL, "Subscribe")
    await person.reads(f"{MODAL} .field:nth-of-type(2)", '"25:00" is not a time')
    about = "document.activeElement.getAttribute('aria-describedby').split(' ').map(i => document.getElementById(i).innerText).join()"
    assert "is not a time" in await person.shown.value(about)
    await person.type("input:focus", "at 08:00")
    await person.enter()
    await person.shown.until(f"!document.querySelector('{MODAL}').open")
    await person.reads(SLACK, "Subscribed:")
    await person.press(SLACK, "‹ Home")


async def search_in_app_home(person: Person) -> None:
    await person.reads(SLACK, "Your next digests")
    await person.type(f"{SLACK} input", "tanker")
    await person.enter()
    await person.reads(SLACK, "1 article")


async def close_the_dialog_of_a_shortcut(person: Person) -> None:
    await person.press("#slack-places", "⚡ Subscribe to a digest")
    await person.press(MODAL, "Cancel")
    await person.shown.until(f"!document.querySelector('{MODAL}').open")


async def add_a_message_to_the_inbox(person: Person) -> None:
    await person.press("#slack-places", "# news")
    await person.write("slack", "Skerry's ferries are painted green, the harbour says.")
    await person.reads(SLACK, "painted green")
    await person.press(SLACK, "Add to inbox")
    await person.reads(SLACK, "lies in the inbox")


async def choose_what_is_offered_inline(person: Person) -> None:
    """From the second page of everything that there is."""
    offered = "document.querySelectorAll('#telegram-offers b')"
    await person.type("#telegram-text", "@copydesk_test_bot ")
    await person.press("#telegram-offers", "More")
    await person.shown.until(f"{offered}.length > 10")
    title = await person.shown.value(f"[...{offered}].at(-1).innerText")
    await person.shown.value(f"[...{offered}].at(-1).click()")
    await person.reads(TELEGRAM, "via @copydesk_test_bot")
    await person.reads(f"{TELEGRAM} article:last-child", title)


async def be_told_that_a_button_is_too_old(person: Person, town: Town) -> None:
    (digest, *_) = town.telegram.messages(CHAT)
    town.telegram.press(digest.id, "page:1:5", chat=CHAT, forged=True)
    await person.reads("#telegram-alert", "no longer good")
    await person.press("#telegram-alert", "OK")


async def drop_an_article_and_find_it(person: Person) -> None:
    await person.shown.value(
        f"drop = new DataTransfer(), drop.items.add(new File([{ARTICLE!r}], 'ferries.txt')),"
        "document.getElementById('file').files = drop.files,"
        "document.getElementById('file').dispatchEvent(new Event('change'))"
    )
    await person.shown.until(
        "[...document.querySelectorAll('#files li')].some(l => l.innerText.startsWith('ferries.txt') && l.querySelector('details'))"
    )
    await person.write("slack", "/copydesk search skerry week")
    await person.reads(SLACK, "Ferries to Skerry stop for a week")
    await person.reads(SLACK, HOSTILE[:20])


@pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine")
async def test_a_person_uses_everything_that_the_page_has(tmp_path: Path):
    desk, profile = tmp_path / "desk", tmp_path / "profile"
    desk.mkdir()
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        opening = group.create_task(stack.enter_async_context(page(profile)))
        town, playground = await stack.enter_async_context(open_playground(desk))
        person = Person(await opening)
        await person.shown.open(playground.address)
        await search_on_both(person)
        await mute_a_story_where_nobody_else_sees_it(person)
        await subscribe_in_a_dialog(person)
        await search_in_app_home(person)
        await close_the_dialog_of_a_shortcut(person)
        await add_a_message_to_the_inbox(person)
        await choose_what_is_offered_inline(person)
        await be_told_that_a_button_is_too_old(person, town)
        await drop_an_article_and_find_it(person)
        assert await person.shown.value("window.hacked") is None
        assert person.shown.refused == []
