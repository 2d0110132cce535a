"""What every test stands on: no network but loopback, and the same Hypothesis examples in CI."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import warm
from tests.loopback import reach_no_further
from tests.once import compile_once, look_once, trace_little, trust_once
from tests.order import note, replayed
from tests.sampling import examples, left_out

settings.register_profile(
    "quick", max_examples=examples(10, 250), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", parent=settings.get_profile("quick"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "quick")

os.environ.setdefault(
    "PTB_TIMEDELTA", "true"
)  # else python-telegram-bot warns in RetryAfter, and warnings are errors
# What is printed is as wide as this says, and whoever starts tests may have it set.
os.environ.pop("COLUMNS", None)
gc.disable()  # until all is collected: nearly nothing of what is made meanwhile is garbage
pytest.register_assert_rewrite("tests.contracts")
compile_once()
trust_once()
look_once()
trace_little()
reach_no_further()
warm.fork_workers()

RAM = Path("/dev/shm")
"""Where Linux has a disk in memory: stores that are safe on a real one wait for it at every commit."""

if os.access(RAM, os.W_OK) and shutil.disk_usage(RAM).free > 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(RAM))  # read by pytest when its first folder is made
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def cold_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes start as a desk's do: each loads what it needs."""
    monkeypatch.setattr("multiprocessing.get_context", warm._context)
    monkeypatch.setattr("bot.runtime.workers.settle_in", warm._settle_in)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real input beside the project; the test skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the project")
    return SHARED


LONGEST = {
    "test_deploy",
    "test_docs",
    "test_faults",
    "test_upkeep",
    "test_ingest_faults",
    "test_deliver_faults",
    "test_article_hostile",
    "test_run",
}
"""Files whose tests start whole desks, build wheels or read what hurts."""

LOOPS = {
    "test_run",
    "test_daemon",
    "test_supervision",
    "test_boundaries",
    "test_deliver",
    "test_answer_loop",
    "test_queues",
    "test_health",
    "test_closing",
    "test_slack_listening",
    "test_telegram_listening",
    "test_watch",
}
"""Files in which each loop is in asyncio's debug mode: whoever touches it from another thread raises there."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """In the process that starts xdist's workers."""
    from tests.forked import fork_test_workers

    fork_test_workers()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """What desks are forked from is loaded once for all of xdist's workers."""
    node.workerinput["forks"] = warm.lend()


def pytest_configure(config: pytest.Config) -> None:
    """In each of xdist's workers."""
    if hasattr(config, "workerinput"):
        from tests.reports import say_little

        say_little(config)
        if address := config.workerinput.get("forks"):
            warm.borrow(address)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no collection need look at it again, nor this one for the little that does not."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    note(item.nodeid)
    with pytest.MonkeyPatch.context() as patch:
        if item.path.stem in LOOPS:
            patch.setenv("PYTHONASYNCIODEBUG", "1")  # loops that a test makes, and programs that it starts
            patch.setattr(item.config.option, "asyncio_debug", True)  # pytest-asyncio's own
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest tests begin, so that none is left alone at the end; the rest stays in its order by chance.

    With COPYDESK_REPLAY=FILE it is the order that the file names. A run that selected nothing would pass on nothing.
    """
    if left := left_out(items):
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=list(left))
    items.sort(key=lambda item: item.path.stem not in LONGEST)
    if order := os.environ.get("COPYDESK_REPLAY"):
        items[:] = replayed(items, Path(order))
    if not items and not config.option.collectonly:
        raise pytest.UsageError("no tests were collected")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """With COPYDESK_NO_SKIP=1 every skip is a failure, except for an absent ../shared.

    With COPYDESK_NO_BROWSER=1 it is known that there is no Chromium, with COPYDESK_NO_DOVECOT=1 and COPYDESK_NO_PROMTOOL=1
    that there is no Dovecot and no promtool.
    """
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if (
        report.skipped
        and os.environ.get("COPYDESK_NO_SKIP") == "1"
        and "../shared" not in str(report.longrepr)
        and not ("Chromium" in str(report.longrepr) and os.environ.get("COPYDESK_NO_BROWSER") == "1")
        and not ("Dovecot" in str(report.longrepr) and os.environ.get("COPYDESK_NO_DOVECOT") == "1")
        and not ("promtool" in str(report.longrepr) and os.environ.get("COPYDESK_NO_PROMTOOL") == "1")
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped although COPYDESK_NO_SKIP=1: {report.longrepr}"
