"""When people speak of the desk, or near it, it is silent; when they speak to it, it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.slack import events as slack
from bot.conversation.floods import CROWD
from bot.domain.events import Under
from bot.domain.model import Address
from bot.grammar.addressed import calls, is_mistyped
from tests.chat.telegram_far_end import GROUP
from tests.chat.telegram_far_end import desk as telegram_desk
from tests.conversation import BRAM, CHANNEL, open_talk, said
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.doubles.telegram_people import People
from tests.platforms.test_forged_presses import answering, post

SENTENCES = tuple(Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    "words",
    [
        "", "search oil", "Search: oil and gas", "serch oil", "digset", "help", "help me", "help please",
        "subscribe to oil every day", "subscribe oil, gas at 8:00", "digest now", "digest why morning", "catchup 5d",
        "catchup", "quotes Lagarde about inflation", "story swing bridge", "topics", "/dance", "hlep", "context #3", "qoutes Teague", "quotes Teague about what is new", "story 12", "mute football for 7d",
        "search who is Lagarde", "schedule", "unmute football", "search results of the election", "story about the bridge",
        "digest?", "subscribe me please", "subscribe this channel to lamps at 9:00",
        "sources", "sources add https://wire.example/feed", "forget https://wire.example/a", "privacy", "forget 12 --yes",
    ],
)  # fmt: skip
def test_commands_are_meant_for_the_desk(words):
    assert calls(words)


@pytest.mark.parametrize(
    "words",
    [
        "is great", "thanks", "search is broken again", "subscribe to the Courier if you want", "good morning",
        "digest was late today", "schedule a meeting with Bram", "help is on the way", "digests are for others",
        "topics of the week were odd", "catchup with Ada at noon", "story is over", "quotes are wrong", "you there?",
        "Context matters here, do not cut the second paragraph", "Quotes from the minister are in the shared folder",
        "story of my life", "search me, I have no idea", "Suche jemanden für die Spätschicht",
        "search results look odd today", "search and rescue has the better photos", "search dogs were flown in", "lamps?", "story about the bridge needs a second source", "sources say the deal is off",
        "forget it, we take the other picture", "Suche läuft seit heute früh", "privacy is what worries me", "subscribe or perish", "unmute yourself",
        "a quote from the plumber", "words from the boss", "subscribe to what, exactly?",
    ],
)  # fmt: skip
def test_what_people_say_of_it_is_not(words):
    assert not calls(words)


def test_the_ordinary_sentences_hold_the_words_of_commands():
    assert len(set(SENTENCES)) == len(SENTENCES) == 998
    for word in ("subscri", "search", "digest", "help"):
        assert sum(word in one.casefold() for one in SENTENCES) >= 50


@given(st.text(max_size=200))
def test_anything_can_be_said(text):
    assert calls(text) in {True, False}


async def test_on_telegram_none_of_them_is_answered(tmp_path):
    async with TelegramDouble(rates=NO_RATES) as telegram, telegram_desk(telegram) as messenger:
        telegram.chat(GROUP, state="administrator")  # which hears all
        name = telegram.world.bot["username"]
        async with answering(tmp_path, messenger, f"telegram:{GROUP}") as talk:
            digest = int(await post(messenger, Address("telegram", str(GROUP)), "The digest"))
            for start in range(0, len(SENTENCES), CROWD // 2):
                for number, sentence in enumerate(SENTENCES[start : start + CROWD // 2], start):
                    middle = sentence.replace(" ", f" @{name} ", 1)
                    told = (sentence, f"{sentence} @{name}", middle)[number % 3]
                    # Each is another person's: of one, and of one chat, so many wait at most.
                    below = digest if number % 12 == 0 else None
                    telegram.say(told, chat=GROUP, user=10_000 + number, reply_to=below)
                answers = len(_by_the_desk(telegram))
                telegram.say(f"@{name} help", chat=GROUP, user=20_000 + start)
                await telegram.until(lambda so_far=answers: len(_by_the_desk(telegram)) > so_far, 30)
            first, *helped = _by_the_desk(telegram)
            assert first == "The digest"
            assert len(helped) == -(-len(SENTENCES) // (CROWD // 2))
            assert all("What I can do" in one for one in helped)
            assert await talk.subscriptions.all() == ()


async def test_none_of_them_is_answered_in_reply_to_the_desk(tmp_path):
    async with open_talk(tmp_path) as talk:
        for sentence in SENTENCES:
            replied = replace(said(sentence, CHANNEL, BRAM), under=Under(CHANNEL, "1.0"), meant="replied")
            assert (await talk.answer.responder.reply(replied, "editor")).blocks == ()
        assert await talk.subscriptions.all() == ()


def _by_the_desk(telegram: People) -> list[str]:
    return [one.text for one in telegram.world.chats[GROUP].messages.values() if one.by_bot]


@pytest.mark.parametrize("where", ["{} <@U9>", "Has <@U9> seen this? {}", "{} (<@U9|copydesk>)"])
def test_on_slack_none_of_them_is_heard(where):
    event = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "1.0"}
    for sentence in SENTENCES:
        body = {"event_id": "E1", "team_id": "T1", "event": event | {"text": where.format(sentence)}}
        assert slack.mention(body, "U9") is None
    body["event"] = event | {"text": "Morning!\n<@U9> search ferries"}
    found = slack.mention(body, "U9")
    assert found is not None
    assert found.text == "search ferries"


@pytest.mark.parametrize(
    "text", ["sorry wrong chat", "ab morgen", "thanks", "okay then", "quelles nouvelles", "questo giornale"]
)
def test_words_of_their_own_are_no_mistyped_command(text):
    assert not is_mistyped(text)
