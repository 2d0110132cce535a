"""Behind the desk's name, in any chat: what is offered to whom, and what becomes of what they choose."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.telegram import inline
from bot.chat.telegram.messenger import TelegramMessenger
from bot.conversation.finding.inline import FRESH, PAGE, InlineAnswers, LatestQueries, _offset
from bot.domain.errors import IndexRebuilding, Refused, StoreError
from bot.domain.events import InlineQuery, Sender
from bot.domain.message import Heading, Message, Paragraph, Run
from bot.domain.messaging import InlineMessenger, InlineResult, InlineResults
from bot.domain.model import Address
from bot.domain.teams import Team, Teams
from bot.wording.chat.pressing import NOTHING_INLINE as NOTHING
from bot.wording.chat.pressing import REBUILDING_INLINE as REBUILDING
from bot.wording.chat.pressing import UNREACHABLE_INLINE as UNREACHABLE
from tests.builders import an_article
from tests.chat.telegram_far_end import GROUP, READER, desk
from tests.conversation import Talk
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.fakes import FakeClock
from tests.platforms.test_forged_presses import answering

STRANGER = 666


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(rates=NO_RATES) as double:
        yield double
        assert double.problems == []


@asynccontextmanager
async def listening(
    folder: Path, telegram: TelegramDouble, *allowed: str
) -> AsyncIterator[tuple[Talk, TelegramMessenger]]:
    async with (
        desk(telegram) as messenger,
        answering(folder, messenger, *(allowed or (f"telegram:{READER}",))) as talk,
    ):
        await telegram.listening()
        yield talk, messenger


@pytest.mark.parametrize("typed", ["apples", "/search apples"])
async def test_articles_are_offered_with_title_outlet_and_line_and_posted_as_they_stand(
    tmp_path, telegram, typed
):
    async with listening(tmp_path, telegram):
        query = telegram.type_inline(typed)
        offered = await telegram.offered(query)
        (only,) = offered["results"]
        assert only["title"] == "Frost takes two thirds of the apples"
        assert "apple" in only["description"]
        posted = telegram.choose(query, only["id"], chat=-77)
        assert posted.text.startswith("Frost takes two thirds of the apples\n")
        assert "<" not in posted.text
        assert (offered["is_personal"], offered["cache_time"]) == (True, FRESH)
        assert (offered["next_offset"], offered["button"]) == ("", None)


async def test_as_the_list_is_scrolled_the_next_page_is_asked_for(tmp_path, telegram):
    async with listening(tmp_path, telegram) as (talk, _):
        for number in range(2 * PAGE + 1):
            article = an_article(f"The tide table number {number} is out.", title=f"Tides {number}")
            await talk.keep(article, f"tides{number}")
        seen: list[str] = []
        offset = ""
        for _ in range(3):
            offered = await telegram.offered(telegram.type_inline("tide", offset=offset))
            seen += [one["title"] for one in offered["results"]]
            offset = offered["next_offset"]
        assert (len(seen), len(set(seen)), offset) == (2 * PAGE + 1, 2 * PAGE + 1, "")


async def test_while_nothing_is_typed_the_newest_are_offered(tmp_path, telegram):
    async with listening(tmp_path, telegram):
        offered = await telegram.offered(telegram.type_inline(""))
        assert len(offered["results"]) == 9


@pytest.mark.parametrize(
    "offset", ["x", "-10", "7", "10 ", "1" * 64, "99990", "０", "1e1", "0", "ten\ud800", "10\n"]
)
async def test_a_forged_page_is_empty(tmp_path, telegram, offset):
    async with listening(tmp_path, telegram):
        offered = await telegram.offered(telegram.type_inline("lamps", offset=offset))
        assert (offered["results"], offered["next_offset"]) == ([], "")


async def test_where_nothing_is_found_a_button_leads_to_the_desk(tmp_path, telegram):
    async with listening(tmp_path, telegram):
        offered = await telegram.offered(telegram.type_inline("zeppelins -zeppelins"))
        assert offered["results"] == []
        assert offered["button"] == {"text": NOTHING, "start_parameter": "inline"}
        telegram.say("/start inline")
        (told,) = await telegram.sent(READER)
        assert told.text.startswith("What I can do")


async def test_a_stranger_and_who_is_let_in_only_with_a_chat_get_an_empty_answer(tmp_path, telegram):
    async with listening(tmp_path, telegram, f"telegram:{GROUP}") as (talk, _):
        offered = await telegram.offered(telegram.type_inline("apples", user=STRANGER))
        assert (offered["results"], offered["button"], offered["is_personal"]) == ([], None, True)
        (caller,) = await until_called(talk)
        assert caller.sender.id == str(STRANGER)
        assert telegram.messages() == []


async def until_called(talk: Talk) -> Any:
    async with asyncio.timeout(10):
        while not (callers := await talk.conversation_log.callers()):
            await asyncio.sleep(0.01)
    return callers


async def test_what_an_article_says_cannot_break_out_of_the_message(tmp_path, telegram):
    async with listening(tmp_path, telegram) as (talk, _):
        text = 'Zander <b>bold</b> & "quoted" <a href="tg://user?id=1">x</a> @channel /stop \u202egnirts'
        await talk.keep(an_article(text, title="</b><i>Zander & Co", source="A<B"), "zander")
        query = telegram.type_inline("zander")
        offered = await telegram.offered(query)
        posted = telegram.choose(query, offered["results"][0]["id"], chat=-77)
        assert posted.text.startswith("</b><i>Zander & Co\nA<B")
        assert '<a href="tg://user?id=1">x</a>' in posted.text
        assert not {"text_link", "mention", "bot_command", "text_mention"} & {
            one["type"] for one in posted.entities
        }
        for shown in (
            posted.text,
            offered["results"][0]["description"],
        ):  # what turns the text round ends within it
            assert shown.count("\u202e") == shown.count("\u202c") == 1


async def test_an_answer_that_is_too_late_or_lost_disturbs_nobody(tmp_path, telegram):
    async with listening(tmp_path, telegram) as (talk, messenger):
        late = InlineQuery("1", Address("telegram", "42"), Sender("telegram", "42"), "x", reply="17")
        await messenger.answer_inline(late, InlineResults())
        telegram.fail("answerInlineQuery", kind="drop_after")
        telegram.type_inline("apples")
        await telegram.until(lambda: telegram.injected["drop_after"])
        telegram.fail("answerInlineQuery", kind="429", seconds=30)
        telegram.type_inline("apples")
        await telegram.until(lambda: telegram.injected["429"])
        assert (await telegram.offered(telegram.type_inline("apples")))["results"]
        assert (talk.owner.told, talk.owner.urgent) == ([], [])


async def test_a_refusal_for_another_reason_is_told_to_the_owner(telegram):
    async with desk(telegram) as messenger:
        asked = InlineQuery(
            "1", Address("telegram", "42"), Sender("telegram", "42"), "x", reply=telegram.type_inline("x")
        )
        message = Message((Paragraph((Run("words"),)),))
        twice = InlineResult("1", "Title", "", message)
        with pytest.raises(Refused, match=r"(?i)result_id_duplicate"):
            await messenger.answer_inline(asked, InlineResults((twice, twice)))


def test_only_the_newest_query_of_a_person_waits():
    latest, sender = LatestQueries(), Sender("telegram", "42")
    first, second = (InlineQuery(key, Address("telegram", "42"), sender, key) for key in "ab")
    other = InlineQuery("c", Address("telegram", "7"), Sender("telegram", "7"), "c")
    assert [latest.typed(one) for one in (first, second, other)] == [True, False, True]
    assert latest.take(first) is second
    assert latest.take(other) is other
    assert latest.typed(first)


async def test_who_types_a_thousand_letters_at_once_has_the_answer_to_the_last(tmp_path, telegram):
    async with listening(tmp_path, telegram):
        for _ in range(1000):
            telegram.type_inline("ferries")
        offered = await telegram.offered(telegram.type_inline("apples"))
        assert offered["results"][0]["title"] == "Frost takes two thirds of the apples"


@given(st.text(max_size=70))
def test_no_offset_raises_and_each_page_begins_where_a_page_can(offset):
    found = _offset(offset)
    assert found is None or found % PAGE == 0


async def test_while_the_index_is_rebuilt_that_is_said():
    class Rebuilding:
        async def find(self, *_: Any, **__: Any) -> Any:
            raise IndexRebuilding("index")

    answers = InlineAnswers(Rebuilding(), Spoken(), FakeClock(), "UTC")  # type: ignore[arg-type] # nothing else is asked
    asked = InlineQuery("1", Address("telegram", "42"), Sender("telegram", "42"), "x")
    assert await answers.results(asked, unheard) == InlineResults(notice=REBUILDING, fresh=0)


class Spoken:
    desk = "en"

    async def answering(self, _: object) -> str:
        return "en"


async def unheard(error: StoreError) -> None:
    raise AssertionError(error)


@pytest.mark.parametrize(
    ("language", "words"),
    [("", UNREACHABLE), ("fr", UNREACHABLE), ("de", "Die Bibliothek ist gerade nicht erreichbar")],
)
async def test_while_the_library_cannot_be_used_that_is_said_and_told_on(language, words):
    class Gone(Spoken):
        async def answering(self, _: object) -> str:
            raise StoreError("the database is starting or stopping")

    async def failed(error: StoreError) -> None:
        told.append(str(error))

    told: list[str] = []
    answers = InlineAnswers(None, Gone(), FakeClock(), "UTC")  # type: ignore[arg-type] # nothing is looked up
    sender = Sender("telegram", "42", language=language)
    asked = InlineQuery("1", Address("telegram", "42"), sender, "x")
    assert await answers.results(asked, failed) == InlineResults(notice=words, fresh=0)
    assert told == ["the database is starting or stopping"]


def test_what_shows_nothing_is_not_offered():
    words = Message((Heading((Run("Words"),)),))
    found = [InlineResult("1", "\u200b", "", words), InlineResult("2", "Title", "", Message(()))]
    found.append(InlineResult("3", " A\ntitle ", "below", words))
    (only,) = inline.fields(InlineResults(tuple(found)))["results"]
    assert (only.id, only.title, only.description) == ("3", "A title", "below")


def test_telegram_is_a_platform_that_is_typed_to():
    assert issubclass(TelegramMessenger, InlineMessenger)


async def test_who_is_of_a_team_is_offered_what_the_team_may_see(tmp_path, telegram):
    async with listening(tmp_path, telegram) as (talk, _):
        for outlet in ("Gazette", "Times"):
            article = an_article(
                f"The {outlet} counts kittiwakes.", title=f"Kittiwakes in the {outlet}", source=outlet
            )
            await talk.keep(article, outlet)
        team = Team("birds", frozenset({f"telegram:{READER}"}), frozenset({"Gazette"}))
        talk.answer.configure(talk.digests, replace(talk.answer._given, teams=Teams((team,))))
        offered = await telegram.offered(telegram.type_inline("kittiwakes"))
        assert [one["title"] for one in offered["results"]] == ["Kittiwakes in the Gazette"]
