"""Who is known to be gone: only a process of this host, this boot and this namespace that has ended."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys

import pytest

from bot.runtime import processes
from bot.runtime.processes import may_be_alive, this_process

SAY = "from bot.runtime.processes import this_process; print(this_process(), flush=True)"


def another(code: str = SAY) -> subprocess.Popen[str]:
    """A process that says who it is, and ends when its standard input does."""
    return subprocess.Popen(
        [sys.executable, "-c", f"import sys; {code}; sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_process_is_alive_until_it_ends():
    with another() as process:
        name = told(process)
        assert may_be_alive(name)
    assert not may_be_alive(name)
    assert may_be_alive(this_process())


def test_a_later_process_of_that_number_is_another():
    own = re.fullmatch(r"(.+)-(\d+)~(\w+)~(\d+)", this_process())
    assert own is not None
    host, pid, world, start = own.groups()
    earlier = f"{host}-{pid}~{world}~{int(start) + 1}"
    assert earlier != this_process()
    assert may_be_alive(earlier) is (start == processes.UNKNOWN)
    assert may_be_alive(f"{host}-{pid}~{world}~{processes.UNKNOWN}")


@pytest.mark.parametrize(("host", "world"), [("", "00000000"), ("else", None)], ids=["world", "host"])
def test_a_number_of_another_world_tells_nothing(host: str, world: str | None):
    with another() as process:
        pass
    own = re.fullmatch(r"(.+)-\d+~(\w+)~\d+", this_process())
    assert own is not None
    assert not may_be_alive(f"{own[1]}-{process.pid}~{own[2]}~17")
    assert may_be_alive(f"{host}{own[1]}-{process.pid}~{world or own[2]}~17")


def test_a_boot_and_a_namespace_are_worlds_of_their_own(monkeypatch, tmp_path):
    worlds = set()
    for number, (boot, pid, time) in enumerate(["abc", "xbc", "axc", "abx"]):
        proc = tmp_path / str(number)
        (proc / "sys/kernel/random").mkdir(parents=True)
        (proc / "sys/kernel/random/boot_id").write_text(boot, encoding="ascii")
        (proc / "self/ns").mkdir(parents=True)
        (proc / "self/ns/pid").symlink_to(f"pid:[{pid}]")
        (proc / "self/ns/time").symlink_to(f"time:[{time}]")
        monkeypatch.setattr(processes, "_PROC", proc)
        worlds.add(processes._world())
    monkeypatch.setattr(processes, "_PROC", tmp_path / "none, as on macOS")
    assert len(worlds | {processes._world()}) == 5


@pytest.mark.parametrize("name", ["{host}-{pid}", "nonsense", "", "-~~", "{host}-99999999999~00000000~1"])
def test_an_old_or_a_strange_name_may_be_alive(name: str):
    with another() as process:
        pass
    assert may_be_alive(name.format(host=socket.gethostname(), pid=process.pid))


@pytest.mark.parametrize("host", ["a/../b", "..", "", "x" * 64, "ünï cødé\n", "a~b", "a-1~00000000~2"])
def test_a_name_is_a_short_and_safe_file_name(monkeypatch, host: str):
    monkeypatch.setattr(socket, "gethostname", lambda: host)
    name = processes._named.__wrapped__(os.getpid())
    assert re.fullmatch(r"[A-Za-z0-9._~-]{1,110}", name)
    assert not name.startswith(".")
    monkeypatch.setattr(processes, "_named", lambda _: name)
    assert may_be_alive(name)
    assert not may_be_alive(re.sub(r"\d+~(\w+~\d+)$", r"999999999~\1", name))


def test_a_proc_of_another_namespace_is_not_believed(monkeypatch, tmp_path):
    (tmp_path / "self").symlink_to("999999999")
    pid = str(os.getpid())
    (tmp_path / pid).mkdir()
    (tmp_path / pid / "stat").write_text(f"{pid} (a) b) S " + "7 " * 40, encoding="ascii")
    monkeypatch.setattr(processes, "_PROC", tmp_path)
    assert processes._start(os.getpid()) == processes.UNKNOWN
    (tmp_path / "self").unlink()
    (tmp_path / "self").symlink_to(pid)
    assert processes._start(os.getpid()) == "7"
