"""What each platform says of itself, held against what the desk makes of it."""

from __future__ import annotations

import pytest

from bot.chat.platform import Platform
from bot.options import File
from bot.platforms import PLATFORMS, SECRETS, TOKENS, not_set_up, parse_address, parse_rule

every_platform = pytest.mark.parametrize("platform", PLATFORMS.values(), ids=list(PLATFORMS))


@every_platform
def test_its_examples_are_what_they_show(platform: Platform):
    assert platform.addresses
    for text in platform.addresses:
        address = parse_address(text)
        assert (str(address), address.platform) == (text, platform.name)
    for text in platform.rules:
        assert parse_rule(text).startswith(f"{platform.name}:")


@every_platform
def test_what_is_secret_has_a_shape_and_a_name(platform: Platform):
    assert bool(platform.secrets) == bool(platform.tokens)
    missing = platform.secrets[0] if platform.secrets else platform.name
    assert (
        str(not_set_up(platform.name))
        == f"{platform.name} is not set up: {missing} is not in the environment"
    )


def test_no_two_platforms_share_a_secret_or_a_table():
    assert len(set(SECRETS)) == len(SECRETS) > len(TOKENS) > 1
    assert File.model_fields.keys().isdisjoint(PLATFORMS)


def test_a_platform_that_the_desk_no_longer_knows_is_not_set_up():
    assert str(not_set_up("carrier")) == "carrier is not set up: carrier is not in the environment"


def test_who_is_nobody_is_told_how_somebody_is_written():
    for text in ("", "everybody", "slack:general", "telegram:@desk", "console", "console:1", "slack:T1 "):
        with pytest.raises(
            ValueError, match='"telegram:1234", "telegram:-1001234" or "telegram:-1001234/admins"'
        ):
            parse_rule(text)
