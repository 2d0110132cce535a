"""The links of an archive: what one opens, and that no other opens anything."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Occasion
from bot.web.links import PUBLIC, Grant, Links, digest_names, names_of
from bot.web.settings import ArchiveSettings
from tests.builders import NOON

SETTINGS = ArchiveSettings("https://desk.example.org", secret="s" * 32)
LINKS = Links(SETTINGS)
NAMES = st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), max_size=4).map(tuple)
TEAMS = st.from_regex(r"\A(\w[\w-]{0,39})?\Z")


def taken(path: str) -> tuple[tuple[str, ...] | None, str]:
    """The names and the key of a link, as a server reads them."""
    parts = urlsplit(path)
    return names_of(parts.path), parse_qs(parts.query).get("key", [""])[0]


@given(NAMES, TEAMS)
def test_a_link_opens_its_page_for_its_team_and_as_long_as_it_lasts(names, team):
    grant = LINKS.granted(team, NOON)
    read, key = taken(LINKS.to(grant, *names, fragment="line-3"))
    assert read == names
    assert LINKS.opened(names, key, NOON) == grant
    assert LINKS.opened(names, key, NOON + timedelta(days=30, seconds=-1)) == grant
    assert LINKS.opened(names, key, NOON + timedelta(days=30)) is None


@given(NAMES, NAMES, st.integers(0, 200), st.sampled_from("abcXYZ019.-_"))
def test_a_link_that_was_changed_in_one_letter_or_is_for_another_page_opens_nothing(
    names, others, at, letter
):
    key = LINKS.key(LINKS.granted("desk", NOON), *names)
    at %= len(key)
    forged = f"{key[:at]}{letter}{key[at + 1 :]}"
    if forged != key:
        assert LINKS.opened(names, forged, NOON) is None
    if others != names:
        assert LINKS.opened(others, key, NOON) is None


@given(st.text(max_size=100))
def test_nothing_else_opens_a_page(key):
    assert LINKS.opened(("search",), key, NOON) is None


def test_another_secret_and_none_open_nothing():
    key = LINKS.key(LINKS.granted("", NOON), "search")
    for secret in ("t" * 32, ""):
        assert (
            Links(ArchiveSettings("https://desk.example.org", secret=secret)).opened(("search",), key, NOON)
            is None
        )
    unsigned = Links(ArchiveSettings("https://desk.example.org"))
    own = unsigned.key(Grant("", 10**11), "search")
    assert unsigned.opened(("search",), own, NOON) is None


def test_names_that_are_joined_otherwise_are_another_page():
    grant = LINKS.granted("", NOON)
    assert LINKS.key(grant, "a", "b") != LINKS.key(grant, "a/b") != LINKS.key(grant, "ab")
    assert taken(LINKS.to(grant, "a/b"))[0] == ("a/b",)


def test_a_public_archive_has_plain_addresses():
    links = Links(ArchiveSettings("https://desk.example.org", public=True))
    names = digest_names(Occasion("slot", "file:morning", "2031-03-04T08:00"))
    address = links.address(links.granted("desk", NOON), *names)
    assert address == "https://desk.example.org/archive/digests/file:morning/slot/2031-03-04T08:00"
    assert links.opened(names, "", NOON) == PUBLIC


def test_a_secret_is_in_no_repr():
    assert "sss" not in repr(SETTINGS)


def test_paths_that_are_none_of_ours_are_no_pages():
    for path in ("/", "/archived", "/archive/%ff", "/archive/a%00b", "/archive/" + "x" * 2_000, "archive"):
        assert names_of(path) is None
    assert names_of("/archive") == names_of("/archive/") == ()
