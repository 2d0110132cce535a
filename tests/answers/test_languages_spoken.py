"""Which language is spoken: in answers, in digests, to those who subscribed, to the owner, and in the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.conversation.languages import LanguagesSpoken
from bot.conversation.respond import Responder
from bot.delivery.owner import Owner
from bot.delivery.replay import replay
from bot.delivery.subscribers import Subscribers
from bot.domain import query
from bot.domain.conversations import ChatLanguage
from bot.domain.errors import Refused, StoreError
from bot.domain.events import Pressed, Said, Sender
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.reasons import Reason
from bot.runtime.log import Redaction
from bot.wording.language import speaking, spoken
from tests.conversation import PostingPorts, Talk, open_talk, pressed, said, shown
from tests.desk import an_article_file, open_desk
from tests.fakes import FakeClock
from tests.fakes_chat import RecordingMessenger

GROUP, DIRECT = Address("slack", "C1NEWS"), Address("slack", "D1ADA")
ADA = Sender("slack", "U0ADA", "Ada", "T1", language="de-AT")
OLA = Sender("slack", "U0OLA", "Ola", "T1", language="pl")


class Kept:
    """Languages of chats, in memory."""

    def __init__(self) -> None:
        self.chats: dict[tuple[str, str], ChatLanguage] = {}
        self.writes = 0

    async def at(self, place: Address) -> ChatLanguage:
        return self.chats.get((place.platform, place.chat), ChatLanguage())

    async def choose(self, place: Address, language: str) -> None:
        self.chats[place.platform, place.chat] = replace(await self.at(place), chosen=language)

    async def name(self, place: Address, language: str) -> None:
        self.writes += 1
        self.chats[place.platform, place.chat] = replace(await self.at(place), named=language)


def channel(to: Address, language: str = "", name: str = "morning") -> Subscription:
    return Subscription(f"file:{name}", name, to, "", Schedule("UTC", (time(8),)), language=language)


@pytest.fixture
def kept() -> Kept:
    return Kept()


class TestTheLanguage:
    """What comes first: the chat's, the platform's, the channel's, the desk's."""

    async def test_of_an_answer_to_one_person_is_theirs(self, kept: Kept):
        spoken_here = LanguagesSpoken(kept, (), "en")
        assert await spoken_here.answering(said("/help", DIRECT, ADA, direct=True)) == "de"
        assert await spoken_here.answering(pressed("page", "x", DIRECT, ADA, direct=True)) == "de"
        assert await spoken_here.answering(said("/help", DIRECT, OLA, direct=True)) == "de"  # as last named
        await kept.choose(DIRECT, "en")
        assert await spoken_here.answering(said("/help", DIRECT, ADA, direct=True)) == "en"

    async def test_that_is_not_there_is_the_desks(self, kept: Kept):
        assert (
            await LanguagesSpoken(kept, (), "de").answering(said("/help", DIRECT, OLA, direct=True)) == "de"
        )
        assert kept.writes == 0

    async def test_of_a_group_is_not_that_of_who_asks(self, kept: Kept):
        assert await LanguagesSpoken(kept, (), "en").answering(said("/help", GROUP, ADA)) == "en"
        channels = (channel(GROUP, "de"),)
        assert await LanguagesSpoken(kept, channels, "en").answering(said("/help", GROUP, OLA)) == "de"
        await kept.choose(GROUP, "en")
        assert await LanguagesSpoken(kept, channels, "de").answering(said("/help", GROUP, ADA)) == "en"

    async def test_that_a_platform_names_is_written_down_once(self, kept: Kept):
        spoken_here = LanguagesSpoken(kept, (), "en")
        for _ in range(3):
            await spoken_here.answering(said("/help", DIRECT, ADA, direct=True))
        assert kept.writes == 2  # of the conversation, and of the person, whom a channel may name

    async def test_of_a_digest_is_its_channels_then_its_readers(self, kept: Kept):
        spoken_here = LanguagesSpoken(kept, (), "en")
        person = Address("slack", "@U0ADA")
        assert await spoken_here.telling(channel(person)) == "en"
        await spoken_here.answering(said("/help", DIRECT, ADA, direct=True))
        assert await spoken_here.telling(channel(person)) == "de"
        assert await spoken_here.telling(channel(DIRECT)) == "de"
        assert await spoken_here.telling(channel(person, "en")) == "en"
        await kept.choose(GROUP, "de")
        assert await spoken_here.telling(channel(replace(GROUP, thread="1.1"))) == "de"


async def willing() -> bool:
    return True


async def unwilling() -> bool:
    return False


class TestTheCommand:
    """/language, /sprache."""

    @pytest.mark.parametrize("typed", ["de", "de-CH", "Deutsch", "german", "DEUTSCH"])
    async def test_takes_codes_and_names(self, kept: Kept, typed: str):
        answer = await LanguagesSpoken(kept, (), "en").command(typed, said("", GROUP, ADA), willing)
        assert "Ab jetzt spreche ich in diesem Chat Deutsch." in shown(answer)
        assert kept.chats["slack", "C1NEWS"] == ChatLanguage("de")

    async def test_is_for_who_may_change_what_is_set_for_the_chat(self, kept: Kept):
        answer = await LanguagesSpoken(kept, (), "en").command("de", said("", GROUP, OLA), unwilling)
        assert not kept.chats
        assert answer.private
        assert "is for its administrators" in shown(answer)

    async def test_says_which_digests_stay_as_the_configuration_has_them(self, kept: Kept):
        channels = (channel(GROUP, "en"), channel(GROUP, "de", "abend"), channel(GROUP, "", "other"))
        answer = await LanguagesSpoken(kept, channels, "en").command("de", said("", GROUP, ADA), willing)
        assert " ".join(shown(answer).split()) == (
            "Ab jetzt spreche ich in diesem Chat Deutsch. Der Digest „morning“ spricht Englisch, so steht es in der"
            " Konfiguration."
        )

    async def test_takes_the_choice_back(self, kept: Kept):
        spoken_here = LanguagesSpoken(kept, (), "en")
        await spoken_here.command("de", said("", GROUP, ADA), willing)
        answer = await spoken_here.command("automatisch", said("", GROUP, ADA), willing)
        assert "I speak English" in shown(answer)
        assert await spoken_here.answering(said("/help", GROUP, ADA)) == "en"

    @pytest.mark.parametrize("typed", ["tlh", "x" * 3000, "{0.__class__}", "de; DROP", "*"])
    async def test_refuses_what_is_no_language(self, kept: Kept, typed: str):
        answer = await LanguagesSpoken(kept, (), "en").command(typed, said("", GROUP, ADA), willing)
        assert "I do not speak" in shown(answer)
        assert len(shown(answer)) < 400
        assert kept.chats == {}


@pytest.fixture
async def talk(tmp_path) -> AsyncIterator[Talk]:
    async with open_talk(tmp_path) as opened:
        yield opened


async def heard(talk: Talk, *incoming: Said | Pressed) -> list[str]:
    wire = PostingPorts()
    spoken_then: list[str] = []
    reply = wire.reply

    async def replying(*args, **more):
        spoken_then.append(spoken())
        return await reply(*args, **more)

    wire.reply = replying
    wire.hear(*incoming, None)
    async with asyncio.timeout(60):
        await talk.answer.run(wire, asyncio.Event())
    assert len(spoken_then) == len(wire.replies)
    return [
        f"{language}: {shown(message)}"
        for language, (_, message) in zip(spoken_then, wire.replies, strict=True)
    ]


async def test_the_loop_answers_each_in_their_language_and_renders_it_so(talk):
    ida = replace(ADA, id="U0IDA", language="en-GB")
    told = await heard(
        talk,
        said("/search zeppelin", DIRECT, ADA, direct=True),
        said("/search zeppelin", Address("slack", "D2IDA"), ida, direct=True),
    )
    german, english = sorted(told)
    assert german.startswith("de: ── Gefunden zu „zeppelin“")
    assert english.startswith("en: ── Found for “zeppelin”")
    assert spoken() == "en"


async def test_an_answer_that_fails_says_so_in_that_language_and_to_the_owner_in_english(talk, monkeypatch):
    async def stumble(*_: object, **__: object) -> None:
        raise Refused(DIRECT, Reason("slack.refused.user_disabled"))

    monkeypatch.setattr(Responder, "reply", stumble)
    (told,) = await heard(talk, said("/help", DIRECT, ADA, direct=True))
    assert told.startswith("de: Hier ist etwas schiefgegangen; es wurde notiert.")
    assert "an answer failed" in talk.owner.told[0]


async def test_without_the_store_the_desks_language_is_spoken(talk, monkeypatch):
    async def stumble(_: Address) -> ChatLanguage:
        raise StoreError("the store is busy")

    monkeypatch.setattr(talk.answer.responder.languages._kept, "at", stumble)
    (told,) = await heard(talk, said("/help", DIRECT, ADA, direct=True))
    assert told.startswith("en: The library cannot be used just now")


async def test_a_digest_is_posted_and_made_again_in_its_language(tmp_path, capsys):
    clock = FakeClock()
    options = {"language": "de", "channels": [{"name": "alles", "to": "console", "at": ["13:00"]}]}
    async with open_desk(tmp_path, clock, options) as desk:
        await desk.deliver.stage_due()
        await desk.read(
            an_article_file(tmp_path, "a.txt", "Ferries to run", "Ferries run every ten minutes.")
        )
        clock.pass_by(hours=25)
        assert await desk.deliver.stage_due() == 1
        await desk.deliver.post_waiting(timedelta(minutes=1))
        out = capsys.readouterr().out
        assert "Digest „alles“" in out
        assert "1 Meldung gezeigt" in out
        assert "shown" not in out
        made = await replay(1, desk.lines, desk.desk.library, desk.platforms.messengers)
        assert made.problems == ()
        assert "Digest „alles“" in made.bodies[0]
    assert spoken() == "en"


async def test_who_subscribed_hears_it_in_their_language_and_the_owner_in_the_desks():
    slack = RecordingMessenger()

    async def asked_for(_: Address) -> tuple[Sender, ...]:
        return (ADA, OLA)

    async def language(at: Address) -> str:
        return "de" if at.chat == "@U0ADA" else "en"

    def own_chat(person: Sender) -> Address:
        return Address("slack", f"@{person.id}")

    async def name_of(at: Address) -> str:
        return "#news" if at == GROUP else ""

    reason = Reason("slack.refused.is_archived")
    told = Subscribers(asked_for, own_chat, {"slack": slack}, language, name_of=name_of)
    await told.tell(GROUP, reason)
    assert slack.texts("@U0ADA")[0].startswith(
        "Die für #news bestellten Digests kann ich nicht senden: der Kanal"
    )
    assert slack.texts("@U0OLA")[0].startswith(
        "I cannot post the digests that you asked for at #news: the channel"
    )

    owner = Owner(GROUP, {"slack": slack}, FakeClock(), "de")
    await owner.tell("the token is dead", urgent=True)
    waits = Reason("owner.nothing_posted", platform="slack", why=Reason("slack.pause"))
    await owner.tell(waits, urgent=True)
    assert slack.texts(GROUP.chat) == [
        "Copydesk braucht Hilfe: the token is dead",
        "Copydesk braucht Hilfe: an slack wird nichts mehr gesendet: Slack bittet um eine Pause",
    ]


def test_the_log_is_in_english_whatever_is_spoken():
    reason = Reason("slack.refused.is_archived")
    record = logging.LogRecord("x", logging.WARNING, "", 0, "%s", (reason,), None)
    with speaking("de"):
        assert str(reason).startswith("der Kanal ist archiviert")
        assert str(Refused(GROUP, reason)).startswith("slack:C1NEWS: the channel is archived")
        Redaction([]).filter(record)
    assert record.msg.startswith("the channel is archived")


async def test_days_of_a_query_are_meant_from_today_and_told_as_the_language_has_them(tmp_path: Path):
    async with open_talk(tmp_path) as talk:  # it is 4 March 2031

        async def told(text: str) -> str:
            with speaking("de"):
                return " ".join(shown(await talk.answer.responder.reply(said(text), "admin")).split())

        assert "New lamps" in await told("/suche lamps seit:gestern reihenfolge:neu")
        assert "„lamps vor:4.3.2031“" in await told("/suche lamps vor:heute")
        assert "lamps vor:2.1.2032 · 08:00 Uhr" in await told("/abo lamps bis:1.1. als eins")
        assert "quelle:Courier seit:1.3.2031" in await told("/stumm quelle:Courier seit:1.3.")
        assert "quelle:Courier seit:1.3.2031" in await told("/stumm")
        assert "lamps bis:1.1.2032" in await told("/abos")
        (kept,) = await talk.subscriptions.all()
        assert query.printed(query.parse(kept.query).query) == "lamps before:2032-01-02"
        assert "melden wieder: quelle:Courier" in await told("/einblenden quelle:Courier seit:1.3.")
