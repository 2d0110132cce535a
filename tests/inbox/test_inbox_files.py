"""Files as they lie: what is found, what is refused, and in which words."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from bot.article.endings import ARTICLE_ENDINGS
from bot.article.media_type import Media
from bot.domain.errors import UnreadableDocument
from bot.inbox.files import DEEPEST, hidden_article, ignored, load, walk
from bot.inbox.names import LONGEST, shown
from bot.sources import pages
from tests.builders import NOON
from tests.folders import nested


def loaded(path: Path, largest: int = 1000) -> bytes:
    return load(path, name=path.name, received=NOON, largest=largest).data


def refusal(path: Path, largest: int = 1000) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        loaded(path, largest)
    assert caught.value.name == shown(path.name)
    return str(caught.value.reason)


def test_a_file_is_read_whole(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1000)
    assert loaded(path) == b"x" * 1000


def test_a_large_file_is_refused_without_reading_it_all(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert refusal(path, 20 * 1024 * 1024) == (
        "it has 50.0 MB and the most is 20 MB; split it or raise [inbox] max_mb"
    )


def test_a_vanished_file(tmp_path):
    assert "vanished" in refusal(tmp_path / "gone.txt")


def test_a_link_is_never_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("not for the channel")
    link = tmp_path / "link.txt"
    link.symlink_to(secret)
    assert "links are not followed" in refusal(link)


def test_a_folder_named_like_an_article(tmp_path):
    folder = tmp_path / "story.txt"
    folder.mkdir()
    assert "folder named like an article" in refusal(folder)


def test_a_pipe_does_not_make_anybody_wait(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "not a regular file" in refusal(pipe)


def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path may have some hundred characters only
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.txt")
        assert "not a regular file" in refusal(Path("s.txt"))


def test_no_permission(tmp_path, monkeypatch):
    path = tmp_path / "locked.txt"
    path.write_text("text")

    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    assert "permission to read it" in refusal(path)


@pytest.mark.parametrize("name", ["storm\ninjected: line.txt", "📰 news.txt", "tab\there.txt", "x" * 240])
def test_odd_names_are_shown_on_one_printable_line(tmp_path, name):
    path = tmp_path / name
    path.write_text("text")
    assert loaded(path) == b"text"
    said = shown(name)
    assert said.isprintable()
    assert len(said) <= LONGEST


def test_undecodable_names_can_be_stored(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_bytes(b"text")
    (path,) = walk([tmp_path])
    assert loaded(path) == b"text"
    assert "caf" in shown(path.name)
    assert shown(path.name).encode("utf-8")


def test_walk_goes_into_folders_and_passes_over_temporaries(tmp_path):
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    for name in ("b.txt", "sub/a.txt", "sub/deep/c.md", ".hidden", "x.part", "~$y.docx", "Thumbs.db"):
        (tmp_path / name).write_text("text")
    assert [p.relative_to(tmp_path).as_posix() for p in walk([tmp_path])] == [
        "b.txt",
        "sub/a.txt",
        "sub/deep/c.md",
    ]


def test_walk_yields_what_was_named_even_when_it_is_not_there(tmp_path):
    assert list(walk([tmp_path / "absent.txt"])) == [tmp_path / "absent.txt"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", False),
        ("a.part", True),
        ("A.CRDOWNLOAD", True),
        ("~$a.docx", True),
        ("desktop.ini", True),
        (".a.txt.swp", True),
        ("~notes.txt", False),
        ("a.txt~", True),
        ("part.txt", False),
    ],
)
def test_ignored(name, expected):
    assert ignored(name) is expected


@pytest.mark.parametrize("depth", [DEEPEST + 1, 1_500, 3_000])
def test_a_folder_too_deep_is_yielded_itself_and_refused_by_name(tmp_path, depth):
    with nested(tmp_path, depth) as top:
        (tmp_path / "z.txt").write_text("text")
        assert list(walk([tmp_path])) == [top, tmp_path / "z.txt"]
        assert "32 folders deep" in refusal(top)
        assert "move its files further up" in refusal(top)


def test_a_folder_as_deep_as_may_be_is_looked_into(tmp_path):
    with nested(tmp_path, DEEPEST):
        (path,) = walk([tmp_path])
    assert path.name == "deep.txt"


def test_a_folder_that_may_not_be_read_is_yielded_itself(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "locked").mkdir()
    scandir = os.scandir

    def forbidding(folder):
        if not isinstance(folder, int) and Path(folder).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", forbidding)
    assert list(walk([tmp_path])) == [tmp_path / "a.txt", tmp_path / "locked"]
    with pytest.raises(PermissionError):
        list(walk([tmp_path / "locked"]))


def test_every_format_that_is_read_has_an_ending_by_which_it_is_noticed():
    called = {
        Media.TEXT: ".txt",
        Media.MAIL: ".eml",
        Media.FEED: ".rss",
        Media.NEWS: ".xml",
        Media.NOTES: ".enex",
        Media.GZIP: ".gz",
    }
    unnoticed = [one for one in Media if called.get(one, f".{one.name.lower()}") not in ARTICLE_ENDINGS]
    assert unnoticed == []
    assert set(pages.ENDINGS.values()) <= set(ARTICLE_ENDINGS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".a.txt", True),
        (".Report.PDF", True),
        (".report.odt", True),
        (".report.rtf", True),
        (".book.epub", True),
        ("._a.txt", False),
        (".#a.txt", False),
        (".~lock.a.docx#", False),
        (".a.txt.swp", False),
        (".a.txt.part", False),
        (".DS_Store", False),
        ("a.txt", False),
        ("~$a.docx", False),
    ],
)
def test_a_hidden_article_is_told_from_a_programs_file(name, expected):
    assert hidden_article(name) is expected
