"""The spool: claimed once, settled with a receipt, never overwritten, nothing lost."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.model import Outcome
from bot.domain.reasons import Reason, in_words
from bot.inbox import receipts
from bot.inbox.apart import Own
from bot.inbox.finished import ENDLESS
from bot.inbox.receipts import Receipt, summed_up
from bot.inbox.spool import HIDDEN_FOR, Claim, Spool, SpoolSettings
from bot.runtime import processes
from tests.builders import NOON
from tests.folders import nested

KEY = "0123456789abcdef"


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "inbox"


@pytest.fixture
def spool(folder) -> Spool:
    spool = Spool(SpoolSettings(folder))
    spool.open(NOON)
    return spool


def test_the_queue_is_what_the_last_listing_saw_less_what_was_taken(spool, folder, monkeypatch):
    assert spool.queue() == (0, None)
    first, second, third = (dropped(folder, name) for name in ("c.txt", "b.txt", "a.txt"))
    came = {path: path.lstat().st_ctime_ns / 1e9 for path in (first, second, third)}
    later = NOON + timedelta(days=3650)
    spool.complete(later)
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", None)  # nobody lists the folder for this
        assert spool.queue() == (3, datetime.fromtimestamp(min(came.values()), UTC))
        assert spool.claim(second) is not None
        assert spool.queue() == (2, datetime.fromtimestamp(min(came[first], came[third]), UTC))
        first.unlink()
        assert spool.claim(first) is None
        assert spool.queue() == (1, datetime.fromtimestamp(came[third], UTC))
        assert spool.claim(third) is not None
        assert spool.queue() == (0, None)


def test_what_the_desk_keeps_for_itself_is_never_taken(folder, tmp_path):
    store, index = dropped(folder, "copydesk.db"), dropped(folder, "index/meta.json").parent
    kept = [store, index / "meta.json", dropped(folder, "copydesk.db-wal"), dropped(folder, "desk.toml")]
    kept.append(dropped(folder, "copydesk.db.before-restore-1"))
    shown_elsewhere = tmp_path / "data"  # as a mount shows one folder twice
    shown_elsewhere.mkdir()
    for one in (store, folder / "desk.toml"):
        (shown_elsewhere / one.name).hardlink_to(one)
    own = Own(shown_elsewhere / "desk.toml", index, store)
    spool = Spool(SpoolSettings(folder, own=own))
    spool.open(NOON)
    for path in kept:
        with pytest.raises(PermissionError, match="keeps it for itself"):
            spool.claim(path)
        assert path.exists()
    assert spool.claim(dropped(folder, "copydesk.txt")) is not None


def dropped(folder: Path, name: str = "a.txt", text: str = "text") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def claimed(spool: Spool, path: Path) -> Claim:
    claim = spool.claim(path)
    assert claim is not None
    return claim


def receipt(name: str, outcome: Outcome = "new") -> Receipt:
    return Receipt(
        name, outcome, NOON, reason=in_words("it is a drawing") if outcome == "unreadable" else None
    )


def files(folder: Path) -> list[str]:
    return sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != ".lease"
    )


def test_a_read_file_is_done_with_a_receipt(spool, folder):
    claim = claimed(spool, dropped(folder, "sub/a.txt"))
    assert spool.waiting() == ()
    assert spool.load(claim, received=NOON).name == "sub/a.txt"
    place = spool.settle(claim, receipt("sub/a.txt"), KEY)
    assert place == folder / "done/2031-03-04/a.txt~01234567"
    told = json.loads((place.parent / f"{place.name}.receipt.json").read_text())
    assert told == {
        "file": "sub/a.txt",
        "outcome": "new",
        "settled": NOON.isoformat(),
        "entry": None,
        "title": None,
        "reason": None,
        "code": None,
        "arguments": {},
        "parts": [],
    }


def test_a_receipt_says_its_reason_in_words_and_for_programs(spool, folder):
    why = Reason("mail.unread", why=Reason("archive.too_much", most=50_000_000))
    part = Receipt("a.eml", "unreadable", NOON, reason=why)
    whole = summed_up("a.zip", [replace(part, file="a.zip#a.eml"), Receipt("a.zip#b", "new", NOON, entry=1)])
    place = spool.settle(claimed(spool, dropped(folder, "a.zip")), whole, KEY)
    told = json.loads((place.parent / f"{place.name}.receipt.json").read_text())
    inner = {
        "code": "mail.unread",
        "arguments": {"why": {"code": "archive.too_much", "arguments": {"most": 50_000_000}}},
    }
    words = "the mail is not read: it unpacks to more than 50,000,000 bytes; split it"
    assert told["parts"][0].items() >= {"reason": words, **inner}.items()
    assert told["reason"] == f"1 of 2 articles could not be read, the first: a.zip#a.eml: {words}"
    assert (told["code"], told["arguments"]) == (
        "document.some_of",
        {"bad": 1, "count": 2, "place": "a.zip#a.eml", "why": inner},
    )


def test_an_unreadable_file_has_failed_and_is_kept(spool, folder):
    place = spool.settle(claimed(spool, dropped(folder)), receipt("a.txt", "unreadable"), KEY)
    assert place == folder / "failed/2031-03-04/a.txt~01234567"
    assert place.read_text() == "text"


def test_done_and_failed_are_not_read_again(spool, folder):
    spool.settle(claimed(spool, dropped(folder)), receipt("a.txt"), KEY)
    assert spool.waiting() == ()


def test_a_file_settled_twice_overwrites_nothing(spool, folder):
    places = {spool.settle(claimed(spool, dropped(folder)), receipt("a.txt"), KEY) for _ in range(3)}
    assert len(places) == 3
    assert all(place.read_text() == "text" for place in places)


def rival(monkeypatch: pytest.MonkeyPatch, *targets: str) -> None:
    """Somebody else takes each name at the last moment: just before the system is asked to fill it."""
    waiting = set(targets)

    def first(step):
        def stepped(source, target, *rest, **options):
            if (name := Path(target).name) in waiting:
                waiting.discard(name)
                Path(target).write_text("rival")
            return step(source, target, *rest, **options)

        return stepped

    monkeypatch.setattr(os, "link", first(os.link))
    monkeypatch.setattr(Path, "rename", first(Path.rename))
    monkeypatch.setattr(Path, "replace", first(Path.replace))


@pytest.mark.parametrize("taken", ["a.txt~01234567", "a.txt~01234567.receipt.json"])
def test_a_name_that_is_taken_at_the_last_moment_is_not_overwritten(spool, folder, monkeypatch, taken):
    claim = claimed(spool, dropped(folder))
    rival(monkeypatch, taken)
    place = spool.settle(claim, receipt("a.txt"), KEY)
    assert place.read_text() == "text"
    assert [path.read_text() for path in (folder / "done").rglob(taken)] == ["rival"]
    assert json.loads(receipts.beside(place).read_text())["file"] == "a.txt"
    assert not list(folder.rglob("*.part"))


def test_a_file_given_back_does_not_overwrite_one_that_came_at_the_last_moment(spool, folder, monkeypatch):
    claim = claimed(spool, dropped(folder, text="old"))
    rival(monkeypatch, "a.txt")
    spool.release(claim)
    assert {(path.name, path.read_text()) for path in spool.waiting()} == {
        ("a.txt", "rival"),
        ("a-2.txt", "old"),
    }


def test_without_hard_links_the_name_is_taken_first(spool, folder, monkeypatch):
    def forbidden(*_args: object, **_options: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", forbidden)
    places = {spool.settle(claimed(spool, dropped(folder)), receipt("a.txt"), KEY) for _ in range(3)}
    assert len(places) == 3
    assert all(place.read_text() == "text" for place in places)
    claim = claimed(spool, dropped(folder, text="old"))
    dropped(folder, text="new")
    spool.release(claim)
    assert {path.read_text() for path in spool.waiting()} == {"old", "new"}


def test_a_folder_named_like_an_article_is_put_aside_whole(spool, folder):
    for _ in range(2):
        dropped(folder / "x.txt", "inside.md")
        place = spool.settle(claimed(spool, folder / "x.txt"), receipt("x.txt", "unreadable"), KEY)
        assert (place / "inside.md").read_text() == "text"
    assert len(list((folder / "failed").rglob("inside.md"))) == 2


def test_a_file_that_has_both_names_after_a_kill_keeps_one(spool, folder):
    claim = claimed(spool, dropped(folder))
    (folder / "a.txt").hardlink_to(claim.path)
    spool.close()
    assert files(folder) == ["a.txt"]


def test_a_file_that_grew_goes_back(spool, folder):
    claim = claimed(spool, dropped(folder))
    with claim.path.open("a") as file:
        file.write(" and more")
    assert spool.settle(claim, receipt("a.txt"), KEY) is None
    assert [path.name for path in spool.waiting()] == ["a.txt"]
    assert files(folder) == ["a.txt"]


def test_a_release_stands_beside_a_newer_file_of_that_name(spool, folder):
    claim = claimed(spool, dropped(folder, text="old"))
    dropped(folder, text="new")
    spool.release(claim)
    assert {(path.name, path.read_text()) for path in spool.waiting()} == {
        ("a.txt", "new"),
        ("a-2.txt", "old"),
    }


def test_the_same_name_again_waits_until_the_first_is_settled(spool, folder):
    first = claimed(spool, dropped(folder, text="one"))
    second = dropped(folder, text="two")
    assert spool.claim(second) is None
    spool.settle(first, receipt("a.txt"), KEY)
    assert claimed(spool, second).path.read_text() == "two"


def test_a_file_that_somebody_else_took(spool, folder):
    path = dropped(folder)
    path.unlink()
    assert spool.claim(path) is None


def test_a_claim_of_a_dead_process_is_taken_back_at_once(folder):
    code = "from bot.runtime.processes import this_process; print(this_process())"
    gone = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    held = folder / ".claimed" / gone.stdout.strip()
    dropped(held, "sub/a.txt")
    (held / ".lease").touch()
    spool = Spool(SpoolSettings(folder))
    spool.open(NOON)
    assert [path.relative_to(folder).as_posix() for path in spool.waiting()] == ["sub/a.txt"]
    assert not held.exists()


@pytest.mark.parametrize(("hand", "deaths"), [(["a.txt"], [1, 0, 0]), (["a.txt", "b.txt"], [0, 0, 0])])
def test_only_a_file_that_was_alone_in_hand_is_suspected(folder, monkeypatch, hand, deaths):
    first = Spool(SpoolSettings(folder))
    first.open(NOON)
    names = ["a.txt", "b.txt", "c.txt"]
    claims = {name: claimed(first, dropped(folder, name)) for name in names}
    first.begin(*(claims[name] for name in hand))
    (folder / ".claimed" / processes.this_process()).rename(folder / ".claimed" / "gone")
    monkeypatch.setattr(processes, "may_be_alive", lambda holder: holder != "gone")
    again = Spool(SpoolSettings(folder))
    again.open(NOON)
    found = [claimed(again, folder / name) for name in names]
    assert [claim.deaths for claim in found] == deaths
    assert all(claim.alone for claim in found)


@pytest.mark.parametrize("holder", ["elsewhere-1~00000000~17", "of an earlier version"])
@pytest.mark.parametrize(("age", "taken"), [(timedelta(minutes=9), False), (timedelta(minutes=11), True)])
def test_a_claim_that_is_no_known_process_holds_until_its_lease_ends(folder, holder, age, taken):
    if holder == "of an earlier version":
        with subprocess.Popen([sys.executable, "-c", "pass"]) as gone:
            pass
        holder = f"{socket.gethostname()}-{gone.pid}"
    held = folder / ".claimed" / holder
    dropped(held)
    lease = held / ".lease"
    lease.touch()
    then = (NOON - age).timestamp()
    os.utime(lease, (then, then))
    spool = Spool(SpoolSettings(folder))
    spool.open(NOON)
    assert bool(spool.waiting()) is taken


def test_what_another_worker_clears_away_at_this_moment_stops_nobody(folder):
    spool = Spool(SpoolSettings(folder))
    claims = folder / ".claimed"
    claims.mkdir(parents=True)
    (claims / ".died~1-2-3").symlink_to("as one that goes between two looks")
    spool.open(NOON)
    assert not spool._lost(claims / "another-host-7", NOON)


def test_closing_gives_back_what_is_held(spool, folder):
    claimed(spool, dropped(folder))
    spool.close()
    assert files(folder) == ["a.txt"]
    assert not list((folder / ".claimed").iterdir())


def test_the_longest_name_can_be_settled(spool, folder):
    name = "é" * 125 + ".txt"
    place = spool.settle(claimed(spool, dropped(folder, name)), receipt("long"), KEY)
    assert place is not None
    assert place.exists()


def test_a_link_can_be_claimed_and_settled_without_touching_its_target(spool, folder, tmp_path):
    target = dropped(tmp_path, "target.txt", "stays")
    (folder / "link.txt").symlink_to(target)
    (path,) = spool.waiting()
    place = spool.settle(claimed(spool, path), receipt("link.txt", "unreadable"), KEY)
    assert place.is_symlink()
    assert target.read_text() == "stays"


def test_a_folder_that_becomes_a_link_leads_nobody_out_of_the_inbox(spool, folder, tmp_path):
    elsewhere = dropped(tmp_path, "elsewhere/a.txt", "somebody else's").parent
    listed, written = dropped(folder, "listed/a.txt"), dropped(folder, "written/b.txt")
    claim = claimed(spool, written)
    for one in (listed.parent, written.parent):
        one.rename(tmp_path / one.name)
        one.symlink_to(elsewhere)
    with pytest.raises(PermissionError, match="is a link by now"):
        spool.claim(listed)
    spool.release(claim)
    assert files(elsewhere) == ["a.txt"]
    assert (folder / "b.txt").read_text() == "text"


def test_an_inbox_that_is_a_link_itself_is_an_inbox(folder, tmp_path):
    there = dropped(tmp_path, "there/day/a.txt").parent.parent
    folder.symlink_to(there)
    spool = Spool(SpoolSettings(folder))
    spool.open(NOON)
    spool.release(claimed(spool, folder / "day" / "a.txt"))
    assert (there / "day" / "a.txt").exists()


def test_a_bulk_drop_lasts_until_the_inbox_was_empty_once(folder):
    spool = Spool(SpoolSettings(folder, bulk=2))
    spool.open(NOON)
    paths = [dropped(folder, f"{number}.txt") for number in range(3)]
    spool.complete(NOON)
    assert spool.bulk
    spool.settle(claimed(spool, paths[0]), receipt("0.txt"), KEY)
    spool.close()
    again = Spool(SpoolSettings(folder, bulk=2))
    again.open(NOON)
    again.complete(NOON)
    assert again.bulk
    for path in paths[1:]:
        again.settle(claimed(again, path), receipt(path.name), KEY)
    again.complete(NOON)
    assert not again.bulk


def test_a_file_that_cannot_be_claimed_holds_no_bulk_drop_open(folder):
    spool = Spool(SpoolSettings(folder, bulk=2))
    spool.open(NOON)
    paths = [dropped(folder, f"{number}.txt") for number in range(3)]
    spool.complete(NOON)
    for path in paths[1:]:
        spool.settle(claimed(spool, path), receipt(path.name), KEY)
    spool.refused(paths[0], "Operation not permitted")
    assert spool.stuck(NOON) == ("0.txt cannot be taken from the inbox: Operation not permitted",)
    assert spool.complete(NOON)[0] == (paths[0],)  # it is tried again
    assert not spool.bulk
    dropped(folder, "3.txt")
    spool.complete(NOON)
    assert not spool.bulk
    claimed(spool, paths[0])
    assert spool.stuck(NOON) == ()


def test_very_many_that_cannot_be_claimed_are_no_bulk_drop(folder):
    spool = Spool(SpoolSettings(folder, bulk=2))
    spool.open(NOON)
    paths = [dropped(folder, f"{number}.txt") for number in range(3)]
    spool.complete(NOON)
    for path in paths:
        spool.refused(path, "no")
    spool.complete(NOON)
    assert not spool.bulk
    paths[0].unlink()
    spool.complete(NOON)
    assert len(spool.stuck(NOON)) == 2


def test_a_file_that_is_written_to_without_end_holds_no_bulk_drop_open(folder):
    spool = Spool(SpoolSettings(folder, bulk=2, quiet=timedelta(hours=1), poll=True))
    spool.open(NOON)
    for number in range(3):
        dropped(folder, f"{number}.txt")
    spool.complete(NOON)
    for number in range(2):
        (folder / f"{number}.txt").unlink()
    spool.complete(NOON + ENDLESS)  # slow copies are waited for
    assert (spool.bulk, spool.stuck(NOON + ENDLESS)) == (True, ())
    spool.complete(NOON + ENDLESS + timedelta(seconds=1))
    (told,) = spool.stuck(NOON + ENDLESS + timedelta(seconds=1))
    assert told.startswith("2.txt is left in the inbox: it is still being written")
    assert not spool.bulk


def test_a_mark_that_processes_too_short_to_tell_leave_is_gone_after_a_day(folder):
    for hours, bulk in ((0, True), (24, True), (25, False)):
        spool = Spool(SpoolSettings(folder, bulk=2, quiet=timedelta(days=9), poll=True))
        spool.open(NOON)
        if not hours:
            for number in range(3):
                dropped(folder, f"{number}.txt")
        spool.complete(NOON + timedelta(hours=hours))
        assert spool.bulk is bulk
        for path in spool.waiting()[1:]:
            path.unlink()
        spool.close()


def test_a_polled_folder_is_taken_for_a_network_folder(folder):
    spool = Spool(SpoolSettings(folder, poll=True))
    spool.open(NOON)
    dropped(folder).chmod(0o640)
    complete, again = spool.complete(NOON)
    assert (complete, again) == ((), NOON + spool.settings.quiet)
    assert len(spool.complete(again)[0]) == 1


def test_only_the_desks_own_shelves_are_passed_over(spool, folder):
    mine = dropped(folder, "week/done/a.txt")
    dropped(folder, "done/b.txt")
    assert spool.waiting() == (mine,)


def test_a_hidden_article_is_told_and_left(spool, folder):
    hidden = dropped(folder, "sub/.a.txt")
    for name in (".DS_Store", ".b.txt.swp", "._c.txt"):
        dropped(folder, name)
    changed = datetime.fromtimestamp(hidden.lstat().st_ctime, UTC)
    assert spool.complete(changed) == ((), None)
    assert spool.stuck(changed) == ()
    (sentence,) = spool.stuck(changed + HIDDEN_FOR)
    assert sentence.startswith("sub/.a.txt is left in the inbox: its name begins with a dot")
    assert hidden.exists()


def test_a_lost_workers_deep_folder_is_given_back_whole(spool, folder):
    with nested(folder, 1_500) as deep:
        (found,) = spool.waiting()
        assert found == deep
        claimed(spool, found)
        spool.close()
        assert spool.waiting() == (deep,)
        assert not (folder / ".claimed" / processes.this_process()).exists()
