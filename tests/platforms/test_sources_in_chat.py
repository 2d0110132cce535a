"""/sources on both platforms: an admin has a feed asked, is told why one cannot be, and ends it; nobody else does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.chat.access import Role
from bot.conversation.adding import MOST, SourcesCommand
from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed, Source, SourceState
from bot.domain.teams import Team
from bot.sources.kept import KeptSources
from bot.sources.rounds import SourceRounds
from bot.wording import sources as wording
from bot.wording.language import speaking
from tests.builders import NOON
from tests.conversation import FEED, nothing_new, open_talk, shown, sources_of
from tests.day import words_of
from tests.desk import OpenDesk, open_desk
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.fakes import FakeClock
from tests.fakes_chat import Owner
from tests.sources.far_end import FarEnd, answer, far_end
from tests.sources.feeds import MemorySources, an_item, rss, story

ADMIN, READER = 42, 43
Ask = Callable[[str, bool], Awaitable[str]]


@dataclass
class Place:
    """A desk whose platform is asked by ``ask``, as its admin or as a reader, and a server with a feed."""

    desk: OpenDesk
    server: FarEnd
    ask: Ask


def asks_slack(slack: SlackDouble) -> Ask:
    async def ask(text: str, admin: bool) -> str:
        asked = await slack.slash("/copydesk", text, user="U1" if admin else "U2")
        await slack.until(lambda: bool(asked.responses))
        return " ".join(words_of(asked.responses[0]).split())

    return ask


def asks_telegram(telegram: TelegramDouble) -> Ask:
    async def ask(text: str, admin: bool) -> str:
        person = ADMIN if admin else READER
        before = len(telegram.messages(person))  # the desk's
        telegram.say(f"/{text}", chat=person, user=person)
        await telegram.until(lambda: len(telegram.messages(person)) > before)
        return " ".join(telegram.messages(person)[-1].text.split())

    return ask


@pytest.fixture(params=[["127.0.0.0/8"]])
async def feed_server(request: pytest.FixtureRequest) -> AsyncIterator[tuple[FarEnd, list[str]]]:
    async with far_end() as server:
        items = an_item("Repairs decided", server.url("/a"), story("the bridge"))
        server.answers["/feed.xml"] = answer(200, rss(items), Content_Type="application/rss+xml")
        server.answers["/page"] = answer(200, b"<html><body>Nothing.</body></html>", Content_Type="text/html")
        yield server, request.param


@pytest.fixture(params=["slack", "telegram"])
async def place(
    request: pytest.FixtureRequest, tmp_path: Path, feed_server: tuple[FarEnd, list[str]]
) -> AsyncIterator[Place]:
    server, private = feed_server
    async with AsyncExitStack() as stack:
        ask, options, tokens = await far_end_of(request.param, stack)
        access = {
            "allow": ["slack:T1", f"telegram:{ADMIN}", f"telegram:{READER}"],
            "admins": ["slack:U1", f"telegram:{ADMIN}"],
        }
        options |= {"timezone": "UTC", "access": access, "fetch": {"private": private}}
        desk = await stack.enter_async_context(open_desk(tmp_path, options=options, environ=tokens))
        stack.push_async_callback(desk.fetching.aclose)
        messenger = desk.platforms.messengers[request.param]
        stop = asyncio.Event()
        answering = asyncio.create_task(desk.answer.run(messenger, stop))
        yield Place(desk, server, ask)
        stop.set()
        await messenger.stop_listening()
        await answering


async def far_end_of(platform: str, stack: AsyncExitStack) -> tuple[Ask, dict[str, Any], Mapping[str, str]]:
    """How somebody asks there, and what a desk needs for it."""
    if platform == "slack":
        slack = await stack.enter_async_context(SlackDouble())
        tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
        ask = asks_slack(slack)

        async def connected(text: str, admin: bool) -> str:
            await slack.until(lambda: bool(slack.links))
            return await ask(text, admin)

        return connected, {"slack": {"api": slack.url}}, tokens
    telegram = await stack.enter_async_context(TelegramDouble())
    for person in (ADMIN, READER):
        telegram.chat(person, state="member")
    options = {"telegram": {"api": telegram.base_url.removesuffix("/bot")}}
    return asks_telegram(telegram), options, {"TELEGRAM_BOT_TOKEN": TOKEN}


async def test_an_admin_has_a_feed_asked_sees_how_it_does_and_ends_it(place):
    feed = place.server.url("/feed.xml")
    assert await place.ask("sources", True) == wording.NO_SOURCES_YET.replace(
        "/sources", await prefixed(place)
    )
    added = await place.ask(f"sources add {feed} as Quay Courier", True)
    assert added == "Quay-Courier (127.0.0.1) is asked from now on, every 30 minutes."
    assert [receipt.outcome for receipt in await place.desk.empty_inbox()] == []
    assert await place.desk.sources.once() == 1
    assert [receipt.outcome for receipt in await place.desk.empty_inbox()] == ["new"]
    listed = await place.ask("sources", True)
    assert listed.startswith("1 source Quay-Courier (127.0.0.1): last success today 12:00")
    assert "is not asked any more" in await place.ask("sources remove quay-courier", True)
    assert await place.desk.sources.once(everything=True) == 0


async def prefixed(place: Place) -> str:
    """How the platform begins the command."""
    return "/copydesk sources" if "slack" in place.desk.platforms.messengers else "/sources"


async def test_what_is_no_feed_or_not_there_is_told_and_not_kept(place):
    assert "this is no feed" in await place.ask(f"sources add {place.server.url('/page')}", True)
    assert "answers 404" in await place.ask(f"sources add {place.server.url('/nothing')}", True)
    assert await place.desk.sources.all() == ()


async def test_nobody_but_an_admin_sees_or_changes_the_sources(place):
    for text in ("sources", f"sources add {place.server.url('/feed.xml')}", "sources remove gazette"):
        assert await place.ask(text, False) == wording.ADMINS_SOURCES
    assert place.server.asked == []
    assert await place.desk.sources.all() == ()


@pytest.mark.parametrize("feed_server", [[]], indirect=True)
async def test_no_private_address_is_asked_by_way_of_chat(place):
    told = await place.ask(f"sources add {place.server.url('/feed.xml', 'localhost')}", True)
    assert "which is no public address" in told
    assert place.server.asked == []
    assert await place.desk.sources.all() == ()


# --- what the platforms have in common -------------------------------------------------------------


class Listed:
    """A list of a hundred sources, of which the last does not do well."""

    async def listed(self) -> list[tuple[Source, SourceState | None]]:
        fine = SourceState(FEED, NOON, NOON, succeeded=NOON)
        broken = replace(fine, reason=Reason("source.gone", host="feeds.example"), failures=4)
        return [(Source(f"n{n}", FEED), broken if n == 99 else fine) for n in range(100)]


async def asked(text: str, *, who: Role = "admin", team: Team | None = None, sources: Any = None) -> str:
    command = SourcesCommand(sources or Listed(), team or Team(), FakeClock(), "Europe/London")
    return shown(await command.sources(text, who))


@pytest.mark.parametrize("text", ["", f"add {FEED}", "remove n1"])
async def test_a_team_that_sees_some_outlets_alone_is_told_nothing_of_sources(text):
    some = Team("sport", sources=frozenset({"Harbour Ledger"}))
    told = " ".join((await asked(text, team=some)).split())
    assert told == wording.WHOLE_DESK
    assert " ".join((await asked(text, who="editor")).split()) == wording.ADMINS_SOURCES


async def test_of_many_sources_those_that_do_not_do_well_come_first():
    told = " ".join((await asked("")).split())
    assert told.index("n99 (feeds.example): feeds.example answers 410") < told.index(
        "n0 (feeds.example): last"
    )
    assert told.count("last success today 12:00") == MOST
    assert "n28 " in told
    assert "n29 " not in told
    assert f"And {100 - MOST} more: `copydesk sources` lists all." in told


async def test_it_is_asked_and_answered_in_german(tmp_path):
    async with open_talk(tmp_path, fill=False) as talk:
        ask = talk.answer.responder.reply
        from tests.conversation import said

        with speaking("de"):
            told = [
                " ".join(shown(await ask(said(text), "admin")).split())
                for text in (
                    f"/quellen hinzufügen {FEED} als Hafen",
                    "/quellen",
                    "/quellen löschen Hafen",
                    "/quellen löschen gazette",
                )
            ]
    assert told[0] == "Hafen (feeds.example) wird von jetzt an alle 30 Minuten abgefragt."
    assert "3 Quellen" in told[1]
    assert "Hafen (feeds.example): noch nicht abgefragt" in told[1]
    assert told[2] == "Hafen wird nicht mehr abgefragt. Was von dort kam, bleibt."
    assert told[3].startswith("gazette steht unter [[sources]]")


class Crowded(MemorySources):
    """A store in which somebody else is always a moment earlier."""

    async def add(self, sources: list[Source]) -> tuple[Source, ...]:
        self.listed = (*self.listed, *(Source(one.name, f"{one.url}?{len(self.listed)}", imported=True) for one in sources))  # fmt: skip
        return ()


async def test_who_is_always_too_late_is_told():
    store = Crowded()
    rounds = SourceRounds((), store, nothing_new, FakeClock(), Owner(), Owner())

    class Feeds:
        async def tried(self, url: str) -> None:
            """It is one."""

    with pytest.raises(FetchFailed, match="again and again"):
        await KeptSources(rounds, store, Feeds()).add(FEED)  # type: ignore[arg-type]


async def test_the_list_is_the_store_s(tmp_path):
    async with open_talk(tmp_path, fill=False) as talk:
        sources = sources_of(talk.subscriptions._database, talk.clock)
        source, new = await sources.add(FEED)
        assert (source.imported, new) == (True, True)
        assert (await sources.add(f"{FEED}#top")) == (source, False)
        assert (await sources.remove(FEED))[1] == "removed"
        assert (await sources.remove(FEED)) == (None, "unknown")
