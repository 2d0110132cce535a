"""What a desk makes once for its life, made once for all tests of a process instead of once for each."""

from __future__ import annotations

import functools
import importlib.util
import linecache
import logging
import sys
import traceback
from asyncio import constants
from typing import Any

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.sql import database


class _Compiled(dict[tuple[Any, ...], Any]):
    """Compiled statements by SQLAlchemy's key, where the kind of database stands for the engine's own dialect."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


@functools.cache
def compile_once() -> None:
    """Every store that this process opens from now on shares its compiled SQL.

    SQLAlchemy keeps it per engine: an eighth of the tests' time went into compiling the same few hundred statements.
    """
    made, compiled = database.create_async_engine, _Compiled()

    def sharing(*args: Any, **options: Any) -> AsyncEngine:
        engine = made(*args, **options)
        engine.sync_engine._compiled_cache = compiled
        return engine

    database.create_async_engine = sharing


def trust_once() -> None:
    """Every client of httpx shares its list of authorities, which no test's server needs and which takes 20 ms to read."""
    httpx._transports.default.create_ssl_context = functools.cache(httpx.create_ssl_context)


def look_once() -> None:
    """What httpcore tries to import at each of its locks, and is not here, is not looked for through all folders."""
    if importlib.util.find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]


def trace_little() -> None:
    """A loop in debug mode keeps of each callback, future and task where it was made: one line, not the whole stack.

    All of it is more than the tests themselves cost, and so is to ask for each line whether its file has changed. What
    it warns of, that a step took a tenth of a second, says nothing on a machine that does other things, too.
    """
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    constants.DEBUG_STACK_DEPTH = 1
    traceback.extract_stack.__defaults__ = (None, 1)  # which C's futures call without a limit
    linecache.checkcache = lambda filename=None: None  # noqa: ARG005 - by its name in the standard library
