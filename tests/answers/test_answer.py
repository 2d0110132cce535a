"""What people read: whole conversations as golden files, written anew by `COPYDESK_GOLDEN=1 pytest tests/answers/test_answer.py`."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.access import Role
from bot.conversation.finding.lookup import AnswerSettings
from bot.conversation.subscribing.subscriptions import MOST
from bot.conversation.subscribing.wished import MOST_TIMES
from bot.domain.digests import LeftOut, Omission
from bot.domain.errors import IndexRebuilding
from bot.domain.events import Closed, Sender
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.reasons import Reason, in_words
from bot.grammar.commands import ENGLISH, WORDS
from tests.conversation import (
    ADA,
    BRAM,
    CHANNEL,
    CONSOLE,
    DESK,
    Talk,
    buttons,
    open_talk,
    pressed,
    said,
    shown,
)

GOLDEN = Path(__file__).parent / "golden"
LONGEST = 30_000
"""Characters of an answer that nobody can exceed, whatever he types."""

CONVERSATIONS = {
    "search": ["/search lamps", "search ferry OR apples", "/search zeppelin", "/search"],
    "search_misread": [
        "/search apples (frost last:9x",
        "/search )(",
        "/search aples",
        "/search apples -frost",
        "/search lamps, wom*n",
    ],
    "quotes": ["/quotes Marrant", "/quotes brehm about wood", "/quotes Nobody", "/quotes about wood"],
    "topics": ["/topics"],
    "subscribe": [
        "/subscribe ferry OR apples at 07:15 17:30 on mon-fri",
        "/subscribe lamps as lights",
        "/subscribe * as all at 6am on sat,sun",
        "/subscriptions",
        "/schedule",
        "/digest preview lights",
        "/digest",
        "/unsubscribe Lights",
        "/unsubscribe lights",
        "/subscriptions",
    ],
    "subscribe_refused": [
        "/subscribe",
        "/subscribe at 08:00",
        "/subscribe )(",
        "/subscribe topic:rivers",
        "/subscribe lamps at 25:00",
        "/subscribe lamps at 08:00 on funday",
        "/subscribe lamps as morning",
        '/subscribe lamps as "<!channel>"',
        "/subscribe lamps",
        "/subscribe lamps at 09:00",
        "/unsubscribe",
        "/unsubscribe morning",
        "/unsubscribe nothing",
    ],
    "subscribe_when": [
        "/subscribe lamps as weekly fridays at 16:00",
        "/subscribe lamps as often every 2 hours between 8 and 20 on mon-fri quiet 12:30-13:30",
        "/subscribe lamps as there in Asia/Tokyo every 6 hours",
        "/subscribe lamps as news at once, at most 2 an hour quiet 22:00-07:00",
        "/subscriptions",
        "/schedule",
        "/subscribe lamps as one every 99 hours",
        "/subscribe lamps as one at once and for all",
        "/subscribe lamps as one at 8:00 quiet 9-9",
    ],
    "subscribe_misread": ["/subscribe lamps (street last:9x as odd at 8 am, 17.30"],
    "schedule": ["/schedule"],
    "story": ["/story ferry", "/story lamps", "/story 1", "/story 99", "/story zeppelin", "/story"],
    "catchup": ["/catchup 2d", "/catchup", "/catchup soon", "/catchup 1h"],
    "context": ["/context 1", "/context"],
    "mute": ["/mute", "/mute lamps for 7d", "/mute story:12", "/mute", "/unmute lamps", "/unmute", "/mute"],
    "digest": ["/digest", "/digest preview orchards", "/digest now", "/digest now evening"],
    "add": [
        "/add https://example.org/new",
        "add <https://example.org/corrected|example.org/corrected>",
        "/add https://example.org/known",
        "/add https://example.org/held",
        "/add https://example.org/picture",
        "/add https://example.org/slow",
        "/add https://example.org/gone",
        "/add",
        "/add example.org",
        "/add https://example.org/new and another",
    ],
    "sources": [
        "/sources",
        "/sources add https://feeds.example/harbour.xml",
        "/sources add <https://feeds.example/harbour.xml|feeds.example/harbour.xml>",
        "sources https://other.example/town.xml as Town news",
        "/sources add https://feeds.example/second.xml",
        "/sources add https://news.example/",
        "/sources add https://intranet.example/feed",
        "/sources add https://user:secret@feeds.example/private.xml",
        "/sources add feeds.example",
        "/sources add",
        "/sources",
        "/sources remove gazette",
        "/sources remove https://other.example/town.xml",
        "/sources remove FEEDS-EXAMPLE",
        "/sources remove nothing",
        "/sources remove",
        "/sources",
    ],
    "forget": ["/forget", "/forget zeppelin", "/forget ferry", "/forget 1 --yes"],
    "settings": ["/subscribe lamps quiet 22:00-07:00", "/settings"],
    "privacy": ["/subscribe lamps as lights", "/privacy", "/privacy please", "/privacy remove", "/privacy"],
    "language": ["/language", "/language klingon", "/language de-AT", "/language", "/language auto"],
    "help": ["/help", "/serch lamps", "good morning", "/start"],
}


@pytest.fixture
async def talk(tmp_path) -> AsyncIterator[Talk]:
    async with open_talk(tmp_path) as opened:
        yield opened


async def answered(talk: Talk, text: str, who: Role = "admin") -> str:
    return shown(await talk.answer.responder.reply(said(text), who))


async def test_the_page_that_a_forwarded_post_tells_of_is_read_for_an_editor(talk):
    post = "Quay closes for good: https://example.org/new."
    passed = replace(said(post), passed_on=True)
    told = shown(await talk.answer.responder.reply(passed, "admin"))
    assert told == await answered(talk, "/add https://example.org/new")
    assert "/add https://example.org/new" in shown(await talk.answer.responder.reply(passed, "reader"))
    two = replace(said(f"{post} https://example.org/known"), passed_on=True)
    assert "short for an article" in shown(await talk.answer.responder.reply(two, "admin"))


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_a_conversation(talk, name):
    lines = []
    talk.outgoing.results["file:morning"] = "sent today 08:00"
    for text in CONVERSATIONS[name]:
        talk.clock.pass_by(seconds=1)
        lines.append(f">>> {text}\n\n{await answered(talk, text)}\n")
    told, path = "\n".join(lines), GOLDEN / f"{name}.txt"
    if os.environ.get("COPYDESK_GOLDEN"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


def test_every_command_has_a_conversation():
    typed = {line.split()[0].removeprefix("/") for lines in CONVERSATIONS.values() for line in lines}
    assert set(ENGLISH) <= typed


@pytest.mark.parametrize("digits", [18, 19, 2_100])
async def test_a_number_that_no_story_has_is_none_however_long_it_is(talk, digits):
    cut = "9" * 18 + "…" * (digits > 18)
    assert await answered(talk, f"/story {'9' * digits}") == f"There is no story {cut}.\n"


async def test_a_reader_adds_no_page(talk):
    assert "for editors" in await answered(talk, "/add https://example.org/new", "reader")
    assert "Added" in await answered(talk, "/add https://example.org/new", "editor")


# --- pages and buttons ---------------------------------------------------------------------------


async def test_pages_are_turned_by_buttons(talk):
    first = await talk.answer.responder.reply(said("/search lamps", CHANNEL, ADA), "reader", private=True)
    assert first.private
    assert list(buttons(first)) == ["Next ›", "Newest first", "Narrow by…", "Share"]
    second = await talk.answer.responder.reply(pressed(*buttons(first)["Next ›"]), "reader", private=True)
    assert second.private
    assert list(buttons(second)) == ["‹ Previous", "Newest first", "Narrow by…", "Share"]
    assert "6–7 of 7 articles" in shown(second)
    back = await talk.answer.responder.reply(pressed(*buttons(second)["‹ Previous"]), "reader", private=True)
    assert back == first
    titles = [
        line for page in (first, second) for line in shown(page).splitlines() if "New lamps for" in line
    ]
    assert [title.split(".")[0] for title in titles] == [str(number) for number in range(1, 8)]
    assert len({title.split(". ")[1] for title in titles}) == 7


async def test_quotes_are_shared_by_their_button(talk):
    found = await talk.answer.responder.reply(said("/quotes Marrant", CHANNEL, ADA), "reader", private=True)
    assert list(buttons(found)) == ["Share"]
    shared = await talk.answer.responder.reply(pressed(*buttons(found)["Share"]), "reader", private=True)
    assert not shared.private
    assert not buttons(shared)
    assert "Nobody should have to plan" in shown(shared)
    assert shown(shared).rstrip().endswith("Shared by Ada")


@pytest.mark.parametrize(("private", "direct"), [(False, False), (True, True), (False, True)])
async def test_what_everybody_sees_or_nobody_else_reads_is_not_shared(talk, private, direct):
    asked = said("/search lamps", CHANNEL, ADA, direct=direct)
    answer = await talk.answer.responder.reply(asked, "reader", private=private)
    assert list(buttons(answer)) == ["Next ›", "Newest first", "Narrow by…"]


FORGED = [
    "",
    "1",
    "1:5:x",
    "-1:5",
    "1:-5",
    "1:3",
    "1:10",
    "1:9995",
    "99:5",
    "1:5\n",
    "１:5",
    "1:0;DROP",
    "9" * 400,
]


async def test_a_forged_button_gets_a_sentence(talk):
    await talk.answer.responder.reply(said("/search lamps", CHANNEL, ADA), "reader", private=True)
    for action, value in itertools.product(["page", "share", "search", ""], FORGED):
        message = await talk.answer.responder.reply(pressed(action, value), "reader", private=True)
        assert message.private, (action, value)
        assert "no longer good" in shown(message), (action, value)


async def test_a_button_of_another_chat_is_no_longer_good(talk):
    first = await talk.answer.responder.reply(said("/search lamps", CHANNEL, ADA), "reader", private=True)
    elsewhere = pressed(*buttons(first)["Next ›"], at=Address("slack", "C2ELSE"))
    assert "no longer good" in shown(await talk.answer.responder.reply(elsewhere, "reader", private=True))


@pytest.mark.parametrize("action", ["page", "share"])
async def test_a_button_that_one_person_sees_is_good_for_that_person_alone(talk, action):
    first = await talk.answer.responder.reply(said("/search lamps", CHANNEL, ADA), "reader", private=True)
    value = buttons(first)["Share"][1]
    message = await talk.answer.responder.reply(pressed(action, value, by=BRAM), "admin", private=True)
    assert message.aside
    assert "no longer good" in shown(message)
    assert not (await talk.answer.responder.reply(pressed(action, value), "reader", private=True)).aside


async def test_what_everybody_sees_is_turned_by_anybody_there_and_by_no_other_message(talk):
    first = await talk.answer.responder.reply(said("/search lamps", CHANNEL, ADA), "reader")
    action, value = buttons(first)["Next ›"]
    for message in ("", "m1", "m2"):
        early = await talk.answer.responder.reply(pressed(action, value, by=BRAM, message=message), "reader")
        assert early.aside
    await talk.conversation_log.answered(value.partition(":")[0], "m1")
    assert not (
        await talk.answer.responder.reply(pressed(action, value, by=BRAM, message="m1"), "reader")
    ).aside
    for forged in (
        pressed(action, value, message="m2"),
        pressed(action, value, Address("slack", "C2ELSE"), message="m1"),
        pressed(action, value),
        pressed("share", value, message="m1"),
    ):
        assert (await talk.answer.responder.reply(forged, "admin", private=True)).aside


async def test_an_unknown_action_with_a_good_value_is_no_longer_good(talk):
    first = await talk.answer.responder.reply(said("/search lamps", CHANNEL, ADA), "reader", private=True)
    forged = pressed("subscribe", buttons(first)["Next ›"][1])
    assert "no longer good" in shown(await talk.answer.responder.reply(forged, "admin", private=True))


# --- who may -------------------------------------------------------------------------------------

ROLES = [
    ("/subscribe lamps", "reader", False, "Only an editor"),
    ("/subscribe lamps", "reader", True, "Subscribed: lamps"),
    ("/subscribe lamps", "editor", False, "Subscribed: lamps"),
    ("/subscribe lamps", "admin", False, "Subscribed: lamps"),
    ("/unsubscribe orchards", "reader", False, "Only an editor"),
    ("/unsubscribe orchards", "admin", False, "can be changed only there"),
    ("/unsubscribe elsewhere", "editor", False, "no subscription"),
    ("/unsubscribe elsewhere", "admin", False, "has ended"),
    ("/digest now", "reader", False, "Only an editor"),
    ("/digest now", "reader", True, "is on its way."),
    ("/digest now elsewhere", "reader", True, "no subscription"),
    ("/digest now", "editor", False, "is on its way."),
    ("/digest now morning", "editor", False, "no subscription"),
    ("/digest now morning", "admin", False, "is on its way to console"),
    ("/digest preview orchards", "reader", False, "The orchards digest"),
    ("/digest preview elsewhere", "reader", False, "no subscription"),
    ("/digest preview elsewhere", "admin", False, "The elsewhere digest"),
]


@pytest.mark.parametrize(("text", "who", "direct", "words"), ROLES)
async def test_roles(talk, text, who, direct, words):
    other = Subscription("chat:2", "elsewhere", Address("slack", "C2ELSE"), "", Schedule("UTC"))
    await talk.subscriptions.add(other, by=BRAM, created=talk.clock.now())
    message = await talk.answer.responder.reply(said(text, CHANNEL, ADA, direct=direct), who, private=True)
    assert words in shown(message)


async def test_another_place_is_called_what_its_people_call_it(talk):
    async def name_of(to: Address) -> str | None:
        return {"C2ELSE": "#harbour"}.get(to.chat)

    responder = talk.answer.responder
    responder._name_of = responder._subscription_commands._name_of = name_of
    other = Subscription("chat:2", "elsewhere", Address("slack", "C2ELSE"), "", Schedule("UTC"))
    await talk.subscriptions.add(other, by=BRAM, created=talk.clock.now())
    posted = await responder.reply(said("/digest now elsewhere", CHANNEL, ADA), "admin")
    assert "is on its way to #harbour." in shown(posted)
    ended = await responder.reply(said("/unsubscribe elsewhere", CHANNEL, ADA), "admin")
    assert "“elsewhere” at #harbour has ended." in shown(ended)


async def test_a_subscription_goes_to_the_thread_where_it_was_wished_for(talk):
    thread = Address("slack", "C1NEWS", "17.1")
    told = await talk.answer.responder.reply(
        said("/subscribe lamps at 7:00", thread, BRAM), "editor", private=True
    )
    assert not told.private
    (made,) = await talk.subscriptions.all()
    assert (made.to, made.name, made.query) == (thread, "lamps", "lamps")
    assert made.schedule == Schedule("Europe/London", (time(7),), follows=True)
    listed = await talk.answer.responder.reply(said("/subscriptions", CHANNEL, ADA), "reader", private=True)
    assert listed.private
    assert "in a topic or thread" in shown(listed)


async def test_a_persons_own_entry_of_the_file_is_his_direct_conversation(talk):
    mine = Subscription("chat:1", "mine", Address("slack", "@U0ADA"), "", Schedule("UTC"))
    await talk.subscriptions.add(mine, by=ADA, created=talk.clock.now())
    direct = said("/subscriptions", Address("slack", "D9"), ADA, direct=True)
    assert "mine" in shown(await talk.answer.responder.reply(direct, "reader"))
    assert "mine" not in shown(
        await talk.answer.responder.reply(said("/subscriptions", CHANNEL, ADA), "reader")
    )


@pytest.mark.parametrize(
    ("at", "to"),
    [
        (Address("telegram", "42"), Address("telegram", "42")),
        (Address("slack", "D9"), Address("slack", "@U0ADA")),
    ],
)
async def test_a_reader_has_a_digest_posted_where_nobody_else_reads(talk, at, to):
    mine = Subscription("chat:1", "mine", to, "", Schedule("UTC"))
    await talk.subscriptions.add(mine, by=ADA, created=talk.clock.now())
    asked = said("/digest now", at, ADA, direct=True)
    assert "is on its way." in shown(await talk.answer.responder.reply(asked, "reader"))
    assert talk.outgoing.posted == [("mine", asked.key)]


async def test_a_chat_has_so_many_subscriptions_and_no_more(talk):
    for number in range(MOST):
        wanted = Subscription(f"chat:{number}", f"n{number}", CONSOLE, "lamps", Schedule("UTC", (time(8),)))
        assert await talk.subscriptions.add(wanted, by=DESK, created=talk.clock.now())
    assert "more are not possible" in await answered(talk, "/subscribe ferry")
    assert len(await answered(talk, "/schedule")) < LONGEST
    assert len(await answered(talk, "/subscriptions")) < LONGEST


async def test_a_subscription_has_so_many_times_and_no_more(talk):
    times = " ".join(f"08:{minute:02}" for minute in range(MOST_TIMES + 1))
    assert f"up to {MOST_TIMES} times" in await answered(talk, f"/subscribe ferry at {times}")


async def test_the_schedule_says_that_a_place_is_closed(talk):
    closed = Closed(CONSOLE, talk.clock.now(), Reason("words", words="is archived"))
    talk.outgoing.closures[CONSOLE] = closed
    told = await answered(talk, "/schedule")
    assert "closed: is archived, as of today 12:00; the next one is a try" in " ".join(told.split())


async def test_a_subscription_follows_the_desks_zone_unless_it_named_one(talk):
    await answered(talk, "/subscribe lamps as ours at 8:00")
    await answered(talk, "/subscribe lamps as theirs at 8:00 in Europe/Berlin")
    talk.subscriptions.zone = "Asia/Tokyo"
    zones = {one.name: one.schedule.zone for one in await talk.subscriptions.all()}
    assert (zones["ours"], zones["theirs"]) == ("Asia/Tokyo", "Europe/Berlin")


async def test_new_settings_are_answered_by(talk):
    talk.answer.configure(talk.digests, AnswerSettings("Asia/Tokyo", {"sea": "ferry"}, ()))
    talk.subscriptions.zone = "Asia/Tokyo"
    assert "sea" in await answered(talk, "/topics")
    assert "no subscription yet" in await answered(talk, "/subscriptions")
    await answered(talk, "/subscribe topic:sea as morning")
    (made,) = await talk.subscriptions.all()
    assert (made.name, made.schedule.zone, talk.outgoing.woken) == ("morning", "Asia/Tokyo", 1)


async def test_the_same_request_posts_once(talk):
    asked = said("/digest now", CHANNEL, BRAM)
    assert "is on its way" in shown(await talk.answer.responder.reply(asked, "editor"))
    assert "already" in shown(await talk.answer.responder.reply(asked, "editor"))


async def test_what_changes_a_chat_is_visible_and_all_else_is_for_the_asker(talk):
    for_one = (
        "search lamps",
        "quotes x",
        "topics",
        "help",
        "schedule",
        "subscriptions",
        "digest",
        "hm",
        "subscribe",
    )
    for_all = ("subscribe x", "digest now orchards", "digest now x", "unsubscribe x")
    typed = [*for_one, *for_all, "digest now x", "unsubscribe x"]
    replies = [
        await talk.answer.responder.reply(said(text, CHANNEL, BRAM), "editor", private=True) for text in typed
    ]
    visible = [text for text, message in zip(typed, replies, strict=True) if not message.private]
    assert tuple(visible) == for_all


# --- anything ------------------------------------------------------------------------------------

TYPED = st.one_of(
    st.text(max_size=200),
    st.builds(
        "/{} {}".format,
        st.sampled_from(sorted(WORDS)),
        st.text(alphabet=st.sampled_from('ab "()-:*“”’/<>@!0159\n\x00\u202e\ud800 at as on said: topic:')),
    ),
    st.lists(
        st.sampled_from(
            ["/subscribe", "/unsubscribe", "/digest", "/search", "/quotes", "now", "as", "at", "on", "about", "08:00",
             "25:61", "mon", "fun-day", '"', "(", "OR", "-", "*", "said:", "topic:ships", "x" * 2_500, "морс", "😀"]
        ),
        max_size=12,
    ).map(" ".join),
)  # fmt: skip


async def test_anything_can_be_typed_and_pressed(tmp_path):
    async with open_talk(tmp_path) as talk:
        await _anything(talk)


async def _anything(talk: Talk) -> None:
    import asyncio

    loop = asyncio.get_running_loop()

    @settings(max_examples=150)
    @given(
        TYPED,
        st.sampled_from(["reader", "editor", "admin"]),
        st.booleans(),
        st.sampled_from([None, "page", "share"]),
    )
    def typed(text, who, direct, action):
        incoming = pressed(action, text) if action else said(text, CHANNEL, ADA, direct=direct)
        work = talk.answer.responder.reply(incoming, who, private=True)
        message = asyncio.run_coroutine_threadsafe(work, loop).result(30)
        assert message.blocks
        assert 0 < len(shown(message)) < LONGEST

    await asyncio.to_thread(typed)


async def _id_of(talk, name):
    return next(one.id for one in talk.answer._settings.channels if one.name == name)


async def test_what_a_digest_offered_is_shown_beside_it(talk):
    talk.outgoing.carried.add((await _id_of(talk, "orchards"), "m1"))
    offered = pressed("digest", "orchards", message="m1")
    message = await talk.answer.responder.reply(offered, "reader", private=True)
    assert message.beside
    assert message.private
    assert "Frost takes two thirds of the apples" in shown(message)


@pytest.mark.parametrize("name", ["morning", "nobody's", ""])
async def test_nothing_is_offered_for_a_channel_of_another_place(talk, name):
    message = await talk.answer.responder.reply(pressed("digest", name), "reader", private=True)
    assert message.aside
    assert "no longer good" in shown(message)


@pytest.mark.parametrize("message", ["", "m2"])
async def test_nothing_is_offered_by_a_message_that_is_not_that_channels_digest(talk, message):
    talk.outgoing.carried.add((await _id_of(talk, "orchards"), "m1"))
    answer = await talk.answer.responder.reply(
        pressed("digest", "orchards", message=message), "reader", private=True
    )
    assert answer.aside
    assert "no longer good" in shown(answer)


@pytest.mark.parametrize(
    ("who", "told"), [("reader", "/copydesk digest shows it"), ("editor", "/copydesk subscribe makes one")]
)
async def test_on_slack_every_answer_names_commands_as_they_are_typed_there(talk, who, told):
    """Slack has a /search of its own, and no other of ours."""
    typed = [text for lines in CONVERSATIONS.values() for text in lines]
    answers = []
    for incoming in (
        *(said(text, CHANNEL, BRAM) for text in ("unsubscribe foo", "digest now", *typed)),
        pressed("page", "999:0"),
        pressed("digest", "nothing"),
    ):
        message = await talk.answer.responder.reply(incoming, who, private=True, prefix="/copydesk ")
        answers.append(shown(message))
        words = re.sub(r"https?://\S*|“/serch”", "", answers[-1])
        assert not re.findall(r"(?<!\w)/(?!copydesk )\w+", words)
    assert told in "".join(answers)
    assert "again with /copydesk search" in answers[-1]


@pytest.mark.parametrize(
    ("at", "by", "who", "seen"),
    [
        (CHANNEL, ADA, "reader", True),
        (Address("slack", "C2ELSE"), ADA, "reader", True),
        (Address("slack", "C2ELSE"), Sender("slack", "U0GUEST", "", "T2"), "reader", False),
        (Address("telegram", "77"), Sender("telegram", "77"), "reader", False),
        (Address("telegram", "77"), Sender("telegram", "77"), "editor", False),
        (Address("telegram", "77"), Sender("telegram", "77"), "admin", True),
        (CONSOLE, DESK, "admin", True),
    ],
)
async def test_a_channel_is_previewed_by_those_who_may_read_it(talk, at, by, who, seen):
    message = await talk.answer.responder.reply(said("/digest orchards", at, by), who)
    assert ("Frost takes two thirds of the apples" in shown(message)) is seen
    assert ("no subscription" in shown(message)) is not seen
    assert ("There is" in shown(message)) is False


async def test_while_the_index_is_rebuilt_that_is_said_and_never_that_nothing_was_found(tmp_path: Path):
    async def rebuilding(*_: object, **__: object) -> None:
        raise IndexRebuilding("/srv/desk/index", 30, 40)

    async with open_talk(tmp_path) as talk:
        index = talk.answer._desk.index
        index.search = index.matching = index.follow = rebuilding
        for words in ("/search lamps", "/quotes Marrant", "/topics", "/digest", "/digest preview morning"):
            text = shown(await talk.answer.responder.reply(said(words), "admin"))
            assert "being rebuilt just now (75 % is done)" in text, words
            assert "/srv" not in text
        text = shown(await talk.answer.responder.reply(said("/subscribe lamps as lights"), "admin"))
        assert "cannot tell what of the last week" in text
        assert [one.name for one in await talk.subscriptions.all()] == ["lights"]


async def test_what_the_last_digest_left_out_is_told_to_who_asks(talk):
    await talk.answer.responder.reply(said("/subscribe lamps as lights"), "editor")
    (made,) = await talk.subscriptions.all()
    told = shown(await talk.answer.responder.reply(said("/digest why lights"), "reader"))
    assert "No digest yet." in told
    reasons = (Omission("a.txt", in_words("it has no text")), Omission("b.txt", in_words("it has no text")))
    talk.outgoing.omitted[made.id] = LeftOut(talk.clock.now(), 2, reasons)
    message = await talk.answer.responder.reply(said("/digest why lights"), "reader")
    assert message.private
    assert "it has no text · a.txt and b.txt" in shown(message)
    assert talk.outgoing.posted == []
