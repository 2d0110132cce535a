"""How the queue is, for whoever watches it: what waits, since when, and who is alive to work on it."""

from __future__ import annotations

from sqlalchemy import text

from bot.queue.engine import STALLED
from bot.runtime.health import Queue
from bot.store.sql.database import Database

_THERE = text("SELECT to_regclass('procrastinate_workers') IS NOT NULL")
_TASKS = text("""
SELECT kind, CASE WHEN worker IS NULL THEN 'waiting' ELSE 'working' END AS state, count(*) AS tasks
FROM tasks WHERE answer IS NULL GROUP BY 1, 2
""")
_OLDEST = text("""
SELECT extract(epoch FROM clock_timestamp() - min(events.at))
FROM procrastinate_jobs AS jobs
JOIN procrastinate_events AS events ON events.job_id = jobs.id AND events.type = 'deferred'
JOIN tasks ON tasks.id = jobs.args ->> 'task'
WHERE tasks.answer IS NULL AND tasks.worker IS NULL
""")
_WORKERS = text("""
SELECT count(*) FILTER (WHERE last_heartbeat > clock_timestamp() - make_interval(secs => :most)) AS alive,
       extract(epoch FROM clock_timestamp() - max(last_heartbeat)) AS sign
FROM procrastinate_workers
""")


async def look(database: Database) -> Queue:
    """The queue of all desks on this database; empty where nobody has used it yet. Raises StoreError."""
    async with database.reading() as connection:
        if not await connection.scalar(_THERE):
            return Queue()
        tasks = {(row.kind, row.state): int(row.tasks) for row in await connection.execute(_TASKS)}
        oldest = await connection.scalar(_OLDEST)
        workers = (await connection.execute(_WORKERS, {"most": STALLED})).one()
    sign = None if workers.sign is None else max(float(workers.sign), 0.0)
    return Queue(tasks, max(float(oldest or 0), 0.0), int(workers.alive), sign)
