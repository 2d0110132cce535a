"""How fast each chat may be posted to, against the platforms' own rules as the doubles hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.rate_limits import (
    Limits,
    Pace,
    Paces,
    Quota,
    at,
    closed,
    own_wait,
    posted,
    shared_wait,
)
from bot.domain.model import Address
from bot.platforms import LIMITS

CHANNEL = Address("slack", "C1")
PERSON, GROUP = Address("telegram", "42"), Address("telegram", "-100777")


def after(paces: Paces, now: float, address: Address) -> tuple[Paces, float]:
    """Post, when that is allowed now; the state then, and the seconds to wait when it was not."""
    paces = at(paces, now)
    wait = max(own_wait(paces, address), shared_wait(paces, address))
    return (paces, wait) if wait else (posted(paces, address), 0.0)


def sent(addresses: list[Address], count: int, *, paces: Paces | None = None) -> list[tuple[float, Address]]:
    """`count` messages to each address, each as soon as it is allowed: when, and where to."""
    paces, now, done = paces or Paces(LIMITS), 0.0, []
    left = dict.fromkeys(addresses, count)
    while left:
        waits = []
        for address in list(left):
            paces, wait = after(paces, now, address)
            if wait:
                waits.append(wait)
                continue
            done.append((now, address))
            waits.append(0.0)
            left[address] -= 1
            if not left[address]:
                del left[address]
        now += min(waits, default=0.0)
    return done


def most_within(moments: list[float], seconds: float) -> int:
    return max(sum(start <= when < start + seconds for when in moments) for start in moments)


@pytest.mark.parametrize(("address", "rate"), [(CHANNEL, 1.0), (PERSON, 1.0), (GROUP, 20 / 60)])
def test_a_chat_gets_just_under_what_is_allowed(address, rate):
    moments = [when for when, _ in sent([address], 200)]
    assert 0.95 * rate <= 100 / (moments[-1] - moments[-101]) <= rate


def test_a_group_never_gets_more_than_twenty_a_minute():
    moments = [when for when, _ in sent([GROUP], 100)]
    assert most_within(moments, 60.5) == 20
    assert most_within(moments, 1.0) <= 2


def test_all_chats_together_stay_under_thirty_a_second():
    done = sent([Address("telegram", str(n)) for n in range(100)], 5)
    moments = [when for when, _ in done]
    assert 500 / moments[-1] > 0.9 * 30
    assert most_within(moments, 10.0) <= 30 * 10 + 25


def test_channels_do_not_wait_for_each_other():
    done = sent([Address("slack", f"C{n}") for n in range(100)], 20)
    assert done[-1][0] < 20
    assert len(done) == 2000


def test_the_order_within_a_second_is_fair():
    done = sent([Address("telegram", str(n)) for n in range(60)], 2)
    assert {address.chat for _, address in done} == {str(n) for n in range(60)}


def test_threads_of_a_chat_share_its_pace():
    topics = [Address("telegram", "-1", "7"), Address("telegram", "-1", "8")]
    assert most_within([when for when, _ in sent(topics, 15)], 60.5) == 20


def test_asking_and_not_posting_costs_nothing():
    paces, wait = after(*after(Paces(LIMITS), 0.0, PERSON)[:1], 0.0, PERSON)
    paces, wait = after(paces, 0.0, PERSON)
    assert wait > 0
    for _ in range(5):
        assert after(paces, 0.0, PERSON) == (paces, wait)
    assert after(paces, wait, PERSON)[1] == 0.0


def test_a_retry_after_closes_one_chat():
    paces = closed(at(Paces(LIMITS), 100.0), PERSON, 30.0)
    assert after(paces, 100.0, PERSON)[1] == 30.0
    assert after(paces, 129.0, Address("telegram", "42", "7"))[1] == 1.0
    assert after(paces, 100.0, Address("telegram", "43"))[1] == 0.0
    assert after(paces, 100.0, Address("slack", "42"))[1] == 0.0
    assert after(paces, 130.0, PERSON)[1] == 0.0


def test_a_clock_that_was_set_back_opens_what_was_closed():
    paces = closed(at(Paces(LIMITS), 1e6), PERSON, 30.0)
    assert after(paces, 1e6 - 3600, PERSON)[1] == 0.0


def test_a_clock_that_was_set_back_stops_nobody_for_long():
    paces = Paces(LIMITS)
    for _ in range(20):
        paces, _ = after(paces, 1e6, GROUP)
        paces, _ = after(paces, 1e6 + 2.1, GROUP)
    paces, wait = after(paces, 0.0, GROUP)
    assert 0 < wait <= 61
    assert after(paces, wait, GROUP)[1] == 0.0


def test_a_clock_that_was_set_back_refills_nothing():
    paces = Paces(LIMITS)
    for _ in range(3):
        paces, _ = after(paces, 1e6, CHANNEL)
    paces, wait = after(paces, 1e6 - 3600, CHANNEL)
    assert wait == pytest.approx(1 / 0.99)
    assert after(paces, 1e6 - 3600 + wait, CHANNEL)[1] == 0.0


@pytest.mark.parametrize(
    "limit", [{"chat": Pace(1 / 60, 2)}, {"overall": Pace(1, 62)}, {"group": Quota(1000, 3600.0)}]
)
def test_nothing_is_counted_for_longer_than_is_remembered(limit):
    with pytest.raises(ValueError, match="look back"):
        Limits(**limit)


def test_what_has_no_limits_never_waits():
    assert len(sent([Address("console")], 1000)) == 1000
    assert sent([Address("console")], 1000)[-1][0] == 0.0


def test_the_state_is_a_value():
    before = Paces(LIMITS)
    later, _ = after(before, 0.0, PERSON)
    assert later != before
    assert before == Paces(LIMITS)


@given(
    st.lists(st.floats(0, 5), min_size=1, max_size=80),
    st.floats(0.1, 10),
    st.integers(1, 5),
    st.integers(1, 10),
    st.floats(1, 20),
)
def test_no_pattern_of_asking_gets_more(gaps, rate, burst, count, seconds):
    limits = {"x": Limits(chat=Pace(rate, burst), group=Quota(count, seconds), groups=("-",))}
    paces, now, moments = Paces(limits), 0.0, []
    for gap in gaps:
        now += gap
        paces, wait = after(paces, now, Address("x", "-1"))
        if not wait:
            moments.append(now)
        else:
            assert after(paces, now + wait + 1e-6, Address("x", "-1"))[1] == 0.0
    for start in moments:
        within = [when for when in moments if start <= when < start + seconds]
        assert len(within) <= count + (within[-1] - start > seconds - 0.01)
        later = [when for when in moments if when >= start]
        assert all(n + 1 <= burst + (when - start + 0.01) * rate for n, when in enumerate(later))


def test_every_platform_that_is_not_the_console_has_limits():
    assert {name for name, limits in LIMITS.items() if limits.chat} == {"email", "slack", "telegram"}
