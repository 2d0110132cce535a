"""Each digest that is posted leads to its page, where there is an archive and the page is for its readers."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from bot.chat.console import messenger as terminal
from bot.chat.email import letter
from bot.chat.slack import blocks
from bot.chat.telegram import html
from bot.cli.check import checked
from bot.cli.commands import copydesk
from bot.config import build
from bot.delivery.replay import replay
from bot.domain.digests import Shown
from bot.domain.events import Payload, Said, Sender
from bot.domain.message import Message
from bot.domain.messaging import Visit
from bot.domain.model import CONSOLE, Address, Schedule, Subscription
from bot.store.sql.plans import plan_json
from bot.views.posted import shown_message
from bot.web.links import ROOT, Links, names_of
from bot.web.settings import ArchiveSettings
from bot.wording.language import speaking
from tests.archive.test_pages import a_digest
from tests.builders import NOON
from tests.desk import FERRY, OpenDesk, an_article_file, open_desk
from tests.fakes import FakeClock
from tests.fakes_chat import RecordingMessenger

CHANNEL = {"name": "all", "to": "slack:C1", "at": ["13:00"]}
ORIGIN = "https://desk.example.org"
SECRET = {"ARCHIVE_SECRET": "s" * 32}
ADDRESS = f"{ORIGIN}/archive/digests/file:morning/slot/2031-03-04T08:00?key=desk.1932987600.{'a' * 22}"


class Slack(RecordingMessenger):
    """Slack as far as what it is given."""

    def render(self, message: Message) -> tuple[Payload, ...]:
        return blocks.render(message)


@asynccontextmanager
async def desk_with(folder: Path, **options: Any) -> AsyncIterator[OpenDesk]:
    (folder / "inbox").mkdir()
    environ = {**SECRET, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    async with open_desk(folder, FakeClock(NOON), {"channels": [CHANNEL], **options}, environ) as desk:
        desk.platforms.messengers["slack"] = Slack()  # type: ignore[index]  # a dict, which nobody else needs to know
        await desk.deliver.stage_due()
        an_article_file(folder / "inbox", "ferry.txt", "Ferries from Port Averne every ten minutes", *FERRY)
        await desk.empty_inbox()
        desk.desk.clock.pass_by(hours=1)  # type: ignore[attr-defined]
        assert await desk.deliver.stage_due() == 1
        await desk.deliver.post_waiting(timedelta(minutes=1))
        yield desk


async def body(desk: OpenDesk) -> str:
    kept = await desk.lines.kept(1)
    assert kept is not None
    return kept.bodies[1]


def way(text: str) -> str:
    """The link to the page, without the server."""
    links = re.findall(rf'"url": ?"{ORIGIN}([^"]*)", ?"text": ?"On the web"', text)
    return links[0] if links else ""


async def test_a_posted_digest_leads_to_its_page_and_is_made_again_with_the_same_link(tmp_path):
    async with desk_with(tmp_path, archive={"address": f"{ORIGIN}/"}) as desk:
        posted = await body(desk)
        path = urlsplit(way(posted))
        visited = await desk.sites()[ROOT](Visit(path.path, path.query))
        assert visited.status == 200
        assert "every ten minutes" in visited.body
        made = await replay(1, desk.lines, desk.desk.library, desk.platforms.messengers)
        assert (made.problems, made.bodies) == ((), (posted,))


async def test_a_link_is_for_the_team_of_its_place(tmp_path):
    teams = [{"name": "news", "destinations": ["slack:C1"]}, {"name": "rest", "default": True}]
    async with desk_with(tmp_path, archive={"address": ORIGIN, "days": 2}, teams=teams) as desk:
        assert (
            desk._page_of(Subscription("file:x", "x", CONSOLE, "", Schedule("UTC")), a_digest().digest) == ""
        )
        path = way(await body(desk))
        assert path.partition("?key=")[2].startswith(
            f"news.{int((NOON + timedelta(hours=1, days=2)).timestamp())}."
        )


async def test_another_address_holds_from_the_next_start_on_for_pages_and_links_alike(tmp_path):
    async with desk_with(tmp_path, archive={"address": ORIGIN, "public": True}) as desk:
        told = build({"archive": {"address": "https://other.example.org", "public": True}}, tmp_path, {})
        assert "[archive]" in desk.reconfigure(told)
        said = Said("1", CONSOLE, Sender("console", "desk"), "/story ferries", direct=True)
        answered = repr(await desk.answer.responder.reply(said, "admin"))
        channel = Subscription("file:all", "all", Address("slack", "C1"), "", Schedule("UTC"))
        for text in (answered, desk._page_of(channel, a_digest().digest)):
            assert f"{ORIGIN}/archive/" in text


async def test_a_public_archive_leads_to_what_the_configuration_names_alone(tmp_path):
    async with desk_with(tmp_path, archive={"address": ORIGIN, "public": True}) as desk:
        assert way(await body(desk)) == "/archive/digests/file:all/slot/2031-03-04T13:00"
        digest = a_digest().digest
        mine = Subscription("7", "mine", Address("slack", "D1"), "", Schedule("UTC"))
        assert desk._page_of(mine, digest) == ""
        assert desk._page_of(replace(mine, id="file:mine"), digest) != ""
        assert desk._page_of(replace(mine, id="file:mine", to=CONSOLE), digest) != ""


async def test_an_answer_about_a_story_leads_to_its_page(tmp_path):
    said = Said("1", CONSOLE, Sender("console", "desk"), "/story ferries", direct=True)
    async with desk_with(tmp_path, archive={"address": ORIGIN}) as desk:
        told = await desk.answer.responder.reply(said, "admin")
        (link,) = re.findall(
            r"https://desk\.example\.org/archive/stories/1\?key=[^\x1b]+", terminal.render(told, colour=True)
        )
        path = urlsplit(link)
        visited = await desk.sites()[ROOT](Visit(path.path, path.query))
        assert visited.status == 200
        assert "1 article" in visited.body
    (tmp_path / "plain").mkdir()
    async with desk_with(tmp_path / "plain") as desk:
        assert "On the web" not in repr(await desk.answer.responder.reply(said, "admin"))


async def test_without_an_address_nothing_is_served_and_nothing_is_said(tmp_path):
    async with desk_with(tmp_path) as desk:
        assert desk.sites() == {}
        assert "On the web" not in await body(desk)
        kept = await desk.lines.kept(1)
        assert kept is not None
        assert kept.plan is not None
        assert "page" not in kept.plan.kept["shown"]


@pytest.mark.parametrize(
    ("render", "shown"),
    [
        (blocks.render, f'"url": "{ADDRESS}", "text": "On the web"'),
        (html.render, f'<a href=\\"{ADDRESS}\\">On the web</a>'),
        (letter.render, f"On the web\\n  {ADDRESS}\\n"),
    ],
)
def test_every_platform_shows_the_link_in_the_language_of_the_digest(render: Any, shown: str):
    digest = a_digest().digest
    message = shown_message(digest, Shown("UTC", page=ADDRESS))
    assert message is not None
    assert shown in "".join(json.dumps(json.loads(part.body)) for part in render(message))
    with speaking("de"):
        german = shown_message(digest, Shown("UTC", page=ADDRESS))
        assert german is not None
        assert "Im Web" in "".join(part.body for part in render(german))


def test_where_there_is_nothing_to_read_there_is_no_link():
    empty = replace(a_digest().digest, briefs=(), also=())
    message = shown_message(empty, Shown("UTC", page=ADDRESS))
    assert message is not None
    assert "On the web" not in repr(message)
    assert shown_message(empty, Shown("UTC", scheduled=True, page=ADDRESS)) is None


def test_a_plan_keeps_the_link():
    digest = a_digest().digest
    assert json.loads(plan_json(digest, Shown("UTC", page=ADDRESS)))["shown"]["page"] == ADDRESS


async def test_a_check_says_for_whom_the_archive_is_and_that_links_travel_in_the_open(tmp_path, capsys):
    for origin, told in (
        (ORIGIN, ""),
        ("http://desk.example.org", "can be read on the way"),
        ("http://[::1]:80", ""),
    ):
        settings = build({"archive": {"address": origin}}, tmp_path, SECRET)
        await checked(settings, tmp_path / "config.toml", repair=False)
        out, err = capsys.readouterr()
        assert f"archive: {origin}, for whoever has a link, for 30 days" in out
        assert ("on the way" in err) == bool(told)


def test_the_command_line_prints_links_that_open_the_archive_for_a_team(tmp_path, monkeypatch):
    def ran(text: str, *arguments: str) -> tuple[int, str]:
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        run = CliRunner().invoke(copydesk, ["--config", str(tmp_path / "config.toml"), "archive", *arguments])
        return run.exit_code, run.output

    monkeypatch.setenv("ARCHIVE_SECRET", SECRET["ARCHIVE_SECRET"])
    table = f"[archive]\naddress = '{ORIGIN}'\n"
    channel = "[[channels]]\nname = 'all'\nto = 'slack:C1'\n"
    teams = (
        "[[teams]]\nname = 'news'\ndestinations = ['slack:C1']\n[[teams]]\nname = 'rest'\ndefault = true\n"
    )
    wanted = ("--days", "400", "--query", "oil", "--place", "telegram:-1001/45")
    status, told = ran(table + channel + teams, "--team", "news", *wanted)
    now, links = datetime.now(UTC), Links(ArchiveSettings(ORIGIN, secret=SECRET["ARCHIVE_SECRET"]))
    opened = [urlsplit(one) for one in re.findall(r"https://\S+", told)]
    keys = {names_of(one.path): parse_qs(one.query)["key"][0] for one in opened}
    assert status == 0
    at = ("feeds", "places", "telegram", "-1001", "45")
    assert list(keys) == [(), ("feeds", "channels", "file:all"), ("feeds", "search"), at]
    for names, key in keys.items():
        grant = links.opened(names or (), key, now + timedelta(days=399))
        assert grant is not None
        assert grant.team == "news"
    assert ran(table + channel + teams) == (2, "team NAME: say which one by --team: news, rest\n")
    assert ran(table, "--place", "nowhere:1")[1].startswith("--place: ")
    assert ran(table, "--team", "x") == (2, "team x: say which one by --team: there are none\n")
    assert ran(channel) == (2, "archive.address: without one there is no archive on the web\n")
    monkeypatch.setenv("ARCHIVE_SECRET", "short")
    assert "ARCHIVE_SECRET, which needs 32 characters" in ran(table)[1]
    assert ran(table + "public = true\n" + teams)[1].startswith("archive.public: what a team may see")
    assert ran("[archive]\naddress = 'ftp://x/y'\n")[0] == 2
    assert ran(table + "public = true\n") == (0, f"archive: {ORIGIN}/archive\n")
