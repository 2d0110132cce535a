"""Who is answered: a table, and what holds for everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.access import AccessSettings, followed, may_change, role
from bot.domain.events import Sender
from bot.domain.model import Address

ADA = Sender("slack", "U0ADA", "Ada", "T0DESK")
BRAM = Sender("telegram", "1234", "Bram")
NAMELESS = Sender("telegram", "-1001", "The group")
CHANNEL, CHAT, DIRECT = Address("slack", "C0NEWS"), Address("telegram", "-1001"), Address("telegram", "1234")


def rules(allow: str = "", editors: str = "", admins: str = "") -> AccessSettings:
    return AccessSettings(*(frozenset(words.split()) for words in (allow, editors, admins)))


@pytest.mark.parametrize(
    ("settings", "sender", "at", "expected"),
    [
        (rules(), ADA, CHANNEL, None),
        (rules("slack:T0DESK"), ADA, CHANNEL, "reader"),
        (rules("slack:C0NEWS"), ADA, CHANNEL, "reader"),
        (rules("slack:C0NEWS"), ADA, Address("slack", "C0NEWS", "17.1"), "reader"),
        (rules("slack:U0ADA"), ADA, CHANNEL, "reader"),
        (rules("slack:C0NEWS"), replace(ADA, foreign=True), CHANNEL, None),
        (rules("slack:C0NEWS slack:T0DESK"), replace(ADA, foreign=True), CHANNEL, "reader"),
        (rules("slack:U0ADA", "slack:C0NEWS"), replace(ADA, foreign=True), CHANNEL, "reader"),
        (rules("slack:C0OTHER slack:U0EVE slack:T0ELSE"), ADA, CHANNEL, None),
        (rules("slack:T0DESK", "slack:U0ADA"), ADA, CHANNEL, "editor"),
        (rules("slack:T0DESK", "slack:C0NEWS"), ADA, CHANNEL, "editor"),
        (rules("slack:T0DESK", "slack:U0ADA", "slack:U0ADA"), ADA, CHANNEL, "admin"),
        (rules("slack:T0DESK", admins="slack:U0ADA"), ADA, CHANNEL, "admin"),
        (rules("", "slack:U0ADA", "slack:U0ADA"), ADA, CHANNEL, None),
        (rules("slack:C0OTHER", admins="slack:U0ADA"), ADA, CHANNEL, None),
        (rules("telegram:-1001"), BRAM, CHAT, "reader"),
        (rules("telegram:-1001"), BRAM, DIRECT, None),
        (rules("telegram:1234"), BRAM, DIRECT, "reader"),
        (rules("telegram:1234", "telegram:1234"), BRAM, CHAT, "editor"),
        (rules("telegram:-1001", "telegram:-1001/admins"), BRAM, CHAT, "reader"),
        (rules("telegram:-1001", "telegram:-1001/admins"), NAMELESS, CHAT, "editor"),
        (rules("telegram:-1001/admins"), NAMELESS, CHAT, "reader"),
        (rules("telegram:-1001", "telegram:-1001/admins"), NAMELESS, Address("telegram", "-1002"), "reader"),
        (rules("telegram:-1002", "telegram:-1002/admins"), NAMELESS, Address("telegram", "-1002"), "reader"),
        (rules("slack:1234 slack:-1001"), BRAM, CHAT, None),
        (rules("telegram:"), Sender("telegram", ""), Address("telegram"), None),
        (rules("telegram:1234"), BRAM, CHANNEL, None),
        (rules(), Sender("console", "reader"), Address("console"), "admin"),
        (rules(), Sender("slack", "console"), Address("console"), None),
    ],
)
def test_roles(settings, sender, at, expected):
    assert role(settings, sender, at) == expected


def test_the_rules_of_a_chat_and_of_its_administrators_follow_it_apart():
    moves = {CHAT: Address("telegram", "-1009")}
    now = followed(rules("telegram:-1001", "telegram:-1001/admins"), moves)
    assert now.allow == {"telegram:-1001", "telegram:-1009"}
    assert now.editors == {"telegram:-1001/admins", "telegram:-1009/admins"}


@pytest.mark.parametrize(
    ("who", "direct", "changes"),
    [
        ("reader", False, False),
        ("reader", True, True),
        ("editor", False, True),
        ("editor", True, True),
        ("admin", False, True),
    ],
)
def test_what_a_role_may_do(who, direct, changes):
    assert may_change(who, direct=direct) is changes


IDS = st.sampled_from(["", "U1", "C1", "T1", "1", "-1"])
PLATFORMS = st.sampled_from(["slack", "telegram"])
RULES = st.frozensets(st.builds("{}:{}".format, PLATFORMS, IDS))
SETTINGS = st.builds(AccessSettings, RULES, RULES, RULES)


@given(SETTINGS, st.builds(Sender, PLATFORMS, IDS, st.just(""), IDS), IDS)
def test_only_the_allow_list_lets_anybody_in(settings, sender, chat):
    at = Address(sender.platform, chat)
    named = {f"{sender.platform}:{one}" for one in (sender.id, sender.workspace, chat) if one}
    assert (role(settings, sender, at) is not None) == bool(named & settings.allow)
    assert role(AccessSettings(frozenset(), settings.editors, settings.admins), sender, at) is None
