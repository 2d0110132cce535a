"""The App Home and the forms of Slack, with a whole desk behind the double."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.access import AccessSettings
from bot.chat.slack import views
from bot.chat.slack.messenger import SlackMessenger
from bot.domain.message import Box, Button, Buttons, Field, Form, Message, Paragraph, Run
from bot.wording.chat import editing
from tests.chat.slack_far_end import FAST, buttons_of, desk
from tests.conversation import Talk
from tests.doubles import slack_rules as rules
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_delivery import Outcome
from tests.doubles.slack_reading import pieces
from tests.platforms.test_forged_presses import answering

HOME = "VHOMEU1"


@dataclass
class Room:
    """A person's Home tab and forms, and the desk behind them."""

    slack: SlackDouble
    messenger: SlackMessenger
    talk: Talk

    def read(self, view: str = HOME) -> str:
        blocks = [one for one in self.slack.desk.views[view]["blocks"] if one["type"] != "actions"]
        return "\n".join(piece.shown for piece in pieces("", blocks))

    def buttons(self, view: str = HOME) -> dict[str, dict[str, Any]]:
        return {one["text"]["text"]: one for one in buttons_of(self.slack.desk.views[view])}

    async def changed(self, work: Any, view: str = HOME) -> None:
        before = self.slack.desk.views.get(view, {}).get("hash")
        assert (await work).acknowledged
        await self.slack.until(lambda: self.slack.desk.views.get(view, {}).get("hash") != before)

    async def open(self, user: str = "U1") -> None:
        await self.changed(self.slack.open_home(user=user), f"VHOME{user}")

    async def press(self, *labels: str) -> None:
        for label in labels:
            one = self.buttons()[label]
            await self.changed(self.slack.press_in_view(HOME, one["action_id"], value=one.get("value")))

    async def form(self, label: str) -> str:
        """Presses the button and returns the form that it opens."""
        one = self.buttons()[label]
        return await self.opened(self.slack.press_in_view(HOME, one["action_id"], value=one["value"]))

    async def opened(self, work: Any) -> str:
        known = set(self.slack.desk.views)
        assert (await work).acknowledged
        return await self.slack.until(lambda: next(iter(set(self.slack.desk.views) - known), None))

    async def compared(self, form: str, **fields: str) -> tuple[str, str]:
        """Fills in the form; the one that stands in its place then, and its text."""
        form = await self.opened(self.slack.fill(form, **fields))
        return form, str(self.slack.desk.views[form]["blocks"])

    async def kept(self) -> dict[str, Any]:
        return {one.name: one for one in await self.talk.subscriptions.all()}

    @property
    def direct(self) -> str:
        return self.slack.desk.direct("U1").id


@asynccontextmanager
async def at_slack(folder: Path, *allowed: str) -> AsyncIterator[Room]:
    async with (
        SlackDouble(pace=FAST) as slack,
        desk(slack) as messenger,
        answering(folder, messenger, *allowed) as talk,
    ):
        await slack.until(lambda: slack.links)
        yield Room(slack, messenger, talk)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with at_slack(tmp_path, "slack:T1") as opened:
        yield opened


# --- the Home tab ------------------------------------------------------------------------------------


async def test_the_page_shows_what_to_join_and_a_topic_is_joined_with_one_press(room):
    await room.open()
    assert "You have no digest of your own yet" in room.read()
    assert {"ships", "fruit", "Subscribe …"} == set(room.buttons())
    await room.press("ships")
    assert "Subscribed: ships" in room.read()
    await room.press("‹ Home")
    assert "Your next digests" in room.read()
    assert set(room.buttons()) == {"ships", "fruit", "Subscribe …"}
    (kept,) = (await room.kept()).values()
    assert (kept.to.chat, kept.query) == (room.direct, 'topic:"ships"')
    await room.press("ships")
    assert "The next digests come" in room.read()
    await room.press("Pause for a week")
    assert "Paused until" in room.read()
    await room.press("End it", "Yes, end it", "‹ Home")
    assert await room.kept() == {}
    assert "You have no digest of your own yet" in room.read()


async def test_mutes_are_shown_and_ended(room):
    await room.slack.direct("mute football for 7d")
    await room.slack.direct("mute story:1")
    await room.slack.until(lambda: len(room.slack.posted(room.direct)) > 1)
    await room.open()
    assert "football" in room.read()
    assert "story:1 (“Ferries to run every ten minutes”)" in room.read()
    await room.press("Tell again: football")
    assert "football" not in room.read()


async def test_the_box_searches_and_pages_lead_on_and_back(room):
    await room.open()
    await room.changed(room.slack.press_in_view(HOME, "find", value="lamps"))
    assert "7 articles" in room.read()
    await room.press("Next ›")
    assert "6–7 of 7" in room.read()
    await room.press("‹ Home")
    assert "Your desk" in room.read()


@pytest.mark.parametrize("allowed", [(), ("slack:T2",), ("slack:C1",), ("slack:U2",)])
async def test_a_stranger_gets_no_page(tmp_path, allowed):
    async with at_slack(tmp_path, *allowed) as room:
        assert (await room.slack.open_home()).acknowledged
        await room.slack.until(lambda: room.talk.answer._strangers)
        assert room.slack.called("views.publish") == []
        assert (await room.slack.shortcut("subscribe")).acknowledged
        assert (await room.slack.press("edit", value="A" * 16 + ":form..subscribe", forged=True)).acknowledged
        assert room.slack.called("views.open") == []


async def test_the_messages_tab_and_a_repeated_event_publish_nothing(room):
    opened = await room.slack.open_home()
    await room.slack.until(lambda: room.slack.called("views.publish"))
    await room.slack.again(opened)
    event = {"type": "app_home_opened", "user": "U1", "channel": room.direct, "tab": "messages"}
    await room.slack.event({**event, "event_ts": "1.0"})
    await room.slack.direct("help")
    await room.slack.until(lambda: room.slack.posted(room.direct))
    assert len(room.slack.called("views.publish")) == 1


async def test_a_page_that_another_published_since_is_published_over(room):
    await room.open()
    room.slack.desk.views[HOME]["hash"] = "another"
    await room.open()
    answers = [call.answer.get("error", "ok") for call in room.slack.called("views.publish")]
    assert answers == ["ok", "hash_conflict", "ok"]
    hashes = [call.arguments.get("hash") for call in room.slack.called("views.publish")]
    assert [bool(one) for one in hashes] == [False, True, False]


async def test_pages_of_two_people_hold_what_is_theirs(room):
    await room.open()
    await room.press("ships")
    await room.open("U2")
    assert "You have no digest of your own yet" in room.read("VHOMEU2")
    one = buttons_of(room.slack.desk.views[HOME])[0]
    room.slack.desk.views["VHOMEU2"] = {**room.slack.desk.views[HOME], "id": "VHOMEU2"}  # forged
    stolen = await room.slack.press_in_view("VHOMEU2", one["action_id"], value=one["value"], user="U2")
    assert stolen.acknowledged
    await room.slack.until(lambda: room.slack.called("views.open"))
    assert "no longer good" in str(room.slack.called("views.open")[-1].arguments)
    assert set(await room.kept()) == {"ships"}


# --- forms -------------------------------------------------------------------------------------------


async def test_a_form_subscribes_by_the_grammar_of_commands(room):
    await room.open()
    form = await room.form("Subscribe …")
    filled = room.slack.fill(
        form, what="lamps, ferry", when="every weekday at 8 p.m.", name="mine", style="brief"
    )
    await room.changed(filled)
    assert form not in room.slack.desk.views
    kept = (await room.kept())["mine"]
    assert (kept.query, kept.style, kept.to.chat) == ("lamps OR ferry", "brief", room.direct)
    assert (kept.schedule.at, kept.schedule.days) == ((time(20),), frozenset(range(5)))
    assert "Subscribed: mine" in room.read()


REFUSED = [
    ({"what": "lamps", "when": "every fortnight"}, "when", "not clear as a time"),
    ({"what": "lamps", "when": "at 8"}, "when", "can mean 08:00 or 20:00"),
    ({"what": "lamps at 09:00", "when": "at 08:00"}, "when", "in one place"),
    ({"what": "lamps every fortnight"}, "what", "not sure"),
    ({"what": "topic:nosuch"}, "what", "no topic"),
    ({"what": "  "}, "what", "What about?"),
    ({"what": "lamps", "name": "-/-"}, "name", "cannot be a name"),
    ({"what": "lamps", "name": "taken"}, "name", "already"),
]


async def test_what_is_not_understood_is_said_at_its_field_and_the_form_stays(room):
    await room.slack.direct("subscribe ferry as taken")
    await room.slack.until(lambda: room.slack.posted(room.direct))
    await room.open()
    form = await room.form("Subscribe …")
    for fields, field, why in REFUSED:
        outcome = await room.slack.fill(form, **fields)
        assert (outcome.ack or {}).get("response_action") == "errors", fields
        assert why in outcome.ack["errors"][field]
        assert outcome.problem is None
    assert form in room.slack.desk.views
    assert set(await room.kept()) == {"taken"}
    await room.changed(room.slack.fill(form, what="lamps"))
    assert set(await room.kept()) == {"taken", "lamps"}


async def test_ten_thousand_characters_are_refused(room):
    await room.open()
    form = await room.form("Subscribe …")
    for field in ("what", "when", "name"):
        values = {"what": {"value": {"value": "lamps"}}, field: {"value": {"value": "x" * 10_000}}}
        outcome = await room.slack.submit(form, values)
        assert outcome.ack == {"response_action": "errors", "errors": {field: editing.TOO_LONG}}
    assert await room.kept() == {}


async def test_schedule_and_style_are_filled_with_what_is_and_changed(room):
    await room.slack.direct("subscribe ferry as mine at 09:00 on mon-fri in Asia/Tokyo quiet 22:00-07:00")
    await room.slack.until(lambda: room.slack.posted(room.direct))
    await room.open()
    await room.press("mine")
    form = await room.form("Schedule …")
    (block,) = room.slack.desk.views[form]["blocks"]
    shown = "at 09:00 on mon,tue,wed,thu,fri in Asia/Tokyo quiet 22:00-07:00"
    assert block["element"]["initial_value"] == shown
    before = await room.kept()
    await room.changed(room.slack.fill(form))  # as it was
    assert await room.kept() == before
    await room.press("Pause for a week")
    form = await room.form("Schedule …")
    outcome = await room.slack.fill(form, when="whenever you like")
    assert list(outcome.ack["errors"]) == ["when"]
    form, told = await room.compared(form, when="fridays at 16:00")
    assert "of the last 7 days, not of the last 24 hours" in told
    assert "at 16:00 on fri" in told
    assert (await room.kept())["mine"].schedule.at == (time(9),)
    await room.changed(room.slack.fill(form))
    kept = (await room.kept())["mine"].schedule
    assert (kept.at, kept.days, kept.zone) == ((time(16),), frozenset({4}), "Europe/London")
    assert kept.paused
    form = await room.form("Style …")
    form, told = await room.compared(form, style="threaded")
    form, told = await room.compared(form, style="brief")
    assert "nothing would change in a digest of the last 24 hours" in told
    assert (await room.kept())["mine"].style == ""
    form, told = await room.compared(form, style="threaded")
    await room.changed(room.slack.fill(form))
    assert (await room.kept())["mine"].style == "threaded"
    form = await room.form("Style …")
    form, _ = await room.compared(form, style="desk")
    await room.changed(room.slack.fill(form))
    assert (await room.kept())["mine"].style == ""


async def test_the_shortcut_opens_the_form_and_answers_in_the_direct_message(room):
    form = await room.opened(room.slack.shortcut("subscribe"))
    outcome = await room.slack.fill(form, what="lamps")
    assert outcome.acknowledged
    assert form not in room.slack.desk.views
    await room.slack.until(lambda: room.slack.posted(room.direct))
    assert "Subscribed: lamps" in str(room.slack.posted(room.direct))
    assert (await room.kept())["lamps"].to.chat == room.direct


async def test_a_channels_list_opens_forms_for_editors_and_all_see_what_is_new(room):
    given = room.talk.answer._given
    access = AccessSettings(frozenset({"slack:T1"}), frozenset({"slack:U1"}))
    room.talk.answer.configure(room.talk.digests, replace(given, access=access))
    await room.slack.slash("/copydesk", "subscriptions")
    await room.slack.until(lambda: room.slack.ephemerals)
    one = next(one for one in buttons_of(room.slack.ephemerals[0]) if one["text"]["text"] == "Subscribe …")
    form = await room.opened(room.slack.press(one["action_id"], value=one["value"]))
    await room.slack.fill(form, what="lamps")
    await room.slack.until(lambda: room.slack.posted("C1"))
    assert "Subscribed: lamps" in str(room.slack.posted("C1"))
    assert (await room.kept())["lamps"].to.chat == "C1"
    await room.slack.slash("/copydesk", "subscriptions", user="U2")  # a reader
    await room.slack.until(lambda: len(room.slack.ephemerals) > 1)
    seen = room.slack.ephemerals[-1]
    one = next(one for one in buttons_of(seen) if one["text"]["text"] == "Subscribe …")
    pressed = await room.slack.press(one["action_id"], value=one["value"], user="U2")
    await room.slack.until(lambda: pressed.responses)
    assert "Only an editor" in str(pressed.responses)


# --- what nobody could hand in with an honest client ---------------------------------------------------


def said_instead(outcome: Outcome) -> str:
    assert outcome.acknowledged
    return json.dumps(outcome.ack or {})


async def test_a_form_is_good_once_for_its_person_and_chat(room):
    await room.open()
    form = await room.form("Subscribe …")
    stolen = room.slack.desk.views[form]
    meta = json.loads(stolen["private_metadata"])
    values = {"what": {"value": {"value": "lamps"}}}

    async def hand_in(user: str = "U1", **changes: Any) -> str:
        carried = json.dumps({**meta, **changes}) if changes else stolen["private_metadata"]
        room.slack.desk.views["VX"] = {**stolen, "id": "VX", "private_metadata": carried}
        return said_instead(await room.slack.submit("VX", values, user=user))

    assert "no longer good" in await hand_in("U2")
    assert "no longer good" in await hand_in(at="C1")
    assert "no longer good" in await hand_in(at=room.slack.desk.direct("U2").id)
    for value in ("", "x", "A" * 16 + ":filled..subscribe", meta["value"].replace("subscribe", "style")):
        assert "no longer good" in await hand_in(value=value)
    assert await room.kept() == {}
    await room.changed(room.slack.submit(form, values))
    assert set(await room.kept()) == {"lamps"}
    assert "no longer good" in await hand_in()
    assert set(await room.kept()) == {"lamps"}


@pytest.mark.parametrize("kind", ["http_500_html", "drop_before", "drop_after", "429"])
async def test_a_view_whose_call_is_lost_is_shown_once_all_the_same(room, kind):
    for method in ("views.publish", "views.open"):
        room.slack.fail(method, kind=kind, seconds=0)
    await room.open()
    form = await room.form("Subscribe …")
    assert room.slack.desk.views[form]["type"] == "modal"
    await room.slack.direct("topics")  # what comes next comes behind any further answer to the press
    await room.slack.until(lambda: room.slack.posted(room.direct))
    assert [one["type"] for one in room.slack.desk.views.values()] == ["home", "modal"]
    assert len(room.slack.posted(room.direct)) == 1


async def test_a_form_for_a_subscription_that_ended_changes_nothing(room):
    await room.slack.direct("subscribe ferry as mine")
    await room.slack.until(lambda: room.slack.posted(room.direct))
    await room.open()
    await room.press("mine")
    form = await room.form("Schedule …")
    await room.slack.direct("unsubscribe mine")
    await room.slack.until(lambda: len(room.slack.posted(room.direct)) == 2)
    assert "no longer good" in said_instead(await room.slack.fill(form, when="at noon"))
    assert await room.kept() == {}


@pytest.mark.parametrize("carried", ["", "x", "[]", "{}", '{"at": 5}', '{"at": ""}', "\ud800"])
async def test_a_view_that_the_desk_did_not_make_closes_in_silence(room, carried):
    await room.open()
    room.slack.desk.views["VX"] = {
        "id": "VX", "type": "modal", "callback_id": "edit", "private_metadata": carried, "blocks": [], "hash": "1",
    }  # fmt: skip
    outcome = await room.slack.submit("VX", {"what": {"value": 5}, "x": 6})
    assert outcome.acknowledged
    assert await room.kept() == {}


async def test_a_press_that_is_too_long_ago_for_a_form_is_told_so(room):
    await room.open()
    room.slack.fail("views.open", kind="expired_trigger_id")
    one = room.buttons()["Subscribe …"]
    await room.slack.press_in_view(HOME, one["action_id"], value=one["value"])
    await room.slack.until(lambda: room.slack.posted(room.direct))
    assert "press once more" in str(room.slack.posted(room.direct))
    await room.form("Subscribe …")


async def test_a_form_whose_answer_does_not_come_in_time_closes_and_is_answered_by_a_message(
    room, monkeypatch
):
    monkeypatch.setattr("bot.chat.slack.pages.ANSWERED_WITHIN", 0.0)
    await room.open()
    form = await room.form("Subscribe …")
    outcome = await room.slack.fill(form, what="lamps", when="every fortnight")
    assert not outcome.ack
    await room.slack.until(lambda: room.slack.posted(room.direct))
    assert "not clear as a time" in str(room.slack.posted(room.direct))


# --- what is drawn -----------------------------------------------------------------------------------

RUNS = st.builds(Run, st.text(max_size=4_000))
BLOCKS = st.one_of(
    st.builds(lambda run: Paragraph((run,)), RUNS),
    st.builds(lambda text: Buttons((Button(text, "edit", "v"),)), st.text(max_size=90)),
    st.just(Box("Search", "find")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, max_size=130))
def test_any_page_is_taken(blocks):
    page = views.home_view(Message(tuple(blocks)))
    rules.view(page, "home")
    text = json.dumps(page)
    assert '"find"' in text or '"home"' in text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=5_000), st.text(max_size=5_000), st.text(max_size=300))
def test_any_form_is_taken_and_brings_back_what_it_carries(title, value, label):
    field = Field("what", f"W{label}", value, hint=label and f"h{label}")
    form = Form(f"T{title}", (field,), Button(f"S{label}", "edit", "A" * 16 + ":filled"))
    view = views.form_view(form, {"at": "C1", "thread": ""})
    rules.view(view, "modal")
    assert views.carried(view) == {"at": "C1", "thread": "", "value": "A" * 16 + ":filled"}
