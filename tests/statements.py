"""SQL that a process compiles once, whichever store it is for.

SQLAlchemy keeps what it has compiled per engine, and a desk has one for its life. Each test opens stores of its own:
an eighth of their time went into compiling the same few hundred statements.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.sql import database


class _Compiled(dict[tuple[Any, ...], Any]):
    """Compiled statements by SQLAlchemy's key, where the kind of database stands for the engine's own dialect."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


def compile_once() -> None:
    """Every store that this process opens from now on shares what is compiled."""
    made, compiled = database.create_async_engine, _Compiled()

    def sharing(*args: Any, **options: Any) -> AsyncEngine:
        engine = made(*args, **options)
        engine.sync_engine._compiled_cache = compiled
        return engine

    database.create_async_engine = sharing
