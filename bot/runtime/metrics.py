"""What the desk did and how it is, as Prometheus reads it: numbers by outcome, platform, state and loop, and no names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from bot.domain.model import Outcome
from bot.domain.ports import TaskOutcome
from bot.runtime.health import Queue, Report

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""The answers' buckets: one is expected within a second, and given up after a minute."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the store has at a scrape: ``parts`` by platform and state, the age of the ``oldest`` that waits, ``sources`` by state."""

    parts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    oldest: float = 0.0
    sources: Mapping[str, int] = field(default_factory=dict)
    queue: Queue | None = None
    """``None`` where this desk hands nothing on."""


_VERSION = version("copydesk")


class Metrics:
    """:class:`bot.domain.ports.Measures` in a registry of its own, which tells nothing of the process or the machine."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a moment beside each number is no number
        self._registry = CollectorRegistry()
        self._count_tasks()
        self._articles = Counter(
            "copydesk_articles", "Articles and files that were settled", ["outcome"], registry=self._registry
        )
        for outcome in get_args(Outcome):
            self._articles.labels(outcome)
        self._answers = Histogram(
            "copydesk_answer_seconds",
            "From hearing a question to its answer being posted",
            ["platform"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._unanswered = Counter(
            "copydesk_unanswered",
            "Questions that could not be dealt with",
            ["platform"],
            registry=self._registry,
        )
        self._gauge("copydesk_build_info", "The version that runs", "version").labels(_VERSION).set(1)
        self._store = self._gauge("copydesk_store_up", "Whether the store answered this scrape")
        self._parts = self._gauge("copydesk_parts", "Parts of digests that are kept", "platform", "state")
        self._oldest = self._gauge(
            "copydesk_oldest_part_seconds",
            "Age of the oldest digest of which a part is not posted; 0 for none",
        )
        self._sources = self._gauge("copydesk_sources", "Sources by how they do", "state")
        self._waiting = self._gauge("copydesk_inbox_files", "Files that wait in the inbox")
        self._since = self._gauge(
            "copydesk_inbox_oldest_seconds", "How long the oldest has waited; 0 for none"
        )
        self._loops = self._gauge("copydesk_loop_age_seconds", "Since the loop went round", "loop")
        self._within = self._gauge(
            "copydesk_loop_within_seconds", "How often the loop goes round at least", "loop"
        )
        self._heard = self._gauge("copydesk_platform_heard", "Whether people can be heard", "platform")

    def _count_tasks(self) -> None:
        self._tasks = self._gauge("copydesk_tasks", "What was handed to workers elsewhere", "kind", "state")
        self._oldest_task = self._gauge(
            "copydesk_oldest_task_seconds", "How long the oldest task has waited for a worker; 0 for none"
        )
        self._workers = self._gauge("copydesk_workers", "Workers elsewhere that are alive")
        self._sign = self._gauge(
            "copydesk_worker_sign_seconds", "Since the last sign of a worker; NaN for none"
        )
        self._task_seconds = Histogram(
            "copydesk_task_seconds",
            "From handing a task on to having its answer",
            ["kind"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._tasks_done = Counter(
            "copydesk_tasks_done", "Tasks that came back", ["kind", "outcome"], registry=self._registry
        )
        self._tasks_again = Counter(
            "copydesk_tasks_again", "Of these, on which a worker had ended", ["kind"], registry=self._registry
        )

    def _gauge(self, name: str, told: str, *labels: str) -> Gauge:
        return Gauge(name, told, labels, registry=self._registry)

    def article(self, outcome: Outcome) -> None:
        """As the port has it."""
        self._articles.labels(outcome).inc()

    def answer(self, platform: str, seconds: float) -> None:
        """As the port has it."""
        self._answers.labels(platform).observe(seconds)

    def unanswered(self, platform: str) -> None:
        """As the port has it."""
        self._unanswered.labels(platform).inc()

    def task(self, kind: str, outcome: TaskOutcome, seconds: float, *, again: bool) -> None:
        """As the port has it."""
        self._task_seconds.labels(kind).observe(seconds)
        self._tasks_done.labels(kind, outcome).inc()
        self._tasks_again.labels(kind).inc(again)

    def known_tasks(self, kinds: Iterable[str]) -> None:
        """Tell of these kinds from 0 on: what first appears did not grow."""
        for kind in kinds:
            self._task_seconds.labels(kind)
            self._tasks_again.labels(kind)
            for outcome in get_args(TaskOutcome):
                self._tasks_done.labels(kind, outcome)

    def _look_at(self, queue: Queue | None) -> None:
        self._tasks.clear()
        unknown = float("nan")
        for (kind, state), count in (queue.tasks if queue else {}).items():
            self._tasks.labels(kind, state).set(count)
        self._oldest_task.set(queue.oldest if queue else unknown)
        self._workers.set(queue.workers if queue else unknown)
        self._sign.set(unknown if queue is None or queue.sign is None else queue.sign)

    def written(self, report: Report, counted: Counted | None) -> str:
        """All of it in the text format of ``CONTENT_TYPE``; without ``counted`` the store did not answer."""
        self._store.set(counted is not None)
        for gauge in (self._parts, self._sources, self._loops, self._within, self._heard):
            gauge.clear()
        counted, unknown = counted or Counted(oldest=float("nan")), report["inbox"]["seconds"] is None
        for (platform, state), count in counted.parts.items():
            self._parts.labels(platform, state).set(count)
        for state, count in counted.sources.items():
            self._sources.labels(state).set(count)
        for loop, age in report["loops"].items():
            self._loops.labels(loop).set(age["seconds"])
            self._within.labels(loop).set(age["within"])
        for platform, heard in report["platforms"].items():
            self._heard.labels(platform).set(heard)
            for grows in (self._answers, self._unanswered):  # from 0 on: what first appears did not grow
                grows.labels(platform)
        self._oldest.set(counted.oldest)
        self._look_at(counted.queue)
        self._waiting.set(report["inbox"]["waiting"])
        self._since.set(0 if unknown else report["inbox"]["seconds"])
        return generate_latest(self._registry).decode()
