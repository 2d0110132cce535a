"""The documented commands, run as a person runs them."""

from __future__ import annotations

import gc
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import config
from bot.__main__ import LOADING, main
from bot.cli.commands import copydesk
from bot.cli.reported import reported
from bot.search.folder import rebuilding
from tests.desk import FERRY, ORCHARD, an_article_file
from tests.fakes import HereAndNow
from tests.permissions import modes_count

TOPICS = "[inbox]\nquiet = 0\n[topics]\nships = 'ferry OR ship'\n[[channels]]\nname = 'morning'\ntopics = ['ships']\n"


def ran(*arguments: str, folder: Path | None = None, text: str | None = None) -> Result:
    config = ["--config", str(folder / "config.toml")] if folder else []
    return CliRunner().invoke(copydesk, [*config, *arguments], input=text)


@pytest.fixture(autouse=True)
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds a test: worker processes have tests of their own, and `make demo` starts real ones."""
    monkeypatch.setattr("bot.app.WorkerPool", lambda _: HereAndNow())


def filled(place: Path) -> Path:
    (place / "config.toml").write_text(TOPICS, encoding="utf-8")
    an_article_file(place / "inbox", "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    an_article_file(place / "inbox", "orchard.txt", "Frost takes two thirds of the apples", *ORCHARD)
    return place


@pytest.fixture
def folder(tmp_path) -> Path:
    return filled(tmp_path)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose two files are in the library."""
    place = filled(tmp_path_factory.mktemp("taken-in"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.app.WorkerPool", lambda _: HereAndNow())
        result = ran("ingest", folder=place)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "2 files, 2 new\n")
    return place


@pytest.fixture
def full(taken_in: Path, tmp_path: Path) -> Path:
    shutil.copytree(taken_in, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_ingest_says_what_failed_and_what_became_of_all(folder):
    (folder / "inbox" / "bad\nname.txt").write_bytes(b"\x00" * 10)
    result = ran("ingest", folder=folder)
    assert (result.exit_code, result.stdout) == (1, "")
    failed, sums = result.stderr.splitlines()
    assert failed.startswith("bad\\nname.txt: ")
    assert sums == "3 files, 2 new, 1 unreadable"


def test_ingest_tells_of_nothing_but_failures_where_that_is_wished_for(folder):
    result = ran("ingest", "--quiet", folder=folder)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert ran("ingest", folder=folder).stderr == ""


def test_preview_as_text_and_as_json(full):
    shown = ran("digest", "preview", "morning", folder=full).output
    assert "Ferries to run every ten minutes" in shown
    assert "Celia Marrant" in shown
    assert "apples" not in shown
    record = json.loads(ran("digest", "preview", "--format", "json", folder=full).output)
    assert record["name"] == "morning"
    assert [story["headline"] for story in record["stories"]] == ["Ferries to run every ten minutes"]
    for story in record["stories"]:
        assert set(story) == {
            "id",
            "headline",
            "update",
            "lines",
            "differing",
            "quotes",
            "sources",
            "entries",
            "score",
            "place",
        }
        for line in story["lines"]:
            assert set(line) == {"text", "part", "entry", "start", "end", "source", "url", "proof"}
    assert record["ledger"]["files"] == 2
    assert set(record["ledger"]) == {
        "files", "articles", "stories", "shown", "listed", "already_sent", "muted", "unreadable", "reasons"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "method", "place"),
    [("slack", "chat.postMessage", "channel"), ("telegram", "sendMessage", "chat_id")],
)
def test_preview_as_the_calls_of_a_platform(full, form, method, place):
    lines = ran("digest", "preview", "--format", form, "--style", "threaded", folder=full).output.splitlines()
    calls = [json.loads(line) for line in lines]
    assert {call["method"] for call in calls} == {method}
    assert [call.get("in_thread_of") for call in calls] == [None, 1, None]
    assert "Ferries to run every ten minutes" in lines[0]
    assert "Celia Marrant" in lines[1]
    assert not any(place in call["body"] for call in calls)  # the channel is a console's


def test_preview_as_the_letter_that_would_be_sent(full):
    digest = ran("digest", "preview", "--format", "email", folder=full).output
    (letter,) = [json.loads(line) for line in digest.splitlines()]
    assert letter["method"] == "sendmail"
    assert set(letter["body"]) == {"subject", "text", "html", "series"}
    assert "Ferries to run every ten minutes" in letter["body"]["text"]
    channel = f"{TOPICS}to = 'email:desk@example.org'\n"
    (full / "config.toml").write_text(channel, encoding="utf-8")
    assert (
        json.loads(ran("digest", "preview", "--format", "email", folder=full).output)["body"]["to"]
        == "desk@example.org"
    )


def test_preview_in_a_form_that_is_not_there(full):
    result = ran("digest", "preview", "--format", "fax", folder=full)
    assert result.exit_code == 2
    assert "text, json, slack, telegram" in result.stderr


def test_preview_leaves_out_what_the_channel_was_told_unless_it_is_asked_for(full):
    assert ran("digest", "send", "morning", folder=full).exit_code == 0
    assert ran("digest", "preview", "--format", "slack", folder=full).output == ""
    assert "Ferries to run" not in ran("digest", "preview", folder=full).output
    assert "Ferries to run" in ran("digest", "preview", "--without-memory", folder=full).output


def test_preview_in_another_style_and_of_another_time(full):
    brief = ran("digest", "preview", "--style", "brief", folder=full).output
    assert "Ferries to run" in brief
    assert "Celia Marrant" not in brief
    assert "Ferries to run" not in ran("digest", "preview", "--since", "0m", folder=full).output


def test_preview_of_nothing(folder):
    result = ran("digest", "preview", folder=folder)
    assert result.exit_code == 0
    assert "No new articles" in result.output


def test_preview_of_an_unknown_channel_names_the_known(full):
    result = ran("digest", "preview", "evening", folder=full)
    assert result.exit_code == 2
    assert "morning" in result.stderr


def test_what_was_posted_is_told_beside_the_digest(full):
    sent = ran("digest", "send", "morning", folder=full)
    assert sent.exit_code == 0
    assert "Ferries to run every ten minutes" in sent.stdout
    assert sent.stderr == "posted 1 part to console\n"
    again = ran("deliver", folder=full)
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "nothing is due\n")


def test_search_json(full):
    record = json.loads(ran("search", "apples", "--json", folder=full).output)
    assert (record["query"], record["total"]) == ("apples", 1)
    (hit,) = record["hits"]
    assert set(hit) == {"id", "title", "source", "published", "url", "snippet", "score"}
    assert "apple" in hit["snippet"]


def test_search_says_what_narrows(folder):
    for outlet, day in (("Gazette", 3), ("Courier", 3), ("Courier", 4)):
        page = f"<meta property='og:site_name' content='{outlet}'><h1>Apples {outlet} {day}</h1>"
        text = f"<p>Apples of the {outlet} are late on day {day}, growers say.</p>" * 3
        (folder / "inbox" / f"{outlet}{day}.html").write_text(f"<article>{page}{text}</article>")
    ran("ingest", folder=folder)
    record = json.loads(ran("search", "apples", "--narrow", "--json", folder=folder).output)["narrow"]
    said = ran("search", "apples", "--narrow", folder=folder).output
    assert {one["name"]: one["count"] for one in record["sources"]} == {"Courier": 2, "Gazette": 1}
    assert "By source: Courier 2, Gazette 1" in said
    assert record_total(folder, f"apples {record['sources'][0]['filter']}") == 2


def record_total(folder, query: str) -> int:
    return json.loads(ran("search", query, "--json", folder=folder).output)["total"]


def test_search_builds_a_damaged_index_again_and_answers(full):
    (full / "data" / "index" / "meta.json").write_text("{", encoding="utf-8")
    result = ran("search", "apples", "--json", folder=full)
    assert json.loads(result.stdout)["total"] == 1


def test_search_says_that_another_process_rebuilds_the_index(full):
    path = full / "data" / "index"
    shutil.rmtree(path)
    path.mkdir()
    (path / "meta.json").write_text("{", encoding="utf-8")
    with rebuilding(path):
        result = ran("search", "apples", "--json", folder=full)
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "query": "apples",
        "total": None,
        "hits": [],
        "rebuilding": {"reached": 0, "newest": 0},
    }
    assert "is being rebuilt" in result.stderr
    assert json.loads(ran("search", "apples", "--json", folder=full).stdout)["total"] == 1


def test_search_takes_a_query_that_starts_with_a_minus(full):
    assert json.loads(ran("search", "--json", "--", "-apples", folder=full).output)["total"] == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/search apples", "Frost takes two thirds"),
        ("/search", "/search sanctions"),
        ("/quotes marrant", "Nobody should have to plan"),
        ("/topics", "ships"),
        ("/subscriptions", "morning"),
        ("/digest", "Ferries to run"),
        ("/help", "/quotes"),
        ("good morning", "/search"),
        ("/search (((", ""),
    ],
)
def test_answer(full, text, words):
    result = ran("answer", text, folder=full)
    assert result.exit_code == 0
    assert words in result.output


def test_inspect_needs_no_configuration(folder, monkeypatch):
    monkeypatch.chdir(folder / "inbox")
    result = ran("inspect", "ferry.txt", "absent.txt", "--json")
    assert result.exit_code == 1
    good, bad = map(json.loads, result.stdout.splitlines())
    assert set(good) == {
        "file", "title", "standfirst", "text", "paragraphs", "language", "published", "published_precision",
        "published_local",
        "source", "agency", "byline", "section", "url", "hold_until", "expires", "summary", "method", "quotes", "left_out", "notes",
    }  # fmt: skip
    for item in (*good["summary"], *good["quotes"]):
        assert good["text"][item["start"] : item["end"]] == item["text"]
    assert good["paragraphs"] == list(FERRY)
    assert set(bad) == {"file", "error", "code", "arguments"}
    assert (bad["code"], bad["arguments"]) == ("file.vanished", {})
    assert "vanished" in bad["error"]


def test_inspect_tells_the_moment_on_the_clock_of_the_page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = "The old quay of Tarn Vale will be closed for repairs in the spring, the town said. " * 3
    for name, stamp in (
        ("zone", "2021-03-05T00:20:00+05:30"),
        ("day", "2021-03-05"),
        ("far", "2021-03-05T09:00-23:59"),
    ):
        Path(f"{name}.html").write_text(
            f"<meta property=article:published_time content={stamp}><h1>Quay closes</h1><p>{told}</p>",
            encoding="utf-8",
        )
    lines = ran("inspect", "zone.html", "day.html", "far.html", "--json").stdout.splitlines()
    assert [(json.loads(line)["published"], json.loads(line)["published_local"]) for line in lines] == [
        ("2021-03-04T18:50:00+00:00", "2021-03-05T00:20:00+05:30"),
        ("2021-03-05T00:00:00+00:00", None),
        ("2021-03-06T08:59:00+00:00", "2021-03-05T09:00:00-23:59"),
    ]


def test_inspect_tells_who_a_speaker_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("quay.txt").write_text(
        "The old quay of Tarn Vale will be closed for repairs in the spring, the town said on Monday.\n\n"
        "“We have waited for this for thirty years,” said the fire chief, Ada Marlow, on the pier.\n",
        encoding="utf-8",
    )
    read = json.loads(ran("inspect", "quay.txt", "--json").stdout)
    assert [(one["speaker_name"], one["role"]) for one in read["quotes"]] == [("Ada Marlow", "fire chief")]


def test_inspect_says_what_it_left_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    own = f"<p>{' '.join(FERRY)}</p>"
    Path("quay.html").write_text(
        f"<html><body><nav>Front</nav>{own}<p>© Port Post</p></body></html>", encoding="utf-8"
    )
    read = json.loads(ran("inspect", "quay.html", "--json").stdout)
    assert read["left_out"] == [
        {"text": "Front", "reason": "a menu"},
        {"text": "© Port Post", "reason": "copyright, terms, imprint"},
    ]
    said = ran("inspect", "quay.html", "--explain").stdout
    assert "2 texts with 4 words were left out" in said
    assert "a menu: Front" in said
    assert "left out" not in ran("inspect", "quay.html").stdout


def test_inspect_in_words(folder):
    result = ran("inspect", str(folder / "inbox/ferry.txt"))
    assert result.exit_code == 0
    assert "Ferries to run every ten minutes" in result.output


def test_check_names_what_works_and_what_does_not(folder):
    result = ran("check", folder=folder)
    assert result.exit_code == 0
    assert "2 waiting" in result.output
    (folder / "config.toml").write_text("[inbox]\npath = 'config.toml'\n", encoding="utf-8")
    result = ran("check", folder=folder)
    assert result.exit_code == 1
    assert "[inbox] path" in result.stderr


def test_check_calls_no_file_fine_whose_store_there_is_none_for(folder):
    (folder / "config.toml").write_text("[store]\nurl = 'mongodb://x/y'\n", encoding="utf-8")
    result = ran("check", folder=folder)
    assert result.exit_code == 1
    assert "config.toml: fine" not in result.output
    assert 'config.toml: [store] url begins with "mongodb:"' in result.stderr


@pytest.mark.parametrize(
    ("place", "mode", "words"),
    [
        ("data/copydesk.db", 0o444, "store: the database"),
        ("inbox/done", 0o555, "inbox/done: Permission denied; name a folder"),
        ("inbox/.claimed", 0o555, "inbox/.claimed: Permission denied; name a folder"),
        ("data/index", 0o555, "data/index: Permission denied"),
    ],
)
def test_check_tries_whether_what_is_written_can_be(full, place, mode, words):
    (full / place).chmod(mode)
    with modes_count():
        result = ran("check", folder=full)
    (full / place).chmod(0o700)
    assert result.exit_code == 1
    assert words in result.stderr


def test_check_tries_the_address_that_is_served_at(full):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for host, said, status in (
            ("127.0.0.1", "is taken, as by", 0),
            ("192.0.2.1", "web.host: 192.0.2.1 is no", 1),
        ):
            served = f"[web]\nhealth = true\nhost = '{host}'\nport = {port}\n"
            (full / "config.toml").write_text(f"{TOPICS}{served}", encoding="utf-8")
            result = ran("check", folder=full)
            assert said in result.stderr
            assert result.exit_code == status


def test_check_counts_what_would_be_read_and_names_what_is_left(full):
    an_article_file(full / "inbox" / "harbour", "a.txt", "Ferries", *FERRY)
    for name in (".hidden.txt", "x.part", "tilde.txt~", ".DS_Store", "harbour/y.TMP", ".git/z.part"):
        (full / "inbox" / name).parent.mkdir(exist_ok=True)
        (full / "inbox" / name).write_text("half")
    (line,) = [line for line in ran("check", folder=full).stdout.splitlines() if line.startswith("inbox:")]
    assert line.partition(", ")[2] == (
        "1 waiting; 4 left alone as hidden or unfinished by their names: .hidden.txt, harbour/y.TMP, tilde.txt~, x.part"
    )


def forget(folder: Path, *, after: int) -> None:
    """The store as it was earlier, as after a cut journal or an older copy."""
    with closing(sqlite3.connect(folder / "data" / "copydesk.db")) as store:
        for table in ("arrivals", "entries", "revisions"):
            store.execute(f"DELETE FROM {table} WHERE revision > {after}")
        store.execute("DELETE FROM gists WHERE entry NOT IN (SELECT id FROM entries)")
        store.execute(f"UPDATE counters SET revision = {after}, entry = (SELECT count(*) FROM entries)")
        store.commit()


def a_feed(folder: Path, name: str, *titles: str) -> None:
    items = "".join(
        f"<item><title>{title}</title><description>{' '.join(FERRY)} {title}.</description></item>"
        for title in titles
    )
    text = f'<rss version="2.0"><channel><title>Port</title>{items}</channel></rss>'
    (folder / "inbox" / name).write_text(text, encoding="utf-8")


def test_check_tells_what_the_store_lost_and_repair_takes_it_in_again(folder):
    a_feed(folder, "zfeed.xml", "Pier one opens", "Pier two closes")
    assert ran("ingest", folder=folder).exit_code == 0
    assert "done: 3 files, each in the store and with a receipt" in ran("check", folder=folder).output
    before = json.loads(ran("search", "*", "--json", folder=folder).output)["total"]
    assert before == 4
    forget(folder, after=1)
    told = ran("check", folder=folder)
    assert told.exit_code == 1
    assert "done: of 3 files 2 are not in the store" in told.stderr
    repaired = ran("check", "--repair", folder=folder)
    assert repaired.exit_code == 0, repaired.output
    assert "done: 2 of 2 files taken in again" in repaired.output
    assert ran("check", folder=folder).exit_code == 0
    assert json.loads(ran("search", "*", "--json", folder=folder).output)["total"] == before
    told = [json.loads(path.read_text()) for path in (folder / "inbox").rglob("*.receipt.json")]
    assert sorted(each["file"] for each in told) == ["ferry.txt", "orchard.txt", "zfeed.xml"]
    assert {each["outcome"] for each in told} == {"new"}


def test_repair_writes_a_lost_receipt_and_gives_back_what_a_dead_desk_held(full):
    lost = next((full / "inbox" / "done").rglob("ferry*.receipt.json"))
    lost.unlink()
    gone = subprocess.run(
        [sys.executable, "-c", "from bot.runtime.processes import this_process; print(this_process())"],
        capture_output=True,
        text=True,
        check=True,
    )
    an_article_file(full / "inbox" / ".claimed" / gone.stdout.strip(), "held.txt", "Held", *FERRY)
    told = ran("check", folder=full)
    assert "1 have no receipt, the first: ferry.txt~" in told.stderr
    assert "1 file claimed by a desk that ended" in told.output
    assert ran("check", "--repair", folder=full).exit_code == 0
    assert json.loads(lost.read_text())["title"] == "Ferries to run every ten minutes"
    assert (full / "inbox" / "held.txt").exists()


def test_repair_builds_an_index_that_the_store_went_another_way_than(full):
    with closing(sqlite3.connect(full / "data" / "copydesk.db")) as store:
        store.execute("UPDATE entries SET added = added + 1 WHERE id = 1")  # an article of another history
        store.commit()
    told = ran("check", folder=full)
    assert told.exit_code == 1
    assert "the index lacks 1 of the store's articles, and has 1 that are not there" in told.stderr
    assert ran("check", "--repair", folder=full).exit_code == 0
    assert ran("check", folder=full).exit_code == 0


def test_reread_says_what_changed(full):
    with closing(sqlite3.connect(full / "data" / "copydesk.db")) as store:
        store.execute("UPDATE entries SET title = 'Menu', quotes = '[]' WHERE id = 1")
        store.commit()
    told = ran("reread", folder=full)
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.output.splitlines() == [
        "read anew: 2 of 2 articles, 1 changed",
        "changed: 1 title, 1 quote found",
    ]
    assert ran("reread", folder=full).output == "read anew: 2 of 2 articles, 0 changed\n"
    assert ran("check", folder=full).exit_code == 0


def test_receipts_are_passed_over_where_done_is_read_again(full):
    result = ran("ingest", str(full / "inbox" / "done"), folder=full)
    assert (result.exit_code, result.output) == (0, "2 files, 2 known\n")


def test_a_bad_configuration_is_wrong_usage_and_every_problem_is_named(folder):
    (folder / "config.toml").write_text("timezone = 'Mars'\n[inbox]\nmax_mb = 'x'\n", encoding="utf-8")
    result = ran("check", folder=folder)
    assert result.exit_code == 2
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["timezone", "inbox.max_mb"]


def test_what_cannot_be_written_names_the_option_or_the_output(full):
    (full / "inbox").chmod(0o555)
    shutil.rmtree(full / "inbox" / ".claimed")
    with modes_count():
        result = ran("ingest", folder=full)
    (full / "inbox").chmod(0o700)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"copydesk: [inbox] path {full / 'inbox'}: ")
    assert "Permission denied" in result.stderr


def test_a_full_output_is_told_from_a_full_disk(monkeypatch, capsys):
    def fails() -> None:
        raise OSError(28, "No space left on device")

    for flush, words in (
        (fails, "standard output cannot be written: No space"),
        (int, "the disk says of a file: No"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(sys.stdout, "flush", flush, raising=False)
            with pytest.raises(SystemExit):
                reported(fails)()
        assert f"copydesk: {words}" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["export", "backup"])
def test_a_copy_is_not_written_to_standard_output(full, monkeypatch, command):
    monkeypatch.chdir(full)
    result = ran(command, "-", folder=full)
    assert result.exit_code == 2
    assert '"-" is no file' in result.stderr
    assert not (full / "-").exists()


def test_a_channel_that_is_not_there_or_not_named_is_told_with_those_that_are(full):
    assert (
        'there is no channel "nope"; here are: morning' in ran("digest", "send", "nope", folder=full).stderr
    )
    (full / "config.toml").write_text(f"{TOPICS}[[channels]]\nname = 'late'\n", encoding="utf-8")
    told = ran("digest", "preview", folder=full).stderr
    assert "NAME: say which channel; here are: morning, late" in told


def test_wrong_usage():
    assert ran("digest", "preview", "--since", "soon").exit_code == 2
    assert ran("inspect").exit_code == 2
    assert ran("nonsense").exit_code == 2


def test_init_writes_a_configuration_that_works(tmp_path):
    result = ran("init", folder=tmp_path, text="Mars/Base\nEurope/Berlin\nin\nam\n25:00\n8:00, 17:30\n")
    assert result.exit_code == 0
    assert "is not a time" in result.output
    text = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert 'timezone = "Europe/Berlin"' in text
    assert 'at = ["08:00", "17:30"]' in text
    assert ran("check", folder=tmp_path).exit_code == 0


def test_init_asks_again_until_the_configuration_takes_each_answer(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    answers = ("UTC", ".", "data", "a\tb", "~/über", "Morgen news", "\U0001f4f0", "früh", " ,", "8:00")
    result = ran("init", folder=tmp_path, text="\n".join((*answers, "")))
    assert result.exit_code == 0, result.output
    for words in (
        "the configuration (",
        "the store (",
        "characters",
        "is not a name",
        "name a time at least",
    ):
        assert words in result.output
    settings = config.load(tmp_path / "config.toml", {})
    assert settings.inbox.path == tmp_path / "home" / "über"
    assert settings.inbox.path.is_dir()
    assert [channel.name for channel in settings.channels] == ["früh"]
    assert not (tmp_path / "~").exists()


def test_init_writes_nothing_where_the_folder_cannot_be_made(tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    result = ran("init", folder=tmp_path, text="UTC\ntaken/inbox\nam\n8:00\n")
    assert result.exit_code == 1
    assert "cannot be made (Not a directory), so nothing is written" in result.stderr
    assert not (tmp_path / "config.toml").exists()


def test_init_does_not_replace_without_asking(folder):
    before = (folder / "config.toml").read_text(encoding="utf-8")
    assert ran("init", folder=folder, text="n\n").exit_code == 1
    assert (folder / "config.toml").read_text(encoding="utf-8") == before


def test_python_dash_m_is_the_same_program():
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, check=True, env=environ
    )
    assert done.stdout.startswith("copydesk, version ")


def test_sources_are_listed_imported_exported_and_removed(folder):
    result = ran("sources", folder=folder)
    assert (result.exit_code, result.stdout) == (
        0,
        "there are no sources: name them under [[sources]], or import an OPML file\n",
    )
    outlines = (
        '<outline text="The Courier" xmlUrl="https://courier.example/feed?key=hush"/><outline xmlUrl="odd"/>'
    )
    (folder / "list.opml").write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")
    result = ran("sources", "import", str(folder / "list.opml"), folder=folder)
    assert (result.exit_code, result.stderr) == (1, "odd: this is no address that can be fetched\n")
    assert result.stdout.startswith("imported: 1 source;")
    assert ran("sources", "import", str(folder / "list.opml"), folder=folder).stdout.startswith("imported: 0")
    listed = ran("sources", folder=folder)
    assert listed.stdout == "The-Courier  courier.example  imported, not asked yet\n"
    assert "https://courier.example/feed?key=hush" in ran("sources", "export", folder=folder).stdout
    assert ran("sources", "remove", "The-Courier", folder=folder).exit_code == 0
    missing = ran("sources", "remove", "The-Courier", folder=folder)
    assert (missing.exit_code, missing.stderr) == (1, "The-Courier: there is no such source\n")
    assert ran("sources", "import", str(folder / "config.toml"), folder=folder).exit_code == 1


def test_a_source_that_does_not_do_well_is_listed_with_its_reason(folder):
    with (folder / "config.toml").open("a", encoding="utf-8") as file:
        file.write("[[sources]]\nname = 'mine'\nurl = 'http://127.0.0.1:9/feed'\n")
    result = ran("sources", "fetch", folder=folder)
    assert result.exit_code == 1
    [line, why] = result.stdout.splitlines()
    assert line.startswith("mine  127.0.0.1  configured, no success yet, next try ")
    assert "no public address" in why
    assert why.endswith("(1 time in a row)")


def test_nothing_is_looked_through_for_garbage_while_a_command_is_loaded(monkeypatch):
    seen = []
    before = gc.get_threshold()
    monkeypatch.setattr("bot.__main__.copydesk", lambda **_: seen.append(gc.get_threshold()))
    try:
        main()
    finally:
        gc.set_threshold(*before)
    assert seen == [LOADING]
