"""A whole desk with a mailbox: its letters become articles once each, wherever it is killed; `check` and `sources` tell of it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from tests import warm
from tests.desk import open_desk
from tests.doubles import imap as double
from tests.doubles.dovecot import letter
from tests.doubles.imap import ImapServer, imap_server, says
from tests.sources.feeds import STREETS

BODY = "\n\n".join(
    f"The council of the harbour town decided on Tuesday that the bridge in {street} Street is to be repaired "
    "before the summer fair, as its engineers had asked for since a fall in the winter."
    for street in STREETS
)


async def ran(folder: Path, server: ImapServer, *arguments: str, killed_at: str = "") -> tuple[int, str]:
    """The exit code of a command with the mailbox as its source, and what it printed."""
    (folder / "config.toml").write_text(
        "[inbox]\nquiet = 0\n"
        "[[sources]]\nname = 'letters'\nkind = 'mailbox'\nhost = '127.0.0.1'\nuser = 'desk'\ntls = false\n"
        f"port = {server.port}\nmoved_to = 'Read'\n",
        encoding="utf-8",
    )
    environ = {**os.environ, "MAILBOX_PASSWORD_LETTERS": double.PASSWORD, "COPYDESK_FAILPOINT": killed_at}
    words = ("--config", str(folder / "config.toml"), *arguments)
    done = await asyncio.to_thread(warm.run, "bot", *words, environ=environ)
    text = done.stdout + done.stderr
    assert double.PASSWORD not in text
    return done.returncode, text


@pytest.mark.parametrize("point", ["letter-dropped", "letter-noted", "letter-noted:2"])
@pytest.mark.sampled(1)
async def test_a_desk_that_is_killed_amid_a_letter_takes_each_once(tmp_path: Path, point: str):
    sent = [
        letter("Bridge to be repaired", body=BODY),
        letter("Fair to begin", body=BODY.replace("bridge", "fair")),
    ]
    async with imap_server(letters=dict(enumerate(sent, 1))) as server:
        code, _ = await ran(tmp_path, server, "sources", "fetch", killed_at=point)
        assert (code, server.moved) == (-signal.SIGKILL, [])
        code, told = await ran(tmp_path, server, "sources", "fetch")
        assert (code, sorted(server.moved), server.letters) == (0, [1, 2], {}), told
    files = sorted((tmp_path / "inbox" / "letters").glob("*.eml"))
    assert {message_from_bytes(file.read_bytes())["Subject"] for file in files} == {
        "Bridge to be repaired",
        "Fair to begin",
    }
    async with open_desk(tmp_path) as desk:
        outcomes = Counter(one.outcome for one in await desk.empty_inbox())
    assert outcomes["new"] == 2
    assert outcomes == {"new": 2, **({"known": 1} if point == "letter-dropped" else {})}


async def test_check_logs_in_and_sources_lists_what_is_wrong(tmp_path: Path):
    async with imap_server(letters={1: letter("One")}) as server:
        code, told = await ran(tmp_path, server, "check")
        assert (code, "mailbox letters: fine, 1 letter in INBOX, it tells of new ones" in told) == (
            0,
            True,
        ), told
        server.odd["AUTHENTICATE"] = says(f"NO not {double.PASSWORD}".encode())
        code, told = await ran(tmp_path, server, "check")
        assert code == 1
        assert "mailbox letters: 127.0.0.1 refuses the user and password (not (password))" in told
        assert (await ran(tmp_path, server, "sources", "fetch"))[0] == 1
        code, told = await ran(tmp_path, server, "sources")
        assert code == 1
        assert told.startswith("letters  127.0.0.1  configured, no success yet")
        assert "refuses the user and password" in told
        assert "<outline" not in (await ran(tmp_path, server, "sources", "export"))[1]
        assert server.letters.keys() == {1}
