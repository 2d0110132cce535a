"""Teams: who belongs to which, and that nobody finds, is told of or is sent what another team's sources say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import config
from bot.app import App, opened
from bot.chat.access import Role
from bot.conversation.finding.threads import BELOW
from bot.domain.conversations import NothingPosted
from bot.domain.digests import LeftOut, Omission, PostedDigest, PostedLines, PostedStory
from bot.domain.errors import ConfigError
from bot.domain.events import InlineQuery, Pressed, Sender, Under
from bot.domain.message import Message
from bot.domain.model import Address, Outcome, Quote, Reading, Schedule, Span, Subscription, Window
from bot.domain.query import parse
from bot.domain.reasons import Reason
from bot.domain.sourcing import Added
from bot.domain.teams import EVERYBODY, Team, Teams
from bot.inbox.receipts import Receipt
from bot.store.delivery.withdrawal import PostedPart
from tests.builders import NOON, a_reading, an_article
from tests.conversation import CONSOLE, DESK, said, shown
from tests.fakes import FakeClock
from tests.stores import migrated

ADA = Sender("slack", "U1", "Ada", "T1")
BRAM = Sender("telegram", "42", "Bram")
CORA = Sender("slack", "U9", "Cora", "T1")
NEWS, SPORT, PLAZA = Address("slack", "C1"), Address("telegram", "-100"), Address("slack", "C7")
OPTIONS: dict[str, Any] = {
    "topics": {"bridges": "bridge", "boats": "boat"},
    "channels": [
        {"name": "morning", "to": str(NEWS), "at": ["08:00"]},
        {"name": "goals", "to": str(SPORT), "at": ["08:00"]},
    ],
    "access": {"allow": ["slack:T1", "telegram:42", "telegram:-100"]},
    "teams": [
        {"name": "news", "members": ["slack:U1"], "destinations": [str(NEWS)], "sources": ["Port  gazette"], "topics": ["bridges"], "default": True},
        {"name": "sport", "members": ["telegram:42"], "destinations": [str(SPORT)], "sources": ["The Goal"], "topics": ["boats"]},
        {"name": "chiefs", "members": ["slack:U9"]},
    ],
}  # fmt: skip


def article(source: str | None, title: str) -> Reading:
    said_ = f"The {title} is safe"
    text = f"The {title} was seen at the bridge. “{said_}”, said Ingrid Rieve."
    words, name = text.index(said_), text.index("Ingrid")
    quote = Quote(
        Span(words, words + len(said_)), speaker=Span(name, len(text) - 1), speaker_name="Ingrid Rieve"
    )
    return replace(a_reading(an_article(text, title=title, source=source)), quotes=(quote,))


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    settings = config.build(OPTIONS, tmp_path, {})
    migrated(tmp_path / "data" / "copydesk.db")
    async with opened(settings, clock=FakeClock(NOON)) as app:
        for number, (source, title) in enumerate(
            [("Port Gazette", "Heron"), ("The Goal", "Keeper"), ("The Goal Post", "Poster"), (None, "Stray")]
        ):
            await app.desk.library.keep(
                article(source, title), origin=f"{number}", data_key=f"{number}", added=NOON, story=None
            )
        await app.desk.index.follow(app.desk.library)
        yield app


async def answer(app: App, text: str, at: Address, who: Sender, *, direct: bool = False) -> str:
    words = said(text, at, who, direct=direct)
    return shown(await app.answer.responder_for(words).reply(words, "editor"))


TITLES = ("Heron", "Keeper", "Poster", "Stray")


@pytest.mark.parametrize(
    ("at", "who", "direct", "sees"),
    [
        (NEWS, ADA, False, {"Heron"}),
        (NEWS, CORA, False, {"Heron"}),  # in a team's chat it is the chat's team that is answered
        (SPORT, BRAM, False, {"Keeper"}),
        (Address("telegram", "42"), BRAM, True, {"Keeper"}),
        (Address("slack", "D1"), CORA, True, set(TITLES)),
        (PLAZA, Sender("slack", "U5", "Dag", "T1"), False, {"Heron"}),  # in no team: the default's
        (CONSOLE, DESK, True, set(TITLES)),
    ],
)
async def test_what_is_found_is_of_the_teams_sources(app, at, who, direct, sees):
    for asked in ("/search bridge", "/search seen", "/search brigde", "/quotes Rieve"):
        told = await answer(app, asked, at, who, direct=direct)
        assert {title for title in TITLES if title in told} == sees, asked


async def test_a_story_and_what_was_missed_are_of_the_teams_sources(app):
    assert "Heron" in await answer(app, "/story bridge", NEWS, ADA)
    assert "Keeper" not in await answer(app, "/story bridge", NEWS, ADA)
    keeper = (await app.desk.index.matching(parse("Keeper").query, Window(0, 9), now=NOON))[0]
    assert "Keeper" not in await answer(app, f"/story {keeper}", NEWS, ADA)
    assert "Keeper" in await answer(app, f"/story {keeper}", SPORT, BRAM)
    missed = await answer(app, "/catchup 5d", NEWS, ADA)
    assert "Keeper" not in missed
    assert "Heron" in missed


async def test_topics_and_channels_are_the_teams(app):
    assert "bridges" in await answer(app, "/topics", NEWS, ADA)
    assert "boats" not in await answer(app, "/topics", NEWS, ADA)
    told = await answer(app, "/digest goals", Address("slack", "D1"), ADA, direct=True)
    assert "There is “morning”." in told


async def test_digests_are_of_the_sources_of_the_place(app):
    morning, goals = app.config.channels
    for channel, sees in ((morning, {"Heron"}), (goals, {"Keeper"})):
        digest = (await app.preview(channel.name, timedelta(days=1))).briefs
        assert {entry.article.title for brief in digest for entry in brief.entries} == sees


async def test_what_a_team_sees_is_what_its_queries_find(app):
    entries = await app.desk.library.entries([1, 2, 3, 4])
    window = Window(0, await app.desk.library.revision())
    for team in (*app.config.teams.teams, EVERYBODY):
        found = await app.desk.index.matching(team.scope, window, now=NOON)
        assert sorted(found) == [entry.id for entry in entries if team.sees(entry.article)]


async def test_a_subscription_made_in_chat_sees_what_its_maker_sees(app):
    for number, who in enumerate((ADA, CORA)):
        made = Subscription(
            f"{number}", f"mine{number}", Address("slack", f"D{number}"), "bridge", Schedule("UTC")
        )
        await app._made_in_chat.add(made, by=who, created=NOON)
    _, _, ada, cora = await app.subscriptions()
    assert ada.by == ("slack:U1", "slack:T1")
    window = Window(0, await app.desk.library.revision())
    assert len(await app.digests.matching(ada, window)) == 1
    assert len(await app.digests.matching(cora, window)) == 4


async def test_digests_follow_a_moved_chat_in_a_step_of_its_own(app):
    new = replace(SPORT, chat="-10099")
    await app.outbox.moved(SPORT, new)
    assert [one.to for one in await app.subscriptions()] == [NEWS, new]
    assert app.digests.teams == app.config.teams  # who asks for subscriptions changes nothing
    await app.deliver.stage_due()
    assert app.digests.teams.of(new).name == "sport"
    app.reconfigure(app.config)
    await app.preview("goals", timedelta(days=1))
    assert app.digests.teams.of(new).name == "sport"


async def test_what_is_added_and_given_tells_nothing_of_another_teams_articles(app):
    sent: list[str] = []

    class Wire:
        async def reply(self, _: object, message: Message, __: object) -> None:
            sent.append(shown(message))

    async def told(outcome: Outcome, entry: int | None, at: Address, who: Sender) -> tuple[str, str]:
        async def added(_: str) -> Added:
            return Added("a.html", outcome, "My page", entry=entry)

        command = app.answer.responder_for(said("", at, who))._adding
        command._add_page = added
        receipt = Receipt("a.html", outcome, NOON, entry, "My page")
        await app.answer.gifts._tell(said("", at, who), "a.html", receipt, {at.platform: Wire()})
        return shown(await command.add("https://gazette.example/a", "editor")), sent.pop()

    (theirs,) = {await told(one, 2, NEWS, ADA) for one in ("new", "corrected", "known")}
    assert all("your team" in one for one in theirs)
    for at, who in ((SPORT, BRAM), (CONSOLE, DESK)):
        mine = await told("known", 2, at, who)
        assert all("already" in one for one in mine)
    held = await told("held", None, NEWS, ADA)
    assert all("held" in one for one in held)
    nobody_knows = await told("known", 99, NEWS, ADA)  # forgotten since
    assert nobody_knows == theirs


def test_a_chat_with_another_id_stays_in_its_team():
    team = Team("sport", frozenset({"telegram:-100"}))
    teams = Teams((team,)).followed({Address("telegram", "-100"): Address("telegram", "-10099")})
    assert teams.of(Address("telegram", "-10099")).name == "sport"
    assert teams.of(Address("telegram", "-100"), ("telegram:42",)).name == "sport"
    assert teams.of(Address("slack", "C5")) == EVERYBODY


def test_a_persons_own_rule_counts_before_their_workspaces():
    wide, narrow = Team("wide", frozenset({"slack:T1"})), Team("narrow", frozenset({"slack:U1"}))
    assert Teams((wide, narrow)).of(PLAZA, ("slack:U1", "slack:T1")) == narrow
    assert Teams((wide, narrow)).of(PLAZA, ("slack:U2", "slack:T1")) == wide


def test_the_only_team_is_the_default(tmp_path):
    made = config.build({"teams": [{"name": "one", "sources": ["The Goal"]}]}, tmp_path, {})
    assert made.teams.of(PLAZA).name == "one"


@pytest.mark.parametrize(
    ("teams", "problem"),
    [
        ([{"name": "a"}, {"name": "b"}], "teams: whoever is in none needs one; write `default = true` in one of them"),
        ([{"name": "a", "default": True}, {"name": "b", "default": True}], "teams: whoever is in none"),
        ([{"name": "a", "default": True}, {"name": "a"}], 'teams: "a" is there 2 times'),
        (
            [{"name": "a", "members": ["slack:U1"], "default": True}, {"name": "b", "destinations": ["slack:U1"]}],
            "teams[1]: slack:U1 belongs to a already; keep one",
        ),
        ([{"name": "a", "topics": ["tides"]}], 'teams[0].topics: there is no topic "tides" under [topics]'),
        ([{"name": "a", "member": ["slack:U1"]}], "teams[0].member: there is no such option; did you mean `members`?"),
    ],
)  # fmt: skip
def test_mistakes_are_named(tmp_path, teams, problem):
    with pytest.raises(ConfigError) as raised:
        config.build({"teams": teams}, tmp_path, {})
    assert problem in str(raised.value)


@pytest.mark.parametrize("asked", ["2", "#2 1", "keeper OR heron", "said:Rieve"])
async def test_a_teams_admin_has_nothing_of_another_team_forgotten_or_named(app, asked):
    words = said(f"/forget {asked} --yes", NEWS, ADA)
    told = shown(await app.answer.responder_for(words).reply(words, "admin"))
    assert "Keeper" not in told
    assert len(await app.desk.library.entries([2, 3, 4])) == 3
    words = said("/forget 2", SPORT, BRAM)
    assert "Keeper" in shown(await app.answer.responder_for(words).reply(words, "admin"))


@pytest.mark.parametrize(
    ("at", "who", "named"),
    [
        (NEWS, ADA, {str(NEWS)}),
        (Address("slack", "D9"), CORA, {"slack:D9"}),  # sees every source, and no place of others
        (CONSOLE, DESK, {str(NEWS), str(SPORT), "slack:D9"}),
    ],
)
async def test_who_forgets_is_told_of_no_place_of_others(app, monkeypatch, at, who, named):
    places = (NEWS, SPORT, Address("slack", "D9"))
    parts = [PostedPart(1, to, fate, "1.2") for to in places for fate in ("changed", "stays")]

    async def posted(_: object) -> list[PostedPart]:
        return parts

    monkeypatch.setattr(app.forgetting._store, "messages", posted)
    monkeypatch.setattr(app.forgetting, "_link", lambda one: f"https://chat.example/{one.to}")
    words = said("/forget 1", at, who)
    told = shown(await app.answer.responder_for(words).reply(words, "admin"))
    assert "Heron" in told
    assert {str(place) for place in places if str(place) in told} == named
    assert "3 messages are edited or taken away" in told


# --- every way an answer can carry an article -----------------------------------------------------

D1, D9 = Address("slack", "D1"), Address("slack", "D9")


async def lines_of(_: object) -> PostedLines:
    return PostedLines(1, "goals", NOON, ((2, Span(0, 34), "text"),), "The Keeper was seen at the bridge.")


class Posted(NothingPosted):
    async def under(self, said: Any) -> PostedDigest | None:  # noqa: ARG002 - as PostedDigests has it
        return await self.digest(1)

    async def digest(self, id: int) -> PostedDigest | None:
        quote = (2, Span(0, 3))
        return PostedDigest(id, "goals", NOON, 9, (PostedStory(1, 1, "Keeper", (2,), (), (quote,)),))


async def left_out(_: str) -> LeftOut:
    return LeftOut(NOON, 1, (Omission("Keeper", Reason("left.same")),))


def pressing(at: Address, who: Sender, action: str, value: str = "") -> Pressed:
    return Pressed("p", at, who, action, value, direct=True)


Way = Callable[[App, Address, Sender], Awaitable[str]]


def typed(text: str, role: Role = "editor") -> Way:
    async def way(app: App, at: Address, who: Sender) -> str:
        words = said(text, at, who, direct=True)
        return shown(await app.answer.responder_for(words).reply(words, role))

    return way


async def below_a_digest(app: App, at: Address, who: Sender) -> str:
    words = replace(said("1", at, who, direct=True), under=Under(at, "1.2"))
    return shown(await app.answer.responder_for(words).reply(words, "reader"))


async def failed(error: Exception) -> None:
    raise error


async def inline(app: App, at: Address, who: Sender) -> str:
    asked = InlineQuery("q", at, who, "seen")
    return str(await app.answer.responder_for(said("", at, who)).inline.results(asked, failed))


async def compared(app: App, at: Address, who: Sender) -> str:
    before = Subscription("m", "mine", at, "nothing", Schedule("UTC"), by=("slack:U9", "slack:T1"))
    made = app.answer.responder_for(said("", at, who))._edits._what_if
    return str(await made.blocks(before, replace(before, query="seen")))


async def rehearsed_(app: App, at: Address, who: Sender) -> str:
    desk = app.answer.responder_for(said("", at, who)).lookup._desk
    return f"{len(await desk.index.matching(parse('Keeper').query, Window(0, 9), now=NOON))} Keeper".replace(
        "0 Keeper", ""
    )


async def home(app: App, at: Address, who: Sender) -> str:
    page = pressing(at, who, "home")
    return str((await app.answer.responder_for(page).reply(page, "reader")).blocks)


WAYS: dict[str, tuple[Way, str, str]] = {
    "context": (typed("/context 1"), "/context 1", "Keeper"),
    "below a digest": (below_a_digest, "", "Keeper"),
    "why, of a chat of theirs": (typed("/digest why ours", "admin"), "/digest why ours", "Keeper"),
    "why, of a chat without a team": (typed("/digest why plaza", "admin"), "/digest why plaza", "Keeper"),
    "preview": (typed("/digest preview ours", "admin"), "/digest preview ours", "Keeper"),
    "what a subscription would bring": (typed("/subscribe seen as mine"), "/subscribe seen as mine", "Keeper"),
    "what a change would bring": (compared, "", "Keeper"),
    "rehearsal": (rehearsed_, "", "Keeper"),
    "inline": (inline, "", "Keeper"),
    "home": (home, "", "boats"),
    "deep link": (typed("/start topic-boats"), "/start topic-boats", "boats"),
    "topics": (typed("/topics"), "/topics", "boats"),
}  # fmt: skip


@pytest.mark.parametrize("name", WAYS)
async def test_no_answer_carries_another_teams_articles_whichever_way(app, name):
    way, asked, secret = WAYS[name]
    plaza = Subscription("p", "plaza", D1, "", Schedule("UTC"))
    await app._made_in_chat.add(plaza, by=CORA, created=NOON)
    ours = Subscription("o", "ours", SPORT, "", Schedule("UTC"))
    await app._made_in_chat.add(ours, by=BRAM, created=NOON)
    for responder in app.answer._responders.values():
        responder._contexts._posted = lines_of
        responder._results = SimpleNamespace(left_out=left_out)
        responder._threads = replace(responder._threads, posted=Posted())
        responder.lookup.pages[BELOW] = responder._threads.page
    at, who = (CONSOLE, DESK) if "ours" in asked else (D9, CORA)
    assert secret in await way(app, at, who)  # who sees all there is
    assert secret not in await way(app, D1, ADA)
