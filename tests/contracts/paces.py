"""What every :class:`bot.delivery.pacing.SharedPaces` promises."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.chat.rate_limits import Key, Spent
from bot.delivery.pacing import SharedPaces

ALL, CHAT, OTHER = ("telegram", ""), ("telegram", "-1:chat"), ("slack", "C1:chat")


class PacesContract:
    """Subclass and provide ``shared``."""

    async def test_what_one_step_leaves_the_next_finds(self, shared: SharedPaces):
        full = Spent(left=0.25, seen=1.5, recent=(1.0, 1.25), until=9.125)
        assert await shared.change([ALL, CHAT], lambda _: {CHAT: full}) == {CHAT: full}
        found: list[Mapping[Key, Spent]] = []

        def look(spent: Mapping[Key, Spent]) -> Mapping[Key, Spent]:
            found.append(spent)
            return {}

        assert await shared.change([CHAT, OTHER], look) == {CHAT: full}
        assert await shared.change([OTHER], look) == {}
        assert found == [{CHAT: full}, {}]

    async def test_steps_at_once_are_counted_each(self, shared: SharedPaces):
        def one_more(spent: Mapping[Key, Spent]) -> Mapping[Key, Spent]:
            return {key: Spent(left=(spent.get(key, Spent()).left or 0) + 1) for key in (ALL, CHAT, OTHER)}

        steps = (shared.change(keys, one_more) for keys in [(ALL, CHAT, OTHER), (OTHER, CHAT, ALL)] * 20)
        await asyncio.gather(*steps)
        assert await shared.change([ALL, CHAT, OTHER], lambda _: {}) == dict.fromkeys(
            (ALL, CHAT, OTHER), Spent(left=40)
        )
