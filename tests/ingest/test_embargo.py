"""An embargo: what may not be shown yet is in no answer, and comes as news when its moment has come."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.article.extract import extract, extract_all
from bot.article.fields.embargo import Unclear, moment, terms
from bot.domain.errors import StoreError
from bot.domain.model import Address, Article, Document, Occasion, Schedule, Subscription, Terms, Window
from bot.domain.reasons import Reason
from bot.inbox.spool import Spool
from bot.ingest.pipeline import Ingest
from bot.views.layout import reading_message
from tests.builders import NOON
from tests.desk import FERRY, ORCHARD, OpenDesk, an_article_file, open_desk
from tests.fakes import FakeClock

EVERYTHING = Subscription("all", "all", Address("console"), "", Schedule("UTC"))
BODY = "\n\n".join(FERRY)
HOUR = timedelta(hours=1)


def fenced(title: str, body: str, **fields: str) -> str:
    head = "\n".join(f"{name}: {value}" for name, value in ({"title": title} | fields).items())
    return f"---\n{head}\n---\n\n{body}\n"


def drop(folder, name="ferry.md", title="Ferries to run every ten minutes", body=BODY, **fields):
    path = folder / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fenced(title, body, **fields), encoding="utf-8")
    return path


async def titles_found(desk: OpenDesk, query: str = "ferries") -> list[str | None]:
    found = await desk.answer.responder.lookup.find(query)
    return [hit.entry.article.title for hit in found.hits]


async def digest_since(desk: OpenDesk, since: datetime):
    return await desk.digests.since(EVERYTHING, Occasion("asked", "all", "x"), since)


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("2026-11-24", "2026-11-23T23:00"),
        ("20261124", "2026-11-23T23:00"),
        ("24 November 2026", "2026-11-23T23:00"),
        ("2026-11-24 09:00", "2026-11-24T08:00"),
        ("2026-11-24T09:00:00Z", "2026-11-24T09:00"),
        ("2026-11-24T09:00-05:00", "2026-11-24T14:00"),
        ("2026-11-24 09:00 America/New_York", "2026-11-24T14:00"),
        ("2026-11-24T09:00+01:00[Europe/Berlin]", "2026-11-24T08:00"),
        ("Tue, 24 Nov 2026 09:00:00 GMT", "2026-11-24T09:00"),
        ("Tue, 24 Nov 2026 09:00:00 -0000", "2026-11-24T09:00"),
        ("24 November 2026, 09:00", "2026-11-24T08:00"),
    ],
)
def test_a_moment_is_read_as_it_is_written_and_without_a_zone_on_the_desks_clock(said, utc):
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert moment("hold_until", said, "Europe/Berlin") == expected
    assert moment("expires", said, "Europe/Berlin") == expected


@pytest.mark.parametrize(
    "said",
    ["soon", "03/04/2026", "2026-13-44", "0", "true", "24 Nov 2026 10:00 Nowhere/Here", "9999-12-31T23:59-12:00",
     "24 Nov 2026 10:00 XYZ", "2026-11-24 or later"],
)  # fmt: skip
def test_what_could_be_two_moments_or_none_is_not_guessed(said):
    with pytest.raises(Unclear):
        moment("hold_until", said, "Europe/Berlin")


def test_of_a_local_time_that_comes_twice_the_article_is_shown_for_less_long():
    twice = "2026-10-25T02:30"
    assert moment("hold_until", twice, "Europe/Berlin") - moment("expires", twice, "Europe/Berlin") == HOUR


HTML = f"""<!doctype html><html><head><title>Ferries</title>
<meta http-equiv="expires" content="0"><meta name="hold_until" content="2026-12-01">
<meta property="article:expiration_time" content="2026-12-09T10:00Z"></head>
<body><article><h1>Ferries to run every ten minutes</h1>{"".join(f"<p>{one}</p>" for one in FERRY)}</article></body></html>"""
MAIL = f"From: news@harbour.example\nTo: desk@paper.example\nDate: Mon, 23 Nov 2026 08:00:00 +0000\nSubject: Ferries\nHold-Until: 2026-12-01\nExpires: 2026-12-09T10:00Z\n\n{BODY}\n"
NITF = f"""<?xml version="1.0"?><nitf><head><docdata><date.release norm="20261201"/><date.expire norm="20261209T100000Z"/>
</docdata></head><body><body.head><hedline><hl1>Ferries</hl1></hedline></body.head>
<body.content>{"".join(f"<p>{one}</p>" for one in FERRY)}</body.content></body></nitf>"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", fenced("Ferries", BODY, hold_until="2026-12-01", expires="2026-12-09T10:00Z")),
        ("a.txt", f"Title: Ferries\nEmbargo: 2026-12-01\nExpires: 2026-12-09T10:00Z\n\n{BODY}"),
        ("a.json", json.dumps({"title": "Ferries", "text": BODY, "hold_until": "2026-12-01", "expires": 1796810400})),
        ("a.html", HTML),
        ("a.eml", MAIL),
        ("a.xml", NITF),
    ],
)  # fmt: skip
def test_every_format_that_has_a_place_for_it_says_it(name, text):
    (found,) = extract_all(Document(name, text.encode(), NOON)).found
    told = terms(found.article, "UTC")
    assert told == Terms(datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 9, 10, tzinfo=UTC))


def test_a_value_of_json_that_is_no_text_is_not_overlooked():
    article = extract(Document("a.json", json.dumps({"text": BODY, "embargo": True}).encode(), NOON))
    with pytest.raises(Unclear):
        terms(article, "UTC")


async def test_until_its_moment_nothing_shows_it_and_then_it_is_news_once(tmp_path):
    clock = FakeClock(NOON)
    until = NOON + 2 * HOUR
    drop(tmp_path, hold_until=until.isoformat())
    an_article_file(tmp_path / "inbox", "orchard.txt", "Frost takes two thirds of the apples", *ORCHARD)
    async with open_desk(tmp_path, clock) as desk:
        held, other = sorted(await desk.empty_inbox(), key=lambda one: one.file)
        assert (held.outcome, held.entry, held.reason.code) == ("held", None, "held.until")
        assert other.outcome == "new"
        settled = json.loads(next((tmp_path / "inbox" / "done").rglob("ferry.md*.receipt.json")).read_text())
        assert settled["outcome"] == "held"
        assert "2031-03-04 14:00 UTC" in settled["reason"]
        assert await titles_found(desk) == []
        assert await titles_found(desk, 'said:"Marrant"') == []
        first = await digest_since(desk, NOON - HOUR)
        assert [brief.headline for brief in first.briefs] == ["Frost takes two thirds of the apples"]
        assert (first.ledger.files, first.ledger.articles) == (1, 1)
        await clock.sleep_until(until - timedelta(seconds=1))
        assert await desk.ingest.release() == 0
        await clock.sleep_until(until)
        before = await desk.desk.library.revision()
        assert await desk.ingest.release() == 1
        assert await desk.ingest.release() == 0
        assert await titles_found(desk) == ["Ferries to run every ten minutes"]
        later = await digest_since(desk, until - HOUR)  # it came before that, and is news only now
        assert [brief.headline for brief in later.briefs] == ["Ferries to run every ten minutes"]
        assert (later.ledger.files, later.ledger.articles) == (1, 1)
        (arrival,) = await desk.desk.library.arrivals(Window(before, before + 9))
        assert (arrival.name, arrival.outcome) == ("ferry.md", "new")


async def test_the_slot_at_the_very_moment_has_it(tmp_path):
    clock = FakeClock(NOON)
    channel = {"name": "all", "to": "console", "at": ["14:00"]}
    drop(tmp_path, hold_until="2031-03-04T14:00")
    async with open_desk(tmp_path, clock, {"channels": [channel]}) as desk:
        await desk.deliver.stage_due()
        await desk.empty_inbox()
        await clock.sleep_until(NOON + 2 * HOUR)
        assert await desk.deliver.stage_due() == 1
        (part,) = await desk.outbox.waiting(clock.now())
        assert "Ferries to run every ten minutes" in part.payload.plain


@pytest.mark.parametrize(
    "fields", [{"hold_until": "when the minister has spoken"}, {"expires": "03/04/2037"}]
)
async def test_a_value_that_cannot_be_read_holds_the_article_and_the_owner_hears_of_it(tmp_path, fields):
    clock = FakeClock(NOON)
    drop(tmp_path, **fields)
    told = []
    async with open_desk(tmp_path, clock) as desk:

        async def tell(text, *, urgent=False):  # noqa: ARG001 - as Tell has it
            told.append(str(text))

        desk.ingest = Ingest(desk.desk, desk.config.ingest, tell)
        (receipt,) = await desk.empty_inbox()
        assert (receipt.outcome, receipt.reason.code) == ("held", "held.unclear")
        (sentence,) = told
        assert next(iter(fields.values())) in sentence
        await clock.sleep_until(NOON + timedelta(days=4000))
        assert await desk.ingest.release() == 0
        assert await titles_found(desk) == []
        drop(tmp_path, name="again.md", hold_until="2031-03-05")
        await desk.empty_inbox()
        await desk.ingest.release()
        assert await titles_found(desk) == ["Ferries to run every ten minutes"]
        assert await desk.desk.library.next_release() is None


async def test_the_newest_file_of_a_text_says_until_when_it_is_held(tmp_path):
    clock = FakeClock(NOON)
    drop(tmp_path, hold_until="2031-03-05")
    async with open_desk(tmp_path, clock) as desk:
        await desk.empty_inbox()
        drop(tmp_path, name="longer.md", hold_until="2031-03-06")
        await desk.empty_inbox()
        await clock.sleep_until(datetime(2031, 3, 5, 12, tzinfo=UTC))
        assert await desk.ingest.release() == 0
        await clock.sleep_until(datetime(2031, 3, 6, tzinfo=UTC))
        assert await desk.ingest.release() == 2
        arrivals = await desk.desk.library.arrivals(Window(0, await desk.desk.library.revision()))
        assert [(one.name, one.outcome) for one in arrivals] == [("ferry.md", "new"), ("longer.md", "known")]


async def test_what_expired_is_found_no_more_and_in_no_digest(tmp_path):
    clock = FakeClock(NOON)
    drop(tmp_path, expires="2031-03-04T13:00")
    async with open_desk(tmp_path, clock) as desk:
        (receipt,) = await desk.empty_inbox()
        assert receipt.outcome == "new"
        assert len((await digest_since(desk, NOON - HOUR)).briefs) == 1
        await clock.sleep_until(NOON + HOUR)
        assert await titles_found(desk) == []
        assert await titles_found(desk, 'said:"Marrant"') == []
        assert (await digest_since(desk, NOON - HOUR)).briefs == ()


async def test_a_file_that_is_held_is_not_missing_to_an_audit_and_comes_out_after_a_restart(tmp_path):
    from bot.store.audit import Audit
    from bot.store.sql.database import open_store

    clock = FakeClock(NOON)
    drop(tmp_path, hold_until="2031-03-05")
    async with open_desk(tmp_path, clock) as desk:
        await desk.empty_inbox()
        key = next((tmp_path / "inbox" / "done").rglob("ferry.md~????????")).name[-8:]
        async with await open_store(desk.config.store) as database:
            assert await Audit(database).known({key}) == {key}
    await clock.sleep_until(NOON + timedelta(days=2))
    async with open_desk(tmp_path, clock) as desk:
        await desk.ingest.release()
        assert await titles_found(desk) == ["Ferries to run every ten minutes"]


async def test_the_loop_of_the_intake_wakes_when_an_embargo_is_over(tmp_path):
    clock = FakeClock(NOON)
    drop(tmp_path, hold_until=(NOON + timedelta(seconds=30)).isoformat())
    async with open_desk(tmp_path, clock) as desk:
        await desk.empty_inbox()
        await clock.sleep_until(NOON + timedelta(seconds=30) - timedelta(milliseconds=60))
        wake, stop = asyncio.Event(), asyncio.Event()
        resting = asyncio.create_task(desk.ingest.run(Spool(desk.config.inbox), wake, stop))
        await clock.sleep_until(NOON + timedelta(seconds=30))
        async with asyncio.timeout(30):
            while await desk.desk.library.next_release() is not None:
                await asyncio.sleep(0)
            while not await titles_found(desk):
                await asyncio.sleep(0)
            stop.set()
            wake.set()
            await resting


async def test_a_store_that_fails_while_the_intake_rests_is_told_of_and_ends_no_loop(tmp_path, monkeypatch):
    stop, told = asyncio.Event(), list[str]()

    async def cut_off() -> None:
        raise StoreError("the connection to the database broke")

    async def tell(what: Reason | str, *, urgent: bool = False) -> None:
        assert isinstance(what, Reason)
        assert not urgent
        told.append(what.code)
        stop.set()

    async with open_desk(tmp_path, FakeClock(NOON)) as desk:
        monkeypatch.setattr(desk.desk.library, "next_release", cut_off)
        await Ingest(desk.desk, desk.config.ingest, tell).run(Spool(desk.config.inbox), asyncio.Event(), stop)
    assert told == ["owner.inbox"]


def test_inspect_says_from_when_and_until_when():
    from bot.ingest.reading import ReadingSettings, read_or_unpack

    text = fenced("Ferries", BODY, hold_until="2026-12-01", expires="never")
    reading = read_or_unpack(Document("a.md", text.encode(), NOON), ReadingSettings())
    shown = [
        run.text
        for block in reading_message("a.md", reading, "UTC").blocks
        for run in getattr(block, "runs", ())
    ]
    assert "held until Tuesday 1 December 2026, 00:00" in shown
    assert any("its expires says “never”" in one for one in shown)


def test_an_article_without_terms_has_none():
    article = extract(Document("a.txt", BODY.encode(), NOON))
    assert isinstance(article, Article)
    assert terms(article, "UTC") == Terms()
