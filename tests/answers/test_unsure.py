"""What is said to the desk alone and not understood does nothing, and is answered with what it may be about."""

from __future__ import annotations

import pytest

from bot.conversation.subscribing.naming import picked, speaks_of
from bot.domain.model import Address, Schedule, Subscription
from tests.builders import an_article
from tests.conversation import ADA, Talk, buttons, open_talk, pressed, said, shown

HERE = Address("slack", "D1")
MINE = tuple(
    Subscription(name, name, HERE, name, Schedule("UTC")) for name in ("lamps", "apples", "harbour-wall")
)

OF_SUBSCRIPTIONS = (
    "make apples weekly", "why do I keep getting lamps", "lamps are too much", "cancel everything except lamps",
    "turn off notifications", "stop lamps and start ferries", "don't mute lamps", "hold all digests this week",
    "don't send lamps on fridays", "only apples on mondays", "send the lamp digest at 19:00 from now on", "make the lamps one later, 8:15",
    "add saturday to the apples digest", "lamps auf 9 Uhr legen",
)  # fmt: skip
SEARCHED = (
    ("is it true that ferries run every ten minutes", "ferries"),
    ("who is Celia Marrant", "Celia Marrant"),
    ("look for frost and wood in the same article", "frost and wood"),
    ("something on frost damage please", "frost"),
    ("Frostartikel", "Frost"),
)


async def asked(talk: Talk, text: str):
    return await talk.answer.responder.reply(said(text, HERE, ADA, direct=True), "reader", private=True)


async def pressing(talk: Talk, answer, label: str) -> str:
    """What the button says that is pressed where it stands; elsewhere it is no longer good."""
    action, value = buttons(answer)[label]
    await talk.conversation_log.answered(value.partition(":")[0], "m1")
    for message in ("m2", "m1"):
        press = pressed(action, value, HERE, ADA, message, direct=True)
        told = shown(await talk.answer.responder.reply(press, "reader"))
        assert ("no longer good" in told) == (message == "m2")
    return " ".join(told.split())


async def test_a_sentence_about_subscriptions_lists_them_and_changes_nothing(tmp_path):
    async with open_talk(tmp_path) as talk:
        for wish in ("lamps at 9:00", "apples at 10:00"):
            await asked(talk, f"/subscribe {wish}")
        before = await talk.subscriptions.all()
        for text in OF_SUBSCRIPTIONS:
            answer = await asked(talk, text)
            assert {"lamps", "apples"} <= set(buttons(answer)), text
            assert "have changed nothing" in " ".join(shown(answer).split()), text
        assert await talk.subscriptions.all() == before
        for text, told in (("are my lamps still running?", False), ("could lamps come at 9:15?", True)):
            assert ("changed nothing" in " ".join(shown(await asked(talk, text)).split())) == told, text
        assert set(buttons(await asked(talk, "lamps and apples at the same time, 8:00"))) == {
            "lamps",
            "apples",
        }
        assert "Nothing is muted" in shown(await asked(talk, "unmute everything"))
        ended = " ".join(shown(await asked(talk, "unsubscribe me from lamp and apples")).split())
        assert ended == "“lamps” has ended. “apples” has ended."


async def test_a_sentence_about_something_else_has_a_button_that_searches_for_it(tmp_path):
    async with open_talk(tmp_path) as talk:
        for text, words in SEARCHED:
            answer = await asked(talk, text)
            assert f"Found for “{words}”" in await pressing(talk, answer, f"Search for {words}")
        assert buttons(await asked(talk, "where " * 90)) == {}
        assert await talk.subscriptions.all() == ()


async def test_bare_words_with_a_time_have_a_button_that_subscribes(tmp_path):
    async with open_talk(tmp_path) as talk:
        for text, label, when in (
            ("lamps on weekdays at 8am", "Subscribe to lamps on weekdays at 8am", "08:00"),
            ("ferries on mondays", "Subscribe to ferries on mondays", "08:00"),
            ("don't forget to send me frost at 5pm", "Subscribe to frost at 5pm", "17:00"),
        ):
            assert when in await pressing(talk, await asked(talk, text), label)
        made = {one.query: sorted(one.schedule.days) for one in await talk.subscriptions.all()}
        assert made == {"lamps": [0, 1, 2, 3, 4], "ferries": [0], "frost": list(range(7))}


async def test_what_shall_not_come_and_is_no_subscription_has_a_button_that_mutes_it(tmp_path):
    async with open_talk(tmp_path) as talk:
        for text in (
            "don't show me football",
            "bitte nichts mehr über Fußball",
            "I don't want to read about football",
            "I never want to read about football again",
        ):
            answered = await asked(talk, text)
            word = "Fußball" if "Fußball" in text else "football"
            assert f"/mute {word}" in shown(answered)
            assert f"leave out {word}" in await pressing(talk, answered, f"Mute {word}")
        for text in ("don't send messages on weekends", "don't show me this"):
            assert not any(label.startswith("Mute") for label in buttons(await asked(talk, text))), text


async def test_words_that_hardly_anybody_looks_for_are_asked_about_before_anything_is_done(tmp_path):
    async with open_talk(tmp_path) as talk:
        for text, labels in (
            (
                "/subscribe lamps as well at 9:00",
                ["Subscribe to lamps at 9:00", "Subscribe to lamps as well at 9:00"],
            ),
            ("/mute football because it bores me", ["Mute football", "Mute football because it bores me"]),
            ("/subscribe our club: lamps, frost 9:00", ["Subscribe to lamps, frost 9:00"]),
        ):
            answer = await asked(talk, text)
            offered = list(buttons(answer))
            assert "have done nothing yet" in " ".join(shown(answer).split()), text
            assert [
                label for label in labels if not any(one.startswith(label[:30]) for one in offered)
            ] == [], offered
        assert await talk.subscriptions.all() == ()
        answer = await asked(talk, "/subscribe lamps myself at 9:00")
        assert "09:00" in await pressing(talk, answer, "Subscribe to lamps myself at 9:00")
        assert [one.query for one in await talk.subscriptions.all()] == ["lamps myself"]


async def test_what_names_nothing_has_buttons_for_what_there_is(tmp_path):
    async with open_talk(tmp_path) as talk:
        await asked(talk, "/subscribe lamps at 9:00")
        answer = await asked(talk, "when comes the next?")
        for label, told in (
            ("Your subscriptions", "lamps · 09:00"),
            ("The next digests", "The next digests"),
            ("What is muted", "Nothing is muted"),
        ):
            assert told in await pressing(talk, answer, label)
        assert "lamps" in shown(await asked(talk, "send me today's lamps digest"))


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("lamps", ("lamps",)), ("harbour and wall", ("harbour-wall",)), ("lamps and apples", ("lamps", "apples")), ("apples, lamps", ("apples", "lamps")), ("lamp", ("lamps",)),
        ("harbour wall", ("harbour-wall",)), ("lamps and pears", ()), ("", ()), ("all", ()), ("a, " * 9_000, ()),
    ],
)  # fmt: skip
def test_several_may_be_named_and_one_with_another_ending(names, found):
    assert tuple(one.name for one in picked(names, MINE)) == found


def test_a_sentence_speaks_of_subscriptions_by_their_names_and_by_what_they_are_called():
    for text in ("the lamps are too much", "is my digest late?", "meine Abos", "harbour wall, please"):
        assert speaks_of(text, MINE), text
        assert not speaks_of(text, ())
    assert not speaks_of("the wall is down", MINE)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("every other day, news on frost", "Subscribe to frost"),
        ("monthly report on frost", "Subscribe to frost"),
        ("tell me at 9 what's new on frost", "Quotes of frost"),
    ],
)
async def test_how_often_and_when_are_no_words_to_be_left_out_of_a_search(tmp_path, text, first):
    async with open_talk(tmp_path) as talk:
        answer = await asked(talk, text)
        assert "have done nothing yet" in " ".join(shown(answer).split())
        assert next(iter(buttons(answer))) == first
        assert await talk.subscriptions.all() == ()


async def test_an_outlet_and_a_subscription_are_asked_about_where_words_may_name_them(tmp_path):
    async with open_talk(tmp_path) as talk:
        await talk.keep(an_article("Frost came.", source="Averne Courier"), "frost")
        await asked(talk, "/subscribe lamps at 9:00")
        before = await talk.subscriptions.all()
        for text, first in (
            ("/subscribe frost the Courier 8:00", 'Subscribe to frost source:"Courier" 8:00'),
            ("have a look for frost in the Courier, please", 'Search for frost source:"Courier"'),
            ("snooze lamps for a week", "Your subscriptions"),
            ("/subscribe Courier sundays 10:00", 'Subscribe to source:"Courier" sundays 10:00'),
            (
                "send everything the Courier publishes on frost at 6pm",
                'Subscribe to frost source:"Courier" at 6pm',
            ),
            ("at 10pm each day: football frost", "Subscribe to football frost at 10pm each day"),
            ("bitte nichts mehr vom Averne Courier", 'Mute source:"Averne Courier"'),
            ("skip lamps this friday", "Your subscriptions"),
            ("send lamps now", "lamps"),
        ):
            assert next(iter(buttons(await asked(talk, text)))) == first, text
        found = await asked(talk, "frost on the coast line")
        assert "found nothing for “frost on the coast line”" in " ".join(shown(found).split())
        assert "Search for frost" in buttons(found)
        found = await asked(talk, "canoe lamps OR tram lamps")
        assert "Search for lamps OR lamps" not in buttons(found)
        for text in ("Courier canoes", "frost or canoes, Averne Courier"):
            assert "Courier" in next(iter(buttons(await asked(talk, text)))), text
        assert await talk.subscriptions.all() == before
        assert "Nothing is muted" in shown(await asked(talk, "what's on mute?"))
